"""Turns plain text and Markdown into pages of lines."""

from __future__ import annotations

import codecs
import re

from index.errors import UnknownFormat
from index.layout.lines import Line, Page, tidy

__all__ = ["decoded", "text_pages"]

_BINARY = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_LINK = re.compile(r"!?\[([^\[\]]{0,500})\]\((?:[^()]|\([^()]{0,100}\)){0,500}\)")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_EMPHASIS = re.compile(r"(\*{1,3})(\S|\S.{0,300}?\S)\1(?=(\w)?)")
_ESCAPE = re.compile(r"\\([\\.()\[\]#*_-])")


def decoded(data: bytes) -> str:
    """The text of ``data`` in UTF-8, UTF-16 or Windows-1252; raises ``UnknownFormat``."""
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _BINARY.search(text):
            return text
    raise UnknownFormat(
        "The document is neither a PDF nor an HTML page nor text in UTF-8, UTF-16 or "
        "Windows-1252; save it as one of these and try again."
    )


def _encodings(data: bytes) -> tuple[str, ...]:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return (encoding,)
    zeros = data[:4096].count(0), data[1:4096:2].count(0)
    if zeros[0] > len(data[:4096]) // 8:
        return ("utf-16-le",) if zeros[1] * 2 > zeros[0] else ("utf-16-be",)
    return ("utf-8", "cp1252")


def text_pages(data: bytes) -> tuple[Page, ...]:
    """The lines of a text; form feeds part its pages, ``#`` marks headings in Markdown."""
    text = decoded(data)
    marked = any(line.startswith("#") for line in text.splitlines())
    read = _marked_line if marked else _plain_line
    return tuple(
        tuple(read(line) for line in page.replace("\v", "\n").splitlines())
        for page in text.split("\f")
    )


def _plain_line(line: str) -> Line:
    return Line(tidy(line))


def _marked_line(line: str) -> Line:
    words = line.strip()
    heading = words.startswith("#") and words.strip("#") != ""
    return Line(tidy(without_markup(words.strip("#") if heading else words)), heading=heading)


def without_markup(line: str) -> str:
    """A line of Markdown as it is read: links by their words, no tags, no asterisks."""
    words = _LINK.sub(r"\1", _TAG.sub("", line))
    plain = _EMPHASIS.sub(lambda found: found[2] + (" " if found[3] else ""), words)
    return _ESCAPE.sub(r"\1", plain)
