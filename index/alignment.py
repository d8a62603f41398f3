"""Finds provisions of ours that say what another number of the official text says.

The digest was written without sight of the official text, so a paragraph too many or too few
would shift all that follow it: the same number, other words. Two texts in the same language show
it by the words that they share.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.convention import Convention, Provision

__all__ = ["Shift", "shifts"]

ALIKE = 0.4
"""How alike two provisions are when one restates the other: between 0.4 and 0.9 in the sister
treaties that the Convention reuses, below 0.3 for any others."""
CLEARLY = 0.5
"""How alike the same number may still be, beside the better one, for a shift to be clear."""

_WORD = re.compile(r"[a-z]{4,}")
_STEM = 6


@dataclass(frozen=True, slots=True)
class Shift:
    """A provision of ours whose words stand under another number of the official text."""

    ours: Provision
    theirs: Provision


def shifts(theirs: Convention, ours: Convention) -> tuple[Shift, ...]:
    """Every shift between two texts in the same language, in the order of ours."""
    return tuple(_Comparison(theirs, ours).shifts())


class _Comparison:
    """The words of both texts, each weighed by how rare it is in ours."""

    def __init__(self, theirs: Convention, ours: Convention) -> None:
        self.theirs = theirs
        self.ours = ours
        counts = Counter(word for p in ours.provisions() for word in _stems(p.text))
        total = 1 + sum(1 for _ in ours.provisions())
        self.weights: Mapping[str, float] = {
            word: math.log(total / count) ** 2 for word, count in counts.items()
        }
        self.rarest = math.log(total) ** 2

    def shifts(self) -> Iterator[Shift]:
        for parent in self.ours.provisions():
            if parent.id in self.theirs:
                own = self.ours.children(parent)
                yield from self._among(own, self.theirs.children(self.theirs[parent.id]))

    def _among(self, own: Sequence[Provision], other: Sequence[Provision]) -> Iterator[Shift]:
        """Shifts among the parts of one provision."""
        sets = {p.id: frozenset(_stems(" ".join(_below(self.theirs, p)))) for p in other}
        for provision in own:
            words = frozenset(_stems(" ".join(_below(self.ours, provision))))
            scores = {p.id: self._likeness(words, sets[p.id]) for p in other}
            best = max(scores, key=lambda name: scores[name], default=provision.id)
            if best != provision.id and self._clear(scores[best], scores.get(provision.id, 0.0)):
                yield Shift(provision, self.theirs[best])

    @staticmethod
    def _clear(best: float, same: float) -> bool:
        return best >= ALIKE and same <= CLEARLY * best

    def _likeness(self, one: frozenset[str], other: frozenset[str]) -> float:
        norm = math.sqrt(self._weight(one) * self._weight(other))
        return self._weight(one & other) / norm if norm else 0.0

    def _weight(self, words: frozenset[str]) -> float:
        return sum(self.weights.get(word, self.rarest) for word in words)


def _below(convention: Convention, provision: Provision) -> Iterator[str]:
    yield provision.text
    for child in convention.children(provision):
        yield from _below(convention, child)
    yield provision.closing


def _stems(text: str) -> Iterator[str]:
    return (word[:_STEM] for word in _WORD.findall(text.lower()))
