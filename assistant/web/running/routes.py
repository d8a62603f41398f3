"""The routes of those who run the assistant: ``/healthz``, ``/readyz`` and ``/metrics``."""

from __future__ import annotations

from functools import partial
from ipaddress import ip_address, ip_network

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST

from assistant.assistant import Assistant
from assistant.heard import HeardAssistant
from assistant.settings import Settings
from assistant.web.problems import Problem, Refused
from assistant.web.running.health import Readiness
from assistant.web.running.metrics import Metrics, Source
from assistant.web.running.traffic import PEER, Traffic, Watch
from assistant.web.running.watched import watching
from prompts import fixed_text

__all__ = ["add_running", "add_watch"]

_NOT_KEPT = {"Cache-Control": "no-store"}


def add_running(app: FastAPI, assistant: Assistant, settings: Settings) -> Assistant:
    """Add the routes to the application; returns the assistant to ask, whose answers count.

    ``app.state.traffic`` and ``app.state.metrics`` then hold what ``add_watch`` keeps up to date.
    """
    traffic = app.state.traffic = Traffic()
    encoder, failures = assistant.retriever.encoder, assistant.failures
    source = Source(lambda: traffic.running, lambda: encoder.waiting, lambda: failures)
    metrics = app.state.metrics = Metrics(source)
    app.include_router(_routes(Readiness(assistant.retriever, traffic), metrics, settings))
    return HeardAssistant(assistant, partial(watching, metrics))


def add_watch(app: FastAPI) -> None:
    """Watch every request; also what is refused by middleware that was added before."""
    app.add_middleware(Watch, traffic=app.state.traffic, metrics=app.state.metrics)


def _routes(readiness: Readiness, metrics: Metrics, settings: Settings) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/healthz")
    async def health() -> Response:
        return JSONResponse({"status": "alive"}, headers=_NOT_KEPT)

    @router.get("/readyz")
    async def ready() -> Response:
        if why := await readiness.why_not():
            raise Refused(Problem(503, "not_ready", why))
        return JSONResponse({"status": "ready"}, headers=_NOT_KEPT)

    @router.get("/metrics")
    async def figures(request: Request) -> Response:
        if not _may_read(request.scope.get(PEER), settings.metrics):
            raise Refused(Problem(403, "forbidden", fixed_text("running/metrics_closed")))
        return Response(metrics.text(), media_type=CONTENT_TYPE_LATEST, headers=_NOT_KEPT)

    return router


def _may_read(peer: str | None, allowed: str) -> bool:
    """Whether a peer is in one of the allowed networks."""
    try:
        address = ip_address(peer or "")
    except ValueError:
        return False
    return any(address in ip_network(network) for network in allowed.split())
