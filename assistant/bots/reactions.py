"""What the bot does with a message: the words it replies, and whether a person takes over. Pure.

An answer, or the correction of something false, stays with the bot. What the Convention has no rule
for is said and handed over. What the bot cannot place it may ask back about once; the second time
in a row a person takes over, as at once for whoever asks for one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.answer import Answer, Outcome
from assistant.question import MAX_CHARACTERS
from assistant.web.bubbles import with_links
from prompts import fixed_text

__all__ = ["MOST_EARLIER", "Reaction", "Standing", "after_answer", "after_failure", "for_person"]

MOST_EARLIER = 10
"""Earlier questions of a conversation that are remembered."""

_NOTED = 500
"""Characters of a question in a note."""

_DONE = (Outcome.ANSWERED, Outcome.CORRECTED)
_ASKED_BACK = (Outcome.CLARIFY, Outcome.OFF_TOPIC)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a conversation has come.

    Attributes:
        earlier: the questions asked in it, oldest first.
        misses: how many of the last messages in a row the bot could not place.
        introduced: whether the bot has said what it is.
    """

    earlier: tuple[str, ...] = ()
    misses: int = 0
    introduced: bool = False


@dataclass(frozen=True, slots=True)
class Reaction:
    """What follows from a message.

    Attributes:
        reply: what the customer reads, in Markdown.
        note: what the person who takes over reads; None where the bot stays in charge.
        standing: how the conversation stands then.
    """

    reply: str
    note: str | None
    standing: Standing


def after_answer(question: str, answer: Answer, standing: Standing) -> Reaction:
    """The reaction to the answer of a question; links in it lead where the citations do.

    A message without words is a question that nothing answers but what to write instead.
    """
    missed = answer.outcome in _ASKED_BACK
    after = replace(
        standing,
        earlier=_with(standing.earlier, question),
        misses=standing.misses + 1 if missed else 0,
        introduced=True,
    )
    if answer.outcome in _DONE:
        return Reaction(_worded(answer, standing), None, after)
    if missed and after.misses < 2:
        text = with_links(answer) if question else fixed_text("bots/only_text")
        return Reaction(_parts(text, fixed_text("bots/or_a_person")), None, after)
    note = _note(question, fixed_text(f"bots/outcomes/{answer.outcome}"))
    said = "" if missed else with_links(answer)
    return Reaction(_parts(said, fixed_text("bots/handed_over")), note, Standing())


def for_person(question: str) -> Reaction:
    """The reaction to a customer who asks for a person."""
    note = _note(question, fixed_text("bots/outcomes/person"))
    return Reaction(fixed_text("bots/person_comes"), note, Standing())


def after_failure(question: str) -> Reaction:
    """The reaction to a fault of ours."""
    note = _note(question, fixed_text(f"bots/outcomes/{Outcome.UNAVAILABLE}"))
    return Reaction(fixed_text("bots/handed_over"), note, Standing())


def _with(earlier: tuple[str, ...], question: str) -> tuple[str, ...]:
    """The questions with one more; one that nobody reads is not kept."""
    kept = bool(question) and len(question) <= MAX_CHARACTERS
    return (*earlier, question)[-MOST_EARLIER:] if kept else earlier


def _worded(answer: Answer, standing: Standing) -> str:
    notice = f"*{answer.notice}*" if answer.notice else ""
    introduction = "" if standing.introduced else fixed_text("bots/introduction")
    return _parts(with_links(answer), notice, introduction)


def _note(question: str, outcome: str) -> str:
    asked = " ".join(question.split())
    shown = f"{asked[:_NOTED]}…" if len(asked) > _NOTED else asked
    return fixed_text("bots/note", question=shown or "-", outcome=outcome)


def _parts(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
