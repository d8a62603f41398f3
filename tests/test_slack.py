"""The recipe for Slack: its program, the served application, and a stand-in for Slack's hooks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlencode

import httpx
import pytest

from assistant.assistant import Assistant
from assistant.web import build_app
from integrations.slack import slash_command as slack
from tests.browser import served
from tests.waiting import eventually

SECRET = "signing-secret-of-the-tests"
OUTSIDE = "https://assistant.example.org"
QUESTION = "How long must data be preserved?"


@dataclass
class Hooks:
    """Slack's side: where answers are sent to, and the command that is told."""

    address: str
    command: str = ""
    received: list[dict[str, str]] = field(default_factory=list)

    def type(self, text: str, **other: str) -> httpx.Response:
        """Somebody types the command; returns what they see at once."""
        given = {"command": "/convention", "text": text, "user_id": "U1", "team_id": "T1"}
        return self.send(given | {"response_url": f"{self.address}/commands/T1/1/x"} | other)

    def send(self, given: dict[str, str], **headers: str) -> httpx.Response:
        """The program gets a request as Slack signs it; ``headers`` replace some."""
        body = urlencode(given).encode()
        now = str(int(time.time()))
        signed = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Slack-Request-Timestamp": now,
            "X-Slack-Signature": slack.signature_of(SECRET, now, body),
        }
        return httpx.post(self.command, content=body, headers=signed | headers)


@contextmanager
def hooks() -> Iterator[Hooks]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            made.received.append(json.loads(body))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made = Hooks(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def program(made: Hooks, assistant_at: str, **other: object) -> Iterator[None]:
    desk = slack.Desk(assistant_at, OUTSIDE, SECRET, hooks=made.address)
    with served(slack.build_app(replace(desk, **other))) as address:
        made.command = f"{address}/slack/command"
        yield


@pytest.fixture(scope="module")
def site(assistant: Assistant) -> Iterator[str]:
    with served(build_app(assistant)) as address:
        yield address


@pytest.fixture
def typed(site: str) -> Iterator[Hooks]:
    with hooks() as made, program(made, site):
        yield made


def test_a_word_comes_at_once_and_the_answer_after_it_with_links(typed):
    at_once = typed.type(QUESTION)
    assert at_once.json() == {"response_type": "ephemeral", "text": slack.WORKING}
    eventually(lambda: typed.received)
    (answer,) = typed.received
    assert answer["response_type"] == "ephemeral"
    assert answer["text"].startswith(f"*{QUESTION}*\n")
    assert f"[<{OUTSIDE}/convention/article-25#para-2|art. 25(2)>]" in answer["text"]


def test_everybody_in_the_channel_may_see_it(site):
    with hooks() as made, program(made, site, in_channel=True):
        made.type(QUESTION)
        eventually(lambda: made.received)
    assert made.received[0]["response_type"] == "in_channel"


@pytest.mark.parametrize("text", ["", "   ", "help"])
def test_a_command_without_a_question_is_told_how_to_ask(typed, text):
    assert "for example: /convention Is hacking a crime?" in typed.type(text).json()["text"]
    assert typed.received == []


def test_markup_in_a_question_stays_text(typed):
    typed.type("<!channel> <https://evil.example|click> & is hacking a crime?")
    eventually(lambda: typed.received)
    assert "<!channel>" not in typed.received[0]["text"]
    assert "&lt;!channel&gt;" in typed.received[0]["text"]


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Signature": ""},
        {"X-Slack-Signature": "é"},
        {"X-Slack-Request-Timestamp": "1"},
        {"X-Slack-Request-Timestamp": "x"},
    ],
)
def test_what_slack_has_not_signed_is_refused(typed, headers):
    encoded = {name: value.encode() for name, value in headers.items()}
    refused = typed.send({"text": QUESTION, "response_url": typed.address}, **encoded)
    assert refused.status_code == 401 and typed.received == []


def test_a_request_that_was_kept_is_refused_later():
    body, stamp = b"text=x", "1000"
    headers = {
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": slack.signature_of(SECRET, stamp, body),
    }
    assert slack.is_from_slack(SECRET, headers, body, 1000 + slack.TOLERANCE)
    assert not slack.is_from_slack(SECRET, headers, body, 1001 + slack.TOLERANCE)


def test_an_answer_goes_to_slack_and_nowhere_else(typed):
    refused = typed.type(QUESTION, response_url="http://127.0.0.1:9/inside")
    assert refused.status_code == 400


def test_a_body_beyond_any_command_is_refused(typed):
    assert typed.type("x" * slack.MOST_BYTES).status_code == 413


def test_without_the_assistant_the_asker_is_told(typed):
    with hooks() as made, program(made, "http://127.0.0.1:9"):
        made.type(QUESTION)
        eventually(lambda: made.received)
    assert made.received == [{"response_type": "ephemeral", "text": slack.NO_ANSWER}]


def test_what_the_assistant_says_against_a_request_is_passed_on(site):
    with hooks() as made, program(made, f"{site}/nowhere"):
        made.type(QUESTION)
        eventually(lambda: made.received)
    assert made.received[0]["text"] == slack.NO_ANSWER
    with hooks() as made, program(made, site):
        made.type("x" * 50_000)
        eventually(lambda: made.received)
    assert "50,000" in made.received[0]["text"] or "50000" in made.received[0]["text"]


def test_the_program_wants_the_secret():
    environment = {k: v for k, v in os.environ.items() if k != "SLACK_SIGNING_SECRET"}
    ended = subprocess.run(
        [sys.executable, slack.__file__], env=environment, capture_output=True, text=True
    )
    assert ended.returncode == 2
    assert ended.stderr == "Set SLACK_SIGNING_SECRET to the signing secret of the Slack app.\n"
