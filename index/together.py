"""Encodes the questions that wait at one moment in one step: many cost less together than alone.

There is no thread and no pause: whoever finds a turn free takes it at once, with all that waits,
and hands it on to the first of those who came meanwhile. A question that comes alone is encoded as
if there were nothing here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Event, Lock

import numpy as np
from numpy.typing import NDArray

__all__ = ["MOST", "MOST_CHARACTERS", "Together"]

Vectors = NDArray[np.float32]

MOST = 16
"""Texts encoded in one step; larger steps gain nothing, and each waits for all of its step."""

MOST_CHARACTERS = 3200
"""Texts in a step times the length of the longest, to which all are padded; one alone may have
more."""


@dataclass(slots=True, eq=False)
class _Asked:
    """A text that somebody waits for; woken when it is done, or when it ``leads`` the next step."""

    text: str
    leads: bool = False
    woken: Event = field(default_factory=Event)
    vector: Vectors | None = None
    error: Exception | None = None

    @property
    def is_done(self) -> bool:
        return self.vector is not None or self.error is not None


class Together:
    """The vectors of single texts for many threads at once, over ``encode``, which takes several.

    At most ``turns`` threads are in ``encode`` at the same time.

    A vector differs from that of the text encoded alone by no more than the last digits of its
    numbers. An error of ``encode`` is raised for the text that causes it, and for no other.
    """

    def __init__(self, encode: Callable[[Sequence[str]], Vectors], turns: int = 1) -> None:
        self._encode = encode
        self._lock = Lock()
        self._waiting: deque[_Asked] = deque()
        self._free = turns  # while one is, nobody waits

    def __len__(self) -> int:
        """How many texts wait for their turn."""
        return len(self._waiting)

    def vector(self, text: str) -> Vectors:
        """The vector of a text, of shape (dimension,); waits while others have every turn."""
        asked = _Asked(text)
        if not self._takes_a_turn(asked):
            self._wait(asked)
        if asked.leads:
            self._use_the_turn(asked)
        if asked.error:
            raise asked.error
        assert asked.vector is not None
        return asked.vector

    def _takes_a_turn(self, asked: _Asked) -> bool:
        with self._lock:
            asked.leads = self._free > 0
            if asked.leads:
                self._free -= 1
            else:
                self._waiting.append(asked)
        return asked.leads

    def _wait(self, asked: _Asked) -> None:
        """Until the text is done or has a turn; an interrupt takes it out of the queue."""
        try:
            asked.woken.wait()
        except BaseException:
            with self._lock:
                if asked in self._waiting:
                    self._waiting.remove(asked)
            if asked.leads:
                self._hand_on(())
            raise

    def _use_the_turn(self, asked: _Asked) -> None:
        """Encode a text, with what waits; then hand the turn on."""
        step = self._step_of(asked)
        try:
            self._fill(step)
        finally:
            self._hand_on(step)

    def _step_of(self, asked: _Asked) -> list[_Asked]:
        step, longest = [asked], len(asked.text)
        with self._lock:
            while self._waiting and len(step) < MOST:
                longest = max(longest, len(self._waiting[0].text))
                if longest * (len(step) + 1) > MOST_CHARACTERS:
                    break
                step.append(self._waiting.popleft())
        return step

    def _fill(self, step: Sequence[_Asked]) -> None:
        try:
            vectors = self._encode([asked.text for asked in step])
        except Exception as error:
            self._fill_one_by_one(step, error)
        else:
            for asked, vector in zip(step, vectors, strict=True):
                asked.vector = vector

    def _fill_one_by_one(self, step: Sequence[_Asked], error: Exception) -> None:
        """After an error: each text by itself, so that the error reaches the one who caused it."""
        if len(step) == 1:
            step[0].error = error
            return
        for asked in step:
            self._fill([asked])

    def _hand_on(self, step: Sequence[_Asked]) -> None:
        """Wake those who are done, and the one who has the next turn.

        Where the turn was broken off (an interrupt), the others of its step wait on in front.
        """
        with self._lock:
            self._waiting.extendleft(a for a in reversed(step[1:]) if not a.is_done)
            heir = self._waiting.popleft() if self._waiting else None
            if heir:
                heir.leads = True
                heir.woken.set()
            else:
                self._free += 1
        for asked in step:
            if asked.is_done:
                asked.woken.set()
