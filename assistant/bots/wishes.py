"""Whether a customer asks for a person, in the languages of ``wishes.yaml``. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

__all__ = ["LANGUAGES", "asks_for_person"]

LANGUAGES = ("en", "fr", "es", "pt", "de", "ru", "vi", "zh", "ar")
"""Languages that there are words for, by ISO 639-1 code."""

_MOST_WORDS = 40
"""Longer messages tell of something, and are answered."""


@dataclass(frozen=True, slots=True)
class _Wishes:
    alone: frozenset[str]
    anywhere: tuple[str, ...]
    asking: re.Pattern[str] | None


def asks_for_person(text: str) -> bool:
    """Whether the message asks to be answered by a person."""
    said = _plain(text)
    if not said or len(said.split()) > _MOST_WORDS:
        return False
    return any(_fits(said, wishes) for wishes in _all_wishes())


def _fits(said: str, wishes: _Wishes) -> bool:
    return (
        said in wishes.alone
        or any(_has(said, phrase) for phrase in wishes.anywhere)
        or (wishes.asking is not None and wishes.asking.match(said) is not None)
    )


def _has(said: str, phrase: str) -> bool:
    """Whether the phrase occurs as whole words; Chinese writes none apart."""
    return f" {phrase} " in f" {said} " if phrase.isascii() or " " in phrase else phrase in said


def _plain(text: str) -> str:
    """Small letters and digits, with one blank for all that stands between them."""
    small = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.findall(r"[\w\u0300-\u036f\u064b-\u0652]+", small.replace("_", " ")))


@cache
def _all_wishes() -> tuple[_Wishes, ...]:
    written = files(__package__).joinpath("wishes.yaml").read_text(encoding="utf-8")
    read: Mapping[str, Mapping[str, Sequence[str]]] = yaml.load(
        written,
        Loader=yaml.BaseLoader,  # every word is text, "no" and "on" too
    )
    return tuple(_wishes(read[language]) for language in LANGUAGES)


def _wishes(written: Mapping[str, Sequence[str]]) -> _Wishes:
    return _Wishes(
        frozenset(_plain(phrase) for phrase in written.get("alone", ())),
        tuple(_plain(phrase) for phrase in written.get("anywhere", ())),
        _asking(written) if "asks" in written else None,
    )


def _asking(written: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    before, asks, between, person, after = (
        _either(written[part]) for part in ("before", "asks", "between", "person", "after")
    )
    return re.compile(rf"(?:{before} )*+{asks}(?: {between})*? {person}(?:$| {after}(?: |$))")


def _either(phrases: Sequence[str]) -> str:
    """A pattern for any of the phrases, the longest first."""
    longest_first = sorted(phrases, key=len, reverse=True)
    return f"(?:{'|'.join(_phrase(phrase) for phrase in longest_first)})"


def _phrase(phrase: str) -> str:
    """``connect me|us`` as a pattern."""
    words = (word.split("|") for word in phrase.split())
    return " ".join(f"(?:{'|'.join(map(_plain, word))})" for word in words)
