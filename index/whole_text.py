"""Lays a Convention out as one plain text, and knows where each provision stands in it.

The text is the layout that ``index.reader`` reads, with the headings of its own language. A quote
is cut out of it by place, so it is always the text's own words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from index.convention import PREAMBLE, Article, Chapter, Convention, Provision
from index.languages import LANGUAGES

__all__ = ["Span", "WholeText", "convention_in", "structure_of", "write_out"]


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a text: its first character, and the one after its last."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class WholeText:
    """A Convention as one text.

    Attributes:
        text: the whole of it.
        title: the place of its name.
        titles: the places of the titles, by heading (``chapter-1``, ``art-1``).
        words: the places of the own words of each provision, by id.
        closings: the places of closing words, for provisions that have some.
    """

    text: str
    title: Span
    titles: Mapping[str, Span]
    words: Mapping[str, Span]
    closings: Mapping[str, Span]


class _Pen:
    """Writes on, and tells where each piece came to stand."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.words: dict[str, Span] = {}
        self.closings: dict[str, Span] = {}
        self.titles: dict[str, Span] = {}

    def write(self, piece: str) -> Span:
        start = self.length
        self.pieces.append(piece)
        self.length += len(piece)
        return Span(start, self.length)

    def heading(self, key: str, heading: str, title: str) -> None:
        self.write(f"{heading}\n")
        self.titles[key] = self.write(title)
        self.write("\n\n")

    def provision(self, provision: Provision, convention: Convention) -> None:
        children = convention.children(provision)
        self.write(_mark(provision))
        self.words[provision.id] = self.write(provision.text)
        if provision.text or (not children and _mark(provision)):
            self.write("\n\n")
        for child in children:
            self.provision(child, convention)
        if provision.closing:
            self.closings[provision.id] = self.write(provision.closing)
            self.write("\n\n")


def write_out(convention: Convention) -> WholeText:
    """The text of ``convention``, and where everything stands in it."""
    language = LANGUAGES.get(convention.language, LANGUAGES["en"])
    pen = _Pen()
    title = pen.write(convention.title)
    pen.write("\n\n")
    if convention.preamble:
        pen.write(f"{language.preamble}\n\n")
        pen.provision(convention.preamble[0], convention)
    for chapter in convention.chapters:
        if chapter.number:
            heading = language.chapter.format(number=chapter.number, roman=chapter.roman)
            pen.heading(f"chapter-{chapter.number}", heading, chapter.title)
        else:  # the one that stands for a treaty without chapters
            pen.titles["chapter-0"] = pen.write("")
        for article in chapter.articles:
            number = f"{article.number} {article.suffix}".strip()
            pen.heading(article.id, language.article.format(number), article.title)
            pen.provision(article.provisions[0], convention)
    text = "".join(pen.pieces)
    return WholeText(text, title, pen.titles, pen.words, pen.closings)


def _mark(provision: Provision) -> str:
    if provision.items:
        return f"({provision.items[-1]}) "
    if provision.paragraph is None or provision.article == PREAMBLE:
        return ""
    return f"{provision.paragraph}. "


def structure_of(convention: Convention, whole: WholeText) -> dict[str, Any]:
    """The parts of ``convention`` as plain values, each piece of text by its place in the whole.

    ``convention_in`` makes it whole again from this and the text.
    """

    def placed(provisions: Sequence[Provision]) -> list[list[Any]]:
        return [
            [
                provision.paragraph,
                list(provision.items),
                _pair(whole.words[provision.id]),
                _pair(whole.closings.get(provision.id)),
            ]
            for provision in provisions
        ]

    return {
        "source": convention.source,
        "language": convention.language,
        "sha256": convention.sha256,
        "title": _pair(whole.title),
        "preamble": placed(convention.preamble),
        "chapters": [
            {
                "number": chapter.number,
                "title": _pair(whole.titles[f"chapter-{chapter.number}"]),
                "articles": [
                    {
                        "number": article.number,
                        "suffix": article.suffix,
                        "title": _pair(whole.titles[article.id]),
                        "provisions": placed(article.provisions),
                    }
                    for article in chapter.articles
                ],
            }
            for chapter in convention.chapters
        ],
    }


def _pair(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def convention_in(text: str, structure: Mapping[str, Any]) -> tuple[Convention, WholeText]:
    """The Convention that ``text`` holds, and its whole.

    Raises ``KeyError``, ``TypeError``, ``ValueError`` or ``IndexError`` where ``structure`` is
    not what ``structure_of`` made.
    """
    reading = _Reading(text)
    convention = Convention(
        title=reading.cut(structure["title"]),
        source=structure["source"],
        language=structure["language"],
        sha256=structure["sha256"],
        preamble=tuple(reading.provisions(PREAMBLE, structure["preamble"])),
        chapters=tuple(reading.chapter(entry) for entry in structure["chapters"]),
    )
    title = Span(*structure["title"])
    return convention, WholeText(text, title, reading.titles, reading.words, reading.closings)


class _Reading:
    """Cuts the parts out of a text, and keeps where they stood."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: dict[str, Span] = {}
        self.closings: dict[str, Span] = {}
        self.titles: dict[str, Span] = {}

    def cut(self, pair: Sequence[int]) -> str:
        start, end = pair
        if not 0 <= start <= end <= len(self.text):
            raise ValueError("a piece stands outside the text")
        return self.text[start:end]

    def chapter(self, entry: Mapping[str, Any]) -> Chapter:
        number = entry["number"]
        self.titles[f"chapter-{number}"] = Span(*entry["title"])
        articles = tuple(self.article(number, inner) for inner in entry["articles"])
        return Chapter(number, self.cut(entry["title"]), articles)

    def article(self, chapter: int, entry: Mapping[str, Any]) -> Article:
        number, suffix = entry["number"], entry["suffix"]
        provisions = tuple(self.provisions(number, entry["provisions"], suffix))
        article = Article(number, self.cut(entry["title"]), chapter, provisions, suffix)
        self.titles[article.id] = Span(*entry["title"])
        return article

    def provisions(
        self, article: int, entries: Sequence[Sequence[Any]], suffix: str = ""
    ) -> Iterator[Provision]:
        for paragraph, items, words, closing in entries:
            provision = Provision(
                article,
                paragraph,
                tuple(items),
                self.cut(words),
                self.cut(closing) if closing else "",
                suffix,
            )
            self.words[provision.id] = Span(*words)
            if closing:
                self.closings[provision.id] = Span(*closing)
            yield provision
