"""Reads the marks of paragraphs, items and sub-items in the scripts of the six UN languages.

``1.``, ``1 -`` and ``一、`` open a paragraph; ``(a)``, ``a)``, ``(أ)``, ``а)`` and ``（一）`` an
item; ``(i)``, ``i)``, ``’1‘`` and ``⑴`` a sub-item. In the plain layout they are ``1.``, ``(a)``
and ``(i)`` in every language, so that a provision has the same id in all of them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

__all__ = [
    "Mark",
    "Rank",
    "item_letter",
    "letter",
    "number_of",
    "read_mark",
    "roman",
    "sign_number",
]


class Rank(Enum):
    """What a mark opens."""

    PARAGRAPH = "paragraph"
    ITEM = "item"
    SUB_ITEM = "sub-item"
    BARE_LETTER = "bare letter"
    """``a.``: an item, or inside a sub-item one step deeper."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark at the start of a line: what it opens, its number or letter, the words after it."""

    rank: Rank
    sign: str
    rest: str


_ROMAN = (
    ("c", 100), ("xc", 90), ("l", 50), ("xl", 40), ("x", 10), ("ix", 9), ("v", 5), ("iv", 4),
    ("i", 1),
)  # fmt: skip
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "І": 1, "Х": 10, "С": 100}
"""The last three are Cyrillic letters that look like Latin ones."""

_ARABIC = "أبجدهوزحطيكلمنسعفصقرشتثخذض"
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшщэ"
"""Without the letters that lists leave out: ё, й, ъ, ы, ь."""
_LOOK_ALIKES = str.maketrans("асеорхі", "aceopxi")

_CHINESE_DIGITS = {"〇": 0, "零": 0} | {sign: n for n, sign in enumerate("一二三四五六七八九", 1)}
_CHINESE_UNITS = {"十": 10, "百": 100}
_CHINESE = "[一二三四五六七八九十百零〇]"


def letter(number: int) -> str:
    """The letter of that place, from 1: ``a``; after ``z`` come ``aa``, ``bb``."""
    rounds, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (rounds + 1)


def roman(number: int) -> str:
    """The number in small Roman numerals."""
    numeral = ""
    for letters, value in _ROMAN:
        numeral += letters * (number // value)
        number %= value
    return numeral


def number_of(numeral: str) -> int | None:
    """The number that digits, Roman or Chinese numerals say; None where they are none."""
    if numeral.isdecimal():
        return int(numeral)
    if all(sign in _CHINESE_DIGITS or sign in _CHINESE_UNITS for sign in numeral):
        return _chinese(numeral)
    values = [_ROMAN_VALUES.get(sign) for sign in numeral.upper()]
    found = [value for value in values if value is not None]
    if not found or len(found) != len(values):
        return None
    following = [*found[1:], 0]
    return sum(-v if v < after else v for v, after in zip(found, following, strict=True))


def _chinese(numeral: str) -> int:
    total, digit = 0, 0
    for sign in numeral:
        if sign in _CHINESE_UNITS:
            total, digit = total + (digit or 1) * _CHINESE_UNITS[sign], 0
        else:
            digit = _CHINESE_DIGITS[sign]
    return total + digit


_FORMS: tuple[tuple[re.Pattern[str], Rank], ...] = tuple(
    (re.compile(form + r"\s*(.*)", re.S), rank)
    for form, rank in (
        (r"(\d{1,3})\s?[.．、](?!\d)", Rank.PARAGRAPH),
        (r"(\d{1,3})\s*[-–—ـ.]\s*(?=[(\u0600-\u06ff]|$)", Rank.PARAGRAPH),
        (rf"({_CHINESE}{{1,4}})[、．.]", Rank.PARAGRAPH),
        (rf"[(（]\s?({_CHINESE}{{1,4}})\s?[)）]", Rank.ITEM),
        (r"([㈠-㈩])", Rank.ITEM),
        (r"[(（]?\s?([a-zñ]|[ivxl]{2,7})\s?[)）]", Rank.ITEM),
        (r"[(（]?\s?([а-яі])\s?[)）]", Rank.ITEM),
        (rf"\(\s?([{_ARABIC}])ـ?\s?\)", Rank.ITEM),
        (r"['‘’‛`´“”«»\"](\d{1,2})['‘’‛`´“”«»\"]", Rank.SUB_ITEM),
        (r"([⑴-⒇])", Rank.SUB_ITEM),
        (r"[（(](\d{1,2})[)）]", Rank.SUB_ITEM),
        (r"([a-z]|[ivxl]{2,7})\.(?=\s|$)", Rank.BARE_LETTER),
    )
)  # fmt: skip


def read_mark(text: str) -> Mark | None:
    """The mark at the start of ``text``; None where there is none.

    ``(i)`` and the like are items here: whether they are letters or numerals shows in what
    stands before them.
    """
    for form, rank in _FORMS:
        if match := form.fullmatch(text):
            return Mark(rank, match[1], match[2])
    return None


def item_letter(sign: str, *, latin: bool) -> str:
    """The letter or numeral that the plain layout has for the sign of an item.

    Args:
        sign: a Latin, Arabic or Cyrillic letter, or a Chinese numeral.
        latin: whether Cyrillic signs are Latin letters typed on a Russian keyboard, as the
            United Nations set them (``а)``, ``b)``, ``с)``).
    """
    if sign[0].isascii():
        return sign
    if sign in _ARABIC:
        return letter(_ARABIC.index(sign) + 1)
    if "а" <= sign <= "я" or sign == "і":
        return _cyrillic_letter(sign, latin=latin)
    return letter(sign_number(sign))


def _cyrillic_letter(sign: str, *, latin: bool) -> str:
    if latin or sign not in _CYRILLIC:
        return sign.translate(_LOOK_ALIKES)
    return letter(_CYRILLIC.index(sign) + 1)


def sign_number(sign: str) -> int:
    """The number in a sign such as ``3``, ``三``, ``㈢`` or ``⑶``; 0 where there is none."""
    return number_of(unicodedata.normalize("NFKC", sign).strip("()")) or 0
