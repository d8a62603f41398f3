"""The address that Chatwoot tells its agent bot of messages at: ``POST /bots/chatwoot``.

Chatwoot waits a few seconds and, where it is refused, leaves the conversation to people; so what
is taken is acknowledged at once and answered by its API later.
"""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from time import time

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from assistant.answer import Answer
from assistant.bots.chatwoot import Chatwoot, Patience
from assistant.bots.desk import Ask, Desk, Taken
from assistant.bots.events import read_event
from assistant.bots.signature import is_signed
from assistant.settings import Settings
from assistant.web.addresses import address_of, with_addresses
from assistant.web.api.bodies import read_within
from assistant.web.api.growing import Answering
from assistant.web.problems import Problem, Refused
from index.errors import BadInput
from prompts import fixed_text

__all__ = ["PATH", "chatwoot_routes"]

PATH = "/bots/chatwoot"

_MOST_BYTES = 1024 * 1024
"""A long message, with all that Chatwoot tells of its conversation, has less."""

_log = logging.getLogger(__name__)


def chatwoot_routes(
    answering: Answering, settings: Settings, patience: Patience | None = None
) -> APIRouter:
    """The route of the bot, which works while the application runs.

    Raises ``BadInput`` where the settings name a Chatwoot but no token.
    """
    _check(settings)
    open_desks: list[Desk] = []

    @asynccontextmanager
    async def working(_: object) -> AsyncIterator[None]:
        async with Chatwoot(settings.chatwoot_url, settings.chatwoot_token, patience) as chatwoot:
            desk = Desk(chatwoot)
            async with desk.open():
                open_desks.append(desk)
                yield
                open_desks.clear()

    router = APIRouter(include_in_schema=False, lifespan=working)

    @router.post(PATH)
    async def deliver(request: Request) -> Response:
        body = await read_within(request, _MOST_BYTES)
        _check_signature(request, body, settings)
        message = read_event(_parsed(body))
        if message is None:
            return JSONResponse({"status": "ignored"})
        taken = open_desks[0].take(message, _asking(answering, address_of(request, settings)))
        if taken is Taken.FULL:
            raise Refused(Problem(503, "busy", fixed_text("bots/busy")))
        return JSONResponse({"status": taken})

    return router


def _check(settings: Settings) -> None:
    if not settings.chatwoot_token.get_secret_value():
        raise BadInput(
            "CONVENTION_CHATWOOT_URL is set but CONVENTION_CHATWOOT_TOKEN is not: set it to the "
            "access token of the agent bot."
        )
    if not settings.chatwoot_secret.get_secret_value():
        _log.warning(fixed_text("bots/unsigned"))


def _check_signature(request: Request, body: bytes, settings: Settings) -> None:
    secret = settings.chatwoot_secret.get_secret_value()
    signature = request.headers.get("x-chatwoot-signature", "")
    timestamp = request.headers.get("x-chatwoot-timestamp", "")
    if secret and not is_signed(secret, signature, timestamp, body, time()):
        raise Refused(Problem(401, "wrong_signature", fixed_text("bots/wrong_signature")))


def _parsed(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise BadInput(fixed_text("api/broken_json")) from None


def _asking(answering: Answering, address: str) -> Ask:
    async def ask(question: str, earlier: Sequence[str]) -> Answer:
        return with_addresses(await answering.answer(question, earlier, "en"), address)

    return ask
