"""Reduces what a language model wrote to plain words: no markup, no address, no bracket. Pure."""

from __future__ import annotations

import re

from assistant.question import clean

__all__ = ["without_markup"]

_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)?")
_LINK = re.compile(r"\[([^\]]*)\]\((?:[^)\s]*[:/.#][^)]*)?\)")
_TAG = re.compile(r"</?[a-zA-Z!][^<>]*>|<[^<>]*$")
_ADDRESS = re.compile(
    r"[^\s(]*:/[^\s)]*"
    r"|\b(?:mailto|javascript|data|tel|file):\S*"
    r"|[^\s(]*www\.[^\s)]*"
    r"|[^\s(]+@[^\s)]+\.[^\s)]+"
    r"|\b(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[^\s)]*)?(?![\w.])",
    re.IGNORECASE,
)
_FENCE = re.compile(r"^\s*(?:```|~~~).*$", re.MULTILINE)
_OPENING = re.compile(r"^(?:[\s>#*+|•·–—-]+|\d{1,2}[.)]\s+)+")
_MARKUP = re.compile(r"[*_`#|~^\\{}<>‹›\[\]【】=]+")
_EMPTY = re.compile(r"\(\s*(?:see|source|sources|cf\.?|and|,|;|\s)*\s*\)", re.IGNORECASE)
_BEFORE_MARK = re.compile(r"\s+([.,;:!?])")
_REPEATED = re.compile(r"([,;:])[,;:\s]*(?=[.,;:!?])")


def without_markup(text: str) -> str:
    """The words of a piece of Markdown or HTML on one line; "" where none are left."""
    text = _FENCE.sub(" ", text)
    text = _LINK.sub(r"\1", _IMAGE.sub(" ", text))
    text = _OPENING.sub("", _ADDRESS.sub(" ", _TAG.sub(" ", text)))
    text = clean(_MARKUP.sub(" ", text))
    text = _EMPTY.sub("", clean(_ADDRESS.sub(" ", text)))  # markup can hide an address
    return _BEFORE_MARK.sub(r"\1", _REPEATED.sub("", text)).strip(" ,;")
