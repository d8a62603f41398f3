"""The page for frames: who may frame it, what it hears and says, and how it is dressed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, Route, expect

from assistant.assistant import Assistant
from assistant.settings import read_settings
from assistant.web import build_app
from tests.browser import chromium, served
from tests.other_site import Guest, OtherSite, guest, other_site

HACKING = "Is hacking a crime under this treaty?"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def sites() -> Iterator[tuple[OtherSite, OtherSite]]:
    """A site that the settings name, and one that they do not."""
    with other_site() as known, other_site() as stranger:
        yield known, stranger


@pytest.fixture(scope="module")
def known(sites: tuple[OtherSite, OtherSite]) -> OtherSite:
    return sites[0]


@pytest.fixture(scope="module")
def stranger(sites: tuple[OtherSite, OtherSite]) -> OtherSite:
    return sites[1]


@pytest.fixture(scope="module")
def address(assistant: Assistant, known: OtherSite) -> Iterator[str]:
    settings = read_settings(embed_sites=f"{known.address} https://*.zendesk.com")
    with served(build_app(assistant, settings)) as running:
        yield running


def framing(address: str, query: str = "") -> str:
    return f'<iframe src="{address}/embed{query}" width="340" height="600"></iframe>'


def frame_of(page: Page) -> FrameLocator:
    return page.frame_locator("iframe")


def listen(page: Page) -> None:
    """Keep what the frame says to the page, with the origin that it gives."""
    page.evaluate(
        "() => { window.heard = [];"
        " addEventListener('message', ({data, origin}) => heard.push({...data, origin})); }"
    )


def say(page: Page, message: object, target: str = "*") -> None:
    page.evaluate(
        "([message, target]) => document.querySelector('iframe').contentWindow"
        ".postMessage(message, target)",
        [message, target],
    )


def heard(page: Page, kind: str) -> list[dict]:
    """What the frame has said of that kind; waits for the first."""
    page.wait_for_function("kind => heard.some(({type}) => type === kind)", arg=kind)
    return [said for said in page.evaluate("heard") if said["type"] == kind]


# --- who may frame what --------------------------------------------------------------------------


def test_a_site_that_is_named_may_frame_it(browser, known, address):
    with guest(browser, known.shows(framing(address))) as visitor:
        expect(frame_of(visitor.page).locator("textarea")).to_be_visible()
        assert visitor.complaints == []


def test_another_site_may_not(browser, stranger, address):
    with guest(browser, stranger.shows(framing(address))) as visitor:
        visitor.page.wait_for_load_state("networkidle")
        assert frame_of(visitor.page).locator("textarea").count() == 0
        assert any("frame-ancestors" in complaint for complaint in visitor.complaints)


def test_without_a_setting_only_this_site_may(web):
    policy = web.get("/embed").headers["content-security-policy"]
    assert policy.endswith("; frame-ancestors 'self'")


@pytest.mark.parametrize(
    "path", ["/", "/convention", "/convention/article-14", "/api/provisions", "/docs", "/no-page"]
)
def test_no_other_page_may_be_framed_by_other_sites(web, path):
    assert "frame-ancestors 'self'" in web.get(path).headers["content-security-policy"]


def test_the_page_lets_nothing_in_but_its_own_scripts_and_styles(web):
    policy = web.get("/embed").headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "*" not in policy


def test_the_page_sets_no_cookie_and_asks_no_other_host(browser, address):
    with guest(browser, f"{address}/embed") as visitor:
        visitor.ask(HACKING)
        assert visitor.page.context.cookies() == []
        assert visitor.hosts() == {address.removeprefix("http://")}
        assert visitor.complaints == []


# --- what the address says -----------------------------------------------------------------------


def test_a_question_in_the_address_is_asked_at_once(browser, known, address):
    with guest(browser, known.shows(framing(address, "?q=Is+hacking+a+crime%3F"))) as visitor:
        answers = frame_of(visitor.page).locator(".answer")
        expect(answers).to_contain_text("[art. 7(1)]")
        assert visitor.asked[0]["question"] == "Is hacking a crime?"


def test_markup_in_the_address_stays_text(browser, address):
    with guest(browser, f"{address}/embed?q=%22%3E%3Cimg+src=x+onerror=alert(1)%3E") as visitor:
        visitor.wait_for_answer()
        assert visitor.questions.inner_text() == '"><img src=x onerror=alert(1)>'
        assert visitor.complaints == []


def test_the_key_in_the_address_goes_with_each_question(browser, address):
    with guest(browser, f"{address}/embed?key=pk_1&q=Is+fraud+a+crime") as visitor:
        visitor.wait_for_answer()
        assert visitor.headers[0]["authorization"] == "Bearer pk_1"


@pytest.mark.parametrize(
    ("query", "language", "direction", "words"),
    [
        ("", "en", "ltr", "Ask"),
        ("?lang=vi", "vi", "ltr", "Hỏi"),
        ("?lang=ar", "ar", "rtl", "اسأل"),
        ("?lang=fr-CA", "fr", "ltr", "Demander"),
        ('?lang=x"><script>', "en", "ltr", "Ask"),
    ],
)
def test_the_language_of_the_address(browser, address, query, language, direction, words):
    with guest(browser, f"{address}/embed{query}") as visitor:
        expect(visitor.sender).to_have_text(words)
        root = visitor.page.locator("html")
        assert (root.get_attribute("lang"), root.get_attribute("dir")) == (language, direction)


@pytest.mark.parametrize(
    ("query", "system", "is_dark"),
    [
        ("", "light", False),
        ("", "dark", True),
        ("?theme=dark", "light", True),
        ("?theme=light", "dark", False),
        ("?theme=pink", "dark", True),
    ],
)
def test_the_theme_of_the_address_goes_before_that_of_the_system(
    browser, address, query, system, is_dark
):
    with guest(browser, f"{address}/embed{query}", color_scheme=system) as visitor:
        panel = visitor.widget.locator(".panel")
        ink = panel.evaluate("it => getComputedStyle(it).color")
        assert (ink == "rgb(231, 234, 237)") == is_dark


def test_it_fills_the_frame(browser, known, address):
    with guest(browser, known.shows(framing(address))) as visitor:
        panel = frame_of(visitor.page).locator(".panel")
        expect(panel).to_be_visible()
        assert panel.bounding_box()["height"] == 600
        assert panel.bounding_box()["width"] == 340


# --- talking with the page around ----------------------------------------------------------------


def test_the_page_around_asks_and_hears_the_answer(browser, known, address):
    with guest(browser, known.shows(framing(address))) as visitor:
        listen(visitor.page)
        say(visitor.page, {"type": "convention:ask", "question": HACKING}, address)
        [said] = heard(visitor.page, "convention:answer")
        assert said["origin"] == address
        assert said["answer"]["citations"][0]["id"] == "art-7/para-1"
        expect(frame_of(visitor.page).locator(".answer")).to_contain_text("Yes.")


def test_the_page_around_hears_how_high_it_has_to_be(browser, known, address):
    with guest(browser, known.shows(framing(address))) as visitor:
        listen(visitor.page)
        say(visitor.page, {"type": "convention:ask", "question": HACKING})
        heard(visitor.page, "convention:answer")
        visitor.page.wait_for_timeout(100)
        height = heard(visitor.page, "convention:height")[-1]["height"]
        visitor.page.evaluate("high => { document.querySelector('iframe').height = high }", height)
        log = frame_of(visitor.page).locator(".log")
        assert log.evaluate("it => it.scrollHeight - it.clientHeight") <= 1


@pytest.mark.parametrize(
    "message",
    [
        {"type": "convention:ask"},
        {"type": "convention:ask", "question": 7},
        {"type": "convention:ask", "question": "   "},
        {"type": "other", "question": HACKING},
        "convention:ask",
        None,
    ],
)
def test_other_messages_are_ignored(browser, known, address, message):
    with guest(browser, known.shows(framing(address))) as visitor:
        expect(frame_of(visitor.page).locator("textarea")).to_be_visible()
        say(visitor.page, message)
        visitor.page.wait_for_timeout(200)
        assert visitor.asked == []
        assert visitor.complaints == []


def test_a_message_of_a_site_that_is_not_named_is_ignored(browser, known, stranger, address):
    """It comes from a frame of a stranger on the same page, by way of the page's frames."""
    meddling = stranger.shows("")
    body = framing(address) + f'<iframe id="other" src="{meddling}"></iframe>'
    page = known.shows(body)
    with guest(browser, page) as visitor:
        expect(visitor.page.frame_locator("iframe").first.locator("textarea")).to_be_visible()
        other = next(frame for frame in visitor.page.frames if frame.url == meddling)
        message = json.dumps({"type": "convention:ask", "question": HACKING})
        other.evaluate(f"parent.frames[0].postMessage({message}, '*')")
        visitor.page.wait_for_timeout(300)
        assert visitor.asked == []


def test_a_stranger_that_opens_it_in_a_window_can_neither_ask_nor_listen(
    browser, stranger, address
):
    with guest(browser, stranger.shows("")) as visitor:
        listen(visitor.page)
        with visitor.page.expect_popup() as opened:
            visitor.page.evaluate("at => { window.other = open(at) }", f"{address}/embed")
        expect(opened.value.locator("textarea")).to_be_visible()
        message = {"type": "convention:ask", "question": HACKING}
        visitor.page.evaluate("message => other.postMessage(message, '*')", message)
        visitor.page.wait_for_timeout(300)
        assert visitor.asked == []
        assert visitor.page.evaluate("heard") == []


@pytest.mark.parametrize(
    ("origin", "is_allowed"),
    [
        ("https://acme.zendesk.com", True),
        ("https://a.b.zendesk.com", True),
        ("https://zendesk.com", False),
        ("https://evilzendesk.com", False),
        ("http://acme.zendesk.com", False),
        ("https://acme.zendesk.com.evil.example", False),
    ],
)
def test_a_star_stands_for_the_names_below_alone(browser, address, origin, is_allowed):
    with framed_by(browser, address, origin) as visitor:
        say(visitor.page, {"type": "convention:ask", "question": HACKING})
        visitor.page.wait_for_timeout(500)
        assert bool(visitor.asked) == is_allowed
        assert bool(visitor.page.evaluate("heard")) == is_allowed


@contextmanager
def framed_by(browser: Browser, address: str, origin: str) -> Iterator[Guest]:
    """The page in a frame of a page of that origin, by a browser that knows no frame-ancestors."""

    def answer(route: Route) -> None:
        if route.request.url.startswith(f"{address}/embed"):
            response = route.fetch()
            kept = {k: v for k, v in response.headers.items() if "security-policy" not in k}
            route.fulfill(response=response, headers=kept)
        elif route.request.url.startswith(origin):
            route.fulfill(body="<title>A page</title>", content_type="text/html")
        else:
            route.continue_()

    with guest(browser, "about:blank") as visitor:
        visitor.page.route("**/*", answer)
        visitor.page.goto(f"{origin}/page")
        listen(visitor.page)
        visitor.page.evaluate("html => document.body.setHTMLUnsafe(html)", framing(address))
        frame_of(visitor.page).locator("textarea").wait_for()
        yield visitor
