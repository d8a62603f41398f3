"""What is near in meaning to a query: the assistant's retriever, for the search of the room."""

from __future__ import annotations

from collections.abc import Sequence

from langsmith import tracing_context

from assistant.assistant import Assistant
from assistant.web.reading.search import Find
from index.convention import Provision
from index.errors import IndexUnavailable

__all__ = ["by_meaning"]

_NEAREST = 10


def by_meaning(assistant: Assistant) -> Find:
    """Asks the index of the assistant; nothing is found while it cannot be asked."""
    convention = assistant.knowledge.convention

    def find(query: str) -> Sequence[Provision]:
        try:
            with tracing_context(enabled=False):
                found = assistant.retriever.invoke(query, k=_NEAREST)
        except IndexUnavailable:
            return ()
        return tuple(convention[str(document.id)] for document in found)

    return find
