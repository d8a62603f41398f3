"""Keeps keys and questions out of what is logged, whoever logs it."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator

from assistant.secrets import masked

__all__ = ["Discreet", "keep_quiet"]

_LOGGERS = ("", "uvicorn", "uvicorn.access", "uvicorn.error")
_ACCESS = "uvicorn.access"
_PATH = 2
"""Which of the arguments of a line of the access log is the path with its query."""


def keep_quiet(*, questions: bool) -> None:
    """Make all handlers of this process discreet; ``questions`` are logged where it says so.

    To be called when logging has been set up.
    """
    handlers = [handler for name in _LOGGERS for handler in logging.getLogger(name).handlers]
    last = [logging.lastResort] if logging.lastResort else []
    for handler in [*handlers, *last]:
        for earlier in [one for one in handler.filters if isinstance(one, Discreet)]:
            handler.removeFilter(earlier)
        handler.addFilter(Discreet(questions=questions))


class Discreet(logging.Filter):
    """Masks keys; takes out queries, and what an unexpected error says, where questions may be."""

    def __init__(self, *, questions: bool) -> None:
        super().__init__()
        self._questions = questions

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record; it is always logged."""
        if record.name == _ACCESS and isinstance(record.args, tuple):
            record.args = tuple(self._argument(n, value) for n, value in enumerate(record.args))
        else:
            record.msg, record.args = masked(record.getMessage()), ()
        if record.exc_info and record.exc_info[1]:
            record.exc_text = masked(self._told(record.exc_info[1]))
            record.exc_info = None
        return True

    def _argument(self, number: int, value: object) -> object:
        if not isinstance(value, str):
            return value
        return masked(value if self._questions or number != _PATH else value.partition("?")[0])

    def _told(self, error: BaseException) -> str:
        if self._questions:
            return "".join(traceback.format_exception(error)).rstrip()
        return "".join(_without_words(error)).rstrip()


def _without_words(error: BaseException) -> Iterator[str]:
    """Where an error and those before it arose and what kinds they are, not what they say."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _without_words(before)
        yield "which led to:\n"
    yield from traceback.format_tb(error.__traceback__)
    yield f"{type(error).__name__}\n"
