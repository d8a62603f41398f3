"""What a browser keeps of a conversation: a turn is a question and what was answered.

It comes back from there when a conversation is opened again or saved. Whoever sends it may have
changed it, so only its shape is believed: a provision is named by its id and looked up again.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.answer import Answer, Citation, Mode, Outcome
from assistant.knowledge import Knowledge
from index.errors import BadInput
from prompts import fixed_text

__all__ = ["Turn", "answer_of", "read_turns", "turn_of"]

_MOST_TURNS = 200
_LONGEST = 20_000
_MOST_CITED = 100


class Turn(BaseModel):
    """A question and its answer, as plain values.

    Attributes:
        id: of the answer, for what is thought of it.
        at: when it was given.
        cited: ids of the provisions, in order of first mention.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str = Field(pattern=r"^[0-9a-f]{32}$")
    at: datetime
    question: str = Field(max_length=_LONGEST)
    outcome: Outcome
    text: str = Field(max_length=_LONGEST)
    cited: tuple[str, ...] = Field(default=(), max_length=_MOST_CITED)
    suggestions: tuple[str, ...] = Field(default=(), max_length=3)
    notice: str | None = Field(default=None, max_length=_LONGEST)


def turn_of(answer: Answer, answer_id: str, at: datetime) -> Turn:
    """The turn that a browser is given to keep."""
    return Turn(
        id=answer_id,
        at=at.replace(microsecond=0),
        question=answer.question[:_LONGEST],
        outcome=answer.outcome,
        text=answer.text[:_LONGEST],
        cited=tuple(citation.id for citation in answer.citations[:_MOST_CITED]),
        suggestions=answer.suggestions,
        notice=answer.notice,
    )


def read_turns(given: str | bytes) -> tuple[Turn, ...]:
    """The turns in a JSON list that a browser sent; raises ``BadInput``."""
    try:
        values: Any = json.loads(given)
        if not isinstance(values, list) or not 0 < len(values) <= _MOST_TURNS:
            raise ValueError("no list of turns")
        return tuple(Turn.model_validate(value) for value in values)
    except (ValueError, ValidationError, RecursionError) as error:
        raise BadInput(fixed_text("unreadable_conversation")) from error


def answer_of(turn: Turn, knowledge: Knowledge) -> Answer:
    """The answer of a turn, its provisions cited anew; unknown ones are left out."""
    return Answer(
        question=turn.question,
        outcome=turn.outcome,
        text=turn.text,
        citations=tuple(_cited(turn, knowledge)),
        suggestions=turn.suggestions,
        mode=Mode.EXTRACTIVE,
        model=None,
        convention=knowledge.stamp(),
        notice=turn.notice,
    )


def _cited(turn: Turn, knowledge: Knowledge) -> list[Citation]:
    convention = knowledge.convention
    return [knowledge.cite(convention[key]) for key in turn.cited if key in convention]
