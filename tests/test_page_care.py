"""The chat page for everybody: sizes, themes, directions, keyboard, WCAG 2.2 AA."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from assistant.web import app as web_app
from assistant.web import build_app
from assistant.web.interface import Interface, interfaces
from tests.browser import NARROW, Visit, chromium, served, visit

ENGLISH = interfaces()["en"]
ARABIC = Interface("ar", {**ENGLISH.texts, "site.direction": "rtl", "site.name": "العربية"})
LONG = "On what grounds can a country refuse to help another?"
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
SIZES = {"wide": (1440, 900), "tablet": (768, 1024), "phone": NARROW, "small": (320, 568)}


@pytest.fixture(scope="module")
def address(assistant) -> Iterator[str]:
    """The application with the chat in English, and in a language written from right to left."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(web_app, "interfaces", lambda root="": {"en": ENGLISH, "ar": ARABIC})
        app = build_app(assistant)
    with served(app) as found:
        yield found


@pytest.fixture(scope="module")
def browser():
    with chromium() as found:
        yield found


def asked(question: str) -> Callable[[Visit], None]:
    return lambda visitor: visitor.ask(question)


def beside(visitor: Visit) -> None:
    visitor.ask(LONG)
    visitor.open_first_citation()


def citing(visitor: Visit) -> None:
    visitor.ask(LONG)
    visitor.listed.first.locator("summary").click()


def saving(visitor: Visit) -> None:
    visitor.ask(LONG)
    visitor.page.locator("#save summary").click()


def earlier(visitor: Visit) -> None:
    visitor.ask(LONG)
    visitor.page.locator("#earlier-open").click()


def changing(visitor: Visit) -> None:
    visitor.ask(LONG)
    visitor.page.get_by_role("button", name=ENGLISH.text("chat.edit")).click()


STATES: dict[str, Callable[[Visit], None]] = {
    "first view": lambda visitor: None,
    "answered": asked(LONG),
    "corrected": asked("What does article 70 say?"),
    "not covered": asked("How many years in prison for hacking?"),
    "off topic": asked("What is the best pizza?"),
    "clarify": asked("What about data?"),
    "beside": beside,
    "citing": citing,
    "saving": saving,
    "earlier": earlier,
    "changing": changing,
}


def violations(visitor: Visit) -> list[str]:
    found = Axe().run(visitor.page, options={"runOnly": RULES}).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['target']}" for one in found]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(
    ("path", "size", "scheme"),
    [("/", SIZES["wide"], "light"), ("/", NARROW, "dark"), ("/ar/", NARROW, "light")],
    ids=["wide", "dark phone", "from right to left"],
)
def test_no_rule_of_wcag_is_broken(browser, address, state, path, size, scheme):
    given = {"color_scheme": scheme, "reduced_motion": "reduce"}
    with visit(browser, f"{address}{path}", size, **given) as visitor:
        STATES[state](visitor)
        assert violations(visitor) == []


@pytest.mark.parametrize("path", ["/", "/ar/"])
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_nothing_scrolls_sideways_and_the_question_is_in_reach(browser, address, path, size):
    with visit(browser, f"{address}{path}", size) as visitor:
        for act in (STATES["first view"], STATES["citing"]):
            act(visitor)
            assert visitor.width_to_spare() >= 0
            box = visitor.question.bounding_box()
            assert 0 <= box["x"] and box["x"] + box["width"] <= size[0]
            assert box["y"] + box["height"] <= size[1]


def test_at_twice_the_size_everything_is_in_reach(browser, address):
    with visit(browser, address, (720, 450)) as visitor:
        visitor.ask(LONG)
        assert visitor.width_to_spare() >= 0
        answer = visitor.answers.first.bounding_box()
        dock = visitor.page.locator("#dock").bounding_box()
        assert dock["y"] - max(answer["y"], 0) > 60


def test_from_right_to_left_the_page_turns_round_and_the_law_does_not(browser, address):
    with visit(browser, f"{address}/ar/", SIZES["wide"]) as visitor:
        assert visitor.page.evaluate("document.dir + document.documentElement.lang") == "rtlar"
        visitor.ask(LONG)
        told = visitor.page.locator(".told").first
        assert told.get_attribute("dir") == "ltr" and told.get_attribute("lang") == "en"
        copy = visitor.page.locator(".acts .copies").bounding_box()
        like = visitor.page.get_by_role("button", name="Helpful", exact=True).bounding_box()
        assert like["x"] + like["width"] < copy["x"]
        visitor.open_first_citation()
        assert visitor.beside.bounding_box()["x"] == 0
        assert visitor.page.locator("#beside-page").get_attribute("href").endswith("#para-21")
        assert "/ar/convention/" in visitor.page.locator("#beside-page").get_attribute("href")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_follows_the_scheme_of_the_system(browser, address, scheme):
    with visit(browser, address, color_scheme=scheme) as visitor:
        colour = visitor.page.evaluate("getComputedStyle(document.body).backgroundColor")
        lightness = sum(int(part) for part in colour[4:-1].split(", ")) / 3
        assert (lightness > 128) == (scheme == "light")


def test_a_level_is_told_by_shape_and_words_and_not_by_colour_alone(browser, address):
    with visit(browser, address, forced_colors="active") as visitor:
        visitor.ask("Does every country have to demand that a firewall was overcome?")
        shapes = visitor.page.evaluate(
            "['must', 'may'].map(mark => getComputedStyle(document.querySelector(`.chip.${mark}`),"
            " '::before').borderRadius)"
        )
        assert shapes[0] != shapes[1]
        assert any("mandatory" in one for one in visitor.citations.all_text_contents())


def test_all_of_a_conversation_can_be_done_with_the_keyboard(browser, address):
    with visit(browser, address) as visitor:
        page = visitor.page
        visitor.tab_to(visitor.examples.nth(0))
        page.keyboard.press("Enter")
        visitor.wait_for_answer(1)
        for target in (
            visitor.citations.first,
            visitor.listed.first.locator("summary"),
            page.locator(".acts .copies"),
            page.locator(".acts .shares"),
            page.get_by_role("button", name="Helpful", exact=True),
            visitor.suggestions.first,
            visitor.question,
            page.locator("#save summary"),
            page.locator("#earlier-open"),
            page.get_by_role("button", name="New conversation"),
        ):
            visitor.tab_to(target, most=30)
            assert target.evaluate("it => getComputedStyle(it).outlineStyle") in ("solid", "none")


def test_the_arrival_of_an_answer_is_said_once(browser, address):
    with visit(browser, address) as visitor:
        visitor.page.evaluate(
            "window.said = []; new MutationObserver(() => said.push(document.getElementById('told')"
            ".textContent)).observe(document.getElementById('told'), { childList: true })"
        )
        visitor.ask(LONG)
        said = visitor.page.evaluate("said")
        assert len(said) == 2 and said[1].startswith("The answer is there.")


def test_the_name_of_no_control_is_left_to_gradio(browser, address):
    with visit(browser, f"{address}/", locale="de-DE") as visitor:
        visitor.ask(LONG)
        for name in ("Helpful", "Not helpful", "Ask again", ENGLISH.text("chat.edit")):
            expect(visitor.page.get_by_role("button", name=name, exact=True)).to_have_count(1)
        expect(visitor.page.get_by_role("log", name="Conversation", exact=True)).to_have_count(1)


def test_nothing_moves_while_the_page_is_put_together(browser, address):
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => { for (const one of list.getEntries())"
        " if (!one.hadRecentInput) window.moved += one.value; })"
        ".observe({ type: 'layout-shift', buffered: true })"
    )
    page.goto(address)
    page.locator("#conversation button.example").first.wait_for()
    page.wait_for_timeout(1000)
    assert page.evaluate("moved") < 0.02
    context.close()
