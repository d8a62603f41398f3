"""A State's own assessment of the register: for each obligation, how things stand at home.

It is kept in the user's file or browser, never on a server. ``assessment_files`` reads it back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.obligations import Obligation, Register

__all__ = ["FIELDS", "Assessment", "Assessments", "Progress", "Standing", "progress"]


class Standing(StrEnum):
    """How an obligation stands in domestic law and practice, in the State's own judgement."""

    IN_PLACE = "in place"
    PARTLY = "partly"
    NOT_IN_PLACE = "not in place"
    NOT_APPLICABLE = "not applicable"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a State has written down on one obligation; "" where it has not.

    Attributes:
        id: the row of the register.
        date: a year, a month or a day (ISO 8601).
        others: columns of the user's own, by their headings, in their order.
    """

    id: str
    status: Standing | None = None
    provision: str = ""
    comment: str = ""
    body: str = ""
    date: str = ""
    assistance: str = ""
    others: tuple[tuple[str, str], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been written down."""
        return self == Assessment(self.id)


FIELDS = {
    "status": "Status",
    "provision": "Domestic provision",
    "comment": "Comment",
    "body": "Responsible body",
    "date": "Date",
    "assistance": "Assistance needed",
}
"""The fields of an assessment and the headings of their columns."""


@dataclass(frozen=True)
class Assessments:
    """The assessments by the id of their rows; empty ones are not kept."""

    by_id: Mapping[str, Assessment] = field(default_factory=dict)

    def __getitem__(self, row_id: str) -> Assessment:
        return self.by_id.get(row_id) or Assessment(row_id)

    @property
    def headings(self) -> tuple[str, ...]:
        """The user's own columns, in order of first mention."""
        named = (name for one in self.by_id.values() for name, _ in one.others)
        return tuple(dict.fromkeys(named))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the assessment of a chapter has come.

    Attributes:
        total: rows that address a State Party.
        counts: how many of them have each status; ``open`` those that have none yet.
    """

    chapter: int
    total: int
    counts: Mapping[Standing, int]

    @property
    def open(self) -> int:
        """Rows without a status."""
        return self.total - sum(self.counts.values())


def progress(register: Register, assessments: Assessments) -> list[Progress]:
    """The progress of each chapter that has rows for a State, in order."""
    chapters: dict[int, list[Obligation]] = {}
    for row in register.rows:
        if row.for_assessment or row.id in assessments.by_id:
            chapters.setdefault(row.chapter, []).append(row)
    return [
        Progress(chapter, len(rows), _counted(rows, assessments))
        for chapter, rows in chapters.items()
    ]


def _counted(rows: Iterable[Obligation], assessments: Assessments) -> dict[Standing, int]:
    counted = Counter(assessments[row.id].status for row in rows)
    return {status: counted[status] for status in Standing}
