"""What the chat page does with a question and other events, without a browser."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any, TypeVar

from assistant.answer import Answer, Draft
from assistant.web.bubbles import question_bubble
from assistant.web.conversation import Conversation
from assistant.web.interface import interfaces
from prompts import fixed_text
from tests.answers import answer, citation

T = TypeVar("T")

ENGLISH = interfaces()["en"]


class Recorder:
    """Stands for the assistant: answers alike, and keeps what it was asked."""

    def __init__(self, *drafts: Draft, error: Exception | None = None) -> None:
        self.asked: list[tuple[str, tuple[str, ...]]] = []
        self._drafts, self._error = drafts, error

    def stream(self, question: str, history: tuple[str, ...] = ()) -> Iterator[Draft | Answer]:
        self.asked.append((question, tuple(history)))
        if self._error:
            raise self._error
        yield from self._drafts
        yield answer("Yes [art. 14(1)(b)].", citation())


def apart(work: Callable[[], T]) -> T:
    """What the work returns, done in a thread: a browser keeps an event loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


def conversation(assistant: object, **given: Any) -> Conversation:
    return Conversation(assistant, ENGLISH, **given)  # type: ignore[arg-type]


def shown_by(of: Conversation, question: str, messages: list[dict[str, Any]]) -> list[tuple]:
    async def collected() -> list[tuple]:
        return [shown async for shown in of.tell(question, messages)]

    return apart(lambda: asyncio.run(collected()))


def said_in(shown: list[tuple]) -> list[str]:
    """The last message of every step that shows messages."""
    return [entry[1][-1]["content"] for entry in shown if isinstance(entry[1], list)]


def user(words: str) -> dict[str, Any]:
    return {"role": "user", "content": [{"type": "text", "text": question_bubble(words)}]}


def test_earlier_questions_go_with_a_question_as_they_were_asked():
    recorder = Recorder()
    earlier = [user("A <b>?"), {"role": "assistant", "content": "Yes."}]
    shown_by(conversation(recorder), "And B?", earlier)
    assert recorder.asked == [("And B?", ("A <b>?",))]


def test_only_the_last_few_questions_go_with_a_question():
    recorder = Recorder()
    shown_by(conversation(recorder), "?", [user(f"Q{n}") for n in range(50)])
    assert recorder.asked[0][1] == ("Q45", "Q46", "Q47", "Q48", "Q49")


def test_an_error_of_the_assistant_is_told_as_unavailable():
    shown = shown_by(conversation(Recorder(error=RuntimeError("secret"))), "A?", [])
    assert fixed_text("unavailable") in said_in(shown)[-1]
    assert "secret" not in str(shown)


def test_while_it_is_off_the_text_of_the_switch_stands_in_place_of_an_answer():
    recorder = Recorder()
    shown = shown_by(conversation(recorder, why_off=lambda: "Back at two."), "A?", [])
    assert "Back at two." in said_in(shown)[-1] and not recorder.asked


def test_drafts_are_shown_as_they_come_and_give_way_to_the_answer():
    drafts = [Draft("A [art. 14(1)(b)]."), Draft("A [art. 14(1)(b)]. B <i> [art. 14(1)(b)].")]
    said = said_in(shown_by(conversation(Recorder(*drafts)), "A?", []))
    assert len(said) == 4
    assert "A [art. 14(1)(b)]. B &lt;i> [art. 14(1)(b)]." in said[2]
    assert '<a class="chip must" href="/convention/' in said[3]


def test_the_last_step_hands_the_browser_what_it_is_to_keep():
    shown = shown_by(
        conversation(Recorder()), "A?", [user("Q"), {"role": "assistant", "content": ""}]
    )
    kept = json.loads(shown[-1][2])
    assert kept["place"] == 1 and kept["turn"]["cited"] == ["art-14/para-1/b"]


def test_the_answer_comes_with_what_may_be_asked_next():
    shown = shown_by(conversation(Recorder()), "A?", [])
    assert shown[-1][1][-1]["options"] == [{"value": "And then?"}]


def test_an_empty_question_changes_nothing():
    (shown,) = shown_by(conversation(Recorder()), "  ", [])
    assert all(entry == shown[0] for entry in shown)


def test_what_was_stopped_says_so_and_gives_its_question_back():
    grown = {"role": "assistant", "content": "Half of"}
    told = conversation(Recorder()).stop("", [user("A <b>?"), grown])
    assert told[0] == "A <b>?"
    assert "Half of" in told[1][-1]["content"] and "Stopped" in told[1][-1]["content"]


def test_a_question_that_was_being_written_is_not_lost_by_stopping():
    assert conversation(Recorder()).stop("And B?", [user("A?")])[0] == "And B?"


def test_a_question_that_was_stopped_is_gone_once_another_is_asked():
    recorder = Recorder()
    of = conversation(recorder)
    stopped = of.stop("", [user("A?"), {"role": "assistant", "content": "Half"}])[1]
    shown = shown_by(of, "B?", stopped)
    assert [one["role"] for one in shown[-1][1]] == ["user", "assistant"]
    assert recorder.asked == [("B?", ())]


def test_asking_again_leaves_out_the_answer_that_there_was():
    async def collected(of: Conversation) -> list[tuple]:
        event = SimpleNamespace(index=2)
        return [shown async for shown in of.retry(messages, event)]  # type: ignore[arg-type]

    recorder = Recorder()
    told = {"role": "assistant", "content": "x"}
    messages = [user("A?"), told, user("B?"), told]
    shown = apart(lambda: asyncio.run(collected(conversation(recorder))))
    assert recorder.asked == [("B?", ("A?",))] and len(shown[-1][1]) == 4


def test_a_kept_conversation_is_shown_again_and_an_unreadable_one_changes_nothing(knowledge):
    of = conversation(SimpleNamespace(knowledge=knowledge, stream=Recorder().stream))
    turn = json.loads(shown_by(of, "A?", [])[-1][2])["turn"]
    messages = of.reopen(json.dumps([turn, turn]))[1]
    assert [one["role"] for one in messages] == ["user", "assistant"] * 2
    assert '<a class="chip' in messages[1]["content"]
    assert messages[1]["metadata"]["id"] == turn["id"]
    assert not isinstance(of.reopen('[{"text": "<script>"}]')[1], list)


def test_a_thumb_is_noted_with_the_id_of_its_answer_and_one_taken_back_is_not():
    noted: list[tuple[str, str]] = []
    of = conversation(Recorder(), note_feedback=lambda one, thumb: noted.append((one, thumb)))
    messages = [user("A?"), {"role": "assistant", "content": "", "metadata": {"id": "7"}}]
    for liked in (True, False, ""):
        of.rate(messages, SimpleNamespace(index=1, liked=liked))  # type: ignore[arg-type]
    assert noted == [("7", "up"), ("7", "down")]


def test_a_program_is_told_the_text_of_the_answer():
    told = apart(lambda: asyncio.run(conversation(Recorder()).ask("A?")))
    assert told == "Yes [art. 14(1)(b)]."
