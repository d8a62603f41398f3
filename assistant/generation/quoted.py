"""Words in quotation marks, and whether a text has them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["quotes_in", "stands_in"]

_QUOTE = re.compile(
    r"“([^“”]+)”|\"([^\"]+)\"|«([^«»]+)»|‘([^‘’]{12,})’(?!\w)|(?<!\w)'([^']{12,})'(?!\w)"
)
_ALIKE = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})


def quotes_in(text: str) -> list[str]:
    """The words between quotation marks, in order; [] for none."""
    return [next(filter(None, match.groups())) for match in _QUOTE.finditer(text)]


def stands_in(quote: str, texts: Iterable[str]) -> bool:
    """Whether the words stand in one of the texts, letter for letter.

    The case of the first letter, the kind of quotation mark, and a stop or comma at the end are
    left to the writer. An omission ("…") splits a quote in parts that have to follow one another.
    """
    parts = [_plain(part) for part in re.split(r"\s*(?:\[?…\]?|\[?\.\.\.\]?)\s*", quote)]
    return any(_follow([p for p in parts if p], _plain(text)) for text in texts)


def _follow(parts: list[str], text: str) -> bool:
    start = 0
    for part in parts:
        place = _find(part, text, start)
        if place < 0:
            return False
        start = place + len(part)
    return True


def _find(part: str, text: str, start: int) -> int:
    changed = part[:1].swapcase() + part[1:]
    return max(text.find(part, start), text.find(changed, start))


def _plain(text: str) -> str:
    return " ".join(text.translate(_ALIKE).split()).strip(" .,;:")
