"""A question over HTTP: the whole answer as JSON, or as it comes as server-sent events."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from assistant.answer import Answer, Draft
from assistant.stages import Stage
from assistant.web.api.bodies import JsonRoute
from assistant.web.api.events import KEEPALIVE, QUIET, EventStream, event, prefers_events
from assistant.web.api.growing import Answering, Quiet
from assistant.web.api.shapes import AnswerBody, AskBody, example_events, language_to_quote
from assistant.web.problems import documented, problem_of
from index.languages import language_named
from prompts import fixed_text

__all__ = ["ask_routes"]

_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {
        "model": AnswerBody,
        "description": fixed_text("api/ask_answer"),
        "content": {"text/event-stream": {"example": example_events()}},
    },
    **documented(408, 413, 415, 422, 500, 503),
}


def ask_routes(answering: Answering) -> APIRouter:
    """``POST /api/ask``."""
    router = APIRouter(route_class=JsonRoute, tags=["questions"])

    @router.post(
        "/api/ask",
        summary="Ask a question",
        description=fixed_text("api/ask"),
        responses=_RESPONSES,
    )
    async def ask(request: Request, body: AskBody) -> Response:
        language_named(body.language)
        if prefers_events(request.headers.get("accept", "")):
            return EventStream(_events(answering, body))
        answer = await answering.answer(body.question, body.history, language_to_quote(body))
        return JSONResponse(answer.as_json(), headers={"Cache-Control": "no-store"})

    return router


async def _events(answering: Answering, body: AskBody) -> AsyncGenerator[bytes]:
    """What happens on the way to the answer; last the answer, or the problem in its place."""
    told = ""
    async for step in answering.steps(body.question, body.history, language_to_quote(body), QUIET):
        match step:
            case Quiet():
                yield KEEPALIVE
            case Stage():
                yield event({"stage": step}, "stage")
            case Draft():
                told = step.text
                yield event({"text": told}, "text")
            case Answer():
                if step.text != told:
                    yield event({"text": step.text}, "text")
                yield event(step.as_json(), "answer")
            case Exception():
                yield event(problem_of(step).body(), "error")
