"""What goes wrong around a running assistant: python tests/faults.py (make faults); --help.

Serves the assistant in a process of its own, does one bad thing after the other to it while eight
clients ask, and prints for each what the clients got: answers, the longest wait, what was told
instead of an answer, and what was lost. ``--shared`` does the same to two processes over one Chroma
server: the index is built again, and the server is killed and comes back. Linux only.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import itertools
import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.chroma_process import ChromaProcess, chroma_served  # noqa: E402
from tests.load import (  # noqa: E402
    Asked,
    Server,
    closed,
    row,
    serving,
    tell,
    tell_head,
    tuning_questions,
)

CLIENTS = 8
SECONDS = 10
"""That each fault lasts, and that the clients ask on after it."""

STRANGERS = 30
"""Clients of each kind that misbehave at the same time."""

Fault = Callable[[Server], AbstractAsyncContextManager[None]]


@asynccontextmanager
async def never_reading(server: Server) -> AsyncIterator[None]:
    """Clients that ask for a stream and read nothing of it."""
    sockets = []
    for _ in range(STRANGERS):
        one = socket.socket()
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
        one.connect((server.host, server.port))
        one.sendall(_request(server, b'{"question": "What does article 14 say?"}') * 50)
        sockets.append(one)
    try:
        yield
    finally:
        for one in sockets:
            one.close()


@asynccontextmanager
async def uploading_slowly(server: Server) -> AsyncIterator[None]:
    """Clients that send a byte a second of a long body."""
    begun = _request(server, b" " * 20_000)[:-20_000]
    senders = [asyncio.create_task(_drip(server, begun)) for _ in range(STRANGERS)]
    try:
        yield
    finally:
        for sender in senders:
            sender.cancel()
        await asyncio.gather(*senders, return_exceptions=True)


async def _drip(server: Server, begun: bytes) -> None:
    streams = await asyncio.open_connection(server.host, server.port)
    streams[1].write(begun)
    with contextlib.suppress(OSError):
        while not streams[0].at_eof():
            streams[1].write(b" ")
            await streams[1].drain()
            await asyncio.sleep(1)
    await closed(streams)


@asynccontextmanager
async def hanging_up(server: Server) -> AsyncIterator[None]:
    """Clients that ask and are gone before the answer."""

    async def gone() -> None:
        while True:
            streams = await asyncio.open_connection(server.host, server.port)
            streams[1].write(_request(server, b'{"question": "What is extradition?"}'))
            await streams[1].drain()
            await closed(streams)
            await asyncio.sleep(0.05)

    leaving = [asyncio.create_task(gone()) for _ in range(4)]
    try:
        yield
    finally:
        for one in leaving:
            one.cancel()
        await asyncio.gather(*leaving, return_exceptions=True)


def database_locked(database: Path) -> Fault:
    """Somebody else holds the database of what is kept."""

    @asynccontextmanager
    async def locked(server: Server) -> AsyncIterator[None]:
        with contextlib.closing(sqlite3.connect(database, isolation_level=None)) as records:
            records.execute("BEGIN EXCLUSIVE")
            try:
                yield
            finally:
                records.execute("ROLLBACK")

    return locked


def disk_full(disk: Path) -> Fault:
    """The disk of that database has no free byte."""

    @asynccontextmanager
    async def full(server: Server) -> AsyncIterator[None]:
        ballast = disk / "ballast"
        with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while file.write(b"0" * 4096):
                pass
        try:
            yield
        finally:
            ballast.unlink()

    return full


def chroma_killed(chroma: ChromaProcess) -> Fault:
    """The Chroma server is killed, and comes back in the middle."""

    @asynccontextmanager
    async def killed(server: Server) -> AsyncIterator[None]:
        chroma.kill()
        back = asyncio.create_task(_later(chroma.start))
        yield
        await back

    return killed


async def _later(start: Callable[[], None]) -> None:
    await asyncio.sleep(SECONDS / 2)
    await asyncio.to_thread(start)


@asynccontextmanager
async def rebuilt(server: Server) -> AsyncIterator[None]:
    """The index is built again on the Chroma server; the clients ask as it begins and after it."""
    build = await asyncio.create_subprocess_exec(
        sys.executable, "app.py", "build", cwd=ROOT, stderr=subprocess.DEVNULL
    )
    yield
    await build.wait()
    print(f"         the build ended with {build.returncode}", flush=True)


def _request(server: Server, body: bytes) -> bytes:
    head = (
        f"POST /api/ask HTTP/1.1\r\nHost: {server.host}:{server.port}\r\n"
        "Accept: text/event-stream\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def _through(fault: Fault, servers: Sequence[Server], questions: Iterator[str]) -> None:
    """Ask all servers while the fault lasts, and for as long again after it; a line for each."""
    async with fault(servers[0]):
        during = await _asked(servers, questions)
    after = await _asked(servers, questions)
    for name, rows in (("during", during), ("after", after)):
        for server, (asked, took) in zip(servers, rows, strict=True):
            tell(name, asked, took, server)


async def _asked(servers: Sequence[Server], questions: Iterator[str]) -> list[tuple[Asked, float]]:
    rows = (row(server, questions, CLIENTS, None, SECONDS) for server in servers)
    return await asyncio.gather(*rows)


def run(name: str, fault: Fault, servers: Sequence[Server], questions: Iterator[str]) -> None:
    """Do one bad thing, and print what came of it."""
    print(f"\n{name}")
    tell_head("when")
    asyncio.run(_through(fault, servers, questions))


def alone(questions: Iterator[str]) -> None:
    """The faults of one process."""
    with small_disk() as disk:
        database = disk / "records.db"
        kept = {"CONVENTION_DATABASE": f"sqlite:///{database}", "CONVENTION_KEEP_QUESTIONS": "yes"}
        with serving(**kept) as server:
            asyncio.run(row(server, questions, 1, 20, 60))  # warm
            servers = [server]
            run("Clients that never read", never_reading, servers, questions)
            run("Clients that upload a byte a second", uploading_slowly, servers, questions)
            run("Clients that ask and hang up", hanging_up, servers, questions)
            run("A database that is locked", database_locked(database), servers, questions)
            run("A disk that is full", disk_full(disk), servers, questions)


def shared(questions: Iterator[str]) -> None:
    """The faults of two processes over one Chroma server."""
    with tempfile.TemporaryDirectory() as folder, chroma_served(Path(folder, "chroma")) as chroma:
        os.environ |= {"CONVENTION_CHROMA_URL": chroma.url, "CONVENTION_DATA": folder}
        with serving() as one, serving() as other:
            servers = [one, other]
            run("A Chroma server that is killed", chroma_killed(chroma), servers, questions)
            run("An index that is built again", rebuilt, servers, questions)


@contextmanager
def small_disk() -> Iterator[Path]:
    """A disk of 16 megabytes, where one may mount it; else a folder, which is never full."""
    with tempfile.TemporaryDirectory() as folder:
        mount = ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", folder]
        is_mounted = os.geteuid() == 0 and subprocess.run(mount, check=False).returncode == 0
        try:
            yield Path(folder)
        finally:
            if is_mounted:
                subprocess.run(["umount", "--lazy", folder], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="What goes wrong around a running assistant.")
    parser.add_argument("--shared", action="store_true", help="two processes, one Chroma server")
    options = parser.parse_args()
    questions = itertools.cycle(tuning_questions())
    (shared if options.shared else alone)(questions)


if __name__ == "__main__":
    main()
