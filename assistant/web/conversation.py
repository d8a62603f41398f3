"""What the chat page does with a question, and with every other event of a conversation.

Nothing of a conversation is kept here: it comes back from the browser with each event.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import gradio as gr
from asgi_correlation_id import correlation_id

from assistant.answer import Answer, Draft
from assistant.assistant import Assistant
from assistant.web.bubbles import (
    answer_bubble,
    as_asked,
    choices_in,
    draft_bubble,
    note_bubble,
    question_bubble,
)
from assistant.web.interface import Interface
from assistant.web.turns import Turn, answer_of, read_turns, turn_of
from index.errors import BadInput
from prompts import fixed_text

__all__ = ["Conversation", "Message", "Shown"]

_REMEMBERED = 5
_PAUSED = "stopped"
"""Stands for the id of an answer that was stopped, or that could not be given."""

_log = logging.getLogger(__name__)

Message = dict[str, Any]
Shown = tuple[Any, ...]
"""Values of the question, the conversation, the turn to be kept, and the two buttons."""

_NOT_ASKED: Shown = (gr.skip(),) * 5


@dataclass(frozen=True)
class Conversation:
    """Answers the events of the page; what was said before comes back with each of them.

    While ``why_off`` gives a text, it stands in the place of every answer. ``note_feedback`` is
    told the id of an answer and the thumb that it was given: up or down.
    """

    assistant: Assistant
    interface: Interface
    why_off: Callable[[], str] = str
    note_feedback: Callable[[str, str], None] = lambda answer, thumb: None

    async def ask(self, question: str) -> str:
        """Ask a question on the United Nations Convention against Cybercrime.

        Args:
            question: the question, in everyday words.

        Returns:
            The answer as Markdown; each sentence that states the law ends in its provision.
        """
        steps = [step async for step in self._steps(question, ())]
        return steps[-1].text if steps else self._why_not()

    async def tell(self, question: str, messages: list[Message]) -> AsyncIterator[Shown]:
        """What the page shows from a question on: it, the growing answer, and the whole of it."""
        if not question.strip():
            yield _NOT_ASKED
            return
        before = _without_paused(messages)
        asked = [*before, _message("user", question_bubble(question))]
        answer_id = uuid4().hex
        correlation_id.set(answer_id)
        yield ("", asked, gr.skip(), *_buttons(answering=True))
        answer = None
        async for step in self._steps(question, _questions_in(before)):
            if isinstance(step, Answer):
                answer = step
                continue
            grown = _answered(draft_bubble(step), answer_id)
            yield (gr.skip(), [*asked, grown], gr.skip(), *_untouched())
        yield self._told(asked, answer, answer_id)

    async def tell_chosen(
        self, messages: list[Message], event: gr.SelectData
    ) -> AsyncIterator[Shown]:
        """The same for an example or a suggestion that was chosen."""
        chosen = event.value
        question = chosen["text"] if isinstance(chosen, dict) else str(chosen)
        async for shown in self.tell(question, messages):
            yield shown

    async def retry(self, messages: list[Message], event: gr.RetryData) -> AsyncIterator[Shown]:
        """The same for the last question, asked again."""
        place = _place(event.index)
        async for shown in self.tell(as_asked(_text_of(messages[place])), messages[:place]):
            yield shown

    def stop(self, question: str, messages: list[Message]) -> Shown:
        """What is shown of an answer that was stopped; its question goes back into the box."""
        asked = [place for place, message in enumerate(messages) if message["role"] == "user"]
        if not asked:
            return ("", messages, gr.skip(), *_buttons(answering=False))
        so_far = "".join(_text_of(message) for message in messages[asked[-1] + 1 :])
        told = _answered(note_bubble("stopped", self.interface, so_far=so_far), _PAUSED)
        back = question.strip() or as_asked(_text_of(messages[asked[-1]]))
        return (back, [*messages[: asked[-1] + 1], told], gr.skip(), *_buttons(answering=False))

    def reopen(self, kept: str) -> Shown:
        """A conversation that a browser has kept; nothing happens for one that is unreadable."""
        try:
            turns = read_turns(kept or "")
        except BadInput:
            return _NOT_ASKED
        messages = [message for turn in turns for message in self._messages_of(turn)]
        return ("", messages, gr.skip(), *_buttons(answering=False))

    def rate(self, messages: list[Message], event: gr.LikeData) -> None:
        """Note the thumb that somebody gave to an answer; one that was taken back is not noted."""
        answer_id = _id_of(messages[_place(event.index)])
        if answer_id and answer_id != _PAUSED and isinstance(event.liked, bool):
            self.note_feedback(answer_id, "up" if event.liked else "down")

    async def _steps(self, question: str, history: Sequence[str]) -> AsyncIterator[Draft | Answer]:
        """Drafts, and last the answer; it is missing where the question could not be answered."""
        if self.why_off():
            return
        steps = self.assistant.stream(question, history)
        try:
            while (step := await asyncio.to_thread(next, steps, None)) is not None:
                yield step
        except Exception:
            _log.exception("a question could not be answered")

    def _told(self, asked: list[Message], answer: Answer | None, answer_id: str) -> Shown:
        """The end of a question: the answer, and what the browser is given to keep of it."""
        buttons = _buttons(answering=False)
        if answer is None:
            why_not = note_bubble("unavailable", self.interface, self._why_not())
            return (gr.skip(), [*asked, _answered(why_not, _PAUSED)], gr.skip(), *buttons)
        turn = turn_of(answer, answer_id, datetime.now(UTC))
        place = sum(message["role"] == "user" for message in asked) - 1
        kept = {"place": place, "turn": turn.model_dump(mode="json", exclude_none=True)}
        return (
            gr.skip(),
            [*asked, self._answer(answer, answer_id)],
            json.dumps(kept),
            *buttons,
        )

    def _messages_of(self, turn: Turn) -> list[Message]:
        answer = answer_of(turn, self.assistant.knowledge)
        question = _message("user", question_bubble(turn.question))
        return [question, self._answer(answer, turn.id)]

    def _answer(self, answer: Answer, answer_id: str) -> Message:
        """The message of an answer, with the questions that may come next."""
        told = _answered(answer_bubble(answer, self.interface), answer_id)
        following = choices_in(answer) or answer.suggestions
        return told | {"options": [{"value": question} for question in following]}

    def _why_not(self) -> str:
        """What stands in the place of an answer that is missing."""
        return self.why_off() or fixed_text("unavailable")


def _answered(text: str, answer_id: str) -> Message:
    return _message("assistant", text) | {"metadata": {"id": answer_id}}


def _message(role: str, content: str) -> Message:
    return {"role": role, "content": content}


def _buttons(*, answering: bool) -> Shown:
    """The buttons to ask and to stop: one of them is there."""
    return (gr.update(visible=not answering), gr.update(visible=answering))


def _untouched() -> Shown:
    return (gr.skip(), gr.skip())


def _place(index: int | Sequence[int]) -> int:
    return index if isinstance(index, int) else index[0]


def _id_of(message: Message) -> str:
    return str((message.get("metadata") or {}).get("id") or "")


def _without_paused(messages: list[Message]) -> list[Message]:
    """The conversation without a last question that has no answer: it is asked again, or not."""
    if messages and _id_of(messages[-1]) == _PAUSED:
        return messages[:-2]
    return messages


def _questions_in(messages: Sequence[Message]) -> tuple[str, ...]:
    """The questions of a conversation, oldest first; the last few of them."""
    bubbles = [_text_of(message) for message in messages if message["role"] == "user"]
    return tuple(as_asked(bubble) for bubble in bubbles[-_REMEMBERED:])


def _text_of(message: Message) -> str:
    content = message["content"]
    if isinstance(content, str):
        return content
    return "\n".join(part["text"] for part in content if part.get("type") == "text")
