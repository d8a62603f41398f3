"""Keeps, on each machine, what goes with an index that lies on a server.

It is read far too often for the server, and known by the fingerprint of the index: another build of
the same has the same beside it.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Generic, TypeVar

from filelock import FileLock

from index.encoder import Vectors
from index.errors import IndexUnavailable
from index.passages import Passage
from index.store import Companion

__all__ = ["Beside"]

LOCK_SECONDS = 600.0
FOLDER = "beside"

T = TypeVar("T")


class Beside(Generic[T]):
    """A companion below ``<data>/beside``, in a folder that is named by ``mark``."""

    def __init__(self, data: Path, mark: str, companion: Companion[T]) -> None:
        self._root = data / FOLDER
        self._folder = self._root / mark
        self._companion = companion

    def opened(self, passages: Sequence[Passage], vectors: Callable[[], Vectors]) -> T:
        """The companion, built first where it is not there or damaged.

        ``vectors`` is called only then: a row for each passage. Raises ``IndexUnavailable`` where
        it can be neither read nor written.
        """
        with suppress(Exception):
            return self._companion.open(self._folder)
        with _writing(self._root):
            with suppress(Exception):  # another process may have built it meanwhile
                return self._companion.open(self._folder)
            return self._built(passages, vectors())

    def build(self, passages: Sequence[Passage], vectors: Vectors) -> T:
        """The companion, built anew; raises as ``opened`` does."""
        with _writing(self._root):
            return self._built(passages, vectors)

    def _built(self, passages: Sequence[Passage], vectors: Vectors) -> T:
        new = self._root / f"new-{uuid.uuid4().hex}"
        try:
            new.mkdir()
            self._companion.build(new, passages, vectors)
            opened = self._companion.open(new)
            self._put_in_place(new)
        finally:
            shutil.rmtree(new, ignore_errors=True)
        return opened

    def _put_in_place(self, new: Path) -> None:
        old = self._root / f"old-{uuid.uuid4().hex}"
        if self._folder.exists():
            self._folder.rename(old)
        new.rename(self._folder)
        shutil.rmtree(old, ignore_errors=True)


@contextmanager
def _writing(root: Path) -> Iterator[None]:
    """Inside, no other process writes below ``root``; what fails is told in one sentence."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        with FileLock(root / "lock", timeout=LOCK_SECONDS):
            yield
    except IndexUnavailable:
        raise
    except Exception as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise IndexUnavailable(
            f"What goes with the index cannot be written below {root} "
            f"({' '.join(why.split()) or type(error).__name__}): free the disk or set "
            "CONVENTION_DATA to a folder that can be written."
        ) from error
