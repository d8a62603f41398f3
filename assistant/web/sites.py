"""Lets the pages of the sites that the settings name ask this application from a browser (CORS)."""

from __future__ import annotations

import re

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

__all__ = ["add_sites"]

_SECONDS_KNOWN = 600
_LABELS = r"[a-z0-9-]+(?:\.[a-z0-9-]+)*"


def add_sites(app: FastAPI, sites: str) -> None:
    """Let in the pages of these origins, without cookies, and of no other, for all routes.

    It is there for an empty list too: the chat page's own rules, which let in any site, give way.
    """
    app.add_middleware(
        CORSMiddleware,
        allow_origin_regex="|".join(_pattern(site) for site in sites.split()) or None,
        allow_methods=["GET", "POST"],
        allow_headers=["Authorization", "Content-Type", "X-Request-ID"],
        expose_headers=["RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-ID"],
        max_age=_SECONDS_KNOWN,
    )


def _pattern(site: str) -> str:
    """What an Origin header has to match; a star stands for the names below."""
    return re.escape(site).replace(re.escape("*"), _LABELS)
