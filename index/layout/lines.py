"""The lines of a page, as every format of document is turned into them.

A line knows its words and, where the format tells it, how it is set: PDF knows the size of the
letters and where the line stands, HTML knows what is a heading. Raised numbers (the marks of
footnotes) are written as superscript digits, whatever the format, so that one step can take
them out.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

__all__ = ["BLANK", "MAX_CHARACTERS", "PAGE_BREAK", "Line", "Page", "raised", "tidy"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a document.

    Attributes:
        text: its words; "" for a blank line, which separates paragraphs.
        size: size of most of its letters in points, 0 where the format does not tell.
        left: where its first word stands, in points from the left; 0 where unknown.
        top: how far down the page it stands, from 0 to 1; None where unknown.
        heading: whether the format marks it as a heading.
    """

    text: str
    size: float = 0.0
    left: float = 0.0
    top: float | None = None
    heading: bool = False


Page = tuple[Line, ...]

MAX_CHARACTERS = 5_000_000
"""More than any treaty has, in whatever format."""

BLANK = Line("")
PAGE_BREAK = Line("\f")
"""Stands between the lines of two pages, where a paragraph may end or go on."""

_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Marks of direction and width, which are no part of the words."""
_PRESENTATION = re.compile("[\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufeff]+")
"""Ligatures and Arabic letters in the shape in which a printer draws them."""
_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def tidy(text: str) -> str:
    """The words of ``text``: one blank between them, no marks that nobody sees."""
    seen = _UNSEEN.sub("", text)
    plain = _PRESENTATION.sub(lambda found: unicodedata.normalize("NFKC", found[0]), seen)
    return " ".join(plain.split())


def raised(number: str) -> str:
    """The digits of ``number`` as superscript digits, without the blanks around them."""
    return number.strip().translate(_DIGITS)
