"""Numbers with what they count, in a question and in a provision. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

__all__ = ["Amount", "amounts_in", "contradicted"]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with what it counts (days, years, percent …), and the words that say so."""

    number: int
    unit: str
    words: str


_BELOW_TWENTY = (
    "one first single|two second|three third|four fourth|five fifth|six sixth|seven seventh|"
    "eight eighth|nine ninth|ten tenth|eleven eleventh|twelve twelfth|thirteen|fourteen|fifteen|"
    "sixteen|seventeen|eighteen eighteenth|nineteen"
).split("|")
_TENS = (
    "twenty twentieth|thirty thirtieth|forty fortieth|fifty fiftieth|sixty sixtieth|"
    "seventy seventieth|eighty eightieth|ninety ninetieth"
).split("|")
_SMALL = {word: n for n, words in enumerate(_BELOW_TWENTY, 1) for word in words.split()}
_ROUND = {word: 10 * n for n, words in enumerate(_TENS, 2) for word in words.split()}
_NUMBERS = {
    **_SMALL, **_ROUND, "hundred": 100, "hundredth": 100,
    **{f"{ten}-{one}": _ROUND[ten] + _SMALL[one]
       for ten in _ROUND for one in _SMALL if _SMALL[one] < 10},
}  # fmt: skip
_UNITS = {
    "hour": "hour", "day": "day", "week": "week", "month": "month", "year": "year",
    "percent": "percent", "per cent": "percent", "%": "percent",
    "ratification": "instrument", "instrument": "instrument", "state": "instrument",
    "country": "instrument", "countrie": "instrument", "partie": "instrument",
    "party": "instrument", "accession": "instrument", "member": "instrument",
    "chapter": "chapter", "definition": "definition",
    "euro": "money", "dollar": "money", "million": "money", "language": "language",
}  # fmt: skip
_SHARES = re.compile(
    r"\b(?P<share>simple majority|absolute majority|two[- ]thirds?|three[- ]quarters?|unanim\w+)\b",
    re.IGNORECASE,
)
_WORD = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+|(?:(?:a|one)\s+)?hundred\s+and\s+(?:{_WORD})|{_WORD})"
_AMOUNT = re.compile(
    rf"\b(?P<number>{_NUMBER})(?:st|nd|rd|th)?\b(?:\s*\(\d+(?:st|nd|rd|th)?\))?[\s-]*"
    r"(?:(?:calendar|working|full|whole|more|of|the|official|authentic|member|prison|further)\s+){0,2}"
    r"(?P<unit>hour|day|week|month|year|per ?cent|%|ratification|instrument|states?|"
    r"countr(?:y|ies)|part(?:y|ies)|accession|member|euro|dollar|million|language|chapter|definition)s?\b",
    re.IGNORECASE,
)
_NO_AMOUNT = re.compile(
    r"\w+[\s-]years?[\s-]olds?\b|(?:one|two|first|second|single|1st|2nd)[\s-]+(?:\w+\s)?"
    r"(?:stat|countr|part|member)\w*",
    re.IGNORECASE,
)
"""An age of persons, and one or two States of a story, are no amounts of the Convention."""

_AGE = re.compile(
    rf"\b(?:under|below|over|above|age of|aged|younger than|older than|turned)\s+"
    rf"(?:the age of\s+)?(?P<number>{_NUMBER})\b",
    re.IGNORECASE,
)
_AS_LIMIT = re.compile(rf"\b(?P<number>{_NUMBER}) as the (?:age )?limit\b", re.IGNORECASE)
_PERIODS = re.compile(
    r"\b(?:(?:every|each|once an?|per) (?P<period>day|week|month|year)\b"
    r"|(?P<adverb>daily|weekly|monthly|yearly|annual(?:ly)?)\b"
    r"|an? (?:full|whole|entire) (?P<whole>hour|day|week|month|year)\b)",
    re.IGNORECASE,
)
_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_MONTH = "|".join(_MONTHS)
_LAST_DAY = re.compile(
    r"\b(?:until|clos\w+|deadline|end(?:s|ed)?|expire[sd]?|last day|latest)\b[^.?!]{0,40}?\b"
    rf"(?P<date>(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month>{_MONTH}),? (?P<year>20\d\d)|"
    r"end of (?P<end>20\d\d))\b",
    re.IGNORECASE,
)
"""The day that something is open until."""

_ADVERBS = {"daily": "day", "weekly": "week", "monthly": "month"}
_SHARE_VALUES = {"simple": 50, "absolu": 51, "two th": 67, "three ": 75, "unanim": 100}
"""Percent that a majority stands for, by the first letters of its name."""

_IN_DAYS = {"hour": 1 / 24, "day": 1, "week": 7, "month": 30, "year": 365}
_NEVER = {"percent", "money"}
"""Units in which the Convention counts nothing."""


def amounts_in(text: str) -> Iterator[Amount]:
    """The amounts that a text names; an age counts in years."""
    for match in _AMOUNT.finditer(text):
        if _NO_AMOUNT.match(text, match.start()):
            continue
        unit = match["unit"].lower().removesuffix("s")
        yield Amount(_value(match["number"]), _UNITS.get(unit, unit), match[0])
    for match in (*_AGE.finditer(text), *_AS_LIMIT.finditer(text)):
        if not _AMOUNT.match(text, match.start("number")):
            yield Amount(_value(match["number"]), "year", match[0])
    for match in _PERIODS.finditer(text):
        unit = match["period"] or match["whole"] or _ADVERBS.get(match[0].lower(), "year")
        yield Amount(1, unit.lower(), match[0])
    for match in _LAST_DAY.finditer(text):
        yield Amount(_date(match), "date", match["date"])
    for match in _SHARES.finditer(text):
        share = match["share"].lower().replace("-", " ").rstrip("s")
        yield Amount(_SHARE_VALUES.get(share[:6], 0), "majority", match[0])


def _date(match: re.Match[str]) -> int:
    """A day as one number, year first."""
    if match["end"]:
        return int(match["end"]) * 10_000 + 1231
    month = _MONTHS.index(match["month"].lower()) + 1
    return int(match["year"]) * 10_000 + month * 100 + int(match["day"])


def _value(number: str) -> int:
    number = number.lower().replace(",", "")
    if number.isdigit():
        return int(number)
    hundreds, _, rest = number.rpartition(" and ")
    return (100 if hundreds else 0) + _NUMBERS[rest.strip()]


_LIMIT = re.compile(
    r"\b(?:deadlines?|within|limit\w*|period|clock|must|have to|has to|need to|only|respon\w+|rule|"
    r"duration|term|retention|at least|at most|maximum|minimum|prescribe\w*|fix\w+|sentences?|"
    r"prison|jail|fine[sd]?|penalt\w+|imprisonment|punish\w*|carr(?:y|ies))\b",
    re.IGNORECASE,
)


def contradicted(
    amounts: Iterable[Amount], provision: str, claim: str, totals: Mapping[str, int]
) -> Iterator[Amount]:
    """Those of ``amounts`` that ``provision`` does not bear out.

    ``totals`` has how many chapters, definitions and languages the Convention has.

    It counts the same thing, but never to that number; or it counts no such thing, where the claim
    speaks of a limit or a penalty; or the Convention counts no such thing anywhere.
    """
    said = list(amounts_in(provision))
    limits = bool(_LIMIT.search(claim))
    for amount in amounts:
        if amount.unit in totals:
            if amount.number != totals[amount.unit]:
                yield amount
            continue
        same = [other for other in said if _comparable(amount, other)]
        known = any(_equal(amount, other) for other in same)
        if not known and (same or (limits and amount.unit in {*_IN_DAYS, *_NEVER})):
            yield amount


def _comparable(one: Amount, other: Amount) -> bool:
    return one.unit == other.unit or {one.unit, other.unit} <= set(_IN_DAYS)


def _equal(one: Amount, other: Amount) -> bool:
    days = [a.number * _IN_DAYS.get(a.unit, 1) for a in (one, other)]
    return days[0] == days[1]
