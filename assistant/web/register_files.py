"""The register as a download, and the self-assessment to and from a file; nothing of it is kept.

A browser sends what it keeps, and gets a file; or it sends a file, and gets what it is to keep.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, JSONResponse, Response

from assistant.assessment import Assessments
from assistant.assessment_files import MAX_BYTES, kept_values, read_assessments, read_kept
from assistant.exports import FORMATS, Content, Format, export, format_named
from assistant.knowledge import Knowledge
from assistant.obligations import Filters, Register
from assistant.web.api.bodies import read_within
from assistant.web.interface import Interface
from assistant.web.links import Link
from assistant.web.pages import PAGE_HEADERS
from assistant.web.problems import Refused, problem_of
from assistant.web.register_form import asked_filters
from assistant.web.register_shown import PATH, address
from index.errors import BadInput

__all__ = ["downloads_of", "register_files"]

_EXPORT = f"{PATH}/export"
_READ = f"{PATH}/read"
_ENDINGS = {"table": "txt", "akn": "xml"}
_LONGEST_NAME = 100
_FILE_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}

Asked = Annotated[Filters, Depends(asked_filters)]


@dataclass(frozen=True)
class RegisterFiles:
    """Writes the register into files, with and without an assessment, and reads them back."""

    knowledge: Knowledge
    register: Register
    interface: Interface

    def written(self, name: str, filters: Filters, kept: bytes | None = None) -> Response:
        """The rows that fit as a file, with the assessment that a browser keeps of them.

        Raises ``BadInput`` for an unknown format or filter, and where no row or no entry fits.
        """
        chosen = format_named(name)
        if chosen.whole and (filters.given() or kept is not None):
            raise BadInput(self.interface.text("register.whole_text_alone"))
        rows = self.register.filtered(filters)
        own = Assessments() if kept is None else read_kept(kept, self.register)
        day = date.today()
        content = export(chosen.name, Content(rows, own, self.knowledge.convention, day))
        return _file(content, chosen, day)

    def read(self, name: str, content: bytes) -> Response:
        """What a browser is to keep of a file; raises ``BadAssessment`` for one that is unfit."""
        notices: list[str] = []
        found = read_assessments(name, content, self.register, say=notices.append)
        values = {"assessments": kept_values(found), "notices": notices}
        return JSONResponse(values, headers=_FILE_HEADERS)


def downloads_of(filters: Filters, interface: Interface) -> list[Link]:
    """The register as it is filtered, in every format; the text of the Convention as a whole."""
    return [_download(entry, filters, interface) for entry in FORMATS.values()]


def _download(entry: Format, filters: Filters, interface: Interface) -> Link:
    query = address(Filters() if entry.whole else filters).removeprefix(PATH)
    joined = f"{query}&" if query else "?"
    words = interface.texts.get(f"register.format.{entry.name}", entry.name.upper())
    return Link(f"{_EXPORT}{joined}format={entry.name}", words)


def register_files(
    knowledge: Knowledge,
    register: Register,
    refusal: Callable[[Filters, str], str],
    interface: Interface,
) -> APIRouter:
    """The routes of the files; ``refusal`` makes the page that says why there is none."""
    files = RegisterFiles(knowledge, register, interface)
    router = APIRouter(include_in_schema=False)

    @router.get(_EXPORT)
    def bare(filters: Asked, format: str = "xlsx") -> Response:
        try:
            return files.written(format, filters)
        except BadInput as error:
            page = refusal(filters, str(error))
            return HTMLResponse(page, status_code=422, headers=PAGE_HEADERS)

    @router.post(_EXPORT)
    async def filled(request: Request, filters: Asked, format: str = "xlsx") -> Response:
        def work(kept: bytes) -> Response:
            return files.written(format, filters, kept)

        return await _answered(request, interface, work)

    @router.post(_READ)
    async def read(request: Request, name: str = "") -> Response:
        def work(content: bytes) -> Response:
            return files.read(_plain(name), content)

        return await _answered(request, interface, work)

    return router


def _file(content: bytes, chosen: Format, day: date) -> Response:
    name = f"obligations-{day}.{_ENDINGS.get(chosen.name, chosen.name)}"
    headers = {"Content-Disposition": f"attachment; filename={quote(name)}"}
    return Response(content, media_type=chosen.media_type, headers=_FILE_HEADERS | headers)


async def _body(request: Request, interface: Interface) -> bytes:
    """The body of a request; raises ``Refused`` as soon as it is larger than a file may be."""
    try:
        return await read_within(request, MAX_BYTES)
    except Refused as refused:
        if refused.problem.status != 413:
            raise
        told = interface.text("register.said.too_large", most=MAX_BYTES // 1_000_000)
        raise Refused(replace(refused.problem, message=told)) from None


async def _answered(
    request: Request, interface: Interface, work: Callable[[bytes], Response]
) -> Response:
    """The response to a body, made beside the event loop; or why not, with every problem."""
    try:
        return await run_in_threadpool(work, await _body(request, interface))
    except (BadInput, Refused) as error:
        problem = problem_of(error)
        body = problem.body()
        body["error"]["problems"] = getattr(error, "problems", ())
        return JSONResponse(body, problem.status, headers=_FILE_HEADERS | dict(problem.headers))


def _plain(name: str) -> str:
    """The name of a file as messages may repeat it: one line, not too long."""
    return " ".join(name.split())[:_LONGEST_NAME] or "the file"
