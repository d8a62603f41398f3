"""Where messages wait and are worked off: in order within a conversation, several of them at once.

What is known of a conversation is kept in memory, bounded and for a day: an agent bot's token may
not read earlier messages from Chatwoot.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from cachetools import TTLCache

from assistant.answer import Answer
from assistant.bots.chatwoot import Chatwoot
from assistant.bots.events import Conversation, Message
from assistant.bots.reactions import (
    Reaction,
    Standing,
    after_answer,
    after_failure,
    for_person,
)
from assistant.bots.wishes import asks_for_person
from index.errors import HelpdeskFailure

__all__ = ["Ask", "Desk", "Taken"]

_log = logging.getLogger(__name__)

Ask = Callable[[str, Sequence[str]], Awaitable[Answer]]
"""Answers a question with the earlier ones; links in the answer lead to the outside."""

Result = TypeVar("Result")

_DAY = 24 * 60 * 60.0
_CONVERSATIONS = 5_000
_MESSAGES = 20_000


class Taken(StrEnum):
    """What became of a message at the door."""

    ACCEPTED = "accepted"
    REPEATED = "repeated"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class _Job:
    message: Message
    ask: Ask


class Desk:
    """Takes messages in at once and answers them by and by.

    ``lines`` conversations are worked on at a time; in each line ``waiting`` messages may wait.
    """

    def __init__(self, chatwoot: Chatwoot, *, lines: int = 8, waiting: int = 50) -> None:
        self._chatwoot = chatwoot
        self._lines = [asyncio.Queue[_Job](waiting) for _ in range(lines)]
        self._seen: TTLCache[tuple[int, int], None] = TTLCache(_MESSAGES, _DAY)
        self._standing: TTLCache[Conversation, Standing] = TTLCache(_CONVERSATIONS, _DAY)
        self._handed_over: TTLCache[Conversation, int] = TTLCache(_CONVERSATIONS, _DAY)

    def take(self, message: Message, ask: Ask) -> Taken:
        """Put a message in its line, unless it has been there before or the line is full."""
        key = (message.conversation.account, message.id)
        if key in self._seen:
            return Taken.REPEATED
        line = self._lines[hash(message.conversation) % len(self._lines)]
        try:
            line.put_nowait(_Job(message, ask))
        except asyncio.QueueFull:
            return Taken.FULL
        self._seen[key] = None
        return Taken.ACCEPTED

    @asynccontextmanager
    async def open(self, seconds_to_finish: float = 5.0) -> AsyncIterator[None]:
        """Work while the context lasts; what waits at its end is still worked off, in that time."""
        working = [asyncio.create_task(self._work(line)) for line in self._lines]
        try:
            yield
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds_to_finish):
                    await asyncio.gather(*(line.join() for line in self._lines))
        finally:
            for task in working:
                task.cancel()
            await asyncio.gather(*working, return_exceptions=True)

    async def _work(self, line: asyncio.Queue[_Job]) -> None:
        while True:
            job = await line.get()
            try:
                await self._serve(job)
            except Exception:
                _log.exception("a message in %s was not answered", _place(job))
            finally:
                line.task_done()

    async def _serve(self, job: _Job) -> None:
        conversation = job.message.conversation
        if job.message.id < self._handed_over.get(conversation, 0):
            return  # it was written before a person took over, who reads it
        reaction = await self._reaction(job)
        self._standing[conversation] = reaction.standing
        await self._act(job, reaction)

    async def _reaction(self, job: _Job) -> Reaction:
        text = job.message.text
        if asks_for_person(text):
            return for_person(text)
        standing = self._standing.get(job.message.conversation, Standing())
        try:
            return after_answer(text, await job.ask(text, standing.earlier), standing)
        except Exception:
            _log.exception("a message in %s could not be worked on", _place(job))
            return after_failure(text)

    async def _act(self, job: _Job, reaction: Reaction) -> None:
        """Say it; where a person takes over, that is tried whatever became of the words.

        Ids rise, and the note is left once the conversation is open: what has a smaller id came
        while the bot was in charge, however late it is delivered.
        """
        conversation = job.message.conversation
        said = await _done(self._chatwoot.reply(conversation, reaction.reply), job)
        if said is not None and reaction.note is None:
            return
        await _done(self._chatwoot.hand_over(conversation), job)
        noted = None
        if reaction.note is not None:
            noted = await _done(self._chatwoot.note(conversation, reaction.note), job)
        self._handed_over[conversation] = noted or said or job.message.id + 1


async def _done(step: Awaitable[Result], job: _Job) -> Result | None:
    """What a step gave; None where Chatwoot did not take it, of which the log has no words."""
    try:
        return await step
    except HelpdeskFailure as failure:
        _log.error("%s: %s", _place(job), failure)
        return None


def _place(job: _Job) -> str:
    conversation = job.message.conversation
    return f"conversation {conversation.number} of account {conversation.account}"
