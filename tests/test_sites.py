"""Which sites may ask from a browser, and what they may send and read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from assistant.settings import read_settings
from assistant.web import build_app

NAMED = "https://www.example.org https://*.help.example"
QUESTION = {"question": "Is hacking a crime under this treaty?"}
ALLOWED = "access-control-allow-origin"


@pytest.fixture(scope="module")
def named(assistant) -> Iterator[TestClient]:
    """The application with two sites in its settings."""
    yield TestClient(build_app(assistant, read_settings(sites=NAMED)))


def preflight(client: TestClient, origin: str, path: str = "/api/ask"):
    return client.options(
        path,
        headers={
            "Origin": origin,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization,content-type",
        },
    )


@pytest.mark.parametrize("origin", ["https://www.example.org", "https://a.b.help.example"])
def test_a_site_that_is_named_may_ask_and_read_the_answer(named, origin):
    assert preflight(named, origin).status_code == 200
    response = named.post("/api/ask", json=QUESTION, headers={"Origin": origin})
    assert response.headers[ALLOWED] == origin
    assert "retry-after" in response.headers["access-control-expose-headers"].lower()
    assert "access-control-allow-credentials" not in response.headers


@pytest.mark.parametrize(
    "origin",
    [
        "https://example.org",
        "http://www.example.org",
        "https://wwwxexample.org",
        "https://www.example.org.evil.example",
        "https://help.example",
        "https://evilhelp.example",
        "null",
    ],
)
@pytest.mark.parametrize("path", ["/api/ask", "/gradio_api/queue/join"])
def test_no_other_site_may(named, origin, path):
    assert ALLOWED not in preflight(named, origin, path).headers
    response = named.post(path, json=QUESTION, headers={"Origin": origin})
    assert ALLOWED not in response.headers


@pytest.mark.parametrize("path", ["/api/ask", "/gradio_api/info"])
def test_without_a_setting_no_other_site_may(web, path):
    assert ALLOWED not in preflight(web, "https://www.example.org", path).headers
    response = web.get(path, headers={"Origin": "https://www.example.org"})
    assert ALLOWED not in response.headers
