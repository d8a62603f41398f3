"""Takes out of a text what may be a key or a password, before people or logs see it. Pure."""

from __future__ import annotations

import re

__all__ = ["MASK", "masked"]

MASK = "…"
"""Stands where a secret was."""

_USER = re.compile(r"(?<=://)[^/\s@]+@")
_NAMED = re.compile(
    r"(?P<name>\b(?:api[-_]?key|key|token|secret|password|signature|sig)\s*[=:]\s*)[^\s&;,'\"]+",
    re.IGNORECASE,
)
_PREFIXED = re.compile(
    r"\b(?:sk|pk|rk|gsk|xai|hf|r8|pplx|nvapi|tgp|key|ghp|AKIA|AIza|Bearer )[-_ ]?[\w-]{12,}"
)
_UNBROKEN = re.compile(r"\b(?=\w*\d)(?=\w*[A-Za-z])[A-Za-z0-9_]{28,}\b")
"""No name of a model has so many letters and digits in a run."""


def masked(text: str) -> str:
    """The text with ``MASK`` for each key, token, password or user of an address in it."""
    text = _USER.sub(f"{MASK}@", text)
    text = _NAMED.sub(rf"\g<name>{MASK}", text)
    return _UNBROKEN.sub(MASK, _PREFIXED.sub(MASK, text))
