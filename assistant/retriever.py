"""A LangChain retriever: dense over Chroma, BM25, fused, over any list of Documents with ids.

Each document may be embedded by several passages (its text, its sentences, questions that it
answers); every passage points to its document and the best of each kind counts. Dense and lexical
scores are joined by a weighted sum of scores scaled within one query (a convex combination, which
beats reciprocal ranks when one side is much the stronger: Bruch, Gai, Ingber, "An Analysis of
Fusion Functions for Hybrid Retrieval", 2023). The weights are measured: see ``ARCHITECTURE.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from numpy.typing import NDArray
from pydantic import ConfigDict, Field

from assistant.lexical import LexicalIndex
from index.encoder import Encoder, Vectors
from index.errors import BadInput
from index.passages import Kind, Passage, windows_of
from index.store import Hit, PassageStore, index_in_memory

__all__ = ["PLAIN", "ProvisionRetriever", "Ranked", "Weights"]

NEAREST = 160
"""Passages asked of the store for one query."""

FAINTEST = -12.0
"""Log probabilities below this count as this."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each kind of evidence counts in the fused score.

    ``lexical`` is the share of BM25, the rest is dense; within dense a passage of each kind is
    multiplied by its weight before the best is taken; ``head`` counts for one unit of the log
    probability of the document's head (the part of its id before the first slash), ``own`` for
    one of its own.
    """

    lexical: float
    kinds: Mapping[Kind, float]
    head: float = 0.0
    own: float = 0.0


PLAIN = Weights(lexical=0.3, kinds={kind: 1.0 for kind in Kind})
"""For documents of which nothing but the text is known."""


@dataclass(slots=True)
class Ranked:
    """A document with its fused score and the evidence: best passage of each kind."""

    id: str
    score: float = 0.0
    dense: float = 0.0
    lexical: float = 0.0
    best: dict[Kind, Hit] = field(default_factory=dict)


class ProvisionRetriever(BaseRetriever):
    """Best documents for a question, by meaning and by words.

    ``ProvisionRetriever.from_documents(documents, encoder=…, k=10)`` works over any documents
    with ids; ``invoke(query)`` returns Documents best first, with the fused score in
    ``metadata["score"]``.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    documents: dict[str, Document]
    encoder: Encoder
    store: PassageStore
    lexical: LexicalIndex
    weights: Weights = PLAIN
    k: int = Field(default=10, ge=1)

    @classmethod
    def from_documents(
        cls, documents: Sequence[Document], *, encoder: Encoder, k: int = 10
    ) -> ProvisionRetriever:
        """A retriever over ``documents``, indexed in memory.

        Raises ``BadInput`` for a document without an id or an id that comes twice.
        """
        by_id = _by_id(documents)
        passages = [passage for document in documents for passage in _windows(document)]
        return cls(
            documents=by_id,
            encoder=encoder,
            store=index_in_memory(passages, encoder),
            lexical=LexicalIndex([document.page_content for document in documents]),
            k=k,
        )

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, k: int | None = None
    ) -> list[Document]:
        vector = self.encoder.encode_query(query)
        return [self._found(ranked) for ranked in self.rank(query, vector)[: k or self.k]]

    def batch(self, inputs: list[str], *args: Any, **kwargs: Any) -> list[list[Document]]:
        """Documents for each query; the queries are encoded together."""
        if args or kwargs:
            return super().batch(inputs, *args, **kwargs)
        vectors = self.encoder.encode(inputs)
        return [
            [self._found(ranked) for ranked in self.rank(query, vector)[: self.k]]
            for query, vector in zip(inputs, vectors, strict=True)
        ]

    def _found(self, ranked: Ranked) -> Document:
        document = self.documents[ranked.id]
        return Document(
            id=ranked.id,
            page_content=document.page_content,
            metadata={**document.metadata, "score": round(float(ranked.score), 6)},
        )

    def rank(self, query: str, vector: Vectors) -> list[Ranked]:
        """Every document with evidence for the query, best first; ``vector`` is the query's."""
        return self.rank_hits(query, self.nearest(vector))

    def nearest(self, vector: Vectors) -> list[Hit]:
        """The passages nearest to a unit vector, best first, whatever they point to."""
        return self.store.nearest(vector, NEAREST)

    def rank_hits(
        self,
        query: str,
        hits: Sequence[Hit],
        heads: Mapping[str, float] | None = None,
        own: Mapping[str, float] | None = None,
    ) -> list[Ranked]:
        """As ``rank``, from passages already found; those of no document here are left out.

        ``heads`` has log probabilities by the head of a document's id, ``own`` by the id.
        """
        found = self._dense(hits)
        lexical = self.lexical.scores(query)
        ids = list(self.documents)
        for position in _best_positions(lexical, NEAREST):
            found.setdefault(ids[position], Ranked(ids[position]))
        self._fuse(found, lexical)
        if heads and own:
            self._add_chances(found.values(), heads, own)
        return sorted(found.values(), key=lambda ranked: -ranked.score)

    def _dense(self, hits: Sequence[Hit]) -> dict[str, Ranked]:
        found: dict[str, Ranked] = {}
        for hit in hits:
            owner, _, mark = hit.passage_id.rpartition("#")
            if owner not in self.documents:
                continue
            kind = Kind(mark.partition("-")[0])
            ranked = found.setdefault(owner, Ranked(owner))
            ranked.best.setdefault(kind, hit)  # hits come best first
        for ranked in found.values():
            ranked.dense = max(
                self.weights.kinds[kind] * hit.similarity for kind, hit in ranked.best.items()
            )
        return found

    def _fuse(self, found: dict[str, Ranked], lexical: NDArray[np.float32]) -> None:
        top = float(lexical.max(initial=0.0)) or 1.0
        floor = min((r.dense for r in found.values() if r.best), default=0.0)
        position_of = self._positions
        for ranked in found.values():
            ranked.dense = ranked.dense if ranked.best else floor
            ranked.lexical = float(lexical[position_of[ranked.id]]) / top
            share = self.weights.lexical
            ranked.score = (1 - share) * ranked.dense + share * ranked.lexical

    def _add_chances(
        self, found: Iterable[Ranked], heads: Mapping[str, float], own: Mapping[str, float]
    ) -> None:
        for ranked in found:
            head = heads.get(ranked.id.partition("/")[0], FAINTEST)
            ranked.score += self.weights.head * max(head, FAINTEST)
            ranked.score += self.weights.own * max(own.get(ranked.id, FAINTEST), FAINTEST)

    @property
    def _positions(self) -> dict[str, int]:
        cached: dict[str, int] | None = self.__dict__.get("_position_of")
        if cached is None:
            cached = {document_id: i for i, document_id in enumerate(self.documents)}
            self.__dict__["_position_of"] = cached
        return cached


def _by_id(documents: Sequence[Document]) -> dict[str, Document]:
    by_id: dict[str, Document] = {}
    for number, document in enumerate(documents):
        if not document.id:
            raise BadInput(f"Document number {number} has no id: give each document its own.")
        if document.id in by_id:
            raise BadInput(f"The document id {document.id!r} comes twice: ids have to be unique.")
        by_id[document.id] = document
    return by_id


def _windows(document: Document) -> list[Passage]:
    return [
        Passage(f"{document.id}#{Kind.TEXT}-{number}", str(document.id), Kind.TEXT, number, window)
        for number, window in enumerate(windows_of(document.page_content))
    ]


def _best_positions(scores: NDArray[np.float32], n: int) -> list[int]:
    count = min(n, int(np.count_nonzero(scores)))
    if count == 0:
        return []
    return [int(i) for i in np.argpartition(-scores, count - 1)[:count]]
