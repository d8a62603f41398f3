"""The chat page in a real browser over a real assistant: asking, reading, checking a citation."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.answer import Outcome
from assistant.web import build_app
from assistant.web.interface import interfaces
from prompts import fixed_text
from tests.browser import NARROW, Visit, chromium, served, visit

ENGLISH = interfaces()["en"]

HACKING = "Is hacking a crime under this treaty?"


@pytest.fixture(scope="module")
def address(assistant) -> Iterator[str]:
    with served(build_app(assistant)) as found:
        yield found


@pytest.fixture(scope="module")
def browser():
    with chromium() as found:
        yield found


@pytest.fixture
def visitor(browser, address) -> Iterator[Visit]:
    """A visit that no other host is asked in, and that ends without an error in the browser."""
    with visit(browser, address) as found:
        yield found
        assert found.hosts() == {address.removeprefix("http://")}
        assert found.complaints == []


@pytest.fixture
def phone(browser, address) -> Iterator[Visit]:
    with visit(browser, address, NARROW) as found:
        yield found
        assert found.hosts() == {address.removeprefix("http://")}


CHIP = "art. 7(1) (mandatory)"


def test_the_page_says_what_it_is_which_text_it_quotes_and_that_it_is_no_advice(visitor, assistant):
    words = visitor.page.locator("body").inner_text()
    assert visitor.page.get_by_role("heading", level=1).inner_text() == ENGLISH.text("site.title")
    assert "not legal advice" in words
    assert assistant.knowledge.stamp().edition in words


def test_a_question_asked_by_keyboard_is_answered_with_a_citation(visitor):
    visitor.page.keyboard.type(HACKING)
    visitor.page.keyboard.press("Enter")
    visitor.wait_for_answer(1)
    assert visitor.questions.all_inner_texts() == [HACKING]
    assert visitor.citations.first.get_attribute("href") == "/convention/article-7#para-1"
    assert "Illegal access" in visitor.listed.first.inner_text()
    assert visitor.question.input_value() == ""


def test_the_button_asks_too(visitor):
    visitor.question.fill(HACKING)
    visitor.page.get_by_role("button", name="Ask", exact=True).click()
    visitor.wait_for_answer(1)
    assert visitor.citations.count()


def test_an_empty_question_asks_nothing(visitor):
    visitor.question.fill("   ")
    visitor.question.press("Enter")
    visitor.page.wait_for_timeout(500)
    assert visitor.questions.count() == 0
    assert visitor.examples.count() == 6


def test_a_citation_opens_its_provision_beside_the_chat(visitor):
    visitor.ask(HACKING)
    visitor.open_first_citation()
    assert visitor.page.url.rstrip("/") == visitor.address
    assert visitor.beside.get_by_role("heading").inner_text() == "Article 7: Illegal access"
    chat = visitor.answers.first.bounding_box()
    panel = visitor.beside.bounding_box()
    assert chat["x"] + chat["width"] <= panel["x"]


def test_the_cited_passage_is_marked_and_in_view(visitor, assistant):
    visitor.ask("On what grounds can a country refuse mutual legal assistance?")
    cited = visitor.citations.last
    target = cited.get_attribute("href")
    cited.click()
    visitor.beside.wait_for()
    provision = next(p for p in assistant.knowledge.convention.provisions() if p.url == target)
    marked = visitor.beside.locator("mark")
    assert marked.count() == 1
    assert " ".join(provision.text.split()) == marked.inner_text()
    assert visitor.beside.locator(".cited").get_attribute("id") == provision.anchor
    head = visitor.beside.locator(".beside-head").bounding_box()
    top = marked.bounding_box()["y"]
    assert head["y"] + head["height"] <= top < 700


def test_the_heading_of_the_opened_provision_has_the_focus(visitor):
    visitor.ask(HACKING)
    visitor.open_first_citation()
    assert visitor.focused() == "beside-heading"


def test_escape_closes_the_provision_and_gives_the_focus_back(visitor):
    visitor.ask(HACKING)
    visitor.open_first_citation()
    visitor.page.keyboard.press("Escape")
    assert visitor.beside.is_hidden()
    assert visitor.focused() == CHIP


def test_the_close_button_does_the_same(visitor):
    visitor.ask(HACKING)
    visitor.open_first_citation()
    visitor.page.get_by_role("button", name="Close").click()
    assert visitor.beside.is_hidden()
    assert visitor.focused() == CHIP


def test_a_reference_in_an_opened_provision_opens_there_too(visitor):
    visitor.ask(HACKING)
    visitor.open_first_citation()
    visitor.beside.get_by_role("link", name="2(a)", exact=True).first.click()
    visitor.beside.get_by_role("heading", name="Article 2").wait_for()
    assert "ICT system" in visitor.beside.locator("mark").inner_text()
    visitor.page.keyboard.press("Escape")
    assert visitor.focused() == CHIP


def test_a_whole_article_opens_at_its_summary(visitor):
    visitor.ask("What does article 40 say?")
    visitor.page.locator('#conversation a[href="/convention/article-40"]').first.click()
    visitor.beside.wait_for()
    assert visitor.beside.locator(".cited mark").count() == 1


def test_a_control_click_opens_the_page_in_a_new_tab_as_usual(visitor):
    visitor.ask(HACKING)
    with visitor.page.context.expect_page() as opened:
        visitor.citations.first.click(modifiers=["Control"])
    opened.value.wait_for_load_state()
    assert opened.value.url.endswith("/convention/article-7#para-1")
    assert "Illegal access" in opened.value.get_by_role("heading", level=1).inner_text()
    assert visitor.beside.is_hidden()


def test_a_provision_that_cannot_be_loaded_is_told_without_losing_the_chat(visitor):
    visitor.ask(HACKING)
    visitor.page.route("**/convention/article-7", lambda route: route.abort())
    visitor.open_first_citation()
    assert ENGLISH.text("site.not_loaded") in visitor.beside.inner_text()
    assert visitor.questions.count() == 1


def test_an_example_question_is_answered(visitor):
    assert visitor.examples.count() == 6
    example = visitor.examples.nth(3).inner_text()
    visitor.examples.nth(3).click()
    visitor.wait_for_answer(1)
    assert visitor.questions.all_inner_texts() == [example]
    assert visitor.citations.count()


def test_every_example_question_is_answered_with_a_citation(assistant):
    for question in fixed_text("examples").splitlines():
        found = assistant.ask(question)
        assert found.outcome is Outcome.ANSWERED and found.citations, question


def test_a_suggestion_is_asked_by_a_click(visitor):
    assert visitor.suggestions.count() == 0
    visitor.ask(HACKING)
    suggestion = visitor.suggestions.first.inner_text()
    visitor.suggestions.first.click()
    visitor.wait_for_answer(2)
    assert visitor.questions.last.inner_text() == suggestion


def test_a_new_conversation_starts_empty(visitor):
    visitor.ask(HACKING)
    visitor.open_first_citation()
    visitor.page.get_by_role("button", name="New conversation").click()
    visitor.examples.first.wait_for()
    assert visitor.questions.count() == 0
    assert visitor.suggestions.count() == 0
    assert visitor.beside.is_hidden()
    visitor.ask(HACKING)
    assert visitor.questions.count() == 1


def test_a_follow_up_question_leans_on_the_one_before(visitor, assistant):
    first, second = "How long must data be preserved?", "And who decides that?"
    expected = assistant.ask(second, [first]).citations
    assert expected
    visitor.ask(first)
    visitor.ask(second)
    links = visitor.answers.last.locator(".told a.chip").all()
    assert {link.get_attribute("href") for link in links} == {found.url for found in expected}


@pytest.mark.parametrize(
    "question",
    [
        '<img src=x onerror="window.hit = 1">',
        "<script>window.hit = 1</script>",
        "<svg onload=window.hit=1> <iframe src=//a.example></iframe>",
        "![x](http://a.example/x.png) [y](javascript:window.hit=1)",
        "**bold** _it_ `code` ~~out~~ $$x^2$$ | a | b |",
        "http://a.example/x www.a.example me@a.example",
        "# 1. > - + ``` ===",
        "1. one",
        "- one",
        "&lt;b&gt; &amp; &#42;",
    ],
)
def test_markup_in_a_question_is_shown_as_text(visitor, question):
    visitor.ask(question)
    bubble = visitor.questions.first
    assert bubble.inner_text() == question
    assert bubble.locator("img, script, svg, iframe, a, strong, em, code, li, h1, del").count() == 0
    assert visitor.page.evaluate("window.hit") is None


def test_a_question_of_several_lines_keeps_them(visitor):
    visitor.ask("Is hacking a crime?\n- and fraud?\n===")
    assert visitor.questions.first.inner_text() == "Is hacking a crime?\n- and fraud?\n==="


def test_a_long_answer_is_read_from_its_beginning(visitor):
    visitor.ask(HACKING)
    visitor.ask("Which offences does the Convention establish?")
    asked = visitor.questions.last.bounding_box()
    assert 0 <= asked["y"] <= 60


def test_no_other_host_is_asked_in_all_of_a_conversation(visitor):
    visitor.ask(HACKING)
    visitor.ask("![x](http://a.example/x.png)")
    visitor.open_first_citation()
    visitor.page.goto(f"{visitor.address}/convention/article-7#para-1")
    assert visitor.hosts() == {visitor.address.removeprefix("http://")}
    assert any("/convention/article-7" in url for url in visitor.requested)


def test_the_page_works_with_the_keyboard_alone(visitor):
    page = visitor.page
    visitor.tab_to(visitor.page.get_by_role("link", name=ENGLISH.text("site.convention")))
    visitor.tab_to(visitor.examples.nth(0))
    page.keyboard.press("Enter")
    visitor.wait_for_answer(1)
    page.wait_for_function("document.activeElement.tagName === 'TEXTAREA'")
    page.keyboard.press("Shift+Tab")
    visitor.tab_to(visitor.citations.first)
    page.keyboard.press("Enter")
    visitor.beside.wait_for()
    visitor.tab_to(page.get_by_role("button", name="Close"))
    page.keyboard.press("Enter")
    assert visitor.focused() == CHIP
    visitor.tab_to(visitor.suggestions.first)
    page.keyboard.press("Enter")
    visitor.wait_for_answer(2)
    assert visitor.focused() != "BODY"
    visitor.tab_to(page.get_by_role("button", name="New conversation"))
    page.keyboard.press("Enter")
    visitor.examples.first.wait_for()
    assert visitor.questions.count() == 0


def test_what_has_the_focus_is_seen(visitor):
    visitor.ask(HACKING)
    visitor.tab_to(visitor.citations.first)
    outline = visitor.citations.first.evaluate("it => getComputedStyle(it).outlineStyle")
    assert outline == "solid"


def test_nothing_scrolls_sideways_on_a_narrow_screen(phone):
    assert phone.width_to_spare() >= 0
    phone.ask(f"Is {'hacking' * 40} a crime? https://a.example/{'x' * 200}")
    phone.ask("Which offences does the Convention establish?")
    phone.ask(HACKING)
    assert phone.width_to_spare() >= 0
    phone.answers.last.locator("a.chip").first.click()
    phone.beside.wait_for()
    assert phone.width_to_spare() >= 0
    assert phone.beside.evaluate("it => it.clientWidth - it.scrollWidth") >= 0
    panel = phone.beside.bounding_box()
    assert (panel["x"], panel["width"]) == (0, 360)


@pytest.mark.parametrize("path", ["", "/preamble", "/article-2", "/article-40", "/article-99"])
def test_no_readable_page_scrolls_sideways_on_a_narrow_screen(phone, path):
    phone.page.goto(f"{phone.address}/convention{path}")
    assert phone.width_to_spare() >= 0


def test_a_readable_page_marks_the_passage_that_its_address_names(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/convention/article-14#para-1-b")
    marked = page.locator("#para-1-b .own").first
    other = page.locator("#para-1-a .own").first
    colour = "it => getComputedStyle(it).backgroundColor"
    assert marked.evaluate(colour) != other.evaluate(colour)
    assert marked.is_visible()
    context.close()
