"""Many clients at once: python tests/load.py (or make load); --help has the options.

Serves the assistant in a process of its own and asks it the tuning questions over HTTP, with 1, 8,
64 and 256 clients by turns, each row ended by a number of answers or of seconds. Prints answers a
second, the times that half and 99 % of the answers took at most, errors and memory, beside what the
encoder does with the same questions in batches. ``--soak MINUTES`` prints a row a minute instead.
Linux only: memory is read from /proc.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import itertools
import json
import os
import random
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import numpy as np
import yaml

ROOT = Path(__file__).parents[1]
CLIENTS = (1, 8, 64, 256)
PATIENCE = 120.0
"""Seconds after which an answer counts as lost."""

STARTING = 900.0
"""Seconds that a start may take; the first one builds the index."""


@dataclass
class Asked:
    """What became of the questions of one row."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def told(self, took: float) -> str:
        """Answers a second, half, 99 %, the longest, errors."""
        times = np.array(self.seconds or [np.nan]) * 1e3
        half, most, all_of_them = np.percentile(times, [50, 99, 100])
        return (
            f"{len(self.seconds):8d} {len(self.seconds) / took:9.1f} {half:9.0f} {most:9.0f} "
            f"{all_of_them:9.0f} {len(self.errors):7d}"
        )


@dataclass(frozen=True)
class Server:
    """The process that answers, and where."""

    host: str
    port: int
    pid: int

    def megabytes(self) -> float:
        """The memory that it holds."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024


async def ask(server: Server, streams, question: str) -> None:
    """Ask one question on an open connection; raises ``ValueError`` for anything but an answer."""
    reader, writer = streams
    body = json.dumps({"question": question}).encode()
    head = (
        f"POST /api/ask HTTP/1.1\r\nHost: {server.host}:{server.port}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    writer.write(head.encode() + body)
    await writer.drain()
    told = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    length = re.search(r"^content-length: (\d+)", told, re.IGNORECASE | re.MULTILINE)
    content = await reader.readexactly(int(length[1]) if length else 0)
    status = told.split(" ", 2)[1]
    if status != "200":
        raise ValueError(f"status {status}")
    if json.loads(content)["outcome"] == "unavailable":
        raise ValueError("an answer that says it is unavailable")


async def be_a_client(
    server: Server, questions: Iterator[str], asked: Asked, ends: float, begun: asyncio.Event
) -> None:
    """Ask one question after the other; a lost connection is an error and is opened again."""
    streams = None
    await begun.wait()
    for question in questions:
        started = time.perf_counter()
        if started >= ends:
            break
        try:
            async with asyncio.timeout(PATIENCE):
                streams = streams or await asyncio.open_connection(server.host, server.port)
                await ask(server, streams, question)
            asked.seconds.append(time.perf_counter() - started)
        except (OSError, ValueError, TimeoutError, asyncio.IncompleteReadError) as error:
            asked.errors.append(f"{type(error).__name__}: {error}")
            streams = await closed(streams)
    await closed(streams)


async def closed(streams) -> None:
    """Close a connection, if there is one."""
    if streams:
        streams[1].close()
        with contextlib.suppress(OSError):
            await streams[1].wait_closed()


async def row(
    server: Server, questions: Iterator[str], clients: int, count: int | None, seconds: float
) -> tuple[Asked, float]:
    """What ``clients`` at once get, until ``count`` questions or ``seconds`` are over."""
    asked, begun = Asked(), asyncio.Event()
    bounded = itertools.islice(questions, count)
    started = time.perf_counter()
    working = [
        asyncio.create_task(be_a_client(server, bounded, asked, started + seconds, begun))
        for _ in range(clients)
    ]
    begun.set()
    await asyncio.gather(*working)
    return asked, time.perf_counter() - started


def tell(name: str, asked: Asked, took: float, server: Server) -> None:
    print(f"{name:>8} {asked.told(took)} {server.megabytes():9.0f}", flush=True)
    for error in sorted(set(asked.errors))[:3]:
        print(f"         {asked.errors.count(error)} × {error}", flush=True)


def tell_head(first: str) -> None:
    names = ("answers", "a second", "50 % ms", "99 % ms", "most ms")
    print(f"{first:>8} {names[0]:>8}" + "".join(f" {n:>9}" for n in names[1:]), end="")
    print(f" {'errors':>7} {'MB':>9}", flush=True)


def load(server: Server, questions: Iterator[str], options: argparse.Namespace) -> None:
    """A row for each number of clients."""
    tell_head("clients")
    for clients in options.clients:
        count = max(options.count, clients)
        asked, took = asyncio.run(row(server, questions, clients, count, options.seconds))
        tell(str(clients), asked, took, server)


def soak(server: Server, questions: Iterator[str], options: argparse.Namespace) -> None:
    """A row a minute, always with the first number of clients."""
    tell_head("minute")
    for minute in range(1, options.soak + 1):
        asked, took = asyncio.run(row(server, questions, options.clients[0], None, 60))
        tell(str(minute), asked, took, server)


def tuning_questions() -> list[str]:
    """The tuning questions, always in the same mixed order."""
    files = sorted((ROOT / "tests" / "questions" / "tuning").glob("*.yaml"))
    questions = [
        entry["question"] for file in files for entry in yaml.safe_load(file.read_text("utf-8"))
    ]
    random.Random(0).shuffle(questions)
    return questions


def encoder_rate(questions: Sequence[str], seconds: float = 10.0) -> float:
    """Questions a second that the encoder does in batches of 32, with nothing else at work."""
    from index.encoder import load_encoder

    encoder = load_encoder()
    encoder.encode(questions[:32])
    endless = itertools.cycle(questions)
    started, done = time.perf_counter(), 0
    while time.perf_counter() - started < seconds:
        done += len(encoder.encode(list(itertools.islice(endless, 32))))
    return done / (time.perf_counter() - started)


@contextlib.contextmanager
def serving(**settings: str) -> Iterator[Server]:
    """The assistant in a process of its own, without limits on how often one may ask.

    ``settings`` are further environment variables.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    limits = {"CONVENTION_LIMIT_ASK": "none", "CONVENTION_LIMIT_READ": "none"}
    process = subprocess.Popen(
        [sys.executable, "app.py", "--port", str(port)],
        cwd=ROOT,
        env=os.environ | limits | settings,
        stdout=subprocess.DEVNULL,
    )
    try:
        server = Server("127.0.0.1", port, process.pid)
        wait_for(server, process)
        yield server
    finally:
        process.terminate()
        process.wait(60)


def wait_for(server: Server, process: subprocess.Popen) -> None:
    ends = time.monotonic() + STARTING
    while time.monotonic() < ends:
        if process.poll() is not None:
            sys.exit("The server ended before it was ready.")
        with contextlib.suppress(OSError, HTTPException):
            if is_ready(server):
                return
        time.sleep(0.2)
    sys.exit(f"The server was not ready within {STARTING:.0f} s.")


def is_ready(server: Server) -> bool:
    """Whether it says that it answers questions; raises where it does not speak yet."""
    connection = HTTPConnection(server.host, server.port, timeout=10)
    with contextlib.closing(connection):
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200


def main() -> None:
    parser = argparse.ArgumentParser(description="Many clients at once over HTTP.")
    parser.add_argument("--clients", type=int, nargs="+", default=CLIENTS, help="clients at once")
    parser.add_argument("--count", type=int, default=1000, help="questions of a row, at most")
    parser.add_argument("--seconds", type=float, default=60, help="seconds of a row, at most")
    parser.add_argument("--soak", type=int, metavar="MINUTES", help="a row a minute instead")
    options = parser.parse_args()
    questions = tuning_questions()
    print(f"The encoder in batches of 32: {encoder_rate(questions):.1f} questions a second.")
    with serving() as server:
        endless = itertools.cycle(questions)
        asyncio.run(row(server, endless, 1, 20, 60))  # warm
        (soak if options.soak else load)(server, endless, options)


if __name__ == "__main__":
    main()
