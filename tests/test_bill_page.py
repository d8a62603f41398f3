"""The page on which a bill is read, in a real browser."""

import base64
import io
import json
from contextlib import contextmanager
from urllib.parse import urlsplit

import openpyxl
import pytest
from fastapi import FastAPI

from assistant.web.bill_desk import BillDesk
from assistant.web.bill_room import bill_room
from assistant.web.interface import Interface, interfaces
from assistant.web.pages import static_files
from assistant.web.reading_room import reading_room
from tests.bill_files import docx_of, lines_of, pdf_of
from tests.browser import NARROW, WIDE, chromium, faults, served

BILL = (
    "1. Access. A person who accesses a computer system without right commits an offence.\n\n"
    "2. Tapping. <img src=x onerror=alert(1)> <b>Nobody</b> shall without right intercept by "
    "technical means private transmissions of data to, from or within a system."
)
LONG = "\n\n".join(
    f"{n}. Duty {n}. The officer number {n} keeps the record of order {n} for as long as it takes."
    for n in range(1, 4000)
)


@pytest.fixture(scope="module")
def address(knowledge, register, encoder, data):
    app = FastAPI()
    app.include_router(static_files())
    app.include_router(reading_room(knowledge, interfaces()["en"]))
    desk = BillDesk(knowledge, register, encoder, data)
    app.include_router(bill_room(knowledge, register, desk, interfaces()["en"]))
    with served(app) as address:
        yield address


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


class Visitor:
    """A visitor of the page, with what the browser asked for and complained about."""

    def __init__(self, context, address):
        self.page = context.new_page()
        self.requested, self.complaints = [], []
        context.on("request", lambda request: self.requested.append(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.complaints.append("dialog"), dialog.dismiss()))
        self.page.goto(f"{address}/bill")

    @property
    def findings(self):
        return self.page.locator(".finding:visible")

    @property
    def failure(self):
        return self.page.locator("#failure")

    def finding(self, duty_id):
        return self.page.locator(f'[id="{duty_id}"]')

    def choose(self, data, name="Cybercrime Bill.txt", chapter="2"):
        content = data.encode() if isinstance(data, str) else data
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        self.page.set_input_files("#file", file)
        self.page.select_option("#chapter", chapter)

    def read(self, *arguments, **more):
        """Choose a file, have it read, and wait for the table."""
        self.choose(*arguments, **more)
        self.page.click("#read")
        self.wait()

    def wait(self):
        self.page.locator(".findings").wait_for(timeout=120_000)
        self.page.locator("#progress").wait_for(state="hidden")

    def drop(self, data, name):
        """Drop a file on the page, as a hand does."""
        script = """([content, name]) => {
            const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
            const transfer = new DataTransfer();
            transfer.items.add(new File([bytes], name));
            for (const type of ["dragover", "drop"]) {
              const event = new DragEvent(type, { dataTransfer: transfer, bubbles: true,
                cancelable: true });
              document.getElementById("drop").dispatchEvent(event);
            }
          }"""
        self.page.evaluate(script, [base64.b64encode(data).decode(), name])

    def width_to_spare(self):
        return self.page.evaluate(
            "document.documentElement.clientWidth - document.documentElement.scrollWidth"
        )

    def hosts(self):
        return {urlsplit(url).netloc for url in self.requested if url.startswith("http")}

    def focused(self):
        return self.page.evaluate("document.activeElement.id || document.activeElement.tagName")

    def tab_to(self, id_):
        for _ in range(40):
            if self.focused() == id_:
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"40 tabs do not lead to {id_}")


@contextmanager
def visit(browser, address, size=WIDE, **given):
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **given)
    yield Visitor(context, address)
    context.close()


@pytest.fixture
def visitor(browser, address):
    with visit(browser, address) as visitor:
        yield visitor
        assert not visitor.complaints
        assert visitor.hosts() == {urlsplit(address).netloc}


@pytest.mark.parametrize("make", [pdf_of, docx_of], ids=["PDF", "DOCX"])
def test_a_file_that_is_dropped_becomes_a_table(visitor, make):
    visitor.page.select_option("#chapter", "3")
    visitor.drop(make(lines_of("ordinance")), "Ordinance 2031")
    visitor.wait()
    assert "Text found in Ordinance 2031" in visitor.page.inner_text("h2#found-heading")
    told = visitor.finding("art-22/para-1/a").inner_text()
    assert "mandatory" in told and "section 22, paragraph (a)" in told
    assert "to offences in the Territory" in told and "Why:" in told
    assert ("page " in told) == (make is pdf_of)
    assert "nothing found" in visitor.finding("art-22/para-5").inner_text()
    assert visitor.focused() == "found-heading"


def test_what_is_being_done_is_shown_until_the_table_is_there(visitor):
    visitor.choose(LONG, chapter="")
    visitor.page.click("#read")
    visitor.page.get_by_text("Comparing passages").first.wait_for(timeout=120_000)
    visitor.page.locator("#bar[value]").wait_for(timeout=120_000)
    assert visitor.page.locator("#read").is_disabled()
    assert "Comparing" in visitor.page.inner_text("#told")
    visitor.page.click("#cancel")
    visitor.page.locator("#progress").wait_for(state="hidden")


def test_a_reading_can_be_cancelled_and_another_begun(visitor):
    visitor.choose(LONG, chapter="")
    visitor.page.click("#read")
    visitor.page.locator("#cancel").click()
    visitor.page.locator("#progress").wait_for(state="hidden")
    assert "Stopped" in visitor.page.inner_text("#told")
    assert not visitor.page.locator(".findings").count() and not visitor.failure.inner_text()
    visitor.read(BILL)
    assert visitor.finding("art-7/para-1").locator(".passage.likely").count() == 1


def test_a_text_that_is_pasted_is_read(visitor):
    visitor.page.click("#paste summary")
    visitor.page.fill("#pasted", BILL)
    visitor.page.select_option("#chapter", "2")
    visitor.page.click("#read")
    visitor.wait()
    assert "the pasted text" in visitor.page.inner_text("#found-heading")


def test_the_counts_are_those_of_the_rows(visitor):
    visitor.read(BILL)
    for result in ("likely", "possible", "nothing"):
        counted = int(visitor.page.inner_text(f".counts .{result} strong"))
        assert visitor.page.locator(f'.finding[data-result="{result}"]').count() == counted


def test_rows_are_filtered_by_result_level_and_chapter(visitor):
    visitor.read(BILL, chapter="")
    everything = visitor.findings.count()
    visitor.page.get_by_label("nothing found", exact=True).uncheck()
    found = visitor.findings.count()
    assert 0 < found < everything
    assert f"{found} of {everything} shown" in visitor.page.inner_text("#shown")
    assert not visitor.page.locator('.finding[data-result="nothing"]:visible').count()
    visitor.page.get_by_label("nothing found", exact=True).check()
    visitor.page.select_option("#of-level", "obligation to consider")
    levels = visitor.findings.locator(".levels").all_inner_texts()
    assert levels and all("obligation to consider" in told for told in levels)
    visitor.page.select_option("#of-chapter", "7")
    assert visitor.page.locator("tbody:visible").count() == 1
    visitor.page.select_option("#of-chapter", "1")
    assert visitor.findings.count() == 0 and "0 of" in visitor.page.inner_text("#shown")


@pytest.mark.parametrize("format", ["XLSX", "CSV", "JSON"])
def test_the_table_can_be_downloaded(visitor, format):
    visitor.read(BILL)
    with visitor.page.expect_download() as waited:
        visitor.page.get_by_role("link", name=format, exact=True).click()
    assert waited.value.suggested_filename == f"gap-Cybercrime Bill.{format.lower()}"
    content = waited.value.path().read_bytes()
    if format == "XLSX":
        about = dict(openpyxl.load_workbook(io.BytesIO(content))["About"].values)
        assert about["Bill"] == "Cybercrime Bill.txt"
    elif format == "CSV":
        assert content.startswith(b"\xef\xbb\xbfprovision,")
    else:
        assert json.loads(content)["bill"]["name"] == "Cybercrime Bill.txt"


def test_a_label_opens_its_provision_beside_the_table(visitor):
    visitor.read(BILL)
    link = visitor.finding("art-7/para-1").get_by_role("link", name="article 7, paragraph 1")
    link.click()
    beside = visitor.page.locator("#beside")
    beside.wait_for()
    assert "Article 7" in beside.inner_text() and beside.locator("mark").count() == 1
    visitor.page.keyboard.press("Escape")
    beside.wait_for(state="hidden")
    assert visitor.page.evaluate("document.activeElement.textContent") == link.inner_text()


def test_markup_in_a_bill_is_shown_as_text(visitor):
    visitor.read(BILL, name="<img src=x onerror=alert(2)>.txt")
    assert "<b>Nobody</b>" in visitor.finding("art-8/para-1").inner_text()
    assert not visitor.page.locator("#result img, #result b").count()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(b" ", "is empty", id="empty"),
        pytest.param(b"Dear Sir, thank you.", "no numbered sections", id="letter"),
        pytest.param(bytes(range(256)) * 8, "neither a PDF", id="picture"),
        pytest.param(lambda: pdf_of(["1. A b."], password="x"), "locked", id="locked"),
        pytest.param(lambda: pdf_of(["1. A b."])[:700], "damaged", id="damaged"),
    ],
)
def test_a_bad_file_is_told_in_a_sentence_and_the_page_goes_on(visitor, content, told):
    visitor.choose(content() if callable(content) else content)
    visitor.page.click("#read")
    visitor.page.locator("#failure:not(:empty)").wait_for(timeout=60_000)
    assert told in visitor.failure.inner_text()
    visitor.read(BILL)
    assert not visitor.failure.inner_text()


def test_nothing_both_and_too_large_are_told_before_anything_is_sent(visitor):
    sent_before = len(visitor.requested)
    visitor.page.click("#read")
    assert "Nothing was given" in visitor.failure.inner_text()
    visitor.choose(b"x")
    visitor.page.click("#paste summary")
    visitor.page.fill("#pasted", BILL)
    visitor.page.click("#read")
    assert "not both" in visitor.failure.inner_text()
    visitor.page.fill("#pasted", "")
    visitor.page.evaluate("document.getElementById('bill').dataset.limit = '0'")
    visitor.page.click("#read")
    assert "larger than 40 MB" in visitor.failure.inner_text()
    assert len(visitor.requested) == sent_before


def test_a_connection_that_breaks_is_told(visitor):
    visitor.choose(BILL)
    visitor.page.route("**/bill/read", lambda route: route.abort())
    visitor.page.click("#read")
    visitor.page.locator("#failure:not(:empty)").wait_for()
    assert "connection was lost" in visitor.failure.inner_text()
    visitor.page.unroute("**/bill/read")
    visitor.read(BILL)


def test_a_full_line_is_told(visitor):
    busy = {"error": {"code": "busy", "message": "Other bills are being read at this moment."}}
    visitor.choose(BILL)
    visitor.page.route("**/bill/read", lambda route: route.fulfill(status=503, json=busy))
    visitor.page.click("#read")
    visitor.page.locator("#failure:not(:empty)").wait_for()
    assert "Other bills are being read" in visitor.failure.inner_text()


def test_it_works_without_scripts(browser, address):
    with visit(browser, address, java_script_enabled=False) as visitor:
        visitor.choose(pdf_of(lines_of("ordinance")), name="bill.pdf", chapter="3")
        visitor.page.click("#read")
        visitor.page.locator(".findings").wait_for(timeout=120_000)
        told = visitor.page.inner_text("main")
        assert "section 22, paragraph (a)" in told and ", page " in told and "nothing found" in told
        assert not visitor.page.locator("#filters:visible, #note:visible, #cancel:visible").count()
        with visitor.page.expect_download() as waited:
            visitor.page.get_by_role("link", name="CSV", exact=True).click()
        assert waited.value.path().read_bytes().startswith(b"\xef\xbb\xbf")
        visitor.choose(b" ")
        visitor.page.click("#read")
        visitor.page.get_by_text("The file is empty").wait_for()


def test_the_keyboard_alone_is_enough(visitor):
    page = visitor.page
    for id_, key in (("pasted", None), ("chapter", None), ("read", "Enter")):
        if id_ == "pasted":
            while page.evaluate("document.activeElement.parentElement?.id") != "paste":
                page.keyboard.press("Tab")
            page.keyboard.press("Enter")
        visitor.tab_to(id_)
        if id_ == "pasted":
            page.keyboard.insert_text(BILL)
        if key:
            page.keyboard.press(key)
    visitor.wait()
    assert visitor.focused() == "found-heading"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "XLSX"
    while page.evaluate("document.activeElement.name") != "result":
        page.keyboard.press("Tab")
    before = visitor.findings.count()
    page.keyboard.press("Space")
    assert visitor.findings.count() < before


def test_a_phone_needs_no_scrolling_sideways(browser, address):
    with visit(browser, address, NARROW) as visitor:
        assert visitor.width_to_spare() >= 0
        visitor.read(BILL, name=f"{'x' * 120}.txt")
        assert visitor.width_to_spare() >= 0
        visitor.page.set_viewport_size({"width": 320, "height": 600})
        assert visitor.width_to_spare() >= 0


def test_two_visitors_each_get_their_own_table(browser, address):
    with visit(browser, address) as one, visit(browser, address) as other:
        one.choose(BILL, name="First.txt")
        other.choose("1. Tapping. Nobody intercepts data without right.", name="Second.txt")
        one.page.click("#read")
        other.page.click("#read")
        one.wait()
        other.wait()
        assert "First.txt" in one.page.inner_text("#found-heading")
        assert "Second.txt" in other.page.inner_text("#found-heading")
        assert "nothing found" in other.finding("art-7/para-1").inner_text()


def test_likely_pinpoints_are_noted_where_the_self_assessment_is_empty(visitor):
    visitor.page.evaluate("window.assessment.put('art-8/para-1', { provision: 'section 99' })")
    visitor.read(BILL)
    visitor.page.get_by_role("button", name="Note the likely pinpoints").click()
    visitor.page.reload()
    kept = visitor.page.evaluate("window.assessment.all()")
    assert kept["art-7/para-1"]["provision"] == "section 1, Cybercrime Bill"
    assert kept["art-8/para-1"]["provision"] == "section 99"
    assert all(own["status"] is None for own in kept.values())


def test_it_is_told_how_many_pinpoints_were_noted_and_left(visitor):
    visitor.page.evaluate("window.assessment.put('art-8/para-1', { provision: 'section 99' })")
    visitor.read(BILL)
    visitor.page.get_by_role("button", name="Note the likely pinpoints").click()
    noted = len(visitor.page.evaluate("window.assessment.all()")) - 1
    told = visitor.page.inner_text("#noted")
    assert f"noted for {noted} " in told and "1 had a domestic provision" in told


def test_nothing_is_said_of_the_self_assessment_where_there_is_none(browser, address):
    with visit(browser, address) as visitor:
        visitor.page.route("**/assessment.js", lambda route: route.abort())
        visitor.page.reload()
        visitor.read(BILL)
        assert not visitor.page.locator("#note:visible").count()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_neither_the_form_nor_the_table_breaks_a_rule_of_wcag(browser, address, scheme):
    with visit(browser, address, color_scheme=scheme) as visitor:
        assert faults(visitor.page) == []
        visitor.read(BILL)
        assert faults(visitor.page) == []
        visitor.page.set_viewport_size({"width": 320, "height": 740})
        assert faults(visitor.page) == [] and visitor.width_to_spare() >= 0


def test_the_table_can_be_downloaded_in_every_language(browser, knowledge, register, encoder, data):
    arabic = Interface("ar", interfaces()["en"].texts | {"site.direction": "rtl"})
    app = FastAPI()
    app.include_router(static_files())
    desk = BillDesk(knowledge, register, encoder, data)
    app.include_router(bill_room(knowledge, register, desk, arabic), prefix="/ar")
    with served(app) as address, visit(browser, f"{address}/ar") as visitor:
        visitor.read(BILL)
        with visitor.page.expect_download() as waited:
            visitor.page.get_by_role("link", name="CSV", exact=True).click()
        assert waited.value.path().read_bytes().startswith(b"\xef\xbb\xbf")
        assert visitor.page.locator('.finding a[href^="/ar/convention/"]').count()
        assert faults(visitor.page) == []
