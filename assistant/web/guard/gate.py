"""Whether a request is let in: the off switch, then the key, then the limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.records.journal import KEY_NAME
from assistant.records.keys import Key
from assistant.settings import Settings
from assistant.switch import Switch
from assistant.web.addresses import path_of
from assistant.web.guard.doorkeeper import Doorkeeper
from assistant.web.guard.edges import (
    Kind,
    is_closed_when_off,
    is_for_programs,
    kind_of,
)
from assistant.web.guard.limits import NONE, Counted, Limiter, Quota, rate_headers
from assistant.web.guard.proxies import visitor_of
from assistant.web.guard.refusal import closed, in_words, told
from assistant.web.problems import Problem, Refused
from prompts import fixed_text

__all__ = ["Gate"]


class Gate:
    """Lets requests in while questions are answered: with a key where one is needed, within limits.

    ``doorkeeper`` is None where no keys are asked for.
    """

    def __init__(
        self, app: ASGIApp, settings: Settings, limiter: Limiter, doorkeeper: Doorkeeper | None
    ) -> None:
        self._app = app
        self._rates = {Kind.ASK: settings.limit_ask, Kind.READ: settings.limit_read}
        self._limiter = limiter
        self._doorkeeper = doorkeeper
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
        try:
            headers = await self._let_in(scope)
        except Refused as refused:
            await told(scope, receive, refused.problem)(scope, receive, send)
            return
        await self._app(scope, receive, _telling(send, headers))

    async def _let_in(self, scope: Scope) -> Mapping[str, str]:
        """What the response tells of the limits; raises ``Refused``."""
        key = None
        if self._doorkeeper and is_for_programs(path_of(scope)):
            key = await self._doorkeeper.key_of(scope)
        KEY_NAME.set(key.name if key else "")
        counted = await self._limiter.take(list(self._quotas(scope, key)))
        headers = rate_headers(counted)
        if counted and not counted[-1].allowed:
            raise Refused(_too_many(counted[-1], headers))
        return headers

    def _quotas(self, scope: Scope, key: Key | None) -> Iterator[Quota]:
        """The limits that the request counts against.

        A secret key speaks for many people from one address, so that it counts by itself; behind a
        publishable one each visitor counts, and the key where it has a limit of its own.
        """
        kind = kind_of(scope["method"], path_of(scope))
        rate = self._rates.get(kind, NONE)
        own = key.rate if key and kind is Kind.ASK else ""
        if key and not key.publishable:
            rate = own or rate
        if rate != NONE:
            whose = f"key {key.name}" if key and not key.publishable else visitor_of(scope)
            yield Quota(kind, rate, whose)
        if key and key.publishable and own:
            yield Quota(f"{kind}-by-key", own, f"key {key.name}")


def _too_many(counted: Counted, headers: Mapping[str, str]) -> Problem:
    """The problem of a request over a limit."""
    message = fixed_text("guard/too_many", time=in_words(counted.seconds))
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
