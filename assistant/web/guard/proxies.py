"""Who is asking: the address that a trusted proxy tells, and no other's word for it."""

from __future__ import annotations

import logging
from ipaddress import IPv6Address, IPv6Interface, ip_address

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from prompts import fixed_text

__all__ = ["Proxies", "visitor_of"]

_TOLD = (b"forwarded", b"x-real-ip")
_TOLD_BELOW = b"x-forwarded-"

_log = logging.getLogger(__name__)


class Proxies:
    """Takes address and scheme from trusted proxies; what others tell of them is left out.

    ``trusted`` are networks, separated by blanks.
    """

    def __init__(self, app: ASGIApp, trusted: str) -> None:
        self._app = app
        self._has_noted = False
        self._trusting = ProxyHeadersMiddleware(app, trusted.split())  # type: ignore[arg-type]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with what can be believed of it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        client = scope.get("client")
        if client and client[0] in self._trusting.trusted_hosts:
            await self._trusting(scope, receive, send)  # type: ignore[arg-type]
            return
        believed = [pair for pair in scope["headers"] if not _tells_of_others(pair[0])]
        if len(believed) < len(scope["headers"]):
            self._note()
        scope["headers"] = believed
        await self._app(scope, receive, send)

    def _note(self) -> None:
        """Say once what makes all visitors of an unnamed proxy one, for its operator to see."""
        if not self._has_noted:
            _log.warning(fixed_text("guard/unnamed_proxy"))
        self._has_noted = True


def _tells_of_others(name: bytes) -> bool:
    lowered = name.lower()
    return lowered in _TOLD or lowered.startswith(_TOLD_BELOW)


def visitor_of(scope: Scope) -> str:
    """The address that shares a limit: of IPv6 the /64, since a household has all of one.

    "unknown" for what is no address.
    """
    client = scope.get("client")
    try:
        address = ip_address(client[0].partition("%")[0]) if client else None
    except ValueError:
        address = None
    if isinstance(address, IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped or IPv6Interface((address, 64)).network)
    return str(address or "unknown")
