"""What a language model is sent: its instructions, and question and sources marked as data. Pure.

The prompts are files in ``prompts/model``, each line with the reason why it is there.
"""

from __future__ import annotations

from collections.abc import Sequence

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage

from assistant.generation.sources import Source
from prompts import fixed_text, prompt_text

__all__ = ["answer_messages", "as_data", "no_answer", "rewrite_messages"]

_TAMED = str.maketrans({"<": "‹", ">": "›", "[": "(", "]": ")"})


def no_answer() -> str:
    """The phrase by which a model says that the sources do not answer."""
    return fixed_text("model/no_answer")


def as_data(text: str) -> str:
    """A text that cannot end the part of a message in which it stands, nor pass for a source.

    Every mark that has a meaning in our messages, or in the templates of models, is replaced.
    """
    return text.translate(_TAMED)


def answer_messages(question: str, sources: Sequence[Source]) -> list[BaseMessage]:
    """The messages that ask for an answer to a question from these sources, after an example."""
    example = prompt_text("example_sources"), prompt_text("example_question")
    return [
        SystemMessage(prompt_text("system", no_answer=no_answer())),
        HumanMessage(_asked(*example)),
        AIMessage(prompt_text("example_answer")),
        HumanMessage(_asked("\n".join(map(_told, sources)), as_data(question))),
    ]


def _asked(sources: str, question: str) -> str:
    return prompt_text("question", sources=sources, question=question)


def _told(source: Source) -> str:
    return prompt_text(
        "source",
        number=source.number,
        label=source.label,
        level=source.level,
        text=as_data(source.text),
    )


def rewrite_messages(question: str, history: Sequence[str], words: int) -> list[BaseMessage]:
    """The messages that ask to make a question stand alone; ``history`` is oldest first."""
    earlier = "\n".join(as_data(asked) for asked in history)
    return [
        SystemMessage(prompt_text("rewrite_system", words=words)),
        HumanMessage(prompt_text("rewrite", earlier=earlier, question=as_data(question))),
    ]
