"""The Convention as readable pages that need no JavaScript; every citation leads to one of them.

``/convention`` lists the contents, ``/convention/article-14#para-1-b`` is a provision in its place,
``/convention/search?q=…`` finds passages. Where the official text is kept, both texts stand side by
side; ``?text=official`` and ``?text=digest`` show one of them.
"""

from __future__ import annotations

from functools import lru_cache, partial

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from assistant.knowledge import Knowledge
from assistant.question import MAX_CHARACTERS
from assistant.web.interface import Interface
from assistant.web.linked_data import article_data, treaty_data
from assistant.web.names import Names, foreign
from assistant.web.pages import METHODS, html_page, templates, which_text
from assistant.web.reading.leaf import Leaves
from assistant.web.reading.search import MOST_FOUND, Find, Search
from assistant.web.reading.texts import Texts, View
from index.convention import PREAMBLE
from index.errors import UnknownProvision

__all__ = ["ReadingRoom", "reading_room"]

_CONTENTS = "/convention"
_SEARCH = f"{_CONTENTS}/search"
_KEPT_PAGES = 80
"""Rendered pages of the text that are kept in each language: all of them in one view."""


class ReadingRoom:
    """Renders the pages of the Convention, in one language of the interface."""

    def __init__(
        self, knowledge: Knowledge, interface: Interface, find: Find = lambda query: ()
    ) -> None:
        self._knowledge = knowledge
        self._interface = interface
        texts = Texts(knowledge, interface.code)
        self._texts = texts
        self._leaves = Leaves(texts, Names(interface))
        self._search = Search(texts, find)
        self._leaf = lru_cache(_KEPT_PAGES)(self._rendered_leaf)
        self._contents = lru_cache(1)(self._rendered_contents)

    def contents(self) -> str:
        """The page of contents: preamble, chapters and articles with their titles."""
        return self._contents()

    def preamble(self, view: View = View.BOTH) -> str:
        """The page of the preamble."""
        return self._leaf(PREAMBLE, view)

    def article(self, number: int, view: View = View.BOTH) -> str:
        """The page of an article; raises ``UnknownProvision``."""
        self._knowledge.convention.article(number)
        return self._leaf(number, view)

    def search(self, query: str) -> str:
        """The page of what a query finds; without one, with the field alone."""
        found = self._search(query)
        sought = {"found": found, "most": MOST_FOUND, "longest": MAX_CHARACTERS}
        return self._render("search.html", _SEARCH, query=found.query, **sought)

    def missing(self, reason: str, *, is_english: bool = False) -> str:
        """The page that says in a sentence what does not exist, and leads to the contents."""
        language = "en" if is_english else self._interface.code
        return self._render("missing.html", _CONTENTS, reason=reason, language=language)

    def _rendered_contents(self) -> str:
        return self._render("contents.html", _CONTENTS, linked=treaty_data(self._knowledge))

    def _rendered_leaf(self, number: int, view: View) -> str:
        leaf = self._leaves.leaf(number, view)
        linked = article_data(self._knowledge, number)
        return self._render("leaf.html", leaf.url, leaf=leaf, linked=linked)

    def _render(self, template: str, place: str, **values: object) -> str:
        given = {
            **self._interface.on_page("convention", place),
            "which_text": which_text(self._knowledge, self._interface),
            "treaty": self._knowledge.convention.title,
            "names": Names(self._interface),
            "leaves": self._leaves,
            "texts": self._texts,
            "in_language": partial(foreign, self._interface),
            "searching": _SEARCH,
            "query": "",
        }
        return templates().get_template(template).render(given | values)


def reading_room(
    knowledge: Knowledge, interface: Interface, find: Find = lambda query: ()
) -> APIRouter:
    """The routes of the readable pages; ``find`` tells what is near in meaning to a query."""
    room = ReadingRoom(knowledge, interface, find)
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @router.api_route(_CONTENTS, methods=METHODS)
    @router.api_route(f"{_CONTENTS}/", methods=METHODS)
    def contents() -> Response:
        return html_page(room.contents())

    @router.api_route(f"{_CONTENTS}/preamble", methods=METHODS)
    def preamble(text: str = "") -> Response:
        return html_page(room.preamble(View.of(text)))

    @router.api_route(f"{_CONTENTS}/article-{{number:int}}", methods=METHODS)
    def article(number: int, text: str = "") -> Response:
        try:
            return html_page(room.article(number, View.of(text)))
        except UnknownProvision as error:
            return html_page(room.missing(str(error), is_english=True), status=404)

    @router.api_route(_SEARCH, methods=METHODS)
    def search(q: str = "") -> Response:
        return html_page(room.search(q))

    @router.api_route(f"{_CONTENTS}/{{path:path}}", methods=METHODS)
    def elsewhere(path: str) -> Response:
        return html_page(room.missing(interface.text("room.no_such_page")), status=404)

    return router
