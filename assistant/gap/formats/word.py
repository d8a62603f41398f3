"""A gap reading as DOCX: a heading and a table for each chapter, what it stands on first."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import datetime, time
from itertools import groupby
from typing import TYPE_CHECKING

from assistant.exports.word import fill_row, lay_on_side, repeat_head, write_pairs
from assistant.gap.finding import Finding, Passage
from assistant.gap.formats import Report
from assistant.gap.formats.about import about
from assistant.gap.formats.columns import NOTHING, listed, place
from index.numerals import roman

if TYPE_CHECKING:
    from docx.table import Table, _Row

__all__ = ["write"]

_TITLE = "Gap reading"
_HEAD = ("Provision", "Level", "Text found that appears to address it")
_WIDTHS = (6.5, 3.5, 15.5)
"""Centimetres of the columns, on a page on its side."""


def write(report: Report) -> bytes:
    """The reading as a DOCX file."""
    from docx import Document

    document = Document()
    document.core_properties.title, document.core_properties.author = _TITLE, ""
    document.core_properties.created = datetime.combine(report.day, time())
    lay_on_side(document)
    document.add_heading(_TITLE, 0)
    write_pairs(document, about(report))
    for chapter, findings in groupby(report.reading.findings, key=lambda one: one.duty.chapter):
        document.add_heading(f"Chapter {roman(chapter).upper()}", 1)
        _fill(document.add_table(1, len(_WIDTHS)), list(findings))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _fill(table: Table, findings: Sequence[Finding]) -> None:
    table.style = "Table Grid"
    fill_row(table.rows[0], _HEAD, _WIDTHS, bold=True)
    repeat_head(table)
    for finding in findings:
        duty = finding.duty
        found = "\n".join(line for passage in finding.passages for line in _lines(passage))
        added: _Row = table.add_row()  # type: ignore[no-untyped-call]
        cells = (f"{duty.label}\n{duty.heading}", listed(duty.levels), found or NOTHING)
        fill_row(added, cells, _WIDTHS)


def _lines(passage: Passage) -> Iterator[str]:
    yield f"{passage.sureness}: {place(passage)}"
    yield f"“{passage.quote}”"
    missing = f"; not seen in it: {', '.join(passage.missing)}" if passage.missing else ""
    yield f"Why: {'; '.join(passage.why) or 'words and meaning'}{missing}"
