"""``POST /api/feedback``: what somebody thought of an answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from assistant.records.journal import Journal
from assistant.web.api.bodies import JsonRoute
from assistant.web.api.shapes import Words
from assistant.web.problems import documented
from prompts import fixed_text

__all__ = ["feedback_routes"]

_LONGEST = 2000


class FeedbackBody(BaseModel):
    """A thumb, and in words why."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        json_schema_extra={
            "examples": [{"answer": "3f2b8c1d9e6a4f70a1b2c3d4e5f60718", "thumb": "up"}]
        },
    )

    answer: Annotated[
        str,
        Field(
            pattern=r"^[A-Za-z0-9._:-]{1,64}$",
            description="id of the answer: X-Request-ID of the response that brought it",
        ),
    ]
    thumb: Literal["up", "down"]
    comment: Annotated[Words, Field(max_length=_LONGEST, description="in words")] = ""


def feedback_routes(journal: Journal) -> APIRouter:
    """The route; the journal is open while the application runs."""

    @asynccontextmanager
    async def working(_: object) -> AsyncIterator[None]:
        journal.open()
        yield
        journal.close()

    router = APIRouter(route_class=JsonRoute, tags=["questions"], lifespan=working)

    @router.post(
        "/api/feedback",
        summary="Say what an answer was worth",
        description=fixed_text("api/feedback"),
        status_code=204,
        responses=documented(408, 413, 415, 422, 500),
    )
    async def tell(body: FeedbackBody) -> Response:
        journal.note_feedback(body.answer, body.thumb, body.comment)
        return Response(status_code=204)

    return router
