"""Negations, antonyms and exchanged pairs: a sentence must not say the contrary of a provision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.generation.claim import Claim, Weight
from assistant.generation.duty import past_aside
from assistant.generation.expressions import BREAK, MODALS, PARTIES
from assistant.generation.ground import Ground, Statement
from assistant.generation.plain_words import PLAIN
from assistant.generation.wording import marks_of

__all__ = ["says_the_contrary"]

SCOPE = 5
"""Marks after a negation that it is taken to deny."""

TELLING = 0.3
"""Weight from which on a word that changed sides counts."""

CLOSE = 4
"""Marks between two words that go together, at most."""

_ONLY_IF = frozenset({("ONLY", "IF"), ("ONLY", BREAK)})
Sides = tuple[set[str], set[str]]
_PIVOTS = MODALS | {"UNAFFECTED", "BEFORE", "AFTER", "ONLY", "EXCEPT"}
_NEGATIONS = frozenset({"NOT", "MUSTNOT", "NEEDNOT", "EXCEPT"})
_LEAVING = frozenset({"EXCEPT", "NOT"})
_DENYING_VERBS = frozenset({"elimin", "prevent", "absenc", "lack", "ban"})
_CLOSING = _NEGATIONS | {"UNLESS", "ONLY", "refus", "prevent", "nolonger", "solereason"}
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
    "delet": {"keep"},
    "hide": {"show"},
    "new": {"exist"},
    "slow": {"quick"},
    "ban": {"allow"},
    "discourag": {"promot"},
    "privat": {"public"},
    "short": {"period"},
    "tell": {"confidenti"},
    "exclud": {"UNAFFECTED"},
}
"""For stems of a sentence, those of a provision that they turn round."""

_ADJECTIVES = (
    "traffic content|content subscrib|traffic subscrib|valid inauthent|BEFORE AFTER|develop rich"
    "|ATMOST ATLEAST|public privat|domest internat|bilater multilater|direct indirect"
)


def _both_ways(pairs: str) -> tuple[tuple[str, str], ...]:
    both = [pair.split() for pair in pairs.split("|")]
    return tuple(way for one, other in both for way in ((one, other), (other, one)))


_BEFORE_WORDS = _both_ways(_ADJECTIVES)
_ROLES = _both_ways("SENDING RECEIVING|REQUESTED REQUESTING")


def says_the_contrary(claim: Claim, ground: Ground, weight: Weight) -> bool:
    """Whether the claim denies what the ground says, says what it denies, or turns it round."""
    return (
        _denies(claim, ground, weight)
        or _drops_denial(claim, ground, weight)
        or _drops_condition_denied(claim, ground)
        or _affirms_denied(claim, ground, weight)
        or any(m in _ANTONYMS and _turns(m, ground) for m in claim.marks)
        or any(_has_other_of_pair(claim, ground, *pair) for pair in _BEFORE_WORDS)
        or any(_has_other_role(claim, ground, *pair) for pair in _ROLES)
        or _exchanges_sides(claim, ground, weight)
        or _exchanges_neighbours(claim, ground, weight)
        or _drops_only(claim, ground, weight)
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
    for mark in _governed(marks):
        if len(scope) == SCOPE or (mark == BREAK and scope):
            break
        if mark.islower() or mark in PARTIES:
            scope.append(mark)
    return scope


def _governed(marks: Sequence[str]) -> Sequence[str]:
    opening = [mark for mark, _ in zip(marks, range(3), strict=False) if mark in ("IF", "REL")]
    return marks[marks.index(opening[0]) :] if opening else past_aside(marks)


def _denies(claim: Claim, ground: Ground, weight: Weight) -> bool:
    """Whether it denies something that is the ground's own, and that the ground never denies."""
    denied = [
        set(scope)
        for statement in ground.statements
        for scope in _scopes(statement.marks, _NEGATIONS | _DENYING_VERBS)
    ]
    limited = [s.marks for s in ground.statements if "ONLY" in s.marks]
    denied += [set(marks[: marks.index("ONLY")]) for marks in limited]
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
    plainly = max((_held(said, s, weight) for s in ground.statements if not _denial(s)), default=0)
    for statement in ground.statements:
        if _held(said, statement, weight) > max(0.6 * whole, plainly):
            for scope in _scopes(statement.marks):
                part = sum(weight(m) for m in scope[:4] if m in said)
                if part > 0.65 * sum(map(weight, scope[:4])):
                    return True
    return False


def _affirms_denied(claim: Claim, ground: Ground, weight: Weight) -> bool:
    """Whether it says plainly what the ground names only to leave it out."""
    if set(claim.marks) & _CLOSING:
        return False
    left_out = {m for s in ground.statements for sc in _scopes(s.marks, _LEAVING) for m in sc[:3]}
    rest = {m for s in ground.statements for m in _outside(s.marks)}
    return any(m in left_out - rest and weight(m) >= TELLING for m in claim.marks if m.islower())


def _outside(marks: Sequence[str]) -> Iterator[str]:
    """The marks that no words of leaving out govern."""
    closed = 0
    for mark in marks:
        closed = 4 if mark in _LEAVING else closed - mark.islower()
        if closed <= 0:
            yield mark


def _drops_condition_denied(claim: Claim, ground: Ground) -> bool:
    """Whether it makes something depend on what the ground says that it must not depend on."""
    rows = [statement.marks for statement in ground.statements if "depend" in statement.marks]
    denied = [marks for marks in rows if _CLOSING & set(marks[: marks.index("depend")])]
    return "DEPENDS" in claim.marks and not _CLOSING & set(claim.marks) and bool(denied)


def _held(said: set[str], statement: Statement, weight: Weight) -> float:
    return sum(weight(m) for m in said & set(statement.marks))


def _denial(statement: Statement) -> bool:
    return bool(_NEGATIONS & set(statement.marks))


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


def _has_other_role(claim: Claim, ground: Ground, one: str, other: str) -> bool:
    """Whether ``one`` follows a word that only ``other`` follows in the ground."""
    claimed = _heads(claim.marks[::-1], one)
    said = {
        party: set().union(*(_heads(s.marks[::-1], party) for s in ground.statements))
        for party in (one, other)
    }
    return any(
        word in said[other] - said[one] and word not in PLAIN and word in ground.marks
        for word in claimed
    )


def _heads(marks: Sequence[str], mark: str) -> set[str]:
    """The first stem after each place where ``mark`` stands."""
    found = set()
    for place, other in enumerate(marks):
        if other == mark:
            stems = [m for m in marks[place + 1 : place + 4] if m.isalpha() and m.islower()]
            found.update(stems[:1])
    return found


def _exchanges_sides(claim: Claim, ground: Ground, weight: Weight) -> bool:
    """Whether two things have changed sides round a "must", "before" or "does not affect"."""
    return any(
        _crossed(_sides(claim.marks, place), sides, weight, mixed=mark not in MODALS)
        for place, mark in enumerate(claim.marks)
        if mark in _PIVOTS and "MAY" not in claim.marks[place + 1 : place + 3]
        for sides in _all_sides(ground, mark, claim.marks[place + 1 :])
    )


def _all_sides(ground: Ground, pivot: str, after: Sequence[str]) -> Iterator[Sides]:
    """What stands on either side of the same pivot in each sentence of the ground."""
    for statement in ground.statements:
        for place, mark in enumerate(statement.marks):
            if mark == pivot and _alike(after, statement.marks[place + 1 :]):
                yield _sides(statement.marks, place)


def _alike(after: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the same verb or noun follows, in the same voice."""
    voices = [marks[:1] == ("PASSIVE",) for marks in (after, other)]
    heads = [[m for m in past_aside(marks) if m.islower()][:2] for marks in (after, other)]
    return voices[0] == voices[1] and bool(set(heads[0][:1]) & set(heads[1]))


def _sides(marks: Sequence[str], place: int) -> Sides:
    before, after = set(marks[:place]), set(marks[place + 1 :])
    return before - after, after - before


def _crossed(claimed: Sides, said: Sides, weight: Weight, *, mixed: bool) -> bool:
    """Whether a party has gone over in each direction, or another word that tells has.

    ``mixed``: or one of each.
    """
    forth, back = claimed[0] & said[1], claimed[1] & said[0]
    if forth & PARTIES and back & PARTIES:
        return True
    if mixed and (forth | back) & PARTIES:
        return bool(forth - PLAIN and back - PLAIN)
    stems = [{m for m in moved if m.islower()} - PLAIN for moved in (forth, back)]
    return all(stems) and any(_tells(mark, weight) for moved in stems for mark in moved)


def _tells(mark: str, weight: Weight) -> bool:
    return mark in PARTIES or (mark.islower() and mark not in PLAIN and weight(mark) >= TELLING)


def _exchanges_neighbours(claim: Claim, ground: Ground, weight: Weight) -> bool:
    """Whether two pairs of words that go together in the ground have exchanged their halves."""
    telling = [m for m in claim.marks if m.isdigit() or (_tells(m, weight) and m.islower())]
    pairs = list(dict.fromkeys(pairwise(telling)))
    return any(
        _cross(one, two, statement.marks)
        for place, one in enumerate(pairs)
        for two in pairs[place + 2 :]
        if len({*one, *two}) == 4
        for statement in ground.statements
        if {*one, *two} <= set(statement.marks)
    )


def _cross(one: tuple[str, str], two: tuple[str, str], marks: Sequence[str]) -> bool:
    kept = _apart(marks, *one), _apart(marks, *two)
    crossed = _apart(marks, one[0], two[1]), _apart(marks, two[0], one[1])
    return max(crossed) <= CLOSE and min(kept) > max(crossed)


def _apart(marks: Sequence[str], one: str, two: str) -> int:
    places = [[n for n, mark in enumerate(marks) if mark == which] for which in (one, two)]
    return min(abs(n - m) for n in places[0] for m in places[1])


def _drops_only(claim: Claim, ground: Ground, weight: Weight) -> bool:
    """Whether it says without any condition what the ground says "only if"."""
    said = set(claim.marks)
    if said & (_CLOSING | {"IF", "SUBJECT", "DEPENDS", "within", "AFTER", "BEFORE"}):
        return False
    whole = sum(weight(m) for m in said if m.islower()) or 1.0
    return any(
        sum(weight(m) for m in said & set(statement.marks) if m.islower()) > 0.8 * whole
        for statement in ground.statements
        if any(pair in _ONLY_IF for pair in pairwise(statement.marks))
    )
