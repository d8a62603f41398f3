"""The Convention as frozen values: chapters, articles and provisions, with ids, labels and links.

A provision is the smallest thing that can be cited: an article without paragraphs, a paragraph,
an item or a sub-item. Its ``text`` is its own words only: a paragraph that opens a list holds its
chapeau, and the items hold theirs. ``Convention.reading`` puts them together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from index.errors import UnknownProvision
from index.numerals import roman

__all__ = ["INSERTED", "PREAMBLE", "Article", "Chapter", "Convention", "Provision", "is_kin"]

PREAMBLE = 0
"""The article number under which preamble paragraphs are kept; no article has it."""

INSERTED = ("bis", "ter", "quater", "quinquies", "sexies", "septies", "octies")
"""What the numbers of articles that an amendment inserts end in, in order: article 8 bis."""

_ID = re.compile(
    r"(?:preamble(?:/(?P<recital>\d+))?"
    r"|art-(?P<article>\d{1,9})(?:[a-z]+)?(?:/para-(?P<paragraph>\d+))?(?P<items>(?:/[a-z]+)*))"
)


def is_kin(one: str, other: str) -> bool:
    """Whether two ids name one provision, or one that holds the other."""
    return one == other or one.startswith(f"{other}/") or other.startswith(f"{one}/")


@dataclass(frozen=True, slots=True)
class Provision:
    """One citable part of the treaty.

    Attributes:
        article: number of the article, ``PREAMBLE`` for the preamble.
        paragraph: number of the paragraph, None where the article has none.
        items: labels of the item and sub-item, outermost first: ``("f", "ii")``.
        text: its own words, without those of its items; "" for a bare heading.
        closing: words that stand after its items and finish its sentence.
        suffix: what the number of an inserted article ends in, ``bis``; else "".
    """

    article: int
    paragraph: int | None
    items: tuple[str, ...]
    text: str
    closing: str = ""
    suffix: str = ""

    @property
    def id(self) -> str:
        """Stable id: ``art-14/para-1/b``, ``art-2/f/ii``, ``art-8bis``, ``preamble/3``."""
        if self.article == PREAMBLE:
            return "preamble" if self.paragraph is None else f"preamble/{self.paragraph}"
        paragraph = () if self.paragraph is None else (f"para-{self.paragraph}",)
        return "/".join((f"art-{self.article}{self.suffix}", *paragraph, *self.items))

    @property
    def label(self) -> str:
        """Label in United Nations style: ``article 14, paragraph 1 (b)``."""
        if self.article == PREAMBLE:
            return "preamble" if self.paragraph is None else f"preamble, paragraph {self.paragraph}"
        paragraph = "" if self.paragraph is None else f", paragraph {self.paragraph}"
        return f"article {self._number}{paragraph}" + "".join(f" ({item})" for item in self.items)

    @property
    def _number(self) -> str:
        return f"{self.article} {self.suffix}".strip()

    @property
    def short_label(self) -> str:
        """Short label, as answers carry it in brackets: ``art. 14(1)(b)``."""
        if self.article == PREAMBLE:
            return "preamble" if self.paragraph is None else f"preamble, para. {self.paragraph}"
        paragraph = () if self.paragraph is None else (str(self.paragraph),)
        return f"art. {self._number}" + "".join(f"({part})" for part in (*paragraph, *self.items))

    @property
    def item(self) -> str | None:
        """Item and sub-item in one string, ``f(ii)``; None where it is not an item."""
        if not self.items:
            return None
        return self.items[0] + "".join(f"({item})" for item in self.items[1:])

    @property
    def anchor(self) -> str:
        """Fragment of its place on the page of its article; "" for a whole article."""
        paragraph = () if self.paragraph is None else (f"para-{self.paragraph}",)
        return "-".join((*paragraph, *self.items))

    @property
    def url(self) -> str:
        """Link to the readable page: ``/convention/article-14#para-1-b``."""
        page = "preamble" if self.article == PREAMBLE else f"article-{self.article}{self.suffix}"
        return f"/convention/{page}" + (f"#{self.anchor}" if self.anchor else "")

    @property
    def parent_id(self) -> str | None:
        """Id of the provision whose chapeau governs this one; None for an article."""
        head, slash, _ = self.id.rpartition("/")
        return head if slash else None


@dataclass(frozen=True, slots=True)
class Article:
    """An article: its number, title, chapter number, and provisions in the order of the text.

    An article that an amendment inserted after number 8 has number 8 and the suffix ``bis``.

    The first provision is always the article itself (``art-14``): it holds the chapeau or the
    whole text where the article has no numbered paragraphs, and "" where it has.
    """

    number: int
    title: str
    chapter: int
    provisions: tuple[Provision, ...]
    suffix: str = ""

    @property
    def name(self) -> str:
        """``article 14``, ``article 8 bis``."""
        return f"article {self.number} {self.suffix}".strip()

    @property
    def id(self) -> str:
        """``art-14``."""
        return self.provisions[0].id

    @property
    def paragraphs(self) -> tuple[Provision, ...]:
        """Its numbered paragraphs, () where there are none."""
        return tuple(p for p in self.provisions if p.paragraph is not None and not p.items)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: its number (from 1), title and articles."""

    number: int
    title: str
    articles: tuple[Article, ...]

    @property
    def roman(self) -> str:
        """Its number as treaties write it: ``IV``."""
        return roman(self.number).upper()


@dataclass(frozen=True)
class Convention:
    """A whole treaty text.

    Attributes:
        title: its name.
        source: ``digest`` (our restatement) or ``official``.
        language: ISO 639-1 code.
        sha256: hash of the text file that it was read from, in hexadecimal.
        preamble: the preamble and its paragraphs, as provisions.
        chapters: its chapters in order.
    """

    title: str
    source: str
    language: str
    sha256: str
    preamble: tuple[Provision, ...]
    chapters: tuple[Chapter, ...]
    _by_id: dict[str, Provision] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {p.id: p for p in self.provisions()})

    def provisions(self) -> Iterator[Provision]:
        """Every provision in the order of the text, the preamble first."""
        yield from self.preamble
        for article in self.articles:
            yield from article.provisions

    @cached_property
    def articles(self) -> tuple[Article, ...]:
        """Every article in order, across chapters."""
        return tuple(article for chapter in self.chapters for article in chapter.articles)

    @cached_property
    def _articles_by_number(self) -> dict[int, Article]:
        return {article.number: article for article in self.articles if not article.suffix}

    @cached_property
    def _articles_by_id(self) -> dict[str, Article]:
        return {article.id: article for article in self.articles}

    def article_of(self, provision: Provision) -> Article:
        """The article that the provision belongs to, which is none for the preamble."""
        return self._articles_by_id[provision.id.partition("/")[0]]

    def __contains__(self, provision_id: object) -> bool:
        return provision_id in self._by_id

    def __getitem__(self, provision_id: str) -> Provision:
        """The provision of that id; raises ``UnknownProvision``."""
        try:
            return self._by_id[provision_id]
        except KeyError:
            raise UnknownProvision(self._unknown(provision_id)) from None

    def _unknown(self, provision_id: str) -> str:
        match = _ID.fullmatch(provision_id)
        if match and match["article"] and not self.has_article(int(match["article"])):
            return (
                f"There is no article {match['article']}: the Convention has articles 1 to "
                f"{len(self.articles)}."
            )
        return (
            f"The Convention has no provision {provision_id!r}; ids look like art-14, "
            "art-14/para-1, art-14/para-1/b or preamble/3."
        )

    def has_article(self, number: int) -> bool:
        """Whether an article of that number exists."""
        return number in self._articles_by_number

    def article(self, number: int) -> Article:
        """The article of that number; raises ``UnknownProvision``."""
        if not self.has_article(number):
            raise UnknownProvision(self._unknown(f"art-{number}"))
        return self._articles_by_number[number]

    def chapter(self, number: int) -> Chapter:
        """The chapter of that number (from 1); raises ``UnknownProvision``."""
        for chapter in self.chapters:
            if chapter.number == number:
                return chapter
        raise UnknownProvision(
            f"There is no chapter {number}: the Convention has chapters 1 to {len(self.chapters)}."
        )

    def title_of(self, provision: Provision) -> str:
        """Title of the article that the provision belongs to."""
        return "Preamble" if provision.article == PREAMBLE else self.article_of(provision).title

    def chapter_of(self, provision: Provision) -> int:
        """Number of its chapter; 0 for the preamble."""
        return 0 if provision.article == PREAMBLE else self.article_of(provision).chapter

    def ancestors(self, provision: Provision) -> tuple[Provision, ...]:
        """The provisions whose chapeaux govern it, outermost first."""
        found: list[Provision] = []
        parent = provision.parent_id
        while parent is not None:
            found.append(self._by_id[parent])
            parent = self._by_id[parent].parent_id
        return tuple(reversed(found))

    def children(self, provision: Provision) -> tuple[Provision, ...]:
        """Its paragraphs, items or sub-items, one step down."""
        return self._children.get(provision.id, ())

    @cached_property
    def _children(self) -> dict[str, tuple[Provision, ...]]:
        below: dict[str, list[Provision]] = {}
        for provision in self.provisions():
            if provision.parent_id is not None:
                below.setdefault(provision.parent_id, []).append(provision)
        return {key: tuple(value) for key, value in below.items()}

    def reading(self, provision: Provision) -> str:
        """What the provision says when read alone: chapeaux above, own words, items below.

        Closing words of the lists that it stands in come last. Every piece is an exact part of
        the text; pieces are joined by one space. Sibling items and, for a whole article, its
        numbered paragraphs are left out.
        """
        ancestors = self.ancestors(provision)
        above = [p.text for p in ancestors]
        after = [p.closing for p in reversed(ancestors)]
        return " ".join(piece for piece in (*above, *self._below(provision), *after) if piece)

    def _below(self, provision: Provision) -> Iterator[str]:
        yield provision.text
        for child in self.children(provision):
            if child.items:
                yield f"({child.items[-1]})"
                yield from self._below(child)
        yield provision.closing
