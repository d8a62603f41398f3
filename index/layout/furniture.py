"""Takes out of pages what is not text of the document.

Mastheads, running heads, page counters, footnotes and their marks stand around and inside the
sentences. They are known by their form (``18-16895 2/10``), by their repetition on the pages of
one side, by their place and by their smaller letters. Every step is a function from pages to
pages, or from the lines of one page to those that stay.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from index.layout.headings import read_heading
from index.layout.lines import BLANK, PAGE_BREAK, Line, Page
from index.layout.marks import read_mark

__all__ = [
    "body_size",
    "joined",
    "text_lines",
    "without_counters",
    "without_footnotes",
    "without_marks",
    "without_mastheads",
    "without_running_heads",
]

_JOB = r"\d{2}-\d{5}"
_COUNT = r"\d{1,4}\s?/\s?\d{1,4}"
_COUNTER = re.compile(
    rf"{_JOB}\s*{_COUNT}|{_COUNT}\s*{_JOB}"
    r"|(?:Page|Página|Pág\.|Страница|Стр\.|الصفحة|صفحة)\s?\d{1,4}"
    r"(?:\s?(?:of|de|sur|из|من|/)\s?\d{1,4})?|第\s?\d{1,4}\s?页",
    re.IGNORECASE,
)
"""A page counter that nothing else looks like."""
_NUMBER = re.compile(rf"{_COUNT}|{_JOB}|[-–—]\s?\d{{1,4}}\s?[-–—]|\d{{1,4}}|[ivxlc]{{1,7}}")
"""A page counter, where it stands at the edge of a page."""
_MASTHEAD = re.compile(
    rf"(?:{_JOB}(?:\s?\*)?\s*\([A-Z]\).*|\*\d{{5,10}}\*|Please recycle.*|♲"
    r"|Distr\.:?\s+\w+.*|(?:United Nations|Nations Unies|Naciones Unidas|Организация "
    r"Объединенных Наций|联\s?合\s?国|الأمم المتحدة)\s*[A-Z]/[A-Z]+/\S+)"
)
_SYMBOL = re.compile(r"[A-Z]/(?:[A-Z]{2,}[.\d]*/)?(?:[A-Z]*[\d.]+/?)+(?:\s?\([A-Z]+\))?")
"""The symbol of a document of the United Nations: ``A/RES/79/243``."""
_RULE = re.compile("_{5,}|[─━—]{5,}")
"""The line that parts the footnotes from the text."""
_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_RAISED_BETWEEN = re.compile(r"\s?[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?=[\s,.;:!?)»”\"'’]|$)|[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_FOOTNOTE = re.compile(r"([⁰¹²³⁴⁵⁶⁷⁸⁹]+|\d{1,3}(?=\s?[^\d\s.,/)-])|[*†‡]+)\s?\S.*")

EDGE = 0.14
"""How far into a page, from above and below, its furniture may stand."""
EDGE_LINES = 6
"""The same in lines, where the format does not tell how far down a line stands."""
SMALLER = 0.95
"""Below this part of the size of the text, the letters of a note or a running head are smaller."""
REPEATED = 0.4
"""On this part of the pages of one side, a line is repeated often enough to be a running head."""


def text_lines(pages: Sequence[Page]) -> tuple[Line, ...]:
    """The lines of the text itself, with a ``PAGE_BREAK`` between pages."""
    size = body_size(pages)
    footless = _each(_each(pages, without_mastheads), lambda page: without_footnotes(page, size))
    headless = without_running_heads(footless, size)
    return joined(_each(_each(headless, without_counters), without_marks))


def _each(pages: Sequence[Page], step: Callable[[Page], Page]) -> tuple[Page, ...]:
    return tuple(step(page) for page in pages)


def body_size(pages: Sequence[Page]) -> float:
    """The size of most letters of a document; 0 where its format does not tell."""
    letters: Counter[float] = Counter()
    for page in pages:
        for line in page:
            letters[line.size] += len(line.text)
    return max(letters, key=lambda size: letters[size], default=0.0)


def without_mastheads(page: Page) -> Page:
    """The page without job numbers, bar codes, distribution and the name above its symbol."""
    return tuple(line for line in page if not _MASTHEAD.fullmatch(line.text))


def without_running_heads(pages: Sequence[Page], size: float = 0.0) -> tuple[Page, ...]:
    """The pages without what is repeated at their edges, and without small letters at the top.

    The heads of left and right pages may differ, so a line counts as repeated where it stands on
    enough pages of its side.
    """
    repeated = _repeated(pages[::2], size) | _repeated(pages[1::2], size)
    return tuple(_headless(page, repeated, size) for page in pages)


def _headless(page: Page, repeated: frozenset[str], size: float) -> Page:
    edges = _edges(page)
    small = _small_head(page, size)
    return tuple(
        line
        for place, line in enumerate(page)
        if not (
            place in small
            or (place in edges and (_key(line) in repeated or _SYMBOL.fullmatch(line.text)))
        )
    )


def _key(line: Line) -> str:
    return re.sub(r"\d+", "0", line.text).casefold()


def _edges(page: Page) -> frozenset[int]:
    """The places of the lines that stand at the edges of the page."""
    inked = [place for place, line in enumerate(page) if line.text]
    if all(page[place].top is None for place in inked):
        return frozenset((*inked[:EDGE_LINES], *inked[-EDGE_LINES:]))
    return frozenset(p for p in inked if not EDGE < (page[p].top or 0.0) < 1 - EDGE)


def _repeated(side: Sequence[Page], size: float) -> frozenset[str]:
    """The lines at the edges that are on enough of these pages."""
    counts: Counter[str] = Counter()
    smaller: set[str] = set()
    for page in side:
        lines = {_key(page[place]): page[place] for place in _edges(page)}
        counts.update(lines.keys())
        smaller |= {key for key, line in lines.items() if 0 < line.size < SMALLER * size}
    return frozenset(
        key
        for key, count in counts.items()
        if count >= REPEATED * len(side) and count >= (2 if key in smaller else 3)
    )


def _small_head(page: Page, size: float) -> frozenset[int]:
    """The places of the lines above the text of a page that are smaller than its text."""
    found: list[int] = []
    for place in sorted(_edges(page), key=lambda place: page[place].top or 0.0):
        if not 0 < page[place].size < SMALLER * size or (page[place].top or 1.0) > EDGE:
            break
        found.append(place)
    return frozenset(found)


def without_counters(page: Page) -> Page:
    """The page without page counters, and without a number alone at its edges."""
    edges = _edges(page)
    return tuple(
        line
        for place, line in enumerate(page)
        if not (_COUNTER.fullmatch(line.text) or (place in edges and _NUMBER.fullmatch(line.text)))
    )


def without_footnotes(page: Page, size: float = 0.0) -> Page:
    """The page without its footnotes and without the plain numbers that point to them.

    Footnotes stand below a rule, or at the foot of the page in smaller letters, or begin with a
    raised number.
    """
    text, notes = _parted_by_rule(page, size)
    text, small = _parted_by_size(text, size)
    numbers = [found[1] for line in (*notes, *small) if (found := _FOOTNOTE.fullmatch(line.text))]
    return _without_raised_notes(_without_numbers(text, [n for n in numbers if n.isdecimal()]))


def _parted_by_rule(page: Page, size: float) -> tuple[Page, Page]:
    """The text of a page, and the notes that follow a rule."""
    for place, line in enumerate(page):
        if _RULE.fullmatch(line.text):
            end = _end_of_notes(page, place + 1, size)
            return page[:place] + page[end:], page[place + 1 : end]
    return page, ()


def _end_of_notes(page: Page, place: int, size: float) -> int:
    """Where the notes end that begin at that place.

    They end at what stands at the edge of a page, or at a paragraph that is no note.
    """
    opens = True
    while place < len(page):
        line = page[place]
        small = 0 < line.size < SMALLER * size
        if line.text and not small and (_ends_notes(line) or (opens and not _is_note(line))):
            break
        opens = not line.text
        place += 1
    return place


def _is_note(line: Line) -> bool:
    return _FOOTNOTE.fullmatch(line.text) is not None


def _ends_notes(line: Line) -> bool:
    return bool(
        _COUNTER.fullmatch(line.text)
        or _SYMBOL.fullmatch(line.text)
        or read_heading(line.text)
        or read_mark(line.text)
    )


def _parted_by_size(page: Page, size: float) -> tuple[Page, Page]:
    """The text of a page, and the notes in smaller letters at its foot."""
    start = len(page)
    for place in range(len(page) - 1, -1, -1):
        line = page[place]
        if not line.text or _COUNTER.fullmatch(line.text) or _NUMBER.fullmatch(line.text):
            continue
        if not 0 < line.size < SMALLER * size:
            break
        if _is_note(line):
            start = place
    return page[:start], page[start:]


def _without_numbers(page: Page, numbers: Sequence[str]) -> Page:
    """The page without the first number of each note that hangs on a word: ``concern,4 and``."""
    lines = list(page)
    for number in numbers:
        mark = re.compile(rf"(?<=[^\W\d_]|[,;:.)”’\"']){number}(?=[\s,;:.)]|$)")
        for place, line in enumerate(lines):
            if mark.search(line.text):
                lines[place] = replace(line, text=mark.sub("", line.text, count=1))
                break
    return tuple(lines)


def _without_raised_notes(page: Page) -> Page:
    """The page without the paragraphs that begin with a raised number."""
    kept: list[Line] = []
    in_note = False
    for line in page:
        in_note = bool(_RAISED.match(line.text)) or (in_note and line.text != "")
        if not in_note:
            kept.append(line)
    return tuple(kept)


def without_marks(page: Page) -> Page:
    """The page without the raised numbers that point to footnotes."""
    return tuple(
        replace(line, text=_RAISED_BETWEEN.sub("", line.text))
        if _RAISED.search(line.text)
        else line
        for line in page
    )


def joined(pages: Sequence[Page]) -> tuple[Line, ...]:
    """The lines of all pages, with a ``PAGE_BREAK`` in place of blank lines between pages."""
    lines: list[Line] = []
    for page in pages:
        text = _trimmed(page)
        if lines and text:
            lines.append(PAGE_BREAK)
        lines.extend(text)
    return tuple(lines)


def _trimmed(page: Page) -> Page:
    inked = [place for place, line in enumerate(page) if line.text]
    return page[inked[0] : inked[-1] + 1] if inked else (BLANK,)[:0]
