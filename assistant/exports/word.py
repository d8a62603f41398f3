"""The register as DOCX: a heading and a table for each chapter, what it stands on at the end."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from itertools import groupby
from typing import TYPE_CHECKING

from assistant.assessment import Assessment
from assistant.exports import Content
from assistant.exports.about import about
from assistant.obligations import Obligation

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Row

__all__ = ["fill_row", "lay_on_side", "repeat_head", "write", "write_pairs"]

_WIDTHS = (3.2, 9.0, 3.2, 3.2, 6.4)
"""Centimetres of the columns, on a page on its side."""


def write(content: Content) -> bytes:
    """The register with its assessments as a DOCX file."""
    from docx import Document

    document = Document()
    document.core_properties.title, document.core_properties.author = "Register of obligations", ""
    document.core_properties.created = datetime.combine(content.day, time())
    lay_on_side(document)
    document.add_heading("Register of obligations", 0)
    for number, rows in groupby(content.register.rows, key=lambda row: row.chapter):
        chapter = content.convention.chapter(number)
        document.add_heading(f"Chapter {chapter.roman}: {chapter.title}", 1)
        _fill(document.add_table(1, len(_WIDTHS)), list(rows), content)
    document.add_heading("About", 1)
    write_pairs(document, about(content))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def write_pairs(document: Document, pairs: Iterable[tuple[str, str]]) -> None:
    """Add a paragraph for each pair of a name and a value."""
    for name, value in pairs:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{name}: ").bold = True
        paragraph.add_run(value)


def lay_on_side(document: Document) -> None:
    """Lay the page on its side, with narrow margins."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = Cm(2.0)


def _fill(table: Table, rows: list[Obligation], content: Content) -> None:
    table.style = "Table Grid"
    heads = ["Provision", "Text", "Level", "Addressee", "In our State"]
    fill_row(table.rows[0], heads, _WIDTHS, bold=True)
    repeat_head(table)
    for row in rows:
        own = content.assessments[row.id]
        told = f"{row.text}\nNote: {row.note}" if row.note else row.text
        provision = f"{row.label}\n{row.title}"
        added: _Row = table.add_row()  # type: ignore[no-untyped-call]
        fill_row(added, [provision, told, row.level, row.actor, _own(own)], _WIDTHS)


def repeat_head(table: Table) -> None:
    """Repeat the first row of a table on every page."""
    from docx.oxml import OxmlElement

    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def fill_row(
    row: _Row, texts: Sequence[str], widths: Sequence[float], *, bold: bool = False
) -> None:
    """Write the cells of a row in small letters; ``widths`` are in centimetres."""
    from docx.shared import Cm, Pt

    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = Cm(width)
        run = cell.paragraphs[0].add_run(text)
        run.font.size, run.bold = Pt(8), bold


def _own(own: Assessment) -> str:
    """What the State has written down, a line each."""
    parts = {
        "": own.status or "",
        "Law: ": own.provision,
        "Body: ": own.body,
        "By: ": own.date,
        "Needs: ": own.assistance,
        "Comment: ": own.comment,
    }
    lines = [f"{name}{value}" for name, value in parts.items() if value]
    return "\n".join([*lines, *(f"{name}: {value}" for name, value in own.others)])
