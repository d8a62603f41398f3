"""Limits and conditions: only, unless, before, at least … have to stand in the provision."""

from __future__ import annotations

import re

from assistant.generation.claim import Claim, Weight
from assistant.generation.ground import Ground

__all__ = ["adds_condition", "omits_what_makes_a_crime"]

_CONDITIONS = frozenset(
    "ONLY ALWAYS UNLESS EXCEPT ATLEAST ATMOST BEFORE AFTER SUBJECT DEPENDS EVENIF ALL "
    "OTHERSTATE spontan".split()
)
_ELSEWHERE = frozenset({"REQUESTED", "REQUESTING", "SENDING", "RECEIVING", "THIRDSTATE", "foreign"})
"""Parties and words that imply another State."""

_SET = frozenset({"IF", "ONLY", "SUBJECT", "UNLESS", "serious", "necessari"})
"""Marks of what something depends on."""

_ONE_OF_MANY = re.compile(r"\bat least one\b|\bone of\b|\bone or more\b")
_DEPENDS = re.compile(r"according to|within|subject to|as far as|depend|to the extent")


def adds_condition(claim: Claim, ground: Ground, weight: Weight) -> bool:
    """Whether the claim sets a limit that the ground does not, or lifts one that it does."""
    added = _CONDITIONS & set(claim.marks) - ground.marks
    if any(_ELSEWHERE & set(statement.marks) for statement in ground.statements):
        added -= {"OTHERSTATE"}
    if "whether" in ground.marks:
        added -= {"EVENIF"}
    if not _ONE_OF_MANY.search(ground.text):
        added -= {"ALL"}
    if ground.marks & {"IF", "SUBJECT", "depend"}:
        added -= {"DEPENDS"}
    return bool(added) or _lifts(claim, ground)


_INTENT = frozenset({"intent", "know"})
_RIGHT = frozenset({"withoutright", "consent", "right", "author", "permiss", "unlaw", "illeg"})


def omits_what_makes_a_crime(claim: Claim, ground: Ground, weight: Weight) -> bool:
    """Whether an act has to be a crime by the claim, with no word of intent or of right.

    Only where the provision wants both: without either, innocent acts would be crimes.
    """
    if not {"intent", "withoutright"} <= ground.marks:
        return False
    if not any(duty.modal == "MUST" and "crime" in duty.rest[:3] for duty in claim.duties):
        return False
    return not (_INTENT | _RIGHT) & set(claim.marks)


def _lifts(claim: Claim, ground: Ground) -> bool:
    """Whether the claim says that what the ground sets as a condition does not matter."""
    lifted = "UNAFFECTED" in claim.marks and "UNAFFECTED" not in ground.marks
    return lifted and bool(_SET & ground.marks or _DEPENDS.search(ground.text))
