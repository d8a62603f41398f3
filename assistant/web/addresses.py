"""Where this application can be reached from outside, for links that leave its pages."""

from __future__ import annotations

from dataclasses import replace

from fastapi import Request

from assistant.answer import Answer
from assistant.settings import Settings

__all__ = ["address_of", "with_addresses"]


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
