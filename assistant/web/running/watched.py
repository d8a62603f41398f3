"""Counts the answers of an assistant, whichever way they are asked for."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from assistant.answer import Answer
from assistant.web.running.metrics import Metrics
from index.errors import BadInput

__all__ = ["watching"]


@contextmanager
def watching(metrics: Metrics) -> Iterator[Callable[[Answer], None]]:
    """Around one question: tells ``metrics`` how it ended and how long it took.

    Bad input is no error of ours, and is not counted.
    """
    started = time.perf_counter()
    try:
        yield lambda answer: metrics.answered(answer, time.perf_counter() - started)
    except BadInput:
        raise
    except Exception as error:
        metrics.failed(error)
        raise
