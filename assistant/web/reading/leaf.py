"""One page of the text: an article or the preamble, with all that a reader wants around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from assistant.web.links import Link
from assistant.web.names import Names
from assistant.web.reading.contents import ContentsChapter, contents_of
from assistant.web.reading.neighbours import Map, Neighbours, map_of, neighbours_of
from assistant.web.reading.terms import Mentions, Piece, Term, terms_of
from assistant.web.reading.texts import Said, Texts, View
from assistant.web.register_shown import place_of
from index.annotations import Level
from index.convention import PREAMBLE, Provision

__all__ = ["Leaf", "Leaves", "Shown"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A provision as a page shows it, with those below it.

    Attributes:
        mark: what stands before its words (``1.``, ``(b)``).
        words: its own words, official where they are to be had; ``closing`` those after its items.
        is_official: whether its words are those of the official text.
        ours, ours_closing: our restatement, beside official words; () where the words are ours.
        alone: whether its words are ours on a page that quotes the official text.
        level: its level of obligation; None for one that our restatement does not have.
        refers_to: the provisions that it names or rests on, without those right below it.
        below: its paragraphs, items or sub-items.
    """

    provision: Provision
    mark: str
    words: tuple[Piece, ...]
    closing: tuple[Piece, ...]
    is_official: bool
    ours: tuple[Piece, ...]
    ours_closing: tuple[Piece, ...]
    alone: bool
    level: Level | None
    refers_to: tuple[Link, ...]
    below: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page with the pages before and after it.

    Attributes:
        chapter: the chapter that it stands in; None for the preamble, as ``registered``.
        view: which texts are shown; ``views`` lead to each, () where the digest is alone.
        asking: the chat with the question what the article says.
        around, map: the articles that it is tied to by references.
    """

    number: int
    url: str
    heading: str
    title: Said
    chapter: ContentsChapter | None
    summary: str
    head: Shown
    view: View
    views: tuple[tuple[View, Link], ...]
    before: Link | None
    after: Link | None
    registered: str
    asking: str
    around: Neighbours
    map: Map | None


class Leaves:
    """Makes the pages of the text in one language."""

    def __init__(self, texts: Texts, names: Names) -> None:
        self._texts = texts
        self._names = names

    @cached_property
    def chapters(self) -> Sequence[ContentsChapter]:
        """The contents of the Convention."""
        return contents_of(self._texts)

    @cached_property
    def _terms(self) -> Mapping[str, Term]:
        return terms_of(self._texts.knowledge)

    @cached_property
    def _neighbours(self) -> Mapping[int, Neighbours]:
        return neighbours_of(self._texts.knowledge)

    def leaf(self, number: int, view: View) -> Leaf:
        """The page of an article, or of the preamble; raises ``UnknownProvision``."""
        head = self._head(number)
        around = self._neighbours.get(number, Neighbours())
        mirrored = self._names.interface.direction == "rtl"
        return Leaf(
            number=number,
            url=head.url,
            heading=self._names.article(number),
            title=self._texts.title(number),
            chapter=self._chapter(number),
            summary=self._texts.knowledge.annotations[head.id].summary,
            head=self._shown(head, view, Mentions(self._terms)),
            view=view,
            views=self._views(head.url),
            before=None if number == PREAMBLE else self._turn(number - 1),
            after=self._turn(number + 1),
            registered="" if number == PREAMBLE else self._registered(number),
            asking=self._asking(number),
            around=around,
            map=map_of(number, around, mirrored=mirrored),
        )

    def link(self, number: int) -> Link:
        """The link to an article: its number, and its title to be told."""
        title = f"{self._names.article(number)}: {self._texts.title(number).text}"
        return Link(self._head(number).url, str(number), title)

    def _head(self, number: int) -> Provision:
        if number == PREAMBLE:
            return self._texts.digest.preamble[0]
        return self._texts.digest.article(number).provisions[0]

    def _chapter(self, number: int) -> ContentsChapter | None:
        if number == PREAMBLE:
            return None
        own = self._texts.digest.article(number).chapter
        return next(chapter for chapter in self.chapters if chapter.number == own)

    def _registered(self, number: int) -> str:
        return place_of(number, self._texts.digest.article(number).chapter)

    def _views(self, url: str) -> tuple[tuple[View, Link], ...]:
        if self._texts.official is None:
            return ()
        text = self._names.interface.text
        queries = {view: "" if view is View.BOTH else f"?text={view}" for view in View}
        return tuple((v, Link(f"{url}{q}", text(f"room.view.{v}"))) for v, q in queries.items())

    def _asking(self, number: int) -> str:
        which = "question_preamble" if number == PREAMBLE else "question"
        question = self._names.interface.text(f"room.{which}", number=number)
        return f"/?{urlencode({'q': question})}"

    def _turn(self, number: int) -> Link | None:
        if number != PREAMBLE and not self._texts.digest.has_article(number):
            return None
        return Link(self._head(number).url, self._names.article(number))

    def _shown(self, provision: Provision, view: View, mentions: Mentions) -> Shown:
        found = None if view is View.DIGEST else self._texts.wording(provision.id)
        is_ours = provision.id in self._texts.digest
        words = self._pieces(found or provision, mentions, is_official=found is not None)
        beside = provision if found and is_ours and view is View.BOTH else None
        ours = self._pieces(beside, mentions, is_official=False)
        return Shown(
            provision=provision,
            mark=_mark(provision),
            words=words[0],
            closing=words[1],
            is_official=found is not None,
            ours=ours[0],
            ours_closing=ours[1],
            alone=self._is_alone(provision, found, view),
            level=self._texts.knowledge.annotations[provision.id].level if is_ours else None,
            refers_to=self._refers_to(provision) if is_ours else (),
            below=tuple(self._below(provision, view, mentions)),
        )

    def _below(self, provision: Provision, view: View, mentions: Mentions) -> list[Shown]:
        """What stands below; each part right below an article begins to mention terms anew."""
        return [
            self._shown(child, view, mentions if provision.anchor else Mentions(self._terms))
            for child in self._texts.below(provision)
        ]

    def _is_alone(self, provision: Provision, found: Provision | None, view: View) -> bool:
        quotes = self._texts.official is not None and view is not View.DIGEST
        return quotes and found is None and bool(provision.text)

    def _pieces(
        self, provision: Provision | None, mentions: Mentions, *, is_official: bool
    ) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
        """Own words and closing words, with their terms where they are in English."""
        if provision is None:
            return (), ()
        is_english = not is_official or self._texts.language == self._texts.digest.language
        used = self._texts.knowledge.annotations[provision.id].terms if is_english else ()
        others = [name for name in used if not _defines(provision, name, self._terms)]
        return mentions.split(provision.text, others), mentions.split(provision.closing, others)

    def _refers_to(self, provision: Provision) -> tuple[Link, ...]:
        convention = self._texts.digest
        keys = self._texts.knowledge.annotations[provision.id].refers_to
        named = (convention[key] for key in keys if key in convention)
        return tuple(
            Link(other.url, other.short_label.removeprefix("art. "), self._told(other))
            for other in named
            if not other.id.startswith(f"{provision.id}/")
        )

    def _told(self, provision: Provision) -> str:
        title = self._texts.title(provision.article).text
        return ": ".join(filter(None, [self._names.place(provision), title]))


def _defines(provision: Provision, name: str, terms: Mapping[str, Term]) -> bool:
    """Whether the provision is itself the definition of the term, or a part of it."""
    term = terms.get(name.lower())
    return term is not None and provision.url.startswith(term.url)


def _mark(provision: Provision) -> str:
    if provision.items:
        return f"({provision.items[-1]})"
    return "" if provision.paragraph is None else f"{provision.paragraph}."
