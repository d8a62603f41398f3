"""The off switch, by setting and by file, on the command line and over HTTP."""

from __future__ import annotations

import pytest

from assistant.settings import read_settings
from assistant.switch import Switch
from tests.command_line import run
from tests.guarded import guarded

TEXT = "Back at 14:00 – äöü."


def test_the_command_turns_answering_off_and_on_while_the_server_runs(folder, capsys):
    with guarded() as client:
        assert client.post("/api/ask").status_code == 200
        status, _, err = run(capsys, "off", TEXT)
        assert status == 0 and TEXT in err
        refused = client.post("/api/ask")
        assert run(capsys, "on")[0] == 0
        assert client.post("/api/ask").status_code == 200
    assert refused.status_code == 503 and refused.json()["error"]["code"] == "off"
    assert refused.json()["error"]["message"] == TEXT
    assert int(refused.headers["retry-after"]) > 0


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/ask"),
        ("GET", "/api/search"),
        ("POST", "/v1/chat/completions"),
        ("POST", "/mcp"),
        ("POST", "/bots/chatwoot"),
        ("POST", "/bill/read"),
        ("POST", "/gradio_api/call/ask"),
    ],
)
def test_every_edge_that_answers_is_off(method, path):
    with guarded(off=TEXT) as client:
        assert client.request(method, path).status_code == 503


@pytest.mark.parametrize("path", ["/convention", "/convention/article-14", "/api/provisions"])
def test_the_text_of_the_convention_stays(path):
    with guarded(off=TEXT) as client:
        assert client.get(path).status_code == 200


def test_the_page_shows_the_text_and_leads_to_the_convention():
    with guarded(off="<b>Back</b> soon") as client:
        page = client.get("/")
    assert page.status_code == 503 and page.headers["content-type"].startswith("text/html")
    assert "&lt;b&gt;Back&lt;/b&gt; soon" in page.text and 'href="./convention"' in page.text


def test_below_v1_the_text_comes_in_the_shape_of_the_openai_api():
    with guarded(off=TEXT) as client:
        error = client.post("/v1/chat/completions").json()["error"]
    assert error["message"] == TEXT and error["type"] == "server_error"


def test_off_without_a_text_tells_a_fixed_one(folder, capsys):
    assert run(capsys, "off")[0] == 0
    assert "not answered" in Switch.of(read_settings()).why_off()


def test_a_file_that_cannot_be_read_turns_off_all_the_same(folder):
    switch = Switch.of(read_settings())
    switch.file.mkdir(parents=True)
    assert "not answered" in switch.why_off()


def test_on_says_where_it_changes_nothing(folder, capsys, monkeypatch):
    assert "all along" in run(capsys, "on")[2]
    monkeypatch.setenv("CONVENTION_OFF", TEXT)
    assert "CONVENTION_OFF is set" in run(capsys, "on")[2]


def test_off_fails_in_a_sentence_where_the_folder_cannot_be_written(folder, capsys):
    (folder / "data").write_text("no folder")
    status, _, err = run(capsys, "off", TEXT)
    assert status in (1, 2) and err.count("\n") == 1 and "data" in err
