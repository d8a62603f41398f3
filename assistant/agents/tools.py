"""The tools that agents can call: ask, search, provision, obligations; all of them only read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from anyio import to_thread
from pydantic import BaseModel

from assistant.agents.shapes import (
    ObligationsAsked,
    ObligationsBody,
    ProvisionAsked,
    SearchAsked,
)
from assistant.assistant import Assistant
from assistant.obligations import Filters, Obligation, Register
from assistant.references import find_references
from assistant.web.api.growing import Answering
from assistant.web.api.provisions import ProvisionTeller
from assistant.web.api.search import found_values
from assistant.web.api.shapes import (
    AnswerBody,
    AskBody,
    ProvisionBody,
    SearchBody,
    language_to_quote,
)
from index.convention import Convention, Provision
from index.languages import language_named
from prompts import fixed_text

__all__ = ["Tool", "agent_tools"]

_ROW = (
    "id", "label", "title", "level", "actor", "measure", "legislate", "text", "when",
    "conditions", "numbers", "notify", "offences", "refers_to", "url",
)  # fmt: skip
"""What an agent is told of a row; ``provision`` tells the rest."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool: its name and title, what it takes and gives, and what it does.

    ``run`` gets a value of ``takes`` and returns plain values that fit ``gives``; it raises a
    ``ConventionError`` with a sentence for the agent.
    """

    name: str
    title: str
    takes: type[BaseModel]
    gives: type[BaseModel]
    run: Callable[[Any], Awaitable[dict[str, Any]]]

    @property
    def description(self) -> str:
        """What it is for, and what its figures mean."""
        return fixed_text(f"agents/{self.name}")


def agent_tools(assistant: Assistant, register: Register) -> tuple[Tool, ...]:
    """The tools over an assistant and the register of obligations."""
    does = _Does(
        assistant, Answering(assistant), register, ProvisionTeller(assistant.knowledge, register)
    )
    return (
        Tool("ask", "Ask a question", AskBody, AnswerBody, does.ask),
        Tool("search", "Search the provisions", SearchAsked, SearchBody, does.search),
        Tool("provision", "Read a provision", ProvisionAsked, ProvisionBody, does.provision),
        Tool(
            "obligations",
            "List obligations",
            ObligationsAsked,
            ObligationsBody,
            does.obligations,
        ),
    )


@dataclass(frozen=True)
class _Does:
    assistant: Assistant
    answering: Answering
    register: Register
    teller: ProvisionTeller

    async def ask(self, asked: AskBody) -> dict[str, Any]:
        answer = await self.answering.answer(
            asked.question, asked.history, language_to_quote(asked)
        )
        return answer.as_json()

    async def search(self, asked: SearchAsked) -> dict[str, Any]:
        return await to_thread.run_sync(found_values, self.assistant, asked.query, asked.k)

    async def provision(self, asked: ProvisionAsked) -> dict[str, Any]:
        language_named(asked.language)
        provision = _named(asked.id, self.assistant.knowledge.convention)
        return self.teller.whole(provision, asked.language)

    async def obligations(self, asked: ObligationsAsked) -> dict[str, Any]:
        return await to_thread.run_sync(_obligations, self.register, asked)


def _named(name: str, convention: Convention) -> Provision:
    """The provision of that id, or that is cited so; raises ``UnknownProvision``."""
    if name in convention:
        return convention[name]
    cited = find_references(name) or find_references(f"article {name}")
    return convention[cited[0].id if cited else name]


def _obligations(register: Register, asked: ObligationsAsked) -> dict[str, Any]:
    filters = Filters(
        asked.level, asked.chapter, asked.actor, asked.measure, asked.offence, asked.words
    )
    rows = register.filtered(filters).rows
    return {
        "total": len(rows),
        "offset": asked.offset,
        "levels": dict(Counter(str(row.level) for row in rows)),
        "disclaimer": fixed_text("register_disclaimer"),
        "obligations": [
            _row(row) for row in islice(rows, asked.offset, asked.offset + asked.limit)
        ],
    }


def _row(row: Obligation) -> dict[str, Any]:
    values = row.as_json()
    return {name: values[name] for name in _ROW}
