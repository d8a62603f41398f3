"""Knows the format of a document by its bytes."""

from __future__ import annotations

import re
from enum import Enum

from index.errors import EmptyDocument
from index.layout.plain_text import decoded

__all__ = ["Format", "format_of"]

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
