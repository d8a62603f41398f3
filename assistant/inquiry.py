"""A question on its way to an answer: the value that every step of the chain takes and gives."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from assistant.answer import Outcome
from assistant.extract import Choice
from assistant.retriever import Ranked
from assistant.route import Routing
from assistant.tongue import Tongue

__all__ = ["Found", "Inquiry"]


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question on its way to an answer.

    Attributes:
        question: as it was asked; ``history`` the earlier questions, oldest first; ``language``
            that in which the Convention is to be quoted, "" for that of the question.
        tongue: the language that it is asked in; ``opening`` what is said in it before an answer,
            ``instead`` the English questions that it may have meant as well.
        asked: cleaned and made to stand alone; ``topic`` without the provisions that it names.
        alone: a follow-up by itself, where ``asked`` has been made whole from the history.
        joined: a short question behind the one before it, should it say too little by itself.
        named: ids of the provisions that it names.
        routing, ranked: where the search sent it, and what it found, best first.
        correction: what puts a wrong number right, to stand before the text.
        choice: the provisions that a composed text is drawn from; None for another text.
        text: the answer so far, None while there is none; ``outcome`` how it ends; ``composed``
            whether it was put together from provisions rather than fixed.
        model: the language model whose sentences the text is, None for the provisions' own.
        notice: what became of a model's words, where they do not all stand.
    """

    question: str
    history: tuple[str, ...] = ()
    language: str = ""
    tongue: Tongue = Tongue.ENGLISH
    opening: str = ""
    instead: tuple[str, ...] = ()
    asked: str = ""
    topic: str = ""
    alone: str = ""
    joined: str = ""
    named: tuple[str, ...] = ()
    correction: str = ""
    ranked: tuple[Ranked, ...] = ()
    routing: Routing | None = None
    outcome: Outcome = Outcome.ANSWERED
    text: str | None = None
    composed: bool = False
    choice: Choice | None = None
    model: str | None = None
    notice: str | None = None
    suggestions: tuple[str, ...] = ()

    def opened(self, text: str) -> str:
        """A text behind what is said before an answer, where something is."""
        return f"{self.opening}\n\n{text}" if self.opening else text

    def corrected(self, correction: str) -> Self:
        """The inquiry with what puts it right, and the outcome that goes with it."""
        return replace(self, correction=correction, outcome=Outcome.CORRECTED)


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: the words searched for, mended; their route; provisions, best first."""

    topic: str
    routing: Routing
    ranked: tuple[Ranked, ...]
