"""What the page of the register shows of its rows: by chapter and article, with links, counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import urlencode

from assistant.exports.columns import short
from assistant.obligations import Filters, Obligation, Register
from assistant.web.links import Link
from index.annotations import Level
from index.convention import Chapter, Convention, Provision
from index.register import ALL_OFFENCES, Relation

__all__ = [
    "PATH",
    "Alike",
    "Cell",
    "Chart",
    "Column",
    "Line",
    "Section",
    "ShownArticle",
    "ShownRow",
    "address",
    "anchor_of",
    "chart_of",
    "place_of",
    "sections_of",
]

PATH = "/register"


@dataclass(frozen=True, slots=True)
class Alike:
    """What is alike in a sister treaty, and how it compares."""

    treaty: str
    at: str
    relation: Relation
    note: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the register as the page shows it.

    Attributes:
        row: the row itself; ``provision`` that it stands in.
        anchor: its place on the page.
        provision_anchor: that of its provision, on the first row of one with several; else "".
        clause: which of the clauses of its provision it is, ``2``; "" where it is the only one.
        offences: the offences that it is about; ``about_all`` where it is about every one.
        counterparts: what is alike in the sister treaties that have it.
        without: the sister treaties that have none.
    """

    row: Obligation
    provision: Provision
    anchor: str
    provision_anchor: str
    clause: str
    refers_to: tuple[Link, ...]
    referred_by: tuple[Link, ...]
    offences: tuple[Link, ...]
    about_all: bool
    counterparts: tuple[Alike, ...]
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownArticle:
    """The rows of one article."""

    number: int
    url: str
    rows: tuple[ShownRow, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The rows of one chapter, by article."""

    number: int
    roman: str
    articles: tuple[ShownArticle, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """How many rows a level has in a chapter, and the page that shows them; 0 has none."""

    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """A level: its rows in all, and in each chapter; ``cells`` are in the order of ``Chart``."""

    level: Level
    total: int
    url: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A chapter of the chart: its roman number and title, its rows, and their page."""

    roman: str
    title: str
    total: int
    url: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Rows by level and chapter; ``most`` is the greatest number of a cell, ``widest`` of a level.

    The columns are all chapters, so that the chart keeps its shape when it is filtered.
    """

    lines: tuple[Line, ...]
    columns: tuple[Column, ...]
    total: int
    most: int
    widest: int


def address(filters: Filters) -> str:
    """The address of the page with these filters: ``/register?level=mandatory&chapter=2``."""
    given = filters.given()
    return f"{PATH}?{urlencode(given)}" if given else PATH


def anchor_of(row_id: str) -> str:
    """The place of a row on the page, ``art-25-para-2.2`` for ``art-25/para-2#2``."""
    return row_id.replace("/", "-").replace("#", ".")


def place_of(article: int, chapter: int) -> str:
    """The address of an article in the register, among the rows of its chapter."""
    return f"{address(Filters(chapter=chapter))}#article-{article}"


def chart_of(register: Register, filters: Filters, convention: Convention) -> Chart:
    """The counts of filtered rows; every number leads to the page that shows what it counts."""
    counts = {level: by for level, by in register.counts().items() if by}
    numbers = [chapter.number for chapter in convention.chapters]
    totals = {n: sum(by.get(n, 0) for by in counts.values()) for n in numbers}
    return Chart(
        lines=tuple(_line(level, by, numbers, filters) for level, by in counts.items()),
        columns=tuple(
            Column(c.roman, c.title, totals[c.number], address(replace(filters, chapter=c.number)))
            for c in convention.chapters
        ),
        total=len(register.rows),
        most=max(max(by.values()) for by in counts.values()),
        widest=max(sum(by.values()) for by in counts.values()),
    )


def _line(level: Level, by_chapter: dict[int, int], numbers: list[int], filters: Filters) -> Line:
    of_level = replace(filters, level=level.value)
    return Line(
        level=level,
        total=sum(by_chapter.values()),
        url=address(of_level),
        cells=tuple(
            Cell(by_chapter.get(n, 0), address(replace(of_level, chapter=n))) for n in numbers
        ),
    )


def sections_of(register: Register, convention: Convention) -> tuple[Section, ...]:
    """The rows by chapter and article, in the order of the text."""
    return tuple(
        _section(convention.chapter(number), rows, convention)
        for number, rows in groupby(register.rows, key=lambda row: row.chapter)
    )


def _section(chapter: Chapter, rows: Iterable[Obligation], convention: Convention) -> Section:
    return Section(chapter.number, chapter.roman, tuple(_articles(rows, convention)))


def _articles(rows: Iterable[Obligation], convention: Convention) -> Iterator[ShownArticle]:
    for number, of_article in groupby(rows, key=lambda row: row.article):
        url = convention.article(number).provisions[0].url
        yield ShownArticle(number, url, tuple(_shown_rows(of_article, convention)))


def _shown_rows(rows: Iterable[Obligation], convention: Convention) -> Iterator[ShownRow]:
    for provision_id, of_provision in groupby(rows, key=lambda row: row.provision_id):
        for place, row in enumerate(of_provision):
            is_part = row.id != provision_id
            first = anchor_of(provision_id) if is_part and place == 0 else ""
            yield _shown_row(row, first, convention)


def _shown_row(row: Obligation, provision_anchor: str, convention: Convention) -> ShownRow:
    named = [offence for offence in row.offences if offence != ALL_OFFENCES]
    return ShownRow(
        row=row,
        provision=convention[row.provision_id],
        anchor=anchor_of(row.id),
        provision_anchor=provision_anchor,
        clause=row.id.partition("#")[2],
        refers_to=_links(row.refers_to, convention),
        referred_by=_links(row.referred_by, convention),
        offences=_links(named, convention, titled=True),
        about_all=ALL_OFFENCES in row.offences,
        counterparts=tuple(_counterparts(row)),
        without=tuple(one.treaty for one in row.counterparts if one.relation is Relation.NONE),
    )


def _links(ids: Iterable[str], convention: Convention, *, titled: bool = False) -> tuple[Link, ...]:
    found = [convention[key] for key in ids if key in convention]
    return tuple(
        Link(p.url, f"{short(p.id)}, {convention.title_of(p)}" if titled else short(p.id))
        for p in found
    )


def _counterparts(row: Obligation) -> Iterator[Alike]:
    for one in row.counterparts:
        if one.relation is not Relation.NONE:
            yield Alike(one.treaty, one.at, one.relation, one.note)
