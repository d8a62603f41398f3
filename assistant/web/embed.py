"""``/embed``: the widget alone on a page, for the frames of the sites that the settings name."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from assistant.settings import Settings
from assistant.web.interface import STATIC
from assistant.web.pages import templates
from assistant.web.widget import read_widget

__all__ = ["embed_routes"]

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; "
    "frame-ancestors {ancestors}"
)


def embed_routes(settings: Settings) -> APIRouter:
    """The page; ``?q=`` asks at once, ``?lang=`` and ``?theme=`` dress it, ``?key=`` goes along."""
    router = APIRouter(include_in_schema=False)
    headers = {
        "Content-Security-Policy": _POLICY.format(
            ancestors=f"'self' {settings.embed_sites}".strip()
        ),
        "Cache-Control": "no-cache",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }

    @router.api_route("/embed", methods=["GET", "HEAD"])
    def embed(q: str = "", lang: str = "", theme: str = "", key: str = "") -> Response:
        page = _page(
            question=q,
            key=key,
            language=_known(lang),
            theme=_theme(theme),
            sites=settings.embed_sites,
        )
        return HTMLResponse(page, headers=headers)

    return router


def _known(language: str) -> str:
    """The code of the language where the widget speaks it, else that of English."""
    code = language.lower().partition("-")[0]
    return code if code in read_widget().texts else "en"


def _theme(theme: str) -> str:
    """The theme where there is such a one; "" follows the visitor's system."""
    return theme if theme in ("light", "dark") else ""


def _page(*, language: str, **given: str) -> str:
    widget = read_widget()
    return (
        templates()
        .get_template("embed.html")
        .render(
            static=STATIC,
            version=widget.version,
            language=language,
            texts=widget.texts[language],
            **given,
        )
    )
