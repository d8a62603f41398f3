"""What the project knows of each provision beside its words, read from ``index/text``.

One YAML file a chapter, one entry a provision, reviewed by people and readable in a diff: short
heading, level of obligation, actor, cross-references, defined terms, everyday words, and questions
that the provision answers. A question may end in the word that answers it (``… ? Yes.``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from importlib.resources.abc import Traversable

from index.convention import Convention
from index.data import read_folder
from index.errors import AnnotationError

__all__ = [
    "Annotation",
    "Annotations",
    "Level",
    "Question",
    "check_annotations",
    "read_annotations",
]


class Level(StrEnum):
    """Level of obligation, in the vocabulary of the UNODC legislative guides.

    The first three are the guides' levels; the others mark what is not a duty of a State at all.
    """

    MANDATORY = "mandatory"
    CONSIDER = "obligation to consider"
    OPTIONAL = "optional"
    OPTIONAL_ELEMENT = "optional element"
    RESERVATION = "reservation"
    SAFEGUARD = "safeguard"
    PROHIBITION = "prohibition"
    DEFINITION = "definition"
    INSTITUTIONAL = "institutional"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Question:
    """A question that a provision answers, and the one word that answers it, if it is yes or no."""

    text: str
    lead: str | None = None

    @classmethod
    def parse(cls, line: str) -> Question:
        """Read ``Is hacking a crime? Yes.``; raises ``AnnotationError`` for another ending."""
        asked, mark, lead = line.rpartition("?")
        if not mark or lead.strip() not in ("", "Yes.", "No."):
            raise AnnotationError(
                f"The question {line!r} has to end in '?', '? Yes.' or '? No.': correct it."
            )
        return cls(f"{asked.strip()}?", lead.strip() or None)


@dataclass(frozen=True, slots=True)
class Annotation:
    """What is known of one provision (or of an article as a whole).

    Attributes:
        heading: what it is about, in two to eight words.
        level: its level of obligation.
        actor: who must or may act.
        refers_to: ids of the provisions that it names or rests on.
        terms: defined terms of article 2 that occur in it.
        words: everyday words for it.
        questions: questions that it answers.
        summary: what the whole article says, for articles only.
    """

    heading: str
    level: Level
    actor: str
    refers_to: tuple[str, ...]
    terms: tuple[str, ...]
    words: tuple[str, ...]
    questions: tuple[Question, ...]
    summary: str = ""


@dataclass(frozen=True)
class Annotations:
    """The annotation of every provision by id, and the hash of the files they came from."""

    by_id: Mapping[str, Annotation]
    sha256: str

    def __getitem__(self, provision_id: str) -> Annotation:
        return self.by_id.get(provision_id, UNANNOTATED)


UNANNOTATED = Annotation("", Level.OTHER, "", (), (), (), ())
"""Stands for a provision of which nothing is known: any other treaty's."""


def read_annotations(folder: Traversable | None = None) -> Annotations:
    """The annotations in ``folder`` (the shipped ones by default).

    Raises ``AnnotationError`` naming the file and the entry that cannot be read.
    """
    folder = folder or files("index").joinpath("text", "annotations")
    by_id, sha256 = read_folder(folder, lambda where, key, entry: _parse_entry(where, entry))
    return Annotations(by_id, sha256)


def check_annotations(annotations: Annotations, convention: Convention) -> list[str]:
    """Sentences on what does not fit the text; [] where all is well."""
    problems = [f"{key} is not in the text" for key in annotations.by_id if key not in convention]
    for provision in convention.provisions():
        if provision.id not in annotations.by_id:
            problems.append(f"{provision.id} has no annotation")
        for reference in annotations[provision.id].refers_to:
            if reference not in convention:
                problems.append(f"{provision.id} refers to {reference}, which does not exist")
    return problems


def _parse_entry(where: str, entry: Mapping[str, object]) -> Annotation:
    try:
        return Annotation(
            heading=str(entry.get("heading") or ""),
            level=Level(str(entry.get("level", Level.OTHER))),
            actor=str(entry.get("actor") or ""),
            refers_to=_strings(entry.get("refers_to")),
            terms=_strings(entry.get("terms")),
            words=_strings(entry.get("words")),
            questions=tuple(Question.parse(line) for line in _strings(entry.get("questions"))),
            summary=str(entry.get("summary") or ""),
        )
    except (AnnotationError, ValueError, TypeError, AttributeError) as error:
        raise AnnotationError(f"{where}: {error}") from error


def _strings(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise AnnotationError(f"{value!r} has to be a list")
    for entry in value:
        if entry is None or isinstance(entry, bool | list | dict):
            raise AnnotationError(f"{entry!r} has to be words: put it in quotation marks")
    return tuple(str(entry) for entry in value)
