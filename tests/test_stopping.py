"""A server that is told to stop finishes what it has begun, and loses nothing."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from assistant.web.running import GracefulServer
from assistant.web.running.metrics import Metrics, Source
from assistant.web.running.traffic import Traffic, Watch

SOON = 15.0


@dataclass
class Slow:
    """A served application whose answers wait until they are let go."""

    address: str
    server: GracefulServer
    traffic: Traffic
    thread: threading.Thread
    goes_on: threading.Event

    def ask(self) -> httpx.Response:
        return httpx.get(f"{self.address}/slow", timeout=SOON)

    def is_ready(self) -> bool:
        return httpx.get(f"{self.address}/ready", timeout=SOON).text == "true"

    def stop(self, sig: int = signal.SIGTERM) -> None:
        self.server.handle_exit(sig, None)


def wait_until(holds) -> None:
    ends = time.monotonic() + SOON
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.01)


@contextmanager
def slow(delay: float = 0, patience: float = SOON) -> Iterator[Slow]:
    goes_on, traffic = threading.Event(), Traffic()
    app = FastAPI()
    metrics = Metrics(Source(lambda: 0, lambda: 0, dict))
    app.add_middleware(Watch, traffic=traffic, metrics=metrics)

    @app.get("/slow")
    async def answer() -> str:
        while not goes_on.is_set():
            await asyncio.sleep(0.01)
        return "whole"

    @app.get("/ready")
    async def ready() -> bool:
        return not traffic.is_stopping

    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1)
        server = GracefulServer(config, traffic, delay=delay, patience=patience)
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        thread.start()
        wait_until(lambda: server.started)
        yield Slow(address, server, traffic, thread, goes_on)
        goes_on.set()
        server.should_exit = server.force_exit = True
        thread.join(SOON)
        assert not thread.is_alive()


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as threads:
        yield threads


@pytest.mark.parametrize("sig", [signal.SIGTERM, signal.SIGINT])
def test_what_was_begun_is_finished_and_nothing_new_is_taken(pool, sig):
    with slow() as app:
        begun = pool.submit(app.ask)
        wait_until(lambda: app.traffic.running == 1)
        app.stop(sig)
        with pytest.raises(httpx.TransportError):
            for _ in range(100):
                assert not app.is_ready()
                time.sleep(0.05)
        assert app.thread.is_alive() and not begun.done()
        app.goes_on.set()
        assert begun.result(SOON).json() == "whole"
        app.thread.join(SOON)
        assert not app.thread.is_alive()


def test_nobody_waits_for_more_than_the_patience_allows(pool):
    with slow(patience=0.2) as app:
        begun = pool.submit(app.ask)
        wait_until(lambda: app.traffic.running == 1)
        app.stop()
        app.thread.join(SOON)
        assert not app.thread.is_alive()
        with pytest.raises(httpx.HTTPError):  # the connection lost, or a status of 500
            begun.result(SOON).raise_for_status()


def test_it_answers_on_for_a_while_after_it_has_said_that_it_is_not_ready():
    with slow(delay=1) as app:
        assert app.is_ready()
        app.stop()
        assert not app.is_ready()
        app.goes_on.set()
        assert app.ask().json() == "whole"
        app.thread.join(SOON)
        assert not app.thread.is_alive()


@pytest.mark.parametrize("second", [signal.SIGTERM, signal.SIGINT])
def test_a_second_signal_ends_the_delay(second):
    with slow(delay=3600) as app:
        app.stop()
        assert not app.is_ready()
        app.stop(second)
        app.thread.join(SOON)
        assert not app.thread.is_alive()


def test_ctrl_c_has_no_delay_and_a_second_one_waits_for_nobody(pool):
    with slow(delay=3600) as app:
        begun = pool.submit(app.ask)
        wait_until(lambda: app.traffic.running == 1)
        app.stop(signal.SIGINT)
        app.thread.join(0.5)
        assert app.thread.is_alive()
        app.stop(signal.SIGINT)
        app.thread.join(SOON)
        assert not app.thread.is_alive()
        with suppress(httpx.TransportError):
            begun.result(SOON)


@pytest.mark.slow
def test_a_served_assistant_answers_to_the_end_and_logs_what_it_did(assistant, data, pool):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = {"CONVENTION_DATA": str(data), "CONVENTION_LOG": "json"}
    process = subprocess.Popen(
        [sys.executable, "app.py", "--port", str(port)],
        cwd=Path(__file__).parents[1],
        env=os.environ | settings | {"CONVENTION_STOP_DELAY": "5"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        wait_until_ready(client, process)
        body = {"question": "xylophone?"}
        asked = [pool.submit(client.post, "/api/ask", json=body) for _ in range(4)]
        process.send_signal(signal.SIGTERM)
        wait_until(lambda: client.get("/readyz").status_code == 503)
        assert [future.result(SOON).status_code for future in asked] == [200] * 4
        _, told = process.communicate(timeout=60)
    assert process.returncode == 0
    lines = [json.loads(line) for line in told.splitlines() if line.startswith("{")]
    assert {(line["route"], line["status"]) for line in lines} == {
        ("/api/ask", 200),
        ("/readyz", 503),
    }
    assert "xylophone" not in told


def wait_until_ready(client: httpx.Client, process: subprocess.Popen) -> None:
    ends = time.monotonic() + 300
    while time.monotonic() < ends and process.poll() is None:
        with suppress(httpx.TransportError):
            assert client.get("/readyz").status_code == 200
            return
        time.sleep(0.2)
    raise AssertionError("the server was not ready in time")
