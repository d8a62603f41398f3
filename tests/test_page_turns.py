"""What can be done with a question and its answer on the chat page, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import expect

from assistant.web import build_app
from assistant.web.interface import interfaces
from tests.browser import Visit, chromium, served, visit
from tests.slow import SlowAssistant

ENGLISH = interfaces()["en"]
HACKING = "Is hacking a crime?"
MARKUP = "<img src=x onerror=window.hit=1> ![x](http://a.example/x.png) **bold** &amp;"
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}


@pytest.fixture(scope="module")
def address(assistant) -> Iterator[str]:
    with served(build_app(assistant)) as found:
        yield found


@pytest.fixture(scope="module")
def slow_address(assistant) -> Iterator[str]:
    with served(build_app(SlowAssistant(assistant))) as found:  # type: ignore[arg-type]
        yield found


@pytest.fixture(scope="module")
def browser():
    with chromium() as found:
        yield found


@pytest.fixture
def visitor(browser, address) -> Iterator[Visit]:
    with visit(browser, address, **CLIPBOARD) as found:
        yield found
        assert found.hosts() == {address.removeprefix("http://")}
        assert found.complaints == []


@pytest.fixture
def waiting(browser, slow_address) -> Iterator[Visit]:
    """A visit to an assistant that takes its time, with a question asked and a draft shown."""
    with visit(browser, slow_address) as found:
        found.question.fill(HACKING)
        found.question.press("Enter")
        found.page.locator(".draft").wait_for()
        yield found


def copied(visitor: Visit) -> str:
    return str(visitor.page.evaluate("navigator.clipboard.readText()"))


def button(visitor: Visit, name: str):
    return visitor.page.get_by_role("button", name=name)


def test_a_citation_is_copied_for_a_document_and_in_short_and_that_is_said(visitor):
    visitor.ask(HACKING)
    for number, cited in enumerate(
        ("United Nations Convention against Cybercrime, art. 7", "art. 7")
    ):
        visitor.listed.first.locator("summary").click()
        visitor.listed.first.locator(".list button").nth(number).click()
        expect(visitor.page.locator("#told")).to_have_text("Copied.")
        assert copied(visitor).startswith(cited)
        visitor.page.keyboard.press("Escape")


def test_the_menu_closes_with_escape_and_gives_the_focus_back(visitor):
    visitor.ask(HACKING)
    menu = visitor.listed.first.locator("details")
    menu.locator("summary").focus()
    visitor.page.keyboard.press("Enter")
    expect(menu).to_have_attribute("open", "")
    visitor.page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    assert menu.locator("summary").evaluate("it => it === document.activeElement")


def test_a_cited_provision_opens_in_context_from_the_list(visitor):
    visitor.ask(HACKING)
    visitor.listed.first.get_by_role("link", name="In context").click()
    visitor.beside.wait_for()
    assert visitor.beside.locator("mark").count() == 1


def test_an_answer_is_copied_with_its_citations_and_their_whole_addresses(visitor):
    visitor.ask(HACKING)
    button(visitor, "the answer with its citations").click()
    expect(visitor.page.locator("#told")).to_have_text("Copied.")
    told = copied(visitor)
    assert told.startswith(HACKING) and "[art. 7(1)]" in told
    assert f"{visitor.address}/convention/article-7#para-1" in told
    assert told.endswith("Information, not legal advice.")


def test_a_shared_link_asks_its_question_once(visitor):
    visitor.ask(HACKING)
    button(visitor, "copy a link that asks this question").click()
    expect(visitor.page.locator("#told")).to_contain_text("A link")
    link = copied(visitor)
    visitor.page.evaluate("localStorage.clear(); sessionStorage.clear()")
    visitor.page.goto(link)
    visitor.wait_for_answer(1)
    assert visitor.page.url == f"{visitor.address}/"
    visitor.page.reload()
    visitor.wait_for_answer(1)
    assert visitor.questions.all_inner_texts() == [HACKING]
    assert len(visitor.kept()) == 1


def test_a_link_with_markup_in_its_question_shows_it_as_text(visitor):
    visitor.page.goto(f"{visitor.address}/?q=%3Cimg%20src%3Dx%20onerror%3D%22window.hit%3D1%22%3E")
    visitor.wait_for_answer(1)
    assert visitor.questions.first.inner_text() == '<img src=x onerror="window.hit=1">'
    assert visitor.page.evaluate("window.hit") is None


def test_a_question_is_changed_in_the_box_and_what_came_after_it_goes(visitor):
    visitor.ask("Is fraud a crime: yes or no?")
    visitor.ask(HACKING)
    button(visitor, ENGLISH.text("chat.edit")).first.click()
    assert visitor.question.input_value() == "Is fraud a crime: yes or no?"
    visitor.question.fill("Is forgery a crime?")
    visitor.question.press("Enter")
    expect(visitor.questions).to_have_text(["Is forgery a crime?"])
    visitor.wait_for_answer(1)
    assert [len(one["turns"]) for one in visitor.kept()] == [1]


def test_a_question_that_was_to_be_changed_can_be_left_as_it_was(visitor):
    visitor.ask(HACKING)
    button(visitor, ENGLISH.text("chat.edit")).click()
    button(visitor, "Leave it as it was").click()
    assert visitor.question.input_value() == ""
    visitor.ask("And fraud?")
    assert visitor.questions.count() == 2


def test_asking_again_replaces_the_answer(visitor):
    visitor.ask(HACKING)
    first = visitor.kept()[0]["turns"][0]["id"]
    button(visitor, "Ask again").click()
    visitor.page.wait_for_function(
        "first => JSON.parse(localStorage['convention-conversations'])[0].turns[0].id !== first",
        arg=first,
    )
    assert visitor.questions.count() == 1 and len(visitor.kept()[0]["turns"]) == 1


def test_a_thumb_is_pressed_and_thanked_for(visitor):
    visitor.ask(HACKING)
    like = visitor.page.get_by_role("button", name="Helpful", exact=True)
    like.click()
    expect(visitor.page.locator("#told")).to_contain_text("Thank you")
    expect(like).to_have_attribute("aria-pressed", "true")


def test_the_choices_of_an_answer_that_asks_back_are_buttons(visitor):
    visitor.ask("What about data?")
    expect(visitor.page.get_by_text("Please be more precise")).to_be_visible()
    chosen = visitor.suggestions.first.inner_text()
    visitor.suggestions.first.click()
    visitor.wait_for_answer(2)
    assert visitor.questions.last.inner_text() == chosen
    assert visitor.citations.count()


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What does article 70 say?", "Correction"),
        ("How many years in prison for hacking?", "Not in the Convention"),
        ("What is the best pizza?", "Not about the Convention"),
    ],
)
def test_an_answer_of_another_kind_says_so_in_words(visitor, question, kind):
    visitor.ask(question)
    expect(visitor.answers.first.locator(".ribbon strong")).to_have_text(kind)


def test_stopping_ends_the_answer_and_gives_the_question_back(waiting):
    button(waiting, "Stop").click()
    expect(waiting.page.locator(".ribbon strong")).to_have_text("Stopped")
    assert waiting.question.input_value() == HACKING
    expect(waiting.page.locator("#told")).to_contain_text("Stopped")
    told = waiting.answers.first.inner_text()
    waiting.page.wait_for_timeout(1000)
    assert waiting.answers.first.inner_text() == told
    expect(button(waiting, "Ask").first).to_be_visible()
    assert waiting.kept() == []


def test_a_growing_answer_is_not_read_out_at_every_step(waiting):
    expect(waiting.page.get_by_role("log")).to_have_attribute("aria-live", "off")
    expect(waiting.page.locator("#told")).to_have_text(ENGLISH.text("chat.said_working"))


def test_a_growing_answer_moves_nothing_that_can_be_seen(waiting):
    top = waiting.questions.first.bounding_box()["y"]
    waiting.page.evaluate(
        "window.moved = 0; new PerformanceObserver(list => { for (const one of list.getEntries())"
        " window.moved += one.value; }).observe({ type: 'layout-shift' })"
    )
    waiting.page.wait_for_timeout(3000)
    assert waiting.questions.first.bounding_box()["y"] == top
    assert waiting.page.evaluate("window.moved") < 0.02


def test_who_scrolls_while_an_answer_grows_is_left_where_they_are(waiting):
    waiting.page.wait_for_timeout(4000)
    waiting.page.mouse.wheel(0, 120)
    waiting.page.wait_for_timeout(400)
    place = waiting.page.evaluate("scrollY")
    waiting.page.wait_for_timeout(1500)
    assert waiting.page.evaluate("scrollY") == place


# --- conversations that are kept ---


def test_a_conversation_survives_a_reload_with_its_citations(visitor):
    visitor.ask(HACKING)
    visitor.page.reload()
    visitor.wait_for_answer(1)
    visitor.open_first_citation()
    visitor.page.keyboard.press("Escape")
    visitor.ask("And fraud?")
    assert [len(one["turns"]) for one in visitor.kept()] == [2]


def test_an_earlier_conversation_is_opened_again_and_deleted(visitor):
    visitor.ask(HACKING)
    button(visitor, "New conversation").click()
    visitor.examples.first.wait_for()
    button(visitor, "Earlier").click()
    dialog = visitor.page.get_by_role("dialog")
    dialog.locator(".open").click()
    visitor.wait_for_answer(1)
    assert visitor.questions.all_inner_texts() == [HACKING]
    button(visitor, "Earlier").click()
    dialog.get_by_role("button", name=f"Delete the conversation: {HACKING}").click()
    expect(dialog.get_by_text(ENGLISH.text("chat.earlier_none"))).to_be_visible()
    assert visitor.kept() == []


def test_all_conversations_are_deleted_after_a_second_word(visitor):
    visitor.ask(HACKING)
    button(visitor, "Earlier").click()
    button(visitor, "Delete all conversations").click()
    assert len(visitor.kept()) == 1
    button(visitor, "Delete all").last.click()
    assert visitor.kept() == []
    visitor.page.keyboard.press("Escape")
    visitor.examples.first.wait_for()
    visitor.ask("And fraud?")
    assert [one["turns"][0]["question"] for one in visitor.kept()] == ["And fraud?"]


def test_escape_closes_the_list_and_gives_the_focus_back(visitor):
    visitor.ask(HACKING)
    button(visitor, "Earlier").click()
    visitor.page.keyboard.press("Escape")
    assert visitor.page.get_by_role("dialog").count() == 0
    assert visitor.focused() == "earlier-open"


def test_markup_in_what_the_browser_kept_runs_nothing_and_asks_nobody(visitor):
    visitor.ask(HACKING)
    kept = visitor.kept()
    turn = kept[0]["turns"][0]
    turn |= {"question": MARKUP, "text": f"{MARKUP} [art. 7(1)]", "suggestions": [MARKUP]}
    turn |= {"notice": MARKUP, "cited": [*turn["cited"], 'x"><script>window.hit=1</script>']}
    visitor.page.evaluate("it => localStorage['convention-conversations'] = it", json.dumps(kept))
    visitor.page.reload()
    visitor.wait_for_answer(1)
    assert visitor.questions.first.inner_text() == MARKUP
    assert visitor.page.locator("#conversation img").count() == 0
    button(visitor, "Earlier").click()
    assert visitor.page.locator("#earlier .title").inner_text() == MARKUP
    assert visitor.page.locator("#earlier img").count() == 0
    assert visitor.page.evaluate("window.hit") is None


@pytest.mark.parametrize("kept", ["{", "null", "[1]", '[{"id":1}]', '{"a":[]}'])
def test_a_store_that_cannot_be_read_is_as_good_as_empty(visitor, kept):
    visitor.page.evaluate("it => localStorage['convention-conversations'] = it", kept)
    visitor.page.reload()
    visitor.examples.first.wait_for()
    visitor.ask(HACKING)
    assert len(visitor.kept()) == 1


# --- saving ---


def saved(visitor: Visit, name: str, folder: Path) -> Path:
    visitor.page.locator("#save summary").click()
    with visitor.page.expect_download() as download:
        button(visitor, name).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_the_conversation_is_saved_as_word_and_markdown(visitor, tmp_path):
    visitor.ask(HACKING)
    visitor.ask("And fraud?")
    in_word = Document(str(saved(visitor, "Word (.docx)", tmp_path)))
    told = "\n".join(one.text for one in in_word.paragraphs)
    in_markdown = saved(visitor, "Markdown (.md)", tmp_path).read_text(encoding="utf-8")
    for document in (told, in_markdown):
        assert HACKING in document and "And fraud?" in document and "art. 7, para. 1" in document
        assert f"{visitor.address}/convention/article-7#para-1" in document


def test_it_is_printed_with_whole_addresses_and_without_what_is_pressed(visitor):
    visitor.ask(HACKING)
    visitor.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    visitor.page.emulate_media(media="print")
    address = f"{visitor.address}/convention/article-7#para-1"
    expect(visitor.page.locator(".address").first).to_have_text(address)
    expect(visitor.page.locator(".address").first).to_be_visible()
    expect(visitor.page.locator("#printed-on")).not_to_be_empty()
    for hidden in ("#dock", ".acts", ".site", "#conversation .options"):
        expect(visitor.page.locator(hidden).first).to_be_hidden()
    assert "not legal advice" in visitor.page.locator(".advice").inner_text()
