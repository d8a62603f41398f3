"""Reads a treaty out of a document as it is published: PDF, HTML page, plain text or Markdown.

The way: bytes ──▶ pages of lines ──▶ lines of the text ──▶ paragraphs ──▶ the treaty ──▶ plain
layout ──▶ ``Convention``. Each step is a module of ``index.layout``; the last is the reader that
reads the digest too, so that both texts have the same structure and the same ids.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

from index.convention import Convention
from index.errors import NoTreaty
from index.layout.blocks import Block, read_blocks
from index.layout.formats import Format, format_of
from index.layout.furniture import text_lines
from index.layout.pages import read_pages
from index.layout.treaty import find_treaty
from index.layout.writing import plain_layout
from index.reader import read_treaty

__all__ = ["plain_text_of", "read_document", "read_paragraphs"]


def read_document(data: bytes, *, language: str = "en", title: str = "") -> Convention:
    """The treaty that a document sets out, with source ``official``.

    Args:
        data: the bytes of the document, as fetched.
        language: ISO 639-1 code of its language, which is kept with it.
        title: its name; "" to take the one in the document.

    Raises:
        DocumentError: the document cannot be turned into lines of text.
        NoTreaty: it has no articles.
        ReadingError: it has lines that have no place in a treaty.
    """
    convention = read_treaty(
        plain_text_of(data), source="official", language=language, bare_headings=True
    )
    return replace(
        convention, title=title or convention.title, sha256=hashlib.sha256(data).hexdigest()
    )


def plain_text_of(data: bytes) -> str:
    """The treaty in a document in the plain layout; raises as ``read_document`` does."""
    treaty = find_treaty(read_paragraphs(data))
    if treaty is None:
        raise NoTreaty(_no_treaty(format_of(data)))
    return plain_layout(treaty)


def read_paragraphs(data: bytes) -> tuple[Block, ...]:
    """The paragraphs of a document without running heads, page counters and footnotes."""
    return read_blocks(text_lines(read_pages(data)))


def _no_treaty(kind: Format) -> str:
    if kind is Format.HTML:
        return (
            "The page has no articles of a treaty: it may be the login page of a network, an "
            "error page or a viewer; open the address in a browser, and save the text or the PDF."
        )
    return f"The {kind.value} has no articles of a treaty; name the file of the treaty itself."
