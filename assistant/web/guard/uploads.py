"""How large a body may be and how long it may take, on routes that do not say so themselves."""

from __future__ import annotations

import anyio
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.addresses import path_of
from assistant.web.api.bodies import declares_more
from assistant.web.guard.refusal import told
from assistant.web.problems import Problem, Refused
from prompts import fixed_text

__all__ = ["MOST_BYTES", "Uploads"]

MOST_BYTES = 1024 * 1024
"""A long conversation of the chat page, which comes whole with each question, has less."""

_SECONDS = 120
_COUNTED_THERE = ("/api/", "/v1/", "/mcp", "/bots/", "/bill", "/register")


class Uploads:
    """Refuses bodies that are too large (413), or do not come in time (408)."""

    def __init__(self, app: ASGIApp, seconds: float = _SECONDS) -> None:
        self._app = app
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, its body within the limits."""
        if scope["type"] != "http" or path_of(scope).startswith(_COUNTED_THERE):
            await self._app(scope, receive, send)
            return
        if declares_more(Headers(scope=scope), MOST_BYTES):
            await told(scope, receive, _too_large())(scope, receive, send)
            return
        await self._app(scope, _Body(receive, self._seconds).receive, send)


class _Body:
    """A body, counted and timed as it comes."""

    def __init__(self, receive: Receive, seconds: float) -> None:
        self._receive = receive
        self._until = anyio.current_time() + seconds
        self._seconds = seconds
        self._bytes = 0
        self._is_whole = False

    async def receive(self) -> Message:
        """The next message; raises ``Refused``. What comes after the body is waited for."""
        if self._is_whole:
            return await self._receive()
        with anyio.CancelScope(deadline=self._until):
            message = await self._receive()
            self._count(message)
            return message
        text = fixed_text("api/too_slow", seconds=round(self._seconds))
        raise Refused(Problem(408, "too_slow", text))

    def _count(self, message: Message) -> None:
        self._bytes += len(message.get("body", b""))
        self._is_whole = not message.get("more_body", False)
        if self._bytes > MOST_BYTES:
            raise Refused(_too_large())


def _too_large() -> Problem:
    message = fixed_text("api/too_large", most=MOST_BYTES)
    return Problem(413, "too_large", message, headers={"Connection": "close"})
