"""The columns of a gap reading as a table: the same in CSV, XLSX and DOCX."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.gap.finding import Finding, GapReading, Passage

__all__ = ["HEADER", "NOTHING", "WIDTHS", "listed", "place", "rows"]

HEADER = (
    "provision",
    "id",
    "about",
    "level",
    "measure",
    "result",
    "passage",
    "heading",
    "page",
    "quote",
    "start",
    "end",
    "score",
    "why",
    "not seen in it",
)
WIDTHS = (26, 18, 34, 20, 18, 30, 30, 26, 7, 80, 8, 8, 8, 44, 36)
"""How wide each column is in a spreadsheet, in characters."""

NOTHING = "nothing found"


def listed(words: Iterable[str]) -> str:
    """The words in a row."""
    return "; ".join(words)


def place(passage: Passage) -> str:
    """Where a passage stands in its bill, for people."""
    section = passage.section
    heading = f" ({section.heading})" if section.heading else ""
    return section.pinpoint + heading + (f", page {section.page}" if section.page else "")


def rows(reading: GapReading) -> Iterator[list[str | int | float]]:
    """The cells below ``HEADER``: a row for each passage, or for each duty without one."""
    for finding in reading.findings:
        for passage in finding.passages or (None,):
            yield list(_cells(finding, passage))


def _cells(finding: Finding, passage: Passage | None) -> Iterator[str | int | float]:
    duty = finding.duty
    yield from (duty.label, duty.id, duty.heading, listed(duty.levels), listed(duty.measures))
    if passage is None:
        yield NOTHING
        yield from [""] * (len(HEADER) - 6)
        return
    section = passage.section
    yield from (f"{passage.sureness}: text found that appears to address it", section.pinpoint)
    yield from (section.heading, section.page or "", passage.quote, passage.start, passage.end)
    yield from (passage.score, listed(passage.why), listed(passage.missing))
