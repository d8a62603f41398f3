"""Says of every response who may show it in a frame: this site alone, unless it says otherwise."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["add_framing"]

_POLICY = "Content-Security-Policy"
_DIRECTIVE = "frame-ancestors"


def add_framing(app: FastAPI) -> None:
    """Keep the pages of the application out of the frames of other sites."""
    app.add_middleware(_Framing)


class _Framing:
    """Adds ``frame-ancestors 'self'`` to each response that says nothing of frames."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                _limit(MutableHeaders(scope=message))
            await send(message)

        await self._app(scope, receive, sending if scope["type"] == "http" else send)


def _limit(headers: MutableHeaders) -> None:
    policy = headers.get(_POLICY, "")
    if _DIRECTIVE not in policy:
        headers[_POLICY] = "; ".join([*filter(None, [policy]), f"{_DIRECTIVE} 'self'"])
