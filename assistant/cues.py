"""Words that tell a question on what no provision holds: figures, penalties, national law. Pure.

The classifier of the route learns from whole questions, and a question on a provision's subject
hides the few words that turn it into one on the world: "how many victims of leaked images …".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.topics import Group

__all__ = ["Cue", "cue_in"]


@dataclass(frozen=True, slots=True)
class Cue:
    """The group that words speak for, and its topic where they name one (None otherwise)."""

    group: Group
    topic: str | None


_FIGURES = (
    r"\b(?:how (?:many|much)|what (?:percentage|percent|share|proportion|fraction)|number of|"
    r"average|annually|per cent|statistics|figures) (?:\w+ ){0,6}"
    r"(?:victims?|people|persons|users|money|lost|lose|loses|stolen|paid|cases|attacks|incidents|"
    r"crimes|arrests?|convictions?|complaints|women|children|firms|banks|hackers|scams?|happen\w*)\b",
    r"\b(?:annually|every year|each year|per year|so far|to date|worldwide)\W*$",
    r"^on average\b",
)
_FINES = (
    r"\b(?:maximum|minimum|highest|lowest|average|typical|usual|exact) (?:\w+ ){0,2}fines?\b",
)
_PENALTIES = (
    r"\b(?:maximum|minimum|highest|lowest|average|typical|usual|exact) "
    r"(?:\w+ ){0,2}(?:fines?|sentences?|penalt\w+|prison terms?|jail\w*|punishment|amount)\b",
    r"\b(?:death penalty|life sentence|capital punishment|community service|probation|suspended "
    r"sentence)\b",
    r"\bhow (?:many (?:years|months)|long|much)\b.{0,60}\b(?:prison|jail|behind bars|sentenced?|"
    r"fine|bail|locked up)\b",
)
_NATIONAL = (
    r"\b(?:section|rule|article|chapter|paragraph|§) ?\d+\w* of (?:the )?(?!(?:this|the)? ?(?:"
    r"convention|treaty))(?:\w+ ){0,3}(?:code|act|constitution|law|procedure|statute)\b",
    r"\b(?:computer misuse act|penal code of|criminal code of|strafgesetzbuch|stgb|"
    r"computer fraud and abuse act|cfaa|information technology act|supreme court of|patriot act)\b",
    r"\b(?:american|british|uk|us|u\.s\.|english|german|french|indian|chinese|russian|japanese|"
    r"brazilian|australian|canadian|italian|spanish|dutch|swiss|polish|kenyan|nigerian|korean|"
    r"vietnamese|swedish|turkish|mexican|egyptian|south african|federal|state) "
    r"(?:\w+ )?(?:law|laws|legislation|statute|penal code|criminal code|courts?|code of "
    r"criminal procedure|constitution|act)\b",
)
_POLITICS = (
    r"\b(?:best guess|white house|kremlin|think of (?:this|the)|critics|lobb(?:y|ied|ying)|"
    r"gave speeches|pushe?[ds]? for|came up with|behind the scenes|who proposed)\b",
)
_ADDRESSES = (
    r"\b(?:phone numbers?|telephone numbers?|e-?mail address\w*|address(?:es)?|contact details)\b",
)
_ENTRY = (
    r"\b(?:when|by when|on what (?:date|day)|what (?:date|day)|how soon)\b[^.?!]{0,30}?\b"
    r"(?:convention|treaty|it|this)\b[^.?!]{0,25}?\b(?:(?:enters?|come|comes|coming|go|goes) into "
    r"(?:force|effect)|takes? effect|be(?:come)?s? (?:binding|law|effective)|be in force)\W*$",
)
_CUES = [
    (Cue(group, topic), re.compile("|".join(ways), re.IGNORECASE))
    for group, topic, ways in (
        (Group.STATUS, "in-force", _ENTRY),
        (Group.NOT_COVERED, "national-law", _NATIONAL),
        (Group.NOT_COVERED, "fines-amount", _FINES),
        (Group.NOT_COVERED, "prison-terms", _PENALTIES),
        (Group.NOT_COVERED, "statistics", _FIGURES),
        (Group.NOT_COVERED, "contact-data", _ADDRESSES),
        (Group.NOT_COVERED, None, _POLITICS),
    )
]


def cue_in(question: str) -> Cue | None:
    """What the words of a question speak for; None where they speak for nothing."""
    return next((cue for cue, form in _CUES if form.search(question)), None)
