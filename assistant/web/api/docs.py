"""``/docs``: the description of the API to read and to try, with all that it needs from here.

The viewer is Swagger UI, as the package ``fastapi-offline`` carries it; nothing comes from another
host, and no script stands in the page.
"""

from __future__ import annotations

from importlib.resources import files

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse

from assistant.web.interface import STATIC
from assistant.web.pages import templates
from prompts import fixed_text

__all__ = ["docs_routes"]

_VIEWER = {"swagger-ui-bundle.js": "text/javascript", "swagger-ui.css": "text/css"}
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'self'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
"""The viewer writes styles into its elements, and has its pictures in its own style sheet."""


def docs_routes() -> APIRouter:
    """``/docs`` and the files of the viewer."""
    router = APIRouter(include_in_schema=False)

    @router.get("/docs")
    def docs() -> Response:
        template = templates().get_template("docs.html")
        html = template.render(static=STATIC, title=fixed_text("title"))
        return HTMLResponse(html, headers=_HEADERS)

    @router.get("/docs/{name}")
    def viewer(name: str) -> Response:
        if name not in _VIEWER:
            return Response(status_code=404)
        content = files("fastapi_offline").joinpath("static", name).read_bytes()
        headers = {"Cache-Control": "public, max-age=86400", "X-Content-Type-Options": "nosniff"}
        return Response(content, media_type=_VIEWER[name], headers=headers)

    return router
