"""The register of obligations as a page: filtered by its address, counted, to be assessed.

``/register`` needs no JavaScript to be filtered, read and downloaded. The self-assessment does: it
is kept in the browser of the user, and comes here only to be written into a file or read from one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, Response

from assistant.assessment import Standing
from assistant.assessment_files import MAX_BYTES
from assistant.knowledge import Knowledge
from assistant.obligations import Filters, Register
from assistant.web.interface import Interface
from assistant.web.names import Names, foreign
from assistant.web.pages import PAGE_HEADERS, templates, which_text
from assistant.web.reading.texts import Texts
from assistant.web.register_files import downloads_of, register_files
from assistant.web.register_form import asked_filters, chips_of, choices_of
from assistant.web.register_shown import PATH, chart_of, sections_of
from index.errors import BadFilter, NothingFits

__all__ = ["Assessed", "RegisterRoom", "register_room"]

_KEPT_PAGES = 16
"""Rendered pages that are kept: the whole register and what is filtered most."""

Asked = Annotated[Filters, Depends(asked_filters)]


@dataclass(frozen=True, slots=True)
class Assessed:
    """A chapter, with the ids of its rows for a State to assess, and of its ``others``."""

    name: str
    title: str
    rows: tuple[str, ...]
    others: tuple[str, ...]


class RegisterRoom:
    """Renders the page of the register."""

    def __init__(self, knowledge: Knowledge, register: Register, interface: Interface) -> None:
        self._knowledge = knowledge
        self._interface = interface
        self._register = register
        self._names = Names(interface)
        self._texts = Texts(knowledge, interface.code)
        self._choices = choices_of(self._texts, self._names)
        self._same = self._on_every_page()
        self.page = lru_cache(_KEPT_PAGES)(self._page)

    def refusal(self, filters: Filters, reason: str) -> str:
        """The page without rows that says in a sentence why."""
        return self._render(filters, None, reason)

    def _page(self, filters: Filters) -> tuple[str, int]:
        """The page of these filters, and its status: 422 where one has no such value."""
        try:
            return self._render(filters, self._register.filtered(filters)), 200
        except NothingFits as error:
            return self._render(filters, None, str(error)), 200
        except BadFilter as error:
            return self._render(filters, None, str(error)), 422

    def _render(self, filters: Filters, found: Register | None, reason: str = "") -> str:
        convention = self._knowledge.convention
        return (
            templates()
            .get_template("register.html")
            .render(
                **self._same,
                given=filters.given(),
                chips=chips_of(filters, self._choices, self._interface),
                count=len(found.rows) if found else 0,
                chart=chart_of(found, filters, convention) if found else None,
                sections=sections_of(found, convention) if found else (),
                downloads=downloads_of(filters, self._interface) if found else (),
                reason=reason,
            )
        )

    def _on_every_page(self) -> dict[str, Any]:
        convention = self._knowledge.convention
        return {
            **self._interface.on_page("register", PATH),
            "path": PATH,
            "treaty": convention.title,
            "which_text": which_text(self._knowledge, self._interface),
            "choices": self._choices,
            "chapters": list(self._assessed()),
            "standings": self._standings(),
            "names": self._names,
            "texts": self._texts,
            "in_language": partial(foreign, self._interface),
            "total": len(self._register.rows),
            "version": self._register.edition.text_sha256[:12],
            "limit": MAX_BYTES,
            "told": self._said(),
        }

    def _standings(self) -> dict[Standing, str]:
        """How an obligation may stand, and what that is called."""
        names = self._names.told("register.standing.")
        return {standing: names[standing.replace(" ", "_")] for standing in Standing}

    def _said(self) -> dict[str, str]:
        """The sentences that the scripts of the page say, and the standings that they count."""
        standings = self._names.told("register.standing.")
        counted = {f"standing_{name}": words for name, words in standings.items()}
        return {**self._names.told("register.said."), **counted}

    def _assessed(self) -> Iterator[Assessed]:
        for chapter in self._knowledge.convention.chapters:
            rows = [row for row in self._register.rows if row.chapter == chapter.number]
            yield Assessed(
                name=self._names.chapter(self._knowledge.convention, chapter.number),
                title=self._texts.chapter_title(chapter.number).text,
                rows=tuple(row.id for row in rows if row.for_assessment),
                others=tuple(row.id for row in rows if not row.for_assessment),
            )


def register_room(knowledge: Knowledge, register: Register, interface: Interface) -> APIRouter:
    """The routes of the register: its page and its files."""
    room = RegisterRoom(knowledge, register, interface)
    router = APIRouter(include_in_schema=False)

    @router.api_route(PATH, methods=["GET", "HEAD"])
    @router.api_route(f"{PATH}/", methods=["GET", "HEAD"])
    def page(filters: Asked) -> Response:
        html, status = room.page(filters)
        return HTMLResponse(html, status_code=status, headers=PAGE_HEADERS)

    router.include_router(register_files(knowledge, register, room.refusal, interface))
    return router
