"""What every response tells a browser, for its safety.

Also who may show it in a frame: this site alone, unless it says otherwise.
"""

from __future__ import annotations

from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["add_headers", "make_safe"]

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_ONLY_HTTPS = {"Strict-Transport-Security": "max-age=31536000"}
"""Without names below this host, which are not ours to decide about."""

_POLICY = "Content-Security-Policy"
_FRAMES = "frame-ancestors"


def make_safe(headers: MutableHeaders, scheme: str) -> None:
    """Add to a response what it does not say itself."""
    said = _HEADERS | (_ONLY_HTTPS if scheme == "https" else {})
    for name, value in said.items():
        headers.setdefault(name, value)


def add_headers(app: FastAPI) -> None:
    """Add the headers to every response of the application."""
    app.add_middleware(_Headers)


class _Headers:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                _keep_from_frames(headers)
                make_safe(headers, scope["scheme"])
            await send(message)

        await self._app(scope, receive, sending if scope["type"] == "http" else send)


def _keep_from_frames(headers: MutableHeaders) -> None:
    """Let no other site frame a response that says nothing of frames."""
    policy = headers.get(_POLICY, "")
    if _FRAMES not in policy:
        headers[_POLICY] = "; ".join([*filter(None, [policy]), f"{_FRAMES} 'self'"])
