"""The widget: the script, its texts, and the whole of it on a strict page of another origin."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from fastapi import FastAPI
from fastapi.responses import JSONResponse, Response, StreamingResponse
from playwright.sync_api import Browser, Locator, expect

from assistant.assistant import Assistant
from assistant.settings import read_settings
from assistant.web import build_app
from assistant.web.sites import add_sites
from assistant.web.widget import read_widget, widget_routes
from tests.browser import NARROW, chromium, served
from tests.other_site import Guest, OtherSite, guest, other_site
from tests.scripted_model import NAME, Turn, scripted_model

HACKING = "Is hacking a crime under this treaty?"
MARKUP = '<img src=x onerror="alert(1)"> **bold** [art. 7(1)] <script>alert(2)</script>'
TARGET = 44


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def site() -> Iterator[OtherSite]:
    with other_site() as running:
        yield running


@pytest.fixture(scope="module")
def address(assistant: Assistant, site: OtherSite) -> Iterator[str]:
    with served(build_app(assistant, read_settings(sites=site.address))) as running:
        site.admit(running)
        yield running


def script(address: str, attributes: str = "") -> str:
    return f'<script src="{address}/widget.js" {attributes} async></script>'


@pytest.fixture
def met(browser: Browser, site: OtherSite, address: str) -> Iterator[Guest]:
    """A guest who has opened the widget on a plain page."""
    with guest(browser, site.shows(script(address))) as visitor:
        visitor.launcher.click()
        yield visitor


# --- the script ----------------------------------------------------------------------------------


def test_any_site_may_load_the_script(web):
    response = web.get("/widget.js")
    assert response.headers["content-type"].startswith("text/javascript")
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["cross-origin-resource-policy"] == "cross-origin"


def test_a_browser_that_has_the_script_need_not_load_it_again(web):
    tag = web.get("/widget.js").headers["etag"]
    again = web.get("/widget.js", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert web.get("/widget.js", headers={"If-None-Match": '"other"'}).status_code == 200


def test_only_the_address_with_the_version_at_hand_is_kept_for_ever(web):
    version = read_widget().version
    assert "immutable" in web.get(f"/widget.js?v={version}").headers["cache-control"]
    for address in ("/widget.js", "/widget.js?v=older"):
        assert web.get(address).headers["cache-control"] == "public, max-age=600"


def test_the_script_is_small():
    assert len(read_widget().script) < 40_000


# --- the texts -----------------------------------------------------------------------------------


def test_it_speaks_the_six_languages_of_the_convention_and_vietnamese():
    assert set(read_widget().texts) == {"ar", "en", "es", "fr", "ru", "vi", "zh"}


def test_every_language_has_every_text():
    texts = read_widget().texts
    for language, told in texts.items():
        assert list(told) == list(texts["en"]), language
        missing = {name for name, text in told.items() if not text}
        assert missing == ({"in_english"} if language == "en" else set()), language


def test_only_the_text_on_waiting_has_a_place_for_seconds():
    for language, told in read_widget().texts.items():
        assert {name for name, text in told.items() if "{" in text} == {"wait"}, language
        assert told["wait"].count("{seconds}") == 1, language


# --- asking --------------------------------------------------------------------------------------


def test_a_guest_of_another_site_asks_and_gets_the_answer_with_its_citations(met, address):
    met.ask(HACKING)
    expect(met.answers).to_contain_text("Yes.")
    first = met.citations.first
    assert first.inner_text() == "[art. 7(1)]"
    assert first.get_attribute("href") == f"{address}/convention/article-7#para-1"


def test_a_citation_opens_its_provision_in_a_new_tab(met):
    met.ask(HACKING)
    with met.page.context.expect_page() as opened:
        met.citations.first.click()
    assert opened.value.locator("#para-1").is_visible()
    assert met.dialog.is_visible()


def test_each_cited_provision_is_listed_with_its_level(met):
    met.ask(HACKING)
    cited = met.widget.locator(".cited li")
    assert cited.first.inner_text() == "article 7, paragraph 1 Illegal access mandatory"


def test_a_list_in_an_answer_is_a_list_with_links(met):
    met.ask("What can we opt out of?")
    assert met.answers.locator("li").count() > 2
    assert met.answers.locator("li a").count() >= met.answers.locator("li").count()


def test_every_label_of_a_long_answer_is_a_link(met):
    met.ask("Which deadlines are there?")
    assert met.citations.count() > 5
    linked = met.citations.all_inner_texts()
    assert met.answers.inner_text().count("[") == len(linked)


def test_a_suggestion_asks_the_next_question(met):
    met.ask(HACKING)
    choice = met.widget.locator(".choices button").first
    words = choice.inner_text()
    choice.click()
    met.wait_for_answer()
    assert met.questions.all_inner_texts() == [HACKING, words]


def test_a_question_is_sent_with_those_before_it(met):
    met.ask("Is fraud a crime?")
    met.ask("And for companies?")
    assert met.asked[1]["history"] == ["Is fraud a crime?"]
    assert "[art. 18(1)]" in met.answers.last.inner_text()


def test_a_new_conversation_forgets_the_questions_before(met):
    met.ask(HACKING)
    met.widget.get_by_role("button", name="New conversation").click()
    assert met.questions.count() == 0
    met.ask("Is fraud a crime?")
    assert met.asked[1]["history"] == []


def test_markup_in_a_question_stays_text(met):
    met.ask(MARKUP)
    assert met.questions.first.inner_text() == MARKUP
    assert met.widget.locator("img, script").count() == 0
    assert met.complaints == []


def test_nothing_is_asked_before_the_guest_asks(met):
    assert met.asked == []


def test_shift_and_enter_begin_a_new_line(met):
    met.field.fill("one")
    met.field.press("Shift+Enter")
    met.field.press_sequentially("two")
    assert met.field.input_value() == "one\ntwo"
    assert met.asked == []


def test_an_answer_is_shown_as_it_is_written(browser, data, assistant):
    goes_on = threading.Event()

    def in_two_parts(turn: Turn) -> None:
        turn.begin()
        first, second = (source.split(".")[0] for source in turn.sources[:2])
        turn.piece(f"{first} [1]. {second} [2]. ")
        goes_on.wait(20)
        turn.piece(f"{first} [1].")
        turn.end()

    with scripted_model() as model, pytest.MonkeyPatch.context() as environment:
        model.configure(environment)
        model.behaviour = in_two_parts
        opened = Assistant.open(read_settings(data=data, model=NAME))
        with met_at(browser, build_app(opened)) as visitor:
            visitor.field.fill(HACKING)
            visitor.field.press("Enter")
            expect(visitor.answers).to_contain_text("art. 7(1)")
            state = visitor.widget.locator(".state")
            assert state.inner_text() == "Writing the answer…"
            before = visitor.answers.inner_text()
            goes_on.set()
            visitor.wait_for_answer()
            assert visitor.answers.inner_text().startswith(before)
            assert state.count() == 0


@contextmanager
def met_at(browser: Browser, app: FastAPI, attributes: str = "") -> Iterator[Guest]:
    """A guest who has opened the widget that another application serves."""
    with other_site() as site:
        add_sites(app, site.address)
        with served(app) as at:
            site.admit(at)
            with guest(browser, site.shows(script(at, attributes))) as visitor:
                visitor.launcher.click()
                yield visitor


# --- what it leaves alone ------------------------------------------------------------------------


def test_it_works_under_a_policy_without_inline_styles_eval_or_markup_from_text(met):
    met.ask(HACKING)
    met.launcher.evaluate("it => it.getRootNode().host.close()")
    assert met.complaints == []


def test_it_asks_no_host_but_its_own(met, site, address):
    met.ask(HACKING)
    assert met.hosts() == {at.removeprefix("http://") for at in (site.address, address)}


def test_it_keeps_nothing_in_the_browser(met):
    met.ask(HACKING)
    assert met.page.context.cookies() == []
    assert met.page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert met.page.evaluate("indexedDB.databases()") == []


def test_it_does_not_tell_which_page_the_guest_is_on(met, site):
    met.ask(HACKING)
    assert met.headers[0]["origin"] == site.address
    assert "referer" not in met.headers[0]
    assert "cookie" not in met.headers[0]


def test_styles_of_the_page_do_not_reach_into_it(browser, site, address):
    css = "button, h2, p, textarea { font-size: 40px !important; color: red !important; }"
    with guest(browser, site.shows(script(address), css=css)) as visitor:
        visitor.launcher.click()
        assert style_of(visitor.field, "font-size") == "16px"


def test_a_site_that_shrinks_its_root_size_does_not_shrink_the_widget(browser, site, address):
    with guest(browser, site.shows(script(address), css="html { font-size: 62.5% }")) as visitor:
        assert style_of(visitor.launcher, "font-size") == "16px"


def style_of(target: Locator, name: str) -> str:
    return str(target.evaluate("(it, name) => getComputedStyle(it).getPropertyValue(name)", name))


# --- keyboard and screen reader ------------------------------------------------------------------


def test_everything_can_be_done_by_keyboard(browser, site, address):
    with guest(browser, site.shows(script(address))) as visitor:
        visitor.launcher.wait_for()
        visitor.tab_to("launcher")
        visitor.page.keyboard.press("Enter")
        assert visitor.focused() == "textarea"
        visitor.page.keyboard.type(HACKING)
        visitor.page.keyboard.press("Enter")
        visitor.wait_for_answer()
        assert visitor.focused() == "textarea"
        visitor.page.keyboard.press("Escape")
        expect(visitor.dialog).to_be_hidden()
        assert visitor.focused() == "launcher"


def test_the_dialog_has_the_name_of_its_heading(met):
    assert met.page.get_by_role("dialog", name="Ask the Cybercrime Convention").count() == 1


def test_the_button_says_whether_the_dialog_is_open(met):
    assert met.launcher.get_attribute("aria-expanded") == "true"
    met.page.keyboard.press("Escape")
    expect(met.launcher).to_have_attribute("aria-expanded", "false")


def test_the_answer_is_read_out_once_when_it_is_complete(met):
    status = met.widget.get_by_role("status")
    met.ask(HACKING)
    assert status.inner_text().startswith("Yes. Each State Party")
    assert status.locator("span").get_attribute("lang") == "en"


def test_the_link_says_that_it_opens_a_new_tab(met):
    met.ask(HACKING)
    described = met.citations.first.get_attribute("aria-describedby")
    assert met.widget.locator(f"#{described}").inner_text() == "opens in a new tab"


def test_whatever_has_the_focus_shows_it(met):
    for _ in range(8):
        met.page.keyboard.press("Tab")
        outline = met.page.evaluate(
            "() => { const it = document.querySelector('convention-assistant').shadowRoot"
            ".activeElement; return it ? getComputedStyle(it).outlineWidth : null; }"
        )
        assert outline in ("3px", None)


def test_an_open_widget_that_nobody_asked_for_leaves_the_focus_alone(browser, site, address):
    with guest(browser, site.shows(script(address, "data-open"))) as visitor:
        expect(visitor.dialog).to_be_visible()
        assert visitor.focused() == "body"


@pytest.mark.parametrize(("motion", "moves"), [("reduce", False), ("no-preference", True)])
def test_it_moves_only_where_motion_is_welcome(browser, site, address, motion, moves):
    page = site.shows(script(address))
    with guest(browser, page, reduced_motion=motion) as visitor:
        visitor.launcher.click()
        name = style_of(visitor.dialog, "animation-name")
        assert (name != "none") == moves


# --- language and direction ----------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "vi", "zh"])
def test_it_speaks_the_language_of_the_page(browser, site, address, language):
    page = site.shows(script(address), html=f'<html lang="{language}">')
    with guest(browser, page) as visitor:
        visitor.launcher.click()
        texts = read_widget().texts[language]
        assert visitor.widget.locator("h2").inner_text() == texts["title"]
        assert visitor.sender.inner_text() == texts["ask"]


@pytest.mark.parametrize(
    ("html", "attributes", "language"),
    [
        ('<html lang="fr-CA">', "", "fr"),
        ('<html lang="de">', "", "en"),
        ("<html>", "", "en"),
        ('<html lang="fr">', 'data-language="vi"', "vi"),
    ],
)
def test_the_language_is_the_named_one_or_the_nearest(
    browser, site, address, html, attributes, language
):
    with guest(browser, site.shows(script(address, attributes), html=html)) as visitor:
        assert visitor.launcher.inner_text() == read_widget().texts[language]["title"]


def test_the_answer_is_marked_as_english_in_every_language(browser, site, address):
    page = site.shows(script(address), html='<html lang="ar" dir="rtl">')
    with guest(browser, page) as visitor:
        visitor.launcher.click()
        assert read_widget().texts["ar"]["in_english"] in visitor.dialog.inner_text()
        visitor.ask(HACKING)
        assert visitor.answers.get_attribute("lang") == "en"
        assert style_of(visitor.answers, "direction") == "ltr"
        assert visitor.asked[0]["language"] == "ar"


@pytest.mark.parametrize(
    ("html", "attributes", "side"),
    [
        ('<html lang="en">', "", "right"),
        ('<html lang="ar" dir="rtl">', "", "left"),
        ('<html lang="he" dir="rtl">', "", "left"),
        ('<html lang="en">', 'data-language="ar"', "left"),
        ('<html lang="en">', 'data-position="left"', "left"),
        ('<html lang="ar" dir="rtl">', 'data-position="right"', "right"),
    ],
)
def test_the_button_stands_where_lines_end_or_where_the_site_wants_it(
    browser, site, address, html, attributes, side
):
    with guest(browser, site.shows(script(address, attributes), html=html)) as visitor:
        box = visitor.launcher.bounding_box()
        visitor.launcher.click()
        panel = visitor.dialog.bounding_box()
    for at in (box, panel):
        gaps = {"left": at["x"], "right": 1280 - at["x"] - at["width"]}
        assert min(gaps, key=gaps.__getitem__) == side
        assert gaps[side] == 20


# --- size and colour -----------------------------------------------------------------------------


def test_on_a_phone_it_fills_the_screen_and_nothing_sticks_out(browser, site, address):
    with guest(browser, site.shows(script(address)), size=NARROW) as visitor:
        visitor.launcher.click()
        visitor.ask(HACKING)
        box = visitor.dialog.bounding_box()
        assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, *NARROW)
        log = visitor.widget.locator(".log")
        assert log.evaluate("it => it.scrollWidth <= it.clientWidth")
        assert visitor.page.evaluate("document.documentElement.scrollWidth") == NARROW[0]


@pytest.mark.parametrize("size", [NARROW, (1280, 800)])
def test_every_target_is_large_enough_for_a_finger(browser, site, address, size):
    with guest(browser, site.shows(script(address)), size=size) as visitor:
        assert_large(visitor.launcher)
        visitor.launcher.click()
        assert_large(visitor.widget.locator("button:visible, textarea"))
        visitor.ask(HACKING)
        assert_large(visitor.widget.locator("button:visible, textarea, summary"))


def assert_large(targets: Locator) -> None:
    assert targets.count() > 0
    for target in targets.all():
        box = target.bounding_box()
        assert min(box["width"], box["height"]) >= TARGET, target.inner_text()


def test_on_a_phone_the_page_below_cannot_be_reached(browser, site, address):
    with guest(browser, site.shows(script(address)), size=NARROW) as visitor:
        visitor.launcher.click()
        for _ in range(30):
            visitor.page.keyboard.press("Tab")
            assert visitor.focused() != "before"


def test_on_a_phone_it_does_not_open_by_itself(browser, site, address):
    with guest(browser, site.shows(script(address, "data-open")), size=NARROW) as visitor:
        visitor.launcher.wait_for()
        assert visitor.dialog.count() == 0


@pytest.mark.parametrize("accent", ["#00aa55", "#f5a623", "#0b5a8f", "#777777", "yellow", "#c00"])
def test_words_on_the_accent_can_be_read_whatever_it_is(browser, site, address, accent):
    page = site.shows(script(address, f'data-accent="{accent}"'))
    with guest(browser, page) as visitor:
        assert contrast(visitor.launcher) >= 4.5


def contrast(target: Locator) -> float:
    """The contrast of a target's words and its background, as WCAG reckons it."""
    lights = [luminance(pixel_of(target, name)) for name in ("color", "background-color")]
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def pixel_of(target: Locator, name: str) -> list[int]:
    """A colour as it is painted."""
    return list(
        target.evaluate(
            "(it, name) => { const on = new OffscreenCanvas(1, 1).getContext('2d');"
            " on.fillStyle = getComputedStyle(it).getPropertyValue(name); on.fillRect(0, 0, 1, 1);"
            " return [...on.getImageData(0, 0, 1, 1).data].slice(0, 3); }",
            name,
        )
    )


def luminance(pixel: list[int]) -> float:
    red, green, blue = (linear(value / 255) for value in pixel)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def test_the_accent_of_the_script_colours_the_button(browser, site, address):
    with guest(browser, site.shows(script(address, 'data-accent="#0a5"'))) as visitor:
        assert pixel_of(visitor.launcher, "background-color") == [0, 170, 85]


def test_a_variable_of_the_page_goes_before_the_accent_of_the_script(browser, site, address):
    css = "body { --convention-accent: rgb(90 20 140); --convention-radius: 3px }"
    page = site.shows(script(address, 'data-accent="#0a5"'), css=css)
    with guest(browser, page) as visitor:
        assert pixel_of(visitor.launcher, "background-color") == [90, 20, 140]
        visitor.launcher.click()
        assert style_of(visitor.dialog, "border-radius") == "3px"


def test_an_accent_that_is_no_colour_changes_nothing(browser, site, address):
    bad = 'data-accent="red; } .launcher { display: none"'
    with guest(browser, site.shows(script(address, bad))) as visitor:
        assert pixel_of(visitor.launcher, "background-color") == [11, 90, 143]


@pytest.mark.parametrize(
    ("css", "attributes", "is_dark"),
    [
        ("", "", False),
        (":root { color-scheme: light dark }", "", True),
        ("", 'data-theme="dark"', True),
        (":root { color-scheme: light dark }", 'data-theme="light"', False),
    ],
)
def test_it_is_dark_where_the_page_is_or_the_site_says_so(
    browser, site, address, css, attributes, is_dark
):
    page = site.shows(script(address, attributes), css=css)
    with guest(browser, page, color_scheme="dark") as visitor:
        visitor.launcher.click()
        paper = pixel_of(visitor.dialog, "background-color")
        assert (luminance(paper) < 0.1) == is_dark
        assert contrast(visitor.dialog) > 10


def test_the_title_of_the_site_stands_on_the_button_and_over_the_talk(browser, site, address):
    with guest(browser, site.shows(script(address, 'data-title="Ask <us>"'))) as visitor:
        assert visitor.launcher.inner_text() == "Ask <us>"
        visitor.launcher.click()
        assert visitor.widget.locator("h2").inner_text() == "Ask <us>"


# --- on the page ---------------------------------------------------------------------------------


def test_a_script_that_is_loaded_twice_makes_one_widget(browser, site, address):
    twice = script(address) + f'<script src="{address}/widget.js?again"></script>'
    with guest(browser, site.shows(twice)) as visitor:
        visitor.launcher.wait_for()
        visitor.page.wait_for_load_state("networkidle")
        assert visitor.widget.count() == 1
        assert visitor.complaints == []


def test_an_element_in_the_page_stands_there_and_no_button_beside_it(browser, site, address):
    body = f"<main><convention-assistant inline></convention-assistant></main>{script(address)}"
    with guest(browser, site.shows(body)) as visitor:
        visitor.ask(HACKING)
        assert visitor.widget.count() == 1
        assert visitor.launcher.count() == 0
        assert visitor.widget.get_by_role("region", name="Ask the Cybercrime").is_visible()


def test_a_page_whose_script_is_pinned_to_its_hash_loads_it(browser, site, address):
    digest = base64.b64encode(hashlib.sha384(read_widget().script).digest()).decode()
    pinned = f'<script src="{address}/widget.js" integrity="sha384-{digest}" crossorigin></script>'
    with guest(browser, site.shows(pinned)) as visitor:
        expect(visitor.launcher).to_be_visible()


def test_a_question_of_the_site_is_asked_when_the_guest_opens_it_and_only_once(
    browser, site, address
):
    with guest(browser, site.shows(script(address, f'data-question="{HACKING}"'))) as visitor:
        visitor.launcher.wait_for()
        assert visitor.asked == []
        visitor.launcher.click()
        visitor.wait_for_answer()
        visitor.page.keyboard.press("Escape")
        visitor.launcher.click()
        assert [body["question"] for body in visitor.asked] == [HACKING]


def test_a_question_of_the_site_is_asked_at_once_where_it_opens_by_itself(browser, site, address):
    attributes = f'data-open data-question="{HACKING}"'
    with guest(browser, site.shows(script(address, attributes))) as visitor:
        expect(visitor.answers).to_contain_text("Yes.")


def test_a_program_of_the_site_opens_asks_and_closes(browser, site, address):
    with guest(browser, site.shows(script(address))) as visitor:
        visitor.launcher.wait_for()
        visitor.page.focus("#before")
        answer = visitor.page.evaluate("q => ConventionAssistant.ask(q)", HACKING)
        assert answer["outcome"] == "answered"
        expect(visitor.answers).to_contain_text("Yes.")
        visitor.page.evaluate("ConventionAssistant.close()")
        expect(visitor.dialog).to_be_hidden()
        assert visitor.focused() == "before"
        visitor.page.evaluate("ConventionAssistant.open('Is fraud a crime?')")
        visitor.wait_for_answer()
        assert visitor.questions.all_inner_texts() == [HACKING, "Is fraud a crime?"]


def test_the_page_hears_of_each_answer(met):
    met.page.evaluate(
        "document.addEventListener('convention-answer', (event) => { window.heard = event.detail })"
    )
    met.ask(HACKING)
    assert met.page.evaluate("window.heard.citations[0].id") == "art-7/para-1"


def test_the_key_of_the_site_goes_with_each_question(browser, site, address):
    with guest(browser, site.shows(script(address, 'data-key="pk_123"'))) as visitor:
        visitor.launcher.click()
        visitor.ask(HACKING)
        assert visitor.headers[0]["authorization"] == "Bearer pk_123"


def test_a_site_that_is_not_named_can_show_the_button_but_not_ask(browser, address):
    with other_site() as stranger:
        stranger.admit(address)
        with guest(browser, stranger.shows(script(address))) as visitor:
            visitor.launcher.click()
            visitor.ask(HACKING)
            assert visitor.failure.inner_text() == read_widget().texts["en"]["offline"]


# --- what can go wrong ---------------------------------------------------------------------------


def test_without_a_connection_the_question_is_kept_for_another_try(met):
    met.page.context.set_offline(True)
    met.ask(HACKING)
    texts = read_widget().texts["en"]
    assert met.failure.inner_text() == texts["offline"]
    met.page.context.set_offline(False)
    met.widget.get_by_role("button", name="Try again").click()
    met.wait_for_answer()
    assert met.questions.all_inner_texts() == [HACKING]
    expect(met.answers).to_contain_text("Yes.")


def refusing(status: int, message: str | None = None, **headers: str) -> FastAPI:
    """An application that serves the widget, and refuses every question."""
    body = {"error": {"code": "c", "message": message, "request_id": "1"}} if message else {}
    return answering(lambda: JSONResponse(body, status, headers=headers))


def answering(respond) -> FastAPI:
    """An application that serves the widget, and responds as told to every question."""
    app = FastAPI()
    app.include_router(widget_routes())

    @app.post("/api/ask")
    def ask() -> Response:
        return respond()

    return app


@pytest.mark.parametrize(
    ("app", "text"),
    [
        (refusing(429, "Slowly.", **{"Retry-After": "7"}), "wait"),
        (refusing(429, "Slowly."), "busy"),
        (refusing(503), "unavailable"),
        (refusing(413, "Too large."), "too_long"),
        (refusing(401, "Who?"), "not_allowed"),
        (refusing(403, "Not from there."), "not_allowed"),
        (refusing(500), "failed"),
        (answering(lambda: Response("not: events", media_type="text/event-stream")), "failed"),
    ],
)
def test_a_refusal_is_told_in_the_language_of_the_page(browser, app, text):
    with met_at(browser, app, 'data-language="fr"') as visitor:
        visitor.ask(HACKING)
        told = read_widget().texts["fr"][text].replace("{seconds}", "7")
        assert visitor.failure.inner_text() == told
        assert visitor.widget.get_by_role("status").inner_text() == told


def test_the_words_of_an_operator_who_has_switched_it_off_are_shown(browser):
    with met_at(browser, refusing(503, "Back on Monday <b>at nine</b>.")) as visitor:
        visitor.ask(HACKING)
        assert visitor.failure.inner_text() == "Back on Monday <b>at nine</b>."


def test_an_error_on_the_way_to_the_answer_is_told(browser):
    error = json.dumps({"error": {"code": "c", "message": "It broke.", "request_id": "1"}})
    events = f'event: stage\ndata: {{"stage": "searching"}}\n\nevent: error\ndata: {error}\n\n'
    app = answering(lambda: Response(events, media_type="text/event-stream"))
    with met_at(browser, app) as visitor:
        visitor.ask(HACKING)
        assert visitor.failure.inner_text() == "It broke."


def test_an_answer_that_takes_long_can_be_stopped(browser):
    ended = threading.Event()

    def slowly() -> Iterator[bytes]:
        yield b'event: stage\ndata: {"stage": "searching"}\n\n'
        ended.wait(20)

    app = answering(lambda: StreamingResponse(slowly(), media_type="text/event-stream"))
    with met_at(browser, app) as visitor:
        visitor.field.fill(HACKING)
        visitor.field.press("Enter")
        expect(visitor.sender).to_have_text("Stop")
        visitor.sender.click()
        visitor.wait_for_answer()
        assert visitor.failure.inner_text() == "Stopped."
        assert visitor.sender.inner_text() == "Ask"
        ended.set()
