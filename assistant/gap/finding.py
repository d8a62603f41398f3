"""Gap reading: for each duty, the passages of a bill that appear to address it, or none.

A figure between 0 and 1 is learnt from model bills whose coverage is known (``measure``): how near
passage and duty are in meaning and words, seen from the bill and seen from the Convention, and
which legal elements they share. It orders passages and parts likely from possible; it is no
probability that a bill complies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from assistant.gap.bill import Bill, Section
from assistant.gap.duties import Duty
from assistant.gap.duty_vectors import DutyVectors, encode_duties
from assistant.gap.evidence import COLUMNS, Evidence, gather
from index.encoder import Encoder

__all__ = ["Finding", "GapReading", "Passage", "Sureness", "find", "scores"]

WEIGHTS = {
    "nearness": 0.85,
    "best of the bill": 2.94,
    "best of the Convention": 4.21,
    "words": 3.11,
    "words of the duty": 3.4,
    "words of its own": 1.42,
    "elements": 2.02,
    "elements of its own": 1.48,
    "elements of the passage": 0.87,
    "cooperation against a passage at home": -1.78,
    "left to the State": -0.93,
}
"""Of a logistic regression over two model bills and a law of another field (``tests/bills``)."""
INTERCEPT = -9.36

LIKELY = 0.6
POSSIBLE = 0.3

MOST_PASSAGES = 3
"""Passages shown for one duty."""
NEAR_BEST = 0.35
"""How far a further passage may lie below the best one."""
MOST_ELEMENTS = 5
MOST_MISSING = 4


class Sureness(StrEnum):
    """How sure it is that a passage addresses a duty."""

    LIKELY = "likely"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of the bill that appears to address a duty.

    Attributes:
        section: the provision of the bill; its pinpoint and page are there.
        quote: its exact words; ``start`` and ``end`` where they stand in the text of the bill.
        sureness: how sure it is; ``score`` the figure behind it.
        why: what speaks for it.
        missing: elements of the duty that were not seen in it.
    """

    section: Section
    quote: str
    sureness: Sureness
    score: float
    why: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def start(self) -> int:
        """Where the quote begins in the text of the bill, in characters."""
        return self.section.start

    @property
    def end(self) -> int:
        """Where the quote ends in the text of the bill, in characters."""
        return self.section.end


@dataclass(frozen=True, slots=True)
class Finding:
    """A duty with the passages that appear to address it, best first; () where none was found."""

    duty: Duty
    passages: tuple[Passage, ...]

    @property
    def duty_id(self) -> str:
        """Id of the provision of the Convention."""
        return self.duty.id

    @property
    def sureness(self) -> Sureness | None:
        """How sure the best passage is; None where nothing was found."""
        return self.passages[0].sureness if self.passages else None


@dataclass(frozen=True)
class GapReading:
    """A bill held against the duties of the Convention, in the order of the Convention."""

    bill: Bill
    findings: tuple[Finding, ...]

    def count(self, sureness: Sureness | None) -> int:
        """How many duties have a best passage of that sureness; None counts those without."""
        return sum(finding.sureness is sureness for finding in self.findings)


def find(
    bill: Bill,
    duties: Sequence[Duty],
    encoder: Encoder,
    *,
    among: Sequence[Duty] | None = None,
    vectors: DutyVectors | None = None,
    progress: Callable[[float], None] = lambda done: None,
) -> GapReading:
    """Read a bill for these duties.

    Args:
        bill: the bill or law.
        duties: what to look for.
        encoder: the sentence encoder.
        among: all duties of the Convention, which a passage may address instead of one looked
            for; ``duties`` themselves by default.
        vectors: the vectors of ``among``, where they are at hand.
        progress: hears the part that is done, from 0 to 1.
    """
    every = among or duties
    vectors = vectors or encode_duties(every, encoder)
    evidence = gather(every, vectors, bill, encoder, progress=progress)
    figures = scores(evidence)
    wanted = {duty.id for duty in duties}
    return GapReading(
        bill,
        tuple(
            Finding(duty, tuple(_passages(evidence, figures[row], row, bill)))
            for row, duty in enumerate(evidence.duties)
            if duty.id in wanted
        ),
    )


def scores(evidence: Evidence) -> NDArray[np.float32]:
    """The figure of every pair, from 0 to 1, shape (duties, sections)."""
    weights = np.array([WEIGHTS[column] for column in COLUMNS], dtype=np.float32)
    figures: NDArray[np.float32] = 1 / (1 + np.exp(-(evidence.figures @ weights + INTERCEPT)))
    return figures


def _passages(
    evidence: Evidence, figures: NDArray[np.float32], row: int, bill: Bill
) -> Iterator[Passage]:
    for column in _chosen(evidence.sections, figures):
        section, score = evidence.sections[column], float(figures[column])
        yield Passage(
            section=section,
            quote=bill.quote(section),
            sureness=Sureness.LIKELY if score >= LIKELY else Sureness.POSSIBLE,
            score=round(score, 2),
            why=tuple(_reasons(evidence, row, column)),
            missing=_missing(evidence, row, column),
        )


def _chosen(sections: Sequence[Section], figures: NDArray[np.float32]) -> list[int]:
    """The best passages, none of them inside another."""
    chosen: list[int] = []
    least = max(POSSIBLE, float(figures.max(initial=0.0)) - NEAR_BEST)
    for column in np.argsort(-figures, kind="stable").tolist():
        if figures[column] < least or len(chosen) == MOST_PASSAGES:
            break
        if not any(_overlap(sections[column], sections[other]) for other in chosen):
            chosen.append(column)
    return chosen


def _overlap(one: Section, other: Section) -> bool:
    return one.start < other.end and other.start < one.end


def _reasons(evidence: Evidence, row: int, column: int) -> Iterator[str]:
    shared = evidence.wanted[row] & evidence.had[column]
    if shared:
        yield "both speak of " + _listed(_telling(evidence, shared)[:MOST_ELEMENTS])
    figure = dict(zip(COLUMNS, evidence.figures[row, column].tolist(), strict=True))
    if figure["best of the bill"] >= 0:
        yield "nothing in the bill is nearer in meaning"
    if figure["best of the Convention"] > 0:
        yield "nearer to this article than to any other"
    if figure["words"] >= 1:
        yield "it shares the most words of all passages"


def _missing(evidence: Evidence, row: int, column: int) -> tuple[str, ...]:
    absent = (evidence.wanted[row] & evidence.distinct[row]) - evidence.had[column]
    return tuple(_telling(evidence, absent)[:MOST_MISSING])


def _telling(evidence: Evidence, names: frozenset[str]) -> list[str]:
    return sorted(names, key=lambda name: (-evidence.rarity.get(name, 0.0), name))


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
