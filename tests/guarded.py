"""What the tests of the guard stand on: a small application behind the whole guard, on a socket."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from fastapi import FastAPI, Request

from assistant.settings import read_settings
from assistant.web.guard import add_guard
from assistant.web.problems import add_problems
from tests.browser import served


def small_app(**given: Any) -> FastAPI:
    """An application that tells what reaches it, with these settings."""
    app = FastAPI()

    @app.api_route("/{path:path}", methods=["GET", "POST"])
    async def tell(request: Request) -> dict[str, Any]:
        body = await request.body()
        return {
            "client": request.client.host if request.client else None,
            "scheme": request.url.scheme,
            "forwarded": [name for name in request.headers if "forward" in name],
            "bytes": len(body),
        }

    add_guard(app, read_settings(**given))
    add_problems(app)
    return app


@contextmanager
def guarded(**given: Any) -> Iterator[httpx.Client]:
    """A client of the small application, which is served with these settings."""
    with served(small_app(**given)) as address, httpx.Client(base_url=address) as client:
        yield client
