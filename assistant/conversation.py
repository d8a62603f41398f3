"""Makes a follow-up question stand alone, from the questions before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["is_follow_up", "standalone"]

FEW_WORDS = 9
"""A question of more words hardly ever leans on the one before."""

_OPENING = re.compile(
    r"^(?:and|but|or|so|also|then|what about|how about|what if|what of|same for|only|even|"
    r"for|in that case|why|how so|which one|who else|what else|anything else)\b",
    re.IGNORECASE,
)
_POINTING = re.compile(
    r"\b(?:it|its|that|this|those|these|they|them|their|there|he|she|one|ones|then|such|same|"
    r"former|latter|above)\b",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"\b(?:article|art|chapter|convention|treaty)\b", re.IGNORECASE)


def is_follow_up(question: str) -> bool:
    """Whether a question leans on the one before: it is short, and opens or points like one."""
    if len(question.split()) > FEW_WORDS or _REFERENCE.search(question):
        return False
    return bool(_OPENING.match(question) or _POINTING.search(question))


def standalone(question: str, history: Sequence[str]) -> str:
    """The question itself, or behind the last question that it leans on."""
    if not history or not is_follow_up(question):
        return question
    return f"{history[-1].rstrip('?. ')}? {question}"
