"""Known attacks on the page and the API, tried on the whole application over a real socket."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from assistant.settings import Settings, read_settings
from assistant.switch import Switch
from assistant.web import build_app
from assistant.web.guard.edges import Kind, kind_of
from tests.browser import served

SECRETS = ("root:", "[project]", "BEGIN", "SQLite")


@pytest.fixture(scope="module")
def settings() -> Settings:
    return read_settings()


@pytest.fixture(scope="module")
def address(assistant, settings) -> Iterator[str]:
    with served(build_app(assistant, settings)) as found:
        yield found


@pytest.fixture(scope="module")
def client(address) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=30) as client:
        yield client


def raw(address: str, path: str) -> tuple[int, str]:
    """Status and body of a path that is sent as it is written, dots and all."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
    connection.putrequest("GET", path, skip_host=False)
    connection.endheaders()
    response = connection.getresponse()
    body = response.read().decode("utf-8", "replace")
    connection.close()
    return response.status, body


PLACES = ("/etc/passwd", "../../../../../../etc/passwd", "pyproject.toml", "../pyproject.toml")
DOORS = (
    "/gradio_api/file={}",
    "/gradio_api/file/{}",
    "/file={}",
    "/gradio_api/proxy=http://127.0.0.1:1/{}",
    "/static/{}",
    "/assets/{}",
    "/svelte/{}",
    "/gradio_api/custom_component/x/client/component/{}",
    "/static-convention/{}",
    "/docs/{}",
)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "written", [str, lambda path: path.replace("/", "%2f").replace(".", "%2e")]
)
def test_no_route_of_files_leads_out_of_its_folder(address, door, place, written):
    status, body = raw(address, door.format(written(place)))
    assert status in (400, 403, 404, 405) or (status == 200 and "<html" in body.lower())
    assert not any(secret in body for secret in SECRETS)


def test_the_records_and_the_index_are_no_files_of_the_page(address, settings):
    for name in ("records.sqlite3", "index/current"):
        status, _ = raw(address, f"/gradio_api/file={settings.data / name}")
        assert status in (403, 404)


def test_a_file_that_a_visitor_sends_does_not_stay_for_others(client):
    files = {"files": ("page.html", b"<script>alert(1)</script>", "text/html")}
    sent = client.post("/gradio_api/upload", files=files)
    if sent.status_code == 200:
        shown = client.get(f"/gradio_api/file={sent.json()[0]}")
        disposition = shown.headers.get("content-disposition", "")
        assert shown.status_code in (403, 404) or disposition.startswith("attachment")
        assert shown.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("given", ["a b", "x" * 65, "<script>", "id;drop", "ä".encode("latin-1")])
def test_an_id_that_is_not_plain_does_not_come_back(client, given):
    response = client.get("/api/provisions/art-14", headers={"X-Request-ID": given})
    assert (
        response.headers["x-request-id"].isalnum() and len(response.headers["x-request-id"]) == 32
    )


def test_a_line_break_in_a_parameter_reaches_no_header(address):
    status, _ = raw(address, "/convention/article-14%0d%0aSet-Cookie:%20a=b")
    assert status == 404


def test_a_forged_host_behind_no_proxy_changes_no_link_of_the_page(client):
    forged = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
    page = client.get("/", headers=forged)
    assert page.status_code == 200 and "evil.example" not in page.text
    assert "evil.example" not in client.get("/config", headers=forged).text


def test_no_page_of_another_site_may_read_or_ask_without_being_named(client):
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    for path in ("/api/ask", "/gradio_api/queue/join", "/v1/chat/completions", "/api/feedback"):
        allowed = client.options(path, headers=asked).headers
        assert "access-control-allow-origin" not in allowed


def test_a_script_in_a_question_comes_back_as_text_of_json(client):
    question = "<script>alert(1)</script> is hacking a crime?"
    response = client.post("/api/ask", json={"question": question})
    assert response.headers["content-type"] == "application/json"
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/gradio_api/run/predict", "/gradio_api/api/predict"])
def test_who_asks_the_chat_around_its_queue_gets_no_answer_while_it_is_off(client, settings, path):
    body = {"data": ["Is hacking a crime?", []], "fn_index": 0, "session_hash": "x"}
    switch = Switch.of(settings)
    switch.turn_off("Back soon.")
    try:
        response = client.post(path, json=body)
    finally:
        switch.turn_on()
    assert "art. 7" not in response.text


@pytest.mark.parametrize("path", ["/gradio_api/run/predict", "/gradio_api/api/predict"])
def test_nor_does_it_count_less(path):
    assert kind_of("POST", path) is Kind.ASK
