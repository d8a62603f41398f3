"""Reads lists of addresses and networks, as settings name them."""

from __future__ import annotations

import re
from ipaddress import ip_network

from pydantic_core import PydanticCustomError

__all__ = ["networks"]


def networks(text: str) -> str:
    """The networks in a text, separated by one space each; blanks and commas separate them there.

    A single address is the network of itself. Raises ``PydanticCustomError`` (a ValueError) that
    names the first that is none: a name or a star would let anybody tell who they are.
    """
    return " ".join(dict.fromkeys(_network(part) for part in re.split(r"[\s,]+", text) if part))


def _network(part: str) -> str:
    try:
        return str(ip_network(part, strict=False))
    except ValueError:
        raise PydanticCustomError(
            "network",
            "{part} is no address or network: write them like 10.0.0.5, 10.0.0.0/8 or fd00::/8",
            {"part": part},
        ) from None
