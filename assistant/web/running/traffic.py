"""Every request as it comes and goes: counted while it is answered, measured, told to the log.

Of a request only its method, the pattern of its route, its status and its time are told: never its
address, its body or what it asks.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.addresses import path_of
from assistant.web.running.metrics import Metrics

__all__ = ["PEER", "REQUESTS", "Traffic", "Watch"]

PEER = "convention.peer"
"""Where the scope of a request holds the address that it came from, None where by a proxy."""

REQUESTS = "assistant.requests"
"""Name of the log that has a line for each request."""

_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
_ENDLESS = ("/gradio_api/heartbeat/", "/mcp")
"""Paths of a GET that is kept open as long as a page or an agent is; nobody waits for its end."""

_FORWARDED = {b"forwarded", b"x-forwarded-for", b"x-real-ip", b"via"}

_PROBES = {"/healthz", "/readyz", "/metrics"}
"""Asked every few seconds by programs; not worth a line each."""

_log = logging.getLogger(REQUESTS)


@dataclass(slots=True)
class Traffic:
    """What is going on in one application; changed by its event loop only.

    Attributes:
        running: requests that are being answered, without those that never end.
        is_stopping: the server has been told to stop.
    """

    running: int = 0
    is_stopping: bool = False


class Watch:
    """Counts, measures and logs every request that passes."""

    def __init__(self, app: ASGIApp, traffic: Traffic, metrics: Metrics) -> None:
        self._app = app
        self._traffic = traffic
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request pass; an error of the application is a status of 500."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, started = 500, time.perf_counter()

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        scope[PEER] = _peer_of(scope)
        counts = 0 if _is_endless(scope) else 1
        self._traffic.running += counts
        try:
            await self._app(scope, receive, noting)
        finally:
            self._traffic.running -= counts
            self._tell(scope, status, time.perf_counter() - started)

    def _tell(self, scope: Scope, status: int, seconds: float) -> None:
        method, route = _method_of(scope), _route_of(scope)
        self._metrics.requested(method, route, status, seconds)
        if route in _PROBES and status < 400:
            return
        ms = round(seconds * 1e3, 1)
        told = {"method": method, "route": route, "status": status, "ms": ms}
        _log.info("%s %s %d in %s ms", method, route, status, ms, extra=told)


def _is_endless(scope: Scope) -> bool:
    return bool(scope["method"] == "GET" and path_of(scope).startswith(_ENDLESS))


def _peer_of(scope: Scope) -> str | None:
    """Read before anything else may have changed the client or left out what a proxy tells."""
    is_forwarded = any(name.lower() in _FORWARDED for name, _ in scope["headers"])
    return None if is_forwarded or not scope.get("client") else str(scope["client"][0])


def _method_of(scope: Scope) -> str:
    """The method; what a client makes up is "other", for each name of a metric is kept for good."""
    return scope["method"] if scope["method"] in _METHODS else "other"


def _route_of(scope: Scope) -> str:
    """The pattern of the route, as ``/api/provisions/{provision_id}``; "other" where none fits."""
    return str(getattr(scope.get("route"), "path", "") or "other")
