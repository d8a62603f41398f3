"""The widget where keys are asked for: with a publishable key on its site, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from assistant.records.database import open_database
from assistant.records.keys import KeyStore
from assistant.settings import read_settings
from assistant.switch import Switch
from assistant.web import build_app
from assistant.web.guard import doorkeeper
from tests.browser import chromium, served
from tests.other_site import OtherSite, guest, other_site

QUESTION = "Is hacking a crime under this treaty?"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def store(folder: Path) -> KeyStore:
    return KeyStore(open_database(read_settings()))


@pytest.fixture
def site() -> Iterator[OtherSite]:
    with other_site() as running:
        yield running


@pytest.fixture
def address(assistant, site, store, monkeypatch) -> Iterator[str]:
    monkeypatch.setattr(doorkeeper, "_SECONDS_KNOWN", 0)
    settings = read_settings(keys="required", sites=site.address)
    with served(build_app(assistant, settings)) as running:
        site.admit(running)
        yield running


def page(site: OtherSite, address: str, key: str) -> str:
    return site.shows(f'<script src="{address}/widget.js" data-key="{key}" async></script>')


def test_a_key_made_for_the_site_lets_its_visitors_ask(browser, site, address, store):
    with guest(browser, page(site, address, store.create("site", sites=site.address))) as visitor:
        visitor.launcher.click()
        visitor.ask(QUESTION)
        visitor.wait_for_answer()
        expect(visitor.citations.first).to_be_visible()


def test_a_key_made_for_another_site_does_not_and_says_why(browser, site, address, store):
    secret = store.create("other", sites="https://www.example.org")
    with guest(browser, page(site, address, secret)) as visitor:
        visitor.launcher.click()
        visitor.ask(QUESTION)
        expect(visitor.failure).to_be_visible()


def test_the_page_for_frames_asks_with_a_key_for_the_assistants_own_address(
    browser, address, store
):
    secret = store.create("frames", sites=address)
    with guest(browser, f"{address}/embed?key={secret}") as visitor:
        visitor.ask(QUESTION)
        visitor.wait_for_answer()
        expect(visitor.citations.first).to_be_visible()


def test_the_widget_shows_the_text_of_the_off_switch(browser, site, address, store):
    secret = store.create("site", sites=site.address)
    Switch.of(read_settings()).turn_off("Back at 14:00.")
    with guest(browser, page(site, address, secret)) as visitor:
        visitor.launcher.click()
        visitor.ask(QUESTION)
        expect(visitor.failure).to_contain_text("Back at 14:00.")
