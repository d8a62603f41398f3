"""A real Chroma server on this machine, which a test may stop, freeze and start again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.waiting import eventually

__all__ = ["ChromaProcess", "chroma_served"]


class ChromaProcess:
    """``chroma run`` over a folder, on a port that it keeps when it is started again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"
        self.start()

    def start(self) -> None:
        program = Path(sys.executable).with_name("chroma")
        place = ("--path", str(self._folder), "--host", "127.0.0.1", "--port", str(self._port))
        self._process = subprocess.Popen(
            [str(program), "run", *place],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self._folder.parent,
        )
        eventually(self._answers, 60)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Inside, the server takes connections and says nothing."""
        os.kill(self._process.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self._process.pid, signal.SIGCONT)

    def _answers(self) -> bool:
        assert self._process.poll() is None, "the Chroma server has ended"
        try:
            return httpx.get(f"{self.url}/api/v2/heartbeat", timeout=5).is_success
        except httpx.TransportError:
            return False


@contextmanager
def chroma_served(folder: Path) -> Iterator[ChromaProcess]:
    """A running server whose collections lie in ``folder``; it ends with the block."""
    server = ChromaProcess(folder)
    try:
        yield server
    finally:
        server.kill()
