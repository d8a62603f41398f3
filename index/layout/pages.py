"""Turns a document of any known format into pages of lines, within the size of a treaty."""

from __future__ import annotations

from collections.abc import Callable

from index.errors import OversizedDocument
from index.layout.formats import Format, format_of
from index.layout.lines import MAX_CHARACTERS, Page
from index.layout.pdf import pdf_pages
from index.layout.plain_text import text_pages
from index.layout.web import web_pages

__all__ = ["MAX_BYTES", "MAX_LINES", "read_pages"]

MAX_BYTES = 40_000_000
"""No treaty comes near it: the whole Convention is a PDF of about one million bytes."""

MAX_LINES = 100_000


def read_pages(data: bytes) -> tuple[Page, ...]:
    """The pages of a PDF, an HTML page or a plain text; raises a ``DocumentError``."""
    if len(data) > MAX_BYTES:
        raise _oversized(f"{len(data):,} bytes", MAX_BYTES)
    kind = format_of(data)
    if kind is Format.TEXT:
        _check_text(data)
    pages = _READERS[kind](data)
    lines = [line for page in pages for line in page]
    if len(lines) > MAX_LINES:
        raise _oversized(f"{len(lines):,} lines", MAX_LINES)
    if (characters := sum(len(line.text) for line in lines)) > MAX_CHARACTERS:
        raise _oversized(f"{characters:,} characters", MAX_CHARACTERS)
    return pages


def _check_text(data: bytes) -> None:
    """Refuse what is far too long before each of its lines is looked at."""
    if (lines := max(data.count(b"\n"), data.count(b"\r"))) > MAX_LINES:
        raise _oversized(f"{lines:,} lines", MAX_LINES)
    if len(data) > 4 * MAX_CHARACTERS:
        raise _oversized(f"{len(data):,} bytes of text", 4 * MAX_CHARACTERS)


_READERS: dict[Format, Callable[[bytes], tuple[Page, ...]]] = {
    Format.PDF: pdf_pages,
    Format.HTML: web_pages,
    Format.TEXT: text_pages,
}


def _oversized(size: str, limit: int) -> OversizedDocument:
    return OversizedDocument(
        f"The document has {size}, more than the {limit:,} that a treaty may have; name the file "
        "of the treaty alone."
    )
