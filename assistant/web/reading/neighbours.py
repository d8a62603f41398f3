"""The articles that an article refers to and those that refer to it, drawn as a small map.

The article stands in the middle, those that refer to it before it, those that it refers to behind.
All geometry is made here, so that the page needs no script for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.knowledge import Knowledge
from index.convention import PREAMBLE

__all__ = ["MOST_NODES", "Map", "Neighbours", "Node", "map_of", "neighbours_of"]

MOST_NODES = 14
"""Articles that a map shows around the one in its middle; the others are counted."""

_WIDTH = 280
_NODE = (52, 26)
_STEP = 34
_EDGE = 2


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Numbers of articles: those that one refers to, and those that refer to it."""

    to: tuple[int, ...] = ()
    by: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """An article on a map: the place of its corner and of its middle, and the line to it."""

    number: int
    x: int
    y: int
    line: str = ""

    @property
    def middle(self) -> tuple[int, int]:
        """Where its number stands."""
        return self.x + _NODE[0] // 2, self.y + _NODE[1] // 2


@dataclass(frozen=True, slots=True)
class Map:
    """The map of an article; ``more_to`` and ``more_by`` count those that have no node."""

    centre: Node
    to: tuple[Node, ...]
    by: tuple[Node, ...]
    more_to: int
    more_by: int
    width: int
    height: int
    node: tuple[int, int] = _NODE


def neighbours_of(knowledge: Knowledge) -> Mapping[int, Neighbours]:
    """The neighbours of every article, by its number, in the order of the text."""
    convention = knowledge.convention
    to: defaultdict[int, set[int]] = defaultdict(set)
    by: defaultdict[int, set[int]] = defaultdict(set)
    for provision in convention.provisions():
        for key in knowledge.annotations[provision.id].refers_to:
            other = convention[key].article if key in convention else provision.article
            if PREAMBLE not in (other, provision.article) and other != provision.article:
                to[provision.article].add(other)
                by[other].add(provision.article)
    numbers = [article.number for article in convention.articles]
    return {n: Neighbours(tuple(sorted(to[n])), tuple(sorted(by[n]))) for n in numbers}


def map_of(number: int, around: Neighbours, *, mirrored: bool = False) -> Map | None:
    """The map of an article; None where nothing refers to it or is referred to by it.

    ``mirrored`` is for languages that are read from the right.
    """
    if not around.to and not around.by:
        return None
    shown_to, shown_by = _shares(len(around.to), len(around.by))
    height = max(shown_to, shown_by) * _STEP + _EDGE * 2 - (_STEP - _NODE[1])
    right = _WIDTH - _NODE[0] - _EDGE
    x_to, x_by = (_EDGE, right) if mirrored else (right, _EDGE)
    centre = Node(number, (_WIDTH - _NODE[0]) // 2, (height - _NODE[1]) // 2)
    return Map(
        centre=centre,
        to=_column(around.to[:shown_to], x_to, centre, height),
        by=_column(around.by[:shown_by], x_by, centre, height),
        more_to=len(around.to) - shown_to,
        more_by=len(around.by) - shown_by,
        width=_WIDTH,
        height=height,
    )


def _shares(to: int, by: int) -> tuple[int, int]:
    """How many of each side are shown: half of the places, and what the other side leaves."""
    half = MOST_NODES // 2
    return min(to, max(half, MOST_NODES - by)), min(by, max(half, MOST_NODES - to))


def _column(numbers: Sequence[int], x: int, centre: Node, height: int) -> tuple[Node, ...]:
    top = (height - (len(numbers) * _STEP - (_STEP - _NODE[1]))) // 2
    return tuple(
        Node(number, x, y, _line(x, y, centre))
        for number, y in ((n, top + place * _STEP) for place, n in enumerate(numbers))
    )


def _line(x: int, y: int, centre: Node) -> str:
    """A curve from the side of the middle node to the side of another."""
    is_right = x > centre.x
    start = centre.x + (_NODE[0] if is_right else 0)
    end = x + (0 if is_right else _NODE[0])
    from_y, to_y = centre.middle[1], y + _NODE[1] // 2
    bend = (start + end) // 2
    return f"M{start} {from_y}C{bend} {from_y} {bend} {to_y} {end} {to_y}"
