"""A site of somebody else, on another origin, and a guest who meets the widget on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from fastapi import FastAPI
from fastapi.responses import HTMLResponse, Response
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request

from tests.browser import WIDE, served

POLICY = (
    "default-src 'none'; script-src {widget}; connect-src {widget}; "
    "frame-src http://127.0.0.1:* http://localhost:*; style-src 'self'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
"""The strictest policy that the widget bears."""


@dataclass(frozen=True)
class OtherSite:
    """A running site: where it is, by the name of localhost where the widget has 127.0.0.1."""

    address: str
    pages: dict[str, str] = field(default_factory=dict)
    styles: dict[str, str] = field(default_factory=dict)
    admitted: list[str] = field(default_factory=list)

    def admit(self, widget: str) -> None:
        """Let in the widget from that address, and nothing else."""
        self.admitted[:] = [widget]

    def shows(self, body: str, *, html: str = '<html lang="en">', css: str = "") -> str:
        """The address of a page with this body, and this style sheet in a file of its own."""
        name = str(len(self.pages))
        self.styles[name] = css
        self.pages[name] = (
            f'<!doctype html>{html}<head><meta charset="utf-8"><title>A site</title>'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<link rel="stylesheet" href="/{name}.css"></head>'
            f'<body><a id="before" href="#">Home</a>{body}</body></html>'
        )
        return f"{self.address}/{name}"


@contextmanager
def other_site() -> Iterator[OtherSite]:
    """A site without any page yet."""
    app = FastAPI()
    with served(app) as address:
        site = OtherSite(address.replace("127.0.0.1", "localhost"))
        _add_routes(app, site)
        yield site


def _add_routes(app: FastAPI, site: OtherSite) -> None:
    @app.get("/favicon.ico")
    def icon() -> Response:
        return Response(status_code=204)

    @app.get("/{name}.css")
    def style(name: str) -> Response:
        return Response(site.styles[name], media_type="text/css")

    @app.get("/{name}")
    def page(name: str) -> HTMLResponse:
        policy = POLICY.format(widget="".join(site.admitted) or "'none'")
        return HTMLResponse(site.pages[name], headers={"Content-Security-Policy": policy})


@dataclass(frozen=True)
class Guest:
    """One visit to a page with the widget, with what the browser asked for and complained about."""

    page: Page
    requested: list[str] = field(default_factory=list)
    posted: list[Request] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @property
    def asked(self) -> list[dict[str, Any]]:
        """The bodies of the questions that were sent."""
        return [request.post_data_json for request in self.posted]

    @property
    def headers(self) -> list[dict[str, str]]:
        """The headers of the questions that were sent."""
        return [request.all_headers() for request in self.posted]

    @property
    def widget(self) -> Locator:
        return self.page.locator("convention-assistant")

    @property
    def launcher(self) -> Locator:
        return self.widget.locator(".launcher")

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")

    @property
    def field(self) -> Locator:
        return self.widget.locator("textarea")

    @property
    def questions(self) -> Locator:
        return self.widget.locator("h3 bdi")

    @property
    def answers(self) -> Locator:
        return self.widget.locator(".answer:not(:empty)")

    @property
    def citations(self) -> Locator:
        return self.widget.locator(".answer a")

    @property
    def failure(self) -> Locator:
        return self.widget.locator(".failed")

    @property
    def sender(self) -> Locator:
        return self.widget.locator(".send")

    def ask(self, question: str) -> None:
        """Write a question, press Enter and wait for the whole answer."""
        self.field.fill(question)
        self.field.press("Enter")
        self.wait_for_answer()

    def wait_for_answer(self) -> None:
        """Wait until nothing is being answered any more."""
        self.widget.locator("article").last.wait_for()
        self.widget.locator('.log[aria-busy="false"]').wait_for()

    def focused(self) -> str:
        """What has the focus, within the widget if it is there: its class, tag or id."""
        return str(
            self.page.evaluate(
                "() => { let it = document.activeElement;"
                " if (it.shadowRoot) it = it.shadowRoot.activeElement ?? it;"
                " return it.id || it.className || it.tagName.toLowerCase(); }"
            )
        )

    def tab_to(self, name: str, most: int = 40) -> None:
        """Press Tab until what goes by that name has the focus."""
        for _ in range(most):
            if self.focused() == name:
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{most} tabs do not lead to {name}")

    def hosts(self) -> set[str]:
        """Hosts that the browser asked."""
        return {urlsplit(url).netloc for url in self.requested} - {""}


@contextmanager
def guest(browser: Browser, address: str, **context: Any) -> Iterator[Guest]:
    """A fresh visit to a page."""
    size = context.pop("size", WIDE)
    opened = browser.new_context(viewport={"width": size[0], "height": size[1]}, **context)
    visitor = Guest(opened.new_page())
    opened.on("request", lambda request: _note(visitor, request))
    visitor.page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
    visitor.page.on("console", lambda message: _hear(visitor, message))
    visitor.page.on("dialog", lambda box: (visitor.complaints.append("dialog"), box.dismiss()))
    visitor.page.goto(address)
    yield visitor
    opened.close()


def _note(visitor: Guest, request: Request) -> None:
    visitor.requested.append(request.url)
    if request.method == "POST":
        visitor.posted.append(request)


def _hear(visitor: Guest, message: ConsoleMessage) -> None:
    if message.type == "error":
        visitor.complaints.append(message.text)
