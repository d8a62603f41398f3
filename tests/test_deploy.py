"""The files to deploy it with: a real nginx, with the file that is shipped, before a server."""

from __future__ import annotations

import asyncio
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from fastapi import FastAPI, Request
from fastapi.responses import StreamingResponse

from tests.browser import served

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
FILE = Path(__file__).parents[1] / "deploy" / "nginx.conf"
SOON = 10.0

pytestmark = pytest.mark.skipif(not NGINX, reason="there is no nginx")


@pytest.fixture(scope="module")
def read_on() -> threading.Event:
    """Set by a client that has the first piece of a stream."""
    return threading.Event()


@pytest.fixture(scope="module")
def app(read_on) -> FastAPI:
    app = FastAPI()

    @app.api_route("/{path:path}", methods=["GET", "POST"])
    async def anything(path: str, request: Request):
        if path in ("api/ask", "v1/chat/completions", "bill/read", "mcp"):
            return StreamingResponse(_pieces(read_on), media_type="text/event-stream")
        size = sum([len(piece) async for piece in request.stream()])
        return {"path": path, "size": size, **request.headers}

    return app


async def _pieces(read_on: threading.Event) -> AsyncIterator[bytes]:
    """The second piece comes when the first has been read, so that no proxy may hold it back."""
    yield b"first"
    for _ in range(1000):
        if read_on.is_set():
            break
        await asyncio.sleep(0.01)
    yield b"second" if read_on.is_set() else b"too late"


@pytest.fixture(scope="module")
def proxy(app, tmp_path_factory) -> Iterator[str]:
    """The address of an nginx before the application."""
    folder = tmp_path_factory.mktemp("nginx")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with served(app) as address:
        text = FILE.read_text("utf-8").replace("app:7860", urlsplit(address).netloc)
        file = folder / "nginx.conf"
        file.write_text(text.replace("listen 80;", f"listen 127.0.0.1:{port};"), "utf-8")
        extra = f"pid {folder}/pid; daemon off;"
        process = subprocess.Popen([NGINX, "-c", file, "-p", folder, "-g", extra])
        wait_for(port, process)
        yield f"http://127.0.0.1:{port}"
        process.terminate()
        process.wait(SOON)


def wait_for(port: int, process: subprocess.Popen) -> None:
    ends = time.monotonic() + SOON
    while time.monotonic() < ends:
        assert process.poll() is None, "nginx does not take the file"
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.02)


@pytest.mark.parametrize("path", ["api/ask", "v1/chat/completions", "bill/read", "mcp"])
def test_a_stream_is_not_held_back(proxy, read_on, path):
    read_on.clear()
    told = b""
    with httpx.stream("POST", f"{proxy}/{path}", timeout=SOON) as response:
        for piece in response.iter_raw():
            told += piece
            read_on.set()
    assert told == b"firstsecond"


@pytest.mark.parametrize("path", ["metrics", "readyz"])
def test_the_routes_of_operators_are_closed(proxy, path):
    assert httpx.get(f"{proxy}/{path}").status_code == 404
    assert httpx.get(f"{proxy}/healthz").json()["path"] == "healthz"


def test_who_asks_is_told_by_the_proxy_and_not_by_the_client(proxy):
    claimed = {"X-Forwarded-For": "192.0.2.7"}
    told = httpx.get(f"{proxy}/convention", headers=claimed).json()
    assert told["x-forwarded-for"] == "127.0.0.1"
    assert told["host"] == urlsplit(proxy).netloc


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [
        ("api/search", 1_000_000, 200),
        ("api/search", 2_000_000, 413),
        ("bill", 40_000_000, 200),
        ("register/assessment", 20_000_000, 200),
        ("bill", 60_000_000, 413),
    ],
)
def test_bodies_are_bounded_by_what_the_route_takes(proxy, path, size, status):
    response = httpx.post(f"{proxy}/{path}", content=b"x" * size, timeout=SOON)
    assert response.status_code == status
    assert status == 413 or response.json()["size"] == size
