"""Negations, antonyms and exchanged pairs: a sentence must not say the contrary of a provision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.generation.claim import Claim, Weight
from assistant.generation.duty import nearest
from assistant.generation.expressions import BREAK, PARTIES
from assistant.generation.ground import Ground
from assistant.generation.plain_words import PLAIN
from assistant.generation.wording import marks_of

__all__ = ["says_the_contrary"]

SCOPE = 5
"""Marks after a negation that it is taken to deny."""

_NEGATIONS = frozenset({"NOT", "MUSTNOT", "NEEDNOT", "EXCEPT"})
_DENYING_VERBS = frozenset({"elimin", "prevent", "absenc", "lack", "ban"})
_CLOSING = _NEGATIONS | {"UNLESS", "ONLY", "refus", "nolonger", "solereason"}
_ANTONYMS = {
    "limit": {"respect", "protect", "promot", "extend"},
    "weaken": {"improv"},
    "neglig": {"intent"},
    "reckless": {"intent"},
    "rich": {"develop"},
    "reduc": {"increas", "improv"},
    "increas": {"reduc"},
    "publish": {"confidenti"},
    "disclos": {"confidenti"},
    "perman": {"temporari"},
    "temporari": {"perman"},
    "oral": {"write"},
    "mandatori": {"free"},
    "indirect": {"direct"},
    "end": {"begin"},
    "begin": {"end"},
    "replac": {"suppl"},
    "hide": {"show"},
    "new": {"exist"},
    "slow": {"quick"},
    "ban": {"allow"},
    "discourag": {"promot"},
    "privat": {"public"},
    "short": {"period"},
}
"""For stems of a sentence, those of a provision that they turn round."""

_ADJECTIVES = (
    "traffic content|content subscrib|traffic subscrib|valid inauthent|BEFORE AFTER|develop rich"
    "|ATMOST ATLEAST|public privat|domest internat|bilater multilater|direct indirect"
)
_SIDES = (
    "REQUESTED REQUESTING|SENDING RECEIVING|VICTIM OFFENDER|VICTIM DEFENDANT|CONFERENCE STATE"
    "|SECGEN CONFERENCE|SECGEN SECRETARIAT|CONFERENCE SECRETARIAT|REIO STATE|SECGEN STATE"
    "|PROVIDER AUTHORITY|PROVIDER STATE"
)


def _both_ways(pairs: str) -> tuple[tuple[str, str], ...]:
    both = [pair.split() for pair in pairs.split("|")]
    return tuple(way for one, other in both for way in ((one, other), (other, one)))


_BEFORE_WORDS = _both_ways(_ADJECTIVES)
_AT_EITHER_SIDE = _both_ways(f"{_ADJECTIVES}|{_SIDES}")
"""Things that stand beside each other in the Convention and are easily exchanged."""


def says_the_contrary(claim: Claim, ground: Ground, weight: Weight) -> bool:
    """Whether the claim denies what the ground says, says what it denies, or turns it round."""
    return (
        _denies(claim, ground, weight)
        or _drops_denial(claim, ground, weight)
        or _drops_condition_denied(claim, ground)
        or any(m in _ANTONYMS and _turns(m, ground) for m in claim.marks)
        or any(_has_other_of_pair(claim, ground, *pair) for pair in _BEFORE_WORDS)
        or _exchanges_sides(claim, ground, weight)
    )


def _scopes(marks: Sequence[str], negations: frozenset[str] = _NEGATIONS) -> Iterator[list[str]]:
    """What each negation denies: the stems and parties after it, to the end of its clause."""
    for place, mark in enumerate(marks):
        if mark in negations:
            scope = _scope(marks[place + 1 :])
            if scope:
                yield scope


def _scope(marks: Sequence[str]) -> list[str]:
    scope: list[str] = []
    for mark in marks:
        if len(scope) == SCOPE or (mark == BREAK and scope):
            break
        if mark.islower() or mark in PARTIES:
            scope.append(mark)
    return scope


def _denies(claim: Claim, ground: Ground, weight: Weight) -> bool:
    """Whether it denies something that is the ground's own, and that the ground never denies."""
    denied = [
        set(scope)
        for statement in ground.statements
        for scope in _scopes(statement.marks, _NEGATIONS | _DENYING_VERBS)
    ]
    for scope in _scopes(claim.marks):
        telling = [m for m in scope if m not in PLAIN]
        own = sum(weight(m) for m in telling if m in ground.marks)
        if 2 * own >= sum(map(weight, telling)) and not any(set(scope) & other for other in denied):
            return True
    return False


def _drops_denial(claim: Claim, ground: Ground, weight: Weight) -> bool:
    """Whether it repeats a sentence of the ground without the "not"."""
    said = set(claim.marks)
    if said & _CLOSING:
        return False
    whole = sum(map(weight, said)) or 1.0
    for statement in ground.statements:
        if sum(weight(m) for m in said & set(statement.marks)) > 0.6 * whole:
            for scope in _scopes(statement.marks):
                part = sum(weight(m) for m in scope[:4] if m in said)
                if part > 0.65 * sum(map(weight, scope[:4])):
                    return True
    return False


def _drops_condition_denied(claim: Claim, ground: Ground) -> bool:
    """Whether it makes something depend on what the ground says that it must not depend on."""
    rows = [statement.marks for statement in ground.statements if "depend" in statement.marks]
    denied = [marks for marks in rows if _CLOSING & set(marks[: marks.index("depend")])]
    return "DEPENDS" in claim.marks and not _CLOSING & set(claim.marks) and bool(denied)


def _turns(mark: str, ground: Ground) -> bool:
    return mark not in ground.marks and bool(_ANTONYMS[mark] & ground.marks)


def _has_other_of_pair(claim: Claim, ground: Ground, one: str, other: str) -> bool:
    """Whether it has ``one`` before a word that has only ``other`` before it in the ground."""
    for word in _heads(claim.marks, one):
        rows = [*(s.marks for s in ground.statements), marks_of(ground.about)]
        if not any(word in _heads(marks, one) for marks in rows):
            if any(word in _heads(marks, other) for marks in rows):
                return True
    return False


def _heads(marks: Sequence[str], mark: str) -> set[str]:
    """The first stem after each place where ``mark`` stands."""
    found = set()
    for place, other in enumerate(marks):
        if other == mark:
            stems = [m for m in marks[place + 1 : place + 4] if m.isalpha() and m.islower()]
            found.update(stems[:1])
    return found


def _exchanges_sides(claim: Claim, ground: Ground, weight: Weight) -> bool:
    """Whether two things have changed sides round the same "must" or "may"."""
    if {"BY", "PASSIVE"} & set(claim.marks):
        return False
    return any(
        _crossed(duty.setting, duty.deed, other.setting, other.deed, one, two)
        for duty in claim.duties
        for score, other in nearest(duty, ground.duties, weight, 0.4)
        if score >= 0.35 and duty.deed[:1] == other.deed[:1]
        for one, two in _AT_EITHER_SIDE
    )


def _crossed(
    before: Sequence[str], after: Sequence[str], said_before: Sequence[str],
    said_after: Sequence[str], one: str, two: str,
) -> bool:  # fmt: skip
    claimed = one in before and one not in after and two in after and two not in before
    said = two in said_before and two not in said_after and one in said_after
    return claimed and said and one not in said_before
