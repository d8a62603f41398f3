"""A link as the pages show it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Link"]


@dataclass(frozen=True, slots=True)
class Link:
    """A link: where it leads, its words, and what a pointer at rest on it is told."""

    url: str
    words: str
    title: str = ""
