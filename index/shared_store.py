"""Builds and opens the collection of passages on a Chroma server that many processes share.

Each build is a collection of its own, which counts once it carries the time at which it was
finished: that one change is the switch. The newest finished one of a fingerprint is the one in use.
An older one of the same stays for a grace time, and a process that still asks it then looks for the
newest by itself. Those of other fingerprints (another version of the program) stay for as long as
they are in use, and a month beyond.
"""

from __future__ import annotations

import hashlib
import json
import logging
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import httpx
import numpy as np

from index.beside import Beside
from index.chroma_server import ChromaServer
from index.encoder import Encoder, Vectors
from index.errors import IndexUnavailable
from index.passages import Passage
from index.store import Companion, Fingerprint, Hit, PassageStore, fill, new_collection
from index.turn import server_time, turn_to_build

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

__all__ = ["SharedStore", "open_shared_store"]

PREFIX = "convention-passages-"
ASKING_SECONDS = 5.0
"""How long one search may take."""

BUILDING_SECONDS = 300.0
"""How long one step of a build may take."""

GRACE_SECONDS = 600.0
ABANDONED_SECONDS = 3600.0
UNUSED_SECONDS = 30 * 86_400.0
SIGN_OF_USE_SECONDS = 86_400.0
TRIES = 3
"""How often one search is tried: connections break, and an index may be replaced meanwhile."""

PAGE = 1000
"""Vectors read from the server at a time."""

_log = logging.getLogger(__name__)

Say = Callable[[str], None]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Kept:
    """A collection of passages on the server, with the server's times in seconds.

    ``built`` is 0 where it was not finished, or has not been yet.
    """

    collection: Collection
    fingerprint: dict[str, Any]
    begun: float
    built: float
    used: float

    def is_of(self, fingerprint: Fingerprint) -> bool:
        return self.built > 0 and self.fingerprint == asdict(fingerprint)


class SharedStore(PassageStore):
    """The collection of a fingerprint on a server, whichever that is at the moment.

    Safe to use from several threads. Where the server is away, ``nearest`` raises
    ``IndexUnavailable``, and works again once it is back.
    """

    def __init__(self, server: ChromaServer, fingerprint: Fingerprint) -> None:
        self._server = server
        self._client = server.client(ASKING_SECONDS)
        self._fingerprint = fingerprint
        self._away = False
        self._look()

    def _look(self) -> None:
        """Take the newest collection of the fingerprint, and say to others that it is in use."""
        with self._server.reached():
            kept = _newest(self._client, self._fingerprint)
            if kept is None:
                raise IndexUnavailable(
                    f"The Chroma server at {self._server} no longer has the index: "
                    "build it again (python app.py build)."
                )
            super().__init__(kept.collection)
            _mark(kept, built=kept.built, used=server_time(self._client))
            self._next_sign = time.monotonic() + SIGN_OF_USE_SECONDS

    def nearest(self, vector: Vectors, n: int) -> list[Hit]:
        """As for every store; what has moved is looked for, and a lost connection made anew."""
        try:
            with self._server.reached():
                if time.monotonic() > self._next_sign:
                    self._look()
                hits = self._asked(vector, n)
        except IndexUnavailable as error:
            self._note(error)
            raise
        self._note(None)
        return hits

    def _asked(self, vector: Vectors, n: int) -> list[Hit]:
        """What the server finds; a collection that is going fails in more than one way."""
        for _ in range(TRIES - 1):
            try:
                return self._asked_once(vector, n)
            except httpx.TimeoutException:
                raise
            except Exception:
                self._look()
        return self._asked_once(vector, n)

    def _asked_once(self, vector: Vectors, n: int) -> list[Hit]:
        """Asked for each question by itself: a server that hangs holds up nobody else's."""
        hits = next(self._found([(vector, n)])) if len(self) else []
        if len(self) and not hits:
            raise ValueError("it finds nothing")
        return hits

    def _note(self, error: IndexUnavailable | None) -> None:
        """A line in the log when the server goes, and one when it is back."""
        if error and not self._away:
            _log.warning("%s", error)
        elif self._away and not error:
            _log.warning("The Chroma server at %s answers again.", self._server)
        self._away = error is not None


def open_shared_store(
    url: str,
    data: Path,
    passages: Sequence[Passage],
    encoder: Encoder,
    fingerprint: Fingerprint,
    companion: Companion[T],
    *,
    say: Say = lambda message: None,
    rebuild: bool = False,
) -> tuple[SharedStore, T]:
    """The store of these passages on the server at ``url``, built where it is not there.

    The companion is kept below ``data``. ``say`` is told in one sentence why an index is built.
    Raises ``IndexUnavailable`` where the server is away or neither opening nor building works; an
    index that was there stays as it was.
    """
    server = ChromaServer(url)
    beside = Beside(data, _sum_of(fingerprint), companion)
    with server.reached(), closing(server.client(BUILDING_SECONDS)) as client:
        given = passages, encoder, fingerprint, beside
        built = _built_if_needed(client, *given, say=say, rebuild=rebuild)
        if built is None:
            _sweep(client, fingerprint)
            built = beside.opened(passages, lambda: _vectors(server, fingerprint, passages))
    return SharedStore(server, fingerprint), built


def _built_if_needed(
    client: ClientAPI,
    passages: Sequence[Passage],
    encoder: Encoder,
    fingerprint: Fingerprint,
    beside: Beside[T],
    *,
    say: Say,
    rebuild: bool,
) -> T | None:
    """The companion of a new index; None where the one that is there fits."""
    if not rebuild and _newest_whole(client, fingerprint):
        return None
    with turn_to_build(client):
        if not rebuild and _newest_whole(client, fingerprint):
            return None  # another process has built it while this one waited
        why = "as asked" if rebuild else _why(client, fingerprint)
        say(f"Building the index of {len(passages)} passages: {why}.")
        return _build(client, passages, encoder, fingerprint, beside)


def _sum_of(fingerprint: Fingerprint) -> str:
    return hashlib.sha256(json.dumps(asdict(fingerprint)).encode()).hexdigest()[:24]


def _all(client: ClientAPI) -> Iterator[_Kept]:
    """Every collection of passages on the server, newest first."""
    collections: list[Collection] = []
    while more := client.list_collections(limit=PAGE, offset=len(collections)):
        collections += more
    kept = [_kept(collection) for collection in collections if collection.name.startswith(PREFIX)]
    yield from sorted(kept, key=lambda each: -each.built)


def _kept(collection: Collection) -> _Kept:
    metadata = collection.metadata or {}
    times = (float(metadata.get(name, 0.0)) for name in ("begun", "built", "used"))
    return _Kept(collection, json.loads(str(metadata.get("fingerprint", "{}"))), *times)


def _mark(kept: _Kept, *, built: float, used: float) -> None:
    times = {"begun": kept.begun, "built": built, "used": used}
    kept.collection.modify(metadata={"fingerprint": json.dumps(kept.fingerprint), **times})


def _newest(client: ClientAPI, fingerprint: Fingerprint) -> _Kept | None:
    return next((kept for kept in _all(client) if kept.is_of(fingerprint)), None)


def _newest_whole(client: ClientAPI, fingerprint: Fingerprint) -> _Kept | None:
    """The newest if it has all its passages and answers a trial query."""
    kept = _newest(client, fingerprint)
    return kept if kept and _is_whole(kept.collection, fingerprint) else None


def _is_whole(collection: Collection, fingerprint: Fingerprint) -> bool:
    if collection.count() != fingerprint.passages:
        return False
    probe = np.eye(1, fingerprint.dimension, dtype=np.float32)[0]
    found = collection.query(query_embeddings=probe, n_results=1, include=["distances"])
    return len(found["ids"][0]) == min(1, fingerprint.passages)


def _why(client: ClientAPI, fingerprint: Fingerprint) -> str:
    """Why there has to be a new index, in words."""
    finished = [kept for kept in _all(client) if kept.built]
    if any(kept.is_of(fingerprint) for kept in finished):
        return "the old one is damaged"
    difference = fingerprint.difference(finished[0].fingerprint) if finished else None
    return difference or "there is none yet"


def _build(
    client: ClientAPI,
    passages: Sequence[Passage],
    encoder: Encoder,
    fingerprint: Fingerprint,
    beside: Beside[T],
) -> T:
    _sweep(client, fingerprint, unfinished=True)
    name = f"{PREFIX}{uuid.uuid4().hex}"
    metadata = {"fingerprint": json.dumps(asdict(fingerprint)), "begun": server_time(client)}
    collection = new_collection(client, name, metadata)
    try:
        vectors = fill(client, collection, passages, encoder)
        built = beside.build(passages, vectors)
        if not _is_whole(collection, fingerprint):
            raise ValueError("not every passage has arrived")
        now = server_time(client)
        _mark(_kept(collection), built=now, used=now)
    except BaseException:
        with suppress(Exception):  # the next build sweeps it away
            client.delete_collection(name)
        raise
    return built


def _sweep(client: ClientAPI, fingerprint: Fingerprint, *, unfinished: bool = False) -> None:
    """Remove what nobody asks any more, and, in one's turn to build, what dead builds left."""
    now = server_time(client)
    newest: dict[str, float] = {}
    for kept in _all(client):
        if not kept.built:
            useless = unfinished and now - kept.begun > ABANDONED_SECONDS
        else:
            since = newest.setdefault(json.dumps(kept.fingerprint), kept.built)
            replaced = kept.built < since and now - since > GRACE_SECONDS
            strange = kept.fingerprint != asdict(fingerprint)
            useless = replaced or (strange and now - kept.used > UNUSED_SECONDS)
        if useless:
            _remove(client, kept.collection.name)


def _remove(client: ClientAPI, name: str) -> None:
    from chromadb.errors import NotFoundError

    try:
        client.delete_collection(name)
    except NotFoundError:  # another process was first
        return


def _vectors(
    server: ChromaServer, fingerprint: Fingerprint, passages: Sequence[Passage]
) -> Vectors:
    """The vectors of the passages as the server has them, a row for each."""
    every = np.zeros((len(passages), fingerprint.dimension), dtype=np.float32)
    row_of = {passage.id: row for row, passage in enumerate(passages)}
    with server.reached(), closing(server.client(BUILDING_SECONDS)) as client:
        kept = _newest(client, fingerprint)
        if kept is None:
            raise ValueError("the index has just gone")
        for start in range(0, len(passages), PAGE):
            ids = [passage.id for passage in passages[start : start + PAGE]]
            found = kept.collection.get(ids=ids, include=["embeddings"])
            every[[row_of[name] for name in found["ids"]]] = found["embeddings"]
    return every
