"""What a State has to do or may do, provision by provision, as gap reading looks for it.

The rows of the register say it. A provision is looked for where a national law may serve one of
its rows; a list is not looked for by itself, since each of its items is read with its words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from assistant.knowledge import Knowledge
from assistant.obligations import NO_DUTY, Obligation, Register, Side
from index.annotations import Level
from index.register import Legislate, Measure

__all__ = ["CHAPTERS", "Duty", "duties_of"]

CHAPTERS = range(1, 8)
"""Chapters VIII and IX are about the Conference and the treaty itself."""

_COOPERATION = 5

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that the Convention asks of a State or leaves to it.

    Attributes:
        rows: the rows of the register that a national law may serve, all of one provision.
        text: what the provision says when it is read alone; ``own`` without the words above it.
        words: everyday words for it.
    """

    rows: tuple[Obligation, ...]
    text: str
    own: str
    words: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Id of its provision."""
        return self.rows[0].provision_id

    @property
    def label(self) -> str:
        """Its provision as people cite it."""
        return self.rows[0].label

    @property
    def heading(self) -> str:
        """What it is about, in a few words."""
        return self.rows[0].heading

    @property
    def title(self) -> str:
        """The title of its article."""
        return self.rows[0].title

    @property
    def chapter(self) -> int:
        """Number of its chapter."""
        return self.rows[0].chapter

    @property
    def url(self) -> str:
        """Where its provision can be read."""
        return self.rows[0].url

    @property
    def article(self) -> str:
        """Id of its article."""
        return self.id.partition("/")[0]

    @property
    def level(self) -> Level:
        """The level of obligation of its first row, with which the provision begins."""
        return self.rows[0].level

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels of obligation of its rows, each once."""
        return _once(row.level for row in self.rows)

    @property
    def actors(self) -> tuple[str, ...]:
        """Who must or may act; () where the rule is about nobody's act."""
        return _once(row.actor for row in self.rows if row.of_state)

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The kinds of measure that its rows call for, each once."""
        return _once(row.measure for row in self.rows)

    @property
    def is_cooperation(self) -> bool:
        """Whether it is about dealings with other States."""
        return self.chapter == _COOPERATION


def _once(values: Iterable[Value]) -> tuple[Value, ...]:
    return tuple(dict.fromkeys(values))


def duties_of(
    register: Register, knowledge: Knowledge, chapter: int | None = None
) -> tuple[Duty, ...]:
    """Every duty that a national law may serve, in the order of the Convention.

    ``chapter`` keeps those of one chapter; raises ``UnknownProvision`` where there is none.
    """
    if chapter is not None:
        knowledge.convention.chapter(chapter)
    rows: dict[str, list[Obligation]] = {}
    for row in register.rows:
        if chapter in (None, row.chapter) and _is_served_by_law(row):
            rows.setdefault(row.provision_id, []).append(row)
    items = {key: value for key, value in rows.items() if _is_smallest(knowledge, key)}
    return tuple(_duty(knowledge, tuple(of_one)) for of_one in items.values())


def _is_smallest(knowledge: Knowledge, provision_id: str) -> bool:
    convention = knowledge.convention
    return not convention.children(convention[provision_id])


def _is_served_by_law(row: Obligation) -> bool:
    """Whether a national law may provide for a row.

    What a State does when it requests, and a rule without an actor, is practice or reading of the
    treaty, unless the register says that a law may be needed for it.
    """
    if row.chapter not in CHAPTERS or row.level in NO_DUTY:
        return False
    acts_at_home = row.of_state and row.side is not Side.REQUESTING
    may_need_law = row.side in (Side.REQUESTING, Side.NOBODY) and row.legislate is not Legislate.NO
    return acts_at_home or may_need_law


def _duty(knowledge: Knowledge, rows: tuple[Obligation, ...]) -> Duty:
    provision = knowledge.convention[rows[0].provision_id]
    return Duty(
        rows=rows,
        text=knowledge.convention.reading(provision),
        own=provision.text,
        words=knowledge.annotations[provision.id].words,
    )
