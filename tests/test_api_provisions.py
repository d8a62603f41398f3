"""Search and provisions over HTTP."""

from __future__ import annotations

import json
from email.utils import parsedate_to_datetime

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator

from assistant.exports.plain_json import schema
from assistant.knowledge import read_knowledge
from assistant.obligations import read_register
from assistant.web.api.caching import Edition
from assistant.web.api.provisions import provision_routes
from assistant.web.api.search import MOST_FOUND
from assistant.web.api.shapes import ProvisionBody, ProvisionsBody, SearchBody
from assistant.web.problems import add_problems
from index.digest import read_digest
from index.official import fetch_official, sources_of
from tests.treaty import DIGEST_TEXT


def test_a_search_finds_what_the_retriever_finds_in_its_order(web, assistant):
    found = SearchBody.model_validate(web.get("/api/search?q=revenge porn&k=5").json())
    documents = assistant.retriever.invoke("revenge porn", k=5)
    assert [entry.id for entry in found.provisions] == [document.id for document in documents]
    first = found.provisions[0]
    assert (first.article, first.chapter, first.level) == (16, 2, "mandatory")
    assert first.text == documents[0].page_content and first.url.startswith("/convention/")
    scores = [entry.score for entry in found.provisions]
    assert scores == sorted(scores, reverse=True)


def test_a_search_gives_ten_unless_told_otherwise(web):
    assert len(web.get("/api/search?q=data").json()["provisions"]) == 10
    assert len(web.get(f"/api/search?q=data&k={MOST_FOUND}").json()["provisions"]) == MOST_FOUND


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", "The parameter 'q' is missing."),
        ("q=", "The parameter 'q' has too few characters (at least 1)."),
        ("q=%20%3F", "There is nothing to search for"),
        ("q=data&k=0", "The parameter 'k' has to be 1 or more."),
        (f"q=data&k={MOST_FOUND + 1}", f"The parameter 'k' has to be {MOST_FOUND} or less."),
        ("q=data&k=many", "The parameter 'k' has to be a whole number."),
        ("q=" + "x" * 2001, "The parameter 'q' has too many characters (at most 2000)."),
    ],
)
def test_a_search_that_cannot_be_is_refused_in_a_sentence(web, query, told):
    response = web.get(f"/api/search?{query}")
    assert response.status_code == 422
    assert response.json()["error"]["message"].startswith(told)


def test_searches_are_not_stored_on_the_way(web):
    assert web.get("/api/search?q=data").headers["cache-control"] == "no-store"


def test_every_provision_can_be_read_at_its_id(web, knowledge):
    for provision in knowledge.convention.provisions():
        told = ProvisionBody.model_validate(web.get(f"/api/provisions/{provision.id}").json())
        assert (told.id, told.label, told.text) == (provision.id, provision.label, provision.text)
        assert told.url == provision.url
        assert told.heading == knowledge.annotations[provision.id].heading


def test_a_provision_knows_its_place_and_its_parts(web):
    told = web.get("/api/provisions/art-14/para-1/b").json()
    assert (told["article"], told["paragraph"], told["item"], told["chapter"]) == (14, 1, "b", 2)
    assert told["short_label"] == "art. 14(1)(b)" and told["parent"] == "art-14/para-1"
    assert told["reading"].endswith(told["text"]) and told["reading"] != told["text"]
    whole = web.get("/api/provisions/art-14/para-1").json()
    assert "art-14/para-1/b" in whole["parts"]
    assert web.get("/api/provisions/art-14").json()["summary"]
    assert web.get("/api/provisions/preamble/3").json()["chapter_title"] == ""


def test_references_lead_both_ways(web, knowledge):
    for provision in knowledge.convention.provisions():
        told = web.get(f"/api/provisions/{provision.id}").json()
        for target in told["refers_to"]:
            back = web.get(f"/api/provisions/{target}").json()["referred_by"]
            assert provision.id in back, (provision.id, target)


def test_the_rows_of_a_provision_are_those_of_the_register(web, register):
    row_schema = schema() | {"$ref": "#/$defs/obligation"}
    for key in ("type", "required", "properties", "additionalProperties"):
        del row_schema[key]
    validator = Draft202012Validator(row_schema)
    told = web.get("/api/provisions/art-25/para-2").json()["obligations"]
    assert [row["id"] for row in told] == [
        row.id for row in register.rows if row.provision_id == "art-25/para-2"
    ]
    for row in told:
        validator.validate(row)


@pytest.mark.parametrize("wrong", ["art-99", "art-14/para-99", "hacking", "art-14/", "%00", "é"])
def test_a_provision_that_does_not_exist_is_told_in_a_sentence(web, wrong):
    response = web.get(f"/api/provisions/{wrong}")
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "unknown_provision"
    assert response.json()["error"]["message"].endswith(".")


def test_the_list_has_every_provision_in_the_order_of_the_text(web, knowledge):
    told = ProvisionsBody.model_validate(web.get("/api/provisions").json())
    assert [entry.id for entry in told.provisions] == [
        provision.id for provision in knowledge.convention.provisions()
    ]
    assert told.convention.sha256 == knowledge.convention.sha256


def test_the_list_can_be_of_one_chapter_or_one_article(web):
    chapter = web.get("/api/provisions?chapter=2").json()["provisions"]
    assert {entry["chapter"] for entry in chapter} == {2}
    article = web.get("/api/provisions?article=25").json()["provisions"]
    assert {entry["article"] for entry in article} == {25}
    assert web.get("/api/provisions?article=25&chapter=2").json()["provisions"] == []
    for wrong in ("chapter=12", "article=99"):
        assert web.get(f"/api/provisions?{wrong}").status_code == 404
    assert web.get("/api/provisions?article=x").status_code == 422


@pytest.mark.parametrize("path", ["/api/provisions", "/api/provisions/art-7", "/api/obligations"])
def test_what_only_changes_with_the_text_is_not_sent_twice(web, path):
    first = web.get(path)
    assert parsedate_to_datetime(first.headers["last-modified"]).tzinfo is not None
    again = web.get(path, headers={"If-None-Match": f'"other", W/{first.headers["etag"]}'})
    assert again.status_code == 304 and again.content == b""
    assert again.headers["etag"] == first.headers["etag"]
    assert web.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_only_the_head_is_sent_where_that_is_asked_for(web):
    response = web.head("/api/provisions/art-7")
    assert response.status_code == 200 and response.content == b"" and response.headers["etag"]


def test_the_name_of_an_edition_depends_on_the_texts_and_on_the_register(knowledge, tmp_path):
    digest = Edition(knowledge, "one").headers()["ETag"]
    assert digest == Edition(read_knowledge(), "one").headers()["ETag"]
    assert digest != Edition(knowledge, "two").headers()["ETag"]
    assert digest != Edition(knowledge, "one").headers("2026-11-29")["ETag"]
    with_official(tmp_path)
    assert digest != Edition(read_knowledge(tmp_path), "one").headers()["ETag"]


def test_where_the_official_text_is_kept_a_provision_has_its_words_too(tmp_path):
    with_official(tmp_path)
    knowledge = read_knowledge(tmp_path)
    register = read_register(knowledge)
    app = FastAPI()
    add_problems(app)
    app.include_router(provision_routes(knowledge, register, Edition(knowledge, "one")))
    client = TestClient(app)
    told = client.get("/api/provisions/art-7/para-1").json()
    official = ProvisionBody.model_validate(told).official
    kept = knowledge.officials["en"]
    assert official and official.text == kept.text[official.start : official.end]
    assert official.sha256 == kept.record.sha256 and official.address == "text.txt"
    french = client.get("/api/provisions/art-7/para-1?language=fr").json()
    assert french["official"]["language"] == "en"
    assert client.get("/api/provisions/art-7/para-1?language=de").status_code == 422


def with_official(data) -> None:
    """Keep a text in the place of the official one."""
    (data / "text.txt").write_text(DIGEST_TEXT, encoding="utf-8")
    sources = sources_of("en", str(data / "text.txt"))
    fetch_official(data, read_digest(), sources, language="en")


def test_what_is_sent_is_json_in_utf8(web):
    response = web.get("/api/provisions/art-7")
    assert response.headers["content-type"] == "application/json"
    assert json.loads(response.content.decode("utf-8"))
