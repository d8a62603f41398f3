"""Responses that only change with the text: named by a hash, so that a client need not load twice.

The tag of a resource is made of all that its content depends on besides its address.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path

from fastapi import Request, Response

from assistant.knowledge import Knowledge

__all__ = ["Edition", "not_modified", "package_version"]

_PACKAGE = "cybercrime-convention-assistant"


def package_version() -> str:
    """The version of this package; "0" where it runs without having been installed."""
    try:
        return version(_PACKAGE)
    except PackageNotFoundError:
        return "0"


@dataclass(frozen=True)
class Edition:
    """What all static resources of one running application depend on."""

    knowledge: Knowledge
    register_sha256: str

    @cached_property
    def _made_of(self) -> str:
        records = [official.record for official in self.knowledge.officials.values()]
        return "|".join(
            [
                package_version(),
                self.knowledge.convention.sha256,
                self.knowledge.annotations_sha256,
                self.register_sha256,
                *(f"{kept.language} {kept.sha256} {kept.doubtful}" for kept in records),
            ]
        )

    @cached_property
    def _modified(self) -> str:
        """When the newest of the shipped text and the official texts came to this machine."""
        fetched = [official.record.fetched for official in self.knowledge.officials.values()]
        moments = [datetime.fromisoformat(moment) for moment in fetched]
        return format_datetime(max([_shipped(), *moments]), usegmt=True)

    def headers(self, *also: str, weak: bool = False) -> dict[str, str]:
        """The headers of a resource; ``also`` is what it depends on besides.

        ``weak`` marks one whose bytes may differ though it says the same.
        """
        tag = hashlib.sha256("|".join([self._made_of, *also]).encode()).hexdigest()[:32]
        return {
            "ETag": f'W/"{tag}"' if weak else f'"{tag}"',
            "Last-Modified": self._modified,
            "Cache-Control": "no-cache",
        }


def _shipped() -> datetime:
    folder = Path(str(files("index").joinpath("text")))
    times = [file.stat().st_mtime for file in folder.rglob("*") if file.is_file()]
    return datetime.fromtimestamp(int(max(times)), UTC)


def not_modified(request: Request, headers: dict[str, str]) -> Response | None:
    """The short response where the client has the resource already; None where it has not."""
    given = request.headers.get("if-none-match", "")
    known = [tag.strip().removeprefix("W/") for tag in given.split(",")]
    if headers["ETag"].removeprefix("W/") in known or "*" in known:
        return Response(status_code=304, headers=headers)
    return None
