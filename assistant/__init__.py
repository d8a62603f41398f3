"""From a question to an answer with citations.

Each name is imported when it is first asked for: with ``Assistant`` come the libraries of the
encoder, and neither the register of obligations nor the help of the commands needs them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.answer import Answer, Citation, Outcome
    from assistant.assistant import Assistant

__all__ = ["Answer", "Assistant", "Citation", "Outcome"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = "assistant.assistant" if name == "Assistant" else "assistant.answer"
    return getattr(import_module(module), name)
