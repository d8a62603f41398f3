"""Reads and keeps the status in the UN Treaty Collection: who has signed, and who is bound.

The Treaty Collection publishes an XML file for each treaty deposited with the Secretary-General.
This reader was written from public descriptions of that form, and from headers of files of other
treaties; it was never tried on the live file of this Convention, which could not be reached where
it was written. So it takes names of elements in any case and any namespace, finds the columns of
the table by their headings, and refuses a file that it does not understand rather than count it.
The form, in short::

    Document/Treaty/Header/ExternalData   Numsect, Titlesect, Status/Signatories, Status/Parties
    Document/Treaty/Participants/Table/TGroup/Thead/Row/Entry        headings of columns
    Document/Treaty/Participants/Table/TGroup/Tbody/Rows/Row/Entry   "22 Oct 2025", "3 Mar 2026 a"
"""

from __future__ import annotations

import hashlib
import json
import re
import ssl
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from index import shelf
from index.errors import KeepingError, UnreadableStatus
from index.fetching import QUICK, Limits
from index.sources import Source, document_from, source_named

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = [
    "KeptStatus",
    "Participant",
    "TreatyStatus",
    "fetch_status",
    "open_status",
    "read_treaty_status",
    "status_source",
]

ADDRESS = (
    "https://treaties.un.org/doc/Publication/MTDSG/Volume%20II/Chapter%20XVIII/XVIII-16.en.xml"
)
FOLDER = "status"
NAME = "XVIII-16"
XML_TYPES = frozenset({"text/xml", "application/xml", "text/plain"})
_FILE, _RECORD = "status.xml", "record.json"

_DATE = re.compile(r"(\d{1,2})\s+([A-Za-z]{3,9})\.?\s+(\d{4})\s*([A-Za-z]{1,2})?(?![A-Za-z])")
_MONTHS = {
    name: number
    for number, name in enumerate(
        "jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1
    )
}
_NOTE = re.compile(r"<superscript>.*?</superscript>|<[^>]*>", re.DOTALL)
_WAYS = {
    "": "ratification",
    "A": "acceptance",
    "AA": "approval",
    "a": "accession",
    "c": "formal confirmation",
    "d": "succession",
    "s": "definitive signature",
}
"""How a State became bound, by the letters behind the date."""


@dataclass(frozen=True, slots=True)
class Participant:
    """A State or an organization in the table.

    Attributes:
        name: as the table has it, without the marks of notes.
        signed: day of its signature.
        bound: day on which its instrument was deposited.
        way: what the instrument is: ratification, acceptance, approval, accession …
    """

    name: str
    signed: date | None
    bound: date | None
    way: str | None


@dataclass(frozen=True, slots=True)
class TreatyStatus:
    """What the file says: every participant, and the numbers that it states itself, if any."""

    title: str
    participants: tuple[Participant, ...]
    stated_signatories: int | None
    stated_parties: int | None

    @property
    def signatories(self) -> int:
        """How many have signed: as stated, or else as counted."""
        if self.stated_signatories is not None:
            return self.stated_signatories
        return sum(p.signed is not None for p in self.participants)

    @property
    def parties(self) -> int:
        """How many have deposited an instrument: as stated, or else as counted."""
        if self.stated_parties is not None:
            return self.stated_parties
        return sum(p.bound is not None for p in self.participants)

    @property
    def latest(self) -> date | None:
        """The newest day in the table; the file holds at least up to then."""
        days = [day for p in self.participants for day in (p.signed, p.bound) if day is not None]
        return max(days, default=None)


@dataclass(frozen=True, slots=True)
class KeptStatus:
    """A status with where and when it was fetched (UTC, ISO 8601), and the hash of its file."""

    status: TreatyStatus
    address: str
    fetched: str
    sha256: str


def read_treaty_status(content: bytes) -> TreatyStatus:
    """The status in a file of the Treaty Collection; raises ``UnreadableStatus``."""
    try:
        root = fromstring(content)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        why = str(error).split("\n")[0] or type(error).__name__
        raise UnreadableStatus(f"The status file is no sound XML ({why}).") from error
    title = _first(root, "titlesect") or _first(root, "subtitlesect") or ""
    if "cybercri" not in title.lower():
        raise UnreadableStatus(
            f"The status file is of another treaty ({title[:80] or 'without a title'})."
        )
    status = TreatyStatus(
        title,
        tuple(_participants(root)),
        _stated(root, "signatories"),
        _stated(root, "parties"),
    )
    if not status.participants:
        raise UnreadableStatus("The status file has no table of participants that can be read.")
    return status


def _name(element: Element) -> str:
    """The name of an element in small letters, without its namespace."""
    tag = element.tag if isinstance(element.tag, str) else ""
    return tag.rpartition("}")[2].lower()


def _all(root: Element, name: str) -> Iterator[Element]:
    return (element for element in root.iter() if _name(element) == name)


def _first(root: Element, name: str) -> str | None:
    return next((_text(element) for element in _all(root, name)), None)


def _text(element: Element) -> str:
    """The words of an element in one line, without notes, whether marked up or written out."""
    return " ".join(_NOTE.sub("", "".join(_pieces(element))).split())


def _pieces(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if _name(child) != "superscript":
            yield from _pieces(child)
        yield child.tail or ""


def _stated(root: Element, name: str) -> int | None:
    """A number that the head of the file states; None where it states none."""
    words = next((_first(status, name) for status in _all(root, "status")), None) or ""
    return int(words) if words.isascii() and words.isdecimal() else None


def _participants(root: Element) -> Iterator[Participant]:
    for table in _all(root, "participants"):
        heads = [row for head in _all(table, "thead") for row in _rows(head)]
        columns = _columns(heads[0]) if heads else _columns(())
        for body in _all(table, "tbody"):
            for entries in _rows(body):
                participant = _participant(entries, columns)
                if participant:
                    yield participant


def _rows(element: Element) -> Iterator[list[str]]:
    """The rows below an element, each a list of the words of its entries."""
    for row in _all(element, "row"):
        yield [_text(entry) for entry in row if _name(entry) == "entry"]


@dataclass(frozen=True, slots=True)
class _Columns:
    """The places of the columns that matter; None for one that the table does not have."""

    name: int
    signed: int | None
    bound: int | None


def _columns(headings: Sequence[str]) -> _Columns:
    """Where the columns stand, by their headings; as in every table where there are none."""
    if not headings:
        return _Columns(0, 1, 2)
    lower = [heading.lower() for heading in headings]

    def place(*words: str) -> int | None:
        return next((i for i, h in enumerate(lower) if any(w in h for w in words)), None)

    bound = place("ratification", "accession", "acceptance")
    signed = next((i for i, h in enumerate(lower) if "signature" in h and i != bound), None)
    return _Columns(place("participant", "state") or 0, signed, bound)


def _participant(entries: Sequence[str], columns: _Columns) -> Participant | None:
    name = _cell(entries, columns.name).rstrip("0123456789, ")
    if not name:
        return None
    signed, _ = _day(_cell(entries, columns.signed))
    bound, mark = _day(_cell(entries, columns.bound))
    return Participant(name, signed, bound, _WAYS.get(mark, mark) if bound else None)


def _cell(entries: Sequence[str], place: int | None) -> str:
    return entries[place] if place is not None and place < len(entries) else ""


def _day(words: str) -> tuple[date | None, str]:
    """The day in a cell and the letters behind it; a day in brackets no longer counts."""
    match = _DATE.search(words)
    month = _MONTHS.get(match[2][:3].lower()) if match else None
    if match is None or month is None or words.startswith("["):
        return None, ""
    try:
        return date(int(match[3]), month, int(match[1])), match[4] or ""
    except ValueError:
        return None, ""


def status_source(named: str | None = None) -> Source:
    """Where the status comes from: the file or address that the user named, or the Collection.

    Raises ``BadSource`` for an address that is neither a file nor on the web.
    """
    return Source(ADDRESS) if named is None else source_named(named)


def fetch_status(
    data: Path,
    source: Source | None = None,
    *,
    limits: Limits = QUICK,
    trust: ssl.SSLContext | None = None,
    say: Callable[[str], None] = lambda message: None,
) -> KeptStatus:
    """The status as the Treaty Collection (or ``source``) has it now; kept from then on.

    Raises ``FetchError``, ``BadSource``, ``UnreadableStatus`` or ``KeepingError``; what was kept
    before stays.
    """
    source = source or status_source()
    document = document_from(source, limits=limits, trust=trust, types=XML_TYPES, say=say)
    kept = KeptStatus(
        read_treaty_status(document.content),
        document.address,
        datetime.now(UTC).isoformat(timespec="seconds"),
        hashlib.sha256(document.content).hexdigest(),
    )
    record = {"address": kept.address, "fetched": kept.fetched, "sha256": kept.sha256}
    files = {_FILE: document.content, _RECORD: json.dumps(record, indent=1).encode()}
    shelf.put(data / FOLDER, NAME, files)
    return kept


def open_status(
    data: Path, *, say: Callable[[str], None] = lambda message: None
) -> KeptStatus | None:
    """The status that is kept; None where there is none, or none that is whole.

    ``say`` is told in one sentence why one that is there cannot be used.
    """
    try:
        files = shelf.read(data / FOLDER, NAME, (_FILE, _RECORD))
        if files is None:
            return None
        record: Mapping[str, str] = json.loads(files[_RECORD])
        status = read_treaty_status(files[_FILE])
        return KeptStatus(status, record["address"], record["fetched"], record["sha256"])
    except (KeepingError, UnreadableStatus, KeyError, TypeError, ValueError) as error:
        why = str(error).rstrip(".")
        say(f"The kept status is not used ({why}): get it again with 'python app.py status'.")
        return None
