"""Where this application is reached from outside, and what was asked for within it."""

from __future__ import annotations

import re
from dataclasses import replace

from fastapi import Request
from starlette.types import Scope

from assistant.answer import Answer
from assistant.settings import Settings

__all__ = ["address_of", "path_of", "with_addresses"]

_SLASHES = re.compile(r"/{2,}")
_LANGUAGE = re.compile(r"^/[a-z]{2}(?=/|$)")


def address_of(request: Request | None, settings: Settings) -> str:
    """The address of the application without a slash: as it is set, else as it was asked at.

    "" where it is not set and nothing was asked over HTTP.
    """
    asked_at = "" if request is None else str(request.base_url)
    return (settings.public_url or asked_at).rstrip("/")


def with_addresses(answer: Answer, address: str) -> Answer:
    """The answer with whole addresses in its citations; as it was where ``address`` is ""."""
    cited = tuple(
        replace(citation, url=f"{address}{citation.url}") if citation.url else citation
        for citation in answer.citations
    )
    return replace(answer, citations=cited)


def path_of(scope: Scope) -> str:
    """The path within the application, whatever a proxy, a mount or a language put before it."""
    path = _SLASHES.sub("/", scope["path"].removeprefix(scope.get("root_path", "")))
    return _LANGUAGE.sub("", path) or "/"
