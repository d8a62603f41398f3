"""Writes a file whole or not at all, and replaces none unasked."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from index.errors import BadInput, SavingError

__all__ = ["check_place", "save"]


def save(path: Path, content: bytes, *, replace: bool = False) -> None:
    """Write ``content`` to ``path``, by way of a temporary file beside it.

    Raises ``BadInput`` as ``check_place`` does; ``SavingError`` where it cannot be written, with
    everything left as it was.
    """
    check_place(path, replace=replace)
    try:
        _replace(path, content)
    except OSError as error:
        raise SavingError(
            f"{path} cannot be written ({error.strerror}); nothing was changed. Free some space or "
            "give another place."
        ) from error


def check_place(path: Path, *, replace: bool = False) -> None:
    """Nothing where a file may be written; for use before long work whose fruit goes there.

    Raises ``BadInput`` where a file is there already and ``replace`` is not set, or where the
    folder is not there.
    """
    if path.is_dir():
        raise BadInput(f"{path} is a folder: give the name of a file.")
    if path.exists() and not replace:
        raise BadInput(f"{path} is there already: give another name, or --force to replace it.")
    if not path.parent.is_dir():
        raise BadInput(f"There is no folder {path.parent}: make it, or give another place.")


def _replace(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, _mode(path))
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def _mode(path: Path) -> int:
    """The rights of the file that is replaced, or those that a new file gets."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
