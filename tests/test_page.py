"""The chat page: its pure parts, and the whole of it in a real browser over a real assistant."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from typing import TypeVar

import pytest
import uvicorn
from hypothesis import given
from hypothesis import strategies as st
from starlette.routing import Mount

from assistant.answer import Answer, Citation, ConventionStamp, Draft, Mode, Outcome
from assistant.settings import read_settings
from assistant.web import build_app, check_port, serve
from assistant.web.bubbles import (
    answer_bubble,
    as_asked,
    growing,
    question_bubble,
    short_label,
    with_links,
)
from assistant.web.interface import interfaces
from assistant.web.page import Conversation
from index.errors import ServingError
from prompts import fixed_text
from tests.browser import NARROW, Visit, chromium, served, visit

T = TypeVar("T")

ENGLISH = interfaces()["en"]

HACKING = "Is hacking a crime under this treaty?"


def citation(**changed: object) -> Citation:
    given = Citation(
        id="art-14/para-1/b",
        label="article 14, paragraph 1 (b)",
        article=14,
        paragraph=1,
        item="b",
        title="A title",
        chapter=2,
        level="mandatory",
        quote="Words.",
        source="digest",
        url="/convention/article-14#para-1-b",
    )
    return replace(given, **changed)  # type: ignore[arg-type]


def answer(text: str, *citations: Citation) -> Answer:
    return Answer(
        question="?",
        outcome=Outcome.ANSWERED,
        text=text,
        citations=citations,
        suggestions=("And then?",),
        mode=Mode.EXTRACTIVE,
        model=None,
        convention=ConventionStamp("edition", "en", "0", "2026-09-30"),
    )


# --- the text of the bubbles ---------------------------------------------------------------------


def test_a_label_becomes_a_link_to_its_provision():
    told = with_links(answer("Yes [art. 14(1)(b)].", citation()))
    assert told == "Yes [art. 14(1)(b)](/convention/article-14#para-1-b)."


def test_every_mention_of_a_label_becomes_a_link():
    told = with_links(answer("A [art. 14(1)(b)]. B [art. 14(1)(b)].", citation()))
    assert told.count("(/convention/article-14#para-1-b)") == 2


def test_a_label_of_nothing_that_is_cited_stays_as_it_is():
    assert with_links(answer("See [art. 99].", citation())) == "See [art. 99]."


def test_markup_in_an_answer_loads_and_runs_nothing():
    text = "<img src=x> ![x](http://a.example/x.png) [art. 14(1)(b)]"
    told = with_links(answer(text, citation()))
    assert "<" not in told
    assert "![" not in told


@pytest.mark.parametrize(
    ("changed", "label"),
    [
        ({}, "art. 14(1)(b)"),
        ({"item": None}, "art. 14(1)"),
        ({"paragraph": None, "item": None}, "art. 14"),
        ({"article": 2, "paragraph": None, "item": "f(ii)"}, "art. 2(f)(ii)"),
        ({"article": 0, "paragraph": 3, "item": None}, "preamble, para. 3"),
        ({"article": 0, "paragraph": None, "item": None}, "preamble"),
    ],
)
def test_the_short_label_of_a_citation_is_the_one_that_answers_carry(changed, label):
    assert short_label(citation(**changed)) == label


def test_the_short_label_is_that_of_the_provision_for_all_of_them(assistant):
    knowledge = assistant.knowledge
    for provision in knowledge.convention.provisions():
        assert short_label(knowledge.cite(provision)) == provision.short_label


def test_the_level_of_obligation_stands_beside_each_citation():
    told = answer_bubble(answer("Yes [art. 14(1)(b)].", citation()), ENGLISH)
    assert told.endswith("- [art. 14(1)(b)](/convention/article-14#para-1-b), mandatory, A title")


def test_more_than_six_citations_are_counted():
    many = [citation(paragraph=n, url=f"/convention/article-14#para-{n}-b") for n in range(1, 10)]
    told = answer_bubble(answer("Yes.", *many), ENGLISH)
    assert told.count("\n- [") == 6
    assert told.endswith("- and 3 more")


def test_a_notice_stands_under_the_text_as_plain_words():
    noticed = replace(answer("Yes [art. 14(1)(b)].", citation()), notice="Not <b>*all*</b>.")
    told = answer_bubble(noticed, ENGLISH)
    assert "\n\n*Not &#60;b&#62;&#42;all&#42;&#60;/b&#62;.*\n\n" in told


def test_an_answer_without_citations_has_no_list_of_them():
    assert answer_bubble(answer("Hello."), ENGLISH) == "Hello."


def test_an_answer_grows_in_a_few_steps_and_no_link_is_ever_cut():
    told = answer("One two three [art. 14(1)(b)]. Four five. " * 4, citation())
    told = answer_bubble(told, ENGLISH)
    steps = list(growing(told))
    assert 2 <= len(steps) <= 6
    assert steps[-1] == told
    for shorter, longer in pairwise(steps):
        assert longer.startswith(shorter)
        assert shorter.count("[") == shorter.count("](") == shorter.count("-b)")


@given(st.text())
def test_a_question_comes_back_from_its_bubble_as_it_was_asked(question):
    lines = [line.strip().replace("\t", " ") for line in question.strip().splitlines()]
    assert as_asked(question_bubble(question)) == "\n".join(lines)


@given(st.text(alphabet="<>&*_[]()!`#~|\\$\"'ab1. -\n"))
def test_a_bubble_holds_no_mark_that_opens_markup(question):
    bare = re.sub(r"&#\d+;", "", question_bubble(question))
    assert not set("<>&*_[]!`#~|\\$") & set(bare)


def test_an_ordinary_question_stands_in_its_bubble_unchanged():
    question = 'May a State refuse (art. 40, para. 21), and is "dual criminality" a ground?'
    assert question_bubble(question) == question


# --- the conversation, without a browser ---------------------------------------------------------


class Recorder:
    """Stands for the assistant: answers alike, and keeps what it was asked."""

    def __init__(self, error: Exception | None = None, *drafts: Draft) -> None:
        self.asked: list[tuple[str, tuple[str, ...]]] = []
        self._error = error
        self._drafts = drafts

    def stream(self, question: str, history: tuple[str, ...] = ()) -> Iterator[Draft | Answer]:
        self.asked.append((question, tuple(history)))
        if self._error:
            raise self._error
        yield from self._drafts
        yield answer("Yes [art. 14(1)(b)].", citation())


def apart(work: Callable[[], T]) -> T:
    """What the work returns, done in a thread: the browser keeps an event loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


def told_by(assistant: object, question: str, messages: list[dict[str, object]]) -> list[tuple]:
    async def collected() -> list[tuple]:
        conversation = Conversation(assistant, ENGLISH)  # type: ignore[arg-type]
        return [shown async for shown in conversation.tell(question, messages)]

    return apart(lambda: asyncio.run(collected()))


def test_earlier_questions_go_with_a_question_as_they_were_asked():
    recorder = Recorder()
    earlier = [{"role": "user", "content": [{"type": "text", "text": question_bubble("A <b>?")}]}]
    told_by(recorder, "And B?", [*earlier, {"role": "assistant", "content": "Yes."}])
    assert recorder.asked == [("And B?", ("A <b>?",))]


def test_only_the_last_few_questions_go_with_a_question():
    recorder = Recorder()
    told_by(recorder, "?", [{"role": "user", "content": f"Q{n}"} for n in range(50)])
    assert recorder.asked[0][1] == ("Q45", "Q46", "Q47", "Q48", "Q49")


def test_an_error_of_the_assistant_is_told_as_unavailable():
    shown = told_by(Recorder(RuntimeError("secret")), "A?", [])
    said = [entry[1][-1]["content"] for entry in shown if isinstance(entry[1], list)]
    assert said[-1] == fixed_text("unavailable")
    assert "secret" not in str(shown)


def test_drafts_are_shown_as_they_come_and_give_way_to_the_answer():
    drafts = [Draft("A [art. 14(1)(b)]."), Draft("A [art. 14(1)(b)]. B <i> [art. 14(1)(b)].")]
    shown = told_by(Recorder(None, *drafts), "A?", [])
    said = [entry[1][-1]["content"] for entry in shown if isinstance(entry[1], list)]
    assert said[1:3] == ["A [art. 14(1)(b)].", "A [art. 14(1)(b)]. B &lt;i> [art. 14(1)(b)]."]
    assert said[3].startswith("Yes [art. 14(1)(b)](/convention/") and len(said) == 4


# --- the page in a browser -----------------------------------------------------------------------


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
    assert "mandatory, Illegal access" in visitor.answers.first.inner_text()
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
    assert visitor.focused() == "art. 7(1)"


def test_the_close_button_does_the_same(visitor):
    visitor.ask(HACKING)
    visitor.open_first_citation()
    visitor.page.get_by_role("button", name="Close").click()
    assert visitor.beside.is_hidden()
    assert visitor.focused() == "art. 7(1)"


def test_a_reference_in_an_opened_provision_opens_there_too(visitor):
    visitor.ask(HACKING)
    visitor.open_first_citation()
    visitor.beside.get_by_role("link", name="2(a)", exact=True).first.click()
    visitor.beside.get_by_role("heading", name="Article 2").wait_for()
    assert "ICT system" in visitor.beside.locator("mark").inner_text()
    visitor.page.keyboard.press("Escape")
    assert visitor.focused() == "art. 7(1)"


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
    assert opened.value.get_by_role("heading", level=1).inner_text() == "Article 7: Illegal access"
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
    links = visitor.answers.last.locator('a[href^="/convention/"]').all()
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
    log = visitor.page.get_by_role("log").bounding_box()
    asked = visitor.questions.last.bounding_box()
    assert log["y"] <= asked["y"] <= log["y"] + 120


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
    assert visitor.focused() == "art. 7(1)"
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
    log = phone.page.get_by_role("log")
    assert log.evaluate("it => it.clientWidth - it.scrollWidth") >= 0
    phone.answers.last.locator("a").first.click()
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
    marked = page.locator("#para-1-b > .words .own")
    other = page.locator("#para-1-a > .words .own")
    colour = "it => getComputedStyle(it).backgroundColor"
    assert marked.evaluate(colour) != other.evaluate(colour)
    assert marked.is_visible()
    context.close()


# --- for programs, and the server ----------------------------------------------------------------


def test_a_program_gets_the_text_of_the_answer(address, assistant):
    from gradio_client import Client

    client = Client(address, verbose=False)
    assert client.predict(HACKING, api_name="/ask") == assistant.ask(HACKING).text


def test_ask_is_the_only_endpoint_that_programs_see(address):
    from gradio_client import Client

    endpoints = Client(address, verbose=False).view_api(return_format="dict", print_info=False)
    assert list(endpoints["named_endpoints"]) == ["/ask"]
    assert endpoints["unnamed_endpoints"] == {}


def test_a_port_in_use_is_told_in_one_sentence(monkeypatch):
    monkeypatch.delenv("CONVENTION_HOST", raising=False)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ServingError) as caught:
            check_port(read_settings(port=port, host="127.0.0.1"))
    assert str(caught.value) == (
        f"Port {port} on 127.0.0.1 is in use: end the other program or set CONVENTION_PORT to "
        "another port."
    )


def test_an_address_of_another_machine_is_told_in_one_sentence():
    with pytest.raises(ServingError, match=r"cannot be used .*: set CONVENTION_HOST"):
        check_port(read_settings(host="192.0.2.1", port=7860))


def test_serving_says_the_address_once_when_it_is_ready(assistant, monkeypatch):
    async def end_at_once(server: uvicorn.Server) -> None:
        assert server.started

    monkeypatch.setattr(uvicorn.Server, "main_loop", end_at_once)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    said: list[str] = []
    settings = read_settings(host="127.0.0.1", port=port)
    apart(lambda: serve(assistant, settings, say=said.append))
    assert len(said) == 1
    assert f"http://127.0.0.1:{port}" in said[0]


def test_what_would_reach_another_host_is_off(assistant):
    mount = next(route for route in build_app(assistant).routes if isinstance(route, Mount))
    blocks = mount.app.get_blocks()
    assert blocks.analytics_enabled is False
    assert blocks.show_error is False
    assert blocks.run_history is False
    assert blocks.footer_links == []
