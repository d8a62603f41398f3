"""The digest: our plain-language restatement of the Convention, as it is shipped."""

from __future__ import annotations

from importlib.resources import files

from index.convention import Convention
from index.reader import read_treaty

__all__ = ["read_digest"]


def read_digest() -> Convention:
    """The shipped digest; raises ``ReadingError`` where its file is damaged."""
    text = files("index").joinpath("text", "digest.en.txt").read_text(encoding="utf-8")
    return read_treaty(text, source="digest")
