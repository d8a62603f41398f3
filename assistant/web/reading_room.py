"""The Convention as readable pages that need no JavaScript; every citation leads to one of them.

``/convention`` lists the contents, ``/convention/article-14#para-1-b`` is a provision in its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from importlib.resources import files

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from assistant.knowledge import Knowledge
from assistant.web.interface import STATIC, Interface
from assistant.web.linked_data import article_data, treaty_data
from assistant.web.register_shown import Link, place_of
from index.annotations import Level
from index.convention import PREAMBLE, Provision
from index.errors import UnknownProvision

__all__ = [
    "PAGE_HEADERS",
    "ReadingRoom",
    "reading_room",
    "static_files",
    "templates",
    "which_text",
]

_CONTENTS = "/convention"
PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
_MEDIA_TYPES = {"css": "text/css", "js": "text/javascript"}
_METHODS = ["GET", "HEAD"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A provision as a page shows it, with those below it.

    Attributes:
        provision: which one it is.
        mark: what stands before its words (``1.``, ``(b)``).
        words: its own words, official where they are to be had; ``closing`` those after its items.
        ours: our restatement, where the words are official; "" where they are ours.
        alone: whether its words are ours on a page that quotes the official text.
        level: its level of obligation; None for one that our restatement does not have.
        refers_to: the provisions that it names or rests on, without those right below it.
        below: its paragraphs, items or sub-items.
    """

    provision: Provision
    mark: str
    words: str
    closing: str
    ours: str
    alone: bool
    level: Level | None
    refers_to: tuple[Provision, ...]
    below: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of the text: an article or the preamble, and the pages before and after it.

    ``registered`` leads to its rows in the register of obligations; None for the preamble.
    """

    heading: str
    title: str
    chapter: str
    summary: str
    head: Shown
    before: Link | None
    after: Link | None
    registered: Link | None


class ReadingRoom:
    """Renders the pages of the Convention, in one language of the interface."""

    def __init__(self, knowledge: Knowledge, interface: Interface) -> None:
        self._knowledge = knowledge
        self._interface = interface
        self._templates = templates()

    def contents(self) -> str:
        """The page of contents: preamble, chapters and articles with their titles."""
        return self._render(
            "contents.html",
            _CONTENTS,
            convention=self._knowledge.convention,
            linked=treaty_data(self._knowledge),
        )

    def preamble(self) -> str:
        """The page of the preamble."""
        return self._leaf(PREAMBLE)

    def article(self, number: int) -> str:
        """The page of an article; raises ``UnknownProvision``."""
        self._knowledge.convention.article(number)
        return self._leaf(number)

    def missing(self, reason: str) -> str:
        """The page that says in a sentence what does not exist, and leads to the contents."""
        return self._render("missing.html", _CONTENTS, reason=reason)

    def _render(self, template: str, place: str, **values: object) -> str:
        return self._templates.get_template(template).render(
            **self._interface.on_page("convention", place),
            which_text=which_text(self._knowledge, self._interface),
            treaty=self._knowledge.convention.title,
            **values,
        )

    def _leaf(self, number: int) -> str:
        linked = article_data(self._knowledge, number)
        leaf, place = self._leaf_of(number), self._head(number).url
        return self._render("leaf.html", place, leaf=leaf, linked=linked)

    def _leaf_of(self, number: int) -> Leaf:
        head = self._head(number)
        return Leaf(
            heading=self._heading(number),
            title="" if number == PREAMBLE else self._knowledge.convention.title_of(head),
            chapter=self._chapter(number),
            summary=self._knowledge.annotations[head.id].summary,
            head=self._shown(head),
            before=None if number == PREAMBLE else self._link(number - 1),
            after=self._link(number + 1),
            registered=self._registered(number),
        )

    def _heading(self, number: int) -> str:
        if number == PREAMBLE:
            return self._interface.text("room.preamble")
        return self._interface.text("room.article", number=number)

    def _head(self, number: int) -> Provision:
        convention = self._knowledge.convention
        if number == PREAMBLE:
            return convention.preamble[0]
        return convention.article(number).provisions[0]

    def _chapter(self, number: int) -> str:
        if number == PREAMBLE:
            return ""
        convention = self._knowledge.convention
        chapter = convention.chapter(convention.article(number).chapter)
        return self._interface.text("room.chapter", roman=chapter.roman, title=chapter.title)

    def _registered(self, number: int) -> Link | None:
        if number == PREAMBLE:
            return None
        chapter = self._knowledge.convention.article(number).chapter
        return Link(place_of(number, chapter), self._interface.text("room.registered"))

    def _link(self, number: int) -> Link | None:
        if number == PREAMBLE:
            return Link(self._head(number).url, self._heading(number))
        if not self._knowledge.convention.has_article(number):
            return None
        article = self._knowledge.convention.article(number)
        return Link(self._head(number).url, f"{self._heading(number)}: {article.title}")

    def _shown(self, provision: Provision) -> Shown:
        official = self._knowledge.official()
        found = official.wording(provision.id) if official else None
        told = found or provision
        is_ours = provision.id in self._knowledge.convention
        return Shown(
            provision=provision,
            mark=_mark(provision),
            words=told.text,
            closing=told.closing,
            ours=" ".join([provision.text, provision.closing]).strip() if found and is_ours else "",
            alone=official is not None and found is None and bool(provision.text),
            level=self._knowledge.annotations[provision.id].level if is_ours else None,
            refers_to=self._refers_to(provision) if is_ours else (),
            below=tuple(self._shown(child) for child in self._below(provision)),
        )

    def _refers_to(self, provision: Provision) -> tuple[Provision, ...]:
        convention = self._knowledge.convention
        return tuple(
            convention[key]
            for key in self._knowledge.annotations[provision.id].refers_to
            if key in convention and not key.startswith(f"{provision.id}/")
        )

    def _below(self, provision: Provision) -> Sequence[Provision]:
        """What stands below it in our restatement, and what only the official text has there."""
        convention, official = self._knowledge.convention, self._knowledge.official()
        ours = convention.children(provision)
        if official is None or official.wording(provision.id) is None:
            return ours
        theirs = official.convention.children(provision)
        return *ours, *(child for child in theirs if child.id not in convention)


def _mark(provision: Provision) -> str:
    if provision.items:
        return f"({provision.items[-1]})"
    return "" if provision.paragraph is None else f"{provision.paragraph}."


def which_text(knowledge: Knowledge, interface: Interface) -> str:
    """The sentences that say which text is read or quoted, and as of when."""
    stamp = knowledge.stamp()
    as_of = date.fromisoformat(stamp.as_of)
    return interface.text(
        "site.text_official" if stamp.address else "site.text_digest",
        **asdict(stamp) | {"as_of": f"{as_of.day} {as_of:%B %Y}"},
    )


def templates() -> Environment:
    """The templates of this package, with HTML escaped and no name left open."""
    return Environment(
        loader=PackageLoader("assistant.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def reading_room(knowledge: Knowledge, interface: Interface) -> APIRouter:
    """The routes of the readable pages."""
    room = ReadingRoom(knowledge, interface)
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @router.api_route(_CONTENTS, methods=_METHODS)
    @router.api_route(f"{_CONTENTS}/", methods=_METHODS)
    def contents() -> Response:
        return _page(room.contents())

    @router.api_route(f"{_CONTENTS}/preamble", methods=_METHODS)
    def preamble() -> Response:
        return _page(room.preamble())

    @router.api_route(f"{_CONTENTS}/article-{{number:int}}", methods=_METHODS)
    def article(number: int) -> Response:
        try:
            return _page(room.article(number))
        except UnknownProvision as error:
            return _page(room.missing(str(error)), status=404)

    @router.api_route(f"{_CONTENTS}/{{path:path}}", methods=_METHODS)
    def elsewhere(path: str) -> Response:
        return _page(room.missing(interface.text("room.no_such_page")), status=404)

    return router


def static_files() -> APIRouter:
    """The routes of the styles and scripts of all pages."""
    router = APIRouter(include_in_schema=False)

    @router.api_route(f"{STATIC}/{{name}}", methods=_METHODS)
    def static(name: str) -> Response:
        return _static(name, _static_names())

    return router


def _page(html: str, status: int = 200) -> Response:
    return HTMLResponse(html, status_code=status, headers=PAGE_HEADERS)


def _static_names() -> Sequence[str]:
    return [file.name for file in files("assistant.web").joinpath("static").iterdir()]


def _static(name: str, names: Sequence[str]) -> Response:
    kind = _MEDIA_TYPES.get(name.rpartition(".")[2])
    if kind is None or name not in names:
        return Response(status_code=404)
    content = files("assistant.web").joinpath("static", name).read_bytes()
    return Response(content, media_type=kind, headers={"Cache-Control": "no-cache"})
