"""Quotes the official text: for a provision of the digest, the official words of the same place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from index.convention import Convention, Provision
from index.whole_text import Span, WholeText

__all__ = ["Quote", "quote_of"]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a text, exactly as they stand in it: ``text`` is ``whole[start:end]``."""

    text: str
    start: int
    end: int


def quote_of(official: Convention, whole: WholeText, provision_id: str) -> Quote | None:
    """The words of that provision in the ``whole`` text, with all that stands below it.

    A paragraph comes with its items and closing words, an article without words of its own with
    its paragraphs, an item without its chapeau. None where the text has no such provision, or no
    words there.
    """
    if provision_id not in official:
        return None
    spans = list(_spans(official, whole, official[provision_id]))
    if not spans:
        return None
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    return Quote(whole.text[start:end], start, end)


def _spans(official: Convention, whole: WholeText, provision: Provision) -> Iterator[Span]:
    """The places of the pieces of a provision and of those below it, without empty ones.

    An item that opens its list on the mark's own line begins with the mark of the first sub-item.
    """
    own, closing = whole.words[provision.id], whole.closings.get(provision.id)
    children = official.children(provision)
    if own.start < own.end or children:
        yield own
    for child in children:
        yield from _spans(official, whole, child)
    if closing is not None:
        yield closing
