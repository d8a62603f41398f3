"""Numerals and letters that count chapters, items and sub-items, in the scripts of treaties."""

from __future__ import annotations

__all__ = ["letter", "number_of", "roman"]

_ROMAN = (
    ("c", 100), ("xc", 90), ("l", 50), ("xl", 40), ("x", 10), ("ix", 9), ("v", 5), ("iv", 4),
    ("i", 1),
)  # fmt: skip
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "І": 1, "Х": 10, "С": 100}
"""The last three are Cyrillic letters that look like Latin ones."""
_CHINESE_DIGITS = {"〇": 0, "零": 0} | {sign: n for n, sign in enumerate("一二三四五六七八九", 1)}
_CHINESE_UNITS = {"十": 10, "百": 100}


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
