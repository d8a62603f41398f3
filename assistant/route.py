"""What kind of question this is: one for the provisions, or one on a topic with a text of its own.

A linear classifier over the question's vector and its words (tf-idf of words and word pairs) is
learnt, when the index is built, from the reviewed questions of the provisions and the exemplars
of the topics. Meaning alone mistakes "how many years in prison" for a question on sanctions; words
alone miss other ways to say it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.topics import TOPIC_PREFIX, Group, Topic, Topics
from index.encoder import Vectors
from index.passages import Kind, Passage
from index.store import Hit

__all__ = ["PROVISIONS", "RouteCompanion", "RouteModel", "Routing", "fit_routes", "route"]

PROVISIONS = "provisions"
"""The class of questions that provisions answer; the others are the names of ``Group``."""

FILE = "routes.npz"
WORD_WEIGHT = 1.0
STRENGTH = 10.0
"""Inverse regularisation; measured on the tuning questions."""

SAME_QUESTION = 0.82
"""A reviewed question or an exemplar this near (cosine) settles the route by itself."""


@dataclass(frozen=True, slots=True)
class Routing:
    """Where a question goes: to ``topic`` of ``group``, or (both None) to the provisions.

    ``chances`` holds the probability of every class, summing to 1.
    """

    group: Group | None
    topic: Topic | None
    chances: dict[str, float]


class RouteModel:
    """Probability of each class for a question."""

    def __init__(
        self,
        classes: Sequence[str],
        weights: NDArray[np.float32],
        offsets: NDArray[np.float32],
        vocabulary: Sequence[str],
        idf: NDArray[np.float32],
    ) -> None:
        self.classes = tuple(classes)
        self._weights = weights
        self._offsets = offsets
        self._vocabulary = list(vocabulary)
        self._idf = idf
        self._words = _vectorizer(vocabulary=self._vocabulary)
        self._words.idf_ = idf

    def chances(self, question: str, vector: Vectors) -> dict[str, float]:
        """Probability of each class, for a question and its unit vector."""
        size = len(vector)
        scores = self._weights[:, :size] @ vector + self._offsets
        words = self._words.transform([question])
        scores = scores + WORD_WEIGHT * (self._weights[:, size:] @ words.toarray()[0])
        odds = np.exp(scores - scores.max())
        return dict(zip(self.classes, (odds / odds.sum()).tolist(), strict=True))

    def save(self, folder: Path) -> None:
        """Keep the model in ``folder``, without pickles."""
        np.savez_compressed(
            folder / FILE,
            weights=self._weights,
            offsets=self._offsets,
            idf=self._idf,
            names=np.frombuffer(
                json.dumps({"classes": self.classes, "vocabulary": self._vocabulary}).encode(),
                dtype=np.uint8,
            ),
        )


class RouteCompanion:
    """Keeps the model beside the collection that it was learnt from."""

    def build(self, folder: Path, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Learn the model and write it into ``folder``."""
        fit_routes(passages, vectors).save(folder)

    def open(self, folder: Path) -> RouteModel:
        """The model in ``folder``."""
        return _load(folder)


def _load(folder: Path) -> RouteModel:
    with np.load(folder / FILE) as kept:
        names = json.loads(kept["names"].tobytes())
        return RouteModel(
            names["classes"], kept["weights"], kept["offsets"], names["vocabulary"], kept["idf"]
        )


def fit_routes(passages: Sequence[Passage], vectors: Vectors) -> RouteModel:
    """Learn the model from the questions among ``passages``; ``vectors`` has a row for each."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression

    rows = [i for i, passage in enumerate(passages) if passage.kind is Kind.QUESTION]
    words = _vectorizer()
    texts = [passages[i].text for i in rows]
    features = hstack([csr_matrix(vectors[rows]), WORD_WEIGHT * words.fit_transform(texts)])
    learnt = LogisticRegression(C=STRENGTH, max_iter=500)
    learnt.fit(features.tocsr(), [_class_of(passages[i].provision) for i in rows])
    return RouteModel(
        [str(name) for name in learnt.classes_],
        learnt.coef_.astype(np.float32),
        learnt.intercept_.astype(np.float32),
        [str(word) for word in words.get_feature_names_out()],
        words.idf_.astype(np.float32),
    )


def _class_of(owner: str) -> str:
    return owner.split("/")[1] if owner.startswith(TOPIC_PREFIX) else PROVISIONS


def _vectorizer(**given: Any) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer

    rare = {} if given else {"min_df": 2}
    return TfidfVectorizer(
        ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"(?u)\b\w+\b", **rare, **given
    )


def route(
    question: str, vector: Vectors, hits: Sequence[Hit], model: RouteModel, topics: Topics
) -> Routing:
    """The route of a question, from its vector and its nearest passages, best first."""
    chances = model.chances(question, vector)
    name = _class_of_same(hits) or max(chances, key=lambda candidate: chances[candidate])
    if name == PROVISIONS:
        return Routing(None, None, chances)
    group = Group(name)
    return Routing(group, _nearest_topic(hits, group, topics), chances)


def _class_of_same(hits: Sequence[Hit]) -> str | None:
    """Class of a known question that asks the same; None where none is near enough."""
    if not hits or hits[0].similarity < SAME_QUESTION:
        return None
    owner, _, mark = hits[0].passage_id.rpartition("#")
    return _class_of(owner) if mark.startswith(Kind.QUESTION) else None


def _nearest_topic(hits: Sequence[Hit], group: Group, topics: Topics) -> Topic | None:
    start = f"{TOPIC_PREFIX}{group}/"
    for hit in hits:
        if hit.passage_id.startswith(start):
            return topics.by_id[hit.passage_id.rpartition("#")[0]]
    return None
