"""Answers about the Convention as a whole, complete and in the order of the text."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.knowledge import OFFENCES, Knowledge
from assistant.labels import labelled
from assistant.lexical import tokens_of
from assistant.references import chapters_named, find_references
from index.convention import Article, Chapter, Convention, Provision
from index.passages import sentences_of
from prompts import fixed_text

__all__ = [
    "Named",
    "describe_article",
    "describe_chapter",
    "list_chapters",
    "list_definitions",
    "list_offences",
    "no_such_chapter",
    "other_chapter",
    "references_known",
    "structure_answer",
    "totals_of",
]


LANGUAGES = 6
"""Authentic languages of the text (article 68, paragraph 2)."""


def totals_of(convention: Convention) -> dict[str, int]:
    """How many of each the Convention has: chapters, definitions, languages."""
    return {
        "chapter": len(convention.chapters),
        "definition": len(convention.children(convention["art-2"])),
        "language": LANGUAGES,
    }


def structure_answer(name: str, question: str, knowledge: Knowledge) -> str | None:
    """The answer of the structure topic of that name; None where the question lacks a part."""
    if name == "article-count":
        return _count(knowledge)
    if name == "chapter-list":
        return list_chapters(knowledge)
    if name == "offence-list":
        return list_offences(knowledge)
    if name == "definitions-list":
        return list_definitions(knowledge)
    if name == "chapter-content":
        numbers = [n for n in chapters_named(question) if n <= len(knowledge.convention.chapters)]
        return "\n\n".join(describe_chapter(n, knowledge) for n in numbers) or list_chapters(
            knowledge
        )
    return None


def _count(knowledge: Knowledge) -> str:
    convention = knowledge.convention
    return fixed_text(
        "structure/article_count",
        articles=len(convention.articles),
        chapters=len(convention.chapters),
        recitals=len(convention.preamble) - 1,
        last=convention.articles[-1].number,
    )


def list_chapters(knowledge: Knowledge) -> str:
    """All chapters with their articles' numbers."""
    lines = [
        f"- Chapter {chapter.roman}, {chapter.title}: {_span(chapter)}"
        for chapter in knowledge.convention.chapters
    ]
    heading = fixed_text("structure/chapters", chapters=len(lines))
    return "\n".join([heading, *lines])


def _span(chapter: Chapter) -> str:
    first, last = chapter.articles[0], chapter.articles[-1]
    if first is last:
        return f"article {first.number} [art. {first.number}]"
    return f"articles {first.number} to {last.number} [art. {first.number}] [art. {last.number}]"


def describe_chapter(number: int, knowledge: Knowledge) -> str:
    """What a chapter covers: its title and every article with its title."""
    chapter = knowledge.convention.chapter(number)
    lines = [_titled(article) for article in chapter.articles]
    heading = fixed_text(
        "structure/chapter", roman=chapter.roman, title=chapter.title, articles=_plural(len(lines))
    )
    return "\n".join([heading, *lines])


def _plural(count: int) -> str:
    return "one article" if count == 1 else f"{count} articles"


def _titled(article: Article) -> str:
    return f"- {article.title} [art. {article.number}]"


def list_offences(knowledge: Knowledge) -> str:
    """Every article that establishes an offence, and who else answers for it."""
    articles = [a for a in knowledge.convention.articles if a.number in OFFENCES]
    heading = fixed_text("structure/offences", count=len(articles))
    return "\n".join([heading, *map(_titled, articles), "", fixed_text("structure/offences_more")])


def list_definitions(knowledge: Knowledge) -> str:
    """Every defined term with its place."""
    items = knowledge.convention.children(knowledge.convention["art-2"])
    lines = [f"- {item.text.partition(' means')[0]} [{item.short_label}]" for item in items]
    return "\n".join([fixed_text("structure/definitions", count=len(lines)), *lines])


def no_such_chapter(question: str, knowledge: Knowledge) -> str:
    """What answers a question on a chapter beyond the last; "" where it names none."""
    chapters = len(knowledge.convention.chapters)
    beyond = [number for number in chapters_named(question) if number > chapters]
    if not beyond:
        return ""
    correction = fixed_text("corrections/no_such_chapter", number=beyond[0], chapters=chapters)
    return f"{correction}\n\n{list_chapters(knowledge)}"


def other_chapter(question: str, knowledge: Knowledge) -> str:
    """What puts right a chapter that the question gives another one's title; "" for none."""
    named, chapters = set(chapters_named(question)), knowledge.convention.chapters
    asked = set(tokens_of(question))
    titled = [c for c in chapters if len(_stems(c)) > 1 and _stems(c) <= asked]
    if len(named) != 1 or len(titled) != 1 or titled[0].number in named:
        return ""
    chapter, right = chapters[named.pop() - 1], titled[0]
    return fixed_text(
        "corrections/other_chapter",
        roman=chapter.roman,
        title=chapter.title,
        right=right.roman,
        right_title=right.title,
    )


def _stems(chapter: Chapter) -> set[str]:
    return set(tokens_of(chapter.title))


def describe_article(article: Article, knowledge: Knowledge) -> str:
    """What an article says: its gist, then every paragraph (or item) by its heading."""
    head = article.provisions[0]
    summary = knowledge.annotations[head.id].summary
    title = fixed_text(
        "structure/article",
        number=article.number,
        title=article.title,
        chapter=knowledge.convention.chapters[article.chapter - 1].roman,
    )
    told = " ".join(labelled(sentence, [head]) for sentence in sentences_of(summary))
    return f"{title}\n\n{told}" + _parts(head, knowledge)


def _parts(head: Provision, knowledge: Knowledge) -> str:
    parts = knowledge.convention.children(head)
    if not parts:
        return ""
    lines = [
        f"- {_mark(part)}: {knowledge.annotations[part.id].heading} [{part.short_label}]"
        for part in parts
    ]
    return "\n\n" + "\n".join([fixed_text("structure/parts"), *lines])


def _mark(part: Provision) -> str:
    return f"({part.items[-1]})" if part.items else f"Paragraph {part.paragraph}"


@dataclass(frozen=True, slots=True)
class Named:
    """What a question names: ids that exist; articles that do not; articles without that part.

    An article without the part that is named is among ``known`` as a whole.
    """

    known: tuple[str, ...]
    no_article: tuple[int, ...]
    no_part: tuple[int, ...]


def references_known(question: str, knowledge: Knowledge) -> Named:
    """The provisions that a question names, held against the text."""
    known: list[str] = []
    no_article: list[int] = []
    no_part: list[int] = []
    for reference in find_references(question):
        if reference.id in knowledge.convention:
            known.append(reference.id)
        elif not knowledge.convention.has_article(reference.article):
            no_article.append(reference.article)
        else:
            known.append(f"art-{reference.article}")
            no_part.append(reference.article)
    return Named(tuple(known), tuple(no_article), tuple(no_part))
