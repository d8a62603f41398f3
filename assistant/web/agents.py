"""Where agents reach the assistant over HTTP: ``/mcp``, streamable HTTP without sessions.

Every request stands alone, so that any process can answer it. Pages of other sites must not make a
visitor's browser speak to it, so only known names and origins may (what is called DNS rebinding).
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from assistant.agents.server import agent_server
from assistant.assistant import Assistant
from assistant.obligations import Register
from assistant.settings import Settings
from assistant.web.addresses import address_of
from assistant.web.api.bodies import MOST_BYTES
from assistant.web.problems import Problem, response_to
from prompts import fixed_text

__all__ = ["PATH", "agent_routes", "known_names"]

PATH = "/mcp"

_HERE = ("127.0.0.1", "localhost", "[::1]")
_ANY = "*"
_EVERYWHERE = ("0.0.0.0", "::")


def agent_routes(assistant: Assistant, register: Register, settings: Settings) -> APIRouter:
    """The route of the protocol, which works while the application runs."""
    server = agent_server(assistant, register, lambda request: address_of(request, settings))
    door = _Door(server, _security(settings))
    router = APIRouter(lifespan=door.open)
    router.routes += [Route(path, door, include_in_schema=False) for path in (PATH, f"{PATH}/")]
    return router


def known_names(settings: Settings) -> list[str]:
    """The names that agents may reach the server by; with ``*`` any will do."""
    public = urlsplit(settings.public_url).hostname or ""
    given = [name.strip() for name in settings.mcp_hosts.split(",")]
    served = "" if settings.host in _EVERYWHERE else settings.host
    names = [*_HERE, served, public, *given]
    return list(dict.fromkeys(_bracketed(name.lower()) for name in names if name))


def _bracketed(name: str) -> str:
    """An IPv6 address as it stands in a header."""
    return f"[{name}]" if name.count(":") > 1 and not name.startswith("[") else name


def _security(settings: Settings) -> TransportSecuritySettings:
    names = known_names(settings)
    hosts = [host for name in names for host in (name, f"{name}:*")]
    return TransportSecuritySettings(
        enable_dns_rebinding_protection=_ANY not in names,
        allowed_hosts=hosts,
        allowed_origins=[f"{way}://{host}" for host in hosts for way in ("http", "https")],
    )


class _Door:
    """The application behind the path: the protocol, which is only spoken by POST."""

    def __init__(self, server: Server[Any], security: TransportSecuritySettings) -> None:
        self._server = server
        self._security = security
        self._open: list[StreamableHTTPSessionManager] = []

    @asynccontextmanager
    async def open(self, _: object) -> AsyncIterator[None]:
        """Answer while the context lasts."""
        manager = StreamableHTTPSessionManager(
            self._server,
            stateless=True,
            security_settings=self._security,
            max_request_body_size=MOST_BYTES,
        )
        async with manager.run():
            self._open.append(manager)
            yield
            self._open.remove(manager)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["method"] == "POST":
            await self._open[0].handle_request(scope, receive, send)
            return
        message = fixed_text("api/wrong_method", method=scope["method"], allowed="POST")
        problem = Problem(405, "method_not_allowed", message, headers={"Allow": "POST"})
        await response_to(Request(scope, receive), problem)(scope, receive, send)
