"""Turns a document into paragraphs that know their page: PDF, DOCX, HTML, plain text, Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.gap.bill import Paragraph
from assistant.gap.word import is_word, word_paragraphs
from index.errors import (
    DamagedDocument,
    DocumentError,
    EmptyDocument,
    EncryptedDocument,
    OversizedDocument,
    ScannedDocument,
    UnknownFormat,
)
from index.layout.blocks import read_blocks
from index.layout.formats import Format, format_of
from index.layout.furniture import text_lines
from index.layout.lines import PAGE_BREAK, Line, Page
from index.layout.pages import read_pages

__all__ = ["Document", "read_paragraphs"]

WRAPPED = 130
"""Where nearly all lines of a text are shorter than this, its paragraphs are broken into lines."""

_LEGACY_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
"""Begins Word files of before 2007, and files that Word locked with a password."""

_SAYS: dict[type[DocumentError], str] = {
    EmptyDocument: "The file is empty: name the file of the bill.",
    EncryptedDocument: "The PDF is locked with a password: save a copy without it and name that.",
    ScannedDocument: (
        "The PDF has no text, only pictures of its pages: run text recognition (OCR) on it first, "
        "or name a copy with text."
    ),
    DamagedDocument: "The PDF is damaged or cut short: get it again, or name another copy.",
    OversizedDocument: (
        "The file is larger than 300 pages or 5 million characters of text: split it and name "
        "the part that holds the bill."
    ),
    UnknownFormat: (
        "The file is neither a PDF, a Word document (.docx), a web page nor text in UTF-8: save "
        "it as one of these."
    ),
}


@dataclass(frozen=True, slots=True)
class Document:
    """The paragraphs of a document, its format, and how many pages it has, if it has any."""

    format: str
    paragraphs: tuple[Paragraph, ...]
    pages: int | None


def read_paragraphs(data: bytes) -> Document:
    """The paragraphs of a document; raises a ``DocumentError`` in words that fit a bill."""
    if data.startswith(_LEGACY_OFFICE):
        raise EncryptedDocument(
            "The file is a Word document that is locked with a password, or of before 2007: open "
            "it in Word and save an unlocked copy as .docx."
        )
    if is_word(data):
        return _word(data)
    try:
        kind = format_of(data)
        pages = read_pages(data)
    except DocumentError as error:
        raise type(error)(_SAYS[type(error)]) from error
    if kind is Format.TEXT and not _is_wrapped(pages):
        return Document(kind.value, tuple(_lines_as_paragraphs(pages)), _count(kind, pages))
    lines = text_lines(pages) if kind is Format.PDF else _joined(pages)
    return Document(kind.value, tuple(_paged(lines, _count(kind, pages))), _count(kind, pages))


def _word(data: bytes) -> Document:
    paragraphs = word_paragraphs(data)
    pages = [paragraph.page for paragraph in paragraphs if paragraph.page is not None]
    return Document("DOCX", paragraphs, max(pages) if pages else None)


def _count(kind: Format, pages: Sequence[Page]) -> int | None:
    return len(pages) if kind is Format.PDF or len(pages) > 1 else None


def _is_wrapped(pages: Sequence[Page]) -> bool:
    lengths = sorted(len(line.text) for page in pages for line in page if line.text)
    return bool(lengths) and lengths[int(len(lengths) * 0.98)] <= WRAPPED and len(lengths) > 20


def _lines_as_paragraphs(pages: Sequence[Page]) -> Iterator[Paragraph]:
    for number, page in enumerate(pages, start=1):
        shown = number if len(pages) > 1 else None
        yield from (Paragraph(line.text, shown, line.heading) for line in page if line.text)


def _joined(pages: Sequence[Page]) -> tuple[Line, ...]:
    lines: list[Line] = []
    for page in pages:
        lines += [PAGE_BREAK, *page] if lines else page
    return tuple(lines)


def _paged(lines: Sequence[Line], pages: int | None) -> Iterator[Paragraph]:
    """The paragraphs of the lines, each with its page, told by counting letters and digits."""
    page_at = _page_by_letter(lines)
    position = 0
    for block in read_blocks(lines):
        page = page_at(position) if pages else None
        yield Paragraph(block.text, page, block.heading)
        position += _letters(block.text)


def _page_by_letter(lines: Sequence[Line]) -> Callable[[int], int]:
    ends: list[int] = []
    total = 0
    for line in lines:
        if line is PAGE_BREAK:
            ends.append(total)
        else:
            total += _letters(line.text)

    def page_at(position: int) -> int:
        from bisect import bisect_right

        return bisect_right(ends, position) + 1

    return page_at


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))
