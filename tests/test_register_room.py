"""The page of the register over HTTP: filters in the address, counts, rows, files."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Mapping

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from assistant.assessment import Assessment, Assessments, Standing
from assistant.assessment_files import MAX_BYTES, kept_values, read_assessments, read_kept
from assistant.exports import FORMATS
from assistant.obligations import Filters, Obligation, Register
from assistant.web.interface import interfaces
from assistant.web.pages import static_files
from assistant.web.reading_room import reading_room
from assistant.web.register_form import asked_filters
from assistant.web.register_room import register_room
from assistant.web.register_shown import address, anchor_of, chart_of
from index.annotations import Level
from index.errors import BadAssessment, BadFilter, NothingFits
from tests.test_reading_room import Reader, in_english

OWN = Assessments(
    {
        one.id: one
        for one in (
            Assessment("art-7/para-1", Standing.IN_PLACE, "Penal Code, s. 5", body="Ministry"),
            Assessment("art-11/para-3#1", Standing.PLANNED, comment="=1+1", date="2027-03"),
            Assessment(
                "art-25/para-2#1", None, "<b>§ 3</b>", others=(("Desk", "@4"), ("Who", "é"))
            ),
        )
    }
)


@pytest.fixture(scope="module")
def client(knowledge, register) -> TestClient:
    app = FastAPI()
    app.include_router(static_files())
    app.include_router(reading_room(knowledge, interfaces()["en"]))
    app.include_router(register_room(knowledge, register, interfaces()["en"]))
    return TestClient(app, follow_redirects=False)


@pytest.fixture(scope="module")
def whole(client) -> str:
    return client.get("/register").text


@pytest.fixture(scope="module")
def read(whole) -> Reader:
    return Reader(whole)


def rows_in(html: str) -> list[str]:
    return re.findall(r'data-row="([^"]+)"', html)


def row_of(html: str, row: Obligation) -> str:
    found = html.split(f'id="{anchor_of(row.id)}" data-row', 1)[1]
    return found.split("</article>", 1)[0]


def body(assessments: Assessments = OWN, **more: object) -> bytes:
    return json.dumps({"version": 1, "assessments": kept_values(assessments)} | more).encode()


# --- rows ----------------------------------------------------------------------------------------


def test_the_page_has_every_row_once_in_the_order_of_the_text(whole, register):
    assert rows_in(whole) == [row.id for row in register.rows]


def test_every_row_has_a_place_of_its_own_and_so_has_every_provision(read, register):
    ids = Counter(read.ids)
    assert set(ids.values()) == {1}
    for row in register.rows:
        assert anchor_of(row.id) in ids and anchor_of(row.provision_id) in ids


def test_a_row_says_what_the_register_says_and_leads_to_its_provision(whole, register):
    for row in register.rows:
        found = Reader(row_of(whole, row))
        assert row.url in found.links
        for words in (row.label[1:], row.heading, row.text, row.level, row.measure, row.note):
            assert " ".join(words.split()) in found.plain, row.id
        for words in (*row.conditions, *row.numbers, *row.terms, row.when):
            assert " ".join(words.split()) in found.plain, row.id


def test_a_row_tells_what_has_to_be_told_to_whom_and_by_when(whole, register):
    for row in register.rows:
        found = Reader(row_of(whole, row)).plain
        assert ("By when" in found) is (row.notify is not None)
        if row.notify:
            assert all(part in found for part in (row.notify.what, row.notify.to, row.notify.by))


def test_references_both_ways_are_links(whole, register, knowledge):
    for row in register.rows:
        links = Reader(row_of(whole, row)).links
        for key in (*row.refers_to, *row.referred_by):
            assert knowledge.convention[key].url in links, (row.id, key)


def test_a_row_compares_with_the_sister_treaties(whole, register):
    wider = Reader(row_of(whole, register.by_id["art-11/para-3#1"])).plain
    assert "Budapest art. 6(3): much the same." in wider
    assert "No counterpart in UNTOC, UNCAC" in wider


def test_only_rows_for_a_state_are_offered_for_assessment(whole, register):
    offered = re.findall(r'data-row="([^"]+)" data-assess', whole)
    assert offered == [row.id for row in register.rows if row.for_assessment]


def test_the_progress_knows_every_row_of_each_chapter(whole, register):
    told = re.findall(r'data-rows="([^"]*)" data-others="([^"]*)"', whole)
    rows, others = (" ".join(part).split() for part in zip(*told, strict=True))
    assert rows == [row.id for row in register.rows if row.for_assessment]
    assert others == [row.id for row in register.rows if not row.for_assessment]


# --- filters -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "filters",
    [
        Filters(level="mandatory"),
        Filters(chapter="2"),
        Filters(actor="requested"),
        Filters(actor="central authority"),
        Filters(measure="criminalise"),
        Filters(offence="art-7"),
        Filters(words="preserve electronic data"),
        Filters(level="optional", chapter="5", actor="requested State Party", words="refuse"),
    ],
)
def test_an_address_shows_the_rows_that_fit_and_what_is_set(client, register, filters):
    response = client.get(address(filters))
    found = register.filtered(filters)
    assert response.status_code == 200
    assert rows_in(response.text) == [row.id for row in found.rows]
    assert f"{len(found.rows)} of {len(register.rows)} clauses" in response.text
    for name, value in filters.given().items():
        assert re.search(
            rf'value="{value}" selected|name="{name}" type="search" value="{value}"', response.text
        ), name


def test_every_filter_that_is_set_can_be_taken_off_by_a_link(client):
    links = Reader(client.get("/register?level=optional&chapter=5").text).links
    assert "/register?chapter=5" in links
    assert "/register?level=optional" in links
    assert "/register" in links


def test_empty_filters_are_no_filters(client, whole):
    names = ("level", "chapter", "actor", "measure", "offence", "words")
    assert client.get("/register?" + "&".join(f"{name}=" for name in names)).text == whole
    assert asked_filters(level="  ") == Filters()


def test_filters_that_nothing_fits_say_what_would_help(client, register):
    filters = Filters(level="optional element", chapter="8")
    with pytest.raises(NothingFits) as caught:
        register.filtered(filters)
    response = client.get(address(filters))
    assert response.status_code == 200
    assert str(caught.value) in Reader(response.text).plain
    assert "/register" in Reader(response.text).links
    assert rows_in(response.text) == []


@pytest.mark.parametrize(
    "filters",
    [
        Filters(level="recommended"),
        Filters(chapter="12"),
        Filters(actor="the police"),
        Filters(measure="<b>"),
        Filters(offence="art-40"),
        Filters(words="the of and"),
    ],
)
def test_a_value_that_is_not_known_is_told_in_a_sentence(client, register, filters):
    with pytest.raises(BadFilter) as caught:
        register.filtered(filters)
    response = client.get(address(filters))
    assert response.status_code == 422
    assert str(caught.value) in Reader(response.text).plain
    assert "<b>" not in response.text


def test_every_choice_of_the_form_is_a_value_that_the_register_knows(whole, client):
    for name in ("level", "chapter", "actor", "measure", "offence"):
        field = whole.split(f'<select id="filter-{name}"', 1)[1].split("</select>", 1)[0]
        values = re.findall(r'<option value="([^"]+)"', field)
        assert values
        for value in values:
            assert client.get("/register", params={name: value}).status_code == 200, value


# --- counts --------------------------------------------------------------------------------------


def test_every_number_of_the_chart_counts_what_its_link_shows(client, register, knowledge):
    filters = Filters(measure="cooperate")
    chart = chart_of(register.filtered(filters), filters, knowledge.convention)
    numbers = [(line.total, line.url) for line in chart.lines]
    numbers += [(column.total, column.url) for column in chart.columns if column.total]
    numbers += [(c.count, c.url) for line in chart.lines for c in line.cells if c.count]
    for count, url in numbers:
        assert len(rows_in(client.get(url).text)) == count, url
    assert sum(line.total for line in chart.lines) == chart.total == 211


def test_the_chart_is_a_table_with_the_published_counts(whole, register):
    table = whole.split("<table>", 1)[1].split("</table>", 1)[0]
    lines = [Reader(line).plain.split() for line in table.split("<tr>")[2:-1]]
    for line, level in zip(lines, Level, strict=True):
        counts = register.counts()[level]
        by_chapter = [str(counts.get(n, 0)) if counts.get(n) else "·0" for n in range(1, 10)]
        assert line == [*level.split(), str(sum(counts.values())), *by_chapter]


def test_the_bars_are_as_long_as_their_numbers_say(whole):
    assert '<svg class="bar" viewBox="0 0 132 1"' in whole
    assert '<rect width="132" height="1"/>' in whole


def test_the_page_says_what_is_counted_and_whose_the_levels_are(read):
    told = read.plain
    assert interfaces()["en"].text("register.counted") in told
    assert "our own reading, not official" in told


# --- the page ------------------------------------------------------------------------------------


def test_no_link_of_the_page_is_broken(read, client):
    pages = {"/": None, "/bill": None}  # these two are other routes
    for link in sorted(set(read.links)):
        target, _, anchor = in_english(link).partition("#")
        if target and target not in pages:
            response = client.get(target)
            assert response.status_code == 200, link
            pages[target] = None if target.startswith("/register") else Reader(response.text)
        found = pages[target] if target else read
        assert not anchor or anchor in found.ids, link


def test_the_page_runs_nothing_of_its_own_and_loads_nothing_from_elsewhere(whole, read, client):
    assert "style" not in read.tags and not read.styled
    assert all(source.startswith("/static-convention/") for source in read.sources)
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", whole, re.DOTALL)
    assert scripts
    for attributes, words in scripts:
        source = re.search(r'src="(/static-convention/[^"]+)"', attributes)
        assert source and words == ""
        assert client.get(source[1]).headers["content-type"].startswith("text/javascript")
    assert not re.search(r"\son\w+=", whole)


def test_the_page_forbids_everything_from_elsewhere(client):
    for path in ("/register", "/register?level=x", "/register/export?format=x"):
        headers = client.get(path).headers
        assert "default-src 'self'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_words_of_the_visitor_stay_words(client):
    response = client.get("/register", params={"words": '"><script>alert(1)</script>'})
    assert "<script>alert" not in response.text


def test_the_page_can_be_checked_without_being_fetched(client):
    assert client.head("/register").status_code == 200
    assert client.get("/register/").text == client.get("/register").text


def test_the_scripts_have_every_sentence_that_they_say(client, whole):
    for name in ("register", "register_entries", "register_files"):
        script = client.get(f"/static-convention/{name}.js").text
        for said in re.findall(r'said\("(\w+)"', script):
            assert f'<p data-name="{said}">' in whole, said


# --- files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
def test_the_register_is_downloaded_in_every_format(client, name):
    response = client.get("/register/export", params={"format": name})
    assert response.status_code == 200
    assert response.headers["content-type"] == FORMATS[name].media_type
    assert re.search(
        r"^attachment; filename=obligations-\d{4}-\d\d-\d\d\.\w+$",
        response.headers["content-disposition"],
    )
    assert response.content


def test_a_download_has_the_rows_of_the_filter(client, register):
    response = client.get("/register/export?format=xlsx&level=mandatory&chapter=2")
    sheet = load_workbook(io.BytesIO(response.content))["Obligations"]
    ids = [cell.value for cell in sheet["A"]][1:]
    rows = register.filtered(Filters(level="mandatory", chapter=2)).rows
    assert ids == [row.id for row in rows]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("format=odt", "There is no format 'odt'"),
        ("format=csv&level=recommended", "There is no level 'recommended'"),
        ("format=csv&level=optional+element&chapter=8", "No row of the register fits"),
        ("format=akn&level=mandatory", "Akoma Ntoso holds the text of the whole Convention"),
    ],
)
def test_a_download_that_cannot_be_made_is_told_on_a_page(client, query, told):
    response = client.get(f"/register/export?{query}")
    assert response.status_code == 422
    assert told in Reader(response.text).plain


@pytest.mark.parametrize("name", ["xlsx", "csv", "json"])
def test_what_a_browser_keeps_goes_into_a_file_and_comes_back(client, register, name):
    file = client.post(f"/register/export?format={name}", content=body())
    assert file.status_code == 200
    assert file.headers["cache-control"] == "no-store"
    assert read_assessments("it", file.content, register) == OWN
    back = client.post("/register/read?name=it", content=file.content)
    assert back.json() == {"assessments": kept_values(OWN), "notices": []}


def test_a_document_has_what_was_noted(client):
    file = client.post("/register/export?format=docx&chapter=2", content=body())
    from docx import Document

    words = [c.text for t in Document(io.BytesIO(file.content)).tables for c in t._cells]
    assert any("Penal Code, s. 5" in text for text in words)


def test_a_filled_file_has_the_rows_of_the_filter_only(client):
    file = client.post("/register/export?format=csv&chapter=2", content=body())
    told = file.content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(told, newline="")))
    assert {row["Chapter"] for row in rows} == {"2"}
    assert next(row for row in rows if row["Id"] == "art-11/para-3#1")["Comment"] == "'=1+1"


def refusal(response) -> Mapping[str, object]:
    assert response.headers["content-type"] == "application/json"
    error = response.json()["error"]
    assert error["message"].endswith(".") and "\n" not in error["message"]
    return error


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ({"art-99": {}}, "'art-99'"),
        ({"art-7/para-1": {"date": "soon"}}, "'soon' is no date"),
        ({"art-7/para-1": {"status": "fine"}}, "'fine' is no status"),
        ({"art-7/para-1": {"comment": 7}}, "has to be words"),
        ({"art-7/para-1": {"comment": "x" * 40_000}}, "40000 characters"),
        ({"art-7/para-1": {"others": ["Desk"]}}, "'others' without names"),
        ({"art-7/para-1": None, "art-7/para-2": 5}, "'assessment' without fields"),
    ],
)
def test_entries_that_fit_no_row_are_refused_with_their_row(client, entries, told):
    whole = dict.fromkeys(("status", "provision", "comment", "body", "date", "assistance"), "")
    given = {k: whole | v if isinstance(v, dict) else v for k, v in entries.items()}
    response = client.post("/register/export", content=json.dumps({"assessments": given}))
    assert response.status_code == 422
    error = refusal(response)
    assert error["code"] == "bad_assessment"
    assert told in " ".join(error["problems"])
    assert "entry" in " ".join(error["problems"])


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"assessments": []}', b"\xff\xff", b"7"])
def test_what_is_no_assessment_is_refused(client, content):
    response = client.post("/register/export?format=csv", content=content)
    assert response.status_code == 422
    assert refusal(response)["problems"]


def test_a_file_with_several_faults_is_refused_with_all_of_them(client, register):
    text = client.get("/register/export?format=csv&chapter=2").content.decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(text, newline="")))
    status, when = table[0].index("Status"), table[0].index("Date")
    table[1][status], table[2][when], table[3][0] = "good", "soon", "art-700"
    for row in table[4:14]:
        row[status] = "?"
    file = io.StringIO()
    csv.writer(file).writerows(table)
    response = client.post("/register/read?name=my+file.csv", content=file.getvalue().encode())
    assert response.status_code == 422
    error = refusal(response)
    assert "my file.csv" in error["message"]
    assert len(error["problems"]) == 13
    assert "row 2" in error["problems"][0] and "'Status'" in error["problems"][0]
    assert "row 4" in error["problems"][2] and "art-700" in error["problems"][2]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7", "is a PDF"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 99, "password"),
        (b"PK\x03\x04 cut", "damaged"),
        (b"Provision;Status\nx;partly\n", "Id"),
    ],
)
def test_a_file_of_the_wrong_kind_is_refused_in_a_sentence(client, content, told):
    response = client.post("/register/read?name=it", content=content)
    assert response.status_code == 422
    assert told in str(refusal(response)["message"])


@pytest.mark.parametrize("path", ["/register/read", "/register/export"])
def test_a_body_that_is_too_large_is_refused_before_all_of_it_is_read(client, path):
    sent = []

    def endless():
        while len(sent) < 100:
            sent.append(1)
            yield b"x" * 1_000_000

    response = client.post(path, content=endless())
    assert response.status_code == 413
    assert "more than 20 MB" in str(refusal(response)["message"])
    announced = client.post(path, content=b"x" * (MAX_BYTES + 1))
    assert announced.status_code == 413


def test_a_file_of_another_text_is_read_and_said_to_be_so(client):
    file = client.post("/register/export?format=json", content=body()).json()
    file["edition"]["text_sha256"] = "0" * 64
    response = client.post("/register/read?name=old.json", content=json.dumps(file))
    assert response.json()["assessments"] == kept_values(OWN)
    assert response.json()["notices"] == [
        "old.json was exported from another version of the text: check its rows against it."
    ]


def test_the_name_of_a_file_is_told_in_one_short_line(client):
    response = client.post("/register/read", params={"name": "a\nb" + "c" * 500}, content=b"")
    assert len(str(refusal(response)["message"])) < 250


def test_assessments_are_read_as_a_browser_keeps_them(register: Register):
    assert read_kept(body(text="0"), register) == OWN
    assert read_kept(b'{"assessments": {}}', register) == Assessments()
    with pytest.raises(BadAssessment, match="this browser"):
        read_kept(b"nothing", register)
