"""Server-sent events: how they are written, and the response that carries them."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Iterator

import anyio
from fastapi.responses import StreamingResponse
from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event
from starlette.types import Receive, Scope, Send

__all__ = ["KEEPALIVE", "QUIET", "EventStream", "event", "prefers_events"]

KEEPALIVE = KEEPALIVE_COMMENT
"""A comment that keeps proxies from closing a quiet connection."""

QUIET = 10.0
"""Seconds without an event after which one is sent; proxies wait fifteen and more."""

LONGEST = 600.0
"""Seconds after which a stream is cut: its client has stopped reading."""


def event(values: object, name: str | None = None) -> bytes:
    """An event with these values as JSON, of that name."""
    data = values if isinstance(values, str) else json.dumps(values, ensure_ascii=False)
    return format_sse_event(data_str=data, event=name)


class EventStream(StreamingResponse):
    """A stream of events that no proxy stores or buffers.

    When the client goes away, or does not read, the generator is closed at once.
    """

    media_type = "text/event-stream"

    def __init__(self, events: AsyncGenerator[bytes]) -> None:
        super().__init__(events, headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        self._events = events

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the events until they end or the client has gone."""
        try:
            with anyio.move_on_after(LONGEST):
                await super().__call__(scope, receive, send)
        finally:
            with anyio.CancelScope(shield=True):
                await self._events.aclose()


def prefers_events(accept: str) -> bool:
    """Whether an Accept header asks for events rather than for JSON."""
    weights = dict(_weights(accept))
    events = weights.get("text/event-stream", 0.0)
    return events > 0 and events > weights.get("application/json", 0.0)


def _weights(accept: str) -> Iterator[tuple[str, float]]:
    for part in accept.lower().split(","):
        kind, *parameters = (piece.strip() for piece in part.split(";"))
        quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        try:
            yield kind, float(quality)
        except ValueError:
            yield kind, 0.0
