"""A server that speaks Chatwoot's API to its agent bots, over a real socket.

It keeps conversations of several accounts, lets a bot do what Chatwoot lets it do and no more
(create messages, set the status), tells the bot of every message, and can be made to fail.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any

import httpx

from assistant.bots.signature import signature_of

TOKEN = "bot-token-of-the-tests"
SECRET = "webhook-secret-of-the-tests"

_PATH = re.compile(
    r"/api/v1/accounts/(?P<account>\d+)/conversations/(?P<number>\d+)/(?P<what>messages|toggle_status)"
)


@dataclass
class Thread:
    """One conversation as Chatwoot keeps it."""

    account: int
    number: int
    inbox: int = 1
    status: str = "pending"
    said: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class ChatwootServer:
    """Conversations, and the bot that is told of them at ``webhook``."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.webhook = ""
        self.secret = SECRET
        self.threads: dict[tuple[int, int], Thread] = {}
        self.failing: list[int] = []
        """Status codes of the next answers, before it does what it is asked again."""
        self.gate = threading.Event()
        """Nothing is answered while it is closed."""
        self.gate.set()
        self.tried = 0
        self._ids = count(1)

    def thread(self, number: int = 7, account: int = 1, inbox: int = 1) -> Thread:
        """The conversation of that number, a new pending one where there is none."""
        return self.threads.setdefault((account, number), Thread(account, number, inbox))

    def event(self, thread: Thread, content: str | None, **other: Any) -> dict[str, Any]:
        """What the bot is told of a new message of a customer; ``other`` is put in its place."""
        conversation = {"id": thread.number, "inbox_id": thread.inbox, "status": thread.status}
        return {
            "event": "message_created",
            "id": next(self._ids),
            "content": content,
            "content_type": "text",
            "content_attributes": {},
            "message_type": "incoming",
            "private": False,
            "created_at": "2026-11-29T12:00:00.000Z",
            "sender": {"id": 12, "name": "A customer", "type": "contact"},
            "inbox": {"id": thread.inbox, "name": "Site"},
            "account": {"id": thread.account, "name": "An office"},
            "conversation": conversation | {"channel": "Channel::WebWidget", "can_reply": True},
            **other,
        }

    def write(self, content: str | None, thread: Thread | None = None, **other: Any) -> Any:
        """A customer writes, and the bot is told; returns its response."""
        return self.deliver(self.event(thread or self.thread(), content, **other))

    def deliver(self, event: object, **headers: str) -> httpx.Response:
        """Tell the bot of an event, signed as Chatwoot signs; ``headers`` replace some."""
        body = json.dumps(event).encode()
        now = str(int(time.time()))
        signed = {
            "Content-Type": "application/json",
            "X-Chatwoot-Timestamp": now,
            "X-Chatwoot-Signature": signature_of(self.secret, now, body),
            "X-Chatwoot-Delivery": "5b1f7c0e-0000-4000-8000-000000000000",
        }
        chosen = {name: value for name, value in (signed | headers).items() if value}
        return httpx.post(self.webhook, content=body, headers=chosen)

    def take(self, thread: Thread, what: str, values: dict[str, Any]) -> dict[str, Any]:
        """Do what the bot asks; returns the answer to it."""
        if what == "toggle_status":
            thread.status = values["status"]
            return {"payload": {"success": True, "current_status": thread.status}}
        assert values["message_type"] == "outgoing"
        (thread.notes if values["private"] else thread.said).append(values["content"])
        return {"id": next(self._ids), "content": values["content"]}


@contextmanager
def chatwoot_server() -> Iterator[ChatwootServer]:
    """A running server without conversations."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    made = ChatwootServer(f"http://127.0.0.1:{server.server_address[1]}")
    server.made = made
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        made: ChatwootServer = self.server.made
        values = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        made.tried += 1
        made.gate.wait(20)
        if made.failing:
            return self._answer(made.failing.pop(0), {"error": "not now"})
        asked = _PATH.fullmatch(self.path)
        if self.headers.get("api_access_token") != TOKEN:
            return self._answer(401, {"error": "Invalid Access Token"})
        key = (int(asked["account"]), int(asked["number"])) if asked else None
        if key not in made.threads:
            return self._answer(404, {"error": "Resource could not be found"})
        self._answer(200, made.take(made.threads[key], asked["what"], values))

    def do_GET(self) -> None:
        self._answer(401, {"error": "Access to this endpoint is not authorized for bots"})

    def _answer(self, status: int, values: dict[str, Any]) -> None:
        body = json.dumps(values).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        pass
