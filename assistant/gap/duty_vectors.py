"""The vectors of the duties, which are the same for every bill: encoded once and kept."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.gap.duties import Duty
from index.encoder import Encoder, Vectors

__all__ = ["DutyVectors", "encode_duties", "kept_duty_vectors"]


@dataclass(frozen=True)
class DutyVectors:
    """Unit vectors, a row for each duty: of its ``own`` words, and of its ``whole`` reading."""

    own: Vectors
    whole: Vectors


def encode_duties(duties: Sequence[Duty], encoder: Encoder) -> DutyVectors:
    """The vectors of these duties, encoded now."""
    return _parted(_encoded(_texts(duties), encoder))


def kept_duty_vectors(folder: Path, duties: Sequence[Duty], encoder: Encoder) -> DutyVectors:
    """The vectors kept below ``folder`` for these words and this encoder, or made and kept now.

    A folder that cannot be written to, or a file that is damaged, costs time and nothing else.
    """
    texts = _texts(duties)
    file = folder / "gap" / f"{_fingerprint(texts, encoder)}.npy"
    kept = _opened(file, (len(texts), encoder.dimension))
    if kept is None:
        kept = _encoded(texts, encoder)
        _keep(file, kept)
    return _parted(kept)


def _texts(duties: Sequence[Duty]) -> list[str]:
    own = [f"{duty.title}, {duty.heading}: {duty.own}" for duty in duties]
    return own + [duty.text for duty in duties]


def _encoded(texts: Sequence[str], encoder: Encoder) -> Vectors:
    vectors = np.zeros((len(texts), encoder.dimension), dtype=np.float32)
    for positions, batch in encoder.encode_in_steps(texts):
        vectors[positions] = batch
    return vectors


def _parted(vectors: Vectors) -> DutyVectors:
    half = len(vectors) // 2
    return DutyVectors(vectors[:half], vectors[half:])


def _fingerprint(texts: Sequence[str], encoder: Encoder) -> str:
    words = "\0".join((encoder.revision, str(encoder.max_tokens), *texts))
    return hashlib.sha256(words.encode()).hexdigest()[:24]


def _opened(file: Path, shape: tuple[int, int]) -> Vectors | None:
    try:
        vectors = np.load(file, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    sound = isinstance(vectors, np.ndarray) and vectors.shape == shape
    return vectors if sound and bool(np.isfinite(vectors).all()) else None


def _keep(file: Path, vectors: Vectors) -> None:
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as target:
            np.save(target, vectors, allow_pickle=False)
        draft.replace(file)
    except OSError:
        with suppress(OSError):
            draft.unlink()
