"""A gap reading as files."""

import csv
import io
import json
from datetime import date

import docx
import openpyxl
import pytest

from assistant.gap import FORMATS, Report, duties_of, find, read_bill, write
from assistant.gap.formats.columns import HEADER
from index.errors import BadInput

BILL = """
1. Unauthorised access. A person who intentionally and without right accesses the whole or any
part of a computer system commits an offence.

2. =Preservation. A police officer may order a person to preserve stored computer data for up to
ninety days <b>without</b> delay.
"""


@pytest.fixture(scope="module")
def report(register, knowledge, encoder):
    articles = ("art-7", "art-23", "art-25", "art-38")
    duties = [duty for duty in duties_of(register, knowledge) if duty.article in articles]
    reading = find(read_bill(BILL.encode(), name="=bill.txt"), duties, encoder)
    return Report(reading, register.edition, date(2030, 1, 31))


def rows_of_csv(report):
    return list(csv.reader(io.StringIO(write("csv", report).decode("utf-8-sig"))))


def sheets_of(report):
    return openpyxl.load_workbook(io.BytesIO(write("xlsx", report)))


def words_of_document(report):
    document = docx.Document(io.BytesIO(write("docx", report)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_every_format_speaks_of_text_found_and_never_of_compliance(report):
    sheet = " ".join(str(cell) for row in sheets_of(report).worksheets[0].values for cell in row)
    plain = [write(name, report).decode() for name in ("table", "csv", "json")]
    for told in (*plain, sheet, words_of_document(report)):
        assert "appear" in told and "nothing found" in told
        assert "complies" not in told and "compliant" not in told


def test_the_csv_has_a_row_for_each_passage_and_each_duty_without_one(report):
    rows = rows_of_csv(report)
    assert rows[0] == list(HEADER)
    assert len(rows) == 1 + sum(len(one.passages) or 1 for one in report.reading.findings)


def test_no_cell_of_a_bill_is_run_as_a_formula(report):
    quotes = [row[HEADER.index("quote")] for row in rows_of_csv(report)]
    assert any(quote.startswith("'=Preservation") for quote in quotes)
    cells = [cell for row in sheets_of(report).worksheets[0].iter_rows() for cell in row]
    risky = [cell for cell in cells if str(cell.value).startswith("=")]
    assert risky and all(cell.data_type == "s" and cell.quotePrefix for cell in risky)


def test_the_sheet_has_the_same_cells_as_the_csv(report):
    sheet = list(sheets_of(report).worksheets[0].values)
    assert len(sheet) == len(rows_of_csv(report))
    assert [row[1] for row in sheet[1:]] == [row[1] for row in rows_of_csv(report)[1:]]


def test_the_sheet_keeps_its_header_in_view_and_can_be_filtered(report):
    sheet = sheets_of(report).worksheets[0]
    assert sheet.freeze_panes == "B2" and sheet.auto_filter.ref == sheet.dimensions


def test_sheet_and_document_say_which_bill_which_text_which_day(report):
    about = dict(sheets_of(report)["About"].values)
    assert about["Bill"] == "=bill.txt" and about["Read on"] == "2030-01-31"
    assert about["SHA-256 of the bill"] == report.reading.bill.sha256
    assert about["SHA-256 of the text"] == report.edition.text_sha256
    told = words_of_document(report)
    for value in (*about.values(), report.reading.bill.sha256):
        assert value in told
    assert "no finding of compliance" in told


def test_a_file_made_twice_on_one_day_is_the_same(report):
    for name in ("table", "csv", "json"):
        assert write(name, report) == write(name, report)


def test_the_json_names_levels_actors_and_rows_of_the_register(report, register):
    findings = json.loads(write("json", report))["findings"]
    by_id = {one["duty_id"]: one for one in findings}
    reservation = by_id["art-23/para-3/a"]
    assert reservation["levels"] == ["reservation", "prohibition", "obligation to consider"]
    assert reservation["actors"] == ["State Party"] and reservation["measures"] == ["power"]
    assert all(row in register.by_id for one in findings for row in one["rows"])


def test_every_format_begins_as_its_kind_does(report):
    begins = {"csv": b"\xef\xbb\xbfprovision,", "json": b"{", "xlsx": b"PK", "docx": b"PK"}
    for name in FORMATS:
        assert write(name, report).startswith(begins.get(name, b"=bill.txt (plain text"))


def test_a_format_that_there_is_not_is_refused(report):
    with pytest.raises(BadInput, match="no format 'akn': there are table"):
        write("akn", report)
