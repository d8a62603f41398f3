"""The register of obligations over HTTP."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from docx import Document
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

from assistant.assessment import Assessments
from assistant.exports import FORMATS, Content, export
from assistant.exports.plain_json import schema
from assistant.obligations import Filters


def test_the_json_is_the_export_and_fits_the_published_schema(web, register, knowledge):
    response = web.get("/api/obligations")
    assert response.headers["content-type"] == "application/json"
    today = datetime.now(UTC).date()
    content = Content(register, Assessments(), knowledge.convention, today)
    assert response.content == export("json", content)
    published = web.get("/api/obligations.schema.json")
    assert published.json() == schema()
    assert published.headers["content-type"] == "application/schema+json"
    Draft202012Validator(published.json()).validate(response.json())


@pytest.mark.parametrize(
    "filters",
    [
        {"level": "mandatory", "chapter": "2"},
        {"chapter": "II", "level": "optional"},
        {"offence": "art-7", "measure": "criminalise"},
        {"actor": "institution"},
        {"words": "ninety days"},
        {"level": "", "chapter": "4"},
    ],
)
def test_the_filters_are_those_of_the_command_line(web, register, filters):
    rows = web.get("/api/obligations", params=filters).json()["obligations"]
    assert [row["id"] for row in rows] == [r.id for r in register.filtered(Filters(**filters)).rows]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("level=nope", "There is no level 'nope': there are mandatory,"),
        ("chapter=12", "There is no chapter '12'"),
        ("level=mandatory&chapter=8&measure=criminalise", "No row of the register fits"),
        ("format=pdf", "There is no format 'pdf': there are table, json,"),
        ("format=akn&chapter=2", "akn is the text of the whole Convention"),
        ("words=" + "x" * 201, "The parameter 'words' has too many characters (at most 200)."),
    ],
)
def test_a_filter_or_format_that_cannot_be_is_refused_in_a_sentence(web, query, told):
    response = web.get(f"/api/obligations?{query}")
    assert response.status_code == 422
    assert response.json()["error"]["message"].startswith(told)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_comes_with_its_type_and_a_name(web, name):
    response = web.get(f"/api/obligations?format={name}")
    assert response.status_code == 200
    assert response.headers["content-type"] == FORMATS[name].media_type
    kind, _, file = response.headers["content-disposition"].partition("; filename=")
    assert kind == ("inline" if name in ("json", "table") else "attachment")
    assert file.startswith('"convention.' if name == "akn" else '"obligations.')


def test_the_files_hold_the_rows_that_were_asked_for(web, register):
    asked = "/api/obligations?level=reservation&format="
    ids = [row.id for row in register.filtered(Filters(level="reservation")).rows]
    table = csv.reader(io.StringIO(web.get(f"{asked}csv").content.decode("utf-8-sig")))
    assert [row[0] for row in table][1:] == ids
    sheets = load_workbook(io.BytesIO(web.get(f"{asked}xlsx").content))
    assert sheets.worksheets[0].max_row == len(ids) + 1
    assert Document(io.BytesIO(web.get(f"{asked}docx").content)).paragraphs
    assert f"{len(ids)} rows." in web.get(f"{asked}table").text


def test_an_export_is_written_once_and_named_as_one_whose_bytes_may_differ(web):
    first, second = (web.get("/api/obligations?format=docx&chapter=8") for _ in range(2))
    assert first.content == second.content and first.headers["etag"].startswith('W/"')
    known = {"If-None-Match": first.headers["etag"]}
    again = web.get("/api/obligations?format=docx&chapter=8", headers=known)
    assert again.status_code == 304


def test_the_name_of_a_file_tells_its_filters_in_plain_letters(web):
    def name(**filters: str) -> str:
        response = web.get("/api/obligations", params={"format": "csv", **filters})
        return response.headers["content-disposition"].partition('filename="')[2].rstrip('"')

    assert name(level="mandatory", chapter="2") == "obligations-mandatory-chapter-2.csv"
    assert name(words='State; "Party"') == "obligations-words-state-party.csv"


def test_every_row_can_be_read_at_its_id(web, register):
    for row in register.rows:
        told = web.get(f"/api/obligations/{quote(row.id)}")
        assert told.status_code == 200, row.id
        assert told.json() == json.loads(json.dumps(row.as_json() | {"assessment": None}))


def test_a_provision_with_several_rows_names_them(web):
    response = web.get("/api/obligations/art-25/para-2")
    assert response.status_code == 404
    assert "ask for one of art-25/para-2%231, art-25/para-2%232" in response.text
    assert web.get("/api/obligations/art-25/para-2%232").json()["id"] == "art-25/para-2#2"


def test_a_row_that_does_not_exist_is_told_in_a_sentence(web):
    response = web.get("/api/obligations/art-99")
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "unknown_obligation"
