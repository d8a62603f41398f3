"""Who must, may or must not do what: in a sentence and in what a provision says. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.generation.expressions import BREAK, MODALS, PARTIES

__all__ = ["Duty", "agree", "duties_in", "nearest", "past_aside"]

REACH = 8
"""Marks after a modal that tell what it is about."""

CLAUSE = 3
"""Marks from which on the end of a clause ends what a modal is about."""

_OPENING = frozenset({BREAK, "IF", "SUBJECT", "DEPENDS", "REL"})

_AGREE = {
    "MUST": {"MUST"},
    "MAY": {"MAY"},
    "SHOULD": {"SHOULD", "URGE"},
    "CONSIDER": {"CONSIDER"},
    "TRY": {"TRY"},
    "URGE": {"URGE", "SHOULD"},
    "MUSTNOT": {"MUSTNOT"},
    "NEEDNOT": {"NEEDNOT", "MAY"},
}
"""Which words of a provision bear out a word of a sentence."""


@dataclass(frozen=True, slots=True)
class Duty:
    """A modal, the parties named before it (the nearest first) and what it is about.

    Attributes:
        modal: the mark of what is required, allowed or forbidden.
        parties: who it may bind, the nearest first; () where nobody is named.
        deed: the marks after it.
        setting: the marks before it, in its sentence.
        rest: the marks after it, in its sentence.
        relative: whether it stands in a clause on a thing ("that can be reached").
    """

    modal: str
    parties: tuple[str, ...]
    deed: tuple[str, ...]
    setting: tuple[str, ...]
    rest: tuple[str, ...]
    relative: bool


def duties_in(marks: Sequence[str]) -> Iterator[Duty]:
    """Every duty, permission and ban in order; "must be able to" is one permission."""
    for place, mark in enumerate(marks):
        after = marks[place + 1 : place + 2]
        if mark in MODALS and not (
            mark == "MUST"
            and after in (("MAY",), ("PASSIVE",))
            and "MAY" in marks[place + 1 : place + 3]
        ):
            yield Duty(
                mark,
                _parties(marks, place),
                _deed(marks, place),
                setting=tuple(marks[:place]),
                rest=tuple(marks[place + 1 :]),
                relative=_is_relative(marks, place),
            )


def _is_relative(marks: Sequence[str], place: int) -> bool:
    before = [mark for mark in marks[max(0, place - 2) : place] if mark != "IT"]
    return bool(before) and before[-1] in ("REL", "IF")


def _parties(marks: Sequence[str], place: int) -> tuple[str, ...]:
    after = marks[place + 1 :]
    if after[:1] == ("PASSIVE",):
        clause = tuple(_until(after, BREAK))
        agents = pairwise(clause)
        return tuple(agent for by, agent in agents if by == "BY" and agent in PARTIES)
    if after and after[0] in PARTIES:
        return (after[0],)
    return tuple(mark for mark in reversed(marks[:place]) if mark in PARTIES)


def _deed(marks: Sequence[str], place: int) -> tuple[str, ...]:
    after = marks[place + 1 :]
    after = past_aside(after)
    deed: list[str] = []
    for mark in after:
        if (
            (mark in MODALS and len(deed) > 1)
            or len(deed) == REACH
            or (mark == BREAK and len(deed) >= CLAUSE)
        ):
            break
        if mark.islower() or mark in PARTIES:
            deed.append(mark)
    return tuple(deed)


def past_aside(after: Sequence[str]) -> Sequence[str]:
    """What comes after a remark between commas, where one stands: "must, if possible, consult"."""
    if after[:1] != (BREAK,):
        return after
    start = next((n for n, mark in enumerate(after) if mark not in _OPENING), len(after))
    return after[after.index(BREAK, start) + 1 :] if BREAK in after[start:] else after


def _until(marks: Iterable[str], stop: str) -> Iterator[str]:
    for mark in marks:
        if mark == stop:
            return
        yield mark


def nearest(
    duty: Duty, others: Iterable[Duty], weight: Callable[[str], float], slack: float = 0.8
) -> list[tuple[float, Duty]]:
    """Those of ``others`` that are about the same deed, with how much of it they share."""
    scored = [(_shared(duty, other, weight), other) for other in others]
    best = max((score for score, _ in scored), default=0.0)
    return [(score, other) for score, other in scored if score >= slack * best and score > 0]


def _shared(duty: Duty, other: Duty, weight: Callable[[str], float]) -> float:
    total = sum(weight(stem) for stem in duty.deed) or 1.0
    both = sum(weight(stem) for stem in set(duty.deed) & set(other.rest))
    verb = duty.deed[0] if duty.deed[:1] == other.deed[:1] and duty.deed else ""
    return both / total + (min(0.3, weight(verb)) if verb else 0)


def agree(duty: Duty, other: Duty) -> bool:
    """Whether the one's modal bears out the other's."""
    return other.modal in _AGREE[duty.modal]
