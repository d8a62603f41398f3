"""Which texts stand for a provision in the vector store.

A provision is embedded several times, and each vector points to it: its words as they read with
title and chapeau, each of its sentences, the questions that it answers, and the everyday words
for it. Passages stay under the 256 tokens that the default encoder reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from index.annotations import Annotations
from index.convention import Convention, Provision

__all__ = [
    "RULES",
    "Kind",
    "Passage",
    "passages_of",
    "passages_of_words",
    "sentences_of",
    "windows_of",
]

RULES = "1"
"""Version of the rules in this module; a change of them makes every index stale."""

MAX_WORDS = 170
"""Words of a passage; more would pass the encoder's 256 tokens."""

WINDOW, STEP = 120, 90
"""Words of a window, and between the starts of two, where a text is longer than one."""

_SENTENCE_END = re.compile(r"(?<=[.!?])(?<!\bNo\.)(?<!\bNos\.)\s+(?=[A-Z\"“(])")


class Kind(StrEnum):
    """What a passage is to its provision."""

    TEXT = "text"
    SENTENCE = "sentence"
    QUESTION = "question"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Passage:
    """One text to embed: its id, the id of its provision, its kind, its place among its kind."""

    id: str
    provision: str
    kind: Kind
    position: int
    text: str


def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences of a provision's own words, in order; () for ""."""
    return tuple(_SENTENCE_END.split(text)) if text else ()


def passages_of(convention: Convention, annotations: Annotations) -> list[Passage]:
    """Every passage of the treaty, in the order of the text."""
    return [
        Passage(f"{provision.id}#{kind}-{position}", provision.id, kind, position, text)
        for provision in convention.provisions()
        for kind, position, text in _texts(convention, annotations, provision)
    ]


def passages_of_words(convention: Convention) -> list[Passage]:
    """The words of every provision as it reads under its title and chapeaux, cut into windows.

    All there is to a text that nobody has annotated. Each window has the title before it.
    """
    return [
        Passage(f"{provision.id}#{Kind.TEXT}-{position}", provision.id, Kind.TEXT, position, text)
        for provision in convention.provisions()
        for position, text in enumerate(_titled_windows(convention, provision))
    ]


def _titled_windows(convention: Convention, provision: Provision) -> list[str]:
    reading = convention.reading(provision)
    title = convention.title_of(provision)
    return [f"{title}. {window}" for window in windows_of(reading)] if reading else []


def windows_of(text: str) -> list[str]:
    """The text in windows of ``WINDOW`` words that overlap; [""] for ""."""
    words = text.split()
    starts = range(0, max(1, len(words) - (WINDOW - STEP)), STEP)
    return [" ".join(words[start : start + WINDOW]) for start in starts]


def _texts(
    convention: Convention, annotations: Annotations, provision: Provision
) -> Iterator[tuple[Kind, int, str]]:
    annotation = annotations[provision.id]
    title = convention.title_of(provision)
    about = ". ".join(filter(None, (title, annotation.heading or annotation.summary)))
    reading = convention.reading(provision)
    if reading or annotation.summary:
        yield Kind.TEXT, 0, _cut(f"{about}. {reading}")
    sentences = sentences_of(provision.text)
    if len(sentences) > 1:
        for position, sentence in enumerate(sentences):
            yield Kind.SENTENCE, position, _cut(f"{annotation.heading or title}. {sentence}")
    for position, question in enumerate(annotation.questions):
        yield Kind.QUESTION, position, _cut(question.text)
    if annotation.words:
        yield Kind.WORDS, 0, _cut(f"{title}: {', '.join(annotation.words)}")


def _cut(text: str) -> str:
    words = text.split()
    return " ".join(words[:MAX_WORDS])
