"""A gap reading as CSV: UTF-8 with a byte order mark, cells safe to open in a spreadsheet."""

from __future__ import annotations

import codecs
import csv
import io

from assistant.exports.comma_separated import guarded
from assistant.gap.formats import Report
from assistant.gap.formats.columns import HEADER, rows

__all__ = ["write"]


def write(report: Report) -> bytes:
    """The reading as a CSV file."""
    text = io.StringIO()
    sheet = csv.writer(text, lineterminator="\r\n")
    sheet.writerow(HEADER)
    for row in rows(report.reading):
        sheet.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])
    return codecs.BOM_UTF8 + text.getvalue().encode()
