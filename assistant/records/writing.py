"""Writes into the database behind the answers: on one thread, in order, and never in their way.

What cannot be written is lost, with one line in the log until writing works again.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from queue import Empty, Full, Queue
from threading import Lock, Thread
from typing import Any

from sqlalchemy import Engine, Table, delete, insert

from assistant.records.database import working
from assistant.records.tables import feedback, questions
from index.errors import ConventionError

__all__ = ["Writer"]

Row = Mapping[str, Any]
Entry = tuple[Table, Row]

_MOST_AT_ONCE = 100
_SECONDS_ASLEEP = 3600

_log = logging.getLogger(__name__)


class Writer:
    """Takes rows and writes them soon after; rows older than ``days`` are deleted once a day."""

    def __init__(self, open_engine: Callable[[], Engine], days: int, most: int = 1000) -> None:
        self._open_engine = open_engine
        self._days = days
        self._queue: Queue[Entry | None] = Queue(most)
        self._engine: Engine | None = None
        self._thread: Thread | None = None
        self._starting = Lock()
        self._swept: date | None = None
        self._is_failing = False

    def start(self) -> None:
        """Begin to work, if it has not begun: delete what is too old, then wait for rows."""
        with self._starting:
            if self._thread is None:
                self._thread = Thread(target=self._work, name="records", daemon=True)
                self._thread.start()

    def put(self, table: Table, row: Row) -> None:
        """Take a row; it is lost where too many wait already."""
        self.start()
        try:
            self._queue.put_nowait((table, row))
        except Full:
            self._note("too many wait")

    def close(self, seconds: float = 5) -> None:
        """Write what waits, and end; what takes longer than ``seconds`` is lost."""
        with self._starting:
            thread, self._thread = self._thread, None
        if thread is None:
            return
        try:
            self._queue.put(None, timeout=seconds)
        except Full:
            return
        thread.join(seconds)

    def _work(self) -> None:
        is_open = True
        while is_open:
            self._sweep()
            entries, is_open = self._next()
            if entries:
                self._try(partial(_write, entries=entries))

    def _next(self) -> tuple[list[Entry], bool]:
        """What waits, after a while of nothing; and whether there will be more."""
        try:
            found = [self._queue.get(timeout=_SECONDS_ASLEEP)]
            while len(found) < _MOST_AT_ONCE:
                found.append(self._queue.get_nowait())
        except Empty:
            pass
        return [entry for entry in found if entry], None not in found

    def _sweep(self) -> None:
        today = date.today()
        if self._swept != today:
            self._swept = today
            before = datetime.now(UTC) - timedelta(days=self._days)
            self._try(partial(_forget, before=before))

    def _try(self, step: Callable[[Engine], None]) -> None:
        try:
            self._engine = self._engine or self._open_engine()
            step(self._engine)
            self._is_failing = False
        except ConventionError as error:
            self._note(str(error))
        except Exception as error:  # whatever it is, the next rows may fare better
            self._note(type(error).__name__)

    def _note(self, why: str) -> None:
        if not self._is_failing:
            _log.error("questions and feedback are not kept: %s", why)
        self._is_failing = True


def _write(engine: Engine, entries: Sequence[Entry]) -> None:
    rows: dict[Table, list[Row]] = defaultdict(list)
    for table, row in entries:
        rows[table].append(row)
    with working(engine) as connection:
        for table, of_it in rows.items():
            connection.execute(insert(table), of_it)


def _forget(engine: Engine, before: datetime) -> None:
    with working(engine) as connection:
        for table in (questions, feedback):
            connection.execute(delete(table).where(table.c.at < before))
