"""No key and no question in the log, unless the operator wants questions there."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from assistant.records.database import open_database
from assistant.records.keys import KeyStore
from assistant.settings import read_settings
from assistant.web import build_app
from assistant.web.logs import keep_quiet

QUESTION = "Is purloining passwords punishable"
WORD = "purloining"


@contextmanager
def logged(app: FastAPI, *, questions: bool) -> Iterator[httpx.Client]:
    """A client of the application, served with all that uvicorn can log on stderr and stdout."""
    config = uvicorn.Config(app, port=0, log_level="debug", proxy_headers=False)
    keep_quiet(questions=questions)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server ended before it was ready"
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        yield client
    server.should_exit = True
    thread.join(10)


def asked_everywhere(client: httpx.Client, secret: str) -> None:
    """Ask the same question at several edges, with the key, and with a wrong one."""
    headers = {"Authorization": f"Bearer {secret}"}
    chat = {"model": "x", "messages": [{"role": "user", "content": QUESTION}]}
    assert client.post("/api/ask", json={"question": QUESTION}, headers=headers).status_code == 200
    assert client.get("/api/search", params={"q": QUESTION}, headers=headers).status_code == 200
    assert client.get("/embed", params={"q": QUESTION, "key": secret}).status_code == 200
    client.post("/v1/chat/completions", json=chat, headers=headers)
    client.post("/api/ask", json={"question": QUESTION}, headers={"Authorization": f"{secret}x"})
    client.get("/api/search", params={"q": QUESTION, "k": "many"}, headers=headers)


@pytest.mark.parametrize("questions", [False, True])
def test_the_log_of_a_served_application_has_no_key_and_questions_only_if_told(
    assistant, folder, capfd, monkeypatch, questions
):
    settings = read_settings(keys="required")
    secret = KeyStore(open_database(settings)).create("helpdesk")
    with logged(build_app(assistant, settings), questions=questions) as client:
        asked_everywhere(client, secret)
    captured = capfd.readouterr()
    log = captured.out + captured.err
    assert "GET /api/search" in log and "POST /api/ask" in log
    assert secret not in log and secret[:20] not in log
    assert (WORD in log) is questions


def test_an_unexpected_error_is_logged_with_its_place_and_without_its_words(assistant, capfd):
    app = FastAPI()

    @app.get("/")
    def fail() -> None:
        try:
            raise KeyError(QUESTION)
        except KeyError as error:
            raise RuntimeError(f"cannot answer {QUESTION}") from error

    with logged(app, questions=False) as client:
        assert client.get("/").status_code == 500
    log = capfd.readouterr().err
    assert "RuntimeError" in log and "KeyError" in log and "in fail" in log
    assert WORD not in log


def test_a_key_is_masked_in_any_message(capfd):
    logger = logging.getLogger("uvicorn.error")
    with logged(FastAPI(), questions=True):
        logger.error("refused %s", "Bearer sk_0123456789abcdefghijklmnopqrstuvwxyz")
    log = capfd.readouterr().err
    assert "refused" in log and "0123456789" not in log
