"""The contents of the Convention: chapters with their articles, and what each article says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.web.reading.texts import Said, Texts
from index.convention import Chapter

__all__ = ["ContentsArticle", "ContentsChapter", "contents_of"]

_SENTENCE = re.compile(r"^.+?[.](?=\s[A-Z(]|$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ContentsArticle:
    """An article in the contents; ``summary`` is its first sentence in short."""

    number: int
    title: Said
    url: str
    summary: str


@dataclass(frozen=True, slots=True)
class ContentsChapter:
    """A chapter in the contents, with the anchor that one can jump to."""

    number: int
    roman: str
    title: Said
    anchor: str
    articles: tuple[ContentsArticle, ...]


def contents_of(texts: Texts) -> tuple[ContentsChapter, ...]:
    """Every chapter in order."""
    return tuple(
        ContentsChapter(
            number=chapter.number,
            roman=chapter.roman,
            title=texts.chapter_title(chapter.number),
            anchor=f"chapter-{chapter.number}",
            articles=tuple(_articles(chapter, texts)),
        )
        for chapter in texts.digest.chapters
    )


def _articles(chapter: Chapter, texts: Texts) -> Iterator[ContentsArticle]:
    for article in chapter.articles:
        summary = texts.knowledge.annotations[article.id].summary
        yield ContentsArticle(
            number=article.number,
            title=texts.title(article.number),
            url=article.provisions[0].url,
            summary=_first_sentence(summary),
        )


def _first_sentence(text: str) -> str:
    match = _SENTENCE.match(text)
    return match[0] if match else text
