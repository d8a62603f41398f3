"""Limits: what is counted, what a response tells of it, and what is said when one is used up."""

from __future__ import annotations

import asyncio
import logging

import pytest

from assistant.settings import read_settings
from assistant.web.guard.limits import Limiter, Quota
from assistant.web.guard.refusal import in_words
from index.errors import BadInput
from tests.guarded import guarded

SITE = "https://www.example.org"


def test_a_response_tells_the_limit_and_what_is_left_of_it():
    with guarded(limit_ask="30/minute") as client:
        headers = client.post("/api/ask").headers
    assert headers["ratelimit-policy"] == '"ask";q=30;w=60'
    assert headers["ratelimit"].startswith('"ask";r=29;t=')
    assert "retry-after" not in headers


def test_over_the_limit_is_429_with_a_sentence_and_when_to_come_again():
    with guarded(limit_ask="2/day") as client:
        for _ in range(2):
            assert client.post("/api/ask").status_code == 200
        refused = client.post("/api/ask")
    error = refused.json()["error"]
    assert refused.status_code == 429 and error["code"] == "too_many_requests"
    assert 1 <= int(refused.headers["retry-after"]) <= 2 * 86400
    assert error["message"].startswith("Too many requests") and "try again in" in error["message"]
    assert refused.headers["ratelimit"].startswith('"ask";r=0;t=')
    assert refused.headers["x-request-id"] == error["request_id"]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "1 second"),
        (60, "60 seconds"),
        (61, "2 minutes"),
        (3600, "60 minutes"),
        (35274, "10 hours"),
        (86400, "24 hours"),
        (86401, "2 days"),
    ],
)
def test_a_time_to_wait_is_told_in_words_and_never_too_short(seconds, words):
    assert in_words(seconds) == words


def test_asking_and_reading_count_apart_and_files_of_pages_not_at_all():
    with guarded(limit_ask="1/day", limit_read="1/day") as client:
        assert client.post("/v1/chat/completions").status_code == 200
        assert client.get("/convention/article-14").status_code == 200
        assert client.post("/api/ask").status_code == 429
        assert client.get("/api/provisions").status_code == 429
        assert {client.get("/static-convention/page.css").status_code for _ in range(5)} == {200}


def test_below_v1_the_refusal_has_the_shape_of_the_openai_api():
    with guarded(limit_ask="1/day") as client:
        client.post("/v1/chat/completions")
        refused = client.post("/v1/chat/completions")
    assert refused.json()["error"]["code"] == "too_many_requests"
    assert set(refused.json()["error"]) == {"message", "type", "param", "code"}
    assert int(refused.headers["retry-after"]) > 0


def test_the_chat_page_gets_the_sentence_where_it_looks_for_it():
    with guarded(limit_ask="1/day") as client:
        client.post("/gradio_api/queue/join")
        refused = client.post("/gradio_api/queue/join")
    assert refused.status_code == 429 and "try again in" in refused.json()["detail"]


def test_pages_of_named_sites_may_read_why_they_were_refused():
    with guarded(limit_ask="1/day", sites=SITE) as client:
        client.post("/api/ask")
        refused = client.post("/api/ask", headers={"Origin": SITE})
        asked = {"Origin": SITE, "Access-Control-Request-Method": "POST"}
        preflight = client.options("/api/ask", headers=asked)
    assert refused.status_code == 429 and preflight.status_code == 200
    assert refused.headers["access-control-allow-origin"] == SITE
    assert "ratelimit" in refused.headers["access-control-expose-headers"].lower()


def test_without_a_limit_nothing_is_told():
    with guarded(limit_ask="none") as client:
        assert "ratelimit" not in client.post("/api/ask").headers


def test_visitors_have_a_limit_each():
    async def answers() -> list[bool]:
        limiter = Limiter("memory://")
        quotas = [Quota("ask", "1/day", whose) for whose in ("a", "a", "b")]
        return [(await limiter.take([quota]))[0].allowed for quota in quotas]

    assert asyncio.run(answers()) == [True, False, True]


@pytest.mark.parametrize("wrong", ["30", "0/minute", "30 a minute", "30/week", "-1/minute"])
def test_a_limit_that_cannot_be_read_is_refused(wrong):
    with pytest.raises(BadInput, match="CONVENTION_LIMIT_ASK is"):
        read_settings(limit_ask=wrong)


def test_a_store_that_is_unknown_is_refused_with_what_to_do():
    with pytest.raises(
        BadInput, match=r"CONVENTION_LIMIT_STORE cannot be used .* set it to memory"
    ):
        Limiter("nowhere://host")


def test_where_the_store_is_away_all_are_let_in_and_the_log_says_so_once(caplog):
    pytest.importorskip("redis")
    with (
        caplog.at_level(logging.ERROR),
        guarded(limit_ask="1/day", limit_store="redis://127.0.0.1:1") as client,
    ):
        assert [client.post("/api/ask").status_code for _ in range(3)] == [200] * 3
    assert caplog.text.count("requests cannot be counted") == 1
