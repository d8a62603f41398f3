"""A gap reading as plain text for a terminal: each duty, the passages found for it, and why."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from assistant.gap.finding import Finding, Passage
from assistant.gap.formats import Report
from assistant.gap.formats.about import counted
from assistant.gap.formats.columns import NOTHING, listed, place
from prompts import fixed_text

__all__ = ["write"]

WIDTH = 100
LONGEST_QUOTE = 280
"""Letters of a quote here; the other formats have the whole."""


def write(report: Report) -> bytes:
    """The reading as lines of text."""
    rows = (line for finding in report.reading.findings for line in _rows(finding))
    return ("\n".join([*_opening(report), *rows]) + "\n").encode()


def _opening(report: Report) -> Iterator[str]:
    bill = report.reading.bill
    pages = f", {bill.pages} pages" if bill.pages else ""
    provisions = f"{len(bill.sections)} provisions"
    yield f"{bill.name} ({bill.format}{pages}, {provisions}, sha256 {bill.sha256})"
    yield counted(report)
    yield from textwrap.wrap(fixed_text("gap/notice"), WIDTH)


def _rows(finding: Finding) -> Iterator[str]:
    duty = finding.duty
    yield ""
    yield f"{duty.label}: {duty.heading} ({listed(duty.levels)})"
    if not finding.passages:
        yield f"  {NOTHING}"
    for passage in finding.passages:
        yield from _passage(passage)


def _passage(passage: Passage) -> Iterator[str]:
    yield f"  {passage.sureness}: {place(passage)}"
    quote = textwrap.shorten(passage.quote, LONGEST_QUOTE, placeholder=" …")
    yield from _indented(f'"{quote}"')
    missing = f"; not seen in it: {', '.join(passage.missing)}" if passage.missing else ""
    yield from _indented(f"why: {'; '.join(passage.why) or 'words and meaning'}{missing}")


def _indented(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent="    ", subsequent_indent="    ")
