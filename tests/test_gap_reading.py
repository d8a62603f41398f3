"""Reading a bill out of its file: formats, pages, and files that cannot be read."""

import io
import zipfile

import docx
import pytest
from docx.oxml import OxmlElement
from fpdf import FPDF
from pypdf import PdfReader

from assistant.gap import open_bill, read_bill
from index.errors import (
    BadSource,
    DamagedDocument,
    EmptyDocument,
    EncryptedDocument,
    NoSections,
    OversizedDocument,
    ScannedDocument,
    UnknownFormat,
)
from tests.bill_files import BILLS, docx_of, lines_of, pdf_of


def described(data: bytes) -> list[tuple[str, str, str, str]]:
    bill = read_bill(data, name="bill")
    return [(s.id, s.heading, s.text, bill.quote(s)) for s in bill.sections]


@pytest.mark.parametrize("name", ["act", "ordinance"])
@pytest.mark.parametrize("format", ["PDF", "DOCX", "DOCX with Word's own numbers", "HTML"])
def test_every_format_of_a_bill_has_the_same_provisions(name, format):
    lines = lines_of(name)
    data = {
        "PDF": lambda: pdf_of(lines),
        "DOCX": lambda: docx_of(lines),
        "DOCX with Word's own numbers": lambda: docx_of(lines, numbered=True),
        "HTML": lambda: page_of(lines),
    }[format]()
    assert described(data) == described((BILLS / f"{name}.md").read_bytes())


def page_of(lines: list[str]) -> bytes:
    parts = (
        f"<h2>{line.strip('# ')}</h2>" if line.startswith("#") else f"<p>{line}</p>"
        for line in lines
    )
    return f"<!doctype html><html><body>{''.join(parts)}</body></html>".encode()


def test_each_provision_of_a_pdf_knows_its_page():
    data = pdf_of(lines_of("act"))
    shown = ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(data)).pages]
    bill = read_bill(data, name="act.pdf")
    assert bill.pages == len(shown) > 5
    for section in bill.sections:
        if not section.items:
            begins = "".join(section.text.split())[:25]
            assert section.page is not None and begins in shown[section.page - 1], section.id


def test_form_feeds_part_the_pages_of_a_text():
    bill = read_bill(b"1. Access. Nobody enters.\f2. Tapping. Nobody taps.", name="x")
    assert [section.page for section in bill.sections] == [1, 2] and bill.pages == 2


def test_word_s_noted_page_breaks_give_pages():
    document = docx.Document()
    document.add_paragraph("1. Access. Nobody enters.")
    run = document.add_paragraph().add_run()
    run._r.append(OxmlElement("w:lastRenderedPageBreak"))
    run.add_text("2. Tapping. Nobody taps.")
    assert [section.page for section in read_bill(saved(document), name="x").sections] == [1, 2]


def test_tracked_insertions_are_read_and_deletions_are_not():
    document = docx.Document()
    paragraph = document.add_paragraph("1. Access. Nobody ")
    for tag, text_tag, words in (("w:ins", "w:t", "enters."), ("w:del", "w:delText", "leaves.")):
        change, run, text = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(text_tag)
        text.text = words
        run.append(text)
        change.append(run)
        paragraph._p.append(change)
    assert read_bill(saved(document), name="x").sections[0].text == "Nobody enters."


def saved(document: docx.document.Document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def blank_pdf() -> bytes:
    pdf = FPDF()
    pdf.add_page()
    pdf.rect(10, 10, 50, 50)
    return bytes(pdf.output())


def archive(name: str, content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "error", "said"),
    [
        (b" \n ", EmptyDocument, "is empty"),
        (b"Dear Sir, thank you.", NoSections, "no numbered sections"),
        (bytes(range(256)) * 8, UnknownFormat, "neither a PDF"),
        (pytest.param(blank_pdf, ScannedDocument, "only pictures", id="scanned")),
        (pytest.param(lambda: pdf_of(["1. A b."], password="x"), EncryptedDocument, "locked")),
        (pytest.param(lambda: pdf_of(["1. A b."])[:700], DamagedDocument, "damaged")),
        (pytest.param(lambda: docx_of(["1. A b."])[:900], DamagedDocument, "damaged")),
        (pytest.param(lambda: archive("a.txt", b"x"), UnknownFormat, "not a Word document")),
        (pytest.param(lambda: archive("word/document.xml", b"x"), DamagedDocument, "damaged")),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), EncryptedDocument, "password"),
        (
            pytest.param(
                lambda: archive("word/document.xml", bytes(120_000_000)), OversizedDocument, "large"
            )
        ),
        (pytest.param(lambda: docx_of([]), EmptyDocument, "no text")),
        (
            pytest.param(
                lambda: "\n\n".join(
                    f"{n}. Nobody may do the act number {n}." for n in range(1, 6_500)
                ).encode(),
                OversizedDocument,
                "more than the 6,000",
            )
        ),
    ],
)
def test_a_file_that_is_no_bill_is_refused_in_one_sentence(data, error, said):
    with pytest.raises(error, match=said) as raised:
        read_bill(data if isinstance(data, bytes) else data(), name="bill.pdf")
    assert "\n" not in str(raised.value) and "treaty" not in str(raised.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(BadSource, match=r"nothing\.pdf cannot be read"):
        open_bill(str(tmp_path / "nothing.pdf"))
    with pytest.raises(BadSource, match="cannot be read"):
        open_bill(str(tmp_path))
