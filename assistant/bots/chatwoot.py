"""Speaks to Chatwoot's API as an agent bot: replies, private notes, and handing over to people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import httpx
from pydantic import SecretStr
from tenacity import (
    AsyncRetrying,
    retry_if_exception,
    stop_after_attempt,
    wait_exponential,
)

from assistant.bots.events import Conversation
from index.errors import HelpdeskFailure

__all__ = ["Chatwoot", "Patience"]

_NOT_TAKEN = (429, 500, 502, 503)
"""Answers that mean that nothing has been done; after others (504) it may have been."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long Chatwoot is waited for, in seconds, and how often it is tried.

    Two minutes in all, for a Chatwoot that is started again: nobody else would see the message.
    """

    seconds: float = 20.0
    tries: int = 10
    first_wait: float = 0.5
    longest_wait: float = 30.0


class Chatwoot:
    """A Chatwoot, by its address and the token of an agent bot; used while its context lasts.

    Replies, notes and hand-overs raise ``HelpdeskFailure`` where Chatwoot does not take them, after
    several tries.
    """

    def __init__(self, address: str, token: SecretStr, patience: Patience | None = None) -> None:
        self._patience = patience or Patience()
        self._client = httpx.AsyncClient(
            base_url=address,
            headers={"api_access_token": token.get_secret_value()},
            timeout=self._patience.seconds,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *raised: object) -> None:
        await self._client.aclose()

    async def reply(self, conversation: Conversation, text: str) -> int:
        """Say something to the customer, in Markdown; returns the id of the message."""
        values = {"content": text, "message_type": "outgoing", "private": False}
        return _id(await self._post(conversation, "messages", values, repeatable=False))

    async def note(self, conversation: Conversation, text: str) -> int:
        """Leave a note that only staff can see; returns its id."""
        values = {"content": text, "message_type": "outgoing", "private": True}
        return _id(await self._post(conversation, "messages", values, repeatable=False))

    async def hand_over(self, conversation: Conversation) -> None:
        """Open the conversation, so that it is with people."""
        await self._post(conversation, "toggle_status", {"status": "open"}, repeatable=True)

    async def _post(
        self, conversation: Conversation, what: str, values: dict[str, Any], *, repeatable: bool
    ) -> httpx.Response:
        """Post, and again where that cannot do a thing twice, or it may be done twice."""
        path = f"/api/v1/accounts/{conversation.account}/conversations/{conversation.number}/{what}"
        trying = AsyncRetrying(
            retry=retry_if_exception(lambda error: _may_pass(error, repeatable)),
            stop=stop_after_attempt(self._patience.tries),
            wait=wait_exponential(self._patience.first_wait, self._patience.longest_wait),
            reraise=True,
        )
        try:
            async for attempt in trying:
                with attempt:
                    response = await self._client.post(path, json=values)
                    response.raise_for_status()
        except httpx.HTTPError as error:
            raise HelpdeskFailure(f"Chatwoot took no {what} ({_told(error)}).") from error
        return response


def _id(response: httpx.Response) -> int:
    """The id of a message that was created; 0 where Chatwoot does not tell it."""
    try:
        return int(response.json()["id"])
    except (ValueError, TypeError, KeyError):
        return 0


def _may_pass(error: BaseException, repeatable: bool) -> bool:
    match error:
        case httpx.HTTPStatusError():
            status = error.response.status_code
            return status in _NOT_TAKEN or (repeatable and status >= 500)
        case httpx.ConnectError() | httpx.ConnectTimeout() | httpx.PoolTimeout():
            return True
        case httpx.TransportError():
            return repeatable
    return False


def _told(error: httpx.HTTPError) -> str:
    if isinstance(error, httpx.HTTPStatusError):
        return f"status {error.response.status_code}"
    return type(error).__name__
