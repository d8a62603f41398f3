"""Holds sentences against the provisions that they cite, by rules that can be read one by one.

The rules are strict: a wrong sentence let out is worse than a right one left out.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property


from assistant.generation.actors import names_others
from assistant.generation.claim import Claim, Rule, Weight
from assistant.generation.conditions import adds_condition
from assistant.generation.expressions import PARTIES
from assistant.generation.figures import unknown_figures
from assistant.generation.ground import Ground, ground_of, together
from assistant.generation.levels import misstates_level
from assistant.generation.named import names_elsewhere
from assistant.generation.novelty import adds_words
from assistant.generation.opposites import says_the_contrary
from assistant.generation.quoted import quotes_in, stands_in
from assistant.generation.sentence import Fault, Sentence, Verdict
from assistant.generation.wording import stems_of
from assistant.knowledge import Knowledge
from index.encoder import Encoder, Vectors

__all__ = ["RULES", "SentenceCheck"]

NEAR = 0.55
"""Likeness in meaning (with half the share of words in common) that a sentence has to reach."""

PARTY_WEIGHT = 0.3


def _has_unknown_figure(claim: Claim, ground: Ground, weight: Weight) -> bool:
    unknown = unknown_figures(claim.text, ground.text)
    return any(figure.unit or figure.value not in {1, *ground.counts} for figure in unknown)


def _misquotes(claim: Claim, ground: Ground, weight: Weight) -> bool:
    return not all(stands_in(quote, ground.quotable) for quote in quotes_in(claim.text))


RULES: tuple[tuple[Fault, Rule], ...] = (
    (Fault.NUMBER, _has_unknown_figure),
    (Fault.REFERENCE, names_elsewhere),
    (Fault.QUOTE, _misquotes),
    (Fault.LEVEL, misstates_level),
    (Fault.ACTOR, names_others),
    (Fault.NEGATION, says_the_contrary),
    (Fault.ADDITION, lambda *given: adds_condition(*given) or adds_words(*given)),
)
"""What each fault but those of citing and of meaning is found by."""


class SentenceCheck:
    """The check over one treaty; what each provision says is worked out when it is first cited."""

    def __init__(self, knowledge: Knowledge, encoder: Encoder) -> None:
        self._knowledge = knowledge
        self._encoder = encoder
        self._grounds: dict[str, Ground] = {}
        self._vectors: dict[str, Vectors] = {}

    def verdicts(self, sentences: Sequence[Sentence]) -> list[Verdict]:
        """A verdict for each sentence, in order."""
        vectors = self._encoder.encode([sentence.text for sentence in sentences])
        return [
            Verdict(tuple(self._faults(sentence, vector)))
            for sentence, vector in zip(sentences, vectors, strict=True)
        ]

    def _faults(self, sentence: Sentence, vector: Vectors) -> Iterator[Fault]:
        cited = [id for id in sentence.ids if id in self._knowledge.convention]
        if not cited:
            yield Fault.UNCITED
            return
        ground = together([self._ground(id) for id in cited])
        if any(sentence.text == statement.text for statement in ground.statements):
            return
        claim = Claim(sentence.text)
        yield from (fault for fault, is_broken in RULES if is_broken(claim, ground, self._weight))
        if self._likeness(claim, vector, ground) < NEAR:
            yield Fault.MEANING

    def _likeness(self, claim: Claim, vector: Vectors, ground: Ground) -> float:
        cosine = max(float((self._vectors_of(id) @ vector).max(initial=0)) for id in ground.ids)
        stems = {m for m in claim.marks if m.islower()}
        total = sum(map(self._weight, stems)) or 1.0
        shared = (
            sum(self._weight(m) for m in stems & set(statement.marks))
            for statement in ground.statements
        )
        return cosine + max(shared, default=0.0) / total / 2

    def _ground(self, id: str) -> Ground:
        if id not in self._grounds:
            convention = self._knowledge.convention
            self._grounds[id] = ground_of(self._knowledge, convention[id])
        return self._grounds[id]

    def _vectors_of(self, id: str) -> Vectors:
        if id not in self._vectors:
            texts = [statement.text for statement in self._ground(id).statements]
            self._vectors[id] = self._encoder.encode(texts)
        return self._vectors[id]

    def _weight(self, mark: str) -> float:
        return PARTY_WEIGHT if mark in PARTIES else self._weights.get(mark, 1.0)

    @cached_property
    def _weights(self) -> dict[str, float]:
        """The fewer provisions (with the questions on them) have a stem, the more it tells."""
        counts: Counter[str] = Counter()
        annotations = self._knowledge.annotations
        provisions = list(self._knowledge.convention.provisions())
        for provision in provisions:
            annotation = annotations[provision.id]
            texts = (provision.text, annotation.heading, annotation.summary, *annotation.words,
                     *(question.text for question in annotation.questions))  # fmt: skip
            counts.update(stems_of(" ".join(texts)))
        whole = math.log(len(provisions) + 1)
        return {stem: 1 - math.log(count + 1) / whole + 0.05 for stem, count in counts.items()}
