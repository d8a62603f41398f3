"""The assistant for programs that speak the OpenAI API: chat completions and the list of models."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.settings import Settings
from assistant.web.addresses import address_of
from assistant.web.api.bodies import JsonRoute
from assistant.web.api.events import KEEPALIVE, QUIET, EventStream, event
from assistant.web.api.growing import Answering, Quiet
from assistant.web.api.openai_answers import Completion, asked_in
from assistant.web.api.openai_shapes import (
    MODEL,
    ChatBody,
    CompletionBody,
    ModelBody,
    ModelsBody,
)
from assistant.web.api.shapes import language_to_quote
from assistant.web.problems import Problem, Refused, documented, problem_of
from index.languages import language_named
from prompts import fixed_text

__all__ = ["openai_routes"]

_OWNER = "cybercrime-convention-assistant"


class ChatRoute(JsonRoute):
    """A route whose bodies hold a whole conversation, answers and all."""

    most_bytes = 1024 * 1024


def openai_routes(assistant: Assistant, answering: Answering, settings: Settings) -> APIRouter:
    """``POST /v1/chat/completions``, ``GET /v1/models`` and ``GET /v1/models/{id}``."""
    router = APIRouter(route_class=ChatRoute, tags=["openai"])
    model = _model(assistant.knowledge.stamp().as_of)

    @router.post(
        "/v1/chat/completions",
        summary="Complete a chat",
        description=fixed_text("api/openai/chat"),
        responses={
            200: {"model": CompletionBody, "content": {"text/event-stream": {}}},
            **documented(400, 408, 413, 415, 500, 503, openai=True),
        },
    )
    async def complete(request: Request, body: ChatBody) -> Response:
        language_named(body.language)
        asked = asked_in(body)
        completion = Completion.begun(
            asked, address_of(request, settings), assistant.knowledge, assistant.retriever.encoder
        )
        if body.stream:
            with_usage = bool(body.stream_options and body.stream_options.include_usage)
            language = language_to_quote(body)
            events = _events(answering, completion, language, with_usage=with_usage)
            return EventStream(events)
        answer = await answering.answer(asked.question, asked.history, language_to_quote(body))
        values = await run_in_threadpool(completion.whole, answer)
        return JSONResponse(values, headers={"Cache-Control": "no-store"})

    @router.get(
        "/v1/models",
        summary="List the models",
        description=fixed_text("api/openai/models"),
        responses={200: {"model": ModelsBody}, **documented(500, openai=True)},
    )
    async def models() -> Response:
        return JSONResponse({"object": "list", "data": [model]})

    @router.get(
        "/v1/models/{model_id:path}",
        summary="Read a model",
        responses={200: {"model": ModelBody}, **documented(404, 500, openai=True)},
    )
    async def one_model(model_id: Annotated[str, Path(examples=[MODEL])]) -> Response:
        if model_id != MODEL:
            message = fixed_text("api/openai/no_such_model", asked=model_id, model=MODEL)
            raise Refused(Problem(404, "model_not_found", message, part="model"))
        return JSONResponse(model)

    return router


def _model(as_of: str) -> dict[str, Any]:
    """The one model; it is as old as the state of its text."""
    created = int(datetime.fromisoformat(as_of).replace(tzinfo=UTC).timestamp())
    return {"id": MODEL, "object": "model", "created": created, "owned_by": _OWNER}


async def _events(
    answering: Answering, completion: Completion, language: str | None, *, with_usage: bool
) -> AsyncGenerator[bytes]:
    """The chunks; drafts are left out, for a client could not take back what an answer has not."""
    yield event(completion.first())
    asked = completion.asked
    async for step in answering.steps(asked.question, asked.history, language, QUIET):
        match step:
            case Quiet():
                yield KEEPALIVE
            case Answer():
                for chunk in await run_in_threadpool(_listed, completion, step, with_usage):
                    yield event(chunk)
            case Exception():
                yield event(problem_of(step).openai_body())
    yield event("[DONE]")


def _listed(completion: Completion, answer: Answer, with_usage: bool) -> list[dict[str, Any]]:
    return list(completion.chunks(answer, with_usage=with_usage))
