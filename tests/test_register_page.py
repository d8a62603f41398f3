"""The page of the register in a browser: filters, provisions beside it, the self-assessment."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, Locator, Page

from assistant.assessment import Assessment, Assessments, Standing
from assistant.assessment_files import kept_values, read_assessments
from assistant.exports import Content, export
from assistant.obligations import Filters
from assistant.web.interface import interfaces
from assistant.web.pages import static_files
from assistant.web.reading_room import reading_room
from assistant.web.register_room import register_room
from tests.browser import chromium, served
from tests.test_assessment_files import DAY

TEXT = interfaces()["en"].text
KEY = "convention-assessment"
ROW, OTHER = "art-7-para-1", "art-8-para-1"
ALL_WAYS = ["replace", "file", "browser"]


@dataclass
class Desk:
    """A visitor's tab with the register, and what the browser asked for and complained about."""

    page: Page
    address: str
    requested: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str = "/register?chapter=2") -> None:
        self.page.goto(f"{self.address}{path}")
        self.page.locator("#assessment:not([hidden])").wait_for()

    @property
    def count(self) -> str:
        return self.page.locator("#count").inner_text()

    @property
    def message(self) -> Locator:
        return self.page.locator("#message")

    @property
    def beside(self) -> Locator:
        return self.page.locator("#beside")

    def row(self, anchor: str = ROW) -> Locator:
        return self.page.locator(f'[id="{anchor}"]')

    def filter(self, label: str) -> Locator:
        return self.page.locator("#filters").get_by_label(label, exact=True)

    def choose(self, label: str, value: str) -> None:
        """Choose a filter and wait for what it shows."""
        self.filter(label).select_option(value)
        self.page.locator('#counts[aria-busy="false"]').wait_for()

    def assess(self, anchor: str, status: str, **words: str) -> None:
        row = self.row(anchor)
        row.get_by_label("In your State").select_option(status)
        if words and not row.locator("[name=comment]").is_visible():
            row.locator(".standing-more > summary").click()
        for name, text in words.items():
            row.locator(f"[name={name}]").fill(text)

    def noted(self, anchor: str = ROW) -> dict[str, str]:
        fields = self.row(anchor).locator(".standing [name]")
        pairs = fields.evaluate_all("all => all.map((it) => [it.name, it.value])")
        return {name: value for name, value in pairs if value}

    def kept(self) -> dict[str, dict[str, object]]:
        text = self.page.evaluate(f"localStorage.getItem('{KEY}')")
        return json.loads(text)["assessments"] if text else {}

    def keep(self, entries: Assessments, **more: object) -> None:
        value = {"version": 1, "text": "", "assessments": kept_values(entries)} | more
        self.page.evaluate(f"text => localStorage.setItem('{KEY}', text)", json.dumps(value))

    def tools(self) -> None:
        if not self.page.locator("#of-status").is_visible():
            self.page.locator("#assessment > summary").click()

    def download(self, name: str) -> Path:
        self.tools()
        with self.page.expect_download() as found:
            self.page.get_by_role("button", name=name, exact=True).click()
        return Path(found.value.path())

    def open_file(self, path: Path) -> None:
        self.tools()
        self.page.locator("#file").set_input_files(path)

    def clear(self) -> None:
        self.tools()
        self.page.get_by_role("button", name="Delete all entries…").click()
        self.page.get_by_role("button", name="Delete all", exact=True).click()
        self.message.get_by_text(TEXT("register.said.cleared")).wait_for()

    def spare(self) -> int:
        return int(
            self.page.evaluate(
                "document.documentElement.clientWidth - document.documentElement.scrollWidth"
            )
        )

    def focused(self) -> str:
        return str(self.page.evaluate("document.activeElement.id || document.activeElement.name"))


@pytest.fixture(scope="module")
def address(knowledge, register) -> Iterator[str]:
    app = FastAPI()
    app.include_router(static_files())
    app.include_router(reading_room(knowledge, interfaces()["en"]))
    app.include_router(register_room(knowledge, register, interfaces()["en"]))
    with served(app) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@contextmanager
def visited(browser: Browser, address: str, **options: object) -> Iterator[Desk]:
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
    desk = Desk(context.new_page(), address)
    context.on("request", lambda request: desk.requested.append(request.url))
    desk.page.on("pageerror", lambda error: desk.complaints.append(str(error)))
    desk.page.on("dialog", lambda dialog: (desk.complaints.append(dialog.type), dialog.dismiss()))
    yield desk
    context.close()


@pytest.fixture
def desk(browser, address) -> Iterator[Desk]:
    """A tab with chapter II."""
    with faultless(browser, address) as found:
        found.open()
        yield found


@pytest.fixture
def whole(browser, address) -> Iterator[Desk]:
    """A tab with the whole register."""
    with faultless(browser, address) as found:
        found.open("/register")
        yield found


@contextmanager
def faultless(browser: Browser, address: str) -> Iterator[Desk]:
    """A tab that asks no other host, and ends without an error in the browser."""
    with visited(browser, address) as found:
        yield found
        hosts = {urlsplit(url).netloc for url in found.requested if url.startswith("http")}
        assert hosts == {address.removeprefix("http://")}
        assert found.complaints == []


@pytest.fixture(scope="module")
def filled() -> Assessments:
    return Assessments(
        {
            one.id: one
            for one in (
                Assessment("art-7/para-1", Standing.IN_PLACE, "Penal Code, s. 5", "fine"),
                Assessment("art-8/para-1", Standing.PARTLY, others=(("Desk", "4"), ("<b>", "=1"))),
                Assessment("art-11/para-3#1", Standing.PLANNED, date="2027-03", body="Ministry"),
            )
        }
    )


@pytest.fixture
def sheet(tmp_path, register, knowledge, filled) -> Path:
    """A file with three entries, as the page writes it."""
    path = tmp_path / "filled.xlsx"
    rows = register.filtered(Filters(chapter=2))
    path.write_bytes(export("xlsx", Content(rows, filled, knowledge.convention, DAY)))
    return path


# --- filters -------------------------------------------------------------------------------------


def test_without_javascript_the_form_filters_and_everything_can_be_read(browser, address):
    with visited(browser, address, java_script_enabled=False) as desk:
        desk.page.goto(f"{address}/register")
        assert desk.page.get_by_text("The self-assessment needs JavaScript").is_visible()
        assert desk.page.locator("#assessment").is_hidden()
        desk.filter("Level").select_option("reservation")
        desk.filter("Words").fill("declaration")
        desk.page.get_by_role("button", name="Show").click()
        assert "level=reservation" in desk.page.url and "words=declaration" in desk.page.url
        assert desk.filter("Level").input_value() == "reservation"
        shown = desk.page.locator(".row").count()
        assert 0 < shown < 9 and f"{shown} of 634" in desk.page.locator("#count").inner_text()
        desk.page.locator(".more summary").first.click()
        assert desk.page.locator(".more dl").first.is_visible()


def test_a_filter_applies_at_once_keeps_the_focus_and_is_told(whole, register):
    whole.filter("Level").focus()
    whole.choose("Level", "optional")
    rows = register.filtered(Filters(level="optional")).rows
    assert whole.page.locator(".row").count() == len(rows)
    assert whole.focused() == "filter-level"
    assert whole.page.locator("#told").get_attribute("role") == "status"
    assert whole.page.locator("#told").inner_text() == f"{len(rows)} of 634 clauses"
    assert len([url for url in whole.requested if "/static-" in url]) < 20


def test_the_address_of_what_is_shown_can_be_shared(whole, browser, address):
    whole.choose("Level", "optional")
    whole.choose("Chapter", "5")
    assert whole.page.url == f"{address}/register?level=optional&chapter=5"
    with visited(browser, address) as other:
        other.open("/register?level=optional&chapter=5")
        assert other.count == whole.count
        assert other.filter("Chapter").input_value() == "5"


def test_words_are_looked_for_while_they_are_typed(whole, register):
    whole.filter("Words").press_sequentially("extradit")
    whole.page.keyboard.type("ion")
    whole.page.wait_for_url("**/register?words=extradition")
    rows = register.filtered(Filters(words="extradition")).rows
    whole.page.get_by_text(f"{len(rows)} of 634 clauses").first.wait_for()
    assert whole.focused() == "filter-words"


def test_filters_that_nothing_fits_say_so_and_can_be_cleared(whole):
    whole.choose("Level", "optional element")
    whole.choose("Chapter", "8")
    assert "No row of the register fits" in whole.page.locator(".reason").inner_text()
    whole.page.locator("#counts").get_by_role("link", name="Clear the filter").click()
    whole.page.get_by_text("All 634 clauses").first.wait_for()
    assert whole.filter("Level").input_value() == ""


def test_a_number_of_the_chart_shows_its_clauses(whole):
    link = whole.page.get_by_role("link", name="61 mandatory in chapter IV")
    link.focus()
    whole.page.keyboard.press("Enter")
    whole.page.get_by_text("61 of 634 clauses").first.wait_for()
    assert whole.page.locator(".row").count() == 61
    assert whole.filter("Level").input_value() == "mandatory"
    assert whole.filter("Chapter").input_value() == "4"
    focus = whole.page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert focus == "61 mandatory in chapter IV"


def test_a_filter_is_taken_off_by_its_chip(whole):
    whole.choose("Level", "optional")
    whole.page.get_by_role("link", name="Level: Optional").click()
    whole.page.get_by_text("All 634 clauses").first.wait_for()
    assert whole.focused() == "count"


def test_a_server_that_cannot_be_reached_leaves_the_list_as_it_is(whole):
    whole.page.route("**/register?**", lambda route: route.abort())
    whole.choose("Level", "optional")
    assert TEXT("register.said.failed") in whole.page.get_by_role("alert").all_inner_texts()
    assert whole.page.locator(".row").count() == 634


# --- rows ----------------------------------------------------------------------------------------


def test_a_row_opens_its_provision_beside_it_with_its_words_marked(desk, register):
    link = desk.row().get_by_role("link", name="Article 7, paragraph 1")
    link.click()
    desk.beside.wait_for()
    assert desk.page.url == f"{desk.address}/register?chapter=2"
    assert desk.beside.get_by_role("heading").inner_text() == "Article 7: Illegal access"
    assert desk.beside.locator("mark").inner_text() == register.by_id["art-7/para-1"].text
    assert desk.focused() == "beside-heading"
    left, right = desk.row().bounding_box(), desk.beside.bounding_box()
    assert left["x"] + left["width"] <= right["x"]
    assert 0 <= link.bounding_box()["y"] < 800
    desk.page.keyboard.press("Escape")
    assert desk.beside.is_hidden()
    assert link.evaluate("it => it === document.activeElement")


def test_a_reference_of_a_row_opens_beside_it_too(desk):
    desk.row().locator(".more summary").click()
    desk.row().get_by_role("link", name="art. 2(a)", exact=True).click()
    desk.beside.get_by_role("heading", name="Article 2").wait_for()
    assert "ICT system" in desk.beside.locator("mark").inner_text()


@pytest.mark.parametrize("anchor", ["art-53-para-1", "art-40-para-21", "article-58"])
def test_an_address_leads_to_its_row(desk, anchor):
    desk.open(f"/register#{anchor}")
    desk.page.reload()
    place = desk.page.locator(f'[id="{anchor}"]')
    desk.page.wait_for_function(
        "id => { const top = document.getElementById(id).getBoundingClientRect().top;"
        " return top >= -1 && top < innerHeight; }",
        arg=anchor,
    )
    assert place.is_visible()


# --- the self-assessment -------------------------------------------------------------------------


def test_the_page_says_where_entries_are_kept(desk):
    desk.tools()
    assert TEXT("register.kept_here") in desk.page.locator("#assessment").inner_text()


def test_what_is_noted_is_there_after_a_reload(desk):
    desk.assess(ROW, "partly", provision="Penal Code, s. 5", comment="two\nlines", date="2027-03")
    noted = desk.noted()
    assert noted == {
        "status": "partly",
        "provision": "Penal Code, s. 5",
        "comment": "two\nlines",
        "date": "2027-03",
    }
    desk.open()
    assert desk.noted() == noted
    assert desk.row().locator(".filled").text_content() == "(3 filled in)"


def test_what_the_browser_keeps_has_the_shape_that_others_rely_on(desk, register):
    desk.assess(ROW, "in place", provision="s. 5")
    value = json.loads(desk.page.evaluate(f"localStorage.getItem('{KEY}')"))
    own = {"status": "in place", "provision": "s. 5", "comment": "", "body": "", "date": ""}
    assert value == {
        "version": 1,
        "text": register.edition.text_sha256[:12],
        "assessments": {"art-7/para-1": own | {"assistance": "", "others": []}},
    }
    desk.page.evaluate("assessment.put('art-8/para-1', { status: 'planned' })")
    assert desk.noted(OTHER) == {"status": "planned"}
    assert desk.page.evaluate("assessment.get('art-7/para-1').provision") == "s. 5"
    desk.page.evaluate("assessment.replace({})")
    assert desk.noted() == {} and desk.kept() == {}


def test_nothing_that_is_noted_reaches_the_server(desk):
    before = len(desk.requested)
    desk.assess(ROW, "partly", comment="secret")
    desk.page.wait_for_timeout(300)
    assert desk.requested[before:] == []


def test_an_entry_that_is_emptied_is_none(desk):
    desk.assess(ROW, "partly", comment="x")
    desk.assess(ROW, "", comment="")
    assert desk.kept() == {}


def test_progress_is_counted_by_chapter(whole):
    whole.assess(ROW, "partly")
    whole.assess(OTHER, "in place")
    whole.assess("art-24-para-1.1", "planned")
    whole.tools()
    progress = whole.page.locator("#progress li")
    assert progress.nth(1).locator(".parts").inner_text().split("\n")[:2] == [
        "1 in place",
        "1 partly",
    ]
    assert "1 planned" in progress.nth(3).inner_text()
    assert whole.page.locator("#progress-line").inner_text() == "3 of 499 clauses assessed"


def test_rows_are_shown_by_status(desk):
    desk.assess(ROW, "partly")
    desk.assess(OTHER, "in place")
    desk.tools()
    desk.page.get_by_label("Show rows").select_option("partly")
    assert desk.page.locator(".row:visible").count() == 1
    assert desk.page.locator("#told").inner_text() == "Clauses with this status: 1."
    desk.choose("Chapter", "")
    assert desk.page.locator(".row:visible").count() == 1
    desk.page.locator("#of-status").select_option("open")
    assert desk.row().is_hidden() and desk.row(OTHER).is_hidden()
    assert desk.row("art-9-para-1").is_visible()


def test_entries_stay_on_their_rows_when_the_filter_changes(desk):
    desk.assess(ROW, "partly", comment="x")
    desk.choose("Level", "mandatory")
    assert desk.noted() == {"status": "partly", "comment": "x"}


def test_a_date_that_no_file_could_be_read_back_with_is_told(desk):
    desk.assess(ROW, "planned", date="2027-02-30")
    told = desk.row().get_by_text(TEXT("register.said.bad_date"))
    assert told.is_visible()
    assert desk.row().locator("[name=date]").get_attribute("aria-invalid") == "true"
    desk.row().locator("[name=date]").fill("2027-02-28")
    assert told.is_hidden()


def test_markup_and_formulas_stay_words(desk, tmp_path):
    words = {"comment": "<img src=x onerror=alert(1)>", "provision": "=HYPERLINK(1)", "body": "'-x"}
    desk.assess(ROW, "partly", **words)
    file = tmp_path / "own.csv"
    file.write_bytes(desk.download("CSV").read_bytes())
    assert "'=HYPERLINK(1)" in file.read_text("utf-8-sig")
    desk.clear()
    desk.open_file(file)
    desk.message.get_by_text("Entries taken from it: 1.").wait_for()
    assert desk.noted() == words | {"status": "partly"}


# --- files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["XLSX", "CSV", "JSON"])
def test_a_downloaded_file_brings_everything_back(desk, register, filled, name, tmp_path):
    desk.keep(filled)
    desk.open()
    file = tmp_path / f"own.{name.lower()}"
    file.write_bytes(desk.download(name).read_bytes())
    assert read_assessments("own", file.read_bytes(), register) == filled
    desk.clear()
    assert desk.kept() == {} and desk.noted() == {}
    desk.open_file(file)
    desk.message.get_by_text(f"own.{name.lower()} is opened. Entries taken from it: 3.").wait_for()
    assert desk.kept() == kept_values(filled)
    assert desk.noted() == {
        "status": "in place",
        "provision": "Penal Code, s. 5",
        "comment": "fine",
    }
    desk.row(OTHER).locator(".standing-more > summary").click()
    assert desk.row(OTHER).locator(".others dd").all_inner_texts() == ["4", "=1"]


def test_a_download_of_the_present_filter_says_what_is_outside(desk, register, filled):
    desk.keep(filled)
    desk.open("/register?offence=art-7&chapter=2")
    desk.tools()
    desk.page.get_by_label("only the rows of the present filter").check()
    file = desk.download("JSON")
    found = read_assessments("own", file.read_bytes(), register)
    outside = len(filled.by_id) - len(found.by_id)
    assert outside and f"Entries of yours outside of it: {outside}." in desk.message.inner_text()


def test_what_was_deleted_can_be_brought_back(desk, filled):
    desk.keep(filled)
    desk.open()
    desk.tools()
    desk.page.get_by_role("button", name="Delete all entries…").click()
    desk.page.keyboard.press("Enter")
    assert desk.kept() == kept_values(filled), "the safe answer has the focus"
    desk.clear()
    desk.message.get_by_role("button", name="Undo").click()
    assert desk.kept() == kept_values(filled)


@pytest.mark.parametrize("way", ALL_WAYS)
def test_a_file_replaces_entries_or_is_merged_with_them(desk, sheet, filled, way):
    desk.assess(ROW, "not in place", provision="mine", body="Court")
    desk.assess("art-9-para-1", "planned")
    desk.open_file(sheet)
    desk.page.locator(f"dialog[open] button[value={way}]").click()
    desk.message.get_by_text("Entries taken from it: 3.").wait_for()
    mine = {"status": "not in place", "provision": "mine", "body": "Court"}
    theirs = {"status": "in place", "provision": "Penal Code, s. 5", "comment": "fine"}
    expected = {"replace": theirs, "file": mine | theirs, "browser": theirs | mine}[way]
    assert desk.noted() == expected
    assert ("art-9/para-1" in desk.kept()) is (way != "replace")
    assert desk.kept()["art-8/para-1"] == kept_values(filled)["art-8/para-1"]


def test_a_file_that_is_not_taken_over_after_all_changes_nothing(desk, sheet):
    desk.assess(ROW, "planned")
    desk.open_file(sheet)
    desk.page.locator("dialog[open]").wait_for()
    desk.page.keyboard.press("Escape")
    desk.page.locator("dialog[open]").wait_for(state="detached")
    assert desk.kept().keys() == {"art-7/para-1"}


def broken(sheet: Path, kind: str) -> bytes:
    from openpyxl import load_workbook

    if kind == "kind":
        return b"%PDF-1.7\n"
    if kind == "password":
        return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000)
    if kind == "large":
        return bytes(20_000_001)
    book = load_workbook(sheet)
    page = book["Obligations"]
    if kind == "id":
        page["A3"] = "art-700"
    else:
        page.delete_cols(1)
    book.save(sheet)
    return sheet.read_bytes()


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("id", "row 3 has the id 'art-700'"),
        ("column", "column 'Id'"),
        ("kind", "the file is a PDF"),
        ("password", "protected by a password"),
        ("large", "more than 20 MB"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_and_nothing_is_lost(desk, sheet, tmp_path, kind, told):
    desk.assess(ROW, "planned", comment="mine")
    kept = desk.kept()
    path = tmp_path / "broken.xlsx"
    path.write_bytes(broken(sheet, kind))
    desk.open_file(path)
    desk.message.get_by_text("broken.xlsx was not opened").wait_for()
    assert told in desk.message.inner_text()
    assert desk.kept() == kept and desk.noted()["comment"] == "mine"


def test_a_file_of_another_kind_of_table_names_the_column_it_needs(desk, tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("Provision,Status\nx,partly\n")
    desk.open_file(path)
    desk.message.get_by_text("other.csv was not opened").wait_for()
    assert "Id" in desk.message.inner_text()


# --- what can go wrong ---------------------------------------------------------------------------

REFUSING = "Storage.prototype.setItem = () => { throw new DOMException('no', 'SecurityError'); };"
FULL = "Storage.prototype.setItem = () => { throw new DOMException('no', 'QuotaExceededError'); };"


@pytest.mark.parametrize(("script", "said"), [(REFUSING, "refused"), (FULL, "full")])
def test_entries_that_the_browser_does_not_keep_can_still_be_downloaded(
    browser, address, register, script, said
):
    with visited(browser, address) as desk:
        desk.page.add_init_script(script)
        desk.open()
        desk.assess(ROW, "partly", comment="mine")
        desk.choose("Level", "mandatory")
        assert TEXT(f"register.said.{said}") in desk.page.locator("#trouble").inner_text()
        assert desk.noted() == {"status": "partly", "comment": "mine"}
        found = read_assessments("own", desk.download("XLSX").read_bytes(), register)
        assert found["art-7/para-1"].comment == "mine"


def test_leaving_with_entries_that_are_not_kept_asks_first(browser, address):
    with visited(browser, address) as desk:
        desk.page.add_init_script(REFUSING)
        desk.open()
        desk.assess(ROW, "partly")
        desk.page.close(run_before_unload=True)
        desk.page.wait_for_timeout(300)
        assert desk.complaints == ["beforeunload"]


def test_what_is_kept_but_cannot_be_read_is_set_aside(desk):
    desk.page.evaluate(f"localStorage.setItem('{KEY}', '{{broken')")
    desk.open()
    assert TEXT("register.said.unreadable") in desk.page.locator("#trouble").inner_text()
    desk.assess(ROW, "partly")
    assert desk.page.evaluate(f"localStorage.getItem('{KEY}-unreadable')") == "{broken"
    assert desk.kept().keys() == {"art-7/para-1"}


def test_entries_of_another_text_stay_and_are_told(desk, filled):
    strange = {"art-99/para-1": {"status": "partly", "comment": "<b>kept</b>"}}
    desk.keep(filled, text="0123456789ab", assessments=kept_values(filled) | strange)
    desk.open()
    older = desk.page.locator("#older")
    assert "another version of the text (0123456789ab)" in older.inner_text()
    assert "art-99/para-1: partly; <b>kept</b>" in older.inner_text()
    assert desk.noted()["status"] == "in place"
    assert desk.download("XLSX").stat().st_size
    older.get_by_role("button", name="I have checked them").click()
    assert "another version" not in older.inner_text()
    assert "art-99/para-1" in desk.kept()


def test_two_tabs_do_not_undo_each_other(desk):
    second = Desk(desk.page.context.new_page(), desk.address)
    second.open()
    desk.assess(ROW, "partly", comment="one")
    second.row().get_by_text("(1 filled in)").wait_for()
    second.assess(OTHER, "planned")
    second.row().locator("[name=body]").evaluate(
        "it => { it.value = 'two'; it.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    desk.row().get_by_text("(2 filled in)").wait_for()
    assert desk.noted() == {"status": "partly", "comment": "one", "body": "two"}
    assert desk.noted(OTHER) == {"status": "planned"}
    assert desk.kept().keys() == {"art-7/para-1", "art-8/para-1"}


# --- for everyone --------------------------------------------------------------------------------


def test_a_row_is_assessed_by_keyboard_alone(desk):
    desk.row().get_by_label("In your State").focus()
    desk.page.keyboard.type("par")
    desk.page.keyboard.press("Tab")
    desk.page.keyboard.press("Enter")
    desk.page.keyboard.press("Tab")
    desk.page.keyboard.type("Penal Code")
    assert desk.noted() == {"status": "partly", "provision": "Penal Code"}


def test_every_field_has_a_name_for_those_who_do_not_see_it(desk):
    group = desk.page.get_by_role("group", name="Self-assessment: Article 7, paragraph 1")
    group.locator(".standing-more > summary").click()
    labels = ("In your State", "Domestic provision", "Comment", "Responsible body", "Date")
    for label in (*labels, "Assistance needed"):
        assert group.get_by_label(label).count() == 1, label
    for label in ("Words", "Level", "Chapter", "Who", "Kind of measure", "Offence"):
        assert desk.page.locator("#filters").get_by_label(label).count() == 1


@pytest.mark.parametrize("width", [320, 360, 768])
def test_nothing_scrolls_sideways(browser, address, filled, width):
    with visited(browser, address, viewport={"width": width, "height": 740}) as desk:
        desk.open()
        desk.keep(filled)
        desk.open("/register?chapter=2")
        desk.tools()
        for summary in desk.page.locator(".row summary").all()[:12]:
            summary.click()
        assert desk.spare() >= 0
        desk.row().get_by_role("link", name="Article 7, paragraph 1").click()
        desk.beside.wait_for()
        assert desk.spare() >= 0
        desk.open("/register")
        assert desk.spare() >= 0


def test_print_has_the_rows_that_are_shown_and_no_tools(desk):
    desk.assess(ROW, "partly")
    desk.page.emulate_media(media="print")
    assert desk.row().get_by_label("In your State").is_visible()
    assert desk.row("art-9-para-1").is_visible()
    assert desk.row("art-9-para-1").locator(".standing").is_hidden()
    for hidden in ("#filters", ".top", ".downloads", ".tools"):
        assert desk.page.locator(hidden).first.is_hidden(), hidden
