"""Knows the questions that the register of obligations answers whole; pure.

Only forms of the whole question are known: any other wording goes its way to the provisions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.references import chapters_named
from index.annotations import Level
from index.register import TREATIES

__all__ = ["Ask", "Asked", "asked_of_register"]


class Ask(StrEnum):
    """What of the register is asked for."""

    OPT_OUT = "opt_out"
    NOTICES = "notices"
    DEADLINES = "deadlines"
    BEFORE = "before"
    LEVEL = "level"
    NEW = "new"
    CRIMINALISE = "criminalise"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the register.

    Attributes:
        level, chapter: of LEVEL.
        treaty: of NEW, as the register names it.
        conduct: of CRIMINALISE, in the words of the question.
    """

    ask: Ask
    level: Level | None = None
    chapter: int = 0
    treaty: str = ""
    conduct: str = ""


_WE = (
    r"(?:we|i|you|one|it|(?:a |each |every |the |our |my |all )?(?:states?|countr(?:y|ies)|"
    r"governments?|part(?:y|ies)|members?|member states?)(?: part(?:y|ies))?)"
)
_MUST = (
    rf"(?:(?:must|should) {_WE}|(?:do|does) {_WE} (?:have|need) to|"
    rf"(?:is|are) {_WE} (?:obliged|required) to)"
)
_IT = r"(?:it|this|(?:this|the) (?!budapest|palermo|merida)(?:\w+ ){0,3}(?:convention|treaty))"
_PARTS = (
    r"(?:parts?|provisions?|articles?|rules?|clauses?|obligations?|duties|things?|offences?)"
    rf"(?: (?:of|in) {_IT})?"
)
_WHOM = (
    r"(?:to the secretary-general(?: of the united nations)?|(?:and )?to whom|(?:and )?by when|"
    r"(?:and )?when)"
)
_JOINING = (
    rf"(?:ratif(?:ying|ication)|joining|acced(?:ing|ession)|accession|{_WE} (?:can )?"
    rf"(?:ratif(?:y|ies)|joins?|accedes?))(?: (?:to )?{_IT})?"
)
_LEVELS = {
    r"optional|voluntary|left (?:open|to (?:states|us))": Level.OPTIONAL,
    r"mandatory|obligatory|compulsory|binding|required": Level.MANDATORY,
    r"to be considered|an obligation to consider": Level.CONSIDER,
    r"prohibited|forbidden": Level.PROHIBITION,
}
_TREATY = {
    r"(?:the )?budapest(?: convention)?": "budapest",
    r"(?:the )?(?:untoc|(?:un |united nations )?(?:convention against )?(?:transnational )?"
    r"organi[sz]ed crime(?: convention)?|palermo(?: convention)?)": "untoc",
    r"(?:the )?(?:uncac|(?:un |united nations )?(?:convention against )?corruption(?: convention)?|"
    r"merida convention)": "uncac",
}

_FORMS = {
    Ask.OPT_OUT: (
        rf"(?:what|which {_PARTS}|where) (?:can|may|could) {_WE} opt out(?: of)?",
        rf"(?:what|which {_PARTS}) (?:is|are) {_WE} (?:allowed|free|able) to opt out of",
        r"(?:what|which) opt ?outs?(?: (?:are (?:there|possible|allowed)|exist))?",
        rf"(?:what|which) opt ?outs? does {_IT} (?:allow|have|offer|provide for)",
    ),
    Ask.NOTICES: (
        rf"(?:what|which {_PARTS}) (?:has|have|needs?) to be notified(?: {_WHOM})*",
        rf"(?:what|which {_PARTS}) must be notified(?: {_WHOM})*",
        rf"(?:what|whom) {_MUST} notify(?: {_WHOM})*",
        rf"(?:what|which) notifications? (?:are (?:there|required|due)|{_MUST} make|does {_IT} "
        rf"(?:require|ask for))(?: {_WHOM})*",
    ),
    Ask.DEADLINES: (
        r"(?:what|which) (?:deadlines|time limits)(?: (?:are (?:there|set|in it)|exist|apply))?",
        rf"(?:what|which) (?:deadlines|time limits) (?:does {_IT} (?:set|have|contain|fix)|{_MUST} "
        r"(?:meet|keep|observe))",
        r"(?:list|what are) (?:all )?(?:the )?(?:deadlines|time limits)",
    ),
    Ask.BEFORE: (
        rf"what {_MUST} do before {_JOINING}",
        rf"what (?:must|has to|needs to) be (?:done|in place) before {_JOINING}",
        rf"(?:what|which) (?:laws?|legislation) {_MUST} (?:have|pass|adopt|change) before "
        rf"{_JOINING}",
    ),
}
_CHAPTERED = [
    (level, re.compile(rf"(?:what|which {_PARTS}) (?:is|are) (?:{words}) (?:in|under) (.+)"))
    for words, level in _LEVELS.items()
]
_COMPARED = [
    (
        TREATIES[name],
        re.compile(
            rf"(?:what|which {_PARTS})(?: (?:in|of) {_IT})? (?:is|are) new (?:compared|in "
            rf"comparison) (?:with|to) {words}|which {_PARTS} have no (?:counterpart|equivalent)"
            rf" in {words}|what does {_IT} add to {words}|what is (?:in {_IT} that is )?not in "
            rf"{words}"
        ),
    )
    for words, name in _TREATY.items()
]
_CRIME = r"(?:criminali[sz]ed|a crime|a criminal offence|made a crime|an offence)"
_CRIMINALISE = re.compile(
    rf"{_MUST} (?:criminali[sz]e (?P<a>.{{3,80}})|make (?P<b>.{{3,80}}?) a (?:crime|criminal "
    rf"offence))|must (?P<c>.{{3,80}}?) be {_CRIME}|(?:do|does) (?P<d>.{{3,80}}?) (?:have|need) to "
    rf"be {_CRIME}"
)
_KNOWN = {ask: re.compile("|".join(forms)) for ask, forms in _FORMS.items()}
_OPENING = re.compile(r"^(?:please|so|and|ok|okay|well|hi|hello|tell me|tell us)\s+")
_CLOSING = re.compile(
    rf"\s+(?:(?:under|of|in|from|by|within) {_IT}|please|exactly|at all|in total)$"
)


def asked_of_register(question: str) -> Asked | None:
    """What a question wants of the register; None where it is none of the known forms."""
    words = _bare(question)
    for ask, form in _KNOWN.items():
        if form.fullmatch(words):
            return Asked(ask)
    return _chaptered(words) or _compared(words) or _criminalised(words)


def _bare(question: str) -> str:
    """The words of a question without marks, courtesies and the name of the treaty."""
    marked = re.sub(
        r"[^\w\s'-]|(?<=opt)-(?=out)", " ", question.lower().replace("what's", "what is")
    )
    words = _OPENING.sub("", " ".join(marked.split()))
    return _CLOSING.sub("", words)


def _chaptered(words: str) -> Asked | None:
    for level, form in _CHAPTERED:
        found = form.fullmatch(words)
        if found and re.fullmatch(r"(?:the )?(?:chapter \w+|\w+ chapter)", found[1]):
            chapters = chapters_named(found[1])
            if chapters and 1 <= chapters[0] <= 9:
                return Asked(Ask.LEVEL, level=level, chapter=chapters[0])
    return None


def _compared(words: str) -> Asked | None:
    for treaty, form in _COMPARED:
        if form.fullmatch(words):
            return Asked(Ask.NEW, treaty=treaty)
    return None


def _criminalised(words: str) -> Asked | None:
    found = _CRIMINALISE.fullmatch(words)
    if found is None:
        return None
    return Asked(Ask.CRIMINALISE, conduct=next(filter(None, found.groups())))
