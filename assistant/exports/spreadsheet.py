"""The register as XLSX: frozen header, filters, a list to choose a status from, an About sheet."""

from __future__ import annotations

import io
from datetime import datetime, time
from typing import TYPE_CHECKING

from assistant.assessment import Standing
from assistant.exports import Content
from assistant.exports.about import about
from assistant.exports.columns import COLUMNS, STATUS, cells, headings

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["ABOUT", "SHEET", "write"]

SHEET, ABOUT = "Obligations", "About"
_SHADES = {"head": "1F3A5F", "user": "FFF8E1"}
_OWN_WIDTH = 24
"""Width of the columns that the user has added."""


def write(content: Content) -> bytes:
    """The register with its assessments as an XLSX file."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.created = book.properties.modified = datetime.combine(content.day, time())
    book.properties.creator, book.properties.title = "", "Register of obligations"
    _obligations(_first_sheet(book), content)
    _about(book.create_sheet(ABOUT), content)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _first_sheet(book: Workbook) -> Worksheet:
    sheet: Worksheet = book.worksheets[0]
    sheet.title = SHEET
    return sheet


def _obligations(sheet: Worksheet, content: Content) -> None:
    from openpyxl.utils import get_column_letter

    names = headings(content.assessments)
    _write_row(sheet, 1, names)
    for number, row in enumerate(cells(content.register, content.assessments), start=2):
        _write_row(sheet, number, row)
    last = len(content.register.rows) + 1
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(names))}{last}"
    for place in range(1, len(names) + 1):
        width = COLUMNS[place - 1].width if place <= len(COLUMNS) else _OWN_WIDTH
        sheet.column_dimensions[get_column_letter(place)].width = width
    _style(sheet, last)
    _offer_statuses(sheet, get_column_letter(names.index(STATUS) + 1), last)


def _write_row(sheet: Worksheet, number: int, row: list[str]) -> None:
    for place, text in enumerate(row, start=1):
        if text:
            _write(sheet.cell(number, place), text)


def _write(cell: Cell | MergedCell, text: str) -> None:
    """Write words, never a formula, and keep them words when the cell is edited."""
    cell.value = text
    cell.data_type = "s"
    if text[0] in "=+-@":
        cell.quotePrefix = True


def _style(sheet: Worksheet, last: int) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    top = Alignment(wrap_text=True, vertical="top")
    user = PatternFill("solid", fgColor=_SHADES["user"])
    users = {place for place, column in enumerate(COLUMNS, start=1) if column.is_users}
    for row in sheet.iter_rows(min_row=2, max_row=last):
        for place, cell in enumerate(row, start=1):
            cell.alignment = top
            if place in users or place > len(COLUMNS):
                cell.fill = user
    for cell in sheet[1]:
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=_SHADES["head"])
        cell.alignment = top


def _offer_statuses(sheet: Worksheet, letter: str, last: int) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    offered = DataValidation(type="list", formula1=f'"{",".join(Standing)}"', allow_blank=True)
    offered.errorTitle = "Status"
    offered.error = f"Choose one of: {', '.join(Standing)}."
    offered.showErrorMessage = True
    offered.add(f"{letter}2:{letter}{last}")
    sheet.add_data_validation(offered)


def _about(sheet: Worksheet, content: Content) -> None:
    from openpyxl.styles import Alignment, Font

    for number, pair in enumerate(about(content), start=1):
        _write_row(sheet, number, list(pair))
        sheet.cell(number, 1).font = Font(bold=True)
        sheet.cell(number, 2).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 26, 90
