"""Does the work that waits at one moment in one step: many cost less together than alone.

So questions are encoded, and vectors are looked up in the index.

There is no thread and no pause: whoever finds a turn free takes it at once, with all that waits,
and hands it on to the first of those who came meanwhile. What comes alone is done as if there were
nothing here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Generic, TypeVar

__all__ = ["MOST", "MOST_CHARACTERS", "Together"]

Item = TypeVar("Item")
Found = TypeVar("Found")

MOST = 16
"""Items of one step; larger steps gain nothing, and each waits for all of its step."""

MOST_CHARACTERS = 3200
"""Items of a step times the length of the longest, to which all are padded; one alone may have
more."""


def _no_length(item: object) -> int:
    return 0


@dataclass(slots=True, eq=False)
class _Asked(Generic[Item, Found]):
    """What somebody waits for; woken when it is done, or when it ``leads`` the next step."""

    item: Item
    leads: bool = False
    woken: Event = field(default_factory=Event)
    found: Found | None = None
    error: Exception | None = None

    @property
    def is_done(self) -> bool:
        return self.found is not None or self.error is not None


class Together(Generic[Item, Found]):
    """What ``do`` finds for single items, for many threads at once; ``do`` takes several.

    At most ``turns`` threads are in ``do`` at the same time; it gives something for each item, in
    their order. ``length`` tells of an item how long it is, where short ones are padded to the
    longest of their step. An error of ``do`` is raised for the item that causes it, and no other.
    """

    def __init__(
        self,
        do: Callable[[Sequence[Item]], Iterable[Found]],
        turns: int = 1,
        length: Callable[[Item], int] = _no_length,
    ) -> None:
        self._do = do
        self._length = length
        self._lock = Lock()
        self._waiting: deque[_Asked[Item, Found]] = deque()
        self._free = turns  # while one is, nobody waits

    def __len__(self) -> int:
        """How many items wait for their turn."""
        return len(self._waiting)

    def of(self, item: Item) -> Found:
        """What is found for the item; waits while others have every turn."""
        asked: _Asked[Item, Found] = _Asked(item)
        if not self._takes_a_turn(asked):
            self._wait(asked)
        if asked.leads:
            self._use_the_turn(asked)
        if asked.error:
            raise asked.error
        assert asked.found is not None
        return asked.found

    def _takes_a_turn(self, asked: _Asked[Item, Found]) -> bool:
        with self._lock:
            asked.leads = self._free > 0
            if asked.leads:
                self._free -= 1
            else:
                self._waiting.append(asked)
        return asked.leads

    def _wait(self, asked: _Asked[Item, Found]) -> None:
        """Until the item is done or has a turn; an interrupt takes it out of the queue."""
        try:
            asked.woken.wait()
        except BaseException:
            with self._lock:
                if asked in self._waiting:
                    self._waiting.remove(asked)
            if asked.leads:
                self._hand_on(())
            raise

    def _use_the_turn(self, asked: _Asked[Item, Found]) -> None:
        """Do an item, with what waits; then hand the turn on."""
        step = self._step_of(asked)
        try:
            self._fill(step)
        finally:
            self._hand_on(step)

    def _step_of(self, asked: _Asked[Item, Found]) -> list[_Asked[Item, Found]]:
        step, longest = [asked], self._length(asked.item)
        with self._lock:
            while self._waiting and len(step) < MOST:
                longest = max(longest, self._length(self._waiting[0].item))
                if longest * (len(step) + 1) > MOST_CHARACTERS:
                    break
                step.append(self._waiting.popleft())
        return step

    def _fill(self, step: Sequence[_Asked[Item, Found]]) -> None:
        try:
            found = list(self._do([asked.item for asked in step]))
        except Exception as error:
            self._fill_one_by_one(step, error)
        else:
            for asked, one in zip(step, found, strict=True):
                asked.found = one

    def _fill_one_by_one(self, step: Sequence[_Asked[Item, Found]], error: Exception) -> None:
        """After an error: each item by itself, so that the error reaches the one who caused it."""
        if len(step) == 1:
            step[0].error = error
            return
        for asked in step:
            self._fill([asked])

    def _hand_on(self, step: Sequence[_Asked[Item, Found]]) -> None:
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
