"""Joins the groups of routes, and says what there is where a path leads to none of them."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.routing import APIRoute

from assistant.assistant import Assistant
from assistant.obligations import Register
from assistant.records.journal import Journal
from assistant.settings import Settings
from assistant.web.api.ask import ask_routes
from assistant.web.api.caching import Edition
from assistant.web.api.description import describe
from assistant.web.api.docs import docs_routes
from assistant.web.api.feedback import feedback_routes
from assistant.web.api.growing import Answering
from assistant.web.api.obligations import obligation_routes
from assistant.web.api.openai_routes import openai_routes
from assistant.web.api.provisions import provision_routes
from assistant.web.api.search import search_routes
from assistant.web.problems import Problem, Refused
from prompts import fixed_text

__all__ = ["add_api"]


def add_api(
    app: FastAPI, assistant: Assistant, register: Register, settings: Settings, journal: Journal
) -> None:
    """Add all routes of the API to the application, its description, and ``/docs``."""
    knowledge = assistant.knowledge
    edition = Edition(knowledge, register.edition.register_sha256)
    answering = Answering(assistant)
    routers = [
        ask_routes(answering),
        feedback_routes(journal),
        search_routes(assistant),
        provision_routes(knowledge, register, edition),
        obligation_routes(register, knowledge.convention, edition),
        openai_routes(assistant, answering, settings),
    ]
    for router in (*routers, _elsewhere(routers), docs_routes()):
        app.include_router(router)
    describe(app, with_keys=settings.keys == "required")


def _elsewhere(routers: Sequence[APIRouter]) -> APIRouter:
    """Answers every other path of the API, and every other method, with a problem."""
    routes = [route for router in routers for route in router.routes]
    known = [route for route in routes if isinstance(route, APIRoute)]
    router = APIRouter()

    async def elsewhere(request: Request) -> Response:
        path = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
        methods = sorted({m for r in known if r.path_regex.match(path) for m in r.methods or ()})
        if not methods:
            raise Refused(Problem(404, "not_found", fixed_text("api/no_such_path")))
        allowed = ", ".join(methods)
        message = fixed_text("api/wrong_method", method=request.method, allowed=allowed)
        raise Refused(Problem(405, "method_not_allowed", message, headers={"Allow": allowed}))

    for below in ("/api/{path:path}", "/v1/{path:path}"):
        router.add_route(below, elsewhere, methods=[], include_in_schema=False)  # [] is any method
    return router
