"""Builds, keeps and opens the Chroma collection of passages.

Every build goes into a folder of its own below ``<data>/index``; the file ``current`` names the
one in use and is replaced in one step, so whatever kills a build leaves the old index or the new
one. A lock file makes processes that start together build once. The collection carries a
fingerprint of all that its vectors depend on; another fingerprint at open means a rebuild, and
so does a broken seal.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import numpy as np
from filelock import FileLock
from filelock import Timeout as LockTimeout
from tqdm import tqdm

from index.encoder import Encoder, Vectors
from index.errors import IndexUnavailable
from index.passages import RULES, Passage
from index.seal import DATABASE, check_seal, seal
from index.together import Together

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

__all__ = [
    "Alone",
    "Companion",
    "Fingerprint",
    "Hit",
    "PassageStore",
    "chroma_settings",
    "fill",
    "index_in_memory",
    "new_collection",
    "open_plain_store",
    "open_store",
]

COLLECTION = "passages"
CURRENT = "current"
STEP = 2048
"""Passages added at a time: half as long as in steps of 64 (measured)."""

LOCK_SECONDS = 600.0
"""How long a process waits for another that is building."""

Say = Callable[[str], None]
T = TypeVar("T", covariant=True)


class Companion(Protocol[T]):
    """Something else that depends on the vectors, and lives and dies with the collection."""

    def build(self, folder: Path, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Write it into the folder of a new index; ``vectors`` has a row for each passage."""

    def open(self, folder: Path) -> T:
        """Read it back; any exception means that the index is damaged."""


class Alone:
    """The companion of an index that nothing else goes with."""

    def build(self, folder: Path, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Write nothing."""

    def open(self, folder: Path) -> None:
        """Read nothing."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Everything that the vectors depend on; kept with the collection and compared at open."""

    encoder: str
    revision: str
    dimension: int
    text_sha256: str
    annotations_sha256: str
    rules: str
    passages: int

    def difference(self, other: Mapping[str, Any]) -> str | None:
        """What differs from a stored fingerprint, in words; None where nothing does."""
        names = {
            "encoder": "another encoder",
            "revision": "other weights of the encoder",
            "dimension": "vectors of another length",
            "text_sha256": "another text",
            "annotations_sha256": "other annotations",
            "rules": "older rules of cutting passages",
            "passages": "another number of passages",
        }
        found = [words for name, words in names.items() if other.get(name) != getattr(self, name)]
        return f"it was built with {' and '.join(found)}" if found else None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage near a question: its id and the cosine of the two vectors, at most 1."""

    passage_id: str
    similarity: float


_Sought = tuple[Vectors, int]
"""A unit vector, and how many passages near it are looked for."""


def _cosines(distances: Sequence[float]) -> list[float]:
    return [min(1.0, 1.0 - distance) for distance in distances]


class PassageStore:
    """An open Chroma collection of passages, nearest first by cosine."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self._count = collection.count()
        self._together = Together[_Sought, list[Hit]](self._found)

    def __len__(self) -> int:
        return self._count

    def nearest(self, vector: Vectors, n: int) -> list[Hit]:
        """The ``n`` passages nearest to a unit vector of shape (dimension,), best first.

        Raises ``IndexUnavailable`` where the index cannot be asked at the moment.
        """
        return self._together.of((vector, n)) if self._count else []

    def _found(self, sought: Sequence[_Sought]) -> Iterator[list[Hit]]:
        """The passages nearest to each vector; a query of several costs half as much for each."""
        found = self._collection.query(
            query_embeddings=np.stack([vector for vector, _ in sought]),
            n_results=min(max(n for _, n in sought), self._count),
            include=["distances"],
        )
        distances = found["distances"] or []
        for ids, far, (_, n) in zip(found["ids"], distances, sought, strict=True):
            yield [Hit(*hit) for hit in zip(ids[:n], _cosines(far[:n]), strict=True)]


def open_store(
    data: Path,
    passages: Sequence[Passage],
    encoder: Encoder,
    fingerprint: Fingerprint,
    companion: Companion[T],
    *,
    say: Say = lambda message: None,
    rebuild: bool = False,
) -> tuple[PassageStore, T]:
    """The store of these passages below ``data`` and its companion, built where they do not fit.

    ``say`` is told in one sentence why an index is built. Raises ``IndexUnavailable`` where
    neither opening nor building is possible; an index that was there stays as it was.
    """
    root = data / "index"
    opened, reason = _open_current(root, fingerprint, companion)
    if opened and not rebuild:
        return opened
    _make_folder(root)
    try:
        with FileLock(root / "lock", timeout=LOCK_SECONDS):
            if not rebuild:  # another process may have built it while this one waited
                opened, reason = _open_current(root, fingerprint, companion)
                if opened:
                    return opened
            say(f"Building the index of {len(passages)} passages: {reason or 'as asked'}.")
            return _build(root, passages, encoder, fingerprint, companion)
    except LockTimeout as error:
        raise IndexUnavailable(
            f"Another process has been building the index in {root} for {LOCK_SECONDS:.0f} s: "
            "wait for it or end it, then start again."
        ) from error
    except OSError as error:
        raise IndexUnavailable(_cannot_write(root, error)) from error


def open_plain_store(
    data: Path,
    passages: Sequence[Passage],
    encoder: Encoder,
    *,
    say: Say = lambda message: None,
    rebuild: bool = False,
) -> PassageStore:
    """As ``open_store``, for passages of a text without annotations; known by what they say."""
    fingerprint = Fingerprint(
        encoder=encoder.name,
        revision=encoder.revision,
        dimension=encoder.dimension,
        text_sha256=_sum_of(passages),
        annotations_sha256="",
        rules=RULES,
        passages=len(passages),
    )
    store, _ = open_store(data, passages, encoder, fingerprint, Alone(), say=say, rebuild=rebuild)
    return store


def _sum_of(passages: Sequence[Passage]) -> str:
    together = "\n".join(f"{passage.id} {passage.text}" for passage in passages)
    return hashlib.sha256(together.encode()).hexdigest()


def index_in_memory(passages: Sequence[Passage], encoder: Encoder) -> PassageStore:
    """A store that lives in memory only, for any list of passages."""
    import chromadb

    client = chromadb.EphemeralClient(settings=chroma_settings())
    collection = new_collection(client, f"{COLLECTION}-{uuid.uuid4().hex}", {})
    fill(client, collection, passages, encoder)
    return PassageStore(collection)


def _open_current(
    root: Path, fingerprint: Fingerprint, companion: Companion[T]
) -> tuple[tuple[PassageStore, T] | None, str]:
    """The current index if it can be read and fits; otherwise None and the reason in words."""
    try:
        name = (root / CURRENT).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None, "there is none yet"
    except (OSError, UnicodeDecodeError):
        return None, "the old one cannot be read"
    try:
        folder = root / Path(name).name
        if not (folder / DATABASE).is_file():
            return None, "the old one is gone"
        folder = folder if os.access(folder, os.W_OK) else _copied(folder)
        check_seal(folder)
        collection, kept = _open_folder(folder)
        difference = fingerprint.difference(kept)
        if difference:
            return None, difference
        return (PassageStore(collection), companion.open(folder)), ""
    except BaseException as error:  # Chroma's core panics outside Exception on damaged files
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        return None, "the old one is damaged"


def _open_folder(folder: Path) -> tuple[Collection, Mapping[str, Any]]:
    """The collection in ``folder`` and its fingerprint, after one trial query."""
    collection = _client(folder).get_collection(COLLECTION, embedding_function=None)
    kept = json.loads(str((collection.metadata or {})["fingerprint"]))
    if collection.count() != kept["passages"]:
        raise ValueError("passages are missing")
    probe = np.eye(1, int(kept["dimension"]), dtype=np.float32)[0]
    collection.query(query_embeddings=probe, n_results=1, include=["distances"])
    return collection, kept


def _copied(folder: Path) -> Path:
    """A copy that can be written, for Chroma cannot open a folder that is read-only.

    It goes when the process ends.
    """
    copy = Path(tempfile.mkdtemp(prefix="convention-index-"))
    atexit.register(shutil.rmtree, copy, ignore_errors=True)
    shutil.copytree(folder, copy, dirs_exist_ok=True)
    for path in (copy, *copy.rglob("*")):
        path.chmod(0o700)
    return copy


def _build(
    root: Path,
    passages: Sequence[Passage],
    encoder: Encoder,
    fingerprint: Fingerprint,
    companion: Companion[T],
) -> tuple[PassageStore, T]:
    keep = _current_name(root)
    _sweep(root, keep={keep})
    folder = root / f"{fingerprint.text_sha256[:12]}-{uuid.uuid4().hex[:12]}"
    try:
        folder.mkdir()
        client = _client(folder)
        metadata = {"fingerprint": json.dumps(asdict(fingerprint))}
        collection = new_collection(client, COLLECTION, metadata)
        vectors = fill(client, collection, passages, encoder)
        companion.build(folder, passages, vectors)
        collection, _ = _open_folder(folder)
        beside = companion.open(folder)
        seal(folder)
    except BaseException as error:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, KeyboardInterrupt | SystemExit | OSError):
            raise
        raise IndexUnavailable(_cannot_write(root, error)) from error
    _point_to(root, folder.name)
    return PassageStore(collection), beside


def _current_name(root: Path) -> str:
    with suppress(OSError, UnicodeDecodeError):
        return (root / CURRENT).read_text(encoding="utf-8").strip()
    return ""


def _sweep(root: Path, keep: set[str]) -> None:
    """Remove what dead builds left and outdated folders.

    The current folder stays, for other processes may be reading it.
    """
    for path in root.iterdir():
        if path.is_dir() and path.name not in keep:
            shutil.rmtree(path, ignore_errors=True)
        elif path.name.startswith(f"{CURRENT}."):
            path.unlink(missing_ok=True)


def _point_to(root: Path, name: str) -> None:
    temporary = root / f"{CURRENT}.{uuid.uuid4().hex}"
    with temporary.open("w", encoding="utf-8") as file:
        file.write(name + "\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, root / CURRENT)


def fill(
    client: ClientAPI, collection: Collection, passages: Sequence[Passage], encoder: Encoder
) -> Vectors:
    """Embed and add every passage; returns their vectors, shape (passages, dimension).

    A thread adds one step while the next is encoded.
    """
    every = np.zeros((len(passages), encoder.dimension), dtype=np.float32)
    size = min(STEP, client.get_max_batch_size())
    with ThreadPoolExecutor(1) as adding:
        added: Future[None] | None = None
        for step in _encoded(passages, encoder, every, size):
            if added:
                added.result()
            chosen = [passages[i] for i in step]
            added = adding.submit(_add, collection, chosen, every[step])
        if added:
            added.result()
    return every


def _encoded(
    passages: Sequence[Passage], encoder: Encoder, every: Vectors, size: int
) -> Iterator[list[int]]:
    """Positions of the passages, ``size`` at a time, each time their rows of ``every`` are full."""
    ready: list[int] = []
    with tqdm(total=len(passages), desc="Encoding", unit=" passages", delay=0.5) as progress:
        for positions, vectors in encoder.encode_in_steps([p.text for p in passages]):
            every[positions] = vectors
            ready += positions
            progress.update(len(positions))
            while len(ready) >= size:
                yield ready[:size]
                ready = ready[size:]
    if ready:
        yield ready


def _add(collection: Collection, passages: Sequence[Passage], vectors: Vectors) -> None:
    collection.add(
        ids=[p.id for p in passages],
        embeddings=vectors,
        documents=[p.text for p in passages],
        metadatas=[
            {"provision": p.provision, "kind": p.kind.value, "position": p.position}
            for p in passages
        ],
    )


def _client(folder: Path) -> ClientAPI:
    import chromadb

    return chromadb.PersistentClient(path=str(folder), settings=chroma_settings())


def chroma_settings() -> Any:
    """Settings of a client of Chroma that tells nobody that it is used."""
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)


def new_collection(client: ClientAPI, name: str, metadata: Mapping[str, Any]) -> Collection:
    """A collection by cosine; of 160 nearest passages the search finds 157 (measured).

    A coarser graph (100 and 24) is built in two thirds of the time, and finds 154.
    """
    return client.create_collection(
        name,
        embedding_function=None,
        metadata=dict(metadata) or None,
        configuration={
            "hnsw": {
                "space": "cosine",
                "ef_construction": 200,
                "ef_search": 200,
                "max_neighbors": 32,
            }
        },
    )


def _make_folder(root: Path) -> None:
    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise IndexUnavailable(_cannot_write(root, error)) from error


def _cannot_write(root: Path, error: BaseException) -> str:
    why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return (
        f"The index cannot be written below {root} ({' '.join(why.split())}), and what was there "
        "is unharmed: free the disk or set CONVENTION_DATA to a folder that can be written."
    )
