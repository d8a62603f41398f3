"""How good gap reading is: model bills of which it is known what they cover, and what was found.

A folder holds bills (``act.md``) with their coverage beside them (``act.yaml``): ``covered`` and
``partial`` map ids of the Convention to pinpoints of the bill, ``near_misses`` are pinpoints that
look as if they addressed a duty and do not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.gap.bill import Bill
from assistant.gap.duties import Duty
from assistant.gap.duty_vectors import DutyVectors
from assistant.gap.finding import Finding, GapReading, Sureness, find
from assistant.gap.reading import open_bill
from index.data import read_yaml
from index.encoder import Encoder
from index.errors import BadSource

__all__ = ["Case", "Tally", "measure", "read_cases", "tally"]


@dataclass(frozen=True)
class Case:
    """A model bill with what it covers: ids of the Convention to ids of its provisions."""

    bill: Bill
    covered: Mapping[str, frozenset[str]]
    partial: frozenset[str]
    near_misses: frozenset[str]


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one duty, or of many.

    Attributes:
        found: covered duties for which a right passage is among those found.
        false: duties for which only wrong passages were found.
        missed: covered duties for which no right passage was found.
        right: right passages among those found; ``wrong`` the others.
    """

    found: int = 0
    false: int = 0
    missed: int = 0
    right: int = 0
    wrong: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.found + other.found,
            self.false + other.false,
            self.missed + other.missed,
            self.right + other.right,
            self.wrong + other.wrong,
        )

    @property
    def precision(self) -> float:
        """The share of duties reported as found that are covered there; 1 where none is."""
        return self.found / (self.found + self.false) if self.found + self.false else 1.0

    @property
    def recall(self) -> float:
        """The share of covered duties that were found; 1 where none is covered."""
        return self.found / (self.found + self.missed) if self.found + self.missed else 1.0


def read_cases(folder: Path) -> tuple[Case, ...]:
    """The model bills of a folder; raises ``BadSource`` where there are none."""
    cases = tuple(_case(file) for file in sorted(folder.glob("*.yaml")))
    if not cases:
        raise BadSource(f"The folder {folder} has no model bills: name one with .md and .yaml.")
    return cases


def _case(file: Path) -> Case:
    data = read_yaml(file.read_bytes())
    covered = {**data["covered"], **data["partial"]}
    return Case(
        open_bill(str(file.with_suffix(".md"))),
        {duty: frozenset(places) for duty, places in covered.items()},
        frozenset(data["partial"]),
        frozenset(data["near_misses"]),
    )


def tally(case: Case, finding: Finding, *, only: Sureness | None = None) -> Tally:
    """What was found for one duty, held against what is known; ``only`` keeps one sureness."""
    passages = [p for p in finding.passages if only is None or p.sureness is only]
    places = case.covered.get(finding.duty_id, frozenset())
    right = sum(_fits(case.bill, passage.section.id, places) for passage in passages)
    found, known = bool(right), bool(places)
    return Tally(
        found=int(found),
        false=int(bool(passages) and not found),
        missed=int(known and not found),
        right=right,
        wrong=len(passages) - right,
    )


def _fits(bill: Bill, section_id: str, places: frozenset[str]) -> bool:
    """Whether a provision is one of those places, stands inside one, or is the list of one."""
    inside = any(
        section_id.startswith(place) and section_id[len(place) :][:1] in ("", "(", "¶")
        for place in places
    )
    return inside or bool(places.intersection(bill.by_id[section_id].items))


def measure(
    cases: Sequence[Case],
    duties: Sequence[Duty],
    encoder: Encoder,
    vectors: DutyVectors,
    say: Callable[[str], None],
) -> None:
    """Read every model bill and say precision and recall: per bill, per measure, per duty."""
    readings = [(case, find(case.bill, duties, encoder, vectors=vectors)) for case in cases]
    say(_line("", "precision", "recall", "found", "false", "missed", "passages right"))
    for case, reading in readings:
        for line in _told_of_bill(case, reading):
            say(line)
    say("\nBy kind of measure")
    for kind in dict.fromkeys(kind for duty in duties for kind in duty.measures):
        say(_told(kind, _total(readings, lambda duty, kind=kind: kind in duty.measures)))  # type: ignore[misc]
    say("\nBy obligation (those covered or reported in any of the bills)")
    for duty in duties:
        counts = _total(readings, lambda one, wanted=duty.id: one.id == wanted)  # type: ignore[misc]
        if counts != Tally():
            say(_told(f"{duty.label} {duty.heading}"[:58], counts))


def _told_of_bill(case: Case, reading: GapReading) -> Iterator[str]:
    tallies = [tally(case, finding) for finding in reading.findings]
    yield _told(case.bill.name, sum(tallies, Tally()))
    likely = [tally(case, finding, only=Sureness.LIKELY) for finding in reading.findings]
    yield _told("  likely alone", sum(likely, Tally()))
    partly = [
        t for t, f in zip(tallies, reading.findings, strict=True) if f.duty_id in case.partial
    ]
    yield f"  covered in part: {sum(t.found for t in partly)} of {len(partly)} found"
    tempted = {
        passage.section.id
        for finding in reading.findings
        for passage in finding.passages
        if passage.section.id in case.near_misses
    }
    yield f"  near misses taken: {len(tempted)} of {len(case.near_misses)}"


def _total(readings: Sequence[tuple[Case, GapReading]], wanted: Callable[[Duty], bool]) -> Tally:
    return sum(
        (
            tally(case, finding)
            for case, reading in readings
            for finding in reading.findings
            if wanted(finding.duty)
        ),
        Tally(),
    )


def _told(name: str, counts: Tally) -> str:
    return _line(
        name,
        f"{counts.precision:.0%}",
        f"{counts.recall:.0%}",
        str(counts.found),
        str(counts.false),
        str(counts.missed),
        f"{counts.right} of {counts.right + counts.wrong}",
    )


def _line(name: str, *cells: str) -> str:
    return f"{name:60}" + "".join(f"{cell:>10}" for cell in cells[:-1]) + f"{cells[-1]:>16}"
