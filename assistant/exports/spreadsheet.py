"""The register as XLSX: frozen header, filters, a list to choose a status from, an About sheet."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
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

__all__ = ["ABOUT", "SHEET", "style_head", "write", "write_pairs", "write_row"]

SHEET, ABOUT = "Obligations", "About"
_SHADES = {"head": "1F3A5F", "user": "FFF8E1"}
LONGEST_CELL = 32_767
"""Characters that a cell may have in this format."""
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""Characters that this format cannot hold."""
_OWN_WIDTH = 24
"""Width of the columns that the user has added."""


def write(content: Content) -> bytes:
    """The register with its assessments as an XLSX file."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.created = book.properties.modified = datetime.combine(content.day, time())
    book.properties.creator, book.properties.title = "", "Register of obligations"
    _obligations(_first_sheet(book), content)
    write_pairs(book.create_sheet(ABOUT), about(content))
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
    write_row(sheet, 1, names)
    for number, row in enumerate(cells(content.register, content.assessments), start=2):
        write_row(sheet, number, row)
    last = len(content.register.rows) + 1
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(names))}{last}"
    for place in range(1, len(names) + 1):
        width = COLUMNS[place - 1].width if place <= len(COLUMNS) else _OWN_WIDTH
        sheet.column_dimensions[get_column_letter(place)].width = width
    _style(sheet, last)
    _offer_statuses(sheet, get_column_letter(names.index(STATUS) + 1), last)


def write_row(sheet: Worksheet, number: int, row: Iterable[str | float]) -> None:
    """Write the cells of a row, empty ones left out: words as words, figures as figures."""
    for place, value in enumerate(row, start=1):
        if isinstance(value, str):
            _write(sheet.cell(number, place), value)
        else:
            sheet.cell(number, place).value = value


def _write(cell: Cell | MergedCell, text: str) -> None:
    """Write words, never a formula, and keep them words when the cell is edited."""
    text = _CONTROLS.sub("", text)[:LONGEST_CELL]
    if not text:
        return
    cell.value = text
    cell.data_type = "s"
    if text[0] in "=+-@":
        cell.quotePrefix = True


def _style(sheet: Worksheet, last: int) -> None:
    from openpyxl.styles import Alignment, PatternFill

    top = Alignment(wrap_text=True, vertical="top")
    user = PatternFill("solid", fgColor=_SHADES["user"])
    users = {place for place, column in enumerate(COLUMNS, start=1) if column.is_users}
    for row in sheet.iter_rows(min_row=2, max_row=last):
        for place, cell in enumerate(row, start=1):
            cell.alignment = top
            if place in users or place > len(COLUMNS):
                cell.fill = user
    style_head(sheet)


def style_head(sheet: Worksheet) -> None:
    """Set the first row of a sheet off from the rows below it."""
    from openpyxl.styles import Alignment, Font, PatternFill

    for cell in sheet[1]:
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=_SHADES["head"])
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _offer_statuses(sheet: Worksheet, letter: str, last: int) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    offered = DataValidation(type="list", formula1=f'"{",".join(Standing)}"', allow_blank=True)
    offered.errorTitle = "Status"
    offered.error = f"Choose one of: {', '.join(Standing)}."
    offered.showErrorMessage = True
    offered.add(f"{letter}2:{letter}{last}")
    sheet.add_data_validation(offered)


def write_pairs(sheet: Worksheet, pairs: Iterable[tuple[str, str]]) -> None:
    """Fill a sheet with pairs of a name and a value."""
    from openpyxl.styles import Alignment, Font

    for number, pair in enumerate(pairs, start=1):
        write_row(sheet, number, pair)
        sheet.cell(number, 1).font = Font(bold=True)
        sheet.cell(number, 2).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 26, 90
