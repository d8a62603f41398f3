"""Sets a model bill as parliaments publish one: as a PDF with running heads, and in Word."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from fpdf import FPDF

BILLS = Path(__file__).parent / "bills"


def lines_of(name: str) -> list[str]:
    """The lines of a model bill, headings with their ``#``."""
    text = (BILLS / f"{name}.md").read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip()]


class _Gazette(FPDF):
    def header(self) -> None:
        self.set_font("Times", size=8)
        self.cell(0, 6, "Cybercrime Bill, as introduced", new_x="LMARGIN", new_y="NEXT", align="C")

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font("Times", size=8)
        self.cell(0, 6, str(self.page_no()), align="C")


def pdf_of(lines: list[str], *, password: str = "") -> bytes:
    """The lines as a PDF in A4, headings bold, with a running head and page numbers."""
    pdf = _Gazette()
    pdf.set_margins(25, 25)
    pdf.set_auto_page_break(True, margin=25)
    if password:
        pdf.set_encryption(owner_password=password, user_password=password)
    pdf.add_page()
    for line in lines:
        heading = line.startswith("#")
        pdf.set_font("Times", style="B" if heading else "", size=11)
        words = line.strip("# ").encode("latin-1", "replace").decode("latin-1")
        pdf.multi_cell(0, 5.5, words, new_x="LMARGIN", new_y="NEXT")
        pdf.ln(2.5)
    return bytes(pdf.output())


_LEVEL = (
    '<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
    '<w:lvlText w:val="{text}"/></w:lvl>'
)
_DRAWN = (("decimal", "%1."), ("decimal", "(%2)"), ("lowerLetter", "(%3)"))
_LEVELS = (r"(\d+)\. ", r"\((\d+)\) ", r"\(([a-z])\) ")


def docx_of(lines: list[str], *, numbered: bool = False) -> bytes:
    """The lines as a Word document; ``numbered`` leaves the numbers to Word's own lists."""
    document = docx.Document()
    if numbered:
        _add_list(document)
    for line in lines:
        words, level = line.strip("# "), None
        if numbered:
            words, level = _without_number(words)
        paragraph = document.add_paragraph(words, style="Heading 2" if line[0] == "#" else None)
        if level is not None:
            _number(paragraph, level)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def _without_number(words: str) -> tuple[str, int | None]:
    for level, form in enumerate(_LEVELS):
        if found := re.match(form, words):
            return words[found.end() :], level
    return words, None


def _add_list(document: docx.document.Document) -> None:
    numbering = document.part.numbering_part.element
    levels = "".join(
        _LEVEL.format(depth=depth, form=form, text=text)
        for depth, (form, text) in enumerate(_DRAWN)
    )
    opening = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">'
    numbering.insert(0, parse_xml(f"{opening}{levels}</w:abstractNum>"))
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>')
    )


def _number(paragraph: docx.text.paragraph.Paragraph, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr()
    number = OxmlElement("w:numPr")
    for name, value in (("w:ilvl", level), ("w:numId", 77)):
        element = OxmlElement(name)
        element.set(qn("w:val"), str(value))
        number.append(element)
    properties.append(number)
