"""Puts the application behind its guard, in the order in which a request meets it."""

from __future__ import annotations

from fastapi import FastAPI

from assistant.settings import Settings
from assistant.web.guard.doorkeeper import Doorkeeper
from assistant.web.guard.gate import Gate
from assistant.web.guard.limits import Limiter
from assistant.web.guard.proxies import Proxies
from assistant.web.guard.uploads import Uploads
from assistant.web.headers import add_headers
from assistant.web.sites import add_sites

__all__ = ["add_guard"]


def add_guard(app: FastAPI, settings: Settings) -> None:
    """Add what guards the application; the last that is added is met first.

    What the gate refuses still tells other sites' pages why, for it stands behind ``sites``.
    Raises ``RecordsFailure`` where keys are asked for and the database of them cannot be used.
    """
    app.add_middleware(Uploads)
    limiter = Limiter(settings.limit_store)
    doorkeeper = Doorkeeper(settings, limiter) if settings.keys else None
    app.add_middleware(Gate, settings=settings, limiter=limiter, doorkeeper=doorkeeper)
    add_headers(app)
    add_sites(app, settings.sites)
    app.add_middleware(Proxies, trusted=settings.trusted_proxies)
