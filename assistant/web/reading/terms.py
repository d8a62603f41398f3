"""The terms that article 2 defines, found in the words of a provision."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from assistant.knowledge import Knowledge
from index.convention import Convention, Provision

__all__ = ["Mentions", "Piece", "Term", "terms_of"]

_DEFINITIONS = "art-2"
_ALSO: Mapping[str, tuple[str, ...]] = {
    "ict system": ("information and communications technology system",),
    "freezing or seizure": ("freezing", "seizure"),
}
"""Other words for a term: those of the official text, and of a definition of two terms."""


@dataclass(frozen=True, slots=True)
class Term:
    """A defined term: where it is defined, and how we put its definition."""

    name: str
    url: str
    label: str
    definition: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text; with its term where it is the mention of one."""

    words: str
    term: Term | None = None


def terms_of(knowledge: Knowledge) -> Mapping[str, Term]:
    """The defined terms by each of their names, in lower case."""
    convention = knowledge.convention
    if _DEFINITIONS not in convention:
        return {}
    found: dict[str, Term] = {}
    for provision in convention.children(convention[_DEFINITIONS]):
        name = knowledge.annotations[provision.id].heading.lower()
        term = Term(name, provision.url, provision.short_label, _definition(convention, provision))
        found |= dict.fromkeys((name, *_ALSO.get(name, ())), term)
    return found


def _definition(convention: Convention, provision: Provision) -> str:
    head = convention[_DEFINITIONS].text
    words = convention.reading(provision).removeprefix(head).strip()
    return f"{words.rstrip(';.')}."


class Mentions:
    """Finds the first mention of each term in the provisions of one paragraph, in their order."""

    def __init__(self, terms: Mapping[str, Term]) -> None:
        self._terms = terms
        self._seen: set[Term] = set()

    def split(self, text: str, used: Iterable[str]) -> tuple[Piece, ...]:
        """The text in pieces; ``used`` are the names of the terms that occur in it."""
        wanted = {self._terms[name.lower()] for name in used if name.lower() in self._terms}
        names = tuple(name for name, term in self._terms.items() if term in wanted - self._seen)
        return tuple(self._pieces(text, names)) if names else (Piece(text),) if text else ()

    def _pieces(self, text: str, names: tuple[str, ...]) -> Iterator[Piece]:
        end = 0
        for match in _pattern(names).finditer(text):
            term = self._terms[match[1].lower()]
            if term in self._seen:
                continue
            self._seen.add(term)
            if match.start() > end:
                yield Piece(text[end : match.start()])
            yield Piece(match[0], term)
            end = match.end()
        if end < len(text):
            yield Piece(text[end:])


@lru_cache(256)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"\b({longest_first})s?\b", re.IGNORECASE)
