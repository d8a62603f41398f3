"""Whether a delivery comes from who shares our secret: a signature over time and body. Pure."""

from __future__ import annotations

import hashlib
import hmac

__all__ = ["TOLERANCE", "is_signed", "signature_of"]

TOLERANCE = 300
"""Seconds that a delivery may be old, or ahead of our clock; a kept one is useless after that."""

_DIGITS = 12


def is_signed(secret: str, signature: str, timestamp: str, body: bytes, now: float) -> bool:
    """Whether ``signature`` is that of this body at this time, and the time is near ``now``.

    ``timestamp`` is in seconds since 1970, ``now`` too. The comparison takes the same time
    wherever the signatures differ.
    """
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= _DIGITS):
        return False
    if abs(now - int(timestamp)) > TOLERANCE:
        return False
    expected = signature_of(secret, timestamp, body)
    return hmac.compare_digest(expected.encode(), signature.encode("utf-8", "replace"))


def signature_of(secret: str, timestamp: str, body: bytes) -> str:
    """The signature of a body sent at that time: ``sha256=`` and hexadecimal digits."""
    signed = hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256)
    return f"sha256={signed.hexdigest()}"
