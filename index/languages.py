"""The six languages in which the Convention is authentic, and how a text shows its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from index.errors import BadSource

__all__ = ["LANGUAGES", "Language", "language_named", "language_of"]


@dataclass(frozen=True, slots=True)
class Language:
    """An authentic language.

    Attributes:
        code: ISO 639-1 code.
        name: its name in English.
        preamble: the heading of the preamble.
        chapter: the heading of a chapter, with ``{roman}`` or ``{number}`` for its number.
        article: the heading of an article, with ``{}`` for its number.
        density: length of a text in letters, beside that of the same text in English.
    """

    code: str
    name: str
    preamble: str
    chapter: str
    article: str
    density: float


LANGUAGES: Mapping[str, Language] = MappingProxyType(
    {
        language.code: language
        for language in (
            Language("en", "English", "Preamble", "Chapter {roman}", "Article {}", 1.0),
            Language("fr", "French", "Préambule", "Chapitre {roman}", "Article {}", 1.15),
            Language("es", "Spanish", "Preámbulo", "Capítulo {roman}", "Artículo {}", 1.15),
            Language("ru", "Russian", "Преамбула", "Глава {roman}", "Статья {}", 1.1),
            Language("zh", "Chinese", "序言", "第 {number} 章", "第 {} 条", 0.35),
            Language("ar", "Arabic", "الديباجة", "الفصل {number}", "المادة {}", 0.85),
        )
    }
)
"""By code, English first."""

_SCRIPTS = {
    "zh": re.compile(r"[\u4e00-\u9fff]"),
    "ar": re.compile(r"[\u0600-\u06ff]"),
    "ru": re.compile(r"[\u0400-\u04ff]"),
}
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_SMALL_WORDS = {
    "en": frozenset("the of and to in or by for any with such this shall".split()),
    "fr": frozenset("le la les des et du une dans par pour aux sur présente".split()),
    "es": frozenset("el la los las del y una en por para con que presente".split()),
}


def language_named(code: str) -> Language:
    """The language of that code; raises ``BadSource``."""
    if code not in LANGUAGES:
        raise BadSource(
            f"The Convention has no authentic text in {code!r}: choose one of "
            f"{', '.join(LANGUAGES)}."
        )
    return LANGUAGES[code]


def language_of(text: str) -> str | None:
    """The code of the language that ``text`` is most likely in; None where nothing shows it.

    A script of its own decides, and among the languages in Latin letters the small words.
    """
    letters = {code: len(script.findall(text)) for code, script in _SCRIPTS.items()}
    letters["latin"] = len(_LATIN.findall(text))
    most = max(letters, key=lambda code: letters[code])
    if not letters[most]:
        return None
    return most if most in LANGUAGES else _by_small_words(text)


def _by_small_words(text: str) -> str | None:
    words = text.lower().split()
    counts = {code: sum(word in small for word in words) for code, small in _SMALL_WORDS.items()}
    most = max(counts, key=lambda code: counts[code])
    return most if counts[most] else None
