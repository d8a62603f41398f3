"""The register of obligations over HTTP: filtered, in every format of the exports, row by row."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import JSONResponse

from assistant.assessment import Assessments
from assistant.exports import FORMATS, Content, Format, export, format_named
from assistant.exports.plain_json import row_values, schema
from assistant.obligations import Filters, Obligation, Register
from assistant.web.api.caching import Edition, not_modified
from assistant.web.problems import documented
from index.annotations import Level
from index.convention import Convention
from index.errors import BadInput, UnknownObligation
from index.register import Measure
from prompts import fixed_text

__all__ = ["obligation_routes"]

_INLINE = ("json", "table")
"""Formats that a browser shows rather than saves."""

_ENDINGS = {"table": "txt", "akn": "xml"}
_LONGEST = 200

_KEPT = 16
"""Exports that are kept, for a DOCX of all rows takes more than a second to write."""

_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")


def _choice(description: str, known: Iterable[str], example: str) -> Any:
    """A filter with known values; how they are written is left to the register."""
    return Query(
        max_length=_LONGEST,
        description=description,
        examples=[example],
        json_schema_extra={"enum": [str(value) for value in known]},
    )


def _words(description: str, example: str) -> Any:
    return Query(max_length=_LONGEST, description=description, examples=[example])


def _filters(
    level: Annotated[str | None, _choice("level of obligation", Level, "mandatory")] = None,
    chapter: Annotated[str | None, _words("1 to 9, or I to IX", "2")] = None,
    actor: Annotated[str | None, _words("an actor or its side", "State")] = None,
    measure: Annotated[str | None, _choice("kind of measure", Measure, "criminalise")] = None,
    offence: Annotated[str | None, _words("what is about an offence, or all", "art-7")] = None,
    words: Annotated[str | None, _words("words that all have to occur", "attempt")] = None,
) -> Filters:
    return Filters(level, chapter, actor, measure, offence, words)


@dataclass(frozen=True)
class _Shelf:
    """The register and what its exports need."""

    register: Register
    convention: Convention

    def rows(self, filters: Filters, chosen: Format) -> Register:
        """The rows that fit; raises ``BadFilter``, or ``BadInput`` for filters that cannot be."""
        if chosen.whole and filters.given():
            raise BadInput(f"{chosen.name} is the text of the whole Convention: leave filters out.")
        return self.register.filtered(filters)

    def file(self, chosen: Format, filters: Filters, day: date) -> bytes:
        """The export of the rows that fit; raises as ``rows`` does."""
        rows = self.rows(filters, chosen)
        return export(chosen.name, Content(rows, Assessments(), self.convention, day))

    def row(self, row_id: str) -> Obligation:
        """The row of that id; raises ``UnknownObligation``."""
        if row := self.register.by_id.get(row_id):
            return row
        several = [row.id for row in self.register.rows if row.provision_id == row_id]
        if several:
            told = ", ".join(name.replace("#", "%23") for name in several)
            raise UnknownObligation(f"{row_id} has {len(several)} rows: ask for one of {told}.")
        raise UnknownObligation(
            f"The register has no row {row_id!r}: ids are as in art-25/para-1 or art-25/para-2%232."
        )


def obligation_routes(register: Register, convention: Convention, edition: Edition) -> APIRouter:
    """``GET /api/obligations``, its schema, and ``GET /api/obligations/{id}``."""
    router = APIRouter(tags=["obligations"])
    shelf = _Shelf(register, convention)
    file = lru_cache(_KEPT)(shelf.file)

    @router.head("/api/obligations", include_in_schema=False)
    @router.get(
        "/api/obligations",
        summary="Export the register of obligations",
        description=fixed_text("api/obligations"),
        responses={200: {"content": _contents()}, **documented(422, 500)},
    )
    def obligations(
        request: Request,
        filters: Annotated[Filters, Depends(_filters)],
        format: Annotated[str, _choice("format of the export", FORMATS, "csv")] = "json",
    ) -> Response:
        chosen = format_named(format)
        shelf.rows(filters, chosen)
        day = datetime.now(UTC).date()
        headers = edition.headers(day.isoformat(), weak=chosen.binary)
        if short := not_modified(request, headers):
            return short
        headers["Content-Disposition"] = _disposition(chosen, filters)
        written = file(chosen, filters, day)
        return Response(written, media_type=chosen.media_type, headers=headers)

    @router.head("/api/obligations.schema.json", include_in_schema=False)
    @router.get(
        "/api/obligations.schema.json",
        summary="Read the JSON Schema of the register",
        responses={200: {"content": {"application/schema+json": {}}}, **documented(500)},
    )
    def published_schema(request: Request) -> Response:
        headers = edition.headers()
        return not_modified(request, headers) or JSONResponse(
            schema(), media_type="application/schema+json", headers=headers
        )

    @router.head("/api/obligations/{row_id:path}", include_in_schema=False)
    @router.get(
        "/api/obligations/{row_id:path}",
        summary="Read a row of the register",
        description=fixed_text("api/obligation"),
        responses={200: {"content": {"application/json": {}}}, **documented(404, 422, 500)},
    )
    def obligation(
        request: Request,
        row_id: Annotated[str, Path(description="its id", examples=["art-7"], max_length=100)],
    ) -> Response:
        row = shelf.row(row_id)
        headers = edition.headers()
        return not_modified(request, headers) or JSONResponse(row_values(row), headers=headers)

    return router


def _contents() -> dict[str, Any]:
    """The media types of the formats, JSON first."""
    types = [FORMATS["json"], *FORMATS.values()]
    return {
        chosen.media_type.partition(";")[0]: {
            "schema": {"type": "string", **({"format": "binary"} if chosen.binary else {})}
        }
        for chosen in types
    }


def _disposition(chosen: Format, filters: Filters) -> str:
    """``attachment; filename="obligations-mandatory-chapter-2.xlsx"``."""
    kind = "inline" if chosen.name in _INLINE else "attachment"
    ending = _ENDINGS.get(chosen.name, chosen.name)
    return f'{kind}; filename="{_name(chosen, filters)}.{ending}"'


def _name(chosen: Format, filters: Filters) -> str:
    if chosen.whole:
        return "convention"
    parts = [
        f"{name}-{value}" if name in ("chapter", "words") else value
        for name, value in filters.given().items()
    ]
    plain = [_NOT_IN_NAMES.sub("-", part.lower()).strip("-") for part in parts]
    return "-".join(["obligations", *(part for part in plain if part)])[:100]
