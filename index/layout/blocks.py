"""Puts lines together to paragraphs.

A paragraph ends at a blank line; without one, before a mark or a heading that follows the end of
a sentence. Over the end of a page it goes on where its sentence does, or where the next line is
set like the last. A hyphen at the end of a line is kept or taken out as the rest of the document
writes the word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from index.layout.headings import (
    Heading,
    Level,
    closes_treaty,
    ends_item,
    ends_sentence,
    read_heading,
)
from index.layout.lines import BLANK, PAGE_BREAK, Line
from index.layout.marks import read_mark

__all__ = ["Block", "Vocabulary", "joined_lines", "read_blocks"]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading or a title.

    Attributes:
        text: its words on one line.
        heading: whether the format marks it as a heading.
    """

    text: str
    heading: bool = False


WHOLE_LINE = 150
"""From this usual length on, the lines of a text are whole paragraphs."""

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN = re.compile(r"([^\W\d_\u0600-\u06ff]+)\s?[-\u00ad\u2010]$")
_LONGEST_WORD = 60
_STARTS_WORD = re.compile(r"([^\W\d_]+)")
_CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_BETWEEN_CHINESE = re.compile(
    "(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]) (?=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])"
)


def read_blocks(lines: Sequence[Line]) -> tuple[Block, ...]:
    """The paragraphs of a document whose lines these are."""
    words = Vocabulary.of(lines)
    flow = _Flow(_Setting.of(lines))
    blocks: list[Block] = []
    for line, broken in _with_breaks(lines):
        if flow.gathered and (not line.text or flow.ends_before(line, broken=broken)):
            blocks.append(_block(flow.release(), words))
        if line.text:
            flow.gather(line)
    return tuple(blocks + ([_block(flow.release(), words)] if flow.gathered else []))


def _with_breaks(lines: Sequence[Line]) -> list[tuple[Line, bool]]:
    """The lines, each with whether a page ended before it."""
    return [
        (line, before is PAGE_BREAK)
        for before, line in pairwise((BLANK, *lines))
        if line is not PAGE_BREAK
    ]


def _block(lines: Sequence[Line], words: Vocabulary) -> Block:
    text = joined_lines([line.text for line in lines], words)
    heading = all(line.heading for line in lines)
    if read_heading(text, marked=heading) is None:
        text = _BETWEEN_CHINESE.sub("", text)
    return Block(text.replace("\u00ad", ""), heading)


@dataclass(frozen=True, slots=True)
class _Setting:
    """How the lines of a document are set.

    Attributes:
        whole: whether every line is a paragraph.
        spaced: whether blank lines part the paragraphs.
        width: how many letters a full line has.
    """

    whole: bool
    spaced: bool
    width: int

    @classmethod
    def of(cls, lines: Sequence[Line]) -> _Setting:
        """How these lines are set."""
        lengths = sorted(len(line.text) for line in lines if len(line.text) > 1) or [0]
        return cls(
            whole=lengths[len(lengths) // 2] > WHOLE_LINE,
            spaced=_is_spaced(lines),
            width=lengths[len(lengths) * 9 // 10],
        )

    def is_short(self, line: Line) -> bool:
        """Whether the line is the last of its paragraph by its length."""
        return len(line.text) < 0.75 * self.width

    def has_room(self, line: Line, word: str) -> bool:
        """Whether ``word`` would have stood on the line if it were of the same paragraph."""
        return len(line.text) + 1 + len(word) <= 0.92 * self.width


def _is_spaced(lines: Sequence[Line]) -> bool:
    """Whether most marked paragraphs stand below a blank line; without marks, any line does."""
    marked = [
        not above.text
        for above, line in pairwise((BLANK, *lines))
        if above is not PAGE_BREAK and read_mark(line.text)
    ]
    if not marked:
        return BLANK in lines
    return sum(marked) * 2 > len(marked)


class _Part(Enum):
    """What the gathered lines are."""

    HEADING = "heading"
    """A heading alone on its line."""
    TITLE = "title"
    """The line below, or a heading with its title."""
    TEXT = "text"


class _Flow:
    """The lines of the paragraph that is being read, and where in the treaty it stands."""

    def __init__(self, setting: _Setting) -> None:
        self.gathered: list[Line] = []
        self._setting = setting
        self._part = _Part.TEXT
        self._in_preamble = False

    def gather(self, line: Line) -> None:
        """Add a line to the paragraph, or begin one with it."""
        if not self.gathered:
            self._begin(line)
        self.gathered.append(line)

    def release(self) -> list[Line]:
        """The lines of the paragraph, which is whole."""
        gathered, self.gathered = self.gathered, []
        return gathered

    def _begin(self, line: Line) -> None:
        heading = read_heading(line.text, marked=line.heading)
        if heading is None:
            titled = self._part is _Part.HEADING and not self._in_preamble
            self._part = _Part.TITLE if titled and not read_mark(line.text) else _Part.TEXT
            return
        self._in_preamble = heading.level is Level.PREAMBLE
        self._part = _Part.TITLE if heading.title else _Part.TEXT if heading.text else _Part.HEADING

    def ends_before(self, line: Line, *, broken: bool) -> bool:
        """Whether ``line``, which follows without a blank line, begins a paragraph."""
        before = self.gathered[-1]
        if self._setting.whole or before.heading != line.heading or self._part is _Part.HEADING:
            return True
        if closes_treaty(before.text) and len(self.gathered) == 1 and not ends_item(before.text):
            return not self._setting.spaced
        heading = read_heading(line.text, marked=line.heading)
        if heading or read_mark(line.text) or closes_treaty(line.text):
            ended = ends_item(before.text) or self._setting.is_short(before)
            return ended or self._part is _Part.TITLE or self._stands_alone(heading, line)
        if self._part is _Part.TITLE:
            return self._title_ends(before, line, broken=broken)
        return self._text_ends(before, line, broken=broken)

    def _stands_alone(self, heading: Heading | None, line: Line) -> bool:
        """Whether it is a heading and nothing else, where no blank lines part paragraphs."""
        bare = heading is not None and not heading.title and not heading.text
        return bare and not self._setting.spaced and line.text[-1].isalnum()

    def _title_ends(self, before: Line, line: Line, *, broken: bool) -> bool:
        """Whether the line below a title is no part of it."""
        if line.text[0].islower():
            return False
        titled = read_heading(self.gathered[0].text, marked=before.heading) is not None
        if broken or titled:
            return before.size != line.size or self._setting.is_short(before)
        return not self._setting.spaced

    def _text_ends(self, before: Line, line: Line, *, broken: bool) -> bool:
        """Whether unmarked words are a paragraph of their own."""
        if self._setting.spaced and not broken:
            return False
        if broken and before.size != line.size:
            return True
        if line.text[0].islower() or not self._may_end(before.text):
            return False
        if self._setting.has_room(before, line.text.split(" ", 1)[0]):
            return True
        if not before.left:
            return broken and self._in_preamble
        return abs(before.left - line.left) > 2 if broken else line.left > before.left + 2

    def _may_end(self, text: str) -> bool:
        return ends_sentence(text) or (self._in_preamble and text.endswith((",", "،", "，")))


@dataclass(frozen=True)
class Vocabulary:
    """The words of a document, by which a word broken at the end of a line is put together.

    Attributes:
        counts: how often each word, in small letters, stands unbroken in the document.
        prefixes: the first parts of its compounds with a hyphen.
        divides: whether the document divides words at the ends of lines at all, and does not
            only break compounds at their own hyphens.
    """

    counts: Counter[str]
    prefixes: frozenset[str] = frozenset()
    divides: bool = True

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Vocabulary:
        """The words that stand unbroken in the lines."""
        counts: Counter[str] = Counter()
        breaks: list[tuple[str, str]] = []
        before = ""
        for line in lines:
            words = _WORD.findall(line.text.casefold())
            if before and words:
                breaks.append((before, words.pop(0)))
            broken = _broken_word(line.text)
            before = words.pop() if broken and words else ""
            counts.update(words)
        prefixes = frozenset(word.partition("-")[0] for word in counts if "-" in word)
        divides = any(counts[a + b] > counts[f"{a}-{b}"] for a, b in breaks)
        return cls(counts, prefixes, divides)

    def keeps_hyphen(self, first: str, second: str) -> bool:
        """Whether the hyphen between the halves of a broken word belongs to the word."""
        first, second = first.casefold(), second.casefold()
        whole, hyphened = self.counts[first + second], self.counts[f"{first}-{second}"]
        if whole != hyphened:
            return hyphened > whole
        known = self.counts[second] > 0
        return (
            not self.divides
            or (known and self.counts[first] > 0)
            or (first in self.prefixes and (known or len(first) > 2))
        )


def joined_lines(lines: Sequence[str], words: Vocabulary) -> str:
    """The lines of a paragraph on one line."""
    parts = list(lines[:1])
    for line in lines[1:]:
        parts[-1], seam = _seam(parts[-1], line, words)
        parts += (seam, line)
    return "".join(parts)


def _seam(before: str, after: str, words: Vocabulary) -> tuple[str, str]:
    """A line without the hyphen that divides its last word, and what joins it to the next."""
    broken, starts = _broken_word(before), _STARTS_WORD.match(after)
    if broken and starts:
        stem = before[: -len(broken[0])] + broken[1]
        if before.endswith("\u00ad"):
            return stem, ""
        kept = starts[1][0].isupper() or words.keeps_hyphen(broken[1], starts[1])
        return stem, "-" if kept else ""
    if before.endswith(("-", "–", "/")) and before[-2:-1].strip() and after[:1].isalnum():
        return before, ""
    if _CHINESE.match(before[-1:]) and _CHINESE.match(after):
        return before, ""
    return before, " "


def _broken_word(line: str) -> re.Match[str] | None:
    """The end of a line that breaks a word, without what stands before that word."""
    return _BROKEN.search(line[-_LONGEST_WORD:])
