"""The digest, and texts that differ from it in one way, to check, keep and quote."""

import random
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files

from index.convention import Article, Convention, Provision
from index.reader import read_treaty
from index.whole_text import write_out

DIGEST_TEXT = files("index").joinpath("text", "digest.en.txt").read_text(encoding="utf-8")
DIGEST = read_treaty(DIGEST_TEXT, source="digest")

FILLER = {
    "fr": "la Partie et les mesures des autres dans une affaire pour le droit du texte",
    "es": "el Estado y las medidas de los otros en una causa para la ley con que del texto",
    "ru": "каждое государство принимает меры для целей настоящей статьи",
    "zh": "各 缔 约 国 均 应 采 取 措 施",
    "ar": "تتخذ كل دولة طرف تدابير لأغراض هذه المادة",
}
"""Words that a text of that language is stuffed with; two of them a word of English in Chinese."""


def changed(number: int, change: Callable[[Article], Article | None]) -> Convention:
    """The digest with one article changed, or without it where ``change`` returns None."""
    chapters = []
    for chapter in DIGEST.chapters:
        articles = (change(a) if a.number == number else a for a in chapter.articles)
        chapters.append(replace(chapter, articles=tuple(a for a in articles if a is not None)))
    return replace(DIGEST, source="official", chapters=tuple(chapters))


def without(*ids: str) -> Convention:
    """The digest without some provisions and what stands below them, numbers left as they are."""

    def kept(provision: Provision) -> bool:
        return not any(provision.id == i or provision.id.startswith(f"{i}/") for i in ids)

    chapters = tuple(
        replace(
            chapter,
            articles=tuple(
                replace(a, provisions=tuple(p for p in a.provisions if kept(p)))
                for a in chapter.articles
            ),
        )
        for chapter in DIGEST.chapters
    )
    preamble = tuple(p for p in DIGEST.preamble if kept(p))
    return replace(DIGEST, source="official", chapters=chapters, preamble=preamble)


def shifted(article: int, paragraph: int) -> Convention:
    """The digest without one paragraph, and those after it numbered one lower."""

    def renumbered(whole: Article) -> Article:
        provisions = [
            replace(p, paragraph=p.paragraph - 1) if (p.paragraph or 0) > paragraph else p
            for p in whole.provisions
            if p.paragraph != paragraph
        ]
        return replace(whole, provisions=tuple(provisions))

    return changed(article, renumbered)


def translated(code: str) -> Convention:
    """A text of the digest's structure in another language: every word another, in fair number."""
    chance = random.Random(code)

    def words(text: str) -> str:
        count = len(text.split()) * (2 if code == "zh" else 1)
        chosen = chance.choices(FILLER[code].split(), k=count)
        without_and = text.removesuffix(" and").removesuffix(" or")
        end = without_and[-1:] if without_and[-1:] in (":", ";", ".") else ""
        sentence = ("" if code == "zh" else " ").join(chosen) + end
        return sentence[:1].upper() + sentence[1:]

    def turned(provision: Provision) -> Provision:
        return replace(provision, text=words(provision.text), closing=words(provision.closing))

    chapters = tuple(
        replace(
            chapter,
            title=words(chapter.title),
            articles=tuple(
                replace(a, title=words(a.title), provisions=tuple(turned(p) for p in a.provisions))
                for a in chapter.articles
            ),
        )
        for chapter in DIGEST.chapters
    )
    return replace(
        DIGEST,
        source="official",
        language=code,
        chapters=chapters,
        preamble=tuple(turned(p) for p in DIGEST.preamble),
    )


def as_plain_text(convention: Convention) -> bytes:
    """The text of a Convention in the layout that the plain reader reads, in English headings."""
    return write_out(replace(convention, language="en")).text.encode()
