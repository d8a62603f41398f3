"""Where each language lies among the vectors of an encoder, and whether it joins them.

A multilingual encoder puts a language by itself as well as a meaning, so that a French question is
nearer to other French ones than to its own translation. From each vector the middle of its language
is taken, as sixteen sentences show it that are the same in all (``text/parallel.yaml``). That also
spreads vectors which lie close together: those of E5 have cosines from 0.7 to 1. Measured: see
``ARCHITECTURE.md``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np

from index.data import read_yaml
from index.engines import Engine, Vectors

__all__ = ["Middles", "find_middles", "read_parallel"]

ENGLISH = "en"

JOINED = 0.9
"""Share of the sentences in other languages whose nearest English one has to be their own, for an
encoder to count as multilingual: multilingual-e5-small has 1.00, all-MiniLM-L6-v2 0.38."""


@dataclass(frozen=True)
class Middles:
    """The middle of each language, by its code, and the sum of the sentences that show them."""

    by_language: Mapping[str, Vectors]
    sha256: str

    def centred(self, vectors: Vectors, language: str = ENGLISH) -> Vectors:
        """The vectors as seen from the middle of their language, of length one again.

        A language that is not among the known ones lies in the middle of those beside English.
        """
        return _centred(vectors, self.by_language.get(language, self._elsewhere))

    @property
    def _elsewhere(self) -> Vectors:
        others = [middle for code, middle in self.by_language.items() if code != ENGLISH]
        return np.asarray(np.mean(others, axis=0), dtype=np.float32)


def read_parallel() -> Mapping[str, Sequence[str]]:
    """The sentences by language, in the same order in each."""
    sentences: Mapping[str, Sequence[str]] = read_yaml(_content())
    return sentences


def _content() -> bytes:
    return files("index").joinpath("text", "parallel.yaml").read_bytes()


def find_middles(engine: Engine) -> Middles | None:
    """The middles of the languages; None for an engine that does not join translations."""
    vectors = {code: engine.encode(sentences) for code, sentences in read_parallel().items()}
    middles = {code: np.mean(of_one, axis=0) for code, of_one in vectors.items()}
    seen = {code: _centred(of_one, middles[code]) for code, of_one in vectors.items()}
    english = seen.pop(ENGLISH)
    if np.mean([_joined(of_one, english) for of_one in seen.values()]) < JOINED:
        return None
    return Middles(middles, hashlib.sha256(_content()).hexdigest())


def _joined(vectors: Vectors, english: Vectors) -> float:
    """The share of the sentences whose nearest English one is their own."""
    nearest = (vectors @ english.T).argmax(axis=1)
    return float(np.mean(nearest == np.arange(len(english))))


def _centred(vectors: Vectors, middle: Vectors) -> Vectors:
    moved = vectors - middle
    lengths = np.linalg.norm(moved, axis=-1, keepdims=True)
    return np.asarray(moved / np.maximum(lengths, 1e-9), dtype=np.float32)
