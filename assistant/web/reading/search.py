"""Search in the Convention: the words of both texts and of the titles, by their stems; and meaning.

What has some words of the query counts where nothing has all of them; a query that names a
provision finds that one. Passages that are only near in meaning are kept apart, since nothing is
marked in them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.lexical import LexicalIndex, tokens_of
from assistant.question import MAX_CHARACTERS, clean
from assistant.references import find_references
from assistant.web.reading.texts import Said, Texts
from index.convention import Provision

__all__ = ["MOST_FOUND", "Find", "Found", "Hit", "Part", "Search"]

Find = Callable[[str], Sequence[Provision]]
"""The provisions that are near in meaning to a query, best first; () where none can be told."""

MOST_FOUND = 40
"""Passages with the words of a query that are shown; all of them are counted."""

MOST_NEAR = 5
_AROUND = 160
_LENGTH = 420
_WORD = re.compile(r"\w+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
"""Letters of writing that sets no space between words."""

_NUMBER = re.compile(r"^\W*(\d{1,3})\W*$")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a passage; ``is_hit`` where it is what was looked for."""

    words: str
    is_hit: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A provision that was found, with the passage that says why, and the language of that."""

    provision: Provision
    title: tuple[Part, ...]
    title_language: str
    passage: tuple[Part, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found.

    Attributes:
        query: as it was searched for.
        problem: the name of the sentence why nothing was searched; "" for none.
        hits: the best of ``count`` passages that have words of the query.
        has_all: whether each of them has all words of it.
        near: passages that are near in meaning to it alone.
    """

    query: str = ""
    problem: str = ""
    hits: tuple[Hit, ...] = ()
    count: int = 0
    has_all: bool = True
    near: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class _Entry:
    provision: Provision
    texts: tuple[Said, ...]
    title: Said

    @property
    def is_head(self) -> bool:
        return not self.provision.anchor

    @property
    def searched(self) -> str:
        """Its words; the title of an article stands with the article itself."""
        told = [said.text for said in self.texts]
        return " ".join([*told, self.title.text] if self.is_head else told)


class Search:
    """Finds provisions over the texts that the pages of one language show."""

    def __init__(self, texts: Texts, find: Find = lambda query: ()) -> None:
        self._texts = texts
        self._find = find

    def __call__(self, asked: str) -> Found:
        """What a query finds; odd and endless ones get a sentence and are not searched."""
        query = clean(asked)
        if not query:
            return Found()
        if len(query) > MAX_CHARACTERS:
            return Found(problem="search_too_long")
        if not any(letter.isalnum() for letter in query):
            return Found(query, problem="search_no_words")
        marks = _Marks(query)
        ranked, has_all = self._ranked(query, marks)
        known = {entry.provision.id for entry in ranked}
        near = [self._by_id[p.id] for p in self._find(query) if p.id in self._by_id]
        return Found(
            query=query,
            hits=tuple(_hit(entry, marks) for entry in ranked[:MOST_FOUND]),
            count=len(ranked),
            has_all=has_all,
            near=tuple(_hit(e, marks) for e in near if e.provision.id not in known)[:MOST_NEAR],
        )

    def _ranked(self, query: str, marks: _Marks) -> tuple[list[_Entry], bool]:
        """Entries with words of the query, best first; and whether they have all of them."""
        if named := self._named(query):
            return named, True
        scores = self._index.scores(query)
        wanted = set(tokens_of(query))
        whole, some = [], []
        for place, entry in enumerate(self._entries):
            has_phrase = marks.has_phrase(entry.searched)
            if has_phrase or (wanted and wanted <= self._stems[place]):
                whole.append((has_phrase, float(scores[place]), entry))
            elif scores[place] > 0:
                some.append((False, float(scores[place]), entry))
        best = sorted(whole or some, key=lambda found: (-found[0], -found[1]))
        return [entry for _, _, entry in best], bool(whole) or not some

    def _named(self, query: str) -> list[_Entry]:
        """What the query names by its number, ``article 14(1)`` or ``14``."""
        number = _NUMBER.match(query)
        ids = [f"art-{number[1]}"] if number else [one.id for one in find_references(query)]
        return [self._by_id[key] for key in dict.fromkeys(ids) if key in self._by_id]

    @cached_property
    def _entries(self) -> tuple[_Entry, ...]:
        return tuple(self._made())

    @cached_property
    def _by_id(self) -> dict[str, _Entry]:
        return {entry.provision.id: entry for entry in self._entries}

    @cached_property
    def _index(self) -> LexicalIndex:
        return LexicalIndex([entry.searched for entry in self._entries])

    @cached_property
    def _stems(self) -> tuple[frozenset[str], ...]:
        return tuple(frozenset(tokens_of(entry.searched)) for entry in self._entries)

    def _made(self) -> Iterator[_Entry]:
        """Every provision with words of its own, and every article in short."""
        digest = self._texts.digest
        for provision in digest.provisions():
            texts = tuple(self._words_of(provision)) or tuple(self._summary_of(provision))
            if texts:
                yield _Entry(provision, texts, self._texts.title(provision.article))

    def _words_of(self, provision: Provision) -> Iterator[Said]:
        """The words of a provision as they are shown: official ones first, then ours."""
        official = self._texts.wording(provision.id)
        for one, language in (
            (official, self._texts.language),
            (provision, self._texts.digest.language),
        ):
            words = " ".join([one.text, one.closing]).strip() if one else ""
            if words:
                yield Said(words, language)

    def _summary_of(self, provision: Provision) -> Iterator[Said]:
        """What an article without words of its own says in short."""
        summary = self._texts.knowledge.annotations[provision.id].summary
        if summary:
            yield Said(summary, self._texts.digest.language)


class _Marks:
    """Knows which words of a text are those of a query: the query itself, else its stems."""

    def __init__(self, query: str) -> None:
        words = re.escape(query)
        whole = words if _UNSPACED.search(query) else rf"(?<!\w){words}(?!\w)"
        self._phrase = re.compile(whole, re.IGNORECASE)
        self._stems = frozenset(tokens_of(query))

    def has_phrase(self, text: str) -> bool:
        """Whether the text has the query as it stands."""
        return self._phrase.search(text) is not None

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where the hits are, in order."""
        whole = [match.span() for match in self._phrase.finditer(text)]
        return whole or [
            match.span()
            for match in _WORD.finditer(text)
            if not self._stems.isdisjoint(tokens_of(match[0]))
        ]


def _hit(entry: _Entry, marks: _Marks) -> Hit:
    best = max(entry.texts, key=lambda said: len(marks.spans(said.text)), default=Said("", "en"))
    spans = marks.spans(best.text)
    start, end = _window(best.text, spans[0][0] if spans else 0)
    return Hit(
        provision=entry.provision,
        title=tuple(_parts(entry.title.text, marks.spans(entry.title.text))),
        title_language=entry.title.language,
        passage=tuple(_cut(best.text, spans, start, end)),
        language=best.language,
    )


def _window(text: str, first: int) -> tuple[int, int]:
    """The part of a text that is shown, at whole words, with its first hit in it."""
    if len(text) <= _LENGTH or first < _AROUND:
        start = 0
    else:
        start = text.find(" ", first - _AROUND) + 1
    if len(text) - start <= _LENGTH:
        return start, len(text)
    return start, text.rfind(" ", start, start + _LENGTH)


def _cut(text: str, spans: list[tuple[int, int]], start: int, end: int) -> Iterator[Part]:
    if start:
        yield Part("… ", False)
    inside = [(a - start, b - start) for a, b in spans if start <= a and b <= end]
    yield from _parts(text[start:end], inside)
    if end < len(text):
        yield Part(" …", False)


def _parts(text: str, spans: list[tuple[int, int]]) -> Iterator[Part]:
    end = 0
    for start, stop in spans:
        if start > end:
            yield Part(text[end:start], False)
        yield Part(text[start:stop], True)
        end = stop
    if end < len(text):
        yield Part(text[end:], False)
