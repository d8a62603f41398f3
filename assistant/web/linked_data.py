"""What search engines read off the readable pages: schema.org's Legislation, as JSON-LD.

A page with our restatement says that its legal value is unofficial; one with the official words
leaves the value open, since the page is a copy of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from assistant.knowledge import Knowledge
from index.convention import PREAMBLE, Article, Provision

__all__ = ["article_data", "treaty_data"]

_KIND = ["Legislation", "LegislationObject"]
_CONTENTS = "/convention"


def treaty_data(knowledge: Knowledge) -> dict[str, Any]:
    """The whole Convention with its articles, for the page of contents."""
    articles = [a for chapter in knowledge.convention.chapters for a in chapter.articles]
    parts = [_named(_heading(article), article.provisions[0].url) for article in articles]
    return _context() | _treaty(knowledge) | _value(knowledge) | {"hasPart": parts}


def article_data(knowledge: Knowledge, number: int) -> dict[str, Any]:
    """An article (or the preamble) with its provisions, as a part of the Convention."""
    convention = knowledge.convention
    whole = "preamble" if number == PREAMBLE else f"art. {number}"
    provisions = (
        convention.preamble if number == PREAMBLE else convention.article(number).provisions
    )
    name = "Preamble" if number == PREAMBLE else _heading(convention.article(number))
    return (
        _context()
        | _named(name, provisions[0].url)
        | {"legislationIdentifier": f"{_identifier(knowledge)}, {whole}"}
        | _value(knowledge)
        | {"isPartOf": _treaty(knowledge), "hasPart": list(_parts(knowledge, provisions))}
    )


def _parts(knowledge: Knowledge, provisions: tuple[Provision, ...]) -> Iterator[dict[str, Any]]:
    for provision in provisions:
        if provision.anchor and provision.text:
            yield _named(provision.label[:1].upper() + provision.label[1:], provision.url)


def _context() -> dict[str, Any]:
    return {"@context": "https://schema.org"}


def _named(name: str, url: str) -> dict[str, Any]:
    return {"@type": _KIND, "name": name, "url": url}


def _heading(article: Article) -> str:
    return f"Article {article.number}: {article.title}"


def _treaty(knowledge: Knowledge) -> dict[str, Any]:
    adopted = datetime.strptime(knowledge.status.facts["adopted_date"].value, "%d %B %Y")
    return _named(knowledge.convention.title, _CONTENTS) | {
        "alternateName": "Hanoi Convention",
        "legislationType": "treaty",
        "legislationIdentifier": _identifier(knowledge),
        "legislationDate": adopted.date().isoformat(),
        "legislationPassedBy": {
            "@type": "Organization",
            "name": "General Assembly of the United Nations",
        },
    }


def _identifier(knowledge: Knowledge) -> str:
    return f"A/RES/{knowledge.status.facts['resolution'].value}, annex"


def _value(knowledge: Knowledge) -> dict[str, Any]:
    said = {"inLanguage": knowledge.convention.language}
    if knowledge.official() is None:
        said["legislationLegalValue"] = "https://schema.org/UnofficialLegalValue"
    return said
