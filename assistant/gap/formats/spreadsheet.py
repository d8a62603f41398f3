"""A gap reading as XLSX: frozen header, filters, an About sheet."""

from __future__ import annotations

import io
from datetime import datetime, time
from typing import TYPE_CHECKING

from assistant.exports.spreadsheet import ABOUT, style_head, write_pairs, write_row
from assistant.gap.formats import Report
from assistant.gap.formats.about import about
from assistant.gap.formats.columns import HEADER, WIDTHS, rows

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["SHEET", "write"]

SHEET = "Gap reading"


def write(report: Report) -> bytes:
    """The reading as an XLSX file."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.created = book.properties.modified = datetime.combine(report.day, time())
    book.properties.creator, book.properties.title = "", SHEET
    sheet: Worksheet = book.worksheets[0]
    sheet.title = SHEET
    _fill(sheet, report)
    write_pairs(book.create_sheet(ABOUT), about(report))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(sheet: Worksheet, report: Report) -> None:
    from openpyxl.styles import Alignment
    from openpyxl.utils import get_column_letter

    write_row(sheet, 1, [name.capitalize() for name in HEADER])
    for number, row in enumerate(rows(report.reading), start=2):
        write_row(sheet, number, row)
    for row_of_cells in sheet.iter_rows(min_row=2):
        for cell in row_of_cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for position, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(position)].width = width
    style_head(sheet)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
