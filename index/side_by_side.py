"""Sets the structure of a text beside that of the digest, for people who check it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.alignment import Shift, shifts
from index.check import Difference
from index.convention import INSERTED, Article, Convention, Provision

__all__ = ["Row", "SideBySide", "as_lines", "side_by_side"]


@dataclass(frozen=True, slots=True)
class Count:
    """What an article consists of: numbered paragraphs, items and sub-items of any depth."""

    paragraphs: int
    items: int

    def __str__(self) -> str:
        return f"{self.paragraphs} par., {self.items} items"


@dataclass(frozen=True, slots=True)
class Row:
    """An article in both texts; title and count are None where a text does not have it."""

    article: int
    suffix: str
    our_title: str | None
    their_title: str | None
    ours: Count | None
    theirs: Count | None

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands among the others: 8, 8 bis, 8 ter, 9."""
        return self.article, INSERTED.index(self.suffix) + 1 if self.suffix else 0


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two texts beside each other.

    Attributes:
        rows: every article of either.
        only_ours: provisions of ours that the text does not have.
        only_theirs: provisions of the text that ours does not have.
        shifted: provisions of ours that stand under another number there.
    """

    rows: tuple[Row, ...]
    only_ours: tuple[Provision, ...]
    only_theirs: tuple[Provision, ...]
    shifted: tuple[Shift, ...]


def side_by_side(theirs: Convention, ours: Convention) -> SideBySide:
    """``theirs`` beside ``ours``; shifts are looked for where both are in one language."""
    own, other = ({article.id: article for article in text.articles} for text in (ours, theirs))
    rows = (_row(own.get(name), other.get(name)) for name in own | other)
    return SideBySide(
        rows=tuple(sorted(rows, key=lambda row: row.place)),
        only_ours=_only(ours, theirs),
        only_theirs=_only(theirs, ours),
        shifted=shifts(theirs, ours) if theirs.language == ours.language else (),
    )


def _row(own: Article | None, other: Article | None) -> Row:
    article = own or other
    assert article is not None
    return Row(
        article.number,
        article.suffix,
        own.title if own else None,
        other.title if other else None,
        _count(own),
        _count(other),
    )


def _count(article: Article | None) -> Count | None:
    if article is None:
        return None
    return Count(len(article.paragraphs), sum(bool(p.items) for p in article.provisions))


def _only(one: Convention, other: Convention) -> tuple[Provision, ...]:
    return tuple(p for p in one.provisions() if p.id not in other)


def as_lines(beside: SideBySide, differences: Sequence[Difference]) -> Iterator[str]:
    """The whole report, a line each.

    First the structure, then what has no counterpart, what is shifted, what the check found.
    """
    yield f"{'':11}{'digest':26}text"
    yield from map(_line, beside.rows)
    yield from _section("In the digest only", map(_named, beside.only_ours))
    yield from _section("In the text only", map(_named, beside.only_theirs))
    yield from _section("Under another number", map(_shifted, beside.shifted))
    yield from _section(
        "What the check found", (f"{d.severity}: {d.sentence}" for d in differences)
    )


def _line(row: Row) -> str:
    mark = " " if row.ours == row.theirs else "*"
    title = row.their_title if row.their_title is not None else row.our_title
    own, other = (str(count) if count else "none" for count in (row.ours, row.theirs))
    number = f"{row.article} {row.suffix}".strip()
    return f"{mark} art. {number:<3} {own:<26}{other:<26}{title}"


def _section(heading: str, lines: Iterator[str]) -> Iterator[str]:
    found = list(lines)
    yield ""
    yield f"{heading}: {len(found) or 'nothing'}"
    yield from (f"  {line}" for line in found)


def _named(provision: Provision) -> str:
    words = provision.text or provision.closing
    return f"{provision.label}: {words[:60]}{'...' if len(words) > 60 else ''}"


def _shifted(shift: Shift) -> str:
    return f"{shift.ours.label} of the digest reads like {shift.theirs.label} of the text"
