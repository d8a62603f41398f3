"""Numbers of a sentence with what they count and whether they are a least or a most. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Bound", "Figure", "figures_in", "unknown_figures"]


class Bound(StrEnum):
    """Which side of a number is meant."""

    LEAST = "at least"
    MOST = "at most"
    EXACT = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, the unit that it counts ("" where none is named) and its bound."""

    value: float
    unit: str
    bound: Bound = Bound.EXACT


_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_ORDINAL_ONES = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_VALUES: dict[str, float] = {
    **{word: n for n, word in enumerate(_ONES)},
    **{word: n for n, word in enumerate(_ORDINAL_ONES)},
    **{word: 10.0 * n for n, word in enumerate(_TENS, 2)},
    **{f"{word[:-1]}ieth": 10.0 * n for n, word in enumerate(_TENS, 2)},
    "hundred": 100, "thousand": 1000, "million": 1e6, "billion": 1e9, "dozen": 12,
    "half": 0.5, "twice": 2, "double": 2, "triple": 3, "thrice": 3,
}  # fmt: skip
_WORD = "|".join(sorted(_VALUES, key=len, reverse=True))
_NUMBER = re.compile(
    rf"(?<![\w.,/-])(?:(?P<digits>\d+(?:[.,]\d{{3}})*)(?:st|nd|rd|th)?(?![\w/])"
    rf"|(?P<tens>{'|'.join(_TENS)})[- ](?P<ones>{'|'.join((*_ONES, *_ORDINAL_ONES))})\b"
    rf"|(?P<word>{_WORD})\b)",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"\b(?P<share>two[- ]thirds?|three[- ]quarters?|three[- ]fourths?|three[- ]fifths?|one[- ]third"
    r"|one[- ]quarter|a (?:third|quarter) of|simple majority|absolute majority|unanim\w+)",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"[\s-]*(?:\(\d+(?:st|nd|rd|th)?\)\s*)?(?:(?:calendar|working|consecutive|full|whole|further|"
    r"more|official|member|of|the|different)\s+){0,2}(?P<unit>hour|day|week|month|year|per ?cent|%|"
    r"ratification|instrument|accession|deposit|stat(?=es?\b)|countr|part(?=y\b|ies\b)|member|euro|"
    r"dollar|language|chapter|article|time|vote)",
    re.IGNORECASE,
)
_SAME_UNIT = {
    "ratification": "instrument", "accession": "instrument", "deposit": "instrument",
    "stat": "state", "countr": "state", "part": "state", "member": "state",
    "percent": "per cent", "%": "per cent",
}  # fmt: skip
_LEAST = re.compile(
    r"(?:at (?:the )?(?:very )?least|(?:no|not) (?:less|fewer|shorter|earlier) than|minimum(?: of)?"
    r"|more than|over|above|or more|or older)\s*(?:\w+\s+){0,1}$",
    re.IGNORECASE,
)
_MOST = re.compile(
    r"(?:at (?:the )?(?:very )?(?:most|latest)|(?:no|not) (?:more|longer|later|older) than|maximum"
    r"(?: of)?|up to(?: a)?|within|less than|fewer than|under|below|until|not exceed(?:ing)?)"
    r"\s*(?:a |an |the |age |of )*$",
    re.IGNORECASE,
)
_LEAST_AFTER = re.compile(
    r"\W*(?:\w+\W+){0,2}(?:at (?:the )?(?:least|minimum)|or (?:more|older|longer))\b", re.IGNORECASE
)
_MOST_AFTER = re.compile(
    r"\W*(?:\w+\W+){0,2}(?:at (?:the )?(?:most|latest|maximum)|or (?:less|fewer|under))\b",
    re.IGNORECASE,
)
_PLACES = re.compile(
    r"\b(?:articles?|arts?\.|paragraphs?|paras?\.|chapters?|resolutions?)\s+"
    r"(?:\d+|[ivx]+\b)(?:/\d+)?(?:\s?\(\w{1,4}\))*"
    r"(?:(?:\s*,\s*|\s+(?:and|or|to)\s+|\s*[-–]\s*)(?:(?:paragraphs?|articles?)\s+)?"
    r"(?:\d+(?:/\d+)?(?!\s*(?:days|years|months|States|per))(?:\s?\(\w{1,4}\))*|\(\w{1,4}\)))*",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\b24\s?/\s?7\b|\b24 hours a day,? (?:and )?(?:7|seven) days a week", re.IGNORECASE
)
_NO_FIGURE = re.compile(
    r"\b(?:(?:(?<!at least )one(?! (?:year|month|week|day|hour|third|quarter)\b)|each one|no one|"
    r"one another|one of|in the first place|at first|the first|first|for one|third (?:part|state|"
    r"countr)\w*|(?:a|per|every) second|second)\b(?! (?:year|month|week|day|instrument)))",
    re.IGNORECASE,
)
_ONE_YEAR = re.compile(r"\b(?:a|an)\s+(?=(?:year|month|week|day|hour)\b)(?!day \b)", re.IGNORECASE)
_FREQUENCY = re.compile(
    r"\b(?:(?P<year>every year|each year|once a year|yearly|annual(?:ly)?)"
    r"|(?P<month>every month|each month|monthly|once a month)"
    r"|(?P<week>every week|each week|weekly)|(?P<day>every day|each day|daily))\b",
    re.IGNORECASE,
)


def figures_in(text: str) -> Iterator[Figure]:
    """The figures of a text; numbers of articles and paragraphs are none, nor is "one another"."""
    text = _PLACES.sub(" ", _CLOCK.sub(" ", text))
    for match in _FREQUENCY.finditer(text):
        yield Figure(1, f"every {match.lastgroup}")
    text = _FREQUENCY.sub(" ", text)
    for match in _SHARE.finditer(text):
        yield Figure(_share(match["share"]), "share")
    text = _NO_FIGURE.sub(" ", _SHARE.sub(" ", text))
    text = _ONE_YEAR.sub("one ", text)
    for match in _NUMBER.finditer(text):
        unit = _UNIT.match(text, match.end())
        yield Figure(_value(match), _unit(unit), _bound(text, match))


def _share(words: str) -> float:
    words = words.lower().replace("-", " ")
    shares = {"two third": 0.67, "three q": 0.75, "three fo": 0.75, "three fi": 0.6,
              "one third": 0.33, "a third": 0.33, "one q": 0.25, "a q": 0.25, "simple": 0.5,
              "absolute": 0.51, "unanim": 1.0}  # fmt: skip
    return next(value for start, value in shares.items() if words.startswith(start))


def _value(match: re.Match[str]) -> float:
    if match["digits"]:
        return float(re.sub(r"[.,]", "", match["digits"]))
    if match["tens"]:
        return _VALUES[match["tens"].lower()] + _VALUES[match["ones"].lower()]
    return _VALUES[match["word"].lower()]


def _unit(match: re.Match[str] | None) -> str:
    if match is None:
        return ""
    unit = match["unit"].lower().replace(" ", "")
    unit = "per cent" if unit.startswith("percent") else unit
    return _SAME_UNIT.get(unit, unit)


def _bound(text: str, match: re.Match[str]) -> Bound:
    before, after = text[: match.start()], match.end()
    if _LEAST.search(before) or _LEAST_AFTER.match(text, after):
        return Bound.LEAST
    if _MOST.search(before) or _MOST_AFTER.match(text, after):
        return Bound.MOST
    return Bound.EXACT


def unknown_figures(text: str, said: str) -> list[Figure]:
    """The figures of ``text`` that ``said`` does not have: another number, unit or bound."""
    known = list(figures_in(said))
    return [f for f in figures_in(text) if not any(_agree(f, other) for other in known)]


def _agree(claim: Figure, said: Figure) -> bool:
    return (
        claim.value == said.value
        and (claim.unit == said.unit or not claim.unit or not said.unit)
        and (claim.bound is said.bound or claim.bound is Bound.EXACT
             or (said.bound is Bound.EXACT and claim.unit in ("", "state", "instrument")))
    )  # fmt: skip
