"""What may be asked: cleans a question, and says which fixed text answers one that cannot be."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

__all__ = ["MAX_CHARACTERS", "Refusal", "clean", "refusal_of", "shortly_named"]

MAX_CHARACTERS = 2_000
"""Longer questions are not read: nobody asks one question in more."""

_JOINERS = "\u200c\u200d"  # some scripts need them; other format characters only hide text


@dataclass(frozen=True, slots=True)
class Refusal:
    """The fixed text that answers a question that cannot be worked on, with its values."""

    text: str
    values: dict[str, object]


def clean(question: str) -> str:
    """The question in NFC, on one line, without control and invisible characters."""
    composed = unicodedata.normalize("NFC", question)
    visible = (" " if c.isspace() else c for c in composed if not _is_hidden(c))
    return " ".join("".join(visible).split())


def _is_hidden(character: str) -> bool:
    category = unicodedata.category(character)
    if character.isspace() or character in _JOINERS:
        return False
    return category in ("Cc", "Cf", "Cs", "Co", "Cn")


_OWN_NAME = re.compile(
    r"\b(?:the |this )?(?:"
    r"(?:un|u\.n\.|united nations|hanoi|ha noi)(?:'s)?\s+(?:convention|treaty)"
    r"\s+(?:against|on)\s+cyber\s?crime"
    r"|(?:convention|treaty)\s+against\s+cyber\s?crime"
    r"|(?:un|u\.n\.|united nations|new)\s+cyber\s?crime\s+(?:convention|treaty)"
    r"|cyber\s?crime\s+(?:convention|treaty)|(?:hanoi|ha noi)\s+(?:convention|treaty))(?!\s+of\b)",
    re.IGNORECASE,
)


def shortly_named(question: str) -> str:
    """The question with the full name of the Convention shortened to "the Convention".

    The name weighs so much in a short question's vector that it hides what is asked.
    """
    return _OWN_NAME.sub("the Convention", question)


def refusal_of(question: str) -> Refusal | None:
    """Why a cleaned question cannot be answered at all; None where it can."""
    letters = [c for c in question if c.isalpha()]
    if not letters and not any(c.isdigit() for c in question):
        return Refusal("no_words" if question else "empty", {})
    if len(question) > MAX_CHARACTERS:
        return Refusal("too_long", {"characters": len(question), "most": MAX_CHARACTERS})
    return None
