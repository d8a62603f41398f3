"""Writes the marks of the paragraphs of an article as the plain layout has them."""

from __future__ import annotations

from collections.abc import Iterable

from index.layout.marks import Mark, Rank, item_letter, read_mark, sign_number
from index.numerals import roman

__all__ = ["Numbering", "uses_latin_letters"]

_NUMERALS = frozenset(roman(number) for number in range(1, 51))
_LATIN_ONLY = frozenset("bdfghjklmnqrstuvwz")
_CYRILLIC_ONLY = frozenset("бвгджз")
_ANNOUNCES = (":", "：")
_DEEPEST = 2


def uses_latin_letters(texts: Iterable[str]) -> bool:
    """Whether the items of a text are lettered in Latin, though some letters look Cyrillic."""
    signs = [mark.sign for text in texts if (mark := read_mark(text)) and mark.rank is Rank.ITEM]
    return sum(s in _LATIN_ONLY for s in signs) >= sum(s in _CYRILLIC_ONLY for s in signs)


class Numbering:
    """The marks of one article, from its first paragraph on.

    The same sign means different things: ``(1)`` is a sub-item inside a list and a paragraph
    elsewhere, ``1.`` is a sub-item where paragraphs are counted ``一、``, ``a.`` is an item or
    stands one step below a sub-item. What has been read of the article decides.
    """

    def __init__(self, *, latin: bool = True) -> None:
        self._latin = latin
        self._depth = 0
        self._chinese = self._digits = False
        """Whether Chinese numerals, and whether digits, have counted paragraphs or items."""
        self._shift = 0
        self._announced = True

    def written(self, text: str) -> str | None:
        """The paragraph with its marks in the plain layout; None where it has no mark.

        A mark below a sub-item is none: it stays part of the words.
        """
        mark = read_mark(text)
        sign = self._sign(mark) if mark else None
        if mark is None or sign is None:
            self._announced = text.endswith(_ANNOUNCES)
            return None
        self._announced = mark.rest == "" or mark.rest.endswith(_ANNOUNCES)
        nested = self._nested(mark.rest)
        return f"{sign} {nested or mark.rest}".strip()

    def _nested(self, rest: str) -> str | None:
        """The rest with its own mark, where it opens the list of a paragraph without words."""
        mark = read_mark(rest)
        if mark is None or self._depth == _DEEPEST or mark.rank is Rank.PARAGRAPH:
            return None
        if not _opens_list(mark, self._latin):
            return None
        self._announced = True
        return self.written(rest)

    def _sign(self, mark: Mark) -> str | None:
        match mark.rank:
            case Rank.PARAGRAPH:
                return self._paragraph(mark.sign)
            case Rank.ITEM:
                return self._item(mark.sign)
            case Rank.SUB_ITEM:
                return self._sub_item(mark.sign) if self._depth else self._paragraph(mark.sign)
            case Rank.BARE_LETTER:
                return None if self._depth == _DEEPEST else self._item(mark.sign)

    def _paragraph(self, sign: str) -> str:
        digits = sign.isdecimal()
        if digits and self._depth and self._chinese and not self._digits:
            return self._sub_item(sign)
        self._chinese, self._digits = self._chinese or not digits, self._digits or digits
        self._depth = 0
        return f"{sign_number(sign)}."

    def _item(self, sign: str) -> str:
        if sign in _NUMERALS and (self._depth == _DEEPEST or (self._depth and self._announced)):
            self._depth = _DEEPEST
            return f"({sign})"
        self._depth = 1
        self._chinese = self._chinese or (sign_number(sign) > 0 and not sign.isascii())
        return f"({self._letter(sign)})"

    def _letter(self, sign: str) -> str:
        """The letter of an item; a Spanish list may count ñ between n and o."""
        if sign == "ñ":
            self._shift = 1
            return "o"
        plain = item_letter(sign, latin=self._latin)
        if plain == "a":
            self._shift = 0
        return plain if len(plain) > 1 else chr(ord(plain) + self._shift)

    def _sub_item(self, sign: str) -> str:
        self._depth = _DEEPEST
        return f"({roman(sign_number(sign))})"


def _opens_list(mark: Mark, latin: bool) -> bool:
    if mark.rank is Rank.SUB_ITEM:
        return sign_number(mark.sign) == 1
    return mark.sign == "i" or item_letter(mark.sign, latin=latin) == "a"
