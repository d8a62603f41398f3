"""An answer that grows on a thread, as an event loop can follow it without holding it up.

Nothing piles up where a client reads slowly: a draft that nobody has taken gives way to the next
one, which has all of its text. Where nobody follows any more, the work ends at its next step.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from functools import partial
from threading import Event

from anyio import CapacityLimiter, to_thread

from assistant.answer import Answer, Draft
from assistant.assistant import Assistant
from assistant.stages import Stage

__all__ = ["Answering", "Quiet", "Step"]


class Quiet:
    """Stands for nothing new in a while."""


Step = Stage | Draft | Answer | Quiet | Exception
"""What can be told of an answer on its way; an exception is why it did not come."""


class Answering:
    """Answers on threads of its own, so that many at once do not hold up anything else.

    ``most`` questions are worked on at a time; the others wait their turn.
    """

    def __init__(self, assistant: Assistant, most: int = 32) -> None:
        self._assistant = assistant
        self._turns = CapacityLimiter(most)

    async def answer(self, question: str, history: Sequence[str], language: str | None) -> Answer:
        """The whole answer; raises ``BadSource`` for an unknown language."""
        return await to_thread.run_sync(
            lambda: self._assistant.ask(question, history, language=language), limiter=self._turns
        )

    async def steps(
        self, question: str, history: Sequence[str], language: str | None, quiet: float
    ) -> AsyncIterator[Step]:
        """Stages and drafts as they come, last the answer or an exception.

        ``Quiet`` comes where ``quiet`` seconds have passed without news.
        """
        growing = _Growing(asyncio.get_running_loop())
        work = partial(self._work, growing, question, history, language)
        working = asyncio.ensure_future(to_thread.run_sync(work, limiter=self._turns))
        try:
            while not isinstance(step := await growing.next(quiet), Answer | Exception):
                yield step
            yield step
            await working
        finally:
            growing.leave()

    def _work(
        self, growing: _Growing, question: str, history: Sequence[str], language: str | None
    ) -> None:
        """What the thread does."""
        try:
            growing.check()
            for step in self._assistant.stream(
                question, history, language=language, tell=growing.tell
            ):
                growing.put(step)
        except _Left:
            return
        except Exception as error:
            growing.tell(error)


class _Left(Exception):
    """Nobody follows the answer any more."""


class _Growing:
    """Steps on their way from a thread to an event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._steps: deque[Step] = deque()
        self._come = asyncio.Event()
        self._left = Event()

    def check(self) -> None:
        """Raises ``_Left`` where nobody follows; called on the thread, like the next two."""
        if self._left.is_set():
            raise _Left

    def put(self, step: Step) -> None:
        """Hand a step over; raises ``_Left`` where nobody follows."""
        self.check()
        self.tell(step)

    def tell(self, step: Step) -> None:
        """Hand a step over, whether or not anybody follows."""
        with suppress(RuntimeError):  # the loop has been closed
            self._loop.call_soon_threadsafe(self._take, step)

    def _take(self, step: Step) -> None:
        if isinstance(step, Draft) and self._steps and isinstance(self._steps[-1], Draft):
            self._steps.pop()
        self._steps.append(step)
        self._come.set()

    async def next(self, quiet: float) -> Step:
        """The next step, or ``Quiet`` after so many seconds without one."""
        if not self._steps:
            self._come.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._come.wait(), quiet)
        return self._steps.popleft() if self._steps else Quiet()

    def leave(self) -> None:
        """Nobody follows any more."""
        self._left.set()
