"""The retriever over HTTP: the provisions for some words, best first."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from fastapi.responses import JSONResponse
from langchain_core.documents import Document
from langsmith import tracing_context

from assistant.assistant import Assistant
from assistant.question import MAX_CHARACTERS, clean
from assistant.web.api.shapes import SearchBody
from assistant.web.problems import documented
from index.convention import Convention
from index.errors import BadInput
from prompts import fixed_text

__all__ = ["MOST_FOUND", "found_values", "search_routes"]

MOST_FOUND = 50
"""Provisions that one search may ask for."""


def search_routes(assistant: Assistant) -> APIRouter:
    """``GET /api/search``."""
    router = APIRouter(tags=["provisions"])

    @router.get(
        "/api/search",
        summary="Search the provisions",
        description=fixed_text("api/search"),
        responses={200: {"model": SearchBody}, **documented(422, 500)},
    )
    def search(
        q: Annotated[
            str,
            Query(
                description="what to look for, in everyday words",
                min_length=1,
                max_length=MAX_CHARACTERS,
                examples=["revenge porn"],
            ),
        ],
        k: Annotated[int, Query(description="how many provisions", ge=1, le=MOST_FOUND)] = 10,
    ) -> Response:
        return JSONResponse(found_values(assistant, q, k), headers={"Cache-Control": "no-store"})

    return router


def found_values(assistant: Assistant, query: str, k: int) -> dict[str, Any]:
    """The ``k`` provisions that are nearest to the query, best first, as plain values.

    Raises ``BadInput`` for a query without words.
    """
    convention = assistant.knowledge.convention
    found = _found(assistant, query, k)
    return {"query": query, "provisions": [_values(entry, convention) for entry in found]}


def _found(assistant: Assistant, query: str, k: int) -> list[Document]:
    words = clean(query)
    if not any(letter.isalnum() for letter in words):
        raise BadInput("There is nothing to search for: give some words.")
    with tracing_context(enabled=False):
        return assistant.retriever.invoke(words, k=k)


def _values(found: Document, convention: Convention) -> dict[str, Any]:
    provision = convention[str(found.id)]
    told = {name: found.metadata[name] for name in ("label", "article", "title", "level", "url")}
    return {
        "id": provision.id,
        **told,
        "chapter": convention.chapter_of(provision),
        "text": found.page_content,
        "score": found.metadata["score"],
    }
