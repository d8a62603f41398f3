"""Has a language model make a follow-up question stand alone; what it adds is refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace

from assistant.generation.failing import DEAD
from assistant.generation.prompting import rewrite_messages
from assistant.generation.provider import Provider
from assistant.generation.writer import instead
from assistant.inquiry import Inquiry
from assistant.question import clean, refusal_of
from assistant.tongue import Tongue, tongue_of
from assistant.verify import numbers_in
from index.encoder import Encoder
from index.errors import ModelFailure

__all__ = ["Rewrite"]

REMEMBERED = 5
MOST_WORDS = 40
NEAR = 0.6
"""Cosine with our own completion of the question from which a rewriting means the same. Of eight
good rewritings the farthest had 0.68; of sixteen other questions on the field one had more than
this (0.70)."""


class Rewrite:
    """Makes a follow-up stand alone in the model's words, or leaves our own completion."""

    def __init__(self, provider: Provider, encoder: Encoder) -> None:
        self._provider = provider
        self._encoder = encoder

    def __call__(self, inquiry: Inquiry) -> Inquiry:
        """The inquiry with the question rewritten; with a notice where the provider is down."""
        if inquiry.text is not None or not inquiry.alone:
            return inquiry
        try:
            rewritten = self._rewritten(inquiry.alone, inquiry.history[-REMEMBERED:])
        except ModelFailure as error:
            self._provider.failures.count(error)
            return replace(inquiry, notice=instead(str(error))) if error.cause in DEAD else inquiry
        if not self._is_faithful(rewritten, inquiry):
            return inquiry
        return replace(inquiry, asked=rewritten, topic=rewritten, alone="")

    def _rewritten(self, question: str, history: Sequence[str]) -> str:
        messages = rewrite_messages(question, history, MOST_WORDS)
        with closing(self._provider.stream(messages)) as pieces:
            return clean("".join(pieces)).strip("\"'“” ")

    def _is_faithful(self, rewritten: str, inquiry: Inquiry) -> bool:
        """Whether a rewriting asks what was asked: nothing new, not long, and near in meaning."""
        if refusal_of(rewritten) or len(rewritten.split()) > MOST_WORDS:
            return False
        if tongue_of(rewritten) is not Tongue.ENGLISH:
            return False
        if _figures(rewritten) - _figures(" ".join([*inquiry.history, inquiry.alone])):
            return False
        one, other = self._encoder.encode([rewritten, inquiry.asked])
        return float(one @ other) >= NEAR


def _figures(text: str) -> set[str]:
    """Every number in a text, those of articles and number words included."""
    return {*re.findall(r"\d+", text), *map(str, numbers_in(text))}
