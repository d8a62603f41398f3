"""Feedback over HTTP, and questions that are kept with the answers to them."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from assistant.records.database import open_database
from assistant.records.keys import KeyStore
from assistant.records.reading import Kept, read_kept
from assistant.settings import Settings, read_settings
from assistant.web import build_app

QUESTION = "How long must data be preserved?"


def kept_after(assistant, settings: Settings, *requests: tuple[str, dict, dict]) -> list[Kept]:
    """What is kept when an application of its own has answered these requests and ended."""
    with TestClient(build_app(assistant, settings)) as client:
        for path, body, headers in requests:
            assert client.post(path, json=body, headers=headers).is_success
    return read_kept(open_database(settings))


def test_a_thumb_is_kept_with_the_id_of_the_answer(assistant, folder):
    body = {"answer": "id-1", "thumb": "down", "comment": "Which data?"}
    found = kept_after(assistant, read_settings(), ("/api/feedback", body, {}))
    assert [(one.answer, one.thumb, one.comment) for one in found] == [
        ("id-1", "down", "Which data?")
    ]


def test_questions_are_kept_where_the_operator_says_so_at_every_edge(assistant, folder):
    settings = read_settings(keep_questions="yes", keys="required")
    secret = KeyStore(open_database(settings)).create("helpdesk")
    key = {"Authorization": f"Bearer {secret}"}
    chat = {"model": "x", "messages": [{"role": "user", "content": QUESTION}]}
    found = kept_after(
        assistant,
        settings,
        ("/api/ask", {"question": QUESTION}, key | {"X-Request-ID": "a"}),
        ("/api/ask", {"question": QUESTION}, key | {"Accept": "text/event-stream"}),
        ("/v1/chat/completions", chat, key | {"X-Request-ID": "c"}),
        ("/api/feedback", {"answer": "a", "thumb": "up"}, key),
    )
    assert [(one.question, one.outcome, one.key) for one in found] == [
        (QUESTION, "answered", "helpdesk")
    ] * 3
    assert {one.answer: one.thumb for one in found} | {"a": "up", "c": ""} == {
        one.answer: one.thumb for one in found
    }
    assert all("art-25" in one.citations for one in found)


def test_otherwise_no_question_is_kept(assistant, folder):
    settings = read_settings()
    found = kept_after(assistant, settings, ("/api/ask", {"question": QUESTION}, {}))
    assert not found and b"preserved" not in (settings.data / "records.sqlite3").read_bytes()


@pytest.mark.parametrize(
    "body",
    [
        {"answer": "id", "thumb": "sideways"},
        {"answer": "id\r\nX: y", "thumb": "up"},
        {"answer": "", "thumb": "up"},
        {"thumb": "up"},
        {"answer": "id", "thumb": "up", "comment": "x" * 2001},
        {"answer": "id", "thumb": "up", "name": "who I am"},
    ],
)
def test_what_is_no_feedback_is_refused(web, body):
    response = web.post("/api/feedback", json=body)
    assert response.status_code == 422 and response.json()["error"]["message"].endswith(".")
