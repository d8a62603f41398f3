"""What every HTTP route answers where it cannot do what is asked, and the id of each request."""

from __future__ import annotations

import logging
import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.web.problems import add_problems
from index.errors import BadFilter, IndexUnavailable, UnknownProvision

SECRET = "what nobody else may read"


@pytest.fixture(scope="module")
def client() -> TestClient:
    """An application whose routes fail, each in its way."""
    app = FastAPI()
    add_problems(app)
    errors = {
        "unknown": UnknownProvision("There is no article 99."),
        "filter": BadFilter("There is no level 'x'."),
        "index": IndexUnavailable("The index cannot be opened: build it again."),
        "bug": ZeroDivisionError(SECRET),
    }

    @app.get("/{name}")
    @app.get("/v1/{name}")
    def fail(name: str) -> None:
        raise errors[name]

    return TestClient(app, raise_server_exceptions=False)


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        ("unknown", 404, "unknown_provision"),
        ("filter", 422, "bad_filter"),
        ("index", 503, "index_unavailable"),
        ("bug", 500, "internal_error"),
    ],
)
def test_every_error_has_one_shape_a_sentence_and_the_id_of_its_request(client, name, status, code):
    response = client.get(f"/{name}")
    error = response.json()["error"]
    assert response.status_code == status and set(response.json()) == {"error"}
    assert set(error) == {"code", "message", "request_id"} and error["code"] == code
    assert error["message"].endswith(".") and error["message"][0].isupper()
    assert response.headers.get_list("x-request-id") == [error["request_id"]]
    assert response.headers["cache-control"] == "no-store"


def test_what_went_wrong_unexpectedly_is_logged_with_the_id_and_not_told(client, caplog):
    with caplog.at_level(logging.ERROR, "assistant.web.problems"):
        response = client.get("/bug", headers={"X-Request-ID": "trace-me"})
    assert SECRET not in response.text and "Traceback" not in response.text
    assert "request trace-me failed" in caplog.text and SECRET in caplog.text


def test_below_v1_errors_have_the_shape_of_the_openai_api(client):
    told = client.get("/v1/filter")
    assert told.status_code == 400
    assert told.json() == {
        "error": {
            "message": "There is no level 'x'.",
            "type": "invalid_request_error",
            "param": None,
            "code": "bad_filter",
        }
    }
    failed = client.get("/v1/bug")
    assert failed.status_code == 500 and failed.json()["error"]["type"] == "server_error"


def test_an_id_that_is_short_and_plain_is_kept(client):
    response = client.get("/filter", headers={"X-Request-ID": "7f.A-3_b:9"})
    assert response.headers["x-request-id"] == "7f.A-3_b:9"
    assert response.json()["error"]["request_id"] == "7f.A-3_b:9"


@pytest.mark.parametrize("given", ["x" * 65, "<script>", "two words", 'a"b', "é"])
def test_any_other_id_gives_way_to_one_of_ours(client, given):
    response = client.get("/filter", headers={"X-Request-ID": given.encode()})
    assert re.fullmatch(r"[0-9a-f]{32}", response.headers["x-request-id"])


def test_two_requests_have_two_ids(client):
    first, second = (client.get("/filter").headers["x-request-id"] for _ in range(2))
    assert first != second
