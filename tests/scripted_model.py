"""A model server on the loopback interface that does what a test wants.

It speaks the OpenAI chat-completions protocol, streaming and not, over a real socket.
"""

from __future__ import annotations

import json
import re
import socket
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from typing import Any

import pytest

KEY = "sk-test-0123456789abcdefghijklmnop"
NAME = "openai:scripted"

Behaviour = Callable[["Turn"], None]


class ScriptedModel:
    """A running server: what it was asked, and how it behaves from now on."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.behaviour: Behaviour = says("")
        self.asked: list[dict[str, Any]] = []
        self.closing = threading.Event()

    def configure(self, environment: pytest.MonkeyPatch) -> None:
        """Point the OpenAI library at this server."""
        environment.setenv("OPENAI_BASE_URL", f"{self.address}/v1")
        environment.setenv("OPENAI_API_KEY", KEY)

    @property
    def questions(self) -> list[str]:
        """The user's message of each request."""
        return [body["messages"][-1]["content"] for body in self.asked]


class Turn:
    """One request, and the ways to answer it."""

    def __init__(self, request: BaseHTTPRequestHandler, model: ScriptedModel, body: dict) -> None:
        self.request = request
        self.model = model
        self.body = body

    @property
    def sources(self) -> list[str]:
        """The texts of the numbered sources that the request holds."""
        return re.findall(r"^\[\d+\] .*?\): (.*)$", self.body["messages"][-1]["content"], re.M)

    def head(self, status: int, content_type: str, **headers: str) -> None:
        self.request.send_response(status)
        self.request.send_header("Content-Type", content_type)
        for name, value in headers.items():
            self.request.send_header(name.replace("_", "-"), value)

    def document(self, status: int, values: object, **headers: str) -> None:
        content = json.dumps(values).encode()
        self.head(status, "application/json", content_length=str(len(content)), **headers)
        self.request.end_headers()
        self.request.wfile.write(content)

    def begin(self) -> None:
        self.head(200, "text/event-stream", transfer_encoding="chunked")
        self.request.end_headers()

    def raw(self, content: bytes) -> None:
        self.request.wfile.write(b"%x\r\n%s\r\n" % (len(content), content))
        self.request.wfile.flush()

    def event(self, values: object) -> None:
        self.raw(f"data: {json.dumps(values, ensure_ascii=False)}\n\n".encode())

    def piece(self, text: str | None, finish: str | None = None) -> None:
        delta = {} if text is None else {"content": text}
        self.event(_chunk({"index": 0, "delta": delta, "finish_reason": finish}))

    def end(self, finish: str = "stop") -> None:
        self.piece(None, finish)
        self.raw(b"data: [DONE]\n\n")
        self.request.wfile.write(b"0\r\n\r\n")

    def wait(self) -> None:
        """Say nothing until the test is over."""
        self.model.closing.wait(30)

    def hang_up(self) -> None:
        with suppress(OSError):
            self.request.connection.shutdown(socket.SHUT_RDWR)
        self.request.close_connection = True


def _chunk(choice: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": "1",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": "scripted",
        "choices": [choice],
    }


def says(text: str | Callable[[Turn], str], *, cut: int = 7, finish: str = "stop") -> Behaviour:
    """A text, in pieces of ``cut`` letters, or whole where no stream is asked for."""

    def behave(turn: Turn) -> None:
        told = text(turn) if callable(text) else text
        if not turn.body.get("stream"):
            message = {"role": "assistant", "content": told}
            choice = {"index": 0, "message": message, "finish_reason": finish}
            turn.document(200, _chunk(choice) | {"object": "chat.completion"})
            return
        turn.begin()
        for start in range(0, len(told), cut):
            turn.piece(told[start : start + cut])
        turn.end(finish)

    return behave


def quotes(*numbers: int, before: str = "") -> Behaviour:
    """The first sentence of each source of these numbers, cited as asked for."""

    def told(turn: Turn) -> str:
        return before + " ".join(f"{_first(turn.sources[n - 1])} [{n}]." for n in numbers)

    return says(told)


def _first(text: str) -> str:
    return re.split(r"(?<=[.;:])\s", text)[0].rstrip(".;:")


def byte_by_byte(text: str) -> Behaviour:
    """A text of which every byte comes by itself, so that letters and marks are cut in two."""

    def behave(turn: Turn) -> None:
        turn.begin()
        values = _chunk({"index": 0, "delta": {"content": text}, "finish_reason": None})
        for byte in f"data: {json.dumps(values, ensure_ascii=False)}\n\n".encode():
            turn.raw(bytes([byte]))
        turn.end()

    return behave


def fails(status: int, message: str = "no", code: str | None = None, **headers: str) -> Behaviour:
    """An error as the API reports it."""
    error = {"error": {"message": message, "type": "error", "param": None, "code": code}}
    return lambda turn: turn.document(status, error, **headers)


def hangs(after: str = "") -> Behaviour:
    """Silence: before the first word, or after some."""

    def behave(turn: Turn) -> None:
        turn.begin()
        if after:
            turn.piece(after)
        turn.wait()

    return behave


def drips(text: str, seconds: float) -> Behaviour:
    """A text over and over, a piece at a time, never silent for long."""

    def behave(turn: Turn) -> None:
        turn.begin()
        while not turn.model.closing.wait(seconds):
            turn.piece(text)

    return behave


def breaks(after: str, *, politely: bool = False) -> Behaviour:
    """A stream that ends in the middle: hung up, or closed as if it were whole."""

    def behave(turn: Turn) -> None:
        turn.begin()
        turn.piece(after)
        if politely:
            turn.request.wfile.write(b"0\r\n\r\n")
        else:
            turn.hang_up()

    return behave


def sends(*contents: bytes) -> Behaviour:
    """A stream of these bytes, whatever they are."""

    def behave(turn: Turn) -> None:
        turn.begin()
        for content in contents:
            turn.raw(content)
        turn.request.wfile.write(b"0\r\n\r\n")

    return behave


def in_turn(*behaviours: Behaviour) -> Behaviour:
    """Each once, in order, and the last one from then on."""
    left = list(behaviours)
    return lambda turn: (left.pop(0) if len(left) > 1 else left[0])(turn)


def pieces_of(text: str, cuts: Iterable[int]) -> list[str]:
    """A text cut at these places."""
    places = [0, *sorted(cut % (len(text) + 1) for cut in cuts), len(text)]
    return [text[a:b] for a, b in pairwise(places)]


@contextmanager
def scripted_model() -> Iterator[ScriptedModel]:
    """A running server; every request that hangs ends with it."""
    server = _Server(("127.0.0.1", 0), _Handler)
    model = ScriptedModel(f"http://127.0.0.1:{server.server_address[1]}")
    server.model = model  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield model
    finally:
        model.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exception(), OSError):  # the asker has hung up, as it may
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        model: ScriptedModel = self.server.model  # type: ignore[attr-defined]
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        model.asked.append(body)
        with suppress(OSError):
            model.behaviour(Turn(self, model, body))

    def log_message(self, *arguments: object) -> None:
        pass
