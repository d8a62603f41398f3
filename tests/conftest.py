"""What tests share: real text, real encoder, real index."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from filelock import FileLock

from assistant.assistant import Assistant
from assistant.knowledge import Knowledge, read_knowledge
from assistant.obligations import Register, read_register
from assistant.settings import read_settings
from index.encoder import Encoder, load_encoder

APP = Path(__file__).parent.parent / "app.py"


def pytest_report_header() -> str:
    """The libraries whose behaviour the tests depend on most (shown without ``-q``)."""
    names = ("chromadb", "sentence-transformers", "gradio", "langchain-core")
    return ", ".join(f"{name} {version(name)}" for name in names)


@pytest.fixture(scope="session", autouse=True)
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder of this session's own, so that no test can touch the user's."""
    folder = tmp_path_factory.mktemp("data")
    if "PYTEST_XDIST_WORKER" in os.environ:
        shutil.copytree(_built_once(tmp_path_factory.getbasetemp().parent), folder / "index")
    with pytest.MonkeyPatch.context() as environment:
        for name in [name for name in os.environ if name.startswith("CONVENTION_")]:
            environment.delenv(name)
        environment.setenv("CONVENTION_DATA", str(folder))
        environment.setenv("CONVENTION_LIMIT_ASK", "none")  # all tests ask from one address
        environment.setenv("CONVENTION_LIMIT_READ", "none")
        yield folder


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder for files, and below it a data folder of the test's own."""
    monkeypatch.setenv("CONVENTION_DATA", str(tmp_path / "data"))
    return tmp_path


def _built_once(root: Path) -> Path:
    """The index of all workers of a run in parallel, which the first of them builds."""
    with FileLock(root / "built.lock"):
        if not (root / "built" / "index" / "current").is_file():
            own = {k: v for k, v in os.environ.items() if not k.startswith("CONVENTION_")}
            environment = own | {"CONVENTION_DATA": str(root / "built")}
            subprocess.run([sys.executable, APP, "build"], check=True, env=environment)
    return root / "built" / "index"


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The shipped text and data."""
    return read_knowledge()


@pytest.fixture(scope="session")
def register(knowledge: Knowledge) -> Register:
    """The shipped register of obligations."""
    return read_register(knowledge)


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The default encoder."""
    return load_encoder()


@pytest.fixture(scope="session")
def assistant(data: Path) -> Assistant:
    """A real assistant, over an index built for this session."""
    return Assistant.open(read_settings(data=data))


@pytest.fixture(scope="session")
def web(assistant: Assistant) -> TestClient:
    """The whole application, asked without a socket; an error of its own is a response."""
    from assistant.web import build_app

    return TestClient(build_app(assistant), raise_server_exceptions=False)
