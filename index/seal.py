"""Knows whether an index on disk is still what its build left.

Chroma's core reads damaged files without a check: it then finds the wrong passages, or takes the
whole process down where no ``except`` helps. So a build is sealed by its sums, and the sums are
compared before the core sees the files.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

__all__ = ["DATABASE", "SEAL", "check_seal", "seal"]

DATABASE = "chroma.sqlite3"
SEAL = "seal.json"
GRAPH = "index_metadata.pickle"
"""Stands in the folder of a graph that is kept; Chroma writes a folder without it anew at opens."""

_TABLES = """
SELECT name FROM sqlite_master
WHERE type = 'table' AND name <> 'acquire_write'
AND name NOT GLOB 'embedding_fulltext*' AND name NOT GLOB 'embedding_metadata*'
ORDER BY name
"""
"""All but the table that each open adds to and those that no search by vector reads."""


def seal(folder: Path) -> None:
    """Keep the sums of what is in ``folder``, by which ``check_seal`` knows it again."""
    (folder / SEAL).write_text(json.dumps(_sums_of(folder)), encoding="utf-8")


def check_seal(folder: Path) -> None:
    """Raise where anything has changed since the build: ``ValueError`` or what reading raises."""
    if json.loads((folder / SEAL).read_text(encoding="utf-8")) != _sums_of(folder):
        raise ValueError("the index has changed since it was built")


def _sums_of(folder: Path) -> dict[str, str]:
    """A sum for each file; the database, which every open writes, is summed by its rows."""
    sums = {DATABASE: _sum_of_rows(folder / DATABASE)}
    for path in _files_of(folder):
        with path.open("rb") as file:
            total = hashlib.file_digest(file, "sha256")
        sums[path.relative_to(folder).as_posix()] = total.hexdigest()
    return sums


def _files_of(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            if (path / GRAPH).exists():
                yield from sorted(path.iterdir())
        elif path.name != SEAL and not path.name.startswith(DATABASE):
            yield path


def _sum_of_rows(database: Path) -> str:
    total = hashlib.sha256()
    with closing(sqlite3.connect(database)) as connection:
        state = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if state != "ok":
            raise ValueError(f"the database is damaged: {state}")
        for (table,) in connection.execute(_TABLES).fetchall():
            for row in connection.execute(f'SELECT * FROM "{table}"'):
                for value in row:
                    total.update(value if isinstance(value, bytes) else repr(value).encode())
    return total.hexdigest()
