"""A bill or law as its numbered provisions, each with its place, its page and its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

__all__ = ["Bill", "Paragraph", "Section"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a document.

    Attributes:
        text: its words on one line.
        page: the page on which it begins, from 1; None where the document has no pages.
        heading: whether the format marks it as a heading.
    """

    text: str
    page: int | None = None
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """The smallest numbered provision of a bill, or a list of them with its opening words.

    Attributes:
        id: its numbers in a row, ``4(2)(a)``.
        pinpoint: the same for people, ``section 4, subsection (2), paragraph (a)``.
        heading: heading of the section that it stands in, "" for none.
        division: headings of the parts above, outermost first, joined by a dash.
        text: its own words, without its number.
        above: the opening words of the lists that it stands in; ``after`` their closing words.
        start: where ``text`` begins in the text of the bill, in characters; ``end`` where it ends.
        page: the page on which it begins, from 1; None where the document has no pages.
        items: ids of the items of its list; () where it has none.
    """

    id: str
    pinpoint: str
    heading: str
    division: str
    text: str
    above: str
    after: str
    start: int
    end: int
    page: int | None
    items: tuple[str, ...] = ()

    @property
    def in_context(self) -> str:
        """Its words as they are read: heading, opening words, own words, closing words."""
        words = " ".join(part for part in (self.above, self.text, self.after) if part)
        return f"{self.heading}: {words}" if self.heading else words


@dataclass(frozen=True)
class Bill:
    """A bill or law that was read.

    Attributes:
        name: name of its file.
        format: PDF, DOCX, HTML or plain text.
        sha256: hash of its bytes, in hexadecimal.
        text: all its paragraphs, a line each; quotes are exact parts of it.
        sections: its provisions in order.
        pages: how many pages it has; None where its format has none.
    """

    name: str
    format: str
    sha256: str
    text: str
    sections: tuple[Section, ...]
    pages: int | None

    @cached_property
    def by_id(self) -> Mapping[str, Section]:
        """The provisions by id."""
        return {section.id: section for section in self.sections}

    def quote(self, section: Section) -> str:
        """The exact words of a provision, with the items of its list."""
        return self.text[section.start : section.end]
