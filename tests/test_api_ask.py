"""Questions over HTTP, as JSON and as events."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields

import httpx
import pytest
from fastapi.testclient import TestClient

from assistant.answer import Answer, Citation, ConventionStamp, Draft
from assistant.assistant import Assistant
from assistant.question import MAX_CHARACTERS
from assistant.settings import read_settings
from assistant.web import build_app
from assistant.web.api import ask as ask_module
from assistant.web.api import bodies
from assistant.web.api.bodies import MOST_BYTES
from assistant.web.api.events import prefers_events
from assistant.web.api.growing import Answering
from assistant.web.api.shapes import HISTORY, AnswerBody, CitationBody, ConventionBody
from tests.browser import served
from tests.scripted_model import NAME, ScriptedModel, Turn, hangs, quotes, scripted_model

QUESTION = "How long must data be preserved?"
TAKEN_TO_THE_END = 8
"""Sentences that are taken of a model that writes on and on."""

EVENTS = {"Accept": "text/event-stream"}


def as_sent(answer: Answer) -> dict:
    """The answer as JSON brings it: lists for tuples."""
    return json.loads(json.dumps(answer.as_json()))


def events_of(text: str) -> list[tuple[str, dict]]:
    """The events of a stream, each with its name, comments left out."""
    blocks = [block for block in text.split("\n\n") if block and not block.startswith(":")]
    return [
        (block.split("\n")[0].removeprefix("event: "), json.loads(block.split("data: ", 1)[1]))
        for block in blocks
    ]


def test_an_answer_is_the_one_that_python_gives(web, assistant):
    response = web.post("/api/ask", json={"question": QUESTION})
    assert response.status_code == 200
    assert response.json() == as_sent(assistant.ask(QUESTION))
    assert response.headers["cache-control"] == "no-store"


def test_earlier_questions_are_taken_into_account(web, assistant):
    asked = {"question": "And for companies?", "history": ["Is fraud a crime?"]}
    answer = web.post("/api/ask", json=asked).json()
    assert answer == as_sent(assistant.ask(asked["question"], asked["history"]))
    assert answer["citations"][0]["article"] == 18


@pytest.mark.parametrize("question", ["", "   \n", "?!", "x" * (MAX_CHARACTERS + 1), "привет"])
def test_what_cannot_be_worked_on_is_answered_as_everywhere(web, assistant, question):
    answer = web.post("/api/ask", json={"question": question})
    assert answer.status_code == 200
    assert answer.json() == as_sent(assistant.ask(question))
    assert answer.json()["outcome"] == "clarify"


def test_a_language_may_be_named_and_an_unknown_one_is_refused(web):
    assert web.post("/api/ask", json={"question": QUESTION, "language": "fr"}).status_code == 200
    for accept in ({}, EVENTS):
        refused = web.post(
            "/api/ask", json={"question": QUESTION, "language": "de"}, headers=accept
        )
        assert refused.status_code == 422
        assert refused.json()["error"]["code"] == "bad_source"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({}, "The field 'question' is missing."),
        ({"question": 5}, "The field 'question' has to be text."),
        ({"question": None}, "The field 'question' has to be text."),
        ([QUESTION], "The body has to be an object."),
        ({"question": "x", "history": "y"}, "The field 'history' has to be a list."),
        ({"question": "x", "history": ["y", 2]}, "The field 'history[1]' has to be text."),
        (
            {"question": "x", "history": ["y"] * (HISTORY + 1)},
            f"The field 'history' has too many entries (at most {HISTORY}).",
        ),
        (
            {"question": "x", "history": ["y" * (MAX_CHARACTERS + 1)]},
            f"The field 'history[0]' has too many characters (at most {MAX_CHARACTERS}).",
        ),
        (
            {"question": "\ud800"},
            "The field 'question' has half of a character (a surrogate that stands alone).",
        ),
        ({"question": 1, "language": 2}, "The field 'question' has to be text (and 1 more do"),
    ],
)
def test_a_wrong_body_is_refused_in_a_sentence_that_names_the_field(web, body, told):
    response = web.post(
        "/api/ask", content=json.dumps(body), headers={"Content-Type": "application/json"}
    )
    assert response.status_code == 422
    assert response.json()["error"]["message"].startswith(told)
    assert response.json()["error"]["code"] == "wrong_body"


@pytest.mark.parametrize("content", [b"{", b'{"question": "\xff"}', b"[" * 5000, b"nul"])
def test_a_body_that_is_no_json_is_refused_in_a_sentence(web, content):
    response = web.post("/api/ask", content=content, headers={"Content-Type": "application/json"})
    assert response.status_code == 422
    assert response.json()["error"]["message"].startswith("The body is not valid JSON")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_body_of_another_type_is_refused_with_415(web, kind):
    headers = {"Content-Type": kind} if kind else {}
    response = web.post("/api/ask", content=b'{"question": "x"}', headers=headers)
    assert response.status_code == 415
    assert "Content-Type: application/json" in response.json()["error"]["message"]


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "application/ld+json"])
def test_json_may_be_called_by_its_other_names(web, kind):
    content = json.dumps({"question": QUESTION}).encode()
    response = web.post("/api/ask", content=content, headers={"Content-Type": kind})
    assert response.status_code == 200


def test_a_body_that_is_too_large_is_refused_however_it_comes(web):
    large = b" " * (MOST_BYTES + 1)
    headers = {"Content-Type": "application/json"}
    for content in (large, iter([large[:100], large[100:]])):
        response = web.post("/api/ask", content=content, headers=headers)
        assert response.status_code == 413
        assert response.json()["error"]["code"] == "too_large"


def test_an_endless_body_is_refused_long_before_its_end(assistant):
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        while sent < 200 * MOST_BYTES:
            sent += 1024
            yield b" " * 1024

    with served(build_app(assistant)) as address, httpx.Client() as client:
        try:
            response = client.post(
                f"{address}/api/ask",
                content=endless(),
                headers={"Content-Type": "application/json"},
            )
            assert response.status_code == 413
        except httpx.WriteError:  # the connection was closed while we were still sending
            pass
    assert sent < 200 * MOST_BYTES


def test_another_method_is_told_which_one_to_use(web):
    response = web.get("/api/ask")
    assert response.status_code == 405 and response.headers["allow"] == "POST"
    assert response.json()["error"]["message"] == "This path does not take GET: use POST."


def test_another_path_is_told_where_to_look(web):
    response = web.get("/api/asks")
    assert response.status_code == 404 and "/docs" in response.json()["error"]["message"]


def test_as_events_come_the_stages_the_text_and_last_the_whole_answer(web, assistant):
    response = web.post("/api/ask", json={"question": QUESTION}, headers=EVENTS)
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-accel-buffering"] == "no"
    events = events_of(response.text)
    whole = as_sent(assistant.ask(QUESTION))
    assert events == [
        ("stage", {"stage": "understanding"}),
        ("stage", {"stage": "searching"}),
        ("stage", {"stage": "writing"}),
        ("text", {"text": whole["text"]}),
        ("answer", whole),
    ]


def test_the_stages_are_told_once_where_a_question_is_asked_again_on_the_way(web):
    asked = {"question": "Where does it say that?", "history": ["Is fraud a crime?"]}
    events = events_of(web.post("/api/ask", json=asked, headers=EVENTS).text)
    stages = [values["stage"] for name, values in events if name == "stage"]
    assert stages == ["understanding", "searching", "writing"]


@pytest.mark.parametrize(
    ("accept", "events"),
    [
        ("", False),
        ("*/*", False),
        ("application/json", False),
        ("text/event-stream", True),
        ("TEXT/Event-Stream; q=0.9", True),
        ("application/json, text/event-stream", False),
        ("application/json;q=0.2, text/event-stream;q=0.8", True),
        ("text/event-stream;q=0", False),
        ("text/event-stream;q=much", False),
    ],
)
def test_events_come_only_where_they_are_preferred(accept, events):
    assert prefers_events(accept) is events


def test_an_error_on_the_way_is_the_last_event_and_tells_no_secret(web, assistant, monkeypatch):
    def fail(*given: object, **named: object) -> None:
        raise ZeroDivisionError("a secret")

    monkeypatch.setattr(assistant, "stream", fail)
    response = web.post("/api/ask", json={"question": QUESTION}, headers=EVENTS)
    [(name, body)] = events_of(response.text)
    assert name == "error" and body["error"]["code"] == "internal_error"
    assert body["error"]["request_id"] == response.headers["x-request-id"]
    assert "secret" not in response.text


@pytest.fixture
def model() -> Iterator[ScriptedModel]:
    with scripted_model() as running, pytest.MonkeyPatch.context() as environment:
        running.configure(environment)
        yield running


@contextmanager
def asked_of(data: object, **settings: object) -> Iterator[str]:
    """The address of an application whose answers a language model words."""
    opened = Assistant.open(read_settings(data=data, model=NAME, **settings))
    with served(build_app(opened)) as address:
        yield address


def test_with_a_model_drafts_come_as_they_grow(model, data, assistant):
    model.behaviour = quotes(1, 2)
    with asked_of(data) as address:
        answer = httpx.post(
            f"{address}/api/ask", json={"question": QUESTION}, headers=EVENTS, timeout=30
        )
    events = events_of(answer.text)
    texts = [values["text"] for name, values in events if name == "text"]
    name, whole = events[-1]
    assert name == "answer" and whole["mode"] == "model" and texts[-1] == whole["text"]
    assert len(texts) > 1 and all(text for text in texts)
    assert [name for name, _ in events].index("text") > 2


def test_a_quiet_stream_is_kept_alive(model, data, assistant, monkeypatch):
    monkeypatch.setattr(ask_module, "QUIET", 0.05)
    model.behaviour = hangs()
    with (
        asked_of(data, model_wait=2, model_seconds=2) as address,
        httpx.stream(
            "POST", f"{address}/api/ask", json={"question": QUESTION}, headers=EVENTS, timeout=30
        ) as stream,
    ):
        text = stream.read().decode()
    assert text.count(": ping\n\n") > 5
    assert events_of(text)[-1][0] == "answer"


def test_a_client_that_goes_away_ends_the_work(model, data, assistant):
    sent = []

    def slowly(turn: Turn) -> None:
        turn.begin()
        sentences = [source.split(".")[0] for source in turn.sources]
        for number in range(1, 30):
            told = sentences[number - 1] if number <= len(sentences) else f"That was {number}"
            turn.piece(f"{told} [{min(number, len(sentences))}]. ")
            sent.append(number)
            model.closing.wait(0.3)
        turn.end()

    model.behaviour = slowly
    with asked_of(data) as address:
        with httpx.stream(
            "POST", f"{address}/api/ask", json={"question": QUESTION}, headers=EVENTS, timeout=30
        ) as stream:
            next(piece for piece in stream.iter_text() if "event: text" in piece)
        wait_until(lambda: not working())
    assert 1 < len(sent) < TAKEN_TO_THE_END


def working() -> list[threading.Thread]:
    """The threads that ask the model."""
    return [thread for thread in threading.enumerate() if "model" in thread.name.lower()]


def wait_until(reached: object, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.02)


def test_the_description_of_an_answer_names_what_an_answer_has(assistant):
    for described, made in (
        (AnswerBody, Answer),
        (CitationBody, Citation),
        (ConventionBody, ConventionStamp),
    ):
        optional = {name for name, f in described.model_fields.items() if not f.is_required()}
        assert set(described.model_fields) == {field.name for field in fields(made)}
        assert optional == {field.name for field in fields(made) if field.default is None}
    for question in (QUESTION, "Is it in force?", "Write a poem.", ""):
        values = as_sent(assistant.ask(question))
        assert AnswerBody.model_validate(values).model_dump(exclude_unset=True) == values


def test_no_question_and_no_answer_stands_in_the_log(web, caplog):
    web.post("/api/ask", json={"question": "Is my neighbour Smith a hacker?"})
    web.post("/api/ask", json={"question": 5, "history": ["about Smith"]})
    assert not re.search("smith", caplog.text, re.IGNORECASE)


def test_many_questions_at_once_do_not_hold_up_a_page(assistant, monkeypatch):
    begun, go_on = threading.Semaphore(0), threading.Event()
    ask = assistant.ask

    def slowly(*given: object, **named: object) -> Answer:
        begun.release()
        go_on.wait(30)
        return ask(*given, **named)

    monkeypatch.setattr(assistant, "ask", slowly)
    with served(build_app(assistant)) as address, httpx.Client(timeout=30) as client:
        threads = [
            threading.Thread(
                target=httpx.post,
                args=[f"{address}/api/ask"],
                kwargs={"json": {"question": QUESTION}, "timeout": 60},
            )
            for _ in range(50)
        ]
        for thread in threads:
            thread.start()
        for _ in range(32):
            assert begun.acquire(timeout=30)
        assert client.get(f"{address}/api/provisions/art-7").status_code == 200
        assert client.get(f"{address}/convention/article-7").status_code == 200
        go_on.set()
        for thread in threads:
            thread.join(30)


async def test_a_slow_reader_is_given_the_newest_draft_and_nothing_piles_up(model, data, assistant):
    model.behaviour = quotes(1, 2, 3, 4)
    opened = Assistant.open(read_settings(data=data, model=NAME))
    stream, told = opened.stream, threading.Event()

    def watched(*given, **named):
        yield from stream(*given, **named)
        told.set()

    opened.stream = watched
    taken = []
    async for step in Answering(opened).steps(QUESTION, (), "en", 10):
        if isinstance(step, Draft) and not any(isinstance(t, Draft) for t in taken):
            assert await asyncio.to_thread(told.wait, 60)
        taken.append(step)
    drafts = [step for step in taken if isinstance(step, Draft)]
    assert isinstance(taken[-1], Answer) and 1 <= len(drafts) <= 2
    assert drafts[-1].text == taken[-1].text


def test_a_body_that_does_not_arrive_is_given_up(assistant, monkeypatch):
    monkeypatch.setattr(bodies, "_SECONDS", 0.2)
    with served(build_app(assistant)) as address:
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=10) as slow:
            slow.sendall(
                b"POST /api/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                b'Content-Length: 500\r\n\r\n{"question": "Is'
            )
            told = b"".join(iter(lambda: slow.recv(4096), b""))
    assert told.startswith(b"HTTP/1.1 408") and b"too_slow" in told


def test_the_client_fixture_is_the_whole_application(web: TestClient):
    assert web.get("/convention").status_code == 200
