"""The widget: one script that puts the assistant on any site, without anything beside it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml
from fastapi import APIRouter, Request
from fastapi.responses import Response

from assistant.web.api.caching import not_modified
from prompts import fixed_text

__all__ = ["ADDRESS", "Widget", "read_widget", "widget_routes"]

ADDRESS = "/widget.js"
"""Where the script is served."""

_EXAMPLES = 3
_FOR_EVER = "public, max-age=31536000, immutable"
_FOR_A_WHILE = "public, max-age=600"
_ANYWHERE = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True, slots=True)
class Widget:
    """The script as it is served, and the texts in it by code of the language.

    ``version`` changes with every byte of the script; an address that carries it
    (``/widget.js?v=…``) may be kept for ever.
    """

    script: bytes
    texts: Mapping[str, Mapping[str, str]]

    @property
    def version(self) -> str:
        """The beginning of the script's sha256."""
        return hashlib.sha256(self.script).hexdigest()[:16]


@cache
def read_widget() -> Widget:
    """The widget, put together from its script, its styles and its texts."""
    static = files("assistant.web").joinpath("static")
    texts = yaml.safe_load(files("prompts").joinpath("widget.yaml").read_text(encoding="utf-8"))
    parts = {
        "TEXTS": texts,
        "EXAMPLES": fixed_text("examples").splitlines()[:_EXAMPLES],
        "STYLES": static.joinpath("widget.css").read_text(encoding="utf-8"),
    }
    constants = (f"const {name} = {_as_script(value)};" for name, value in parts.items())
    source = static.joinpath("widget.js").read_text(encoding="utf-8")
    script = "\n".join(["(() => {", '"use strict";', *constants, source, "})();", ""])
    return Widget(script.encode(), texts)


def _as_script(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def widget_routes() -> APIRouter:
    """``/widget.js``, for any site to load."""
    router = APIRouter(include_in_schema=False)
    widget = read_widget()

    @router.api_route(ADDRESS, methods=["GET", "HEAD"])
    def script(request: Request, v: str = "") -> Response:
        lasting = _FOR_EVER if v == widget.version else _FOR_A_WHILE
        headers = {"ETag": f'"{widget.version}"', "Cache-Control": lasting, **_ANYWHERE}
        return not_modified(request, headers) or Response(
            widget.script, media_type="text/javascript", headers=headers
        )

    return router
