"""Keeps the official text on the user's machine: its words, its document, and where it came from.

Below the data folder, ``official/`` holds a set of files for each language; ``official/rejected/``
holds the documents that failed, with the reasons, which nothing reads.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from index import shelf
from index.convention import Convention, Provision
from index.errors import DocumentError, KeepingError
from index.fetching import Fetched
from index.languages import LANGUAGES, language_named
from index.layout.formats import format_of
from index.quoting import Quote, quote_of
from index.whole_text import WholeText, convention_in, structure_of, write_out

__all__ = [
    "FOLDER",
    "Official",
    "Record",
    "files_of",
    "keep_official",
    "made_official",
    "official_on",
    "open_official",
    "open_officials",
    "set_aside_document",
]

FOLDER = "official"
_TEXT, _STRUCTURE, _RECORD = "text.txt", "structure.json", "record.json"
_SUFFIXES = {"pdf": "pdf", "html": "html", "text": "txt", "unknown": "bin"}


@dataclass(frozen=True, slots=True)
class Record:
    """Where a kept text came from, and what it is.

    Attributes:
        address: the address or file that was asked for.
        final: the address that it came from, after redirects.
        fetched: when, in UTC (ISO 8601).
        sha256: hash of the original document, in hexadecimal.
        text_sha256: hash of the text that was read from it.
        language: ISO 639-1 code.
        format: ``html``, ``pdf`` or ``text``; ``unknown`` for one that could not be read.
        title: what the document calls itself.
        size: bytes of the document.
        told: what the check found that was no reason to refuse the text.
        doubtful: ids of provisions that must not be quoted, for the text has them under another
            number than the digest.
    """

    address: str
    final: str
    fetched: str
    sha256: str
    text_sha256: str
    language: str
    format: str
    title: str
    size: int
    told: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()

    @property
    def day(self) -> str:
        """The date alone, ``2026-11-24``."""
        return self.fetched[:10]

    @property
    def place(self) -> str:
        """The address that it came from; of a file on this machine, its name alone."""
        return self.final if "://" in self.final else Path(self.final).name


@dataclass(frozen=True, slots=True)
class Official:
    """A kept official text: what it says, where each provision stands in it, its record."""

    convention: Convention
    whole: WholeText
    record: Record

    @property
    def text(self) -> str:
        """The whole text, of which every quote is a part."""
        return self.whole.text

    def quote(self, provision_id: str) -> Quote | None:
        """The official words of that provision, or None where there are none to be relied on."""
        if provision_id in self.record.doubtful:
            return None
        return quote_of(self.convention, self.whole, provision_id)

    def wording(self, provision_id: str) -> Provision | None:
        """The provision as the official text has it, or None as with ``quote``."""
        return None if self.quote(provision_id) is None else self.convention[provision_id]


def keep_official(
    data: Path,
    document: Fetched,
    convention: Convention,
    *,
    told: Sequence[str] = (),
    doubtful: Sequence[str] = (),
) -> Official:
    """Keep ``convention``, read from ``document``, as the official text in its language.

    Raises ``KeepingError``; the text that was kept before then stays.
    """
    official = made_official(document, convention, told=told, doubtful=doubtful)
    shelf.put(data / FOLDER, convention.language, files_of(official, document))
    return official


def made_official(
    document: Fetched,
    convention: Convention,
    *,
    title: str = "",
    told: Sequence[str] = (),
    doubtful: Sequence[str] = (),
) -> Official:
    """``convention``, read from ``document``, with its whole text and record; not kept yet.

    ``title`` is its name in the record, "" for what the document calls itself.
    """
    convention = replace(convention, source="official", sha256=_sum(document.content))
    whole = write_out(convention)
    record = replace(
        _record(document, convention.language, title or convention.title),
        text_sha256=_sum(whole.text.encode()),
        told=tuple(told),
        doubtful=tuple(doubtful),
    )
    return Official(convention, whole, record)


def files_of(official: Official, document: Fetched) -> dict[str, bytes]:
    """What is written to keep ``official`` and the document that it was read from, by file name."""
    return {
        _TEXT: official.text.encode(),
        _STRUCTURE: json.dumps(structure_of(official.convention, official.whole)).encode(),
        _RECORD: _json(asdict(official.record)),
        f"document.{_SUFFIXES[official.record.format]}": document.content,
    }


def official_on(root: Path, name: str) -> Official | None:
    """The set of that name on the shelf ``root``; None where there is none.

    Raises ``KeepingError`` where the set is damaged.
    """
    files = shelf.read(root, name, (_TEXT, _STRUCTURE, _RECORD))
    try:
        return None if files is None else _opened(files)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise KeepingError(f"What is kept in {root} is not as it was kept ({error}).") from error


def set_aside_document(
    data: Path, document: Fetched, language: str, reasons: Iterable[str]
) -> Path:
    """Keep a document that failed, with the reasons; returns its folder.

    Raises ``KeepingError``.
    """
    record = _record(document, language, "")
    files = {
        f"document.{_SUFFIXES[record.format]}": document.content,
        _RECORD: _json(asdict(record) | {"reasons": list(reasons)}),
    }
    return shelf.set_aside(data / FOLDER, f"{language}-{record.sha256[:12]}", files)


def open_official(
    data: Path, language: str = "en", *, say: Callable[[str], None] = lambda message: None
) -> Official | None:
    """The kept official text in that language; None where there is none, or none that is whole.

    ``say`` is told in one sentence why a text that is there cannot be used. Raises ``BadSource``
    for a language that the Convention is not written in.
    """
    language_named(language)
    try:
        return official_on(data / FOLDER, language)
    except KeepingError as error:
        why = str(error).rstrip(".")
        say(
            f"The kept official text ({language}) is not used ({why}): get it again with "
            "'python app.py fetch'."
        )
        return None


def open_officials(
    data: Path, *, say: Callable[[str], None] = lambda message: None
) -> dict[str, Official]:
    """Every official text that is kept and whole, by language; ``say`` as in ``open_official``."""
    opened = {language: open_official(data, language, say=say) for language in LANGUAGES}
    return {language: official for language, official in opened.items() if official is not None}


def _opened(files: dict[str, bytes]) -> Official:
    convention, whole = convention_in(files[_TEXT].decode(), json.loads(files[_STRUCTURE]))
    entries = json.loads(files[_RECORD])
    lists = {name: tuple(entries[name]) for name in ("told", "doubtful")}
    return Official(convention, whole, Record(**entries | lists))


def _record(document: Fetched, language: str, title: str) -> Record:
    return Record(
        address=document.address,
        final=document.final,
        fetched=datetime.now(UTC).isoformat(timespec="seconds"),
        sha256=_sum(document.content),
        text_sha256="",
        language=language,
        format=_format(document.content),
        title=title,
        size=len(document.content),
    )


def _format(content: bytes) -> str:
    try:
        return format_of(content).name.lower()
    except DocumentError:
        return "unknown"


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _json(values: Any) -> bytes:
    return json.dumps(values, ensure_ascii=False, indent=1).encode()
