"""What a question takes for granted, and whether a provision says otherwise.

Pure. A claim is the part of a question that states rather than asks: a sentence before the one
that asks, a clause that opens with "given that", what "why" presupposes, what "right?" ends.
"""

from __future__ import annotations

import re

from assistant.amounts import Amount, amounts_in

__all__ = [
    "ASKS",
    "TAG",
    "asks_since_when",
    "asserted_amounts",
    "claim_of",
    "claims_in_force",
    "presumes_existence",
]

_GIVEN = re.compile(
    r"^(?:so |and |but |well,? |ok,? )*"
    r"(?:given(?: that)?|since|as|now that|because|considering(?: that)?|seeing(?: that)?|"
    r"knowing that|assuming(?: that)?|with(?: only| just)?|if,? as|although|though|even though|"
    r"while)\s+(?P<claim>[^,?]{8,}?)(?:,|:| - | – )\s*(?P<rest>.{6,})$",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"^(?:so |and |but |ok,? )*(?:why|how come|what is the reason(?: that| why)?|for what reason|"
    r"what's the reason(?: that| why)?)\s+(?P<claim>.{8,})$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"^(?:so |and |but )*(?:who (?:made|decided|says|said) (?:it|that)|"
    r"what is the (?:idea|reason|point|sense|thinking) (?:behind|of|for)|"
    r"how can it be (?:right )?that|"
    r"is there (?:a|any) reason (?:why|that)|where is it written that|how come(?: that)?)\s+"
    r"(?P<claim>.{8,})$",
    re.IGNORECASE,
)
TAG = re.compile(
    r"^(?P<claim>.{8,}?)(?:,|;| -|\s)\s*(?:right|correct|is that (?:right|correct|true|so)|"
    r"(?:is|does|do|has|can|are|was|did|wo|would|have|must|need)(?:n't|nt| not)? "
    r"(?:it|they|he|she|that|there|we|states?))\s*\?+$",
    re.IGNORECASE,
)
_HEADING = re.compile(r"^(?P<claim>(?:the|as) [^:?]{6,70}):\s+(?P<rest>.{6,})$", re.IGNORECASE)
_PERSONAL = re.compile(
    r"\b(?:i|i'm|i've|my|mine|me|he|she|his|her|him|himself|herself|yesterday|"
    r"last (?:week|month|year|night)|ago|someone|somebody|customer|caller|ticket|suspect|"
    r"client|boss|neighbou?r|friend|daughter|son|brother|sister|husband|wife|ex)\b|"
    r"\bwe (?:got|had|were|received|have|are|bought|found|lost|hold|keep|run|need|want)\b",
    re.IGNORECASE,
)
_OURS = re.compile(r"\b(?:our|ours|us)\b", re.IGNORECASE)
_RULE = re.compile(
    r"\b(?:is|are|was|were|must|has|have|had|requires?|takes?|lasts?|needs?|needed|works?|sets?|"
    r"fix(?:es|ed)|prescribes?|demands?|treats?|allows?|lets|forbids?|bans?|closes?|can|may|"
    r"cannot|enter(?:s|ed)|came|counts?|names?|says?|provides?|obliges?|obliged|makes?|made|gives?|"
    r"created?s?|establish(?:es|ed)|adopted|ratified|signed|became|covers?|covered|defines?|"
    r"limits?|entitles?|expires?|runs?|ends?|applies|becomes?|does|do|punish(?:es)?|lists?|"
    r"only|needed|required|valid|allowed|free|optional|mandatory|voluntary)\b",
    re.IGNORECASE,
)


_ON_THE_TEXT = re.compile(
    r"^(?!we\b|they\b|found\b|need\b).*(?:\b(?:convention|treaty|article|chapter|agreement|text|"
    r"hanoi|un|secretariat|conference|signature|accession|withdrawal|amendments?|protocols?)\b|\d)",
    re.IGNORECASE,
)
"""A sentence on the text itself, not on what somebody did or has."""


def claim_of(question: str) -> str | None:
    """What the question states as given, without its opening word; None where it only asks."""
    question = question.strip()
    sentences = re.split(r"(?<=[.!?])\s+(?=\S)", question)
    told = [s for s in sentences if not s.endswith("?")]
    asks = sentences[-1].endswith("?") or re.match(
        r"(?i)(?:what|who|when|how|which|may|can|does|do|is|are|must|where|why|to whom)\b",
        sentences[-1],
    )
    if len(sentences) > 1 and told and asks and told[0] is not sentences[-1]:
        on_text = _ON_THE_TEXT.search(told[0]) and not _OURS.search(told[0])
        return _as_claim(told[0]) if on_text and _RULE.search(told[0]) else None
    for form in (_GIVEN, _WHY, _BEHIND, _HEADING, TAG):
        if match := form.match(sentences[-1] if form is TAG else question):
            return _as_claim(match["claim"])
    return None


def _as_claim(words: str) -> str | None:
    """The words, but not where they tell what happened to somebody."""
    words = words.strip(" ?!,.;:")
    return None if _PERSONAL.search(words) else words


_IN_FORCE = re.compile(
    r"\b(?:is|are|being|entered|came|come|comes|went|been|was|has|already|now) (?:\w+ ){0,2}"
    r"in(?:to)? force\b|\b(?:became|is|becoming|being) (?:\w+ ){0,2}(?:binding(?: law)?|law)\b|"
    r"\b(?:took effect|already appl\w+|has been (?:\w+ )?law|been a party (?:since|from))\b",
    re.IGNORECASE,
)


_SINCE_WHEN = re.compile(
    r"\b(?:since when|how long|on what (?:date|day)|when|what (?:date|day|year)|in what year)\b"
    r"[^.?!]{0,60}?\b(?:did\b[^.?!]{0,50}\b(?:(?:enter|come|go)\b[^.?!]{0,10} into "
    r"(?:force|effect)|become (?:binding|law|effective)|take effect)|"
    r"(?:has|is|have)\b[^.?!]{0,50}\bin force)\b",
    re.IGNORECASE,
)


def asks_since_when(question: str) -> bool:
    """Whether a question asks for the day of an entry into force that it takes to be past."""
    return bool(_SINCE_WHEN.search(question))


def claims_in_force(claim: str) -> bool:
    """Whether a claim takes the Convention to be in force already."""
    turned = re.search(r"\b(?:not|n't|once|when|before|until|after|will|yet)\b", claim, re.I)
    return bool(_IN_FORCE.search(claim)) and not turned


ASKS = re.compile(
    r"^(?:(?:so|and|but|then|ok|well|hi|hello),? )*(?:is|are|was|were|does|do|did|can|could|may|"
    r"might|must|shall|should|will|would|has|have)\b",
    re.IGNORECASE,
)
_DEFINITE = re.compile(
    r"\b(?:the|this|that|these|those|its|treaty's|convention's|which|what|only|merely|just)\s+"
    r"(?:[a-z'-]+\s+)?$",
    re.IGNORECASE,
)
_TIMED = re.compile(r"\s*(?:after|before|from|since|ago|later)\b", re.IGNORECASE)
_DRAFT = re.compile(
    r"\b(?:our|my|draft|bill|plan|proposals?|suppose|if we|(?:we|i|law|act|it|that) would)\b",
    re.IGNORECASE,
)


def asserted_amounts(question: str) -> list[Amount]:
    """The amounts that a question takes for granted rather than asks about, in order.

    "Is it 60 days?" asks; "the 60-day period" does not, nor does "60 ratifications are needed. …".
    What happened to somebody, and what a draft of the asker's says, asserts nothing.
    """
    found: list[Amount] = []
    for sentence in re.split(r"(?<=[.!?;])\s+", question):
        if _PERSONAL.search(sentence) or _DRAFT.search(sentence):
            continue
        asks = bool(ASKS.match(sentence)) and not TAG.match(sentence)
        for amount in amounts_in(sentence):
            before, _, behind = sentence.partition(amount.words)
            if not asks or (_DEFINITE.search(before) and not _TIMED.match(behind)):
                found.append(amount)
    return found


_EXISTENCE = re.compile(
    r"\b(?:created?|set up|sets up|established|prescribed|laid down|fixed|granted|kept|run|founded|"
    r"imposed|foreseen|provided for|required)\s+(?:by|in|under|of)\s+(?:the|this)\s+(?:\w+\s+){0,3}"
    r"(?:treaty|convention)\b"
    r"|\b(?:that|which|whom?)\s+(?:the|this)\s+(?:\w+\s+){0,3}(?:treaty|convention)\s+"
    r"(?:creates|sets|establishes|prescribes|lays|imposes|grants|provides|has|fixes|demands|requires)\b"
    r"|\b(?:treaty|convention)['’]s\s+(?:own\s+)?(?:[a-z-]+\s+){0,3}(?:court|tribunal|police|judges?|"
    r"prosecutor|board|fund|agency|committee|commission|database|regist\w+|inspect\w+|supervisor|"
    r"deadline|fines?|penalt\w+|sentence|minimum|maximum|blacklist)\b",
    re.IGNORECASE,
)


def presumes_existence(question: str) -> bool:
    """Whether a question takes something for set up, fixed or imposed by the Convention."""
    return bool(_EXISTENCE.search(question))
