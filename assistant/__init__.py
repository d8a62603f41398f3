"""From a question to an answer with citations.

``Assistant`` is imported when it is first asked for: with it come the libraries of the encoder,
and reading the register of obligations needs none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.answer import Answer, Citation, Outcome

if TYPE_CHECKING:
    from assistant.assistant import Assistant

__all__ = ["Answer", "Assistant", "Citation", "Outcome"]


def __getattr__(name: str) -> object:
    if name == "Assistant":
        from assistant.assistant import Assistant

        return Assistant
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
