"""The reading room in a browser: wide and narrow, light and dark, from either side, by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, Page

from assistant.knowledge import read_knowledge
from assistant.web.interface import Interface, interfaces
from assistant.web.pages import static_files
from assistant.web.reading_room import reading_room
from assistant.web.register_room import register_room
from tests.browser import chromium, faults, served
from tests.test_official_answers import OFFICIAL, keep
from tests.treaty import translated
from tests.un_layout import un_pdf, un_web_page

ENGLISH = interfaces()["en"]
ARABIC = Interface("ar", ENGLISH.texts | {"site.direction": "rtl"})
WIDTHS = (1440, 768, 360, 320)
VIEWS = {
    "contents": "/convention",
    "article": "/convention/article-14",
    "preamble": "/convention/preamble",
    "found": "/convention/search?q=preserve+data",
    "not found": "/convention/search?q=zzyzx",
    "nothing asked": "/convention/search",
    "missing": "/convention/article-99",
    "register": "/register?chapter=3",
    "register without rows": "/register?level=optional+element&chapter=8",
}
WITH_BOTH = {
    "both": "/convention/article-29",
    "official": "/convention/article-29?text=official",
    "plain words": "/convention/article-29?text=digest",
}


def app_of(knowledge, register) -> FastAPI:
    app = FastAPI()
    app.include_router(static_files())
    near = [knowledge.convention["art-16/para-1"]]
    for interface, prefix in ((ENGLISH, ""), (ARABIC, "/ar")):
        app.include_router(reading_room(knowledge, interface, lambda query: near), prefix=prefix)
        app.include_router(register_room(knowledge, register, interface), prefix=prefix)
    return app


@pytest.fixture(scope="module")
def plain(knowledge, register) -> Iterator[str]:
    """Where the room is served that has our words alone."""
    with served(app_of(knowledge, register)) as address:
        yield address


@pytest.fixture(scope="module")
def official(tmp_path_factory, register) -> Iterator[str]:
    """Where the room is served that keeps an English and an Arabic official text."""
    folder = tmp_path_factory.mktemp("kept")
    arabic = translated("ar")
    keep(folder, arabic, un_web_page(arabic))
    keep(folder, OFFICIAL, un_pdf(OFFICIAL))
    with served(app_of(read_knowledge(folder), register)) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@contextmanager
def opened(browser: Browser, url: str, width: int = 1280, **options: object) -> Iterator[Page]:
    context = browser.new_context(**{"viewport": {"width": width, "height": 800}, **options})
    complaints: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda it: complaints.append(it.text) if it.type == "error" else None)
    page.goto(url)
    yield page
    assert [told for told in complaints if "404" not in told] == []
    context.close()


def spare(page: Page) -> int:
    """How many pixels are left until the page would scroll sideways."""
    script = "document.documentElement.clientWidth - document.documentElement.scrollWidth"
    return int(page.evaluate(script))


# --- everybody -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("prefix", "scheme"), [("", "light"), ("", "dark"), ("/ar", "light")])
@pytest.mark.parametrize("view", VIEWS)
def test_no_view_breaks_a_rule_of_wcag(browser, plain, view, prefix, scheme):
    with opened(browser, f"{plain}{prefix}{VIEWS[view]}", color_scheme=scheme) as page:
        assert faults(page) == []
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 740})
            assert spare(page) >= 0, width
        assert faults(page) == []


@pytest.mark.parametrize(("prefix", "scheme"), [("", "light"), ("", "dark"), ("/ar", "light")])
@pytest.mark.parametrize("view", WITH_BOTH)
def test_no_view_of_both_texts_breaks_a_rule_of_wcag(browser, official, view, prefix, scheme):
    with opened(browser, f"{official}{prefix}{WITH_BOTH[view]}", color_scheme=scheme) as page:
        assert faults(page) == []
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 740})
            assert spare(page) >= 0, width
        assert faults(page) == []


def test_the_register_breaks_none_while_it_is_assessed(browser, plain):
    with opened(browser, f"{plain}/register?chapter=3") as page:
        page.locator("#assessment > summary").click()
        page.locator(".standing-more > summary").first.click()
        page.locator("#clear-entries").click()
        assert faults(page) == []
        page.keyboard.press("Escape")
        assert faults(page) == []


@pytest.mark.parametrize("view", ["contents", "article", "found", "register"])
def test_at_twice_the_size_of_letters_nothing_is_cut(browser, plain, view):
    with opened(browser, f"{plain}{VIEWS[view]}", 640) as page:
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert spare(page) >= 0


# --- an article ----------------------------------------------------------------------------------


def test_an_address_marks_its_provision_again_after_a_reload(browser, plain):
    with opened(browser, f"{plain}/convention/article-14#para-1-b") as page:
        page.reload()
        own = page.locator("#para-1-b > .held > .pair .own")
        shade = own.evaluate("it => getComputedStyle(it).backgroundColor")
        assert shade != page.locator("#para-1-a > .held > .pair .own").evaluate(
            "it => getComputedStyle(it).backgroundColor"
        )
        assert 0 <= own.bounding_box()["y"] < 800


def test_a_link_to_a_provision_is_copied_and_said(browser, plain):
    rights = ["clipboard-read", "clipboard-write"]
    with opened(browser, f"{plain}/convention/article-14", permissions=rights) as page:
        link = page.get_by_role("link", name="Link to Article 14, paragraph 1 (b)")
        link.focus()
        page.keyboard.press("Enter")
        page.locator("#copied").get_by_text("The link is copied.").wait_for(state="attached")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == page.url == f"{plain}/convention/article-14#para-1-b"


def test_both_texts_stand_side_by_side_where_there_is_room(browser, official):
    with opened(browser, f"{official}/convention/article-29", 1440) as page:
        pairs = page.locator(".text .pair.both:not(.heads)")
        starts = set()
        for number in range(pairs.count()):
            theirs = pairs.nth(number).locator("p").nth(0).bounding_box()
            ours = pairs.nth(number).locator("p").nth(1).bounding_box()
            assert theirs["x"] + theirs["width"] <= ours["x"] and theirs["y"] == ours["y"]
            starts.add(round(ours["x"]))
        assert max(starts) - min(starts) <= 1
        page.set_viewport_size({"width": 360, "height": 740})
        theirs, ours = (pairs.first.locator("p").nth(n).bounding_box() for n in (0, 1))
        assert theirs["y"] + theirs["height"] <= ours["y"]


def test_one_of_the_texts_is_chosen_without_a_script(browser, official):
    options = {"java_script_enabled": False}
    with opened(browser, f"{official}/convention/article-29", **options) as page:
        page.get_by_role("link", name="Our plain words").click()
        assert page.url.endswith("?text=digest")
        assert page.locator(".official").count() == 0
        page.get_by_role("link", name="Official text").click()
        assert page.locator(".official").count() > 0 and page.locator(".pair .ours").count() == 0


def test_on_a_wide_screen_the_chapter_stands_beside_the_text_and_below_it_on_a_phone(
    browser, plain
):
    with opened(browser, f"{plain}/convention/article-14", 1440) as page:
        text, side = page.locator("main").bounding_box(), page.locator(".side").bounding_box()
        assert text["x"] + text["width"] <= side["x"]
        page.set_viewport_size({"width": 360, "height": 740})
        text, side = page.locator("main").bounding_box(), page.locator(".side").bounding_box()
        assert text["y"] + text["height"] <= side["y"]


def test_from_the_right_the_map_and_the_text_are_mirrored(browser, plain):
    with opened(browser, f"{plain}/ar/convention/article-14", 1440) as page:
        text, side = page.locator("main").bounding_box(), page.locator(".side").bounding_box()
        assert side["x"] + side["width"] <= text["x"]
        nodes = page.locator(".map svg a")
        centre = page.locator(".map .centre rect").bounding_box()
        assert nodes.first.bounding_box()["x"] > centre["x"] > nodes.last.bounding_box()["x"]


# --- terms ---------------------------------------------------------------------------------------


def test_a_term_shows_its_definition_to_the_pointer_which_may_move_onto_it(browser, plain):
    with opened(browser, f"{plain}/convention/article-25") as page:
        term, shown = page.locator("a.term").first, page.locator("#definition")
        term.hover()
        shown.wait_for()
        assert shown.inner_text().startswith(term.get_attribute("data-definition"))
        shown.hover()
        page.wait_for_timeout(500)
        assert shown.is_visible() and faults(page) == []
        page.mouse.move(5, 5)
        shown.wait_for(state="hidden")


def test_a_term_shows_it_to_the_keyboard_and_escape_closes_it(browser, plain):
    with opened(browser, f"{plain}/convention/article-25") as page:
        term, shown = page.locator("a.term").first, page.locator("#definition")
        page.locator(".tools a").last.focus()
        page.keyboard.press("Tab")
        shown.wait_for()
        assert term.get_attribute("aria-describedby") == "definition"
        page.keyboard.press("Escape")
        assert shown.is_hidden() and term.evaluate("it => it === document.activeElement")
        page.keyboard.press("Enter")
        page.wait_for_url("**/convention/article-2#b")


def test_a_tap_shows_it_and_another_tap_follows_the_link(browser, plain):
    options = {"has_touch": True, "is_mobile": True}
    with opened(browser, f"{plain}/convention/article-25", 360, **options) as page:
        term, shown = page.locator("a.term").first, page.locator("#definition")
        term.tap()
        shown.wait_for()
        box = shown.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 360
        term.tap()
        page.wait_for_url("**/convention/article-2#b")


def test_a_term_shows_it_in_a_panel_that_came_later(browser, plain):
    with opened(browser, f"{plain}/register?chapter=4") as page:
        page.get_by_role("link", name="Article 25, paragraph 1").first.click()
        page.locator("#beside a.term").first.hover()
        page.locator("#definition").wait_for()
        page.keyboard.press("Escape")
        assert page.locator("#definition").is_hidden()
        assert page.locator("#beside").is_visible()


# --- search --------------------------------------------------------------------------------------


def test_the_keyboard_alone_finds_a_passage_without_a_script(browser, plain):
    with opened(browser, f"{plain}/convention", java_script_enabled=False) as page:
        page.get_by_label("Search the Convention").fill("expedited preservation")
        page.keyboard.press("Enter")
        page.locator("mark").first.wait_for()
        page.locator(".result a").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/convention/article-*")
