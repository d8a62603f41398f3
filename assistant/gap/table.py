"""A gap reading as a table for a terminal, as CSV and as JSON."""

from __future__ import annotations

import csv
import io
import json
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from assistant.exports.comma_separated import guarded
from assistant.gap.finding import Finding, GapReading, Passage, Sureness
from prompts import fixed_text

__all__ = ["FORMATS", "as_csv", "as_json", "as_table"]

WIDTH = 100
LONGEST_QUOTE = 280
"""Letters of a quote in the table; CSV and JSON have the whole."""

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
NOTHING = "nothing found"


def as_table(reading: GapReading) -> str:
    """For people: each duty, the passages that appear to address it, and why."""
    return "\n".join([*_opening(reading), *(line for f in reading.findings for line in _rows(f))])


def _opening(reading: GapReading) -> Iterator[str]:
    bill = reading.bill
    pages = f", {bill.pages} pages" if bill.pages else ""
    provisions = f"{len(bill.sections)} provisions"
    yield f"{bill.name} ({bill.format}{pages}, {provisions}, sha256 {bill.sha256})"
    likely, possibly = reading.count(Sureness.LIKELY), reading.count(Sureness.POSSIBLE)
    yield (
        f"{len(reading.findings)} obligations and options: text was found that likely addresses "
        f"{likely} of them, and that possibly addresses {possibly}; for {reading.count(None)} "
        "nothing was found."
    )
    yield from textwrap.wrap(fixed_text("gap/notice"), WIDTH)


def _rows(finding: Finding) -> Iterator[str]:
    duty = finding.duty
    yield ""
    yield f"{duty.label}: {duty.heading} ({duty.level})"
    if not finding.passages:
        yield f"  {NOTHING}"
    for passage in finding.passages:
        yield from _passage(passage)


def _passage(passage: Passage) -> Iterator[str]:
    yield f"  {passage.sureness}: {_place(passage)}"
    quote = textwrap.shorten(passage.quote, LONGEST_QUOTE, placeholder=" …")
    yield from textwrap.wrap(f'"{quote}"', WIDTH, initial_indent="    ", subsequent_indent="    ")
    missing = f"; not seen in it: {', '.join(passage.missing)}" if passage.missing else ""
    why = f"why: {'; '.join(passage.why) or 'words and meaning'}{missing}"
    yield from textwrap.wrap(why, WIDTH, initial_indent="    ", subsequent_indent="    ")


def _place(passage: Passage) -> str:
    section = passage.section
    heading = f" ({section.heading})" if section.heading else ""
    return section.pinpoint + heading + (f", page {section.page}" if section.page else "")


def as_csv(reading: GapReading) -> str:
    """A row for each passage, or for each duty without one; cells are safe to open in a sheet."""
    sheet = io.StringIO()
    rows = csv.writer(sheet, lineterminator="\r\n")
    rows.writerow(HEADER)
    for finding in reading.findings:
        for passage in finding.passages or (None,):
            cells = _cells(finding, passage)
            rows.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in cells])
    return sheet.getvalue()


def _cells(finding: Finding, passage: Passage | None) -> Iterator[object]:
    duty = finding.duty
    yield from (duty.label, duty.id, duty.heading, duty.level, duty.measure)
    if passage is None:
        yield NOTHING
        yield from [""] * (len(HEADER) - 6)
        return
    section = passage.section
    yield from (f"{passage.sureness}: text found that appears to address it", section.pinpoint)
    yield from (section.heading, section.page or "", passage.quote, passage.start, passage.end)
    yield from (passage.score, "; ".join(passage.why), "; ".join(passage.missing))


def as_json(reading: GapReading) -> str:
    """Everything, with offsets into the text of the bill as it was read."""
    bill = reading.bill
    return json.dumps(
        {
            "notice": fixed_text("gap/notice"),
            "bill": {
                "name": bill.name,
                "format": bill.format,
                "pages": bill.pages,
                "provisions": len(bill.sections),
                "sha256": bill.sha256,
            },
            "findings": [_finding(finding) for finding in reading.findings],
        },
        ensure_ascii=False,
        indent=2,
    )


def _finding(finding: Finding) -> Mapping[str, Any]:
    duty = finding.duty
    return {
        "duty_id": duty.id,
        "label": duty.label,
        "about": duty.heading,
        "level": str(duty.level),
        "measure": duty.measure,
        "sureness": str(finding.sureness) if finding.sureness else NOTHING,
        "passages": [_as_mapping(passage) for passage in finding.passages],
    }


def _as_mapping(passage: Passage) -> Mapping[str, Any]:
    section = passage.section
    return {
        "section": section.id,
        "pinpoint": section.pinpoint,
        "heading": section.heading,
        "page": section.page,
        "quote": passage.quote,
        "start": passage.start,
        "end": passage.end,
        "sureness": str(passage.sureness),
        "score": passage.score,
        "why": list(passage.why),
        "not_seen": list(passage.missing),
    }


FORMATS = {"table": as_table, "csv": as_csv, "json": as_json}
"""How a reading can be written."""
