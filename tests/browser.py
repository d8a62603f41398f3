"""What the tests of the page stand on: a served application, and a visitor in a real browser."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from fastapi import FastAPI
from playwright.sync_api import Browser, Locator, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
WIDE = (1280, 800)
NARROW = (360, 740)


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The address at which the application is served on this machine, on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(
            app, log_level="error", proxy_headers=False, timeout_graceful_shutdown=1
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        _wait_for(server, thread)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


def _wait_for(server: uvicorn.Server, thread: threading.Thread) -> None:
    while not server.started:
        assert thread.is_alive(), "the server ended before it was ready"
        time.sleep(0.01)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium; skips the test where there is none."""
    if not CHROMIUM.exists():
        pytest.skip(f"there is no Chromium at {CHROMIUM}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, headless=True, args=list(FLAGS)
        )
        yield browser
        browser.close()


def faults(page: Page) -> list[str]:
    """What axe-core finds on the page against WCAG 2.2, levels A and AA: rule, place, why."""
    found = Axe().run(page, options={"runOnly": list(WCAG), "resultTypes": ["violations"]})
    return [
        f"{rule['id']} {node['target']}: {node['failureSummary']}"
        for rule in found.response["violations"]
        for node in rule["nodes"]
    ]


@dataclass(frozen=True)
class Visit:
    """One visit to the chat page, with what the browser asked for and complained about."""

    page: Page
    address: str
    requested: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @property
    def question(self) -> Locator:
        return self.page.get_by_label("Your question")

    @property
    def questions(self) -> Locator:
        return self.page.locator('#conversation [data-testid="user"]')

    @property
    def answers(self) -> Locator:
        return self.page.locator('#conversation [data-testid="bot"]')

    @property
    def citations(self) -> Locator:
        """The chips in the texts of the answers."""
        return self.page.locator("#conversation .told a.chip")

    @property
    def listed(self) -> Locator:
        """The lines of the lists under the answers."""
        return self.page.locator("#conversation .cited li")

    @property
    def examples(self) -> Locator:
        return self.page.locator("#conversation button.example")

    @property
    def suggestions(self) -> Locator:
        return self.page.locator("#conversation .option")

    @property
    def beside(self) -> Locator:
        return self.page.locator("#beside")

    def ask(self, question: str) -> None:
        """Write a question, press Enter and wait for all of the answer."""
        before = self.answers.count()
        self.question.fill(question)
        self.question.press("Enter")
        self.wait_for_answer(before + 1)

    def wait_for_answer(self, number: int) -> None:
        """Wait until that many answers are there, the last one complete."""
        self.page.locator("#ask").wait_for()
        self.answers.nth(number - 1).locator(".answer:not(.draft)").wait_for()
        self.page.locator("#ask").wait_for()

    def told(self) -> str:
        """What was last said to those who listen."""
        return self.page.locator("#told").inner_text()

    def kept(self) -> list[dict[str, Any]]:
        """The conversations that the browser keeps."""
        return list(
            self.page.evaluate(
                "JSON.parse(localStorage.getItem('convention-conversations') || '[]')"
            )
        )

    def open_first_citation(self) -> None:
        self.citations.first.click()
        self.beside.wait_for()

    def focused(self) -> str:
        """What has the focus: its id, or the beginning of its text or its tag."""
        return str(
            self.page.evaluate(
                "(() => { const it = document.activeElement;"
                " return it.id || it.textContent.trim().slice(0, 60) || it.tagName; })()"
            )
        )

    def tab_to(self, target: Locator, most: int = 40) -> None:
        """Press Tab until the target has the focus."""
        for _ in range(most):
            if target.count() and target.evaluate("it => it === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{most} tabs do not lead to {target}")

    def width_to_spare(self) -> int:
        """How many pixels are left until the page would scroll sideways; negative when it does."""
        return int(
            self.page.evaluate(
                "document.documentElement.clientWidth - document.documentElement.scrollWidth"
            )
        )

    def hosts(self) -> set[str]:
        """Hosts that the browser asked; data in the page itself has none."""
        return {urlsplit(url).netloc for url in self.requested} - {""}


@contextmanager
def visit(
    browser: Browser, address: str, size: tuple[int, int] = WIDE, **given: Any
) -> Iterator[Visit]:
    """A fresh visit to the chat page, ready to be used; ``given`` is what browsers differ in."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **given)
    page = context.new_page()
    visitor = Visit(page, address)
    context.on("request", lambda request: visitor.requested.append(request.url))
    page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
    page.on("dialog", lambda dialog: (visitor.complaints.append("dialog"), dialog.dismiss()))
    page.goto(address)
    visitor.examples.first.wait_for()
    page.wait_for_function("document.activeElement.tagName === 'TEXTAREA'")
    yield visitor
    context.close()
