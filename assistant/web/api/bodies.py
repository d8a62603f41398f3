"""How the API reads a body: JSON only, within a size and a time that hold while it is read."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from email.message import Message
from typing import Any

import anyio
from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.datastructures import Headers

from assistant.web.problems import Problem, Refused
from prompts import fixed_text

__all__ = ["MOST_BYTES", "JsonRoute", "declares_more", "read_within"]

MOST_BYTES = 64 * 1024
"""A question with its history has less."""

_SECONDS = 30
"""A body of that size arrives sooner, or its sender is holding the connection."""


class JsonRoute(APIRoute):
    """A route whose bodies are JSON of at most ``most_bytes``; others are refused with 415 or 413.

    The bytes are counted as they come, whatever length the request declares, and a body that does
    not arrive in time is refused with 408.
    """

    most_bytes = MOST_BYTES

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler of the route, behind the reading of its body."""
        handle, most = super().get_route_handler(), self.most_bytes

        async def limited(request: Request) -> Response:
            bounded = _Bounded(request.scope, request.receive)
            bounded.most = most
            return await handle(bounded)

        return limited


class _Bounded(Request):
    """A request whose body is read within the limits."""

    most = MOST_BYTES

    async def body(self) -> bytes:
        """The body, read once; raises ``Refused``."""
        if not hasattr(self, "_body"):
            self._body = await read_within(self, self.most)
            if self._body and not _is_json(self.headers.get("content-type", "")):
                raise _refused(415, "wrong_type", "not_json")
        return self._body


def declares_more(headers: Headers, most: int) -> bool:
    """Whether a request says by itself that its body has more than ``most`` bytes."""
    declared = headers.get("content-length", "")
    return declared.isascii() and declared.isdigit() and int(declared) > most


async def read_within(request: Request, most: int) -> bytes:
    """The body of a request of at most ``most`` bytes; raises ``Refused`` with 413 or 408."""
    if declares_more(request.headers, most):
        raise _refused(413, "too_large", "too_large", most=most)
    body = bytearray()
    with anyio.move_on_after(_SECONDS):
        async for piece in request.stream():
            body += piece
            if len(body) > most:
                raise _refused(413, "too_large", "too_large", most=most)
        return bytes(body)
    raise _refused(408, "too_slow", "too_slow", seconds=_SECONDS)


def _refused(status: int, code: str, text: str, **values: object) -> Refused:
    """The refusal of a body; the connection is closed, for the rest of the body may be on it."""
    message = fixed_text(f"api/{text}", **values)
    return Refused(Problem(status, code, message, headers={"Connection": "close"}))


def _is_json(content_type: str) -> bool:
    parsed = Message()
    parsed["content-type"] = content_type
    kind = parsed.get_content_type()
    return kind == "application/json" or (
        kind.startswith("application/") and kind.endswith("+json")
    )
