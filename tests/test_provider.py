"""A model asked within limits: over a real socket, through the library of its provider."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator

import pytest
from langchain_core.messages import HumanMessage

from assistant.generation.failing import Cause
from assistant.generation.provider import FAILURES, Limits, Provider
from index.errors import ModelFailure
from tests.scripted_model import (
    KEY,
    NAME,
    ScriptedModel,
    breaks,
    byte_by_byte,
    drips,
    fails,
    hangs,
    in_turn,
    says,
    scripted_model,
    sends,
)

SHORT = Limits(wait=1, whole=2)
MESSAGES = [HumanMessage("Is hacking a crime?")]


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedModel]:
    with scripted_model() as running:
        running.configure(monkeypatch)
        yield running


def answer_of(provider: Provider) -> str:
    return "".join(provider.stream(MESSAGES))


def failure_of(provider: Provider) -> ModelFailure:
    with pytest.raises(ModelFailure) as caught:
        answer_of(provider)
    return caught.value


def test_the_text_comes_in_pieces_and_whole(model):
    model.behaviour = says("States must act [1]. They may wait [2].")
    pieces = list(Provider(NAME, SHORT).stream(MESSAGES))
    assert len(pieces) > 3 and "".join(pieces) == "States must act [1]. They may wait [2]."


def test_letters_cut_in_two_come_out_whole(model):
    model.behaviour = byte_by_byte("Les États – «données» 数据 [1].")
    assert answer_of(Provider(NAME, SHORT)) == "Les États – «données» 数据 [1]."


def test_the_model_is_asked_without_chance_within_a_number_of_tokens_and_streaming(model):
    model.behaviour = says("Yes.")
    answer_of(Provider(NAME, SHORT))
    (body,) = model.asked
    assert body["temperature"] == 0 and body["stream"] is True
    assert body.get("max_tokens", body.get("max_completion_tokens")) == 400


FAILING = [
    (fails(401, f"Incorrect API key provided: {KEY}"), Cause.WRONG_KEY),
    (fails(403), Cause.WRONG_KEY),
    (fails(404, "The model does not exist", "model_not_found"), Cause.NO_MODEL),
    (fails(429, "You exceeded your quota", "insufficient_quota"), Cause.BUSY),
    (fails(400, "maximum context length is 4096", "context_length_exceeded"), Cause.TOO_LONG),
    (fails(400, "Blocked by content filter", "content_filter"), Cause.WITHHELD),
    (fails(400, "Unsupported parameter"), Cause.REFUSED),
    (fails(500), Cause.SERVER),
    (fails(503), Cause.SERVER),
    (says(""), Cause.EMPTY),
    (says("It is", finish="content_filter"), Cause.WITHHELD),
    (sends(b"data: {not json\n\n"), Cause.GARBLED),
    (sends(b"<html>Bad gateway</html>"), Cause.EMPTY),
    (breaks("States must"), Cause.BROKEN),
    (breaks("States must", politely=True), Cause.BROKEN),
    (hangs(), Cause.LATE),
    (hangs(after="States must"), Cause.SILENT),
    (drips("and ", 0.1), Cause.SLOW),
    (drips("and so on " * 200, 0.01), Cause.ENDLESS),
]


@pytest.mark.parametrize(("behaviour", "cause"), FAILING)
def test_every_failure_is_one_line_that_holds_no_key_and_no_trace(model, caplog, behaviour, cause):
    caplog.set_level(logging.INFO)
    model.behaviour = behaviour
    failure = failure_of(Provider(NAME, SHORT))
    assert failure.cause == cause
    assert len(str(failure).splitlines()) == 1 and str(failure)[0].isupper()
    for told in (str(failure), repr(failure), caplog.text):
        assert KEY not in told and "Traceback" not in told


def test_a_provider_that_hangs_is_given_up_in_time(model):
    for behaviour in (hangs(), hangs(after="States")):
        model.behaviour = behaviour
        started = time.monotonic()
        failure_of(Provider(NAME, SHORT))
        assert time.monotonic() - started < SHORT.whole + 0.5


def test_a_server_that_nobody_runs_is_unreachable(monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", "http://user:secret-word@127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    failure = failure_of(Provider(NAME, SHORT))
    assert failure.cause == Cause.UNREACHABLE
    assert "secret-word" not in str(failure)


@pytest.mark.parametrize(
    "behaviour", [fails(429, "slow down", retry_after="0"), fails(500), fails(503)]
)
def test_what_may_pass_is_tried_again_after_a_pause(model, behaviour):
    model.behaviour = in_turn(behaviour, says("States must act [1]."))
    assert answer_of(Provider(NAME, Limits(5, 5))) == "States must act [1]."
    assert len(model.asked) == 2


def test_the_pause_is_as_long_as_the_provider_says_and_not_longer_than_the_limit(model):
    model.behaviour = in_turn(fails(429, retry_after="1"), says("Yes."))
    started = time.monotonic()
    assert answer_of(Provider(NAME, Limits(5, 5))) == "Yes."
    assert time.monotonic() - started >= 1
    model.behaviour = fails(429, retry_after="60")
    started = time.monotonic()
    assert failure_of(Provider(NAME, SHORT)).cause == Cause.BUSY
    assert time.monotonic() - started < 1


@pytest.mark.parametrize("behaviour", [fails(401), fails(404), fails(400), breaks("States")])
def test_what_cannot_pass_is_not_tried_again(model, behaviour):
    model.behaviour = behaviour
    failure_of(Provider(NAME, Limits(5, 5)))
    assert len(model.asked) == 1


def test_after_failures_in_a_row_a_dead_provider_is_left_alone(model):
    provider = Provider(NAME, Limits(0.2, 0.4))
    model.behaviour = hangs()
    for _ in range(FAILURES):
        assert failure_of(provider).cause == Cause.LATE
    asked = len(model.asked)
    started = time.monotonic()
    resting = failure_of(provider)
    assert resting.cause == Cause.RESTING and time.monotonic() - started < 0.1
    assert len(model.asked) == asked and "60 seconds" in str(resting)


def test_a_wrong_key_is_told_each_time_and_never_counts_as_dead(model):
    provider = Provider(NAME, SHORT)
    model.behaviour = fails(401)
    assert {failure_of(provider).cause for _ in range(FAILURES + 2)} == {Cause.WRONG_KEY}


def test_an_answer_closes_what_failures_have_begun_to_open(model):
    provider = Provider(NAME, Limits(0.3, 0.6))
    for _ in range(FAILURES):
        model.behaviour = hangs()
        failure_of(provider)
        model.behaviour = says("Yes.")
        if _ < FAILURES - 1:
            assert answer_of(provider) == "Yes."


def test_one_who_stops_listening_gives_the_model_up(model):
    model.behaviour = drips("and ", 0.02)
    pieces = Provider(NAME, Limits(5, 5)).stream(MESSAGES)
    assert next(pieces) == "and "
    pieces.close()
    with pytest.raises(StopIteration):
        next(pieces)


@pytest.mark.parametrize(
    ("name", "cause", "words"),
    [
        ("nonsense", Cause.UNKNOWN, "names no provider"),
        ("nonsense:gpt", Cause.UNKNOWN, "openai:gpt-4o-mini"),
        ("groq:llama", Cause.NO_PACKAGE, "python -m pip install langchain-groq"),
    ],
)
def test_a_model_that_cannot_be_opened_says_what_to_do(name, cause, words):
    with pytest.raises(ModelFailure, match=words) as caught:
        Provider(name, SHORT).open()
    assert caught.value.cause == cause and len(str(caught.value).splitlines()) == 1


def test_a_missing_extra_is_named(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "langchain_anthropic", None)
    with pytest.raises(ModelFailure, match=r'pip install "\.\[anthropic\]"'):
        Provider("anthropic:claude", SHORT).open()


def test_a_missing_key_is_told_without_asking_anybody(monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    assert failure_of(Provider(NAME, SHORT)).cause == Cause.NO_KEY


def test_a_key_written_into_the_name_comes_out_nowhere():
    provider = Provider(f"nonsense:{KEY}", SHORT)
    assert KEY not in provider.name
    with pytest.raises(ModelFailure) as caught:
        provider.open()
    assert KEY not in str(caught.value)


def test_nothing_is_traced_elsewhere(model, monkeypatch):
    with scripted_model() as elsewhere:
        monkeypatch.setenv("LANGSMITH_TRACING", "true")
        monkeypatch.setenv("LANGSMITH_API_KEY", "none")
        monkeypatch.setenv("LANGSMITH_ENDPOINT", elsewhere.address)
        model.behaviour = says("Yes.")
        assert answer_of(Provider(NAME, SHORT)) == "Yes."
        time.sleep(0.5)
        assert elsewhere.asked == []
