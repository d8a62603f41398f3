"""The word that an answer leads with: yes, no, or what kind of duty it is.

A yes/no question that asks what a reviewed question asks takes over its reviewed word. Otherwise
the level of obligation decides, and only where the form of the question leaves no doubt; an answer
without a lead is better than a wrong one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.lexical import tokens_of
from assistant.verify import numbers_in
from index.annotations import Level, Question

__all__ = [
    "DUTY_LEADS",
    "Form",
    "Near",
    "asked_part",
    "asks_for_the_crime",
    "form_of",
    "lead_for",
]

SAME_QUESTION = 0.85
SAME_WORDS = 0.6
"""Cosine, and share of their words in common, from which two questions count as the same. "Does it
protect human rights?" and "does it create new ones?" are near in meaning and far in answer."""

_AUXILIARY = re.compile(
    r"^(?:(?:so|and|but|then|also|ok|okay|well|please|hi|hello)[, ]+)*"
    r"(?:is|are|was|were|am|does|do|did|can|could|may|might|must|shall|should|will|would|has|have)"
    r"(?:n't)?\b",
    re.IGNORECASE,
)
_ALTERNATIVE = re.compile(r"\bor\b(?! (?:not|any|other|otherwise))", re.IGNORECASE)
_DUTY = re.compile(
    r"\b(?:must|have to|has to|required|require|requires|oblige[ds]?|obligat\w+|mandatory|"
    r"compulsory|need to|duty|bound to)\b",
    re.IGNORECASE,
)
_CHOICE = re.compile(
    r"^(?:\W*\w+,? )?(?:(?:can|may|could)\s+(?:\w+\s+){0,3}?|is it possible for (?:\w+\s+){0,2}?|"
    r"are )(?:states?|country|countries|government|parliament|parties|party|nations?|we|"
    r"legislators?)\b(?! (?:of|in|from)\b)",
    re.IGNORECASE,
)
"""A choice of a State: the State has to be the subject, not just somewhere in the question."""

_CRIME = re.compile(
    r"\b(?:crimes?|criminal(?:i[sz]\w+)?|illegal|offen[cs]es?|punish\w*|against the law|covered|"
    r"cover|covers|forbid\w*|outlaw\w*|prohibit\w*)\b",
    re.IGNORECASE,
)
_MAKE_A_CRIME = re.compile(
    r"\b(?:criminali[sz]\w*|penali[sz]\w*|punish\w*|outlaw\w*|prohibit\w*|forbid\w*|"
    r"(?:crimes?|criminal|illegal|(?:criminal )?offen[cs]es?|punishable) (?:to|of|out)|"
    r"(?:as|into) an? (?:crime|offen[cs]e))\b",
    re.IGNORECASE,
)
_POLARITY = re.compile(
    r"\b(?:not|no|never|nothing|without|except|only|legal|allowed|lawful|optional|refus\w+|declin\w+|"
    r"exclud\w+|all|every|always|any|solely|enough|least|most|more than|"
    r"must|have to|has to|required|oblig\w+|mandatory|may|can|could)\b|n't\b|\d+",
    re.IGNORECASE,
)


class Form(StrEnum):
    """What a yes/no question asks after."""

    OPEN = "open"
    YES_NO = "yes_no"
    DUTY = "duty"
    CHOICE = "choice"
    CRIME = "crime"


@dataclass(frozen=True, slots=True)
class Near:
    """The reviewed question nearest to the one asked, and their cosine."""

    question: Question
    similarity: float


def asked_part(question: str) -> str:
    """The sentence that asks, where a story stands before it."""
    sentences = re.split(r"(?<=[.!?])\s+", question.strip())
    asking = [sentence for sentence in sentences if sentence.endswith("?")]
    return asking[-1] if asking else sentences[-1]


def form_of(question: str) -> Form:
    """What kind of yes/no question it is; OPEN where it is none."""
    asked = asked_part(question)
    if not _AUXILIARY.match(asked) or _ALTERNATIVE.search(asked):
        return Form.OPEN
    if _DUTY.search(asked):
        return Form.DUTY
    if _CHOICE.match(asked):
        return Form.CHOICE
    if _CRIME.search(asked):
        return Form.CRIME
    return Form.YES_NO


def asks_for_the_crime(question: str) -> bool:
    """Whether a question asks if States have to make something a crime at all."""
    return form_of(question) is Form.DUTY and bool(_MAKE_A_CRIME.search(asked_part(question)))


def lead_for(
    question: str, level: Level, *, offence: bool, near: Near | None, sure: bool = True
) -> str | None:
    """Name of the fixed text that leads the answer (``leads/yes`` …); None for no lead.

    ``offence`` says that the cited provision makes something a crime; ``near`` is the reviewed
    question of that provision that is nearest to ``question``; ``sure`` that no provision of
    another level is about as likely to be the one asked about.
    """
    form = form_of(question)
    if form is Form.OPEN:
        return None
    if near and _same_question(question, near):
        return {"Yes.": "leads/yes", "No.": "leads/no"}[str(near.question.lead)]
    if _is_turned(question) or not sure:
        return None
    return _BY_LEVEL.get((form, level)) if form is not Form.CRIME or offence else None


def _same_question(question: str, near: Near) -> bool:
    if near.similarity < SAME_QUESTION or near.question.lead is None:
        return False
    one, other = (set(tokens_of(asked_part(q))) for q in (question, near.question.text))
    if len(one & other) < SAME_WORDS * len(one | other):
        return False
    if numbers_in(question) != numbers_in(near.question.text):
        return False
    return _polarity(asked_part(question)) == _polarity(asked_part(near.question.text))


def _polarity(question: str) -> set[str]:
    return {_CLASSES.get(word.lower(), word.lower()) for word in _POLARITY.findall(question)}


def _is_turned(question: str) -> bool:
    """Whether a word turns the question round, so that the level alone cannot answer it."""
    turning = re.compile(
        r"\b(?:not|no|never|without|only|legal|lawful|refuse|except|all|every|always|solely|enough|"
        r"just|more than|less than|at least|ever|accident\w*|mistake\w*|unintention\w*|by chance|"
        r"permi(?:ssion|tted)|authori[sz]ed|with (?:\w+ ){0,2}consent)\b|n't\b|\d",
        re.IGNORECASE,
    )
    return bool(turning.search(asked_part(question)))


_CLASSES = {
    word: "duty" for word in ("must", "have to", "has to", "required", "mandatory", "obliged")
} | {word: "may" for word in ("may", "can", "could")}

DUTY_LEADS = {
    Level.MANDATORY: "leads/mandatory",
    Level.CONSIDER: "leads/consider",
    Level.OPTIONAL: "leads/optional",
    Level.OPTIONAL_ELEMENT: "leads/optional",
}
"""What to lead with where somebody asks whether it is a duty, by the level of the provision."""

_BY_LEVEL = {
    **{(Form.DUTY, level): lead for level, lead in DUTY_LEADS.items()},
    (Form.CHOICE, Level.OPTIONAL): "leads/yes",
    (Form.CHOICE, Level.OPTIONAL_ELEMENT): "leads/yes",
    (Form.CHOICE, Level.PROHIBITION): "leads/no",
    (Form.CRIME, Level.MANDATORY): "leads/yes",
}
