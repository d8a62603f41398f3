"""The register as CSV: UTF-8 with a byte order mark, every cell quoted and guarded.

A spreadsheet takes a cell that begins with ``=`` and the like for a formula, and may run it. Such
a cell gets an apostrophe before it; ``unguarded`` takes it off again, so that nothing is lost.
"""

from __future__ import annotations

import codecs
import csv
import io
import re

from assistant.exports import Content
from assistant.exports.columns import cells, headings

__all__ = ["guarded", "unguarded", "write"]

_RISKY = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠|%])")
"""The beginning of a cell that a spreadsheet may run, or that looks as if it had been guarded."""


def guarded(cell: str) -> str:
    """The cell, with an apostrophe before it where it might be run."""
    return f"'{cell}" if _RISKY.match(cell) else cell


def unguarded(cell: str) -> str:
    """The cell as it was before ``guarded``."""
    return cell[1:] if cell.startswith("'") and _RISKY.match(cell[1:]) else cell


def write(content: Content) -> bytes:
    """The register with its assessments as a CSV file."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(map(guarded, headings(content.assessments)))
    for row in cells(content.register, content.assessments):
        writer.writerow(map(guarded, row))
    return codecs.BOM_UTF8 + text.getvalue().encode()
