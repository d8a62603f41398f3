"""An assistant whose answers somebody hears of, at whichever edge they were asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from assistant.answer import Answer, Draft
from assistant.assistant import Assistant
from assistant.stages import Stage

__all__ = ["HeardAssistant"]


class HeardAssistant(Assistant):
    """Answers as another assistant does, and tells ``hear`` each whole answer."""

    def __init__(self, assistant: Assistant, hear: Callable[[Answer], None]) -> None:
        super().__init__(
            assistant.knowledge, assistant.retriever, assistant.chain, assistant.failures
        )
        self._hear = hear

    def ask(self, question: str, history: Sequence[str] = (), *, language: str = "en") -> Answer:
        """The answer, as ``Assistant.ask`` gives it."""
        answer = super().ask(question, history, language=language)
        self._hear(answer)
        return answer

    def stream(
        self,
        question: str,
        history: Sequence[str] = (),
        *,
        language: str = "en",
        tell: Callable[[Stage], None] | None = None,
    ) -> Iterator[Draft | Answer]:
        """The steps of the answer, as ``Assistant.stream`` gives them."""
        for step in super().stream(question, history, language=language, tell=tell):
            if isinstance(step, Answer):
                self._hear(step)
            yield step
