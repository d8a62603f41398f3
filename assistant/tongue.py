"""Which language a question is asked in. Pure.

A script of its own decides at once. Of the languages in Latin letters, an English question must
never be taken for another: it is English where it has a word that only English has, or where most
of its words are English. The rest is told by py3langid (naive Bayes over bytes), which has to be
clear. Names say nothing of the language, and Latin is the lawyers'. The thresholds were set on all
questions of the project: see ``ARCHITECTURE.md``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from assistant.spelling import english_words

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

__all__ = ["Tongue", "tongue_of"]


class Tongue(StrEnum):
    """The languages that are told apart, by their codes; OTHER is any language beside them."""

    ENGLISH = "en"
    ARABIC = "ar"
    CHINESE = "zh"
    FRENCH = "fr"
    RUSSIAN = "ru"
    SPANISH = "es"
    VIETNAMESE = "vi"
    OTHER = "other"


FEWEST = 3
"""Words that a question in Latin letters needs for the library to be believed."""

FEW_ENGLISH, CLEARER = 0.34, 5.0
SOME_ENGLISH, CLEAREST = 0.6, 60.0
"""How many times as likely as English another language has to be, up to which share of English
words."""

_LATIN = r"A-Za-z\u00c0-\u024f\u1e00-\u1eff"
_WORD = re.compile(rf"\b[cdjlmnst]['’](?=[a-zà-ÿ])|[{_LATIN}]+|[^\W\d_{_LATIN}]+")
"""A word of one script; of "l'article" the first is "l'"."""

_ONLY_ENGLISH = frozenset(
    "about and are between could does from have how its or please should that their there these "
    "they this those were what when where which who why with would your".split()
)
_BORROWED = frozenset(
    "al aux co como con de del des die dit du en est este hay la las les los mes moi mon nous ont "
    "par para pas pour que sans ser sin sur tout una".split()
)
"""Words of the English list that are commoner in other languages."""

_VIETNAMESE = re.compile(r"[\u1ea0-\u1ef9\u01a1\u01b0]")
"""Letters that no other language has."""

_RUSSIAN = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
_NOT_ARABIC = frozenset("\u067e\u0686\u0698\u06a9\u06af\u06cc\u0679\u0688\u0691\u06ba\u06d2\u06c1")
"""Letters of Persian and Urdu that Arabic lacks."""

_WEIGHT = {"LATIN": 1, "CJK": 2, "HIRAGANA": 2, "KATAKANA": 2, "HANGUL": 2}
"""Of how many letters a letter of a script says as much; one of the others says as much as one."""


def tongue_of(question: str) -> Tongue:
    """The language of a cleaned question; English where nothing speaks clearly for another."""
    words = _WORD.findall(question)
    plain = _without_names(words) or [word.lower() for word in words]
    letters = Counter(_script_of(letter) for word in plain for letter in word)
    foreign = sum(count * _WEIGHT.get(script, 1) for script, count in letters.items())
    if foreign > 2 * letters["LATIN"]:
        return _by_script(question, set(letters))
    return _by_words(question, words, plain)


def _without_names(words: Sequence[str]) -> list[str]:
    """The words but for those with a capital; the first stays unless it is all in capitals."""
    return [w for place, w in enumerate(words) if not (w if place == 0 else w[0]).isupper()]


@lru_cache(maxsize=4096)
def _script_of(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def _by_script(question: str, scripts: set[str]) -> Tongue:
    letters = {c for c in question.lower() if c.isalpha()}
    if scripts & {"HIRAGANA", "KATAKANA", "HANGUL"}:
        return Tongue.OTHER
    if "CJK" in scripts:
        return Tongue.CHINESE
    if "ARABIC" in scripts:
        return Tongue.OTHER if letters & _NOT_ARABIC else Tongue.ARABIC
    if "CYRILLIC" in scripts:
        return _cyrillic(question, letters)
    return Tongue.OTHER


def _cyrillic(question: str, letters: set[str]) -> Tongue:
    others = {c for c in letters if _script_of(c) == "CYRILLIC"} - _RUSSIAN
    chances = _chances(question)
    is_russian = not others and chances["bg"] < CLEARER * chances["ru"]
    return Tongue.RUSSIAN if is_russian else Tongue.OTHER


def _by_words(question: str, words: Sequence[str], plain: Sequence[str]) -> Tongue:
    if _ONLY_ENGLISH & {word.lower() for word in plain}:
        return Tongue.ENGLISH
    if "¿" in question or "¡" in question:
        return Tongue.SPANISH
    if any(_VIETNAMESE.search(word) for word in plain if word[0].islower()):
        return Tongue.VIETNAMESE
    if len({word for word in words if len(word) > 1}) < FEWEST:
        return Tongue.ENGLISH
    return _by_library(question, _share_of_english(plain))


def _share_of_english(plain: Sequence[str]) -> float:
    """The share of English words; one with a capital that is none of them may be a name."""
    told = {word.lower(): _is_english(word) for word in plain if len(word) > 1}
    counted = [known for word, known in told.items() if known or word in plain]
    return sum(counted) / len(counted) if counted else 0.0


def _is_english(word: str) -> bool:
    return word.lower() in english_words() and word.lower() not in _BORROWED


def _by_library(question: str, english: float) -> Tongue:
    """What the library says, where it is clear beside the ``english`` share of the words."""
    if english > SOME_ENGLISH:
        return Tongue.ENGLISH
    chances = _chances(question)
    best = max(chances, key=lambda code: chances[code])
    clear = CLEARER if english <= FEW_ENGLISH else CLEAREST
    if chances[best] < clear * max(chances["en"], chances["la"]):
        return Tongue.ENGLISH
    return Tongue(best) if best in _TOLD else Tongue.OTHER


_TOLD = frozenset(Tongue)


def _chances(question: str) -> dict[str, float]:
    """How likely each language of the library is, by its code."""
    return dict(_library().rank(question))


@cache
def _library() -> LanguageIdentifier:
    """The library's model: a second to load, and 50 MB, so only when it is first needed."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    library = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    library.set_languages(_RIVALS)
    return library


_RIVALS = (
    "en la fr es vi de pt it nl pl cs ro hu tr id sw sv no da fi sq hr sk sl et lv lt az uz tl ms "
    "eu af so ha yo ig zu xh rw ru uk bg"
).split()
"""Languages that the library may answer with: not Galician and Catalan, which it takes short
Spanish questions for, and not those that their script tells."""
