"""How the guard tells why a request is not let in."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Receive, Scope

from assistant.web.addresses import path_of
from assistant.web.guard.edges import is_of_the_chat
from assistant.web.interface import STATIC
from assistant.web.pages import PAGE_HEADERS, templates
from assistant.web.problems import Problem, response_to
from prompts import fixed_text

__all__ = ["closed", "in_words", "told"]

_UNITS = ((86400, "day"), (3600, "hour"), (60, "minute"), (1, "second"))
_SECONDS_OFF = 300
"""After which a program may look whether questions are answered again."""


def told(scope: Scope, receive: Receive, problem: Problem) -> Response:
    """The response that tells a problem, in the shape that the path has it.

    The chat page shows a visitor the ``detail`` of what it is refused.
    """
    response = response_to(Request(scope, receive), problem)
    if not is_of_the_chat(path_of(scope)):
        return response
    body = problem.body() | {"detail": problem.message}
    return JSONResponse(body, status_code=problem.status, headers=dict(problem.headers))


def closed(scope: Scope, receive: Receive, why: str) -> Response:
    """The response while the off switch is on: a page for the page, a problem elsewhere."""
    headers = {"Retry-After": str(_SECONDS_OFF), "Cache-Control": "no-store"}
    if path_of(scope) != "/":
        return told(scope, receive, Problem(503, "off", why, headers=headers))
    page = templates().get_template("off.html")
    html = page.render(static=STATIC, title=fixed_text("title"), why=why)
    return HTMLResponse(html, status_code=503, headers=PAGE_HEADERS | headers)


def in_words(seconds: int) -> str:
    """A time to wait, rounded up to the unit that people would tell it in."""
    size, name = next(((s, n) for s, n in _UNITS if seconds > s), _UNITS[-1])
    count = -(-seconds // size)
    return f"{count} {name}" if count == 1 else f"{count} {name}s"
