"""An assistant whose answers somebody hears of, at whichever edge they were asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager

from assistant.answer import Answer, Draft
from assistant.assistant import Assistant
from assistant.stages import Stage

__all__ = ["HeardAssistant", "Hearing"]

Hearing = Callable[[], AbstractContextManager[Callable[[Answer], None]]]
"""Opens a context around one question; what it gives is told the whole answer."""


class HeardAssistant(Assistant):
    """Answers as ``assistant`` does, each question inside a context that ``hearing`` opens.

    What goes wrong passes through the context; an answer that nobody waits for is not told.
    """

    def __init__(self, assistant: Assistant, hearing: Hearing) -> None:
        super().__init__(
            assistant.knowledge, assistant.retriever, assistant.chain, assistant.failures
        )
        self._assistant = assistant
        self._hearing = hearing

    def ask(
        self, question: str, history: Sequence[str] = (), *, language: str | None = None
    ) -> Answer:
        """The answer, as ``Assistant.ask`` gives it."""
        with self._hearing() as hear:
            answer = self._assistant.ask(question, history, language=language)
            hear(answer)
        return answer

    def stream(
        self,
        question: str,
        history: Sequence[str] = (),
        *,
        language: str | None = None,
        tell: Callable[[Stage], None] | None = None,
    ) -> Iterator[Draft | Answer]:
        """The steps of the answer, as ``Assistant.stream`` gives them."""
        with self._hearing() as hear:
            for step in self._assistant.stream(question, history, language=language, tell=tell):
                if isinstance(step, Answer):
                    hear(step)
                yield step
