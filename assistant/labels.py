"""Joins what provisions say into sentences that end in their short label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from assistant.references import labels_in
from index.convention import Convention, Provision
from index.passages import sentences_of

__all__ = ["LabelBook", "labelled", "statements_of", "without_end"]

_TAIL = re.compile(r"(?:[;,]?\s+(?:and|or))?[;,.\s]*$")
"""What ends an item or a sentence before its label: ``; and``, ``, or``, ``;``, ``.``."""


class LabelBook:
    """Finds provisions by the short labels that answers carry."""

    def __init__(self, convention: Convention) -> None:
        self._convention = convention

    @cached_property
    def _by_label(self) -> dict[str, Provision]:
        return {p.short_label: p for p in self._convention.provisions()}

    def cited(self, text: str) -> tuple[Provision, ...]:
        """The provisions that a text cites, in order of first mention; unknown labels left out."""
        found = [self._by_label.get(label) for label, _, _ in labels_in(text)]
        return tuple(dict.fromkeys(p for p in found if p is not None))

    def unknown(self, text: str) -> tuple[str, ...]:
        """Labels in a text that name no provision."""
        return tuple(label for label, _, _ in labels_in(text) if label not in self._by_label)


def labelled(sentence: str, provisions: Sequence[Provision]) -> str:
    """The sentence with the short labels of its provisions before its full stop."""
    body = without_end(sentence)
    marks = " ".join(f"[{provision.short_label}]" for provision in provisions)
    return f"{body} {marks}."


def without_end(words: str) -> str:
    """The words of a sentence or an item without what ends it."""
    return _TAIL.sub("", words.strip(), count=1)


def statements_of(convention: Convention, provision: Provision) -> tuple[str, ...]:
    """What a provision says, as sentences that can stand alone.

    An item is joined to the chapeaux above it; a paragraph that opens a list is its sentences and,
    last, its chapeau. Nothing is added but a comma after a short chapeau, and nothing left out but
    the colon of a chapeau that its item continues as one sentence.
    """
    sentences = sentences_of(provision.text)
    if not provision.items:
        return sentences
    opening = [_chapeau(p.text) for p in convention.ancestors(provision) if p.text]
    first, *rest = sentences or ("",)
    return (_joined([*opening, first]), *rest)


_ANNOUNCES = re.compile(r"\b(?:following|these)\b[^,;:]*:$")
"""The end of a chapeau that announces its items rather than running on into them."""


def _chapeau(text: str) -> str:
    """The last sentence of a chapeau, which its items continue; its colon where it announces."""
    *_, last = sentences_of(text) or ("",)
    last = last.strip()
    return last if _ANNOUNCES.search(last) else last.rstrip(": ").rstrip(",")


def _joined(pieces: Sequence[str]) -> str:
    joined = " ".join(piece for piece in pieces if piece)
    if pieces and len(pieces[0].split()) <= 3 and not pieces[0].endswith((" must", " may")):
        joined = joined.replace(pieces[0], f"{pieces[0]},", 1)
    joined = without_end(joined)
    return f"{joined[:1].upper()}{joined[1:]}."
