"""Must, may and must not have to be those of the provision: a writer never decides them."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.generation.claim import Claim, Weight
from assistant.generation.duty import Duty, agree, nearest
from assistant.generation.expressions import PARTIES
from assistant.generation.ground import Ground
from index.annotations import Level

__all__ = ["misstates_level"]

STRICT, SLACK = 0.5, 0.4
"""From what likeness on the nearest duty decides, and how near to it others count as well."""

_OPTIONAL = frozenset({Level.OPTIONAL, Level.OPTIONAL_ELEMENT, Level.RESERVATION})
_GOVERNING = frozenset({"CONSIDER", "TRY", "URGE"})
_MADE = frozenset({"order", "requir", "MUST"})
"""What follows "may" where a duty is told of the person bound: "can be ordered to keep"."""

_OPEN = frozenset(
    {"MAY", "ABLE", "SHOULD", "CONSIDER", "possibl", "list", "includ", "reserv", "optional"}
)


def misstates_level(claim: Claim, ground: Ground, weight: Weight) -> bool:
    """Whether the claim requires, allows or forbids what the ground does not so."""
    return any(_is_misstated(duty, ground, weight) for duty in claim.duties) or _made_duty(
        claim, ground
    )


def _is_misstated(duty: Duty, ground: Ground, weight: Weight) -> bool:
    if not ground.duties or (duty.modal == "MAY" and duty.relative):
        return False
    if duty.modal == "MAY" and _can_be_made(duty) and _binds(ground):
        return False
    if duty.modal == "MAY" and "refus" in duty.deed[:2] and _leaves_free(ground):
        return False
    near = nearest(duty, ground.duties, weight, SLACK)
    if max((score for score, _ in near), default=0.0) < STRICT:
        return not any(agree(duty, other) for other in ground.duties)
    others = _with_its_parties(duty, [other for _, other in near])
    return not any(agree(duty, other) for other in (*others, *_governing(duty, others, ground)))


def _leaves_free(ground: Ground) -> bool:
    """Whether it says that somebody need not, which lets that somebody refuse."""
    return any(duty.modal == "NEEDNOT" for duty in ground.duties)


def _with_its_parties(duty: Duty, others: list[Duty]) -> list[Duty]:
    """Those that have a party to which the duty is to be done, where one of them has it."""
    parties = PARTIES & set(duty.deed) - {"STATE"}
    return [other for other in others if parties & set(other.rest)] or others


def _can_be_made(duty: Duty) -> bool:
    if duty.rest[:1] == ("PASSIVE",):
        return bool(_MADE & set(duty.rest[:2]))
    return bool(_MADE & set(duty.rest[:1]) - {"requir"})


def _binds(ground: Ground) -> bool:
    return any(duty.modal == "MUST" for duty in ground.duties)


def _governing(duty: Duty, others: list[Duty], ground: Ground) -> Iterator[Duty]:
    """The duties to consider, to try … under which those others stand in their sentence."""
    if duty.modal in _GOVERNING:
        for other in others:
            yield from (d for d in ground.duties if d.rest[-len(other.rest) :] == other.rest)


def _made_duty(claim: Claim, ground: Ground) -> bool:
    """Whether an option is told as a plain fact."""
    modals = {duty.modal for duty in ground.duties}
    return modals == {"MAY"} and ground.levels <= _OPTIONAL and not _OPEN & set(claim.marks)
