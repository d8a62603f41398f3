"""A small real language model, served on the loopback interface as the OpenAI API has it.

    python -m tests.local_model

serves it until the input ends, and says first where. The weights are those of
``tests/fetch_small_model.py``; the server is llama.cpp's, in a process of its own.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from tests.fetch_small_model import weights_in

NAME = "openai:smollm2"
CONTEXT = 8192


def why_not() -> str:
    """Why the model cannot be had here; "" where it can."""
    if find_spec("xllamacpp") is None:
        return "xllamacpp is not installed (it is in the extra 'test')"
    if weights_in() is None:
        return "the weights are not here: python tests/fetch_small_model.py brings them"
    return ""


@contextmanager
def local_model() -> Iterator[str]:
    """The address of a running server, for ``OPENAI_BASE_URL``."""
    command = [sys.executable, "-m", "tests.local_model"]
    with subprocess.Popen(
        command,
        cwd=Path(__file__).parent.parent,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        assert server.stdin is not None and server.stdout is not None
        try:
            lines = (line.strip() for line in server.stdout)
            address = next(line for line in lines if line.startswith("http://127.0.0.1:"))
            yield f"{address}/v1"
        finally:
            server.stdin.close()
            server.terminate()


def serve(weights: Path) -> None:
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(weights)
    parameters.n_ctx = CONTEXT
    parameters.n_parallel = 1
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.cpuparams.n_threads = 2
    parameters.offline = True
    parameters.ui = False
    server = xllamacpp.Server(parameters)
    print(server.listening_address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    found = weights_in()
    if found is None:
        raise SystemExit(why_not())
    serve(found)
