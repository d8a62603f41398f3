"""The document of a conversation, before it has a format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

__all__ = ["Exchange", "Source", "Transcript", "Words", "blocks_of"]

_ITEM = "- "


@dataclass(frozen=True, slots=True)
class Source:
    """A provision that an answer rests on: how it is cited, its level, and its whole address."""

    citation: str
    level: str
    address: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question, what kind of answer it got ("" for a plain one), the answer and its sources."""

    question: str
    kind: str
    text: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """What the document calls its parts, in the language of the page."""

    title: str
    question: str
    sources: str
    about: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """A whole conversation.

    Attributes:
        day: when the document was made.
        notice: that it is no legal advice; ``edition`` says which text was quoted.
    """

    words: Words
    day: date
    exchanges: tuple[Exchange, ...]
    notice: str
    edition: str


def blocks_of(text: str) -> Iterator[tuple[bool, str]]:
    """The paragraphs and list items of an answer, each with whether it is an item."""
    for line in text.splitlines():
        if line.strip():
            is_item = line.startswith(_ITEM)
            yield is_item, line.removeprefix(_ITEM).strip().replace("**", "")
