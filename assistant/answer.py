"""The answer, as every edge of the assistant gives it out; frozen, and the same JSON everywhere."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from index.annotations import Annotations
from index.convention import Convention, Provision

__all__ = ["Answer", "Citation", "ConventionStamp", "Mode", "Outcome", "cite"]


class Outcome(StrEnum):
    """How a question ended.

    ANSWERED: the Convention answers it. CORRECTED: it rests on something false, which is put
    right. NOT_COVERED: about this field, but the Convention has no such rule. OFF_TOPIC: anything
    else. CLARIFY: too vague to answer. UNAVAILABLE: it could not be worked on.
    """

    ANSWERED = "answered"
    CORRECTED = "corrected"
    NOT_COVERED = "not_covered"
    OFF_TOPIC = "off_topic"
    CLARIFY = "clarify"
    UNAVAILABLE = "unavailable"


class Mode(StrEnum):
    """Who wrote the sentences: composed from the restatement, or by a language model."""

    EXTRACTIVE = "extractive"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Citation:
    """One cited provision.

    ``quote`` is what the provision says when read alone (chapeau and items included), each piece
    word for word from the text that ``source`` names; ``url`` leads to its place on the readable
    page. ``article`` and ``chapter`` are 0 for the preamble.
    """

    id: str
    label: str
    article: int
    paragraph: int | None
    item: str | None
    title: str
    chapter: int
    level: str
    quote: str
    source: str
    url: str


@dataclass(frozen=True, slots=True)
class ConventionStamp:
    """Which text an answer rests on: edition, language, hash of the text, date of its state."""

    edition: str
    language: str
    sha256: str
    as_of: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer.

    ``text`` is Markdown in which each sentence that states the law ends in its short label in
    brackets; ``citations`` are exactly the provisions that the text cites, in order of first
    mention, and empty for off_topic, clarify and unavailable.
    """

    question: str
    outcome: Outcome
    text: str
    citations: tuple[Citation, ...]
    suggestions: tuple[str, ...]
    mode: Mode
    model: str | None
    convention: ConventionStamp

    def as_json(self) -> dict[str, Any]:
        """The answer as plain values, ready for ``json.dumps``."""
        return asdict(self)


def cite(convention: Convention, annotations: Annotations, provision: Provision) -> Citation:
    """The citation of a provision of ``convention``."""
    annotation = annotations[provision.id]
    whole_article = not provision.text and provision.paragraph is None
    return Citation(
        id=provision.id,
        label=provision.label,
        article=provision.article,
        paragraph=provision.paragraph,
        item=provision.item,
        title=convention.title_of(provision),
        chapter=convention.chapter_of(provision),
        level=annotation.level.value,
        quote=annotation.summary if whole_article else convention.reading(provision),
        source=convention.source,
        url=provision.url,
    )
