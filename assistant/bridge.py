"""Finds the English question that asks what a question in another language asks.

The index knows tens of thousands of English questions. The nearest of them vote, by a multilingual
encoder, on what is asked about (an article, or a group of topics), and the nearest on that is the
reading; it is answered in place of the question, and told to the asker, who can see whether it is
the right one, and is offered the next ones on something else. Where none is near, there is none.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.retriever import ProvisionRetriever
from assistant.tongue import Tongue, tongue_of
from assistant.topics import TOPIC_PREFIX
from index.numerals import number_of
from index.passages import Kind, Passage
from index.store import Hit

__all__ = ["Bridge", "Reading", "article_named"]

VOTES = 5
"""Nearest questions that vote."""

SHARPNESS = 10.0
"""How much more a nearer question's vote counts: a lead of 0.1 in cosine makes it 2.7 times as
much."""

NEAR = 0.35
"""Cosine from which a known question may be what is asked: of those below, one in three was."""

_ARTICLE = re.compile(
    r"\b(?:art[ií]c(?:ulo|le)s?|art(?:ikel|igo|icolo)?\.?|стать\w*|ст\.|điều|dieu)\s*(?P<after>\d+)"
    r"|الماد[ةه]\s*(?P<arabic>\d+)|第\s*(?P<chinese>\d+|[〇零一二三四五六七八九十百]+)\s*[条條]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The English question that is answered in place of another; "" where none comes near.

    ``others`` are further ones, each on something else, that it may have meant.
    """

    question: str
    others: tuple[str, ...] = ()


class Bridge:
    """The readings of questions over the passages that ``retriever`` searches.

    Its encoder has to be multilingual.
    """

    def __init__(self, passages: Sequence[Passage], retriever: ProvisionRetriever) -> None:
        self._texts = {p.id: p.text for p in passages if p.kind is Kind.QUESTION}
        self._retriever = retriever

    def reading(self, question: str, tongue: Tongue) -> Reading:
        """What a question in ``tongue`` asks in English.

        Raises ``IndexUnavailable`` where the index cannot be asked at the moment.
        """
        number = article_named(question)
        if number is not None:
            return Reading(f"What does article {number} say?")
        vector = self._retriever.encoder.encode_foreign(question, tongue)
        near = [hit for hit in self._retriever.nearest(vector) if self._is_english(hit)][:VOTES]
        by_subject: dict[str, str] = {}
        for hit in near:
            by_subject.setdefault(_subject_of(hit), self._texts[hit.passage_id])
        if not near or near[0].similarity < NEAR:
            return Reading("", tuple(by_subject.values()))
        chosen = by_subject.pop(_elected(near))
        return Reading(chosen, tuple(by_subject.values()))

    def _is_english(self, hit: Hit) -> bool:
        """Whether a passage is an English question: some that are known are in other languages."""
        text = self._texts.get(hit.passage_id)
        return text is not None and tongue_of(text) is Tongue.ENGLISH


def article_named(question: str) -> int | None:
    """The number of the article that a question in another language names; None for none."""
    found = _ARTICLE.search(question)
    return number_of(next(filter(None, found.groups()))) if found else None


def _elected(hits: Sequence[Hit]) -> str:
    """The subject that most of the hits, nearer ones more, are on."""
    votes: dict[str, float] = {}
    for hit in hits:
        subject = _subject_of(hit)
        votes[subject] = votes.get(subject, 0.0) + math.exp(SHARPNESS * hit.similarity)
    return max(votes, key=lambda subject: votes[subject])


def _subject_of(hit: Hit) -> str:
    """The article that a passage stands for, or the group of its topic."""
    owner = hit.passage_id.rpartition("#")[0]
    return "/".join(owner.split("/")[: 2 if owner.startswith(TOPIC_PREFIX) else 1])
