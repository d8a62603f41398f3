"""What stands around Gradio's page, in the HTML that the server sends.

Gradio puts a page together in the browser; what a visitor reads first does not wait for that, nor
do styles, language and direction.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import FastAPI
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.knowledge import Knowledge
from assistant.web.interface import Interface
from assistant.web.pages import templates, which_text

__all__ = ["Frame", "add_frames", "frame_of"]

_HTML = re.compile(r"<html\s+lang=\"en\"")
_VIEWPORT = re.compile(r'<meta\s+name="viewport"\s+content="[^"]*"\s*/?>')
_WAYS = (
    '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, '
    'interactive-widget=resizes-content">'
)
_STYLES = ("theme", "site", "provisions", "terms", "page", "turns", "beside", "earlier")
_SCRIPTS = ("beside", "follow", "terms")
_MODULES = ("chat", "dress", "copying", "saving", "earlier")
_SAID = "chat.said_"


@dataclass(frozen=True, slots=True)
class Frame:
    """The parts of a page in one language that are sent at once.

    Attributes:
        opening: the tag of the whole page, with its language and direction.
        head: styles and scripts.
        before: what stands before Gradio's part, ``after`` what stands after it.
    """

    opening: str
    head: str
    before: str
    after: str

    def around(self, page: str) -> str:
        """The page that Gradio sends, with these parts in it."""
        page = _HTML.sub(lambda _: self.opening, page, count=1)
        page = _VIEWPORT.sub(_WAYS, page, count=1)
        page = page.replace("</head>", f"{self.head}</head>", 1)
        page = page.replace("<gradio-app", f"{self.before}<gradio-app", 1)
        return page.replace("</gradio-app>", f"</gradio-app>{self.after}", 1)


def frame_of(interface: Interface, knowledge: Knowledge) -> Frame:
    """What stands around the chat in that language."""
    values = interface.on_page("ask", "/") | {
        "which_text": which_text(knowledge, interface),
        "styles": _STYLES,
        "scripts": _SCRIPTS,
        "modules": _MODULES,
        "said": _said(interface),
    }
    opening = (
        f'<html lang="{interface.code}" data-language="{interface.code}" '
        f'dir="{interface.direction}" data-root="{interface.prefix}"'
    )
    rendered = (
        templates().get_template(f"chat_{name}.html").render(values)
        for name in ("head", "before", "after")
    )
    return Frame(opening, *rendered)


def add_frames(app: FastAPI, frames: Mapping[str, Frame]) -> None:
    """Put each frame around the page that lies at its path in the application."""
    app.add_middleware(_Framed, frames=frames)


def _said(interface: Interface) -> dict[str, str]:
    """What the scripts of the page say, by name."""
    names = ["like", "dislike", "retry", "edit", "suggestions", "try", "conversation", "asked"]
    names += [f"earlier_{name}" for name in ("delete", "delete_one", "none")]
    own = {name: interface.text(f"chat.{name}") for name in names}
    passing = {
        name.removeprefix(_SAID): text
        for name, text in interface.texts.items()
        if name.startswith(_SAID)
    }
    return own | passing


class _Framed:
    """Rewrites the pages of the chat on their way out; everything else passes as it is."""

    def __init__(self, app: ASGIApp, frames: Mapping[str, Frame]) -> None:
        self._app = app
        self._frames = {f"{path}/": frame for path, frame in frames.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        frame = self._frame_of(scope)
        await self._app(scope, receive, _Rewriting(frame, send).send if frame else send)

    def _frame_of(self, scope: Scope) -> Frame | None:
        if scope["type"] != "http" or scope["method"] != "GET":
            return None
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        return self._frames.get(f"{path.rstrip('/')}/")


class _Rewriting:
    """One response: held until it is whole, then sent with the frame around it."""

    def __init__(self, frame: Frame, send: Send) -> None:
        self._frame, self._send = frame, send
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        """Take in a message of the response; the last one sends all of it."""
        if message["type"] == "http.response.start" and _is_page(message):
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._finish(self._start)

    async def _finish(self, start: Message) -> None:
        body = self._frame.around(self._body.decode()).encode()
        MutableHeaders(scope=start)["content-length"] = str(len(body))
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})


def _is_page(start: Message) -> bool:
    return Headers(scope=start).get("content-type", "").startswith("text/html")
