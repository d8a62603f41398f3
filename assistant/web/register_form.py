"""The filters of the register as a form: what each offers, what is set, what an address asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from assistant.knowledge import OFFENCES, Knowledge
from assistant.obligations import ACTORS, Filters, Side
from assistant.web.register_shown import address
from index.annotations import Level
from index.register import ALL_OFFENCES, Measure

__all__ = ["Chip", "asked_filters", "chips_of", "choices_of"]

_NAMES: Mapping[str, str] = {
    "level": "Level",
    "chapter": "Chapter",
    "actor": "Who",
    "measure": "Kind of measure",
    "offence": "Offence",
    "words": "Words",
}
"""The filters as people call them."""

_SIDES: Mapping[Side, str] = {
    Side.STATE: "A State Party, outside a request",
    Side.REQUESTING: "The requesting State",
    Side.REQUESTED: "The requested State",
    Side.TRANSFERRING: "The transferring State",
    Side.RECEIVING: "The receiving State",
    Side.JOINING: "A State that is not yet a party",
    Side.ORGANIZATION: "An organization of States",
    Side.INSTITUTION: "A body of the treaty",
}


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set, its value in words, and the page without it."""

    name: str
    value: str
    url: str


def asked_filters(
    level: str = "",
    chapter: str = "",
    actor: str = "",
    measure: str = "",
    offence: str = "",
    words: str = "",
) -> Filters:
    """The filters that the query of an address names; empty ones are not set."""
    asked = (level, chapter, actor, measure, offence, words)
    return Filters(*(value.strip() or None for value in asked))


def choices_of(knowledge: Knowledge) -> dict[str, Mapping[str, str]]:
    """The values of each filter and their words, by the name of the filter.

    ``sides`` and ``actors`` are the two groups of values of the filter ``actor``.
    """
    convention = knowledge.convention
    titled = {n: convention.title_of(convention.article(n).provisions[0]) for n in OFFENCES}
    return {
        "level": {level: _capital(level) for level in Level},
        "chapter": {str(c.number): f"{c.roman}: {c.title}" for c in convention.chapters},
        "sides": {side: words for side, words in _SIDES.items()},
        "actors": {actor: _capital(actor) for actor in ACTORS if actor != "n/a"},
        "measure": {measure: _capital(measure) for measure in Measure},
        "offence": {f"art-{n}": f"Article {n}: {title}" for n, title in titled.items()}
        | {ALL_OFFENCES: "Every offence"},
    }


def chips_of(filters: Filters, choices: Mapping[str, Mapping[str, str]]) -> list[Chip]:
    """The filters that are set, each with a way to do without it."""
    return [
        Chip(_NAMES[name], _told(name, value, choices), address(_without(filters, name)))
        for name, value in filters.given().items()
    ]


def _without(filters: Filters, name: str) -> Filters:
    changed: dict[str, Any] = {name: None}
    return replace(filters, **changed)


def _told(name: str, value: str, choices: Mapping[str, Mapping[str, str]]) -> str:
    if name == "actor":
        return {**choices["actors"], **choices["sides"]}.get(value, value)
    return choices.get(name, {}).get(value, value)


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
