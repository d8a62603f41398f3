"""What all pages share: templates, headers, files, and the line that says which text they show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from functools import cache
from importlib.resources import files

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from assistant.knowledge import Knowledge
from assistant.web.interface import ENGLISH, STATIC, Interface

__all__ = ["METHODS", "PAGE_HEADERS", "html_page", "static_files", "templates", "which_text"]

METHODS = ["GET", "HEAD"]
PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
_MEDIA_TYPES = {"css": "text/css", "js": "text/javascript"}


@cache
def templates() -> Environment:
    """The templates of this package, with HTML escaped and no name left open."""
    return Environment(
        loader=PackageLoader("assistant.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def html_page(html: str, status: int = 200) -> Response:
    """A page as the answer to a request; nothing from elsewhere may run in it."""
    return HTMLResponse(html, status_code=status, headers=PAGE_HEADERS)


def which_text(knowledge: Knowledge, interface: Interface) -> str:
    """The sentences that say which text is read or quoted, and as of when."""
    stamp = knowledge.stamp(interface.code)
    return interface.text(
        "site.text_official" if stamp.address else "site.text_digest",
        **asdict(stamp) | {"as_of": _day(date.fromisoformat(stamp.as_of), interface)},
    )


def _day(day: date, interface: Interface) -> str:
    return f"{day.day} {day:%B %Y}" if interface.code == ENGLISH else day.isoformat()


def static_files() -> APIRouter:
    """The routes of the styles and scripts of all pages."""
    router = APIRouter(include_in_schema=False)

    @router.api_route(f"{STATIC}/{{name}}", methods=METHODS)
    def static(name: str) -> Response:
        return _static(name, _static_names())

    return router


def _static_names() -> Sequence[str]:
    return [file.name for file in files("assistant.web").joinpath("static").iterdir()]


def _static(name: str, names: Sequence[str]) -> Response:
    kind = _MEDIA_TYPES.get(name.rpartition(".")[2])
    if kind is None or name not in names:
        return Response(status_code=404)
    content = files("assistant.web").joinpath("static", name).read_bytes()
    return Response(content, media_type=kind, headers={"Cache-Control": "no-cache"})
