"""Keeps other treaties on the user's machine, each in a folder of its own below ``treaties/``.

A treaty goes by the title that its user gave it. The short name made of the title names its folder,
in which its text is kept as the official text is, beside its index.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from index import shelf
from index.convention import Convention
from index.errors import BadTitle, KeepingError, UnknownTreaty
from index.fetching import Fetched
from index.keeping import Official, files_of, made_official, official_on
from index.languages import language_of
from index.official_reader import plain_text_of, read_document

__all__ = ["FOLDER", "check_title", "folder_of", "keep_treaty", "open_treaties", "open_treaty",
           "short_name"]  # fmt: skip

FOLDER = "treaties"
LONGEST = 100
"""Characters of a title; no treaty is asked about by a longer one."""
_SHELF, _SET = "text", "treaty"

Say = Callable[[str], None]


def short_name(title: str) -> str:
    """The short name of a title: its letters and digits in ASCII, lower case, joined by hyphens.

    Raises ``BadTitle`` for a title without a Latin letter, with characters that cannot be seen, or
    of more than 100 characters.
    """
    title = " ".join(title.split())
    if len(title) > LONGEST:
        raise BadTitle(
            f"The title has {len(title)} characters: give one of at most {LONGEST}, such as "
            '"Budapest Convention".'
        )
    letters = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    name = "-".join("".join(c if c.isalnum() else " " for c in letters).split())
    if not title.isprintable() or not any(c.isalpha() for c in name):
        raise BadTitle(
            f"The title {title!r} has no Latin letters to name a treaty by, or some that cannot be "
            'seen: give a title such as "Budapest Convention".'
        )
    return name


def folder_of(data: Path, title: str) -> Path:
    """The folder of the treaty of that title, whether or not it is kept; raises ``BadTitle``."""
    return data / FOLDER / short_name(title)


def check_title(data: Path, title: str) -> None:
    """Raise ``BadTitle`` where the title cannot name a treaty, or another goes by its short name.

    Capitals and blanks make no other title, and that of a text that is damaged is free.
    """
    folder = folder_of(data, title)
    kept = _title_in(folder)
    if kept is not None and _same(kept) != _same(title):
        raise BadTitle(
            f"{title!r} and {kept!r}, which is kept already, would both go by the short name "
            f"{folder.name}: give another title, or {kept!r} to replace what is kept."
        )


def _title_in(folder: Path) -> str | None:
    try:
        kept = official_on(folder / _SHELF, _SET)
    except KeepingError:
        return None
    return kept.record.title if kept else None


def _same(title: str) -> str:
    return " ".join(title.split()).casefold()


def keep_treaty(data: Path, document: Fetched, title: str) -> Official:
    """Read the treaty in ``document`` and keep it under ``title``; one of that title is replaced.

    Raises ``BadTitle``, ``KeepingError``, and as ``read_document`` does; what was kept then stays.
    """
    check_title(data, title)
    title = " ".join(title.split())
    treaty = made_official(document, _read(document, title), title=title)
    shelf.put(folder_of(data, title) / _SHELF, _SET, files_of(treaty, document))
    return treaty


def _read(document: Fetched, title: str) -> Convention:
    language = language_of(plain_text_of(document.content)) or "en"
    found = read_document(document.content, language=language)
    return replace(found, title=found.title or title)


def open_treaty(data: Path, title: str) -> Official:
    """The kept treaty of that title or short name.

    Raises ``UnknownTreaty`` where it is not kept, ``KeepingError`` where it is damaged.
    """
    if not (name := _name_or_none(title)):
        raise UnknownTreaty(_unknown(data, title))
    try:
        treaty = official_on(data / FOLDER / name / _SHELF, _SET)
    except KeepingError as error:
        raise KeepingError(_damaged(title, error)) from error
    if treaty is None:
        raise UnknownTreaty(_unknown(data, title))
    return treaty


def _name_or_none(title: str) -> str | None:
    try:
        return short_name(title)
    except BadTitle:
        return None


def _unknown(data: Path, title: str) -> str:
    kept = ", ".join(repr(treaty.record.title) for treaty in open_treaties(data).values())
    if not kept:
        return (
            f"No treaty {title!r} is kept here, nor any other: bring its text with "
            "'python app.py build --text FILE --title TITLE'."
        )
    return f"No treaty {title!r} is kept here: name one of {kept}, or build it first."


def _damaged(title: str, error: Exception) -> str:
    why = str(error).rstrip(".")
    return f"The kept text of {title!r} cannot be used ({why}): build it again from its file."


def open_treaties(data: Path, *, say: Say = lambda message: None) -> dict[str, Official]:
    """Every treaty that is kept and whole, by short name; ``say`` is told of a damaged one."""
    found: dict[str, Official] = {}
    for name in _names_in(data / FOLDER):
        try:
            treaty = official_on(data / FOLDER / name / _SHELF, _SET)
        except KeepingError as error:
            say(_damaged(name, error))
            continue
        if treaty is not None:
            found[name] = treaty
    return found


def _names_in(folder: Path) -> list[str]:
    try:
        return sorted(path.name for path in folder.iterdir() if path.is_dir())
    except OSError:
        return []
