"""The page on which a bill is read against what the Convention asks.

``/bill`` has a form; ``/bill/read`` takes it. A browser without JavaScript gets the table as a
page; everyone else gets a line of JSON for each step, and in the last line the whole reading. The
bill is held in memory while it is read, and then gone.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.requests import ClientDisconnect

from assistant.gap import Report, Sureness
from assistant.gap.formats.plain_json import values
from assistant.gap.reading import MAX_BYTES
from assistant.knowledge import Knowledge
from assistant.obligations import Register
from assistant.web.bill_desk import BillDesk, Given, Step
from assistant.web.bill_form import Body, Text, read_form
from assistant.web.bill_shown import downloads, level_names, shown
from assistant.web.interface import Interface
from assistant.web.names import Names, foreign
from assistant.web.pages import PAGE_HEADERS, templates, which_text
from assistant.web.problems import problem_of
from assistant.web.reading.texts import Texts
from index.errors import Busy, ConventionError, OversizedDocument, ServingError

__all__ = ["PATH", "BillRoom", "bill_room"]

PATH = "/bill"

_LINES = "application/x-ndjson"
_PAUSE = 0.15
"""Seconds between two looks at how far a reading has come."""
_ALIVE = 10.0
"""Seconds after which a line is sent even where nothing has changed."""
_RETRY_AFTER = 30
_NOT_KEPT = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class BillRoom:
    """Renders the page, empty or with the table of a reading."""

    def __init__(self, knowledge: Knowledge, register: Register, interface: Interface) -> None:
        self._knowledge, self._register, self._interface = knowledge, register, interface
        self._names = Names(interface)

    def text(self, name: str, /, **values: object) -> str:
        """A text of the interface."""
        return self._interface.text(name, **values)

    def page(self, *, failure: str = "", report: Report | None = None) -> str:
        """The whole page; ``failure`` says in a sentence why there is no table."""
        convention = self._knowledge.convention
        return (
            templates()
            .get_template("bill.html")
            .render(
                **self._on_page(),
                path=PATH,
                treaty=convention.title,
                which_text=which_text(self._knowledge, self._interface),
                version=self._register.edition.text_sha256[:12],
                chapters=[one for one in convention.chapters if one.number < 8],
                limit=MAX_BYTES,
                too_large=self.text("bill.too_large", limit=MAX_BYTES // 1_000_000),
                failure=failure,
                told=self._names.told("bill.said."),
                table=self.table(report) if report else "",
            )
        )

    def table(self, report: Report) -> str:
        """The table of a reading, with what is above it."""
        reading = report.reading
        counts = {
            "likely": reading.count(Sureness.LIKELY),
            "possible": reading.count(Sureness.POSSIBLE),
            "nothing": reading.count(None),
        }
        return (
            templates()
            .get_template("bill_table.html")
            .render(
                **self._on_page(),
                bill=reading.bill,
                day=report.day,
                counts=counts,
                total=len(reading.findings),
                levels=level_names(report),
                chapters=shown(report, self._knowledge.convention),
                downloads=downloads(report),
            )
        )

    def _on_page(self) -> dict[str, Any]:
        return self._interface.on_page("bill", PATH) | {
            "names": self._names,
            "texts": Texts(self._knowledge, self._interface.code),
            "in_language": partial(foreign, self._interface),
        }


def bill_room(
    knowledge: Knowledge,
    register: Register,
    desk: BillDesk,
    interface: Interface,
) -> APIRouter:
    """The routes of the page in one language; every language gives its bills to the same desk."""
    room = BillRoom(knowledge, register, interface)
    router = APIRouter(include_in_schema=False)

    @router.api_route(PATH, methods=["GET", "HEAD"])
    @router.api_route(f"{PATH}/", methods=["GET", "HEAD"])
    @router.api_route(f"{PATH}/read", methods=["GET", "HEAD"])
    def page() -> Response:
        return _html(room.page())

    @router.post(f"{PATH}/read")
    async def read(request: Request) -> Response:
        answer = _AsPage(room) if _wants_page(request) else _AsLines(room)
        try:
            given = await _given(request, desk, answer.make, room.text)
        except ConventionError as error:
            return answer.refusal(error)
        except ClientDisconnect:
            return Response(status_code=400)
        return await answer.of(request, given)

    return router


async def _given(
    request: Request, desk: BillDesk, make: Callable[[Report], object], text: Text
) -> Given:
    """Take the bill in and put it in line; raises a ``ConventionError`` that says why not."""
    try:
        desk.take_place()
    except Busy:
        await Body(request, text).let_go()
        raise
    try:
        sent = await read_form(request, text)
        return desk.give(sent.data, sent.name, sent.chapter, make)
    except BaseException:
        desk.leave_place()
        raise


def _wants_page(request: Request) -> bool:
    """Whether a browser asks for a page, by itself and not through a script."""
    return "text/html" in request.headers.get("accept", "")


async def _steps(request: Request, given: Given) -> AsyncIterator[Step]:
    """How far a reading has come, until it has ended; given up where the visitor has gone."""
    future = asyncio.wrap_future(given.future)
    future.add_done_callback(lambda ended: ended.cancelled() or ended.exception())
    last, told = None, 0.0
    try:
        while not future.done():
            if await request.is_disconnected():
                return
            step = given.progress.step
            if step != last or time.monotonic() - told > _ALIVE:
                last, told = step, time.monotonic()
                yield step
            await asyncio.wait({future}, timeout=_PAUSE)
    finally:
        given.give_up()


class _AsPage:
    """Answers with a page."""

    def __init__(self, room: BillRoom) -> None:
        self._room = room

    def make(self, report: Report) -> object:
        return self._room.page(report=report)

    def refusal(self, error: ConventionError) -> Response:
        page = self._room.page(failure=str(error))
        return _html(page, _status(error), _headers(error))

    async def of(self, request: Request, given: Given) -> Response:
        async for _ in _steps(request, given):
            pass
        try:
            return _html(str(given.outcome() or ""))
        except ConventionError as error:
            return self.refusal(error)


class _AsLines:
    """Answers with a line of JSON for each step."""

    def __init__(self, room: BillRoom) -> None:
        self._room = room

    def make(self, report: Report) -> object:
        return {"event": "done", "reading": values(report), "html": self._room.table(report)}

    def refusal(self, error: ConventionError) -> Response:
        problem = replace(problem_of(error), status=_status(error))
        return JSONResponse(problem.body(), problem.status, _headers(error) | _NOT_KEPT)

    async def of(self, request: Request, given: Given) -> Response:
        lines = self._lines(request, given)
        return StreamingResponse(lines, media_type=_LINES, headers=_NOT_KEPT)

    async def _lines(self, request: Request, given: Given) -> AsyncIterator[str]:
        async for step in _steps(request, given):
            yield _line({"event": str(step.stage), "done": round(step.done, 3)})
        try:
            yield _line(given.outcome())
        except ConventionError as error:
            yield _line(_failure(error))


def _line(event: object) -> str:
    return json.dumps(event, ensure_ascii=False) + "\n"


def _failure(error: ConventionError) -> Mapping[str, Any]:
    return {"event": "error", "message": str(error)}


def _status(error: ConventionError) -> int:
    if isinstance(error, OversizedDocument):
        return 413
    if isinstance(error, Busy):
        return 503
    return 500 if isinstance(error, ServingError) else 422


def _headers(error: ConventionError) -> dict[str, str]:
    return {"Retry-After": str(_RETRY_AFTER)} if isinstance(error, Busy) else {}


def _html(page: str, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    given = PAGE_HEADERS | {"Cache-Control": "no-store"} | dict(headers or {})
    return HTMLResponse(page, status_code=status, headers=given)
