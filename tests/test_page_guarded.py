"""What a visitor of the chat page sees of the guard: thumbs, a limit, the off switch."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.records.database import open_database
from assistant.records.reading import read_kept
from assistant.settings import read_settings
from assistant.switch import Switch
from assistant.web import build_app
from tests.browser import Visit, chromium, served, visit

QUESTION = "Is hacking a crime?"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@contextmanager
def visiting(browser: Browser, assistant: object, **given: Any) -> Iterator[Visit]:
    """A visit to an application of its own with these settings."""
    app = build_app(assistant, read_settings(**given))  # type: ignore[arg-type]
    with served(app) as address, visit(browser, address) as found:
        yield found


def thumb(page: Page, name: str) -> Any:
    return page.get_by_role("button", name=name, exact=True)


def test_a_thumb_is_kept_with_the_question_that_it_is_about(browser, assistant, folder):
    with visiting(browser, assistant, keep_questions="yes") as visitor:
        visitor.ask(QUESTION)
        with visitor.page.expect_response(lambda response: "/run/" in response.url):
            thumb(visitor.page, "Not helpful").click()
        visitor.ask("How long must data be preserved?")
        assert not visitor.complaints
    kept = read_kept(open_database(read_settings()))
    assert [(one.question, one.thumb) for one in kept] == [
        (QUESTION, "down"),
        ("How long must data be preserved?", ""),
    ]
    assert kept[0].citations and len({one.answer for one in kept}) == 2


def test_over_the_limit_the_page_says_when_to_ask_again_and_keeps_the_question(
    browser, assistant, folder
):
    with visiting(browser, assistant, limit_ask="1/day") as visitor:
        visitor.ask(QUESTION)
        visitor.question.fill("And fraud?")
        visitor.question.press("Enter")
        expect(visitor.page.get_by_text("Too many requests have come from here")).to_be_visible()
        assert visitor.question.input_value() == "And fraud?"
        expect(visitor.citations.first).to_be_visible()
        visitor.page.locator(".acts .copies").last.click(timeout=5000)


def test_a_page_that_is_open_shows_the_text_of_the_off_switch(browser, assistant, folder: Path):
    switch = Switch.of(read_settings())
    with visiting(browser, assistant) as visitor:
        switch.turn_off("Back at 14:00.")
        visitor.ask(QUESTION)
        assert "Back at 14:00." in visitor.answers.first.inner_text()
        visitor.page.goto(visitor.address)
        expect(visitor.page.get_by_text("Back at 14:00.")).to_be_visible()
        visitor.page.get_by_role("link", name="Read the Convention").click()
        expect(visitor.page.get_by_role("heading", level=1)).to_be_visible()
        switch.turn_on()
        visitor.page.goto(visitor.address)
        visitor.ask(QUESTION)
        assert "art. 7" in visitor.answers.first.inner_text()
