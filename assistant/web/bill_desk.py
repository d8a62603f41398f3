"""Reads bills one at a time on a thread of its own, so that the chat goes on beside it.

A few may wait in line; each can be given up at any time. Nothing of a bill is kept or logged.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from assistant.gap import Duty, DutyVectors, Report, duties_of, find, kept_duty_vectors, read_bill
from assistant.knowledge import Knowledge
from assistant.obligations import Register
from index.encoder import Encoder
from index.errors import Busy, ConventionError, ServingError
from prompts import fixed_text

__all__ = ["PLACES", "BillDesk", "Given", "Progress", "Stage", "Step"]

PLACES = 4
"""Bills that may be sent, wait or be read at the same time."""

_GIVE_WAY = 0.01
"""Seconds that a question in the chat gets to take the encoder, after each batch of a bill."""

_log = logging.getLogger(__name__)


class _GivenUp(Exception):
    """Nobody waits for the reading any more."""


class Stage(StrEnum):
    """What is being done with a bill."""

    WAITING = "waiting"
    READING = "reading"
    PREPARING = "preparing"
    COMPARING = "comparing"
    WRITING = "writing"


@dataclass(frozen=True, slots=True)
class Step:
    """How far a reading has come: what is being done, and the part of it, from 0 to 1."""

    stage: Stage
    done: float = 0.0


class Progress:
    """How far a reading has come, told by the thread that reads, looked at by others."""

    def __init__(self) -> None:
        self.step = Step(Stage.WAITING)
        self._given_up = threading.Event()

    def give_up(self) -> None:
        """Stop as soon as it can be stopped."""
        self._given_up.set()

    def tell(self, stage: Stage, done: float = 0.0) -> None:
        """Take note of a step; raises where nobody waits any more."""
        if self._given_up.is_set():
            raise _GivenUp
        self.step = Step(stage, done)


@dataclass(frozen=True, slots=True)
class Given:
    """A bill that was given to be read. ``future`` has what is made of its reading."""

    progress: Progress
    future: Future[object]

    def give_up(self) -> None:
        """Stop as soon as it can be stopped."""
        self.progress.give_up()
        self.future.cancel()

    def outcome(self) -> object:
        """What was made of the reading; None where it was given up.

        Raises the ``ConventionError`` that says why it could not be read.
        """
        if not self.future.done() or self.future.cancelled():
            return None
        error = self.future.exception()
        if isinstance(error, ConventionError):
            raise error
        return None if error else self.future.result()


class BillDesk:
    """Reads bills against the register, one after the other."""

    def __init__(
        self, knowledge: Knowledge, register: Register, encoder: Encoder, data: Path
    ) -> None:
        self._knowledge, self._register = knowledge, register
        self._encoder, self._data = encoder, data
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="bill")
        self._taken = 0
        self._count = threading.Lock()

    @cached_property
    def _every(self) -> tuple[Duty, ...]:
        return duties_of(self._register, self._knowledge)

    @cached_property
    def _vectors(self) -> DutyVectors:
        return kept_duty_vectors(self._data, self._every, self._encoder)

    def take_place(self) -> None:
        """Take one of the places; raises ``Busy`` where none is free."""
        with self._count:
            if self._taken >= PLACES:
                raise Busy(fixed_text("gap/busy"))
            self._taken += 1

    def leave_place(self) -> None:
        """Give a place back."""
        with self._count:
            self._taken -= 1

    def give(
        self, data: bytes, name: str, chapter: int | None, make: Callable[[Report], object]
    ) -> Given:
        """Put a bill in line; ``make`` is called with its reading, on the thread that read it.

        The place that was taken is given back when the work has ended.
        """
        progress = Progress()
        future = self._worker.submit(self._read, progress, data, name, chapter, make)
        future.add_done_callback(lambda ended: self.leave_place())
        return Given(progress, future)

    def _read(
        self,
        progress: Progress,
        data: bytes,
        name: str,
        chapter: int | None,
        make: Callable[[Report], object],
    ) -> object:
        try:
            report = self._report(progress, data, name, chapter)
            progress.tell(Stage.WRITING, 1.0)
            return make(report)
        except (ConventionError, _GivenUp):
            raise
        except Exception as error:
            _log.error("Reading a bill failed: %s.", type(error).__name__)
            raise ServingError(fixed_text("gap/failed")) from None

    def _report(self, progress: Progress, data: bytes, name: str, chapter: int | None) -> Report:
        progress.tell(Stage.READING)
        bill = read_bill(data, name=name)
        progress.tell(Stage.PREPARING)
        vectors = self._vectors
        progress.tell(Stage.COMPARING)
        wanted = [duty for duty in self._every if chapter in (None, duty.chapter)]

        def compared(done: float) -> None:
            progress.tell(Stage.COMPARING, done)
            time.sleep(_GIVE_WAY)

        reading = find(
            bill, wanted, self._encoder, among=self._every, vectors=vectors, progress=compared
        )
        return Report(reading, self._register.edition, date.today())
