"""Assessments filled in by hand: read back with nothing lost, or refused by row and column."""

import csv
import io
import json
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from assistant import assessment_files
from assistant.assessment import Assessment, Assessments, Standing, progress
from assistant.assessment_files import open_assessments, read_assessments
from assistant.exports import Content, export
from assistant.obligations import Filters
from index.errors import BadAssessment

DAY = date(2026, 11, 29)
FILLED = Assessments(
    {
        one.id: one
        for one in (
            Assessment("art-7/para-1", Standing.IN_PLACE, "Penal Code, s. 5", "fine", "Ministry"),
            Assessment("art-7/para-2#2", Standing.NOT_APPLICABLE, comment="=1+1", date="2027"),
            Assessment(
                "art-11/para-3#1", None, "'=x", 'one\ntwo, "three"; four', date="2026-02-28"
            ),
            Assessment("art-19/para-1", Standing.PLANNED, assistance="-drafting", body="é—中"),
            Assessment(
                "art-21/para-1", Standing.PARTLY, others=(("Desk", "@4"), ("Öffentlich", "x"))
            ),
        )
    }
)


@pytest.fixture(scope="module")
def content(register, knowledge):
    rows = register.filtered(Filters(chapter=2))
    return Content(rows, FILLED, knowledge.convention, DAY)


@pytest.fixture(scope="module")
def spreadsheet(content):
    return export("xlsx", content)


def edited(spreadsheet: bytes, edit) -> bytes:
    book = load_workbook(io.BytesIO(spreadsheet))
    edit(book["Obligations"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def column(sheet, heading: str) -> int:
    return [cell.value for cell in sheet[1]].index(heading) + 1


def refused(content: bytes, register) -> str:
    with pytest.raises(BadAssessment) as caught:
        read_assessments("filled.xlsx", content, register)
    message = str(caught.value)
    assert message.startswith("The assessment in filled.xlsx cannot be read: ")
    assert "\n" not in message and message.endswith(".")
    return message


@pytest.mark.parametrize("name", ["xlsx", "csv", "json"])
def test_what_was_filled_in_is_read_back_with_nothing_lost(name, content, register):
    assert read_assessments("filled", export(name, content), register) == FILLED


@pytest.mark.parametrize("first", ["xlsx", "csv", "json"])
@pytest.mark.parametrize("second", ["xlsx", "csv", "json"])
def test_one_format_can_be_turned_into_another(first, second, content, register, knowledge):
    read = read_assessments("filled", export(first, content), register)
    again = Content(content.register, read, knowledge.convention, DAY)
    assert read_assessments("filled", export(second, again), register) == FILLED


WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=30
).map(str.strip)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(WORDS, min_size=4, max_size=4))
@pytest.mark.parametrize("name", ["xlsx", "csv", "json"])
def test_any_words_come_back(name, register, knowledge, words):
    rows = register.filtered(Filters(offence="art-7", level="optional element"))
    own = Assessment("art-7/para-2#1", Standing.PARTLY, *words[:3], assistance=words[3])
    given_ = Assessments({own.id: own})
    written = export(name, Content(rows, given_, knowledge.convention, DAY))
    assert read_assessments("filled", written, register) == given_


def test_columns_may_be_moved_and_dropped_where_they_are_ours(content, register):
    rows = list(csv.reader(io.StringIO(export("csv", content).decode("utf-8-sig"), newline="")))
    dropped = rows[0].index("Text")
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(
        [[*row[dropped + 1 :], *row[:dropped]] for row in rows]
    )
    assert read_assessments("filled", text.getvalue().encode(), register) == FILLED


def test_a_csv_saved_as_unicode_text_by_a_spreadsheet_is_read(content, register):
    rows = list(csv.reader(io.StringIO(export("csv", content).decode("utf-8-sig"), newline="")))
    text = io.StringIO()
    csv.writer(text, delimiter="\t").writerows(rows)
    assert read_assessments("filled", text.getvalue().encode("utf-16"), register) == FILLED


def test_rows_may_be_dropped_sorted_and_have_titles_above_them(spreadsheet, register):
    def edit(sheet):
        sheet.delete_rows(30, 40)
        sheet.insert_rows(1, 2)
        sheet["A1"] = "Our ministry's list"

    read = read_assessments("filled", edited(spreadsheet, edit), register)
    assert read["art-7/para-1"] == FILLED["art-7/para-1"]


def test_days_and_years_typed_into_a_spreadsheet_are_dates(spreadsheet, register):
    def edit(sheet):
        sheet.cell(2, column(sheet, "Date")).value = datetime(2027, 5, 1)
        sheet.cell(3, column(sheet, "Date")).value = 2028
        sheet.cell(2, column(sheet, "Status")).value = " In  Place "

    read = read_assessments("filled", edited(spreadsheet, edit), register)
    assert [read[i].date for i in ("art-7/para-1", "art-7/para-2#1")] == ["2027-05-01", "2028"]
    assert read["art-7/para-1"].status is Standing.IN_PLACE


@pytest.mark.parametrize(
    ("heading", "value", "told"),
    [
        ("Id", "art-99", "row 3 has the id 'art-99', which the register does not have"),
        ("Id", "art-7/para-1", "row 3 has the id 'art-7/para-1', which row 2 has too"),
        ("Status", "yes", "row 3, column 'Status': 'yes' is no status; choose one of in place"),
        ("Date", "soon", "row 3, column 'Date': 'soon' is no date; write 2027-03-31"),
        ("Date", "2027-02-30", "row 3, column 'Date': '2027-02-30' is no date"),
        ("Comment", "=A1", "row 3 has a formula in column"),
    ],
)
def test_a_cell_that_does_not_fit_is_named_by_row_and_column(
    spreadsheet, register, heading, value, told
):
    def edit(sheet):
        sheet.cell(3, column(sheet, heading)).value = value

    assert told in refused(edited(spreadsheet, edit), register)


def test_every_row_that_does_not_fit_is_named(spreadsheet, register):
    def edit(sheet):
        for row in (3, 4, 5):
            sheet.cell(row, column(sheet, "Status")).value = "?"

    message = refused(edited(spreadsheet, edit), register)
    assert all(f"row {row}, column 'Status'" in message for row in (3, 4, 5))


def test_words_in_a_row_without_an_id_are_not_dropped_in_silence(spreadsheet, register):
    def edit(sheet):
        sheet.cell(3, 1).value = None
        sheet.cell(3, column(sheet, "Comment")).value = "keep me"

    assert "row 3 has 'keep me' but no id" in refused(edited(spreadsheet, edit), register)


def test_a_missing_column_is_named(spreadsheet, register):
    def edit(sheet):
        sheet.delete_cols(column(sheet, "Responsible body"))

    assert "row 1, with the headings, lacks 'Responsible body'" in refused(
        edited(spreadsheet, edit), register
    )


def test_a_spreadsheet_without_ids_is_told_what_to_give(spreadsheet, register):
    assert "has a column 'Id'" in refused(
        edited(spreadsheet, lambda sheet: sheet.delete_cols(1)), register
    )


def test_words_in_a_column_without_a_heading_are_not_dropped_in_silence(spreadsheet, register):
    def edit(sheet):
        sheet.cell(4, sheet.max_column + 2).value = "aside"

    assert "row 4 has 'aside' in a column without a heading" in refused(
        edited(spreadsheet, edit), register
    )


def test_a_cell_longer_than_a_spreadsheet_holds_is_named(content, register):
    rows = json.loads(export("json", content))
    rows["obligations"][0]["assessment"]["comment"] = "x" * 33_000
    message = refused(json.dumps(rows).encode(), register)
    assert "entry 1 (art-7/para-1), column 'Comment': it has 33000 characters" in message


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda row: row.pop("id"), "entry 1 has no 'id'"),
        (lambda row: row.pop("assessment"), "entry 1 (art-7/para-1) has no 'assessment'"),
        (lambda row: row["assessment"].pop("comment"), "without 'comment'"),
        (lambda row: row["assessment"].update(comment=7), "'Comment' has to be words"),
        (lambda row: row["assessment"].update(others={"Text": "x"}), "'Text' among 'others'"),
        (lambda row: row.update(assessment="in place"), "an 'assessment' without fields"),
        (lambda row: row["assessment"].update(comment="a\x00b"), "a control character"),
    ],
)
def test_json_that_does_not_fit_is_named_by_its_entry(content, register, change, told):
    values = json.loads(export("json", content))
    change(values["obligations"][0])
    assert told in refused(json.dumps(values).encode(), register)


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b"0" * 210_000_000)
    return file.getvalue()


def zipped(name: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr(name, "<x/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (lambda: b"", "is empty"),
        (lambda: b"%PDF-1.7 ...", "is a PDF"),
        (lambda: bytes.fromhex("d0cf11e0a1b11ae1") + b"x", "protected by a password"),
        (lambda: b"PK\x03\x04 cut short", "damaged"),
        (lambda: zipped("word/document.xml"), "no XLSX spreadsheet"),
        (lambda: zipped("xl/workbook.xml"), "damaged"),
        (bomb, "unpacks to more"),
        (lambda: b'{"obligations": [', "the JSON is damaged in line 1"),
        (lambda: b"[" * 100_000, "the JSON is damaged"),
        (lambda: b"{}", "has no list 'obligations'"),
        (lambda: "Id;Stätus\n".encode("latin-1"), "row 1 is not UTF-8"),
        (lambda: b'Id,"Status\n', "damaged"),
        (lambda: b"a,b\n1,2\n", "has a column 'Id'"),
        (lambda: b"\x89PNG\r\n\x1a\n", "is not UTF-8"),
    ],
)
def test_a_file_that_is_no_register_is_refused_in_one_sentence(register, made, told):
    assert told in refused(made(), register)


def test_a_spreadsheet_cut_short_is_damaged(spreadsheet, register):
    assert "damaged" in refused(spreadsheet[: len(spreadsheet) // 2], register)


def test_a_spreadsheet_with_a_changed_part_is_damaged(spreadsheet, register):
    changed = bytearray(spreadsheet)
    place = spreadsheet.find(b"xl/worksheets/sheet1.xml") + 500
    changed[place : place + 50] = bytes(50)
    assert "damaged" in refused(bytes(changed), register)


def test_a_file_of_too_many_bytes_or_rows_is_refused(register, tmp_path, monkeypatch):
    monkeypatch.setattr(assessment_files, "MAX_BYTES", 1000)
    file = tmp_path / "huge.csv"
    file.write_bytes(b"x" * 2000)
    with pytest.raises(BadAssessment, match="has more than 0 MB"):
        open_assessments(str(file), register)
    monkeypatch.undo()
    monkeypatch.setattr(assessment_files, "MAX_ROWS", 3)
    book = Workbook()
    for _ in range(9):
        book.active.append(["x"])
    made = io.BytesIO()
    book.save(made)
    assert "more than 3 rows" in refused(made.getvalue(), register)


def repacked(spreadsheet: bytes, change) -> bytes:
    """The spreadsheet with its first sheet changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(spreadsheet)) as old, zipfile.ZipFile(file, "w") as new:
        for member in old.infolist():
            content = old.read(member)
            if member.filename == "xl/worksheets/sheet1.xml":
                content = change(content)
            new.writestr(member, content)
    return file.getvalue()


def test_a_spreadsheet_with_entities_is_refused(spreadsheet, register):
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    made = repacked(spreadsheet, lambda sheet: laughs + sheet)
    assert "damaged" in refused(made, register)


def test_a_spreadsheet_as_wide_as_can_be_is_refused(spreadsheet, register):
    def edit(sheet):
        sheet.cell(2, 16_384).value = "far"

    assert "row 2 has more than 500 columns" in refused(edited(spreadsheet, edit), register)


@pytest.mark.parametrize("name", ["none.xlsx", ".", "a\0b"])
def test_a_file_that_cannot_be_opened_is_told(register, tmp_path, name):
    with pytest.raises(BadAssessment, match="cannot be opened"):
        open_assessments(str(tmp_path / name), register)


@pytest.mark.parametrize("name", ["csv", "json"])
def test_a_file_of_another_version_of_the_text_is_told(name, content, register):
    told: list[str] = []
    written = export(name, content)
    read_assessments("filled", written, register, say=told.append)
    assert told == []
    other = written.replace(register.edition.text_sha256[:12].encode(), b"0123456789ab")
    assert read_assessments("filled", other, register, say=told.append) == FILLED
    assert told == [
        "filled was exported from another version of the text: check its rows against it."
    ]


def test_progress_counts_what_a_state_can_assess_by_chapter(register):
    parts = {part.chapter: part for part in progress(register, FILLED)}
    assert list(parts) == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    chapter = parts[2]
    assert chapter.counts == {standing: 1 for standing in Standing} | {Standing.NOT_IN_PLACE: 0}
    assert chapter.open == chapter.total - 4
    assert parts[8].total < sum(row.chapter == 8 for row in register.rows)
