"""The route that makes a file of a conversation."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime

import pytest
from docx import Document
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.answer import Outcome
from assistant.settings import read_settings
from assistant.web.conversation_files import conversation_files
from assistant.web.interface import Interface, interfaces
from assistant.web.turns import turn_of
from tests.answers import answer, citation

ENGLISH = interfaces()["en"]
ID = "0123456789abcdef0123456789abcdef"


@pytest.fixture(scope="module")
def client(knowledge) -> TestClient:
    app = FastAPI()
    app.include_router(conversation_files(knowledge, ENGLISH, read_settings()))
    french = Interface("fr", {**ENGLISH.texts, "chat.transcript": "Entretien"})
    app.include_router(conversation_files(knowledge, french, read_settings()), prefix="/fr")
    return TestClient(app)


def turns(**changed: object) -> str:
    told = answer("Yes [art. 14(1)(b)].", citation(), outcome=Outcome.CORRECTED)
    turn = turn_of(told, ID, datetime.now(UTC)).model_dump(mode="json")
    return json.dumps([turn | changed])


def test_a_conversation_becomes_a_word_file(client):
    response = client.post("/conversation?format=docx", content=turns())
    assert response.headers["content-disposition"].endswith(".docx")
    told = "\n".join(one.text for one in Document(io.BytesIO(response.content)).paragraphs)
    assert "Correction" in told and "art. 14, para. 1 (b)" in told


def test_a_conversation_becomes_markdown_with_whole_addresses(client):
    told = client.post("/conversation?format=md", content=turns()).text
    assert "<http://testserver/convention/article-14#para-1-b>" in told
    assert ENGLISH.text("site.not_advice") in told and "Text: " in told


def test_it_is_made_in_the_language_of_the_page_and_leads_to_pages_in_it(client):
    told = client.post("/fr/conversation?format=md", content=turns()).text
    assert "# Entretien" in told and "testserver/fr/convention/article-14" in told


def test_nothing_of_it_may_be_kept_on_the_way(client):
    assert client.post("/conversation", content=turns()).headers["cache-control"] == "no-store"


@pytest.mark.parametrize("content", ["", "[]", "nonsense", '[{"id": "x"}]'])
def test_what_is_no_conversation_is_refused_with_a_sentence(client, content):
    response = client.post("/conversation", content=content)
    assert response.status_code == 422
    assert "not a conversation" in response.json()["error"]["message"]


def test_a_body_without_end_is_refused(client):
    assert client.post("/conversation", content=b" " * 1_100_000).status_code == 413


def test_a_citation_that_was_changed_in_the_browser_does_not_reach_the_file(client):
    told = client.post("/conversation?format=md", content=turns(cited=["art-7", "evil"])).text
    assert "article-7>" in told and "evil" not in told
