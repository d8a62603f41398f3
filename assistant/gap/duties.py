"""What a State has to do or may do, provision by provision, as gap reading looks for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.knowledge import Knowledge
from index.annotations import Level
from index.convention import Provision

__all__ = ["Duty", "duties_of"]

LEVELS = frozenset(
    {
        Level.MANDATORY,
        Level.CONSIDER,
        Level.OPTIONAL,
        Level.OPTIONAL_ELEMENT,
        Level.RESERVATION,
        Level.SAFEGUARD,
        Level.PROHIBITION,
    }
)
ACTORS = (
    "State Party",
    "States Parties",
    "requested State",
    "receiving State",
    "transferring State",
    "central authority",
)
"""Who acts where a national law is to provide for it; a requesting State follows practice."""

CHAPTERS = range(1, 8)
"""Chapters VIII and IX are about the Conference and the treaty itself."""

_MEASURES = (
    (range(7, 18), "criminalise"),
    (range(18, 22), "liability and sanctions"),
    (range(22, 23), "jurisdiction"),
    (range(23, 25), "safeguard"),
    (range(25, 31), "power"),
    (range(31, 33), "assets and records"),
    (range(33, 35), "protect"),
    (range(35, 53), "cooperate"),
    (range(53, 54), "prevent"),
    (range(54, 57), "assist"),
)


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that the Convention asks of a State or leaves to it.

    Attributes:
        id: id of its provision; ``label`` the same for people.
        text: what the provision says when it is read alone.
        measure: the kind of measure it calls for; ``level`` its level of obligation.
        own: the words of the provision itself, without the opening words above it.
        heading: what it is about, in a few words; ``title`` the title of its article.
        words: everyday words for it.
        chapter: number of its chapter.
    """

    id: str
    label: str
    text: str
    measure: str
    level: Level
    own: str = ""
    heading: str = ""
    title: str = ""
    words: tuple[str, ...] = ()
    chapter: int = 0

    @property
    def article(self) -> str:
        """Id of its article."""
        return self.id.partition("/")[0]


def duties_of(knowledge: Knowledge, chapter: int | None = None) -> tuple[Duty, ...]:
    """Every duty that a national law may serve, in the order of the Convention.

    ``chapter`` keeps those of one chapter; raises ``UnknownProvision`` where there is none.
    """
    if chapter is not None:
        knowledge.convention.chapter(chapter)
    return tuple(
        duty
        for provision in knowledge.convention.provisions()
        for duty in _duty(knowledge, provision)
        if chapter in (None, duty.chapter)
    )


def _duty(knowledge: Knowledge, provision: Provision) -> Iterator[Duty]:
    convention, annotation = knowledge.convention, knowledge.annotations[provision.id]
    chapter = convention.chapter_of(provision)
    leaf = not convention.children(provision)
    if not leaf or chapter not in CHAPTERS or annotation.level not in LEVELS:
        return
    if not annotation.actor.startswith(ACTORS):
        return
    yield Duty(
        id=provision.id,
        label=provision.label,
        text=convention.reading(provision),
        measure=_measure(provision),
        level=annotation.level,
        own=provision.text,
        heading=annotation.heading,
        title=convention.title_of(provision),
        words=annotation.words,
        chapter=chapter,
    )


def _measure(provision: Provision) -> str:
    number = int(provision.id.partition("/")[0].removeprefix("art-"))
    return next((measure for articles, measure in _MEASURES if number in articles), "general")
