"""Simpler ways to find the right article, measured beside the assistant in the same run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.assistant import provision_documents
from assistant.evaluation.questions import Labelled
from assistant.knowledge import Knowledge
from assistant.retriever import ProvisionRetriever, Weights
from index.encoder import Encoder
from index.passages import Kind, Passage
from index.store import index_in_memory

__all__ = ["BM25_ALONE", "CUT", "DENSE_ALONE", "Found", "Ranker", "found_by", "rankers"]

CUT = 1_000
"""Characters at which the plain recipe cuts the text, whatever stands there."""

NEAREST = 50
BM25_ALONE = Weights(lexical=1.0, kinds={kind: 1.0 for kind in Kind})
DENSE_ALONE = Weights(lexical=0.0, kinds={kind: 1.0 for kind in Kind})

Ranker = Callable[[str], Sequence[int]]
"""Numbers of articles for a question, best first, each once; 0 for the preamble."""


@dataclass(frozen=True, slots=True)
class Found:
    """For each question, the place of the first right article, from 1; 0 where it is not found."""

    name: str
    places: tuple[int, ...]

    def within(self, most: int) -> list[bool]:
        """Whether a right article is among the first ``most``, for each question."""
        return [0 < place <= most for place in self.places]


def rankers(knowledge: Knowledge, encoder: Encoder) -> Mapping[str, Ranker]:
    """BM25 alone and dense alone over whole provisions, and the plain recipe."""
    whole = ProvisionRetriever.from_documents(
        [d for d in provision_documents(knowledge) if d.page_content], encoder=encoder
    )
    articles = {p.id: p.article for p in knowledge.convention.provisions()}

    def alone(weights: Weights) -> Ranker:
        retriever = whole.model_copy(update={"weights": weights})
        return lambda question: _unique(
            articles[ranked.id]
            for ranked in retriever.rank(question, encoder.encode([question])[0])
        )

    return {
        "BM25 alone": alone(BM25_ALONE),
        "dense alone": alone(DENSE_ALONE),
        f"plain recipe ({CUT} characters, dense)": _plain_recipe(knowledge, encoder),
    }


def _plain_recipe(knowledge: Knowledge, encoder: Encoder) -> Ranker:
    """The running text cut every ``CUT`` characters; each piece stands for where it begins."""
    text, starts = "", []
    for provision in knowledge.convention.provisions():
        if provision.text:
            starts.append((len(text), provision.article))
            text += f"{knowledge.convention.title_of(provision)}. {provision.text}\n"
    pieces = range(0, len(text), CUT)
    passages = [Passage(str(n), str(n), Kind.TEXT, 0, text[n : n + CUT]) for n in pieces]
    store = index_in_memory(passages, encoder)
    holder = {str(n): _holding(n, starts) for n in pieces}
    return lambda question: _unique(
        holder[hit.passage_id] for hit in store.nearest(encoder.encode([question])[0], NEAREST)
    )


def _holding(start: int, starts: Sequence[tuple[int, int]]) -> int:
    """The article that most of a piece is of: the one at its middle."""
    return next(article for begin, article in reversed(starts) if begin <= start + CUT // 2)


def _unique(articles: Iterable[int]) -> list[int]:
    return list(dict.fromkeys(articles))


def found_by(name: str, ranker: Ranker, questions: Sequence[Labelled]) -> Found:
    """Where ``ranker`` puts the right article of each question."""
    return Found(name, tuple(_place(ranker(q.question), q.articles) for q in questions))


def _place(ranked: Sequence[int], right: Sequence[int]) -> int:
    return next((n for n, article in enumerate(ranked, start=1) if article in right), 0)
