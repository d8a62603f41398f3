"""Holds sentences against the provisions that they cite, by rules that can be read one by one.

The rules are strict: a wrong sentence let out is worse than a right one left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from assistant.generation.actors import names_others
from assistant.generation.claim import Claim, Rule, Weight
from assistant.generation.conditions import adds_condition, omits_what_makes_a_crime
from assistant.generation.figures import unknown_figures
from assistant.generation.ground import Ground, ground_of, together
from assistant.generation.levels import misstates_level
from assistant.generation.named import names_elsewhere
from assistant.generation.novelty import adds_words
from assistant.generation.opposites import says_the_contrary
from assistant.generation.quoted import quotes_in, stands_in
from assistant.generation.sentence import Fault, Sentence, Verdict
from assistant.generation.weights import weights_of
from assistant.knowledge import Knowledge
from index.encoder import Encoder, Vectors

__all__ = ["SentenceCheck", "broken_rules"]

NEAR = 0.55
"""Likeness in meaning (with half the share of words in common) that a sentence has to reach."""


def _has_unknown_figure(claim: Claim, ground: Ground, weight: Weight) -> bool:
    unknown = unknown_figures(claim.text, ground.text)
    return any(figure.unit or figure.value not in {1, *ground.counts} for figure in unknown)


def _misquotes(claim: Claim, ground: Ground, weight: Weight) -> bool:
    return not all(stands_in(quote, ground.quotable) for quote in quotes_in(claim.text))


def _adds(claim: Claim, ground: Ground, weight: Weight) -> bool:
    return adds_condition(claim, ground, weight) or adds_words(claim, ground, weight)


_RULES: tuple[tuple[Fault, Rule], ...] = (
    (Fault.NUMBER, _has_unknown_figure),
    (Fault.REFERENCE, names_elsewhere),
    (Fault.QUOTE, _misquotes),
    (Fault.LEVEL, misstates_level),
    (Fault.ACTOR, names_others),
    (Fault.NEGATION, says_the_contrary),
    (Fault.OMISSION, omits_what_makes_a_crime),
    (Fault.ADDITION, _adds),
)
"""What each fault is found by, but for those of citing and of meaning."""


def broken_rules(claim: Claim, ground: Ground, weight: Weight) -> tuple[Fault, ...]:
    """The faults that the words of a claim show on its ground; () for none."""
    return tuple(fault for fault, is_broken in _RULES if is_broken(claim, ground, weight))


class SentenceCheck:
    """The check over one treaty; what each provision says is worked out when it is first cited."""

    def __init__(self, knowledge: Knowledge, encoder: Encoder) -> None:
        self._knowledge = knowledge
        self._encoder = encoder
        self._grounds: dict[str, Ground] = {}
        self._vectors: dict[str, Vectors] = {}

    def verdicts(self, sentences: Sequence[Sentence]) -> list[Verdict]:
        """A verdict for each sentence, in order.

        The meaning is looked at only where the words show no fault; all texts that this needs are
        encoded together.
        """
        found = [self._by_words(sentence) for sentence in sentences]
        open_ = [n for n, faults in enumerate(found) if faults == () and sentences[n].ids]
        for n, is_near in zip(open_, self._near([sentences[n] for n in open_]), strict=True):
            found[n] = () if is_near else (Fault.MEANING,)
        return [Verdict(faults) for faults in found]

    def _by_words(self, sentence: Sentence) -> tuple[Fault, ...]:
        ground = self._ground(sentence)
        if ground is None:
            return (Fault.UNCITED,)
        if sentence.text in ground.own:
            return ()
        return broken_rules(Claim(sentence.text), ground, self._weight)

    def _ground(self, sentence: Sentence) -> Ground | None:
        cited = [id for id in sentence.ids if id in self._knowledge.convention]
        return together([self._ground_of(id) for id in cited]) if cited else None

    def _ground_of(self, id: str) -> Ground:
        if id not in self._grounds:
            self._grounds[id] = ground_of(self._knowledge, self._knowledge.convention[id])
        return self._grounds[id]

    def _near(self, sentences: Sequence[Sentence]) -> Iterator[bool]:
        """Whether each is on the subject of what it cites, by the encoder and the words."""
        pairs = [(sentence.text, self._ground(sentence)) for sentence in sentences]
        told = [(text, ground) for text, ground in pairs if ground and text not in ground.own]
        vectors = self._encode([text for text, _ in told], [ground for _, ground in told])
        for text, ground in pairs:
            if ground is None or text in ground.own:
                yield True
            else:
                yield self._likeness(text, vectors[text], ground) >= NEAR

    def _encode(self, texts: Sequence[str], grounds: Sequence[Ground]) -> dict[str, Vectors]:
        """The vectors of the texts; those of what the grounds say are kept for the next time."""
        said = [statement.text for ground in grounds for statement in ground.statements]
        new = [text for text in dict.fromkeys((*texts, *said)) if text not in self._vectors]
        found: dict[str, Vectors] = {}
        for positions, vectors in self._encoder.encode_in_steps(new):
            found.update(zip((new[n] for n in positions), vectors, strict=True))
        self._vectors.update({text: found[text] for text in said if text in found})
        return {text: found[text] if text in found else self._vectors[text] for text in texts}

    def _likeness(self, text: str, vector: Vectors, ground: Ground) -> float:
        said = ground.statements
        cosine = max((float(self._vectors[s.text] @ vector) for s in said), default=0.0)
        stems = {mark for mark in Claim(text).marks if mark.islower()}
        whole = sum(map(self._weight, stems)) or 1.0
        shared = max((sum(map(self._weight, stems & set(s.marks))) for s in said), default=0.0)
        return cosine + shared / whole / 2

    def _weight(self, mark: str) -> float:
        return self._weights.get(mark, 1.0)

    @cached_property
    def _weights(self) -> Mapping[str, float]:
        return weights_of(self._knowledge)
