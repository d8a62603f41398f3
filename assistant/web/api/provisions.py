"""The Convention as data over HTTP: the list of its provisions, and all that is known of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import JSONResponse

from assistant.exports.plain_json import row_values
from assistant.knowledge import Knowledge
from assistant.obligations import Obligation, Register
from assistant.web.api.caching import Edition, not_modified
from assistant.web.api.shapes import ProvisionBody, ProvisionsBody, Quoted
from assistant.web.problems import documented
from index.convention import PREAMBLE, Provision
from index.languages import language_named
from prompts import fixed_text

__all__ = ["ProvisionTeller", "provision_routes"]


def provision_routes(knowledge: Knowledge, register: Register, edition: Edition) -> APIRouter:
    """``GET /api/provisions`` and ``GET /api/provisions/{id}``."""
    router = APIRouter(tags=["provisions"])
    told = ProvisionTeller(knowledge, register)

    @router.head("/api/provisions", include_in_schema=False)
    @router.get(
        "/api/provisions",
        summary="List the provisions",
        description=fixed_text("api/provisions"),
        responses={200: {"model": ProvisionsBody}, **documented(404, 422, 500)},
    )
    def provisions(
        request: Request,
        chapter: Annotated[
            int | None, Query(description="those of one chapter", examples=[4])
        ] = None,
        article: Annotated[
            int | None, Query(description="those of one article", examples=[25])
        ] = None,
    ) -> Response:
        headers = edition.headers()
        return not_modified(request, headers) or JSONResponse(
            told.listed(chapter, article), headers=headers
        )

    @router.head("/api/provisions/{provision_id:path}", include_in_schema=False)
    @router.get(
        "/api/provisions/{provision_id:path}",
        summary="Read a provision",
        description=fixed_text("api/provision"),
        responses={200: {"model": ProvisionBody}, **documented(404, 422, 500)},
    )
    def provision(
        request: Request,
        provision_id: Annotated[
            str, Path(description="its id", examples=["art-14/para-1/b"], max_length=100)
        ],
        language: Quoted = "en",
    ) -> Response:
        language_named(language)
        values = told.whole(knowledge.convention[provision_id], language)
        headers = edition.headers()
        return not_modified(request, headers) or JSONResponse(values, headers=headers)

    return router


@dataclass(frozen=True)
class ProvisionTeller:
    """Puts provisions into plain values."""

    knowledge: Knowledge
    register: Register

    def listed(self, chapter: int | None, article: int | None) -> dict[str, Any]:
        """The provisions of a chapter and an article, of all where they are None.

        Raises ``UnknownProvision`` for one that does not exist.
        """
        convention = self.knowledge.convention
        if chapter is not None:
            convention.chapter(chapter)
        if article is not None:
            convention.article(article)
        chosen = [
            provision
            for provision in convention.provisions()
            if chapter in (None, convention.chapter_of(provision))
            and article in (None, provision.article)
        ]
        return {
            "convention": self._stamp,
            "provisions": [self._short(provision) for provision in chosen],
        }

    @property
    def _stamp(self) -> dict[str, Any]:
        """The text that the list is in: always our restatement."""
        edition = self.register.edition
        return {
            "edition": edition.edition,
            "language": edition.language,
            "sha256": edition.text_sha256,
            "as_of": edition.as_of,
        }

    def _short(self, provision: Provision) -> dict[str, Any]:
        annotation = self.knowledge.annotations[provision.id]
        return {
            "id": provision.id,
            "label": provision.label,
            "article": provision.article,
            "title": self.knowledge.convention.title_of(provision),
            "chapter": self.knowledge.convention.chapter_of(provision),
            "heading": annotation.heading,
            "level": annotation.level.value,
            "text": provision.text,
            "url": provision.url,
        }

    def whole(self, provision: Provision, language: str) -> dict[str, Any]:
        """All that is known of a provision."""
        convention = self.knowledge.convention
        annotation = self.knowledge.annotations[provision.id]
        return {
            **self._short(provision),
            "short_label": provision.short_label,
            "paragraph": provision.paragraph,
            "item": provision.item,
            "chapter_title": self._chapter_title(provision),
            "summary": annotation.summary,
            "actor": annotation.actor,
            "reading": convention.reading(provision),
            "official": self._official(provision, language),
            "parent": provision.parent_id,
            "parts": [part.id for part in convention.children(provision)],
            "refers_to": list(annotation.refers_to),
            "referred_by": self._referred_by.get(provision.id, []),
            "terms": list(annotation.terms),
            "obligations": [row_values(row) for row in self._rows.get(provision.id, [])],
        }

    def _chapter_title(self, provision: Provision) -> str:
        if provision.article == PREAMBLE:
            return ""
        convention = self.knowledge.convention
        return convention.chapter(convention.chapter_of(provision)).title

    def _official(self, provision: Provision, language: str) -> dict[str, Any] | None:
        citation = self.knowledge.cite(provision, language)
        if citation.source != "official":
            return None
        stamp = self.knowledge.stamp(language)
        return {
            "text": citation.quote,
            "start": citation.start,
            "end": citation.end,
            "language": stamp.language,
            "sha256": stamp.sha256,
            "address": stamp.address,
            "as_of": stamp.as_of,
        }

    @cached_property
    def _rows(self) -> Mapping[str, list[Obligation]]:
        return _grouped((row.provision_id, row) for row in self.register.rows)

    @cached_property
    def _referred_by(self) -> Mapping[str, list[str]]:
        return _grouped(
            (target, provision.id)
            for provision in self.knowledge.convention.provisions()
            for target in self.knowledge.annotations[provision.id].refers_to
        )


Value = TypeVar("Value")


def _grouped(pairs: Iterable[tuple[str, Value]]) -> Mapping[str, list[Value]]:
    found: dict[str, list[Value]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found
