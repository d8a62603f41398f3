"""Writes a treaty in the plain layout, which the reader of treaties takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from index.layout.headings import Level, ends_item, ends_sentence
from index.layout.marks import read_mark
from index.layout.numbering import Numbering, uses_latin_letters
from index.layout.treaty import Piece, Treaty

__all__ = ["plain_layout"]

_DASH = re.compile(r"[–—•·▪-]\s+\S")
_LONGEST_TITLE = 300
_SHORT_TITLE = 80
"""Up to this length, words with a full stop may be a title."""
_SENTENCE = 80
"""From this length on, words after the last provision are part of it and no remark below it."""


def plain_layout(treaty: Treaty) -> str:
    """The treaty in the plain layout: a paragraph a line, a blank line between them."""
    return _Writer(treaty).text()


class _Writer:
    """Writes the pieces of a treaty one after another."""

    def __init__(self, treaty: Treaty) -> None:
        self._pieces = treaty.pieces
        self._latin = uses_latin_letters(piece.text for piece in self._pieces)
        self._top = _top_level(self._pieces)
        self._paragraphs = [treaty.title] if treaty.title else []
        self._numbering = Numbering(latin=self._latin)
        self._in_article = self._in_list = self._has_words = False
        self._last = _last(self._pieces, lambda piece: piece.opens(Level.ARTICLE))
        self._remarks = _last(self._pieces, lambda piece: not _is_remark(piece.text)) + 1

    def text(self) -> str:
        place = 0
        self._write_missing_chapter()
        while place < len(self._pieces):
            piece = self._pieces[place]
            if piece.heading is None:
                if self._ends_at(place):
                    break
                self._write_words(piece.text)
                place += 1
            else:
                place = self._write_heading(place)
        return "\n\n".join(self._paragraphs) + "\n"

    def _ends_at(self, place: int) -> bool:
        """Whether only remarks follow the last provision: links, a line on rights."""
        return place >= self._remarks and place > self._last and self._has_words

    def _write_missing_chapter(self) -> None:
        """Open a chapter for articles that stand above the first chapter of a part of a text."""
        for piece in self._pieces:
            if piece.opens(Level.ARTICLE):
                first = next((p.number for p in self._pieces if p.opens(self._top)), 0)
                if first > 1:
                    self._paragraphs.append(f"Chapter {first - 1}")
                return
            if piece.opens(self._top):
                return

    def _write_heading(self, place: int) -> int:
        """Write a heading with its title; give the place of what follows."""
        piece = self._pieces[place]
        assert piece.heading is not None
        level, suffix = piece.heading.level, piece.heading.suffix
        if level is Level.PREAMBLE:
            self._in_article = False
            self._paragraphs.append("Preamble")
            return place + 1
        title = piece.heading.title or self._title_at(place + 1)
        following = place + 1 if piece.heading.title or not title else place + 2
        if level is Level.ARTICLE:
            self._open_article()
            number = f"{piece.number} {suffix}".strip()
            self._paragraphs.append(f"Article {number}\n{title}".rstrip())
        elif level is self._top:
            self._paragraphs.append(f"Chapter {piece.number}\n{title}".rstrip())
        return following

    def _open_article(self) -> None:
        self._in_article, self._in_list, self._has_words = True, False, False
        self._numbering = Numbering(latin=self._latin)

    def _title_at(self, place: int) -> str:
        """The words at that place, where they are a title; "" where they are not."""
        if place >= len(self._pieces):
            return ""
        piece = self._pieces[place]
        if piece.heading or read_mark(piece.text) or len(piece.text) > _LONGEST_TITLE:
            return ""
        if piece.block.heading or not ends_sentence(piece.text):
            return piece.text
        words_follow = place + 1 < len(self._pieces) and self._pieces[place + 1].heading is None
        return piece.text if words_follow and len(piece.text) <= _SHORT_TITLE else ""

    def _write_words(self, text: str) -> None:
        if not self._in_article:
            self._paragraphs.append(text)
            return
        written = self._numbering.written(text)
        if written is None:
            self._write_unmarked(text)
        else:
            self._in_list = not written[0].isdigit() or "(" in written[:8]
            self._paragraphs.append(written)
        self._has_words = True

    def _write_unmarked(self, text: str) -> None:
        """Write words without a mark of the plain layout.

        After a paragraph they are more of it, where they end as one does; after a list they are
        its closing words. What else they may be is for the reader to say.
        """
        deeper = _DASH.match(text) or read_mark(text)
        if self._has_words and (deeper or (not self._in_list and ends_item(text))):
            self._paragraphs[-1] += f" {text}"
        else:
            self._paragraphs.append(text)


def _last(pieces: Sequence[Piece], fits: Callable[[Piece], bool]) -> int:
    """The place of the last piece that fits; -1 where none does."""
    return next((p for p in range(len(pieces) - 1, -1, -1) if fits(pieces[p])), -1)


def _is_remark(text: str) -> bool:
    """Whether words below the last provision are no part of it: a link, a line on rights."""
    marked = read_mark(text) is not None or text[0].isdigit() or text[0] in "(（"
    return not marked and not (ends_sentence(text) and len(text) >= _SENTENCE)


def _top_level(pieces: Sequence[Piece]) -> Level:
    """Chapters, where the treaty has them and they do not begin anew in every part."""
    numbers = [piece.number for piece in pieces if piece.opens(Level.CHAPTER)]
    counted = all(after > before for before, after in pairwise(numbers))
    return Level.CHAPTER if numbers and counted else Level.PART
