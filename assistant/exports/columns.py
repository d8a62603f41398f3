"""The columns of the register as a table: the same in every format, named for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assistant.assessment import FIELDS, Assessment, Assessments
from assistant.modal_words import modal_words
from assistant.obligations import Edition, Obligation, Register
from index.register import TREATIES, Counterpart, Relation

__all__ = ["COLUMNS", "ID", "STATUS", "VERSION", "Column", "cells", "headings", "short"]

ID = "Id"
STATUS = FIELDS["status"]
VERSION = "Text version"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in characters, and what a row has in it."""

    heading: str
    width: int
    value: Callable[[Obligation, Assessment, Edition], str]
    is_users: bool = False


def _of_row(heading: str, width: int, value: Callable[[Obligation], str]) -> Column:
    return Column(heading, width, lambda row, own, edition: value(row))


def _of_user(name: str) -> Column:
    return Column(
        FIELDS[name], 24, lambda row, own, edition: str(getattr(own, name) or ""), is_users=True
    )


def _noticed(name: str) -> Callable[[Obligation], str]:
    return lambda row: str(getattr(row.notify, name)) if row.notify else ""


def _counterpart(treaty: str) -> Column:
    def told(row: Obligation) -> str:
        return next((_compared(one) for one in row.counterparts if one.treaty == treaty), "")

    return _of_row(f"Compared with {treaty}", 30, told)


def _compared(counterpart: Counterpart) -> str:
    if counterpart.relation is Relation.NONE:
        return "no counterpart"
    note = f": {counterpart.note}" if counterpart.note else ""
    return f"{counterpart.at} ({counterpart.relation}){note}"


def short(provision_id: str) -> str:
    """An id as people write it: ``art. 14(1)(b)``; ``all`` and the preamble as they are."""
    article, *parts = provision_id.split("/")
    if not article.startswith("art-"):
        return provision_id
    marks = "".join(f"({part.removeprefix('para-')})" for part in parts)
    return f"art. {article.removeprefix('art-')}{marks}"


def _listed(ids: Iterable[str]) -> str:
    return "; ".join(map(short, ids))


COLUMNS = (
    _of_row(ID, 18, lambda row: row.id),
    _of_row("Provision", 26, lambda row: row.label),
    _of_row("Title", 30, lambda row: row.title),
    _of_row("Text", 70, lambda row: row.text),
    _of_row("Level", 16, lambda row: row.level),
    _of_row("Addressee", 20, lambda row: row.actor),
    *map(_of_user, FIELDS),
    _of_row("Chapter", 9, lambda row: str(row.chapter)),
    _of_row("Article", 9, lambda row: str(row.article)),
    _of_row("Side", 14, lambda row: row.side),
    _of_row("Words of duty", 20, lambda row: "; ".join(modal_words(row.text))),
    _of_row("Kind of measure", 20, lambda row: row.measure),
    _of_row("Law needed", 10, lambda row: row.legislate),
    _of_row("When", 24, lambda row: row.when),
    _of_row("Conditions", 40, lambda row: "\n".join(row.conditions)),
    _of_row("Numbers and time limits", 30, lambda row: "\n".join(row.numbers)),
    _of_row("To be told", 30, _noticed("what")),
    _of_row("Told to", 20, _noticed("to")),
    _of_row("Told by", 20, _noticed("by")),
    _of_row("Offences", 20, lambda row: _listed(row.offences)),
    _of_row("Refers to", 24, lambda row: _listed(row.refers_to)),
    _of_row("Referred to by", 24, lambda row: _listed(row.referred_by)),
    _of_row("Defined terms", 24, lambda row: "; ".join(row.terms)),
    *map(_counterpart, TREATIES.values()),
    _of_row("Note", 40, lambda row: row.note),
    Column(VERSION, 16, lambda row, own, edition: edition.text_sha256[:12]),
    Column("As of", 12, lambda row, own, edition: edition.as_of),
)
"""Every column, in order; those of the user stand beside the text."""


def headings(assessments: Assessments) -> list[str]:
    """The headings of all columns; those that the user has added come last."""
    return [*(column.heading for column in COLUMNS), *assessments.headings]


def cells(register: Register, assessments: Assessments) -> Iterable[list[str]]:
    """The cells of each row, in the order of ``headings``."""
    for row in register.rows:
        own = assessments[row.id]
        added = dict(own.others)
        yield [
            *(str(column.value(row, own, register.edition)) for column in COLUMNS),
            *(added.get(name, "") for name in assessments.headings),
        ]
