"""Whether a request is let in: whether questions are answered at all, then by its limits."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.settings import Settings
from assistant.switch import Switch
from assistant.web.guard.edges import Kind, is_closed_when_off, kind_of, path_of
from assistant.web.guard.limits import NONE, Counted, Limiter, Quota, rate_headers
from assistant.web.guard.proxies import visitor_of
from assistant.web.guard.refusal import closed, told
from assistant.web.problems import Problem
from prompts import fixed_text

__all__ = ["Gate"]


class Gate:
    """Lets requests in while questions are answered, within the limits of the settings."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._rates = {Kind.ASK: settings.limit_ask, Kind.READ: settings.limit_read}
        self._limiter = Limiter(settings.limit_store)
        self._switch = Switch.of(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request, or say why not."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        why = self._switch.why_off()
        if why and is_closed_when_off(scope["method"], path_of(scope)):
            await closed(scope, receive, why)(scope, receive, send)
            return
        counted = await self._limiter.take(self._quotas(scope))
        headers = rate_headers(counted)
        if counted and not counted[-1].allowed:
            response = told(scope, receive, too_many(counted[-1], headers))
            await response(scope, receive, send)
            return
        await self._app(scope, receive, _telling(send, headers))

    def _quotas(self, scope: Scope) -> list[Quota]:
        """The limits that the request counts against."""
        kind = kind_of(scope["method"], path_of(scope))
        rate = self._rates.get(kind, NONE)
        return [] if rate == NONE else [Quota(kind, rate, visitor_of(scope))]


def too_many(counted: Counted, headers: Mapping[str, str]) -> Problem:
    """The problem of a request over a limit."""
    message = fixed_text("guard/too_many", seconds=counted.seconds)
    return Problem(429, "too_many_requests", message, headers=headers)


def _telling(send: Send, headers: Mapping[str, str]) -> Send:
    """``send`` with these headers added to the response."""
    if not headers:
        return send

    async def telling(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(headers)
        await send(message)

    return telling
