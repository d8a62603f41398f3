"""Articles, paragraphs and chapters that a sentence names have to be cited, or named there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.generation.claim import Claim, Weight
from assistant.generation.ground import Ground
from assistant.references import Reference, chapters_named, find_references
from index.convention import is_kin

__all__ = ["names_elsewhere"]

_PARAGRAPHS = re.compile(r"\bparagraphs? (?P<first>\d+)(?:(?:,| and| or| to) (?P<last>\d+))?")
_RANGE = re.compile(r"\b(?:paragraph|article)s (\d+) (?:to|through|until) (\d+)", re.IGNORECASE)
_OF_ARTICLE = re.compile(r".{0,25}\bof article", re.IGNORECASE)
_AFTER_ARTICLE = re.compile(r"article \d+,? *$", re.IGNORECASE)


def names_elsewhere(claim: Claim, ground: Ground, weight: Weight) -> bool:
    """Whether the claim names a provision that the ground neither is nor names."""
    strange = (r for r in find_references(claim.text) if not _is_known(r, ground))
    chapters = set(chapters_named(claim.text)) - ground.chapters - set(chapters_named(ground.text))
    return (
        next(strange, None) is not None
        or bool(chapters)
        or _bare_paragraph(claim, ground)
        or _other_range(claim, ground)
    )


def _other_range(claim: Claim, ground: Ground) -> bool:
    """Whether it names a run of paragraphs or articles that differs from each that is named."""
    told, said = (set(_RANGE.findall(text)) for text in (claim.text, ground.text))
    return bool(told - said and said)


def _is_known(reference: Reference, ground: Ground) -> bool:
    known = (*ground.ids, *ground.references)
    if reference.id == reference.head:
        return any(id.partition("/")[0] == reference.head for id in known)
    return any(is_kin(reference.id, id) for id in known if id != reference.head or id in ground.ids)


def _bare_paragraph(claim: Claim, ground: Ground) -> bool:
    """Whether it names a paragraph without its article, which is then the one cited."""
    known = {part.removeprefix("para-") for id in ground.ids for part in id.split("/")}
    known |= {number for number in _numbers(ground.text)}
    return any(number not in known for number in _numbers(claim.text))


def _numbers(text: str) -> Iterator[str]:
    for match in _PARAGRAPHS.finditer(text):
        if not _AFTER_ARTICLE.search(text[: match.start()]) and not _OF_ARTICLE.match(
            text, match.end()
        ):
            first, last = int(match["first"]), int(match["last"] or match["first"])
            yield from map(str, range(first, max(first, min(last, first + 40)) + 1))
