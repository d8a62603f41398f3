"""The register of obligations as data: what each provision asks of whom, clause by clause.

``index/text/register`` has a YAML file for each chapter (two for the longest), one entry a
provision, reviewed by people. A provision with several duties has several clauses, each an exact
part of its words; an entry also names the offences it is about, and its counterparts in three
sister treaties.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TypeVar

from index.annotations import Level
from index.convention import PREAMBLE, Convention, Provision
from index.data import read_folder
from index.errors import AnnotationError

__all__ = [
    "ALL_OFFENCES",
    "TREATIES",
    "WHOLE",
    "Clause",
    "Counterpart",
    "Entries",
    "Entry",
    "Legislate",
    "Measure",
    "Notice",
    "Relation",
    "check_entries",
    "read_entries",
]

WHOLE = "whole"
"""Stands for the text of a clause that is the provision's only one."""

ALL_OFFENCES = "all"
"""Stands for every offence established under the Convention."""

TREATIES = {"budapest": "Budapest", "untoc": "UNTOC", "uncac": "UNCAC"}
"""The sister treaties by their names in the data, and how people call them."""


class Measure(StrEnum):
    """Kind of measure that a clause asks for, allows or describes."""

    CRIMINALISE = "criminalise"
    POWER = "power"
    SAFEGUARD = "safeguard"
    JURISDICTION = "jurisdiction"
    COOPERATE = "cooperate"
    DESIGNATE = "designate or notify"
    PREVENT = "prevent"
    ASSIST = "assist"
    REPORT = "report"
    INSTITUTIONAL = "institutional"
    DEFINITION = "definition"
    FINAL_CLAUSE = "final clause"
    OTHER = "other"


class Legislate(StrEnum):
    """Whether a State would normally need a law, a regulation or a designation for a clause.

    YES; MAYBE, depending on its law; NO, where it is practice only.
    """

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


class Relation(StrEnum):
    """The Convention's provision seen from the other treaty's.

    WIDER asks or allows more, NARROWER less; NONE has no counterpart there.
    """

    SAME = "same"
    WIDER = "wider"
    NARROWER = "narrower"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Notice:
    """What has to be told, to whom, and by when."""

    what: str
    to: str
    by: str


@dataclass(frozen=True, slots=True)
class Clause:
    """One duty, option or rule of a provision.

    Attributes:
        text: exact words of the provision, or ``WHOLE``.
        actor: who must or may act; ``n/a`` where nobody does.
        when: at what time, for designations, notices and duties bound to a time; else "".
        conditions: exact words of the provision's reading that qualify the clause.
        numbers: exact words of it with a number, a time limit or a threshold.
        notify: what it has told to somebody; None for nothing.
    """

    text: str
    level: Level
    actor: str
    measure: Measure
    legislate: Legislate
    when: str
    conditions: tuple[str, ...]
    numbers: tuple[str, ...]
    notify: Notice | None


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Where another treaty has the like, and how the Convention relates to it.

    ``at`` is its place there, "" for relation NONE; ``note`` says what differs.
    """

    treaty: str
    at: str
    relation: Relation
    note: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What the register has of one provision."""

    provision_id: str
    clauses: tuple[Clause, ...]
    offences: tuple[str, ...]
    counterparts: tuple[Counterpart, ...]
    note: str


@dataclass(frozen=True)
class Entries:
    """The entries by provision id, in the order of the text, and the hash of their files."""

    by_id: Mapping[str, Entry]
    sha256: str


def read_entries(convention: Convention, folder: Traversable | None = None) -> Entries:
    """The entries in ``folder`` (the shipped ones by default), checked against the text.

    Raises ``AnnotationError`` that names the file and the entry, or the first thing that does not
    fit the text.
    """
    folder = folder or files("index").joinpath("text", "register")
    by_id, sha256 = read_folder(folder, _parse_entry)
    if problems := check_entries(by_id, convention):
        more = f"; and {len(problems) - 1} more" if len(problems) > 1 else ""
        raise AnnotationError(f"The register does not fit the text: {problems[0]}{more}.")
    ordered = {p.id: by_id[p.id] for p in convention.provisions() if p.id in by_id}
    return Entries(ordered, sha256)


def check_entries(by_id: Mapping[str, Entry], convention: Convention) -> list[str]:
    """What does not fit the text, a phrase each; [] where all is well."""
    needed = {p.id for p in convention.provisions() if p.text and p.article != PREAMBLE}
    problems = [f"{key} has no entry" for key in sorted(needed - by_id.keys())]
    problems += [
        f"{key} is no provision with words of its own" for key in sorted(by_id.keys() - needed)
    ]
    for key in needed & by_id.keys():
        problems += _problems(by_id[key], convention)
    return problems


def _problems(entry: Entry, convention: Convention) -> Iterator[str]:
    provision = convention[entry.provision_id]
    yield from _unfit_clauses(entry, provision)
    reading = convention.reading(provision)
    for clause in entry.clauses:
        for words in (*clause.conditions, *clause.numbers):
            if words not in reading:
                yield f"{provision.id} does not read {words!r}"
    for offence in entry.offences:
        if offence != ALL_OFFENCES and offence not in convention:
            yield f"{provision.id} is about {offence}, which does not exist"


def _unfit_clauses(entry: Entry, provision: Provision) -> Iterator[str]:
    place = 0
    for clause in entry.clauses:
        if clause.text == WHOLE:
            if len(entry.clauses) > 1:
                yield f"{provision.id} has several clauses, and one of them is the whole"
            continue
        found = provision.text.find(clause.text, place)
        if found < 0:
            yield f"{provision.id} does not have the words {clause.text!r} in that order"
        else:
            place = found + len(clause.text)


def _parse_entry(where: str, key: str, entry: object) -> Entry:
    try:
        values = _fields(entry, {"clauses", "offences", "counterparts", "note"})
        return Entry(
            provision_id=key,
            clauses=tuple(_clause(clause) for clause in _list(values.get("clauses"))),
            offences=_strings(values.get("offences")),
            counterparts=_counterparts(values.get("counterparts")),
            note=_string(values.get("note")),
        )
    except (AnnotationError, ValueError) as error:
        raise AnnotationError(f"{where}: {error}") from error


def _clause(entry: object) -> Clause:
    values = _fields(entry, {*Clause.__slots__})
    if not values.get("text") or not values.get("actor"):
        raise AnnotationError("a clause needs a text and an actor")
    return Clause(
        text=_string(values["text"]),
        level=_member(Level, values.get("level")),
        actor=_string(values["actor"]),
        measure=_member(Measure, values.get("measure")),
        legislate=_member(Legislate, values.get("legislate")),
        when=_string(values.get("when")),
        conditions=_strings(values.get("conditions")),
        numbers=_strings(values.get("numbers")),
        notify=_notice(values["notify"]) if values.get("notify") else None,
    )


def _notice(entry: object) -> Notice:
    values = _fields(entry, {"what", "to", "by"})
    return Notice(*(_string(values.get(name)) for name in ("what", "to", "by")))


def _counterparts(entry: object) -> tuple[Counterpart, ...]:
    """One for each sister treaty, in their order; relation NONE where the data has none."""
    given = _fields(entry or {}, {*TREATIES})
    return tuple(_counterpart(name, given.get(key)) for key, name in TREATIES.items())


def _counterpart(treaty: str, entry: object) -> Counterpart:
    if entry is None:
        return Counterpart(treaty, "", Relation.NONE, "")
    values = _fields(entry, {"at", "relation", "note"})
    relation = _member(Relation, values.get("relation"))
    note = _string(values.get("note"))
    if relation not in (Relation.SAME, Relation.NONE) and not note:
        raise AnnotationError(f"{treaty} is {relation} without a note that says how")
    return Counterpart(treaty, _string(values.get("at")), relation, note)


Member = TypeVar("Member", bound=StrEnum)


def _member(vocabulary: type[Member], value: object) -> Member:
    try:
        return vocabulary(str(value))
    except ValueError:
        words = ", ".join(vocabulary)
        raise AnnotationError(f"{value!r} is not one of {words}") from None


def _fields(entry: object, known: set[str]) -> Mapping[str, object]:
    if not isinstance(entry, Mapping):
        raise AnnotationError(f"{entry!r} has to have fields")
    if unknown := entry.keys() - known:
        raise AnnotationError(f"there is no field {min(unknown)!r}")
    return entry


def _list(value: object) -> list[object]:
    if not isinstance(value, list) or not value:
        raise AnnotationError(f"{value!r} has to be a list with something in it")
    return value


def _string(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise AnnotationError(f"{value!r} has to be words: put it in quotation marks")
    return value


def _strings(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise AnnotationError(f"{value!r} has to be a list")
    return tuple(_string(entry) for entry in value)
