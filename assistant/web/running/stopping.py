"""A server that finishes what it has begun before it stops.

On SIGTERM it says at once that it is not ready. It goes on answering for ``delay`` seconds, until
whoever spreads the requests has noticed; then it takes no more, and ends when the running answers
have been sent, or after ``patience`` seconds. Ctrl+C leaves out the delay, a second one the rest.
"""

from __future__ import annotations

import asyncio
import signal
import socket
import time
from types import FrameType

import uvicorn

from assistant.web.running.traffic import Traffic

__all__ = ["GracefulServer"]

_STEP = 0.05


class GracefulServer(uvicorn.Server):
    """A server over an application whose ``traffic`` tells what is under way."""

    def __init__(
        self, config: uvicorn.Config, traffic: Traffic, *, delay: float, patience: float
    ) -> None:
        super().__init__(config)
        self._traffic = traffic
        self._delay = delay
        self._patience = patience
        self._stops_at: float | None = None

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to stop; the first SIGTERM waits for the delay."""
        waits = sig == signal.SIGTERM and self._delay and not self._traffic.is_stopping
        self._traffic.is_stopping = True
        if waits:
            self._stops_at = time.monotonic() + self._delay
        else:
            super().handle_exit(sig, frame)

    async def on_tick(self, counter: int) -> bool:
        """Whether to stop now."""
        is_time = self._stops_at is not None and time.monotonic() >= self._stops_at
        return await super().on_tick(counter) or is_time

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no more requests, let those under way finish, then close what is left."""
        self._traffic.is_stopping = True
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        await self._finish()
        await super().shutdown(sockets)

    async def _finish(self) -> None:
        ends = time.monotonic() + self._patience
        while self._traffic.running and time.monotonic() < ends and not self.force_exit:
            await asyncio.sleep(_STEP)
