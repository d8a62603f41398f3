"""Answers about another treaty as a whole: its chapters, and articles in their own words."""

from __future__ import annotations

import re

from assistant.extract import tell_whole
from assistant.labels import labelled, statements_of
from assistant.lexical import tokens_of
from assistant.other_treaty import OtherTreaty
from assistant.references import Reference, chapters_named
from index.convention import Article, Chapter, Provision, is_kin
from prompts import fixed_text

__all__ = [
    "answer_on_chapters",
    "describe_article",
    "example_of",
    "no_such_article",
    "other_article",
    "what_says",
]

MOST_WORDS = 300
"""An article of no more words is given whole; of a longer one, the first words of each part."""

_PART = re.compile(r"\bpart\b(?=\s+(?:\d|[ivx]+\b))", re.IGNORECASE)
_ON_ALL = re.compile(
    r"\bhow many (?:articles?|chapters?|parts)\b|"
    r"\b(?:table of contents|list of (?:articles|chapters))\b|"
    r"\b(?:list|show|name|which|what) (?:me )?(?:are )?(?:all )?(?:the |its )?(?:chapters|parts)\b",
    re.IGNORECASE,
)


def what_says(provision: Provision) -> str:
    """The question that asks for the words of a provision."""
    return fixed_text("treaty/what_says", provision=provision.label)


def example_of(treaty: OtherTreaty) -> str:
    """A question that the treaty answers: for the words of its first article."""
    return what_says(treaty.convention.articles[0].provisions[0])


def no_such_article(number: int, treaty: OtherTreaty) -> str:
    """What puts right a number beyond the last article, with this treaty's own numbers."""
    return fixed_text("treaty/no_such_article", number=number, **_counts(treaty))


def _counts(treaty: OtherTreaty) -> dict[str, object]:
    articles = treaty.convention.articles
    return {"treaty": treaty.name, "articles": len(articles), "last": articles[-1].number}


def answer_on_chapters(question: str, treaty: OtherTreaty) -> tuple[str, bool] | None:
    """What answers a question on chapters or on the number of articles; None for any other.

    The second value says whether the question names a chapter that there is not.
    """
    numbers = chapters_named(_PART.sub("chapter", question))
    if not numbers and not _ON_ALL.search(question):
        return None
    chapters = {chapter.number: chapter for chapter in treaty.convention.chapters}
    if 0 in chapters:
        return fixed_text("treaty/no_chapters", **_counts(treaty)), bool(numbers)
    if not numbers:
        return _contents(treaty), False
    wrong = next((number for number in numbers if number not in chapters), None)
    if wrong is None:
        return "\n\n".join(_chapter(chapters[number]) for number in numbers), False
    correction = fixed_text(
        "treaty/no_such_chapter", number=wrong, treaty=treaty.name, chapters=len(chapters)
    )
    return f"{correction}\n\n{_contents(treaty)}", True


def _contents(treaty: OtherTreaty) -> str:
    chapters = treaty.convention.chapters
    heading = fixed_text("treaty/chapters", chapters=len(chapters), **_counts(treaty))
    return "\n".join([heading, *(f"- {_named(chapter)}: {_span(chapter)}" for chapter in chapters)])


def _named(chapter: Chapter) -> str:
    return f"Chapter {chapter.roman}, {chapter.title}" if chapter.title else chapter.roman


def _span(chapter: Chapter) -> str:
    first, last = (chapter.articles[i].provisions[0] for i in (0, -1))
    if first is last:
        return f"{first.label} [{first.short_label}]"
    return f"{first.label} to {last.label} [{first.short_label}] [{last.short_label}]"


def _chapter(chapter: Chapter) -> str:
    lines = [f"- {article.title} [{article.provisions[0].short_label}]" for article in
             chapter.articles]  # fmt: skip
    return "\n".join([f"{_named(chapter)}:", *lines])


def describe_article(article: Article, treaty: OtherTreaty) -> str:
    """The words of an article: the whole of it, or the first words of each part of a long one."""
    head = article.provisions[0]
    name = article.name[:1].upper() + article.name[1:]
    title = (
        fixed_text("treaty/article", article=name, title=article.title) if article.title else name
    )
    if not any(provision.text for provision in article.provisions):
        return f"{title} [{head.short_label}]"
    words = sum(len(f"{p.text} {p.closing}".split()) for p in article.provisions)
    parts = treaty.convention.children(head)
    if words <= MOST_WORDS or not parts:
        return "\n\n".join([title, *_whole(head, treaty)])
    lines = [f"- {_first_words(part, treaty)}" for part in parts]
    more = fixed_text("treaty/read_on", example=what_says(parts[0]))
    return "\n\n".join([title, "\n".join(lines), more])


def _whole(head: Provision, treaty: OtherTreaty) -> list[str]:
    if head.text:
        return [tell_whole(head, treaty)]
    return [tell_whole(part, treaty) for part in treaty.convention.children(head)]


def _first_words(part: Provision, treaty: OtherTreaty) -> str:
    below = treaty.convention.children(part)
    if below and not part.text:
        return _first_words(below[0], treaty)
    first, *more = statements_of(treaty.convention, part) or (part.text,)
    if more or below:
        return f"{first.rstrip(':. ')} … [{part.short_label}]"
    return labelled(first, [part])


def other_article(question: str, named: Reference, treaty: OtherTreaty) -> Article | None:
    """The article whose whole title the question ties to the number of another; None for none.

    A title of one word says too little, and one that both share says nothing.
    """
    asked = set(tokens_of(question))
    titled = [article for article in treaty.convention.articles if _is_titled(article, asked)]
    if len(titled) != 1 or is_kin(titled[0].id, named.head):
        return None
    return titled[0]


def _is_titled(article: Article, asked: set[str]) -> bool:
    title = set(tokens_of(article.title))
    return len(title) > 1 and title <= asked
