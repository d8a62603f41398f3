"""Turns a PDF into pages of lines.

pypdf hands out pieces of text with their place and size. They are put together to lines here; a
wider gap than from line to line, letters of another size and the end of bold letters become a
blank line, and raised small numbers become superscript digits. A blank at the start of a piece may
come from a place that is a little off, and is settled last.
"""

from __future__ import annotations

import io
import logging
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from pypdf import PageObject, PdfReader, apply_configuration
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError

from index.errors import (
    DamagedDocument,
    DocumentError,
    EncryptedDocument,
    OversizedDocument,
    ScannedDocument,
)
from index.layout.lines import BLANK, MAX_CHARACTERS, Line, Page, raised, tidy
from index.layout.spacing import DOUBTFUL, with_settled_blanks

__all__ = ["MAX_EXPANDED", "MAX_PAGES", "pdf_pages"]

MAX_PAGES = 300
MAX_EXPANDED = 20_000_000
"""How many bytes the drawing instructions of all pages may have once they are expanded."""
MAX_STREAM = 10_000_000
"""How many bytes one stream (a page, a font) may have once it is expanded."""
MAX_INSTRUCTIONS = 500_000
"""How many drawing instructions, with their numbers and words, one stream may have."""
LETTERS_OF_A_PAGE = 20
"""A document with fewer on the average page consists of pictures."""

WIDER = 1.25
"""From this multiple of the usual distance of lines on, a gap parts paragraphs."""
SMALLER = 0.8
"""Up to this part of the size of its line, a raised number is a mark."""


def pdf_pages(data: bytes) -> tuple[Page, ...]:
    """The lines of each page of a PDF; raises a ``DocumentError`` that says what is wrong."""
    with _limited():
        try:
            pages = tuple(_drawn_pages(_opened(data)))
        except DocumentError:
            raise
        except LimitReachedError as error:
            raise _oversized("a part that grows far too large when it is expanded") from error
        except (FileNotDecryptedError, DependencyError) as error:
            raise _encrypted() from error
        except Exception as error:  # pypdf lets many kinds out for damaged files
            raise _damaged("its parts do not fit together") from error
    letters = sum(len(line.text) for page in pages for line in page.lines)
    if letters < LETTERS_OF_A_PAGE * len(pages):
        raise ScannedDocument(
            "The PDF has no text, only pictures of its pages; take the edition with text, or the "
            "HTML page."
        )
    pitch = _pitch(pages)
    return with_settled_blanks([tuple(_spaced(page, pitch)) for page in pages])


@contextmanager
def _limited() -> Iterator[None]:
    """Keep pypdf within the limits, and its remarks on files out of the user's sight."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with apply_configuration(
            maximum_declared_stream_length=MAX_STREAM,
            array_based_stream_maximum_output_length=MAX_STREAM,
            zlib_maximum_output_length=MAX_STREAM,
            lzw_maximum_output_length=MAX_STREAM,
            run_length_maximum_output_length=MAX_STREAM,
            brotli_maximum_output_length=MAX_STREAM,
            stream_decoding_work_maximum_length=MAX_EXPANDED,
            stream_parsing_work_maximum_count=MAX_INSTRUCTIONS,
            page_tree_maximum_entries=MAX_PAGES * 4,
        ):
            yield
    finally:
        logger.setLevel(level)


def _oversized(what: str) -> OversizedDocument:
    return OversizedDocument(f"The PDF has {what}, which no treaty has; name another file.")


def _encrypted() -> EncryptedDocument:
    return EncryptedDocument(
        "The PDF is locked with a password; save a copy without it, or take the HTML page."
    )


def _damaged(how: str) -> DamagedDocument:
    return DamagedDocument(f"The PDF is damaged or cut short ({how}); fetch it again.")


def _opened(data: bytes) -> PdfReader:
    if b"%%EOF" not in data[-2048:]:
        raise _damaged("its end is missing")
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise _encrypted()
    if len(reader.pages) > MAX_PAGES:
        raise _oversized(f"{len(reader.pages):,} pages")
    if not reader.pages:
        raise _damaged("it has no pages")
    return reader


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of text as it is drawn: its words, place, size, and whether it is bold."""

    text: str
    left: float
    height: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class _DrawnLine:
    """A line as it is drawn: what a ``Line`` is made of, and what decides on the gap above it."""

    line: Line
    height: float
    bold: bool

    @property
    def text(self) -> str:
        return self.line.text


@dataclass(frozen=True, slots=True)
class _DrawnPage:
    lines: tuple[_DrawnLine, ...]


def _drawn_pages(reader: PdfReader) -> Iterator[_DrawnPage]:
    expanded = characters = 0
    for page in reader.pages:
        contents = page.get_contents()
        expanded += 0 if contents is None else len(contents.get_data())
        if expanded > MAX_EXPANDED:
            raise _oversized(f"pages that expand beyond {MAX_EXPANDED:,} bytes")
        drawn = _DrawnPage(tuple(_drawn_lines(page)))
        characters += sum(len(line.text) for line in drawn.lines)
        if characters > MAX_CHARACTERS:
            raise _oversized(f"more than {MAX_CHARACTERS:,} characters")
        yield drawn


def _drawn_lines(page: PageObject) -> Iterator[_DrawnLine]:
    bottom, height = float(page.mediabox.bottom), float(page.mediabox.height) or 1.0
    for pieces in _lines_of_pieces(page):
        inked = [piece for piece in pieces if piece.text.strip()]
        if inked:
            yield _drawn_line(pieces, _main_piece(inked), bottom, height)


def _lines_of_pieces(page: PageObject) -> list[list[_Piece]]:
    lines: list[list[_Piece]] = [[]]

    def take(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        piece = _piece(text, cm, tm, font, size)
        first, *following = text.split("\n")
        lines[-1].append(replace(piece, text=first))
        lines.extend([replace(piece, text=words)] for words in following)

    page.extract_text(visitor_text=take)
    return lines


def _piece(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> _Piece:
    return _Piece(
        text,
        left=tm[4] * cm[0] + tm[5] * cm[2] + cm[4],
        height=tm[4] * cm[1] + tm[5] * cm[3] + cm[5],
        size=round(size * math.hypot(tm[2], tm[3]) * math.hypot(cm[2], cm[3]), 2),
        bold="bold" in str((font or {}).get("/BaseFont", "")).lower(),
    )


def _main_piece(inked: Sequence[_Piece]) -> _Piece:
    """The first piece in the size that most letters of the line have."""
    letters: Counter[float] = Counter()
    for piece in inked:
        letters[piece.size] += len(piece.text.strip())
    size = letters.most_common(1)[0][0]
    return next(piece for piece in inked if piece.size == size)


def _drawn_line(pieces: Sequence[_Piece], main: _Piece, bottom: float, height: float) -> _DrawnLine:
    text = "".join(_words(piece, main) for piece in pieces)
    line = Line(
        tidy(text),
        size=main.size,
        left=round(main.left, 1),
        top=round(1 - (main.height - bottom) / height, 3),
    )
    return _DrawnLine(line, main.height, all(p.bold for p in pieces if p.text.strip()))


def _words(piece: _Piece, main: _Piece) -> str:
    small = piece.size <= SMALLER * main.size and piece.height > main.height + 0.1 * main.size
    if small and piece.text.strip().isdecimal():
        return raised(piece.text)
    doubtful = piece.text.startswith(" ") and piece.text.strip()
    return DOUBTFUL + piece.text[1:] if doubtful else piece.text


def _pitch(pages: Sequence[_DrawnPage]) -> float:
    """The usual distance from line to line: the smallest that is common; 0 where unknown."""
    distances = Counter(
        round(2 * (above.height - below.height)) / 2
        for page in pages
        for above, below in pairwise(page.lines)
        if above.line.size == below.line.size
        and 0 < above.height - below.height < 3 * above.line.size
    )
    if not distances:
        return 0.0
    most = max(distances.values())
    return min(distance for distance, count in distances.items() if count * 5 >= most)


def _spaced(page: _DrawnPage, pitch: float) -> Iterator[Line]:
    """The lines of a page with a blank line wherever one paragraph is set off from the next."""
    before: _DrawnLine | None = None
    for drawn in page.lines:
        if before and _parted(before, drawn, pitch):
            yield BLANK
        yield drawn.line
        before = drawn


def _parted(above: _DrawnLine, below: _DrawnLine, pitch: float) -> bool:
    gap = above.height - below.height
    resized = abs(above.line.size - below.line.size) > 0.05 * above.line.size
    return gap < -1 or (pitch > 0 and gap > WIDER * pitch) or resized or above.bold != below.bold
