"""The register of obligations: what the Convention asks of whom, how firmly, clause by clause.

Read from the reviewed data of ``index/text/register``; no encoder and no model has a part in it.
Every clause is a row, with what a checklist needs: level, actor, kind of measure, conditions,
numbers, notices, cross-references both ways, and the counterparts in the sister treaties.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from functools import cached_property
from typing import Any

from assistant.knowledge import OFFENCES, Knowledge
from assistant.lexical import tokens_of
from assistant.references import chapters_named, find_references
from index.annotations import Annotations, Level
from index.convention import Convention, Provision
from index.errors import BadFilter, NothingFits
from index.register import (
    ALL_OFFENCES,
    WHOLE,
    Clause,
    Counterpart,
    Entries,
    Entry,
    Legislate,
    Measure,
    Notice,
)

__all__ = [
    "ACTORS",
    "NO_DUTY",
    "Edition",
    "Filters",
    "Obligation",
    "Register",
    "Side",
    "read_register",
]


class Side(StrEnum):
    """On which side of the treaty the actor stands.

    The first five are States Parties; JOINING is a State that is none yet, and INSTITUTION the
    bodies of the treaty, whose tasks are nobody's domestic work.
    """

    STATE = "State"
    REQUESTING = "requesting"
    REQUESTED = "requested"
    TRANSFERRING = "transferring"
    RECEIVING = "receiving"
    JOINING = "joining"
    ORGANIZATION = "organization"
    INSTITUTION = "institution"
    NOBODY = "nobody"


_SIDES = {
    "State Party": Side.STATE,
    "central authority": Side.STATE,
    "requesting State Party": Side.REQUESTING,
    "requested State Party": Side.REQUESTED,
    "transferring State Party": Side.TRANSFERRING,
    "receiving State Party": Side.RECEIVING,
    "any State": Side.JOINING,
    "signatory State": Side.JOINING,
    "regional economic integration organization": Side.ORGANIZATION,
    "Conference of the States Parties": Side.INSTITUTION,
    "Secretary-General": Side.INSTITUTION,
    "secretariat": Side.INSTITUTION,
    "depositary": Side.INSTITUTION,
    "Ad Hoc Committee": Side.INSTITUTION,
    "n/a": Side.NOBODY,
}
"""Every actor that the data may name. A central authority is an organ of its State."""

ACTORS = tuple(_SIDES)
"""The names of the actors, States first."""

_OF_STATES = frozenset(
    {Side.STATE, Side.REQUESTING, Side.REQUESTED, Side.TRANSFERRING, Side.RECEIVING}
)


NO_DUTY = frozenset({Level.DEFINITION, Level.INSTITUTIONAL, Level.OTHER})
"""Levels of what asks nothing of a State."""


@dataclass(frozen=True, slots=True)
class Obligation:
    """One row of the register.

    Attributes:
        id: that of its provision; with the number of the clause, ``art-25/para-2#2``, where the
            provision has several.
        label: how people cite it, ``article 25, paragraph 2``; ``short_label`` in brackets.
        text: what it says read alone, the chapeaux above included where it continues them.
        side: where its actor stands.
        offences: ids of the offences that it is about, or ``all``.
        refers_to: ids of the provisions that it names.
        referred_by: ids of the provisions that name it, or a part of the text that holds it.
        terms: defined terms of article 2 in it.
    """

    id: str
    provision_id: str
    label: str
    short_label: str
    article: int
    title: str
    chapter: int
    heading: str
    text: str
    level: Level
    actor: str
    side: Side
    measure: Measure
    legislate: Legislate
    when: str
    conditions: tuple[str, ...]
    numbers: tuple[str, ...]
    notify: Notice | None
    offences: tuple[str, ...]
    refers_to: tuple[str, ...]
    referred_by: tuple[str, ...]
    counterparts: tuple[Counterpart, ...]
    terms: tuple[str, ...]
    note: str
    url: str

    @property
    def of_state(self) -> bool:
        """Whether a State Party acts, on whatever side of a request; institutions never do."""
        return self.side in _OF_STATES

    @property
    def for_assessment(self) -> bool:
        """Whether a State can say how it stands at home: a duty, an option or a limit."""
        return self.of_state and self.level not in NO_DUTY

    def as_json(self) -> dict[str, Any]:
        """The row as plain values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Edition:
    """Which text and data the rows stand on: hashes in hexadecimal, ``as_of`` the state's date."""

    edition: str
    language: str
    text_sha256: str
    register_sha256: str
    as_of: str


@dataclass(frozen=True, slots=True)
class Filters:
    """What to keep of the register; None keeps everything.

    Attributes:
        level: a level of obligation, ``mandatory``.
        chapter: a number, arabic or roman.
        actor: an actor as the rows name it, or a side (``State``, ``requested``).
        measure: a kind of measure, ``criminalise``.
        offence: an article that establishes an offence, ``art-7`` or ``7``; rows on every offence
            are about it too.
        words: words that all have to occur in a row.
    """

    level: str | None = None
    chapter: str | int | None = None
    actor: str | None = None
    measure: str | None = None
    offence: str | None = None
    words: str | None = None

    def given(self) -> dict[str, str]:
        """The filters that are set, by name."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: str(value) for name, value in values.items() if value not in (None, "")}


@dataclass(frozen=True)
class Register:
    """Rows in the order of the text, and the edition that they stand on."""

    rows: tuple[Obligation, ...]
    edition: Edition

    @cached_property
    def by_id(self) -> Mapping[str, Obligation]:
        """The rows by id."""
        return {row.id: row for row in self.rows}

    def filtered(self, filters: Filters) -> Register:
        """The rows that fit every filter, with the same edition.

        Raises ``BadFilter`` for a value that is not known, naming what there is, and
        ``NothingFits`` where no row is left, naming the filter without which some would be.
        """
        tests = {name: _TESTS[name](value) for name, value in filters.given().items()}
        rows = tuple(row for row in self.rows if all(test(row) for test in tests.values()))
        if not rows:
            raise NothingFits(self._nothing(filters.given(), tests))
        return Register(rows, self.edition)

    def _nothing(self, given: Mapping[str, str], tests: Mapping[str, _Test]) -> str:
        asked = ", ".join(f"{name} {value!r}" for name, value in given.items())
        hints = []
        for name in tests if len(tests) > 1 else ():
            others = [test for other, test in tests.items() if other != name]
            count = sum(all(test(row) for test in others) for row in self.rows)
            if count:
                hints.append(f"without the {name}, {count} would")
        hint = f"; {', '.join(hints)}" if hints else ""
        return f"No row of the register fits {asked}{hint}."

    def counts(self) -> dict[Level, dict[int, int]]:
        """How many rows each level has in each chapter; levels without rows have none."""
        counted = Counter((row.level, row.chapter) for row in self.rows)
        return {
            level: {c: n for (of, c), n in sorted(counted.items()) if of is level}
            for level in Level
        }


_Test = Callable[[Obligation], bool]


def _level_test(value: str) -> _Test:
    level = _chosen("level", value, list(Level))
    return lambda row: row.level == level


def _measure_test(value: str) -> _Test:
    measure = _chosen("kind of measure", value, list(Measure))
    return lambda row: row.measure == measure


def _actor_test(value: str) -> _Test:
    chosen = _chosen("actor", value, [*Side, *_SIDES])
    if chosen in [*Side]:
        return lambda row: row.side == chosen
    return lambda row: row.actor == chosen


def _chapter_test(value: str) -> _Test:
    named = value.strip().casefold().removeprefix("chapter").strip()
    numbers = chapters_named(f"chapter {named}") if named.isalnum() else ()
    if not numbers or not 1 <= numbers[0] <= 9:
        raise BadFilter(f"There is no chapter {value!r}: the chapters are 1 to 9 (I to IX).")
    return lambda row: row.chapter == numbers[0]


def _offence_test(value: str) -> _Test:
    bare = value.strip().lower().removeprefix("art-")
    named = [int(bare)] if bare.isascii() and bare.isdigit() else []
    named = named or [reference.article for reference in find_references(value)]
    if bare == ALL_OFFENCES:
        return lambda row: ALL_OFFENCES in row.offences
    if not named or named[0] not in OFFENCES:
        raise BadFilter(
            f"There is no offence {value!r}: offences are established by articles "
            f"{OFFENCES[0]} to {OFFENCES[-1]}, as in 'art-{OFFENCES[0]}'; 'all' has what is about "
            "every offence."
        )
    wanted = {f"art-{named[0]}", ALL_OFFENCES}
    return lambda row: not wanted.isdisjoint(row.offences)


def _words_test(value: str) -> _Test:
    wanted = set(tokens_of(value))
    if not wanted:
        raise BadFilter(f"The words {value!r} are too common to look for: give one that tells.")
    return lambda row: wanted <= set(tokens_of(_searched(row)))


def _searched(row: Obligation) -> str:
    return " ".join((row.title, row.heading, row.text, row.actor, row.measure, row.note))


_TESTS: Mapping[str, Callable[[str], _Test]] = {
    "level": _level_test,
    "chapter": _chapter_test,
    "actor": _actor_test,
    "measure": _measure_test,
    "offence": _offence_test,
    "words": _words_test,
}


def _chosen(kind: str, value: str, known: Iterable[str]) -> str:
    names = {str(name).casefold(): str(name) for name in known}
    try:
        return names[" ".join(value.split()).casefold()]
    except KeyError:
        there = ", ".join(names.values())
        raise BadFilter(f"There is no {kind} {value!r}: there are {there}.") from None


def read_register(knowledge: Knowledge) -> Register:
    """The whole register; raises ``AnnotationError`` where the data does not fit the text."""
    convention = knowledge.convention
    entries = knowledge.entries
    edition = Edition(
        edition=f"{convention.title}: plain-language digest",
        language=convention.language,
        text_sha256=convention.sha256,
        register_sha256=entries.sha256,
        as_of=knowledge.status.as_of,
    )
    return Register(tuple(_rows(convention, knowledge.annotations, entries)), edition)


def _rows(
    convention: Convention, annotations: Annotations, entries: Entries
) -> Iterator[Obligation]:
    referred_by = _referred_by(convention, annotations)
    for entry in entries.by_id.values():
        for number, clause in enumerate(entry.clauses, start=1):
            yield _row(convention, annotations, referred_by, entry, clause, number)


def _referred_by(convention: Convention, annotations: Annotations) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for provision in convention.provisions():
        for target in annotations[provision.id].refers_to:
            found[target].append(provision.id)
    return found


def _row(
    convention: Convention,
    annotations: Annotations,
    referred_by: Mapping[str, list[str]],
    entry: Entry,
    clause: Clause,
    number: int,
) -> Obligation:
    provision = convention[entry.provision_id]
    annotation = annotations[provision.id]
    holding = [provision.id, *(above.id for above in convention.ancestors(provision))]
    return Obligation(
        id=provision.id if len(entry.clauses) == 1 else f"{provision.id}#{number}",
        provision_id=provision.id,
        label=provision.label,
        short_label=provision.short_label,
        article=provision.article,
        title=convention.title_of(provision),
        chapter=convention.chapter_of(provision),
        heading=annotation.heading,
        text=_text(convention, provision, clause),
        level=clause.level,
        actor=clause.actor,
        side=_SIDES[clause.actor],
        measure=clause.measure,
        legislate=clause.legislate,
        when=clause.when,
        conditions=clause.conditions,
        numbers=clause.numbers,
        notify=clause.notify,
        offences=entry.offences,
        refers_to=annotation.refers_to,
        referred_by=tuple(dict.fromkeys(i for key in holding for i in referred_by.get(key, ()))),
        counterparts=entry.counterparts,
        terms=annotation.terms,
        note=entry.note,
        url=provision.url,
    )


def _text(convention: Convention, provision: Provision, clause: Clause) -> str:
    """The words of a clause, behind the chapeaux that they continue."""
    own = provision.text if clause.text == WHOLE else clause.text
    if not provision.items or not provision.text.startswith(own):
        return own
    above = [p.text for p in convention.ancestors(provision) if p.text]
    return " ".join((*above, own))
