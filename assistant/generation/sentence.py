"""One sentence that a language model wrote, and what the check finds of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

__all__ = ["Check", "Fault", "Sentence", "Verdict"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without its marks, and the ids of the provisions that it cites, in order."""

    text: str
    ids: tuple[str, ...]


class Fault(StrEnum):
    """Why a sentence is not supported by what it cites."""

    UNCITED = "it cites nothing"
    NUMBER = "a number or time limit that the provision does not have"
    REFERENCE = "an article that the provision neither is nor names"
    QUOTE = "quoted words that are not in the provision"
    LEVEL = "must, may or must not in another way than the provision"
    ACTOR = "someone else than the provision names"
    NEGATION = "the contrary of what the provision says"
    ADDITION = "something that the provision does not say"
    OMISSION = "a crime without the intent and the lack of right that make it one"
    MEANING = "another subject than the provision"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check finds of one sentence: no fault means that it is supported."""

    faults: tuple[Fault, ...] = ()

    @property
    def supported(self) -> bool:
        """Whether the cited provisions hold what the sentence says."""
        return not self.faults


class Check(Protocol):
    """Holds sentences against the provisions that they cite."""

    def verdicts(self, sentences: Sequence[Sentence]) -> list[Verdict]:
        """A verdict for each sentence, in order."""
        ...
