"""What a request asks for, as its method and path tell."""

from __future__ import annotations

import pytest

from assistant.web.addresses import path_of
from assistant.web.guard.edges import Kind, is_for_programs, kind_of


@pytest.mark.parametrize(
    ("method", "path", "kind"),
    [
        ("POST", "/api/ask", Kind.ASK),
        ("GET", "/api/search", Kind.ASK),
        ("GET", "/convention/search", Kind.ASK),
        ("GET", "/convention/article-7", Kind.READ),
        ("POST", "/v1/chat/completions", Kind.ASK),
        ("POST", "/mcp", Kind.ASK),
        ("POST", "/bill/read", Kind.ASK),
        ("POST", "/gradio_api/queue/join", Kind.ASK),
        ("POST", "/gradio_api/call/ask", Kind.ASK),
        ("POST", "/gradio_api/run/predict", Kind.ASK),
        ("POST", "/gradio_api/upload", Kind.READ),
        ("GET", "/api/provisions/art-14", Kind.READ),
        ("GET", "/v1/models", Kind.READ),
        ("GET", "/convention/article-14", Kind.READ),
        ("POST", "/conversation", Kind.READ),
        ("GET", "/gradio_api/queue/data", Kind.FREE),
        ("GET", "/", Kind.FREE),
        ("GET", "/static-convention/page.css", Kind.FREE),
        ("GET", "/healthz", Kind.FREE),
        ("POST", "/bots/chatwoot", Kind.FREE),
    ],
)
def test_asking_reading_and_the_rest_are_told_apart(method, path, kind):
    assert kind_of(method, path) is kind


def test_slashes_and_a_prefix_of_a_proxy_hide_nothing():
    assert path_of({"path": "//api///ask", "root_path": ""}) == "/api/ask"
    assert path_of({"path": "/assistant/api/ask", "root_path": "/assistant"}) == "/api/ask"


def test_programs_have_paths_of_their_own():
    assert all(is_for_programs(path) for path in ("/api/ask", "/v1/models", "/mcp", "/mcp/"))
    assert not any(
        is_for_programs(path) for path in ("/", "/apiary", "/convention", "/gradio_api/")
    )
