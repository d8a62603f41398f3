"""What a request asks for, as far as its method and path tell. Pure."""

from __future__ import annotations

from enum import StrEnum

__all__ = [
    "Kind",
    "is_closed_when_off",
    "is_for_programs",
    "is_for_publishable_keys",
    "is_of_the_chat",
    "kind_of",
]


class Kind(StrEnum):
    """What a request costs."""

    ASK = "ask"
    """Work of the encoder or of a language model, or something that is kept."""
    READ = "read"
    FREE = "free"
    """Files of the pages, and what checks who is asking by itself."""


_CHAT = "/gradio_api/"
_ASKED = (
    "/api/ask",
    "/api/feedback",
    "/v1/chat/",
    "/mcp",
    "/bill",
    *(f"{_CHAT}{name}" for name in ("queue/join", "call/", "run/", "api/")),
)
_STAY_OPEN = (f"{_CHAT}queue/join", f"{_CHAT}run/", "/api/feedback")
_BY_A_PAGE = ("/api/ask", "/api/feedback")
_BOTS = "/bots/"
_READ = (
    "/api/",
    "/v1/",
    "/mcp",
    "/convention",
    "/conversation",
    "/register",
    "/bill",
    "/docs",
    "/openapi.json",
)
_SEARCHES = ("/api/search", "/convention/search")
_PROGRAMS = ("/api", "/v1", "/mcp")


def kind_of(method: str, path: str) -> Kind:
    """What the request costs; only a POST asks."""
    if path in _SEARCHES or (method == "POST" and path.startswith(_ASKED)):
        return Kind.ASK
    if path.startswith(_READ) or (method == "POST" and path.startswith(_CHAT)):
        return Kind.READ
    return Kind.FREE


def is_for_programs(path: str) -> bool:
    """Whether programs speak to this path, rather than people who look at a page."""
    return any(path == root or path.startswith(f"{root}/") for root in _PROGRAMS)


def is_of_the_chat(path: str) -> bool:
    """Whether the chat page itself speaks to this path."""
    return path.startswith(_CHAT)


def is_closed_when_off(method: str, path: str) -> bool:
    """Whether the request is refused while the off switch is on.

    A question in the chat is not: it is answered, in its place there, with the switch's text. Nor
    are the chat's buttons (``run``), which ask nothing: what asks has to join the queue.
    """
    if path == "/" or path.startswith(_BOTS):
        return True
    return kind_of(method, path) is Kind.ASK and not path.startswith(_STAY_OPEN)


def is_for_publishable_keys(method: str, path: str) -> bool:
    """Whether a page that anybody can read may ask this: a question, or something to read."""
    return path.startswith("/api/") and (method in ("GET", "HEAD") or path in _BY_A_PAGE)
