"""Bodies that are too large, too slow, or of no stated length; over a real socket."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import httpx
import pytest
from fastapi import FastAPI, Request

from assistant.web.guard.uploads import MOST_BYTES, Uploads
from assistant.web.problems import add_problems
from tests.browser import served
from tests.guarded import guarded


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with guarded() as client:
        yield client


def pieces(size: int) -> Iterator[bytes]:
    """So many bytes in pieces, which httpx sends in chunks without a length."""
    for _ in range(size // 65536):
        yield bytes(65536)


@pytest.mark.parametrize(
    "path", ["/", "/gradio_api/upload", "/gradio_api/queue/join", "/elsewhere"]
)
def test_a_body_that_says_it_is_too_large_is_refused(client, path):
    response = client.post(path, content=bytes(MOST_BYTES + 1))
    assert response.status_code == 413 and response.json()["error"]["code"] == "too_large"
    assert f"at most {MOST_BYTES} bytes" in response.json()["error"]["message"]


def test_a_body_in_chunks_is_counted_as_it_comes(client):
    assert client.post("/", content=pieces(MOST_BYTES)).json()["bytes"] == MOST_BYTES
    assert client.post("/", content=pieces(2 * MOST_BYTES)).status_code == 413


def test_routes_that_count_for_themselves_may_take_more(client):
    size = MOST_BYTES + 1
    assert client.post("/bill/read", content=bytes(size)).json()["bytes"] == size


def test_the_chat_page_is_told_in_a_sentence(client):
    response = client.post("/gradio_api/upload", content=bytes(MOST_BYTES + 1))
    assert response.json()["detail"].startswith("The body is too large")


def test_a_body_that_does_not_come_is_given_up():
    with hurried() as address, stalled(address) as connection:
        answer = connection.recv(4096)
    assert answer.startswith(b"HTTP/1.1 408") and b"too_slow" in answer


@contextmanager
def hurried() -> Iterator[str]:
    """The address of an application that waits a fifth of a second for a body."""
    app = FastAPI()
    app.add_middleware(Uploads, seconds=0.2)
    add_problems(app)

    @app.post("/")
    async def take(request: Request) -> int:
        return len(await request.body())

    with served(app) as address:
        yield address


@contextmanager
def stalled(address: str) -> Iterator[socket.socket]:
    """A connection on which half of a body has come."""
    place = urlsplit(address)
    with socket.create_connection((place.hostname, place.port), timeout=10) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 10\r\n\r\nhalf")
        yield connection
