"""Reads what was kept: questions with their feedback, in order of time."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields

from sqlalchemy import Engine, select

from assistant.exports.comma_separated import guarded
from assistant.records.database import working
from assistant.records.tables import feedback, questions

__all__ = ["FORMATS", "Kept", "read_kept", "written"]

FORMATS = ("csv", "json")


@dataclass(frozen=True, slots=True)
class Kept:
    """A question or a feedback, or both where they are of the same answer.

    ``at`` is when the question came, or else the feedback, in ISO 8601 (UTC); what was not kept is
    "". ``thumb`` is up or down; ``citations`` are ids of provisions, separated by blanks.
    """

    at: str
    answer: str
    question: str = ""
    outcome: str = ""
    citations: str = ""
    key: str = ""
    thumb: str = ""
    comment: str = ""


_ROWS = (
    select(questions, feedback.c.thumb, feedback.c.comment)
    .join_from(questions, feedback, questions.c.answer == feedback.c.answer, isouter=True)
    .order_by(questions.c.at, questions.c.number, feedback.c.number)
)
_ALONE = (
    select(feedback)
    .where(feedback.c.answer.not_in(select(questions.c.answer)))
    .order_by(feedback.c.at, feedback.c.number)
)


def read_kept(engine: Engine) -> list[Kept]:
    """All that is kept; a question with several feedbacks comes once for each.

    Raises ``RecordsFailure``.
    """
    names = {field.name for field in fields(Kept)}
    with working(engine) as connection:
        rows = [*connection.execute(_ROWS).mappings(), *connection.execute(_ALONE).mappings()]
    values = [{name: value or "" for name, value in row.items() if name in names} for row in rows]
    kept = [Kept(**(row | {"at": f"{row['at']:%Y-%m-%dT%H:%M:%SZ}"})) for row in values]
    return sorted(kept, key=lambda one: one.at)


def written(kept: Sequence[Kept], name: str) -> bytes:
    """The rows as a file in the format of that name; cells of CSV are guarded against formulas."""
    if name == "json":
        return (
            f"{json.dumps([asdict(one) for one in kept], ensure_ascii=False, indent=1)}\n".encode()
        )
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(field.name for field in fields(Kept))
    writer.writerows([guarded(str(value)) for value in asdict(one).values()] for one in kept)
    return codecs.BOM_UTF8 + text.getvalue().encode()
