"""Reaches a Chroma server, within limits of time, and says in one sentence why it cannot."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

import httpx

from index.errors import ConventionError, IndexUnavailable
from index.store import chroma_settings

if TYPE_CHECKING:
    from chromadb.api.client import Client

__all__ = ["ChromaServer"]

CONNECT_SECONDS = 3.0
"""How long a server may take to accept a connection, and to answer the first request."""


@dataclass(frozen=True, slots=True)
class ChromaServer:
    """A Chroma server at ``url``; ``str`` of it is its address without a user or password."""

    url: str

    def __str__(self) -> str:
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"

    def client(self, seconds: float) -> Client:
        """A client each of whose requests may take ``seconds``.

        Raises ``IndexUnavailable`` where the server cannot be reached or is no Chroma.
        """
        import chromadb

        with self.reached():
            self._greet()
            client = cast("Client", chromadb.HttpClient(self.url, settings=chroma_settings()))
            _limit(client, seconds)
        return client

    def _greet(self) -> None:
        """One request, for Chroma's own client has no limit of time while it is made."""
        response = httpx.get(f"{self.url}/api/v2/heartbeat", timeout=CONNECT_SECONDS)
        response.raise_for_status()
        if "nanosecond heartbeat" not in response.json():
            raise ValueError("what answers there is no Chroma server")

    @contextmanager
    def reached(self) -> Iterator[None]:
        """What goes wrong inside is raised as ``IndexUnavailable``, but for errors of our own."""
        try:
            yield
        except ConventionError:
            raise
        except Exception as error:  # Chroma's client raises bare ones for what a proxy says
            raise IndexUnavailable(
                f"The Chroma server at {self} cannot be used ({_reason(error)}): start it, or "
                "set CONVENTION_CHROMA_URL to where it runs."
            ) from error


def _limit(client: Client, seconds: float) -> None:
    """Chroma's client has no setting for this: its own limit is none at all."""
    session: httpx.Client = client._server._session  # type: ignore[attr-defined]
    session.timeout = httpx.Timeout(seconds, connect=CONNECT_SECONDS)


def _reason(error: BaseException) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "it does not answer in time"
    if isinstance(error, httpx.HTTPStatusError):
        return f"it answers with status {error.response.status_code}"
    words = " ".join(str(error).split()).rstrip(".")
    return words.replace(". ", "; ")[:200] or type(error).__name__
