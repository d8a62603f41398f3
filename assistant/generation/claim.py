"""A sentence as the rules of the check look at it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from assistant.generation.duty import Duty, duties_in
from assistant.generation.ground import Ground
from assistant.generation.wording import Marks, marks_of

__all__ = ["Claim", "Rule", "Weight"]

Weight = Callable[[str], float]
"""How much a mark tells, from 0 (it stands everywhere) to 1."""


@dataclass(frozen=True)
class Claim:
    """A sentence of an answer, with its marks."""

    text: str

    @cached_property
    def marks(self) -> Marks:
        """Its marks in order."""
        return marks_of(self.text)

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """What it says that somebody must, may or must not do."""
        return tuple(duties_in(self.marks))


Rule = Callable[[Claim, Ground, Weight], bool]
"""Whether a claim breaks a rule on its ground."""
