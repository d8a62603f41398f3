"""Where a document comes from: an address that is fetched, or a file that is read."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from index.errors import BadSource
from index.fetching import DOCUMENT_TYPES, Fetched, Limits, Rules, fetch, host_of

__all__ = ["Source", "document_from", "source_named"]


@dataclass(frozen=True, slots=True)
class Source:
    """A file or an address that a document comes from, and the rules for going there."""

    place: str
    rules: Rules = field(default_factory=Rules)

    @property
    def is_address(self) -> bool:
        """Whether it is fetched over the network."""
        return self.place.lower().startswith(("http:", "https:"))

    @property
    def label(self) -> str:
        """Its host or its file name, for people."""
        return host_of(self.place) if self.is_address else Path(self.place).name


def source_named(named: str) -> Source:
    """The file or address that a user named, which may be on any host.

    Raises ``BadSource`` for an address that is neither a file nor on the web.
    """
    scheme, mark, _ = named.partition("://")
    if mark and scheme.lower() == "file":
        return Source(unquote(urlsplit(named).path))
    if mark and scheme.lower() not in ("http", "https"):
        raise BadSource(f"{named} is neither a file nor an address that begins with https://.")
    return Source(named, Rules.of_user(named))


def document_from(
    source: Source,
    *,
    limits: Limits | None = None,
    trust: ssl.SSLContext | None = None,
    types: Collection[str] = DOCUMENT_TYPES,
    say: Callable[[str], None] = lambda message: None,
) -> Fetched:
    """The document of a source: fetched, or read from its file within the same size.

    Raises ``BadSource`` for a file that cannot be read, otherwise a leaf of ``FetchError``.
    """
    if source.is_address:
        return fetch(
            source.place, rules=source.rules, limits=limits, types=types, trust=trust, say=say
        )
    size = (limits or Limits()).size
    try:
        with Path(source.place).open("rb") as file:
            content = file.read(size + 1)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise BadSource(f"The file {source.place} cannot be read ({why}).") from error
    if len(content) > size:
        raise BadSource(f"The file {source.place} is larger than {size / 1e6:g} MB: name another.")
    if not content.strip():
        raise BadSource(f"The file {source.place} is empty: name another.")
    place = str(Path(source.place).absolute())
    return Fetched(content, place, place, "")
