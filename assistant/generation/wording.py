"""A sentence as a row of marks: who, must or may, no or not, and the stems of the other words.

Capitals stand for what has to agree with a provision (``MUST``, ``REQUESTED``, ``NOT``), small
letters for stems, each synonym by the first of its group.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.generation.expressions import EXPRESSIONS
from assistant.generation.synonyms import STOPWORDS, SYNONYMS
from assistant.lexical import tokens_of

__all__ = ["Marks", "marks_of", "stem_of", "stems_of"]

Marks = tuple[str, ...]

_COMPILED = tuple((re.compile(pattern), put) for pattern, put in EXPRESSIONS)
_WORD = re.compile(r"[A-Z]{2,}|[a-z0-9]+(?:[-'][a-z0-9]+)*")


@lru_cache(maxsize=16_384)
def stem_of(word: str) -> str:
    """The stem of one small word, by the first of its group of synonyms; "" for a function word."""
    if word in STOPWORDS:
        return ""
    if word in SYNONYMS:
        return SYNONYMS[word]
    stem = next(iter(tokens_of(word)), "")
    return SYNONYMS.get(stem, stem)


def stems_of(text: str) -> set[str]:
    """The stems of a text's words, without a look at expressions."""
    return {stem for word in re.findall(r"[a-z]+", text.lower()) if (stem := stem_of(word))}


@lru_cache(maxsize=4096)
def marks_of(text: str) -> Marks:
    """The marks of a text in order."""
    text = text.lower()
    for pattern, put in _COMPILED:
        text, count = pattern.subn(put, text)
        if count:
            text = " ".join(text.split())
    return tuple(mark for word in _WORD.findall(text) for mark in _marks_of_word(word))


def _marks_of_word(word: str) -> list[str]:
    if word.isupper():
        return [word]
    parts = [word] if word in SYNONYMS else re.split(r"[-']", word)
    return [stem for part in parts if (stem := stem_of(part))]
