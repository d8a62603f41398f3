"""``/bill`` over HTTP."""

import base64
import json
import tempfile
import threading
import zipfile
from datetime import date
from io import BytesIO

import httpx
import pytest
from fastapi import FastAPI, Request

from assistant.gap import Report, duties_of, find, kept_duty_vectors, read_bill, write
from assistant.gap.reading import MAX_BYTES
from assistant.web.bill_desk import PLACES, BillDesk
from assistant.web.bill_form import read_form
from assistant.web.bill_room import bill_room
from assistant.web.interface import interfaces
from index.errors import BadInput, Busy
from tests.bill_files import BILLS, docx_of, lines_of, pdf_of
from tests.browser import served
from tests.test_reading_room import Reader

BILL = (
    "1. Access. A person who accesses a computer system without right commits an offence.\n\n"
    "2. <script>alert(1)</script>. A person who intercepts <b>data</b> without right commits an "
    "offence."
)
PAGE = {"Accept": "text/html,application/xhtml+xml"}


@pytest.fixture(scope="module")
def app(knowledge, register, encoder, data):
    app = FastAPI()
    desk = BillDesk(knowledge, register, encoder, data)
    app.include_router(bill_room(knowledge, register, desk, interfaces()["en"]))
    return app


@pytest.fixture(scope="module")
def client(app):
    with served(app) as address, httpx.Client(base_url=address, timeout=120) as client:
        yield client


def sent(client, data=BILL, name="bill.txt", headers=None, **fields):
    parts = {key: (None, value) for key, value in fields.items()}
    if data is not None:
        parts["file"] = (name, data.encode() if isinstance(data, str) else data)
    return client.post("/bill/read", files=parts, headers=headers)


def steps_of(response):
    return [json.loads(line) for line in response.text.splitlines()]


def last_of(response):
    return steps_of(response)[-1]


def found(event, duty_id):
    return next(one for one in event["reading"]["findings"] if one["duty_id"] == duty_id)


def test_each_step_is_a_line_and_the_last_has_the_whole_reading(client):
    response = sent(client, chapter="2")
    assert response.headers["content-type"] == "application/x-ndjson"
    assert response.headers["cache-control"] == "no-store"
    steps = steps_of(response)
    assert "comparing" in [step["event"] for step in steps]
    assert steps[-1]["event"] == "done"
    passage = found(steps[-1], "art-7/para-1")["passages"][0]
    assert (passage["section"], passage["sureness"]) == ("1", "likely")
    assert steps[-1]["reading"]["bill"]["name"] == "bill.txt"


def test_the_last_line_is_the_json_of_the_command_line(client, knowledge, register, encoder, data):
    duties = duties_of(register, knowledge)
    vectors = kept_duty_vectors(data, duties, encoder)
    bill = read_bill(BILL.encode(), name="bill.txt")
    reading = find(bill, duties, encoder, vectors=vectors)
    report = Report(reading, register.edition, date.today())
    assert last_of(sent(client))["reading"] == json.loads(write("json", report))


@pytest.mark.parametrize("make", [pdf_of, docx_of], ids=["PDF", "DOCX"])
def test_files_of_every_kind_are_read_with_their_pages(client, make):
    event = last_of(sent(client, data=make(lines_of("ordinance")), name="x", chapter="3"))
    assert event["reading"]["bill"]["provisions"] == 78
    passage = found(event, "art-22/para-1/a")["passages"][0]
    assert passage["pinpoint"] == "section 22, paragraph (a)"
    assert (passage["page"] is not None) == (make is pdf_of)


def test_a_text_can_be_sent_instead_of_a_file(client):
    event = last_of(sent(client, data=None, text=BILL, chapter="II"))
    assert event["reading"]["bill"]["name"] == "the pasted text"
    assert {one["chapter"] for one in event["reading"]["findings"]} == {2}


def test_the_chapter_may_stand_in_the_address(client):
    response = client.post("/bill/read?chapter=3", files={"file": ("bill.txt", BILL.encode())})
    assert {one["chapter"] for one in last_of(response)["reading"]["findings"]} == {3}


def test_a_browser_without_scripts_gets_the_table_as_a_page(client):
    response = sent(client, headers=PAGE, chapter="2")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/html")
    page = Reader(response.text)
    assert "art-7/para-1" in page.ids and "/convention/article-7#para-1" in page.links
    assert "text found that likely addresses it" in page.plain
    assert "nothing found" in page.plain and "no finding of compliance" in page.plain
    assert "held back" in page.plain and "Read every passage yourself" in page.plain


def test_page_and_line_have_the_same_table(client):
    table = last_of(sent(client, chapter="2"))["html"]
    assert Reader(table).plain in Reader(sent(client, headers=PAGE, chapter="2").text).plain


def test_what_the_bill_says_stays_text(client):
    html = sent(client, name="<img src=x>.txt", headers=PAGE, chapter="2").text
    assert "<script>alert" not in html and "<b>data" not in html and "<img" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html and "&lt;img src=x&gt;" in html


def test_the_downloads_are_the_files_of_the_command_line(client):
    page = Reader(last_of(sent(client, chapter="3"))["html"])
    files = [link for link in page.links if link.startswith("data:")]
    begins = [base64.b64decode(link.partition(",")[2])[:3] for link in files]
    assert begins == [b"PK\x03", b"\xef\xbb\xbf", b"{\n "]


def test_the_page_forbids_everything_from_elsewhere_and_is_not_kept(client):
    for path in ("/bill", "/bill/", "/bill/read"):
        response = client.get(path)
        assert response.status_code == 200
        assert "default-src 'self'" in response.headers["content-security-policy"]
        assert response.headers["cache-control"] == "no-store"
    page = Reader(client.get("/bill").text)
    assert not page.styled and "style" not in page.tags
    assert all(source.startswith("/static-convention/") for source in page.sources)


def bomb():
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", bytes(120_000_000))
    return file.getvalue()


BAD = [
    pytest.param(lambda: b"  ", "is empty", id="empty"),
    pytest.param(lambda: b"", "is empty", id="no bytes"),
    pytest.param(lambda: b"Dear Sir, thank you.", "no numbered sections", id="letter"),
    pytest.param(lambda: bytes(range(256)) * 8, "neither a PDF", id="picture"),
    pytest.param(lambda: pdf_of(["1. A b."], password="x"), "locked", id="locked"),
    pytest.param(lambda: pdf_of(["1. A b."])[:700], "damaged", id="damaged"),
    pytest.param(bomb, "too large when it is expanded", id="zip bomb"),
]


@pytest.mark.parametrize(("make", "told"), BAD)
def test_a_file_that_cannot_be_read_is_told_in_a_sentence(client, make, told):
    event = last_of(sent(client, data=make()))
    assert event["event"] == "error" and told in event["message"]
    page = sent(client, data=make(), headers=PAGE)
    assert page.status_code in (413, 422) and told in Reader(page.text).plain
    assert 'id="bill"' in page.text


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"data": None, "chapter": "2"}, "Nothing was given"),
        ({"data": None, "text": "  "}, "Nothing was given"),
        ({"text": "1. Words."}, "not both"),
        ({"chapter": "8"}, "no chapter '8'"),
        ({"chapter": "<b>"}, "no chapter '<b>'"),
        ({"chapter": "9" * 5000}, "no chapter"),
    ],
)
def test_a_form_that_does_not_fit_is_told_in_a_sentence(client, arguments, told):
    response = sent(client, **arguments)
    assert response.status_code == 422 and told in response.json()["error"]["message"]
    page = sent(client, headers=PAGE, **arguments)
    assert page.status_code == 422 and told in Reader(page.text).plain


def test_what_is_no_form_is_told(client):
    kind = "multipart/form-data; boundary=x"
    for headers, body in (
        ({"Content-Type": "application/json"}, b"{}"),
        ({"Content-Type": kind}, b"no parts"),
        ({"Content-Type": "multipart/form-data"}, b"--x--"),
        ({}, b""),
    ):
        response = client.post("/bill/read", content=body, headers=headers)
        assert response.status_code == 422, body
        assert (
            "bill" in response.json()["error"]["message"]
            or "Nothing" in response.json()["error"]["message"]
        )


def test_a_file_that_is_too_large_is_refused_before_it_is_held(client):
    held = []

    def parts():
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
        for _ in range(MAX_BYTES // 1_000_000 + 5):
            held.append(1)
            yield bytes(1_000_000)
        yield b"\r\n--x--\r\n"

    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    response = client.post("/bill/read", content=parts(), headers=kind)
    assert response.status_code == 413
    assert "larger than 40 MB" in response.json()["error"]["message"]
    assert len(held) == MAX_BYTES // 1_000_000 + 5


def test_a_text_that_is_too_large_is_refused_too(client):
    response = sent(client, data=None, text="x" * (MAX_BYTES + 200_000))
    assert response.status_code == 413


def test_a_form_that_does_not_arrive_is_given_up():
    app = FastAPI()

    async def answer(request: Request):
        try:
            await read_form(request, interfaces()["en"].text, seconds=0.2)
        except BadInput as error:
            return {"message": str(error)}

    app.add_api_route("/slow", answer, methods=["POST"])
    hold = threading.Event()

    def parts():
        yield b"--x\r\n"
        hold.wait(5)
        yield b"--x--\r\n"

    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    with served(app) as address:
        response = httpx.post(f"{address}/slow", content=parts(), headers=kind, timeout=30)
    assert "did not arrive within" in response.json()["message"]


def test_too_many_bills_at_once_are_told_when_to_come_again(client, monkeypatch):
    def none_free(desk):
        raise Busy("Other bills are being read at this moment: try again in half a minute.")

    monkeypatch.setattr(BillDesk, "take_place", none_free)
    for headers in (None, PAGE):
        response = sent(client, headers=headers)
        assert response.status_code == 503 and response.headers["retry-after"] == "30"
        assert "try again in half a minute" in response.text


def test_many_bills_at_once_are_all_read_or_told_to_come_again(client):
    answers = []

    def one(number):
        answers.append((number, sent(client, name=f"bill-{number}.txt", chapter="3")))

    threads = [threading.Thread(target=one, args=(number,)) for number in range(PLACES + 4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == PLACES + 4
    assert {answer.status_code for _, answer in answers} <= {200, 503}
    for number, answer in answers:
        if answer.status_code == 200:
            assert last_of(answer)["reading"]["bill"]["name"] == f"bill-{number}.txt"
    assert sent(client, chapter="3").status_code == 200


def test_a_visitor_who_goes_away_ends_the_reading(client):
    long = (BILLS / "act.md").read_bytes() * 12
    for _ in range(PLACES + 2):
        with client.stream("POST", "/bill/read", files={"file": ("a.md", long)}) as response:
            if response.status_code == 200:
                next(response.iter_lines())
    event = last_of(sent(client, chapter="3"))
    assert event["event"] == "done"


def test_nothing_of_a_bill_is_kept(client, data, monkeypatch):
    def on_disk(file):
        raise AssertionError("the bill was written to the disk")

    monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", on_disk)
    file = BytesIO(docx_of([*BILL.split("\n\n"), "3. Quagga. A quaggatronic offence is one."]))
    with zipfile.ZipFile(file, "a") as parts:
        parts.writestr("word/media/seal.bin", bytes(3_000_000))
    assert last_of(sent(client, data=file.getvalue(), chapter="3"))["event"] == "done"
    files = [file for file in data.rglob("*") if file.is_file()]
    assert all(b"quaggatronic" not in file.read_bytes() for file in files)


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("C:\\laws\\bill.txt", "bill.txt"),
        ("../../etc/passwd", "passwd"),
        ("x" * 900, "x" * 150),
        ("نص.txt", "نص.txt"),
    ],
)
def test_a_file_is_called_by_the_last_part_of_its_name(client, name, called):
    event = last_of(sent(client, name=name, chapter="3"))
    assert event["reading"]["bill"]["name"] == called
