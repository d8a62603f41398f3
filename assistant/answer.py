"""The answer, as every edge of the assistant gives it out; frozen, and the same JSON everywhere."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any, Self

from index.annotations import Annotations
from index.convention import Convention, Provision

__all__ = [
    "UNREVIEWED",
    "Answer",
    "Citation",
    "ConventionStamp",
    "Draft",
    "Mode",
    "Outcome",
    "cite",
]

UNREVIEWED = "n/a"
"""Stands for the level of obligation of a provision of another treaty: nobody has reviewed it."""


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

    ``url`` leads to its place on the readable page; ``article`` and ``chapter`` are 0 for the
    preamble. With source ``digest``, ``quote`` is what our restatement says of the provision when
    read alone, chapeau and items included. With source ``official``, it is the official words,
    which stand in the whole official text from ``start`` to ``end``, and ``explanation`` is what
    the restatement says; those three are None otherwise, and not in the JSON.
    Of another treaty than the Convention the source is ``official`` without an explanation, ``url``
    is "" and ``level`` is ``UNREVIEWED``.
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
    start: int | None = None
    end: int | None = None
    explanation: str | None = None

    def quoting(self, words: str, start: int, end: int) -> Self:
        """The citation with official words in the place of our restatement."""
        return replace(
            self, quote=words, source="official", start=start, end=end, explanation=self.quote
        )


@dataclass(frozen=True, slots=True)
class ConventionStamp:
    """Which text is quoted: edition, language, hash of the text, date of its state.

    For the official text, the hash is that of the document as it was fetched, the date that of
    the fetch, and ``address`` where it came from; for our restatement that is None, and not in the
    JSON.
    """

    edition: str
    language: str
    sha256: str
    as_of: str
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer.

    ``text`` is Markdown in which each sentence that states the law ends in its short label in
    brackets; ``citations`` are exactly the provisions that the text cites, in order of first
    mention, and empty for off_topic, clarify and unavailable. ``notice`` says in a line what
    became of a language model's words, where they do not all stand; None otherwise, and not in the
    JSON.
    """

    question: str
    outcome: Outcome
    text: str
    citations: tuple[Citation, ...]
    suggestions: tuple[str, ...]
    mode: Mode
    model: str | None
    convention: ConventionStamp
    notice: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The answer as plain values, ready for ``json.dumps``."""
        values = asdict(self)
        values["citations"] = [_without(values_of, _OFFICIAL) for values_of in values["citations"]]
        values["convention"] = _without(values["convention"], _OFFICIAL)
        return _without(values, ("notice",))


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer on its way: the whole text so far, of which every sentence has been verified."""

    text: str


_OFFICIAL = ("start", "end", "explanation", "address")
"""What only the official text gives."""


def _without(values: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """The values, without those of ``names`` that are None."""
    return {name: v for name, v in values.items() if v is not None or name not in names}


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
