"""Keeps sets of files below a folder so that each set is replaced in one step.

A set is written into a folder of its own and brought to the disk; then the file ``current.NAME``
that names the folder is replaced. Whatever ends a process in between, a reader finds the old set
or the new one, and knows it by its sums. A lock file lets one process write at a time.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock
from filelock import Timeout as LockTimeout

from index.errors import KeepingError

__all__ = ["put", "read", "set_aside"]

ASIDE = "rejected"
MOST_ASIDE = 10
"""How many sets are kept aside; the oldest goes first."""
LOCK_SECONDS = 60.0
_POINTER = "current."
_SUMS = "sums.json"
_READS = 5
"""How often a set is read again that another process replaces meanwhile."""


def put(root: Path, name: str, files: Mapping[str, bytes]) -> None:
    """Make ``files`` the current set of that name below ``root``.

    Raises ``KeepingError`` where that is not possible; what was current then stays so.
    """
    with _writing(root):
        folder = _written(root, name, files)
        pointer = root / f"{_POINTER}{name}"
        temporary = root / f"{_POINTER}{name}.{uuid.uuid4().hex}"
        _write(temporary, folder.name.encode())
        os.replace(temporary, pointer)
        _sync(root)


def set_aside(root: Path, name: str, files: Mapping[str, bytes]) -> Path:
    """Keep ``files`` below ``root``/rejected, where no ``read`` looks; returns their folder.

    A set of the same name is replaced. Raises ``KeepingError`` where that is not possible.
    """
    with _writing(root):
        folder = _written(root, name, files)
        aside = root / ASIDE
        aside.mkdir(exist_ok=True)
        place = aside / name
        shutil.rmtree(place, ignore_errors=True)
        os.replace(folder, place)
        _sync(aside)
        for old in sorted(aside.iterdir(), key=_age)[:-MOST_ASIDE]:
            shutil.rmtree(old, ignore_errors=True)
    return place


def read(root: Path, name: str, wanted: Collection[str]) -> dict[str, bytes] | None:
    """The ``wanted`` files of the current set of that name; None where there is none.

    Raises ``KeepingError`` where a file is gone, unreadable or not what was kept.
    """
    for _ in range(_READS):
        folder = _current(root, name)
        if folder is None:
            return None
        try:
            return _read_folder(root / folder, wanted)
        except FileNotFoundError as error:
            if _current(root, name) == folder:
                raise _damaged(root, error) from error
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise _damaged(root, error) from error
    raise KeepingError(f"What is kept in {root} is being replaced all the time: try again.")


def _current(root: Path, name: str) -> str | None:
    """The name of the folder of the current set, never one outside ``root``."""
    try:
        return Path((root / f"{_POINTER}{name}").read_text(encoding="utf-8").strip()).name
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise _damaged(root, error) from error


def _read_folder(folder: Path, wanted: Collection[str]) -> dict[str, bytes]:
    sums = json.loads((folder / _SUMS).read_bytes())
    files = {name: (folder / name).read_bytes() for name in wanted}
    for name, content in files.items():
        if sums[name] != _sum(content):
            raise ValueError(f"{name} has changed since it was kept")
    return files


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _damaged(root: Path, error: Exception) -> KeepingError:
    why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return KeepingError(f"What is kept in {root} is damaged ({' '.join(why.split())}).")


@contextmanager
def _writing(root: Path) -> Iterator[None]:
    """Hold the lock, with what dead processes left swept away."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        with FileLock(root / "lock", timeout=LOCK_SECONDS):
            _sweep(root)
            yield
    except LockTimeout as error:
        raise KeepingError(
            f"Another process has been writing in {root} for {LOCK_SECONDS:.0f} s: wait for it or "
            "end it, then try again."
        ) from error
    except OSError as error:
        raise KeepingError(
            f"Nothing can be kept below {root} ({error.strerror or error}), and what was there is "
            "unharmed: free the disk or set CONVENTION_DATA to a folder that can be written."
        ) from error


def _sweep(root: Path) -> None:
    """Remove folders that nothing points to, and pointers that were never put in place."""
    pointers = [path for path in root.iterdir() if path.name.startswith(_POINTER)]
    for pointer in pointers:
        if pointer.name.count(".") > 1:
            pointer.unlink(missing_ok=True)
    names = {path.name[len(_POINTER) :] for path in pointers if path.name.count(".") == 1}
    used = {_current_or_none(root, name) for name in names}
    for path in root.iterdir():
        if path.is_dir() and path.name not in used | {ASIDE}:
            shutil.rmtree(path, ignore_errors=True)


def _current_or_none(root: Path, name: str) -> str | None:
    try:
        return _current(root, name)
    except KeepingError:
        return None


def _written(root: Path, name: str, files: Mapping[str, bytes]) -> Path:
    """A new folder with ``files`` and their sums, all of it on the disk; removed if that fails."""
    folder = root / f"{name}-{uuid.uuid4().hex}"
    sums = {file: _sum(content) for file, content in files.items()}
    try:
        folder.mkdir()
        for file, content in files.items():
            _write(folder / file, content)
        _write(folder / _SUMS, json.dumps(sums).encode())
        _sync(folder)
        _sync(root)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Bring the names in a folder to the disk; Windows has no call for it."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _age(path: Path) -> float:
    return path.stat().st_mtime
