"""What every response tells a browser for its safety."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.settings import read_settings
from assistant.web.guard import add_guard
from assistant.web.problems import add_problems
from tests.guarded import guarded

ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}


@pytest.mark.parametrize(
    ("path", "given"),
    [("/", {}), ("/api/ask", {"limit_read": "1/day"}), ("/", {"off": "Back soon."})],
)
def test_answers_and_refusals_alike_carry_the_headers(path, given):
    with guarded(**given) as client:
        client.get(path)
        response = client.get(path)
    assert {name: response.headers.get(name) for name in ALWAYS} == ALWAYS
    assert "frame-ancestors 'self'" in response.headers["content-security-policy"]
    assert "frame-ancestors 'self'" in response.headers["content-security-policy"]
    assert "camera=()" in response.headers["permissions-policy"]


@pytest.mark.parametrize("path", ["/", "/gradio_api/info", "/convention", "/docs", "/widget.js"])
def test_the_real_pages_carry_them_and_keep_their_own(web, path):
    headers = web.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers.get_list("referrer-policy") == ["same-origin"]
    assert "frame-ancestors 'self'" in headers["content-security-policy"]


def test_a_failure_of_the_application_itself_carries_them_too():
    app = FastAPI()

    @app.get("/")
    def fail() -> None:
        raise ZeroDivisionError

    add_guard(app, read_settings())
    add_problems(app)
    response = TestClient(app, raise_server_exceptions=False).get("/")
    assert response.status_code == 500
    assert response.headers["x-content-type-options"] == "nosniff"


def test_browsers_are_held_to_https_only_where_they_came_by_it():
    behind = {"X-Forwarded-Proto": "https"}
    with guarded(trusted_proxies="127.0.0.1") as client:
        assert "max-age=" in client.get("/", headers=behind).headers["strict-transport-security"]
        assert "strict-transport-security" not in client.get("/").headers
    with guarded() as client:
        assert "strict-transport-security" not in client.get("/", headers=behind).headers
