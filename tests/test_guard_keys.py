"""Keys over HTTP: who is let in with which, and how guessing is slowed; over a real socket."""

from __future__ import annotations

import time
from datetime import date

import pytest

from assistant.records.database import open_database
from assistant.records.keys import KeyStore
from assistant.settings import read_settings
from assistant.web import build_app
from assistant.web.guard import doorkeeper
from index.errors import RecordsFailure
from tests.guarded import guarded

SITE = "https://www.example.org"


@pytest.fixture
def store(folder) -> KeyStore:
    return KeyStore(open_database(read_settings()))


def bearing(secret: str, **more: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}", **more}


@pytest.mark.parametrize("path", ["/api/ask", "/v1/chat/completions", "/mcp", "/api/search"])
def test_programs_need_a_key_and_get_in_with_it(store, path):
    secret = store.create("helpdesk")
    with guarded(keys="required") as client:
        without = client.post(path)
        assert client.post(path, headers=bearing(secret)).status_code == 200
    assert without.status_code == 401 and without.json()["error"]["code"] == "unauthorized"
    assert without.headers["www-authenticate"] == 'Bearer realm="assistant"'


@pytest.mark.parametrize("path", ["/", "/convention/article-14", "/gradio_api/info", "/widget.js"])
def test_pages_stay_open(store, path):
    with guarded(keys="required") as client:
        assert client.get(path).status_code == 200


def test_without_the_setting_no_key_is_looked_at(folder):
    with guarded() as client:
        assert client.post("/api/ask", headers=bearing("anything")).status_code == 200
    assert not (folder / "data").exists()


@pytest.mark.parametrize("header", ["Bearer sk_wrong", "Bearer " + "x" * 5000])
def test_a_wrong_key_is_told_as_such(store, header):
    with guarded(keys="required") as client:
        refused = client.post("/api/ask", headers={"Authorization": header})
    assert refused.status_code == 401 and "not known" in refused.json()["error"]["message"]
    assert 'error="invalid_token"' in refused.headers["www-authenticate"]


@pytest.mark.parametrize("header", ["Basic c2s6", "Bearer", "sk_wrong"])
def test_what_is_no_bearer_token_is_no_key(store, header):
    with guarded(keys="required") as client:
        refused = client.post("/api/ask", headers={"Authorization": header})
    assert refused.status_code == 401 and "is needed" in refused.json()["error"]["message"]


def test_guessing_is_slowed_until_not_even_a_right_key_is_looked_at(store):
    secret = store.create("helpdesk")
    with guarded(keys="required", trusted_proxies="127.0.0.1") as client:
        near = {"X-Forwarded-For": "203.0.113.1"}
        guesses = [client.post("/api/ask", headers=bearing(f"sk_{n}", **near)) for n in range(12)]
        locked = client.post("/api/ask", headers=bearing(secret, **near))
        far = client.post("/api/ask", headers=bearing(secret, **{"X-Forwarded-For": "203.0.113.2"}))
    assert [guess.status_code for guess in guesses[:10]] == [401] * 10
    assert guesses[-1].status_code == locked.status_code == 429 and far.status_code == 200
    assert int(locked.headers["retry-after"]) >= 1


def test_a_publishable_key_asks_and_reads_on_its_own_site_alone(store):
    secret = store.create("widget", sites=SITE)
    here = bearing(secret, Origin=SITE)
    with guarded(keys="required", sites=f"{SITE} https://other.example") as client:
        assert client.post("/api/ask", headers=here).status_code == 200
        assert client.get("/api/provisions", headers=here).status_code == 200
        elsewhere = client.post("/api/ask", headers=bearing(secret, Origin="https://other.example"))
        nowhere = client.post("/api/ask", headers=bearing(secret))
        agents = client.post("/mcp", headers=here)
        openai = client.post("/v1/chat/completions", headers=here)
    assert elsewhere.status_code == nowhere.status_code == 403
    assert "sites that it was made for" in elsewhere.json()["error"]["message"]
    assert elsewhere.headers["access-control-allow-origin"] == "https://other.example"
    assert agents.status_code == openai.status_code == 403


def test_a_secret_key_has_its_own_limit_wherever_it_comes_from(store):
    secret = store.create("helpdesk", rate="3/day")
    with guarded(keys="required", limit_ask="1/day", trusted_proxies="127.0.0.1") as client:
        asked = [
            client.post(
                "/api/ask", headers=bearing(secret, **{"X-Forwarded-For": f"203.0.113.{n}"})
            )
            for n in range(4)
        ]
    assert [response.status_code for response in asked] == [200, 200, 200, 429]
    assert asked[0].headers["ratelimit-policy"] == '"ask";q=3;w=86400'


def test_behind_a_publishable_key_each_visitor_counts_and_the_key_as_a_whole(store):
    secret = store.create("widget", sites=SITE, rate="3/day")
    with guarded(keys="required", limit_ask="2/day", trusted_proxies="127.0.0.1") as client:

        def ask(visitor: str) -> int:
            headers = bearing(secret, Origin=SITE, **{"X-Forwarded-For": visitor})
            return client.post("/api/ask", headers=headers).status_code

        assert [ask("203.0.113.1") for _ in range(3)] == [200, 200, 429]
        assert [ask("203.0.113.2") for _ in range(2)] == [200, 429]


def test_what_is_made_or_revoked_meanwhile_holds_without_a_new_start(store, monkeypatch):
    monkeypatch.setattr(doorkeeper, "_SECONDS_KNOWN", 0)
    with guarded(keys="required") as client:
        secret = store.create("late")
        assert client.post("/api/ask", headers=bearing(secret)).status_code == 200
        store.revoke("late")
        assert client.post("/api/ask", headers=bearing(secret)).status_code == 401


def test_the_day_of_the_last_use_is_kept(store):
    secret = store.create("helpdesk")
    with guarded(keys="required") as client:
        client.post("/api/ask", headers=bearing(secret))
    assert store.all()[0].used == date.today()


def test_a_database_that_goes_away_shuts_out_nobody_who_was_known(store, folder, monkeypatch):
    monkeypatch.setattr(doorkeeper, "_SECONDS_KNOWN", 0)
    secret = store.create("helpdesk")
    with guarded(keys="required") as client:
        for file in (folder / "data").iterdir():
            file.unlink()
        (folder / "data" / "records.sqlite3").mkdir()
        time.sleep(0.01)
        assert client.post("/api/ask", headers=bearing(secret)).status_code == 200


def test_a_database_that_is_away_from_the_start_is_told_before_anything_is_served(folder):
    (folder / "data" / "records.sqlite3").mkdir(parents=True)
    with (
        pytest.raises(RecordsFailure, match=r"records\.sqlite3 cannot be written"),
        guarded(keys="required"),
    ):
        pass


def test_the_description_tells_of_keys_only_where_they_are_needed(assistant, folder):
    open_to_all = build_app(assistant, read_settings()).openapi()
    keyed = build_app(assistant, read_settings(keys="required")).openapi()
    assert "security" not in open_to_all and keyed["security"] == [{"key": []}]
    responses = keyed["paths"]["/v1/chat/completions"]["post"]["responses"]
    assert responses["429"]["content"]["application/json"]["schema"]["$ref"].endswith(
        "OpenAIErrorBody"
    )
    assert {"401", "403", "429", "503"} <= responses.keys()
    assert "429" in open_to_all["paths"]["/api/search"]["get"]["responses"]
