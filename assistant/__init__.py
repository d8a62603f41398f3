"""From a question to an answer with citations."""

from assistant.answer import Answer, Citation, Outcome
from assistant.assistant import Assistant

__all__ = ["Answer", "Assistant", "Citation", "Outcome"]
