"""What a question means after the ones before it. Pure: text in, text out.

A short question may ask about the answer just given (where it stands, in simpler words, more of
it, whether it is a duty, what its third paragraph says), or lean on the question just asked ("and
for companies?"). Anything else stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

__all__ = ["Back", "back_reference", "is_follow_up", "joined", "part_named", "standalone"]

FEW_WORDS = 12
"""A question of more words hardly ever leans on the one before."""

_OPENING = re.compile(
    r"^(?:and|but|or|so|also|then|what about|how about|what if|what of|same for|only|even|"
    r"for|in that case|why|how so|which one|who else|what else|anything else|does that|is that)\b",
    re.IGNORECASE,
)
_POINTING = re.compile(
    r"\b(?:it|its|that|this|those|these|they|them|their|there|he|she|him|one|ones|then|such|same|"
    r"former|latter|above|else|too|instead)\b",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"^(?:who|when|where|why|how|which ones?|how long|how many|how much|by when|by whom|to whom|"
    r"for which [\w ]{3,20}|for whom|until when|since when|what for|who decides|who pays)\W*$",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"\b(?:articles?|art|chapter|convention|treaty)\b"
    r"(?! (?:was|is|does|did) (?:that|this|it)\b)",
    re.IGNORECASE,
)
_NEW = re.compile(
    r"^(?:new|another|different|other|next|change of|changing the|switching) "
    r"(?:topic|subject|question)"
    r"|^(?:on a different|on another|something else|unrelated|by the way|totally different)",
    re.IGNORECASE,
)
_CHANGE = re.compile(rf"(?:{_NEW.pattern})[^.:?!,]{{0,30}}[.:!,]\s*(?=\S)", re.IGNORECASE)


class Back(StrEnum):
    """What a question wants of the answer just given."""

    WHERE = "where"
    SIMPLER = "simpler"
    MORE = "more"
    DUTY = "duty"


_IT = r"(?:that|this|it|those|these)"
_POLITE = (
    r"(?:and |so |but |then |please |sorry,? |ok,? |wait,? |hm+,? |(?:can|could|would|will) you )*"
)


def _form(*ways: str) -> re.Pattern[str]:
    """A whole question that is put in one of these ways, after words of courtesy."""
    return re.compile(rf"^{_POLITE}(?:{'|'.join(ways)})\W*$", re.IGNORECASE)


_BACK = {
    Back.WHERE: _form(
        r"(?:which|what) (?:articles?|art|paragraphs?|provisions?|part|number|section|rule)"
        r"(?: number)?(?: of the (?:convention|treaty))?"
        rf"(?: (?:was|is|are|were|does|did|do|says?|said|would))?(?: {_IT}| you)?"
        r"(?: (?:in|from|say|come from|stand in|mean|quote|again))*",
        rf"where (?:does|did|is|was|can|do|exactly|in the)\b.{{0,40}}\b(?:{_IT}|i)\b"
        rf"(?: (?:say|stand|come from|written|stated|found|find|in|the|text|exactly|{_IT}|"
        r"convention|treaty))*",
        r"(?:what(?:'?s| is) (?:the|your) )?(?:source|citation|reference|legal basis)"
        rf"(?: for {_IT})?",
        r"(?:cite|quote) (?:it|that|the article)",
    ),
    Back.SIMPLER: _form(
        r"(?:say|explain|put|tell|repeat|rephrase|phrase|give|make|summari[sz]e|sum)\b.{0,30}\b"
        r"(?:simpl\w+|plain\w*|easier|short\w*|brief\w*|again|layman\w*|child|kid|five|normal\w*|"
        rf"other words|english|up|{_IT})\b.{{0,25}}",
        r"(?:in )?(?:simpl\w+|plain\w*|easy|easier|normal|other|fewer|short\w*)"
        r"(?: (?:words|english|language|terms|version|please))*",
        r"(?:i )?(?:don'?t|did ?n'?t|do not|did not) (?:get|understand)"
        rf"(?: (?:{_IT}|a word|any of it))?",
        r"too (?:complicated|long|technical|legal)\b.{0,30}",
        rf"what does {_IT} mean",
        r"eli5|tl;?dr|meaning|huh|come again|what",
    ),
    Back.MORE: _form(
        rf"tell me more(?: about {_IT})?|go on|continue|elaborate|details?",
        rf"more(?: (?:details?|please|(?:on|about) {_IT}))*",
        r"(?:give|show)(?: me)? (?:more|(?:the|that) (?:whole|full|entire) "
        rf"(?:article|text|thing|provision))(?: (?:details?|(?:on|about) {_IT}))?",
        r"what else does (?:it|that|the article) say|what else is in (?:it|that article)",
        r"(?:the )?(?:whole|full|entire) (?:article|text|provision)(?: please)?",
    ),
    Back.DUTY: _form(
        rf"(?:is|was) {_IT} (?:really |legally )?(?:a |an |something )?"
        r"(?:must|mandatory|obligatory|compulsory|binding|duty|obligation|required|optional|"
        r"voluntary|only an option|just an option|only a recommendation|we (?:have to|must) do)"
        r"(?: (?:or|for)\b.{0,30})?",
        r"(?:do|must) (?:we|they|states|countries) (?:really )?(?:have to|must)",
    ),
}
_BARE_ITEM = re.compile(r"^(?:and |what about |now )*\(?([a-o])\)\W*$", re.IGNORECASE)
_PART = re.compile(
    r"\b(?P<part>(?:paragraphs?|paras?\.?|subparagraph|item|letter|point)\s*"
    r"(?:(?P<number>\d{1,2})|\(?(?P<item>[a-o])\)?(?=\W|$))(?P<marks>(?:\s?\([a-z]{1,3}\))*))",
    re.IGNORECASE,
)


def back_reference(question: str) -> Back | None:
    """What the question wants of the last answer; None where it is not about it."""
    return next((back for back, form in _BACK.items() if form.match(question.strip())), None)


def part_named(question: str) -> tuple[int | None, tuple[str, ...]] | None:
    """The paragraph and items that the question names without an article; None for none."""
    if bare := _BARE_ITEM.match(question):
        return None, (bare[1].lower(),)
    match = _PART.search(question)
    if not match or re.search(r"\barticles?\b|\bart\b", question, re.IGNORECASE):
        return None
    items = tuple(re.findall(r"[a-z]+", match["marks"].lower()))
    if match["number"]:
        return int(match["number"]), items
    return None, (match["item"].lower(), *items)


def is_follow_up(question: str) -> bool:
    """Whether a question leans on the one before: it is short, and opens or points like one."""
    if _NEW.match(question) or _REFERENCE.search(question):
        return False
    if len(question.split()) > FEW_WORDS:
        return False
    return bool(_OPENING.match(question) or _BARE.match(question) or _POINTING.search(question))


def standalone(question: str, history: Sequence[str]) -> str:
    """The question itself, or behind the question that it leans on, which may lean in its turn.

    Words that only say that the subject changes are left out.
    """
    if not history or not is_follow_up(question):
        return _CHANGE.sub("", question) or question
    *earlier, last = history
    if back_reference(last):
        return standalone(question, earlier)
    return _behind(standalone(last, earlier), question)


def joined(question: str, history: Sequence[str]) -> str:
    """A short question behind the last one that was not about an answer; "" for a longer one."""
    if len(question.split()) > FEW_WORDS or _NEW.match(question):
        return ""
    asked = [earlier for earlier in history if not back_reference(earlier)]
    return _behind(standalone(asked[-1], asked[:-1]), question) if asked else ""


def _behind(first: str, then: str) -> str:
    """Two questions as one text, each with its mark."""
    return f"{first.rstrip('?. ')}? {then.rstrip('?. ')}?"
