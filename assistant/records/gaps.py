"""Groups the questions that got no answer, so that an operator sees what people miss."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.cluster import AgglomerativeClustering

from assistant.answer import Outcome
from assistant.records.reading import Kept
from index.encoder import Encoder, Vectors

__all__ = ["UNANSWERED", "Gap", "find_gaps"]

UNANSWERED = (Outcome.NOT_COVERED, Outcome.OFF_TOPIC, Outcome.CLARIFY)
"""Outcomes without an answer; a model or an index that was away is no gap."""

_APART = 0.5
"""Mean cosine distance at which two groups stay two."""

_MOST = 5000
"""The latest unanswered questions that are looked at; grouping takes the square of them."""

_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions about the same thing that got no answer.

    ``count`` is how many were asked, ``examples`` up to three of them, the most typical first, and
    ``outcomes`` how many had which.
    """

    count: int
    examples: tuple[str, ...]
    outcomes: dict[str, int]


def find_gaps(kept: Sequence[Kept], encoder: Encoder) -> list[Gap]:
    """The groups, the largest first."""
    asked = {(one.at, one.answer): one for one in kept if one.outcome in UNANSWERED}
    latest = list(asked.values())[-_MOST:]
    if not latest:
        return []
    texts = sorted({one.question for one in latest})
    vectors = encoder.encode(texts)
    found = [
        _gap([one for one in latest if one.question in set(group)], group, vectors_of)
        for group, vectors_of in _groups(texts, vectors)
    ]
    return sorted(found, key=lambda gap: (-gap.count, gap.examples))


def _groups(texts: Sequence[str], vectors: Vectors) -> list[tuple[list[str], Vectors]]:
    if len(texts) == 1:
        return [(list(texts), vectors)]
    clustering = AgglomerativeClustering(
        n_clusters=None, metric="cosine", linkage="average", distance_threshold=_APART
    )
    members: dict[int, list[int]] = defaultdict(list)
    for place, label in enumerate(clustering.fit_predict(vectors)):
        members[int(label)].append(place)
    return [([texts[place] for place in places], vectors[places]) for places in members.values()]


def _gap(asked: Sequence[Kept], texts: Sequence[str], vectors: Vectors) -> Gap:
    typical = np.argsort(-(vectors @ vectors.mean(axis=0)), kind="stable")[:_EXAMPLES]
    outcomes: dict[str, int] = defaultdict(int)
    for one in asked:
        outcomes[one.outcome] += 1
    return Gap(len(asked), tuple(texts[place] for place in typical), dict(sorted(outcomes.items())))
