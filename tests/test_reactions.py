"""What the bot makes of an answer, besides what ``test_chatwoot`` shows of it in conversation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer import Answer, Outcome
from assistant.assistant import Assistant
from assistant.bots.desk import Desk, Taken
from assistant.bots.events import Conversation, Message
from assistant.bots.reactions import MOST_EARLIER, Standing, after_answer, after_failure
from assistant.question import MAX_CHARACTERS

QUESTION = "How long must data be preserved?"


@pytest.fixture(scope="module")
def answer(assistant: Assistant) -> Answer:
    return assistant.ask(QUESTION)


def test_what_became_of_a_model_s_words_is_said(answer):
    noticed = replace(answer, notice="One sentence was left out.")
    assert "*One sentence was left out.*" in after_answer(QUESTION, noticed, Standing()).reply


def test_no_answer_goes_to_a_person_at_once(answer):
    failed = replace(answer, outcome=Outcome.UNAVAILABLE, text="No answer.", citations=())
    reaction = after_answer(QUESTION, failed, Standing())
    assert reaction.reply.startswith("No answer.") and "a person" in reaction.reply
    assert QUESTION in reaction.note and reaction.standing == Standing()


def test_the_last_questions_are_remembered_and_no_more(answer):
    standing = Standing()
    for number in range(MOST_EARLIER + 3):
        standing = after_answer(f"{QUESTION} {number}", answer, standing).standing
    assert len(standing.earlier) == MOST_EARLIER
    assert standing.earlier[-1] == f"{QUESTION} {MOST_EARLIER + 2}"


def test_a_message_that_is_too_long_to_be_read_is_not_remembered(answer):
    vague = replace(answer, outcome=Outcome.CLARIFY, citations=())
    standing = after_answer("x" * (MAX_CHARACTERS + 1), vague, Standing()).standing
    assert standing.earlier == () and standing.misses == 1


def test_a_note_is_short_and_on_one_line():
    note = after_failure("one\ntwo " * 500).note
    assert "one two one" in note and len(note) < 800 and "…" in note


def test_braces_in_a_question_stay_as_they_are():
    assert "{outcome} {0} {" in after_failure("{outcome} {0} {").note


def test_a_message_that_found_no_place_is_taken_when_it_comes_again(answer):
    async def ask(question: str, earlier: object) -> Answer:
        return answer

    desk = Desk(chatwoot=None, lines=1, waiting=1)
    first, second = (Message(number, Conversation(1, 1, 7), QUESTION) for number in (1, 2))
    assert desk.take(first, ask) is Taken.ACCEPTED
    assert desk.take(first, ask) is Taken.REPEATED
    assert desk.take(second, ask) is desk.take(second, ask) is Taken.FULL
