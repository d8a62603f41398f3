"""Whether the words of a text reach a question at all, where nothing has been learnt about it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from assistant.lexical import tokens_of
from assistant.retriever import Ranked

__all__ = ["Reach"]

NEAR = 0.35
"""Cosine that the nearest passage has to have."""

NEARER = 0.5
"""The same where the text hardly has the words of the question."""

KNOWN = 0.2
"""Share of a question's words below which the text hardly has them. All three are measured on the
tuning half of ``tests/questions/treaties``: see ``ARCHITECTURE.md``."""


class Reach:
    """Knows how common each word is among the provisions of a text."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._size = len(texts)
        self._counts = Counter(token for text in texts for token in set(tokens_of(text)))

    def reaches(self, question: str, ranked: Sequence[Ranked]) -> bool:
        """Whether what was found is near enough to the question to answer from it."""
        nearest = max((entry.dense for entry in ranked if entry.best), default=0.0)
        return nearest >= (NEAR if self.known(question) >= KNOWN else NEARER)

    def known(self, question: str) -> float:
        """Share of a question's words that the text has, from 0 to 1; a rare word weighs more."""
        weights = {token: self._weight(token) for token in tokens_of(question)}
        total = sum(weights.values())
        found = sum(weight for token, weight in weights.items() if self._counts[token])
        return found / total if total else 0.0

    def _weight(self, token: str) -> float:
        return math.log((self._size + 1) / (self._counts[token] + 0.5))
