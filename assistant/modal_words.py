"""The words by which a treaty obliges, allows or forbids, found in a text; pure.

A check on the reviewed levels of the register, never their source: "such measures as may be
necessary" allows nothing, and "may require that" narrows an offence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.obligations import Obligation
from index.annotations import Level

__all__ = ["Difference", "differences", "modal_words"]

_NO_PERMISSION = re.compile(r"\b(?:as|that|which) may\b|\bmay be necessary\b", re.IGNORECASE)
"""Where ``may`` allows nothing."""

_FORMS = {
    Level.MANDATORY: r"\bshall\b|\bmust\b|\bduty\b",
    Level.CONSIDER: r"\b(?:shall|must|are to)\b(?=[^.;]{0,300}?\b(?:consider|consideration|"
    r"endeavou?r|strive|make (?:\w+ )?efforts?)\b)",
    Level.OPTIONAL: r"\bmay\b|\b(?:is|are) (?:\w+ )?(?:encouraged|invited|entitled)\b|\bright to\b",
    Level.OPTIONAL_ELEMENT: r"\bmay (?:\w+ )?(?:require|choose)\b",
    Level.RESERVATION: r"\breserv(?:e|es|ation|ations)\b|\bdeclare\b",
    Level.PROHIBITION: r"\b(?:shall|must|may|does|do|is|are) not\b|\bnothing in\b|\bno (?:State|"
    r"provision)\b|\bonly\b",
}
_WORDS = {level: re.compile(form, re.IGNORECASE) for level, form in _FORMS.items()}
"""Words by which a text tells each level; the levels that are not here are told by no word."""

_ADMITTED = {level: {level} for level in _FORMS} | {
    Level.OPTIONAL: {Level.OPTIONAL, Level.OPTIONAL_ELEMENT, Level.RESERVATION},
    Level.OPTIONAL_ELEMENT: {Level.OPTIONAL_ELEMENT, Level.OPTIONAL},
    Level.RESERVATION: {Level.RESERVATION, Level.OPTIONAL},
}
"""The words of which levels bear a level."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A level of the register for which the official text of its provision lacks the words.

    ``found`` are the words of duty, leave and prohibition that it has.
    """

    label: str
    level: Level
    found: tuple[str, ...]

    def __str__(self) -> str:
        found = ", ".join(repr(word) for word in self.found) or "none"
        return f"{self.label}: {self.level} in the register; words of the official text: {found}."


def modal_words(text: str) -> tuple[str, ...]:
    """The words of duty, leave and prohibition in a text, each once, in order of appearance."""
    clean = _NO_PERMISSION.sub(_blanked, text)
    found = sorted(
        (match.start(), -match.end(), " ".join(match.group().lower().split()))
        for form in _WORDS.values()
        for match in form.finditer(clean)
    )
    return tuple(dict.fromkeys(words for _, _, words in found))


def _blanked(match: re.Match[str]) -> str:
    return "." * len(match.group())


def differences(rows: Iterable[Obligation], official: Mapping[str, str]) -> list[Difference]:
    """Where the official words do not bear the level; [] where they do.

    ``official`` has the official reading of each provision by id; one that is not in it is
    passed over.
    """
    return [
        Difference(row.label, row.level, modal_words(words))
        for row in rows
        if (words := official.get(row.provision_id)) and not _bears(words, row.level)
    ]


def _bears(words: str, level: Level) -> bool:
    clean = _NO_PERMISSION.sub(_blanked, words)
    admitted = _ADMITTED.get(level)
    return admitted is None or any(_WORDS[other].search(clean) for other in admitted)
