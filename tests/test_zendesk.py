"""The Zendesk app: its files as documented, and its page beside a stand-in for Zendesk."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from playwright.sync_api import Browser, expect

from assistant.assistant import Assistant
from assistant.settings import read_settings
from assistant.web import build_app
from tests.browser import chromium, served
from tests.other_site import Guest, guest

APP = Path(__file__).parent.parent / "integrations" / "zendesk"
SDK = "https://static.zdassets.com/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js"
TICKET = {
    "ticket.subject": "Is hacking a crime?",
    "ticket.description": "Somebody read my mail. <b>Help</b>",
}

STAND_IN = """
window.calls = [];
window.ZAFClient = {
  init: () => ({
    metadata: async () => ({ appId: 0, name: "app", settings: SETTINGS }),
    get: async (paths) => {
      calls.push(["get", paths]);
      return Object.fromEntries([paths].flat().map((path) => [path, TICKET[path]]));
    },
    invoke: async (action, given) => { calls.push([action, given]); },
    on: (event, listener) => {},
  }),
};
"""
"""The documented calls of Zendesk's client, as far as the app may use them."""


def manifest() -> dict[str, Any]:
    return json.loads((APP / "manifest.json").read_text(encoding="utf-8"))


# --- the files -----------------------------------------------------------------------------------


def test_the_manifest_has_the_documented_fields_and_no_other():
    told = manifest()
    assert set(told) == {
        *("name", "author", "version", "frameworkVersion", "defaultLocale", "private"),
        *("location", "parameters"),
    }
    assert set(told["author"]) == {"name", "email", "url"}
    assert told["frameworkVersion"] == "2.0"
    assert told["private"] is True


def test_the_app_stands_in_the_sidebar_of_tickets():
    assert set(manifest()["location"]) == {"support"}
    [(place, shown)] = manifest()["location"]["support"].items()
    assert place == "ticket_sidebar"
    assert set(shown) == {"url", "flexible"}
    assert (APP / shown["url"]).is_file()


def test_every_parameter_has_a_name_a_known_type_and_its_words():
    told = json.loads((APP / "translations" / "en.json").read_text(encoding="utf-8"))["app"]
    for parameter in manifest()["parameters"]:
        assert set(parameter) == {"name", "type", "required"}
        assert parameter["type"] == "text"
        assert set(told["parameters"][parameter["name"]]) == {"label", "helpText"}
    assert all(told[key] for key in ("short_description", "long_description", "name"))
    assert len(told["name"]) <= 40


@pytest.mark.parametrize(("name", "side"), [("logo.png", 320), ("logo-small.png", 128)])
def test_the_logos_have_the_size_that_zendesk_asks_for(name, side):
    head = (APP / "assets" / name).read_bytes()[:24]
    assert head.startswith(b"\x89PNG")
    assert struct.unpack(">II", head[16:24]) == (side, side)


# --- the page ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def page() -> Iterator[str]:
    """Where the files of the app are served, on an origin of their own."""
    host = FastAPI()
    host.mount("/", StaticFiles(directory=APP / "assets"))
    with served(host) as address:
        yield f"{address.replace('127.0.0.1', 'localhost')}/sidebar.html"


@pytest.fixture(scope="module")
def address(assistant: Assistant, page: str) -> Iterator[str]:
    site = page.removesuffix("/sidebar.html")
    with served(build_app(assistant, read_settings(embed_sites=site))) as running:
        yield running


@contextmanager
def beside(
    browser: Browser, page: str, ticket: dict[str, Any] = TICKET, **settings: str
) -> Iterator[Guest]:
    """An agent who has opened a ticket with the app beside it."""
    sdk = (
        f"const SETTINGS = {json.dumps(settings)}; const TICKET = {json.dumps(ticket)}; {STAND_IN}"
    )
    with guest(browser, "about:blank", size=(340, 700)) as agent:
        agent.page.route(SDK, lambda route: route.fulfill(body=sdk, content_type="text/javascript"))
        agent.page.goto(page)
        yield agent


def test_nothing_of_the_ticket_is_read_or_sent_unasked(browser, page, address):
    with beside(browser, page, address=address) as agent:
        expect(agent.page.locator("#subject")).to_be_enabled()
        agent.page.wait_for_load_state("networkidle")
        assert [call for call, _ in agent.page.evaluate("calls") if call == "get"] == []
        assert agent.asked == []


def test_the_subject_is_asked_when_the_agent_presses_the_button(browser, page, address):
    with beside(browser, page, address=address) as agent:
        agent.page.get_by_role("button", name="Ask the subject").click()
        answer = agent.page.frame_locator("iframe").locator(".answer")
        expect(answer).to_contain_text("[art. 7(1)]")
        assert agent.asked[0]["question"] == "Is hacking a crime?"
        assert ["get", ["ticket.subject"]] in agent.page.evaluate("calls")


def test_the_description_goes_with_it_where_the_agent_wants_that(browser, page, address):
    with beside(browser, page, address=f"{address}/") as agent:
        agent.page.get_by_role("button", name="Ask subject and description").click()
        expect(agent.page.frame_locator("iframe").locator(".answer")).not_to_be_empty()
        asked = agent.asked[0]["question"]
        assert asked == "Is hacking a crime?\nSomebody read my mail. <b>Help</b>"
        assert agent.complaints == []


def test_a_long_description_is_cut_to_what_the_assistant_reads(browser, page, address):
    ticket = {**TICKET, "ticket.description": "word-" * 1000}
    with beside(browser, page, ticket, address=address) as agent:
        agent.page.get_by_role("button", name="Ask subject and description").click()
        expect(agent.page.frame_locator("iframe").locator(".answer")).not_to_be_empty()
        assert len(agent.asked[0]["question"]) == 2000


def test_an_empty_ticket_is_told(browser, page, address):
    with beside(browser, page, {"ticket.subject": ""}, address=address) as agent:
        agent.page.get_by_role("button", name="Ask the subject").click()
        expect(agent.page.get_by_role("status")).to_have_text("The ticket has no words to ask yet.")
        assert agent.asked == []


def test_the_sidebar_grows_with_the_answer_within_bounds(browser, page, address):
    with beside(browser, page, address=address) as agent:
        agent.page.get_by_role("button", name="Ask the subject").click()
        expect(agent.page.frame_locator("iframe").locator(".answer")).not_to_be_empty()
        agent.page.wait_for_timeout(300)
        resized = [given for call, given in agent.page.evaluate("calls") if call == "resize"]
        assert all(given["width"] == "100%" for given in resized)
        heights = [int(given["height"].removesuffix("px")) for given in resized]
        assert 320 < max(heights) <= 1000
        assert heights[-1] > agent.page.locator("iframe").bounding_box()["height"]


def test_the_language_of_the_settings_is_that_of_the_buttons(browser, page, address):
    with beside(browser, page, address=address, language="vi") as agent:
        expect(agent.page.frame_locator("iframe").locator(".send")).to_have_text("Hỏi")


def test_the_key_of_the_settings_goes_with_each_question(browser, page, address):
    with beside(browser, page, address=address, key="pk_1") as agent:
        agent.page.get_by_role("button", name="Ask the subject").click()
        expect(agent.page.frame_locator("iframe").locator(".answer")).not_to_be_empty()
        assert agent.headers[0]["authorization"] == "Bearer pk_1"


@pytest.mark.parametrize("wrong", ["", "assistant", "javascript:alert(1)", "https://"])
def test_a_wrong_address_is_told_and_opens_nothing(browser, page, wrong):
    with beside(browser, page, address=wrong) as agent:
        expect(agent.page.get_by_role("status")).to_contain_text("not a web address")
        expect(agent.page.locator("#subject")).to_be_disabled()
        assert agent.page.locator("iframe").get_attribute("src") is None
