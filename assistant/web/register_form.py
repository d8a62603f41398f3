"""The filters of the register as a form: what each offers, what is set, what an address asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from assistant.knowledge import OFFENCES
from assistant.obligations import ACTORS, Filters, Side
from assistant.web.interface import Interface
from assistant.web.names import Names
from assistant.web.reading.texts import Texts
from assistant.web.register_shown import address
from index.annotations import Level
from index.register import ALL_OFFENCES, Measure

__all__ = ["Chip", "asked_filters", "chips_of", "choices_of"]


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set: what it is called, its value in words, and the page without it."""

    filter: str
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


def choices_of(texts: Texts, names: Names) -> dict[str, Mapping[str, str]]:
    """The values of each filter and their words, by the name of the filter.

    ``sides`` and ``actors`` are the two groups of values of the filter ``actor``.
    """
    every = {ALL_OFFENCES: names.interface.text("register.every_offence")}
    return {
        "level": {level: _capital(names.level(level)) for level in Level},
        "chapter": {
            str(chapter.number): f"{chapter.roman}: {texts.chapter_title(chapter.number).text}"
            for chapter in texts.digest.chapters
        },
        "sides": {side: names.side(side) for side in Side if side is not Side.NOBODY},
        "actors": {actor: _capital(names.actor(actor)) for actor in ACTORS if actor != "n/a"},
        "measure": {measure: _capital(names.measure(measure)) for measure in Measure},
        "offence": {f"art-{number}": _titled(number, texts, names) for number in OFFENCES} | every,
    }


def chips_of(
    filters: Filters, choices: Mapping[str, Mapping[str, str]], interface: Interface
) -> list[Chip]:
    """The filters that are set, each with a way to do without it."""
    return [
        Chip(
            filter=name,
            name=interface.text(f"register.filter.{name}"),
            value=_told(name, value, choices),
            url=address(_without(filters, name)),
        )
        for name, value in filters.given().items()
    ]


def _titled(number: int, texts: Texts, names: Names) -> str:
    return f"{names.article(number)}: {texts.title(number).text}"


def _without(filters: Filters, name: str) -> Filters:
    changed: dict[str, Any] = {name: None}
    return replace(filters, **changed)


def _told(name: str, value: str, choices: Mapping[str, Mapping[str, str]]) -> str:
    if name == "actor":
        return {**choices["actors"], **choices["sides"]}.get(value, value)
    return choices.get(name, {}).get(value, value)


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
