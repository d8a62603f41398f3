"""What kind of question this is: one for the provisions, or one on a topic with a text of its own.

A linear classifier over the question's vector and its words (tf-idf of words and word pairs) is
learnt, when the index is built, from the reviewed questions of the provisions and the exemplars
of the topics. Meaning alone mistakes "how many years in prison" for a question on sanctions; words
alone miss other ways to say it. A second one, over the vector alone, tells how likely each single
provision is.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.cues import cue_in
from assistant.topics import TOPIC_PREFIX, Group, Topic, Topics
from index.encoder import Vectors
from index.passages import Kind, Passage
from index.store import Hit

__all__ = ["RouteCompanion", "RouteModel", "Routing", "fit_routes", "route"]

FILE = "routes.npz"
STRENGTH = 1e-5
"""Regularisation of the classifier; measured on the tuning questions."""

OWN_STRENGTH, OWN_STEPS = 30.0, 40
"""Inverse regularisation of the classifier of provisions, and steps of its solver; measured."""

NEARNESS = 15.0
"""What a lead of 1 in cosine counts, in units of log probability: a lead of 0.1 counts 1.5."""

NEEDED = {
    Group.OFF_TOPIC: -1.0,
    Group.NOT_COVERED: 1.4,
    Group.STATUS: 0.75,
    Group.PREMISE: 0.75,
    Group.STRUCTURE: 1.75,
    Group.CLARIFY: -0.5,
}
"""Lead that a group needs over the provisions, weighed on the tuning questions: refusing a good
question is the worse mistake, and where exemplars are few a group's own lead is weak."""

CUE = 1.5
"""What words of a question that speak for a group add to its lead; measured."""


@dataclass(frozen=True, slots=True)
class Routing:
    """Where a question goes: to ``topic`` of ``group``, or (both None) to the provisions.

    ``articles`` holds the log probability of each article (by its id, and the preamble),
    ``provisions`` that of each provision.
    """

    group: Group | None
    topic: Topic | None
    articles: dict[str, float]
    provisions: dict[str, float]


@dataclass(frozen=True)
class Linear:
    """A linear classifier: ``weights`` of shape (classes, features), ``offsets`` (classes,)."""

    classes: tuple[str, ...]
    weights: NDArray[np.float32]
    offsets: NDArray[np.float32]


class RouteModel:
    """Log probability of each class for a question: each article, and each group of topics.

    ``heads`` reads vector and words, ``own`` the vector alone; ``vocabulary`` and ``idf`` turn
    words into features.
    """

    def __init__(
        self, heads: Linear, own: Linear, vocabulary: Sequence[str], idf: NDArray[np.float32]
    ) -> None:
        self.classes = heads.classes
        self._heads = heads
        self._own = own
        self._vocabulary = list(vocabulary)
        self._idf = idf
        self._column = {word: column for column, word in enumerate(vocabulary)}
        self._words_of: Callable[[str], list[str]] = _vectorizer().build_analyzer()

    def chances(self, question: str, vector: Vectors) -> dict[str, float]:
        """Log probability of each class, for a question and its unit vector."""
        size, weights = len(vector), self._heads.weights
        columns, values = self._tf_idf(question)
        scores = weights[:, :size] @ vector + self._heads.offsets
        scores = scores + weights[:, size + columns] @ values
        chances = -np.logaddexp(0.0, -scores)  # one against the rest, so each by itself
        return dict(zip(self.classes, chances.tolist(), strict=True))

    def _tf_idf(self, question: str) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """Columns and values of the known words, as the vectorizer computes them.

        Its own ``transform`` takes four times as long for one question.
        """
        known = Counter(self._column[w] for w in self._words_of(question) if w in self._column)
        columns = np.fromiter(known.keys(), dtype=np.intp, count=len(known))
        counts = np.fromiter(known.values(), dtype=np.float32, count=len(known))
        values = (1.0 + np.log(counts)) * self._idf[columns]
        length = float(np.linalg.norm(values)) or 1.0
        return columns, (values / length).astype(np.float32)

    def provisions(self, vector: Vectors) -> dict[str, float]:
        """Log probability of each provision, by its id, for a question's unit vector."""
        scores = self._own.weights @ vector + self._own.offsets
        scores = scores - np.logaddexp.reduce(scores)
        return dict(zip(self._own.classes, scores.tolist(), strict=True))

    def save(self, folder: Path) -> None:
        """Keep the model in ``folder``, without pickles."""
        names = {
            "classes": self.classes, "own": self._own.classes, "vocabulary": self._vocabulary
        }  # fmt: skip
        np.savez_compressed(
            folder / FILE,
            weights=self._heads.weights,
            offsets=self._heads.offsets,
            own_weights=self._own.weights,
            own_offsets=self._own.offsets,
            idf=self._idf,
            names=np.frombuffer(json.dumps(names).encode(), dtype=np.uint8),
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
            Linear(tuple(names["classes"]), kept["weights"], kept["offsets"]),
            Linear(tuple(names["own"]), kept["own_weights"], kept["own_offsets"]),
            names["vocabulary"],
            kept["idf"],
        )


def fit_routes(passages: Sequence[Passage], vectors: Vectors) -> RouteModel:
    """Learn the model from ``passages``; ``vectors`` has a row for each."""
    rows = [i for i, passage in enumerate(passages) if passage.kind is not Kind.SENTENCE]
    chosen = [passages[i] for i in rows]
    words = _vectorizer()
    features = words.fit_transform([passage.text for passage in chosen])
    return RouteModel(
        _fit_heads(chosen, vectors[rows], features),
        _fit_own(chosen, vectors[rows]),
        [str(word) for word in words.get_feature_names_out()],
        words.idf_.astype(np.float32),
    )


def _fit_heads(passages: Sequence[Passage], vectors: Vectors, words: Any) -> Linear:
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import SGDClassifier

    learnt = SGDClassifier(
        loss="log_loss", alpha=STRENGTH, max_iter=8, tol=None, random_state=0, n_jobs=2
    )
    features = hstack([csr_matrix(vectors), words]).tocsr()
    learnt.fit(features, [_class_of(passage.provision) for passage in passages])
    return _linear(learnt)


def _fit_own(passages: Sequence[Passage], vectors: Vectors) -> Linear:
    """Each provision a class, each group of topics one."""
    import warnings

    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression

    learnt = LogisticRegression(C=OWN_STRENGTH, max_iter=OWN_STEPS)
    owners = [
        _class_of(p.provision) if p.provision.startswith(TOPIC_PREFIX) else p.provision
        for p in passages
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # it is stopped on purpose
        learnt.fit(vectors, owners)
    return _linear(learnt)


def _linear(learnt: Any) -> Linear:
    return Linear(
        tuple(str(name) for name in learnt.classes_),
        learnt.coef_.astype(np.float32),
        learnt.intercept_.astype(np.float32),
    )


def _class_of(owner: str) -> str:
    """The group of a topic, the article of a provision."""
    return owner.split("/")[1] if owner.startswith(TOPIC_PREFIX) else owner.split("/")[0]


def _vectorizer() -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(
        ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"(?u)\b\w+\b", min_df=2
    )


def route(
    question: str, vector: Vectors, hits: Sequence[Hit], model: RouteModel, topics: Topics
) -> Routing:
    """The route of a question, from its vector and its nearest passages, best first."""
    chances = model.chances(question, vector)
    articles = {name: chance for name, chance in chances.items() if name not in _GROUPS}
    provisions = model.provisions(vector)
    leads = _leads(chances, articles, hits)
    cue = cue_in(question)
    if cue:
        leads[cue.group] += CUE
    group = max(leads, key=lambda candidate: leads[candidate] - NEEDED[candidate])
    if leads[group] < NEEDED[group]:
        return Routing(None, None, articles, provisions)
    topic = _nearest_topic(hits, group, topics)
    if cue and cue.group is group and cue.topic and leads[group] - CUE < NEEDED[group]:
        topic = topics.by_id[f"{TOPIC_PREFIX}{group}/{cue.topic}"]
    return Routing(group, topic, articles, provisions)


_GROUPS = frozenset(group.value for group in Group)
_UNHEARD_OF = -20.0
"""Stands for the log probability of a class that the model has not learnt."""


def _leads(
    chances: Mapping[str, float], articles: Mapping[str, float], hits: Sequence[Hit]
) -> dict[Group, float]:
    """How far each group is ahead of the best article, by the classifier and by nearness."""
    nearest = _nearest(hits)
    furthest = hits[-1].similarity if hits else 0.0
    likeliest = max(articles.values(), default=_UNHEARD_OF)
    closest = max((n for name, n in nearest.items() if name not in _GROUPS), default=furthest)
    return {
        group: chances.get(group.value, _UNHEARD_OF)
        - likeliest
        + NEARNESS * (nearest.get(group.value, furthest) - closest)
        for group in Group
    }


def _nearest(hits: Sequence[Hit]) -> dict[str, float]:
    """Cosine of the nearest known question of each class; hits come best first."""
    nearest: dict[str, float] = {}
    for hit in hits:
        owner, _, mark = hit.passage_id.rpartition("#")
        if mark.startswith(Kind.QUESTION):
            nearest.setdefault(_class_of(owner), hit.similarity)
    return nearest


def _nearest_topic(hits: Sequence[Hit], group: Group, topics: Topics) -> Topic | None:
    start = f"{TOPIC_PREFIX}{group}/"
    for hit in hits:
        if hit.passage_id.startswith(start):
            return topics.by_id[hit.passage_id.rpartition("#")[0]]
    return None
