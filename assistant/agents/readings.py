"""The Convention for agents to read, an article a resource: ``convention://article-14``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.knowledge import Knowledge
from index.annotations import Annotations
from index.convention import Provision
from prompts import fixed_text

__all__ = ["MEDIA_TYPE", "Reading", "readings"]

MEDIA_TYPE = "text/markdown"

_SCHEME = "convention://"


@dataclass(frozen=True, slots=True)
class Reading:
    """An article, or the preamble, as a text.

    Attributes:
        id: its id, ``art-14``.
        title: ``Article 14: …``.
        text: its provisions in Markdown, a paragraph each, with label and level.
    """

    id: str
    title: str
    text: str


def readings(knowledge: Knowledge) -> Mapping[str, Reading]:
    """The preamble and every article by URI, in our plain-language restatement."""
    convention, annotations = knowledge.convention, knowledge.annotations
    found = {"preamble": _reading("Preamble", convention.preamble, annotations)}
    for article in convention.articles:
        title = f"{article.name.capitalize()}: {article.title}"
        name = article.name.replace(" ", "-")
        found[name] = _reading(title, article.provisions, annotations)
    return {_SCHEME + name: reading for name, reading in found.items()}


def _reading(title: str, provisions: tuple[Provision, ...], annotations: Annotations) -> Reading:
    stated = [_line(p, annotations) for p in provisions if p.text or p.closing]
    text = "\n\n".join([f"# {title}", fixed_text("agents/reading"), *stated])
    return Reading(provisions[0].id, title, text)


def _line(provision: Provision, annotations: Annotations) -> str:
    words = " ".join(part for part in (provision.text, provision.closing) if part)
    return f"[{provision.short_label}] ({annotations[provision.id].level}) {words}"
