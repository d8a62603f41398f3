"""Opens the database: SQLite in the data folder, or another that the settings name."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, func, insert, select
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from assistant.records.tables import VERSION, metadata, version
from assistant.settings import Settings
from index.errors import BadInput, RecordsFailure

__all__ = ["is_there", "open_database", "working"]

_FILE = "records.sqlite3"
_SECONDS_TO_WAIT = 5


def open_database(settings: Settings) -> Engine:
    """The database with its tables, made where they are missing.

    Raises ``BadInput`` for an address that no database has, ``RecordsFailure`` where it cannot be
    reached or was written by a later version of this program.
    """
    address = settings.database.get_secret_value()
    engine = _engine(address) if address else _in_the_folder(settings.data)
    with working(engine) as connection:
        metadata.create_all(connection)
        _check_version(connection)
    return engine


def is_there(settings: Settings) -> bool:
    """Whether there may be a database already, without looking into it."""
    return bool(settings.database.get_secret_value()) or (settings.data / _FILE).exists()


@contextmanager
def working(engine: Engine) -> Iterator[Connection]:
    """A transaction; raises ``RecordsFailure`` where the database does not do its part."""
    try:
        with engine.begin() as connection:
            yield connection
    except SQLAlchemyError as error:
        why = str(getattr(error, "orig", None) or type(error).__name__).splitlines()[0]
        raise RecordsFailure(
            f"The database of keys and feedback cannot be used ({why}): see whether it is there, "
            "has room, and is not locked by another program."
        ) from error


def _engine(address: str) -> Engine:
    try:
        return create_engine(address, pool_pre_ping=True, hide_parameters=True)
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise BadInput(
            "CONVENTION_DATABASE is no address of a database that can be opened here: write it "
            "like postgresql+psycopg://USER:PASSWORD@HOST/NAME, and install its driver."
        ) from error


def _in_the_folder(folder: Path) -> Engine:
    """SQLite, in a file that nobody else may read."""
    file = folder / _FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise RecordsFailure(f"{file} cannot be written ({error.strerror}).") from error
    engine = create_engine(
        f"sqlite:///{file}", connect_args={"timeout": _SECONDS_TO_WAIT}, hide_parameters=True
    )
    event.listen(engine, "connect", _let_read_while_written)
    return engine


def _let_read_while_written(connection: object, _: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.close()


def _check_version(connection: Connection) -> None:
    found = connection.scalar(select(func.max(version.c.number)))
    if found is None:
        connection.execute(insert(version).values(number=VERSION))
    elif found > VERSION:
        raise RecordsFailure(
            f"The database has version {found} of its tables, and this program knows up to "
            f"{VERSION}: use the program that wrote it, or name another by CONVENTION_DATABASE."
        )
