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

from index.numerals import letter, number_of

__all__ = ["Mark", "Rank", "item_letter", "read_mark", "sign_number"]


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


_ARABIC = "أبجدهوزحطيكلمنسعفصقرشتثخذض"
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшщэ"
"""Without the letters that lists leave out: ё, й, ъ, ы, ь."""
_LOOK_ALIKES = str.maketrans("асеорхі", "aceopxi")

_CHINESE = "[一二三四五六七八九十百零〇]"


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
