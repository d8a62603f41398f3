"""An assistant that takes its time, for tests of what can be done meanwhile."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import Any

from assistant.answer import Answer, Draft

__all__ = ["SlowAssistant"]

_STEP = 0.25


class SlowAssistant:
    """A real assistant whose answers come in drafts, one a quarter of a second."""

    def __init__(self, assistant: Any, drafts: int = 40) -> None:
        self._assistant, self._drafts = assistant, drafts

    def __getattr__(self, name: str) -> Any:
        return getattr(self._assistant, name)

    def stream(self, question: str, history: Sequence[str] = (), **given: Any) -> Iterator[Any]:
        """Drafts that grow sentence by sentence, then the answer of the real one."""
        last: Answer = [*self._assistant.stream(question, history, **given)][-1]
        for number in range(1, self._drafts + 1):
            time.sleep(_STEP)
            yield Draft("\n\n".join(f"This is sentence {n} of a draft." for n in range(number)))
        yield last
