"""An assistant whose answers are counted, whichever way they are asked for."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from assistant.answer import Answer, Draft
from assistant.assistant import Assistant
from assistant.stages import Stage
from assistant.web.running.metrics import Metrics
from index.errors import BadInput

__all__ = ["WatchedAssistant"]


class WatchedAssistant(Assistant):
    """Asks ``assistant``, and tells ``metrics`` how each question ended and how long it took.

    Bad input is no error of ours, and is not counted.
    """

    def __init__(self, assistant: Assistant, metrics: Metrics) -> None:
        super().__init__(
            assistant.knowledge, assistant.retriever, assistant.chain, assistant.failures
        )
        self._assistant = assistant
        self._metrics = metrics

    def ask(self, question: str, history: Sequence[str] = (), *, language: str = "en") -> Answer:
        """As ``Assistant.ask``."""
        with self._watching() as tell:
            answer = self._assistant.ask(question, history, language=language)
            tell(answer)
        return answer

    def stream(
        self,
        question: str,
        history: Sequence[str] = (),
        *,
        language: str = "en",
        tell: Callable[[Stage], None] | None = None,
    ) -> Iterator[Draft | Answer]:
        """As ``Assistant.stream``; what nobody waits for to the end counts as nothing."""
        with self._watching() as tell_end:
            for step in self._assistant.stream(question, history, language=language, tell=tell):
                if isinstance(step, Answer):
                    tell_end(step)
                yield step

    @contextmanager
    def _watching(self) -> Iterator[Callable[[Answer], None]]:
        started = time.perf_counter()
        try:
            yield lambda answer: self._metrics.answered(answer, time.perf_counter() - started)
        except BadInput:
            raise
        except Exception as error:
            self._metrics.failed(error)
            raise
