"""What search engines read off the readable pages."""

import json
import re
from dataclasses import replace

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.web.interface import interfaces
from assistant.web.linked_data import article_data, treaty_data
from assistant.web.reading_room import reading_room
from index.convention import PREAMBLE


@pytest.fixture(scope="module")
def client(knowledge):
    app = FastAPI()
    app.include_router(reading_room(knowledge, interfaces()["en"]))
    return TestClient(app)


def linked(client, path):
    page = client.get(path).text
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(data), page


def test_the_contents_are_the_treaty_with_its_articles(client, knowledge):
    data, _ = linked(client, "/convention")
    assert data == treaty_data(knowledge)
    assert data["legislationIdentifier"] == "A/RES/79/243, annex"
    assert data["legislationDate"] == "2024-12-24" and len(data["hasPart"]) == 68


@pytest.mark.parametrize("path", ["preamble", "article-2", "article-14", "article-68"])
def test_every_part_of_an_article_is_a_place_on_its_page(client, path):
    data, page = linked(client, f"/convention/{path}")
    parts = [part["url"].partition("#") for part in data["hasPart"]]
    assert all(at == f"/convention/{path}" and f'id="{anchor}"' in page for at, _, anchor in parts)
    assert data["isPartOf"]["alternateName"] == "Hanoi Convention"


def test_our_restatement_has_no_official_value(knowledge):
    ours = replace(knowledge, officials={})
    for data in (treaty_data(ours), article_data(ours, 7), article_data(ours, PREAMBLE)):
        assert data["legislationLegalValue"].endswith("/UnofficialLegalValue")


def test_words_cannot_end_the_data(client, knowledge):
    title = replace(knowledge.convention, title="</script><b>")
    app = FastAPI()
    app.include_router(reading_room(replace(knowledge, convention=title), interfaces()["en"]))
    data, page = linked(TestClient(app), "/convention")
    assert data["name"] == "</script><b>" and "</script><b>" not in page
