"""What a question tells of duties, freedoms and leaves, and whether a level denies it. Pure.

The clauses are looser than the claims of ``premise``: good enough to hold a level against.
"""

from __future__ import annotations

import re

from assistant.premise import ASKS, TAG
from index.annotations import Level

__all__ = ["clauses_told", "false_level", "rules_told"]

_CONCLUDED = re.compile(
    r"^(?P<claim>.{12,}?)(?:,| -| –|;) *(?:so|therefore|hence|then|and so|which is why|and)? *"
    r"(?:why|how|who|whom|what|when|where|which|is|are|does|do|can|may|must|would|will)\b.{6,}\?$",
    re.IGNORECASE,
)
_NAMED_LEVEL = re.compile(
    r"\b(?P<claim>(?:the|its|their|that|this|these|those) (?:\w+ )?"
    r"(?:compulsory|mandatory|obligatory|voluntary|optional) .{4,})$",
    re.IGNORECASE,
)
_ON_STATES = re.compile(
    r"\b(?:states?|part(?:y|ies)|countr(?:y|ies)|governments?|convention|treaty|we|compan(?:y|ies)|"
    r"providers?|courts?|police|data|requests?|extradit\w+|assistance|secrecy|jurisdiction|trials?|"
    r"contact points?|naming|trials?|legal persons?|authorit(?:y|ies)|investigators?)\b",
    re.IGNORECASE,
)


def rules_told(question: str) -> list[str]:
    """The clauses of a question that state a duty, a freedom or a leave, in any form, in order."""
    told = clauses_told(question)
    return [clause for clause in told if _ON_STATES.search(clause) and _states_level(clause)]


def clauses_told(question: str) -> list[str]:
    """The clauses of a question that tell something rather than ask it, in order."""
    sentences = re.split(r"(?<=[.!?])\s+(?=\S)", question.strip())
    if len(sentences) == 1 and not question.rstrip().endswith("?"):
        return []
    return [clause for sentence in sentences for clause in _told_in(sentence)]


def _told_in(sentence: str) -> list[str]:
    if not sentence.endswith("?"):
        asks = _opens_as_question(sentence) or _BIDS.search(sentence)
        return [] if asks else [sentence.strip(" .!")]
    for form in (TAG, _CONCLUDED):
        if (match := form.match(sentence)) and not _opens_as_question(match["claim"]):
            return [match["claim"]]
    if named := _NAMED_LEVEL.search(sentence):
        return [] if ASKS.match(sentence) else [named["claim"].strip(" ?")]
    return []


def _opens_as_question(clause: str) -> bool:
    return bool(ASKS.match(clause) or _WH.match(clause) or _IF.match(clause))


_WH = re.compile(
    r"^(?:(?:so|and|but|ok|well),? )*(?:what|who|whom|when|how|which|where|why|whose|to whom)\b",
    re.IGNORECASE,
)
_BIDS = re.compile(
    r"^(?:please\b|compare|explain|tell|list|describe|show|give|name|summari[sz]e|outline|define|"
    r"discuss|help)\b|\b(?:whether|(?:want|like|need) to know|wonder\w*|looking for|tell me)\b",
    re.IGNORECASE,
)
"""A sentence that asks without being a question."""

_IF = re.compile(r"^(?:(?:so|and|but|ok|well),? )*(?:if|when|once|suppose|unless|where)\b", re.I)


def _states_level(clause: str) -> bool:
    return any(form.search(clause) for form in (_DUTY, _FREEDOM, _LEAVE))


_DUTY = re.compile(
    r"\b(?:must|have to|has to|obliged?s?|obligation|required?s?|mandatory|compulsory|demands?|"
    r"forced|insists?|binding duty|duty|bound to|need to|needs to|compels?|compelled|"
    r"obligatory)\b",
    re.IGNORECASE,
)
_FREEDOM = re.compile(
    r"\b(?:optional|voluntary|free to|at liberty|up to each|need not|needn't|not (?:have|obliged|"
    r"required|bound)|no (?:duty|obligation)|don't have to|doesn't have to|only a recommendation|"
    r"recommend(?:s|ed)?|merely|left to|may choose|can choose|own choice)\b",
    re.IGNORECASE,
)
_UNASKED = re.compile(
    r"\b(?:without (?:asking|telling|informing|consulting) (?:anybody|anyone|us|them|the other)|"
    r"unconditionally|no questions asked)\b",
    re.IGNORECASE,
)
_LEAVE = re.compile(
    r"\b(?:may|can|could|allows?|allowed|lets?|permits?|permitted|entitles?|entitled|free to|"
    r"(?:good|valid|enough of a|sufficient|a|sound|accepted) (?:ground|reason)s?|right to)\b",
    re.IGNORECASE,
)
_NO_LEAVE = re.compile(
    r"\b(?:not|no|never|cannot|neither|nor|nobody|forbids?|forbidden|bans?|banned|"
    r"prohibits?|prohibited|rules? out|only)\b|n't\b",
    re.IGNORECASE,
)
_LEFT_OPEN = {Level.OPTIONAL, Level.OPTIONAL_ELEMENT, Level.CONSIDER, Level.RESERVATION}
_BINDING = {Level.MANDATORY, Level.PROHIBITION, Level.SAFEGUARD}


def false_level(claim: str, level: Level) -> str | None:
    """Name of the fixed text that puts right a duty taken for an option, or the reverse.

    So it does a leave that a prohibition denies.
    """
    if level is Level.PROHIBITION and _LEAVE.search(claim) and not _NO_LEAVE.search(claim):
        return "corrections/is_prohibited"
    if _UNASKED.search(claim):
        return "corrections/is_conditional" if level in _BINDING else None
    if _FREEDOM.search(claim):
        return "corrections/is_binding" if level in _BINDING else None
    if not _DUTY.search(claim) or level not in _LEFT_OPEN:
        return None
    return "corrections/only_consider" if level is Level.CONSIDER else "corrections/is_optional"
