"""What those who run the assistant see: health, readiness, figures, and a line a request."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator

import httpx
import pytest
from asgi_correlation_id import CorrelationIdFilter
from fastapi import FastAPI
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from assistant import Assistant
from assistant.settings import read_settings
from assistant.web import build_app
from assistant.web.running.logs import formatter_of
from assistant.web.running.traffic import REQUESTS
from index.errors import BadInput
from tests.browser import served
from tests.scripted_model import NAME, fails, scripted_model

QUESTION = "How long must data about the xylophone incident be preserved?"


@pytest.fixture
def app(assistant) -> FastAPI:
    return build_app(assistant)


@pytest.fixture
def client(app) -> TestClient:
    """Asks as a program on the same machine does."""
    return TestClient(app, client=("127.0.0.1", 50000), raise_server_exceptions=False)


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What the log of requests has, as JSON."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(CorrelationIdFilter(default_value="-"))
    handler.setFormatter(formatter_of("json"))
    log = logging.getLogger(REQUESTS)
    before = log.level
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    yield written
    log.removeHandler(handler)
    log.setLevel(before)


def figures(client: TestClient) -> dict[tuple, float]:
    """Every figure by its name and the values of its labels, in the order of the labels' names."""
    families = text_string_to_metric_families(client.get("/metrics").text)
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in families
        for sample in family.samples
    }


def break_index(assistant, monkeypatch) -> None:
    def broken(vector, n):
        raise RuntimeError("the disk is gone")

    monkeypatch.setattr(assistant.retriever.store, "nearest", broken)


def test_the_process_lives_and_is_ready(client):
    for path, status in (("/healthz", "alive"), ("/readyz", "ready")):
        response = client.get(path)
        assert (response.status_code, response.json()) == (200, {"status": status})
        assert response.headers["cache-control"] == "no-store"


def test_without_its_index_it_lives_but_is_not_ready(client, assistant, monkeypatch):
    break_index(assistant, monkeypatch)
    assert client.get("/healthz").status_code == 200
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["error"]["code"] == "not_ready"
    assert "index cannot be searched" in response.json()["error"]["message"]
    assert "disk" not in response.text


def test_it_is_ready_again_when_the_index_is_back(client, assistant, monkeypatch):
    with monkeypatch.context() as broken:
        break_index(assistant, broken)
        assert client.get("/readyz").status_code == 503
    assert client.get("/readyz").status_code == 200


def test_an_index_that_finds_nothing_is_told(client, assistant, monkeypatch):
    monkeypatch.setattr(assistant.retriever.store, "nearest", lambda vector, n: [])
    assert "app.py build" in client.get("/readyz").json()["error"]["message"]


def test_a_server_that_stops_is_not_ready(client, app):
    app.state.traffic.is_stopping = True
    assert "is being stopped" in client.get("/readyz").json()["error"]["message"]
    assert client.get("/healthz").status_code == 200


def test_answers_are_counted_by_outcome_and_mode_whichever_way_they_are_asked_for(client):
    for headers in ({}, {"Accept": "text/event-stream"}):
        client.post("/api/ask", json={"question": "Is hacking a crime?"}, headers=headers)
    messages = [{"role": "user", "content": "Is hacking a crime?"}]
    client.post("/v1/chat/completions", json={"messages": messages, "model": "x"})
    client.post("/api/ask", json={"question": "?"})
    found = figures(client)
    assert found["convention_answers_total", "extractive", "answered"] == 3
    assert found["convention_answers_total", "extractive", "clarify"] == 1
    assert found["convention_answer_seconds_count", "extractive"] == 4
    assert found["convention_answer_seconds_sum", "extractive"] > 0


def test_an_error_is_counted_and_bad_input_is_not(client, assistant, monkeypatch):
    def fail(error):
        def ask(*given, **named):
            raise error

        monkeypatch.setattr(assistant, "ask", ask)
        return client.post("/api/ask", json={"question": "Is hacking a crime?"}).status_code

    assert fail(RuntimeError("broken")) == 500
    assert fail(BadInput("No.")) == 422
    found = figures(client)
    assert found["convention_answer_errors_total", "RuntimeError"] == 1
    assert ("convention_answer_errors_total", "BadInput") not in found
    assert found["convention_requests_total", "POST", "/api/ask", "500"] == 1


def test_requests_are_counted_by_the_pattern_of_their_route(client):
    client.get("/api/provisions/art-14")
    client.get("/api/provisions/art-15")
    client.get("/api/provisions/no-such")
    client.request("XYLOPHONE", "/api/no-such-path")
    found = figures(client)
    route = "/api/provisions/{provision_id:path}"
    assert found["convention_requests_total", "GET", route, "200"] == 2
    assert found["convention_requests_total", "GET", route, "404"] == 1
    assert found["convention_request_seconds_count", route] == 3
    assert "XYLOPHONE" not in client.get("/metrics").text


def test_the_figures_have_no_word_of_a_question(client):
    client.post("/api/ask", json={"question": QUESTION})
    client.get("/api/search", params={"q": "xylophone"})
    client.get("/convention/xylophone")
    assert "xylophone" not in client.get("/metrics").text


def test_the_figures_tell_what_is_under_way_and_the_memory(client):
    found = figures(client)
    assert found["convention_requests_running",] == 1  # this one
    assert found["convention_encoder_waiting",] == 0
    assert found["process_resident_memory_bytes",] > 1e8


def test_failures_of_a_model_are_counted_by_their_cause(data, monkeypatch):
    with scripted_model() as model:
        model.configure(monkeypatch)
        model.behaviour = fails(401)
        worded = Assistant.open(read_settings(data=data, model=NAME))
        client = TestClient(build_app(worded), client=("127.0.0.1", 50000))
        asked = {"question": "Is hacking a crime?"}
        assert client.post("/api/ask", json=asked).json()["mode"] == "extractive"
        found = figures(client)
    assert found["convention_model_failures_total", "wrong_key"] == 1
    assert found["convention_model_failures_total", "late"] == 0


@pytest.mark.parametrize(
    ("address", "headers", "allowed", "status"),
    [
        ("127.0.0.1", {}, None, 200),
        ("::1", {}, None, 200),
        ("192.0.2.7", {}, None, 403),
        ("127.0.0.1", {"X-Forwarded-For": "192.0.2.7"}, None, 403),
        ("127.0.0.1", {"Forwarded": "for=192.0.2.7"}, None, 403),
        ("127.0.0.1", {"X-Real-IP": "127.0.0.1"}, None, 403),
        ("192.0.2.7", {}, "192.0.2.0/24", 200),
        ("127.0.0.1", {}, "192.0.2.0/24", 403),
        ("127.0.0.1", {}, "none", 403),
        ("a name", {}, None, 403),
    ],
)
def test_the_figures_are_for_allowed_networks_without_a_proxy(
    assistant, address, headers, allowed, status
):
    app = build_app(assistant, read_settings(metrics=allowed))
    assert (
        TestClient(app, client=(address, 1)).get("/metrics", headers=headers).status_code == status
    )


@pytest.mark.parametrize("wrong", ["localhost", "10.0.0.0/99", "*"])
def test_networks_that_are_none_are_refused(wrong):
    with pytest.raises(BadInput, match=r"CONVENTION_METRICS is .* like 10\.0\.0\.5"):
        read_settings(metrics=wrong)


def test_every_request_has_a_line_under_its_id(client, lines):
    headers = {"X-Request-ID": "my-own-id"}
    client.post("/api/ask", json={"question": QUESTION}, headers=headers)
    client.get("/api/search", params={"q": "xylophone"})
    first, second = (json.loads(line) for line in lines.getvalue().splitlines())
    assert first["request_id"] == "my-own-id" and len(second["request_id"]) == 32
    assert (first["method"], first["route"], first["status"]) == ("POST", "/api/ask", 200)
    assert (second["method"], second["route"], second["status"]) == ("GET", "/api/search", 200)
    assert first["level"] == "INFO" and first["ms"] > 0 and first["time"]


def test_no_line_has_a_word_of_a_question_a_key_or_an_address(client, lines):
    headers = {"Authorization": "Bearer xylophone-key"}
    client.post("/api/ask", json={"question": QUESTION}, headers=headers)
    client.get("/api/search?q=xylophone", headers=headers)
    client.get("/xylophone/xylophone.php")
    client.post("/api/xylophone", content=b"xylophone")
    assert len(lines.getvalue().splitlines()) == 4
    assert "xylophone" not in lines.getvalue() and "127.0.0.1" not in lines.getvalue()


def test_probes_have_no_line_unless_they_fail(client, app, lines):
    for path in ("/healthz", "/readyz", "/metrics"):
        client.get(path)
    assert not lines.getvalue()
    app.state.traffic.is_stopping = True
    client.get("/readyz")
    assert json.loads(lines.getvalue())["status"] == 503


def test_a_line_for_people_has_the_same():
    record = logging.makeLogRecord(
        {"name": REQUESTS, "levelname": "INFO", "msg": "told", "correlation_id": "an-id"}
    )
    told = formatter_of("plain").format(record)
    assert re.fullmatch(r"\d{4}-\S+ \S+ INFO \[an-id\] assistant\.requests: told", told)


def test_a_page_that_is_open_is_no_request_under_way(app):
    with served(app) as address, httpx.Client(base_url=address, timeout=30) as client:
        with client.stream("GET", "/gradio_api/heartbeat/somebody") as heartbeat:
            assert heartbeat.status_code == 200
            assert app.state.traffic.running == 0
