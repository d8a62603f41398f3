"""Words that a sentence has beyond its provision: how much they tell, added up."""

from __future__ import annotations

from assistant.generation.claim import Claim, Weight
from assistant.generation.ground import Ground
from assistant.generation.plain_words import GRAVE, PLAIN

__all__ = ["adds_words", "news_of"]

MOST = 0.8
"""Weight of new words from which on a sentence says something that the provision does not."""

LEAST, PLAIN_WEIGHT, EVERYDAY = 0.25, 0.12, 0.3
"""Weight of a new word at least; of a word of plain talk; share left to an everyday word for it."""


SHARED, ENDING = 5, 3
"""Letters that two stems of one word share at least, and have beyond that at most."""


def adds_words(claim: Claim, ground: Ground, weight: Weight) -> bool:
    """Whether the words that the ground has not weigh more than a plain retelling needs."""
    return sum(news_of(claim, ground, weight).values()) > MOST


def news_of(claim: Claim, ground: Ground, weight: Weight) -> dict[str, float]:
    """Each stem that the ground has not, with its weight.

    A word that people use when they ask for the provision weighs less; one that would change what
    the law is (a penalty, a secret, a third kind of data) always weighs 1.
    """
    stems = dict.fromkeys(m for m in claim.marks if m.isalpha() and m.islower())
    return {m: _weight(m, ground, weight) for m in stems if m not in ground.marks}


def _weight(stem: str, ground: Ground, weight: Weight) -> float:
    if stem == "refus" and {"NOT", "NEEDNOT", "MUSTNOT"} & ground.marks:
        return PLAIN_WEIGHT
    if any(_derive(stem, mark) for mark in ground.marks):
        return PLAIN_WEIGHT
    if stem in GRAVE:
        return 1.0
    if stem in PLAIN:
        return PLAIN_WEIGHT
    everyday = EVERYDAY if stem in ground.words else 1.0
    return max(LEAST, weight(stem)) * everyday / (1 + ground.asked.get(stem, 0) / 2)


def _derive(stem: str, other: str) -> bool:
    """Whether two stems are of one word: disclos and disclosur, fact and factual."""
    differing = (n for n, pair in enumerate(zip(stem, other, strict=False)) if len(set(pair)) > 1)
    shared = next(differing, min(len(stem), len(other)))
    return shared >= SHARED and max(len(stem), len(other)) - shared <= ENDING
