"""The agent bot of Chatwoot: a served application and a server that speaks Chatwoot's API."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from assistant.assistant import Assistant
from assistant.bots.chatwoot import Patience
from assistant.bots.signature import TOLERANCE, signature_of
from assistant.settings import Settings, described, read_settings
from assistant.web import build_app
from assistant.web.api.growing import Answering
from assistant.web.chatwoot import PATH, chatwoot_routes
from assistant.web.problems import add_problems
from index.errors import BadInput
from tests.browser import served
from tests.chatwoot_server import SECRET, TOKEN, ChatwootServer, Thread, chatwoot_server
from tests.waiting import eventually

QUESTION = "How long must data be preserved?"
QUICK = Patience(tries=3, first_wait=0.01, longest_wait=0.02)
HASTY = Patience(seconds=0.3, tries=3, first_wait=0.01, longest_wait=0.02)
OUTSIDE = "https://assistant.example.org"


def settings_for(address: str, secret: str = SECRET) -> Settings:
    return read_settings(
        chatwoot_url=address,
        chatwoot_token=SecretStr(TOKEN),
        chatwoot_secret=SecretStr(secret),
        public_url=OUTSIDE,
    )


@contextmanager
def bot(
    chatwoot: ChatwootServer,
    assistant: Assistant,
    settings: Settings | None = None,
    patience: Patience = QUICK,
) -> Iterator[str]:
    """The bot alone, served; Chatwoot tells it of messages."""
    app = FastAPI()
    add_problems(app)
    settings = settings or settings_for(chatwoot.address)
    app.include_router(chatwoot_routes(Answering(assistant), settings, patience))
    with served(app) as address:
        chatwoot.webhook = address + PATH
        yield address


@pytest.fixture
def chatwoot(assistant: Assistant) -> Iterator[ChatwootServer]:
    with chatwoot_server() as server, bot(server, assistant):
        yield server


@pytest.fixture
def lonely() -> Iterator[ChatwootServer]:
    """A Chatwoot without a bot yet."""
    with chatwoot_server() as server:
        yield server


def settled(chatwoot: ChatwootServer, said: int, number: int = 7, account: int = 1):
    """The conversation, once the bot has said so many things in it."""
    thread = chatwoot.thread(number, account)
    eventually(lambda: len(thread.said) >= said)
    time.sleep(0.1)
    assert len(thread.said) == said
    return thread


def handed_over(thread: Thread) -> None:
    """Returns once a person is in charge and has been told why."""
    eventually(lambda: thread.status == "open" and thread.notes)


def test_a_question_is_answered_with_links_to_the_outside(chatwoot):
    assert chatwoot.write(QUESTION).json() == {"status": "accepted"}
    thread = settled(chatwoot, said=1)
    assert f"[art. 25(2)]({OUTSIDE}/convention/article-25#para-2)" in thread.said[0]
    assert "not legal advice" in thread.said[0] and '"person"' in thread.said[0]
    assert thread.status == "pending" and thread.notes == []


def test_what_the_bot_is_stands_below_its_first_answer_only(chatwoot):
    chatwoot.write(QUESTION)
    settled(chatwoot, said=1)
    chatwoot.write("Is hacking a crime under this treaty?")
    assert "automatic assistant" not in settled(chatwoot, said=2).said[1]


def test_a_follow_up_is_understood_within_its_conversation_alone(chatwoot):
    chatwoot.write("Is fraud a crime?")
    settled(chatwoot, said=1)
    chatwoot.write("And for companies?")
    assert "art. 18" in settled(chatwoot, said=2).said[1]
    for number, account, inbox in ((8, 1, 1), (7, 2, 1)):
        other = chatwoot.thread(number, account, inbox)
        chatwoot.write("And for companies?", other)
        assert "art. 18(1)" not in settled(chatwoot, 1, number, account).said[0]


def test_a_correction_stays_with_the_bot(chatwoot):
    chatwoot.write("What does article 71 say?")
    thread = settled(chatwoot, said=1)
    assert "68 articles" in thread.said[0] and thread.status == "pending"


def test_what_the_convention_has_no_rule_for_is_said_and_handed_over(chatwoot):
    asked = "How many years in prison for phishing?"
    chatwoot.write(asked)
    thread = settled(chatwoot, said=1)
    handed_over(thread)
    assert "a person will answer you here" in thread.said[0] and "art. 21" in thread.said[0]
    assert asked in thread.notes[0] and "no rule on it" in thread.notes[0]


def test_the_bot_asks_back_once_and_then_hands_over(chatwoot):
    chatwoot.write("Hello!")
    thread = settled(chatwoot, said=1)
    assert thread.status == "pending" and 'write "person"' in thread.said[0]
    chatwoot.write("What is the weather like in Hanoi today?")
    handed_over(thread)
    assert thread.said[1] == "I have passed this on: a person will answer you here."
    assert "weather" in thread.notes[0]


def test_an_answer_between_them_makes_two_misses_no_second_one(chatwoot):
    for number, message in enumerate(("Hello!", QUESTION, "Hello!"), start=1):
        chatwoot.write(message)
        settled(chatwoot, said=number)
    assert chatwoot.thread().status == "pending"


@pytest.mark.parametrize("wish", ["Can I speak to a real person please?", "转人工", "PERSON"])
def test_who_asks_for_a_person_gets_one(chatwoot, wish):
    chatwoot.write(wish)
    thread = chatwoot.thread()
    handed_over(thread)
    assert thread.said == ["A person will answer you here."] and wish in thread.notes[0]


def test_after_the_hand_over_the_bot_is_silent_until_it_is_in_charge_again(chatwoot):
    thread = chatwoot.thread()
    burst = [chatwoot.event(thread, text) for text in ("human", QUESTION, "Hello?")]
    for event in burst:
        chatwoot.deliver(event)
    handed_over(thread)
    chatwoot.write(QUESTION)
    assert settled(chatwoot, said=1).said == ["A person will answer you here."]
    thread.status = "pending"
    chatwoot.write(QUESTION)
    assert "automatic assistant" in settled(chatwoot, said=2).said[1]


@pytest.mark.parametrize(
    "other",
    [
        {"message_type": "outgoing"},
        {"message_type": "template"},
        {"message_type": "activity"},
        {"private": True},
        {"sender": {"type": "agent_bot"}},
        {"sender": {"type": "user"}},
        {"event": "message_updated"},
        {"event": "conversation_resolved"},
        {"conversation": {"id": 7, "status": "open"}},
        {"conversation": {"id": 7, "status": "resolved"}},
    ],
)
def test_what_is_not_for_the_bot_is_ignored(chatwoot, other):
    assert chatwoot.write(QUESTION, **other).json() == {"status": "ignored"}
    settled(chatwoot, said=0)
    assert chatwoot.tried == 0


def test_the_bot_does_not_answer_itself(chatwoot):
    chatwoot.write(QUESTION)
    reply = settled(chatwoot, said=1).said[0]
    sender = {"id": 3, "name": "Assistant", "type": "agent_bot"}
    chatwoot.write(reply, message_type="outgoing", sender=sender)
    settled(chatwoot, said=1)


def test_a_repeated_delivery_is_answered_once(chatwoot):
    event = chatwoot.event(chatwoot.thread(), QUESTION)
    assert chatwoot.deliver(event).json() == {"status": "accepted"}
    assert chatwoot.deliver(event).json() == {"status": "repeated"}
    settled(chatwoot, said=1)
    assert chatwoot.deliver(event).json() == {"status": "repeated"}
    settled(chatwoot, said=1)


@pytest.mark.parametrize("content", [None, "", "  \n", "<p><img src='a.png'></p>", "<!-- x -->"])
def test_a_message_without_words_is_told_that_only_text_is_read(chatwoot, content):
    attachments = [{"id": 1, "file_type": "image", "data_url": "https://a.example/a.png"}]
    chatwoot.write(content, attachments=attachments)
    thread = settled(chatwoot, said=1)
    assert "only read text" in thread.said[0] and thread.status == "pending"


def test_a_message_in_html_is_read_as_its_words(chatwoot):
    chatwoot.write("<div><p>How long must <b>data</b> be</p><p>preserved?</p></div>")
    assert "art. 25(2)" in settled(chatwoot, said=1).said[0]


def test_a_very_long_message_is_told_so(chatwoot):
    chatwoot.write("data " * 30_000)
    assert "150,000" in settled(chatwoot, said=1).said[0].replace("149999", "150,000")


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Chatwoot-Signature": ""},
        {"X-Chatwoot-Timestamp": ""},
        {"X-Chatwoot-Signature": "sha256=" + "0" * 64},
        {"X-Chatwoot-Timestamp": "1"},
        {"X-Chatwoot-Timestamp": "soon"},
        {"X-Chatwoot-Timestamp": "9" * 400},
    ],
)
def test_what_is_not_signed_with_the_secret_is_refused(chatwoot, headers):
    refused = chatwoot.deliver(chatwoot.event(chatwoot.thread(), QUESTION), **headers)
    assert refused.status_code == 401
    assert refused.json()["error"]["code"] == "wrong_signature"
    settled(chatwoot, said=0)


def test_a_delivery_that_was_kept_is_refused_later(chatwoot):
    old = str(int(time.time()) - TOLERANCE - 1)
    event = chatwoot.event(chatwoot.thread(), QUESTION)
    signature = signature_of(SECRET, old, httpx.Request("POST", "http://a", json=event).read())
    refused = chatwoot.deliver(
        event, **{"X-Chatwoot-Timestamp": old, "X-Chatwoot-Signature": signature}
    )
    assert refused.status_code == 401


def test_a_signature_with_another_secret_is_refused(chatwoot):
    chatwoot.secret = "another"
    assert chatwoot.write(QUESTION).status_code == 401


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"no json", "bad_input"),
        (b"[1]", "bad_input"),
        (b'{"event": "message_created", "id": "x"}', "bad_input"),
        (b'{"event": "message_created"}', "bad_input"),
    ],
)
def test_what_is_no_event_is_refused_in_a_sentence(chatwoot, body, code):
    now = str(int(time.time()))
    headers = {
        "X-Chatwoot-Timestamp": now,
        "X-Chatwoot-Signature": signature_of(SECRET, now, body),
    }
    refused = httpx.post(chatwoot.webhook, content=body, headers=headers)
    assert refused.status_code == 422 and refused.json()["error"]["code"] == code
    assert refused.json()["error"]["message"].endswith(".")


def test_a_body_beyond_any_message_is_refused(chatwoot):
    assert chatwoot.write("x" * 1_100_000).status_code == 413


def test_the_response_does_not_wait_for_chatwoot(chatwoot):
    chatwoot.gate.clear()
    assert chatwoot.write(QUESTION).status_code == 200
    assert chatwoot.thread().said == []
    chatwoot.gate.set()
    settled(chatwoot, said=1)


def test_what_finds_no_place_any_more_is_left_to_people(chatwoot):
    chatwoot.gate.clear()
    answers = [chatwoot.write(QUESTION) for _ in range(60)]
    refused = [answer for answer in answers if answer.status_code == 503]
    assert refused and refused[0].json()["error"]["code"] == "busy"
    chatwoot.gate.set()
    eventually(lambda: len(chatwoot.thread().said) == len(answers) - len(refused))


def test_what_fails_for_a_moment_is_tried_again_and_said_once(chatwoot):
    chatwoot.failing = [503, 502]
    chatwoot.write(QUESTION)
    assert settled(chatwoot, said=1).status == "pending"
    assert chatwoot.tried == 3


def test_a_reply_that_may_have_arrived_is_not_said_twice(lonely, assistant):
    with bot(lonely, assistant, patience=HASTY):
        lonely.gate.clear()
        lonely.write(QUESTION)
        eventually(lambda: lonely.tried == 2)  # the reply, and once it was too slow the hand-over
        lonely.gate.set()
        thread = settled(lonely, said=1)
        eventually(lambda: thread.status == "open")
        settled(lonely, said=1)


def test_a_chatwoot_that_stays_down_is_logged_without_the_question(chatwoot, caplog):
    chatwoot.failing = [500] * 20
    with caplog.at_level(logging.ERROR):
        chatwoot.write(QUESTION)
        eventually(lambda: len(caplog.records) == 2)
    assert "conversation 7 of account 1" in caplog.text and "status 500" in caplog.text
    assert "preserved" not in caplog.text and TOKEN not in caplog.text


def test_a_chatwoot_that_is_back_is_answered_again(chatwoot):
    chatwoot.failing = [500] * 6
    chatwoot.write(QUESTION)
    eventually(lambda: chatwoot.tried == 6)
    chatwoot.write(QUESTION, chatwoot.thread(8))
    settled(chatwoot, said=1, number=8)


def test_a_wrong_token_is_not_tried_again(lonely, assistant, caplog):
    settings = settings_for(lonely.address).model_copy(
        update={"chatwoot_token": SecretStr("wrong")}
    )
    with bot(lonely, assistant, settings), caplog.at_level(logging.ERROR):
        lonely.write(QUESTION)
        eventually(lambda: len(caplog.records) == 2)
    assert lonely.tried == 2 and "status 401" in caplog.text


def test_what_waits_when_the_server_stops_is_still_answered(lonely, assistant):
    with bot(lonely, assistant):
        for number in range(12):
            lonely.write(QUESTION, lonely.thread(number))
    assert [len(lonely.thread(number).said) for number in range(12)] == [1] * 12


def test_a_question_that_cannot_be_worked_on_goes_to_a_person(lonely, caplog):
    class Broken:
        def ask(self, *given: object, **named: object) -> None:
            raise RuntimeError("no answer")

    with bot(lonely, Broken()), caplog.at_level(logging.ERROR):
        lonely.write(QUESTION)
        thread = settled(lonely, said=1)
        handed_over(thread)
    assert "could not put together an answer" in thread.notes[0]
    assert "preserved" not in caplog.text


def test_without_a_secret_deliveries_are_taken_unsigned_and_the_log_says_so(
    lonely, assistant, caplog
):
    with bot(lonely, assistant, settings_for(lonely.address, secret="")):
        event = lonely.event(lonely.thread(), QUESTION)
        assert lonely.deliver(event, **{"X-Chatwoot-Signature": ""}).status_code == 200
        settled(lonely, said=1)
    assert "CONVENTION_CHATWOOT_SECRET is not set" in caplog.text


def test_without_a_public_address_links_lead_to_where_the_bot_was_asked(lonely, assistant):
    settings = settings_for(lonely.address).model_copy(update={"public_url": ""})
    with bot(lonely, assistant, settings) as address:
        lonely.write(QUESTION)
        assert f"({address}/convention/article-25" in settled(lonely, said=1).said[0]


def test_the_route_is_only_there_when_a_chatwoot_is_set(assistant, web, lonely):
    assert web.post(PATH, json={}).status_code in (404, 405)
    with served(build_app(assistant, settings_for(lonely.address))) as address:
        lonely.webhook = address + PATH
        lonely.write(QUESTION)
        settled(lonely, said=1)
        assert PATH not in httpx.get(f"{address}/openapi.json").text


def test_a_chatwoot_without_a_token_is_refused_at_start(assistant):
    settings = settings_for("https://a.example").model_copy(
        update={"chatwoot_token": SecretStr("")}
    )
    with pytest.raises(BadInput, match="CONVENTION_CHATWOOT_TOKEN"):
        build_app(assistant, settings)


@pytest.mark.parametrize("address", ["helpdesk.example.org", "ftp://a.example", "https://"])
def test_an_address_of_no_chatwoot_is_refused(address):
    with pytest.raises(BadInput, match="CONVENTION_CHATWOOT_URL"):
        settings_for(address)


def test_the_secrets_of_chatwoot_are_shown_nowhere(monkeypatch):
    monkeypatch.setenv("CONVENTION_CHATWOOT_TOKEN", "short")
    monkeypatch.setenv("CONVENTION_CHATWOOT_SECRET", "brief")
    settings = read_settings()
    shown = described(settings) + repr(settings) + str(settings)
    assert "short" not in shown and "brief" not in shown
    assert settings.chatwoot_token.get_secret_value() == "short"
