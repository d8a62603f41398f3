"""Finds the treaty in the paragraphs of a document, and writes it in the plain layout.

A document has more than the treaty: the resolution that adopts it, a table of contents, notes, an
annex, a second language, the menus of a page. The treaty is the longest run of articles that
counts from 1; it begins with the preamble or the chapter above its first article, and ends where
its closing words, notes or another document begin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.layout.blocks import Block
from index.layout.headings import (
    Heading,
    Level,
    closes_treaty,
    ends_sentence,
    is_agreement,
    read_heading,
)
from index.layout.marks import read_mark

__all__ = ["Piece", "Treaty", "find_treaty"]

_NAME = re.compile(
    r"\b(?:convention|treaty|statute|protocol|charter|covenant|agreement|traité|statut|protocole"
    r"|charte|pacte|accord|convenio|convención|tratado|estatuto|protocolo|carta|pacto|acuerdo"
    r"|конвенци\w|договор|статут|протокол|устав|пакт|соглашение)\b|公约|条约|规约|议定书|宪章|协定"
    r"|اتفاقية|معاهدة|بروتوكول|ميثاق|نظام روما",
    re.IGNORECASE,
)
_PARTIES = re.compile(
    r"(?:The\b|Les\b|Los\b|Государства|本公约|إن\b).*(?:Part(?:y|ies)|States|[ÉE]tats|Estados"
    r"|Государства|缔约国|الدول).*[,،，]$"
)
_LONGEST_NAME = 400
_RECITAL = re.compile(
    r"(?<=[,;.]) (?=(?!United\b)(?:[A-Z][a-z]+(?:ing|ed|ful|[cs]ious)\b|Have agreed))"
)
"""Where the next recital begins, in a preamble that stands on one line."""
_ONE_LINE = 600


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph of a document, with the heading that it is or begins with.

    Attributes:
        block: the paragraph.
        heading: its heading; None where it is none.
        number: number of the heading, as its place in the run of articles settles it.
    """

    block: Block
    heading: Heading | None = None
    number: int = 0

    @property
    def text(self) -> str:
        """Its words."""
        return self.block.text

    def opens(self, *levels: Level) -> bool:
        """Whether it is a heading of one of these levels."""
        return self.heading is not None and self.heading.level in levels


@dataclass(frozen=True, slots=True)
class Treaty:
    """The paragraphs of a treaty, from its preamble or first heading to its last provision."""

    title: str
    pieces: tuple[Piece, ...]


def find_treaty(blocks: Sequence[Block]) -> Treaty | None:
    """The treaty in a document; None where the document has no articles."""
    pieces = numbered(read_pieces(blocks))
    run = _longest_run(pieces)
    if run is None:
        return None
    start, end = run
    after = max((p for p in range(start) if pieces[p].opens(Level.ARTICLE)), default=-1) + 1
    begin = _beginning(pieces, after, start)
    return Treaty(
        _title(pieces, after, begin), tuple(_unfolded(pieces[begin : _end(pieces, start, end)]))
    )


def read_pieces(blocks: Sequence[Block]) -> list[Piece]:
    """The paragraphs with their headings; a mark alone is joined to the words after it."""
    joined: list[Block] = []
    for block in blocks:
        mark = read_mark(joined[-1].text) if joined else None
        if mark and not mark.rest and not read_heading(block.text, marked=block.heading):
            joined[-1] = replace(block, text=f"{joined[-1].text} {block.text}")
        else:
            joined.append(block)
    return [Piece(block, read_heading(block.text, marked=block.heading)) for block in joined]


def numbered(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with the numbers of their headings, and without headings that are none.

    The mark of a footnote may hang on a number: ``Article 51`` between articles 4 and 6 is
    article 5. Words that only begin like a heading (``Article 18 applies``) do not continue the
    count, which tells them from one.
    """
    numerals = [
        piece.heading.numeral
        for piece in pieces
        if piece.heading and piece.opens(Level.ARTICLE) and not piece.heading.suffix
    ]
    found: list[Piece] = []
    before, place = 0, 0
    for piece in pieces:
        if piece.heading is None or not piece.opens(Level.ARTICLE):
            number = (piece.heading.number or 0) if piece.heading else 0
            found.append(replace(piece, number=number))
            continue
        place += not piece.heading.suffix
        number = _settled(piece.heading, before, numerals[place : place + 1])
        if _is_weak(piece) and number not in (1, before + 1) and not piece.heading.suffix:
            found.append(Piece(piece.block))
            continue
        before = number
        found.append(replace(piece, number=number))
    return found


def _is_weak(piece: Piece) -> bool:
    heading = piece.heading
    return heading is not None and bool(heading.title or heading.text) and not piece.block.heading


def _settled(heading: Heading, before: int, following: Sequence[str]) -> int:
    """The number of an article after that number and before these numerals."""
    number = heading.number or 0
    if number == before + 1 or heading.suffix:
        return number
    for expected in (before + 1, 1):
        fits = heading.numeral.startswith(str(expected)) and number > expected
        if fits and all(numeral.startswith(str(expected + 1)) for numeral in following):
            return expected
    return number


def _longest_run(pieces: Sequence[Piece]) -> tuple[int, int] | None:
    """Start and end of the articles that count from 1 and have the most text."""
    starts = [
        place
        for place, piece in enumerate(pieces)
        if piece.opens(Level.ARTICLE) and piece.number == 1
    ]
    if not starts:
        starts = [place for place, piece in enumerate(pieces) if piece.opens(Level.ARTICLE)][:1]
    runs = [run for run in pairwise((*starts, len(pieces))) if _has_words(pieces[slice(*run)])]
    return max(runs, key=lambda run: sum(len(p.text) for p in pieces[slice(*run)]), default=None)


def _has_words(pieces: Sequence[Piece]) -> bool:
    return any(piece.heading is None or piece.heading.text for piece in pieces)


def _beginning(pieces: Sequence[Piece], after: int, start: int) -> int:
    """Where the treaty begins: at its preamble, or at the first heading above article 1."""
    front = range(start - 1, after - 1, -1)
    for place in front:
        if pieces[place].opens(Level.PREAMBLE):
            return place
    for place in front:
        if is_agreement(pieces[place].text):
            return _parties(pieces, after, place)
    for level in (Level.PART, Level.CHAPTER):
        for place in front:
            if pieces[place].opens(level) and pieces[place].number == 1:
                return place
    return start


def _parties(pieces: Sequence[Piece], after: int, agreement: int) -> int:
    """The words that open a preamble without heading: ``The States Parties …,``."""
    found = [p for p in range(after, agreement) if _PARTIES.match(pieces[p].text)]
    return found[-1] if found else agreement


def _title(pieces: Sequence[Piece], after: int, begin: int) -> str:
    """The name of the treaty: the words nearest above its beginning that name a treaty.

    A cover may break the name off (``Rome Statute``); where it stands in full, that is taken.
    """
    places = [*range(begin - 1, after - 1, -1), *range(after)]
    names = [
        pieces[p].text for p in places if pieces[p].heading is None and _is_name(pieces[p].text)
    ]
    return max((name for name in names if name.startswith(names[0])), key=len, default="")


def _is_name(text: str) -> bool:
    return (
        len(text) <= _LONGEST_NAME
        and _NAME.search(text) is not None
        and not ends_sentence(text)
        and read_mark(text) is None
    )


def _end(pieces: Sequence[Piece], start: int, end: int) -> int:
    """Where the treaty ends: at its closing words, or at a heading that is none of its own."""
    last = max(place for place in range(start, end) if pieces[place].opens(Level.ARTICLE))
    for place in range(start + 1, end):
        piece = pieces[place]
        closes = piece.heading is None and closes_treaty(piece.text)
        if closes or (place > last and _is_foreign(piece, pieces[place - 1])):
            return place
    return end


def _is_foreign(piece: Piece, above: Piece) -> bool:
    """Whether it is marked as a heading but is neither one of a treaty nor the title of one."""
    titles = above.heading is not None and not above.heading.title and not above.heading.text
    return piece.block.heading and piece.heading is None and not titles


def _unfolded(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces with words on the line of a heading as pieces of their own."""
    for piece in pieces:
        if piece.heading is None or not piece.heading.text:
            yield piece
            continue
        yield replace(piece, heading=replace(piece.heading, text=""))
        for text in _recitals(piece):
            yield Piece(Block(text))


def _recitals(piece: Piece) -> list[str]:
    text = piece.heading.text if piece.heading else piece.text
    whole = piece.opens(Level.PREAMBLE) and len(text) > _ONE_LINE
    return _RECITAL.split(text) if whole else [text]
