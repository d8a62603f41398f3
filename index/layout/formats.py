"""Knows the format of a document by its bytes, and turns it into pages of lines."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum

from index.errors import EmptyDocument, OversizedDocument
from index.layout.lines import Page
from index.layout.pdf import pdf_pages
from index.layout.plain_text import decoded, text_pages
from index.layout.web import web_pages

__all__ = ["MAX_BYTES", "MAX_CHARACTERS", "MAX_LINES", "Format", "format_of", "read_pages"]

MAX_BYTES = 40_000_000
"""No treaty comes near it: the whole Convention is a PDF of about one million bytes."""

MAX_LINES = 100_000
MAX_CHARACTERS = 5_000_000

_HTML = re.compile(
    rb"<(?:!doctype\s+html|(?:html|head|body|div|p|h[1-6]|article|section|table|span)\b)", re.I
)


class Format(Enum):
    """The formats that can be read."""

    PDF = "PDF"
    HTML = "HTML"
    TEXT = "plain text"


def format_of(data: bytes) -> Format:
    """The format of a document; raises ``EmptyDocument`` or ``UnknownFormat``."""
    if not data.strip(b"\0\t\n\f\r \xef\xbb\xbf"):
        raise EmptyDocument("The document is empty; fetch it again, or name another file.")
    if b"%PDF-" in data[:1024]:
        return Format.PDF
    if _HTML.search(data[:65536].replace(b"\0", b"")):
        return Format.HTML
    decoded(data)
    return Format.TEXT


def read_pages(data: bytes) -> tuple[Page, ...]:
    """The pages of a PDF, an HTML page or a plain text; raises a ``DocumentError``."""
    if len(data) > MAX_BYTES:
        raise _oversized(f"{len(data):,} bytes", MAX_BYTES)
    pages = _READERS[format_of(data)](data)
    lines = [line for page in pages for line in page]
    if len(lines) > MAX_LINES:
        raise _oversized(f"{len(lines):,} lines", MAX_LINES)
    if (characters := sum(len(line.text) for line in lines)) > MAX_CHARACTERS:
        raise _oversized(f"{characters:,} characters", MAX_CHARACTERS)
    return pages


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
