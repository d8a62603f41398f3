"""Reads the plain layout of a treaty into a ``Convention``.

The layout: ``Preamble``, ``Chapter I`` and ``Article 1`` each alone on a line, the title of a
chapter or an article on the next line; paragraphs ``1. …``, items ``(a) …``, sub-items ``(i) …``;
a blank line between them. A line without a mark that follows directly is the wrapped rest of the
line before; after a blank line and a list it is the closing words of the list's own paragraph.
What does not fit is reported with its line and the reason; nothing is dropped in silence.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace

from index.convention import PREAMBLE, Article, Chapter, Convention, Provision
from index.errors import Problem, ReadingError

__all__ = ["read_treaty"]

_CHAPTER = re.compile(r"Chapter\s+([IVXLC]+|\d+)\.?", re.IGNORECASE)
_ARTICLE = re.compile(r"Article\s+(\d+)\.?", re.IGNORECASE)
_PREAMBLE = re.compile(r"Preamble", re.IGNORECASE)
_PARAGRAPH = re.compile(r"(\d+)\.\s+(\S.*)")
_ITEM = re.compile(r"\(([a-z]{1,5})\)\s+(\S.*)")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_SUB_ITEMS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


def read_treaty(text: str, *, source: str, language: str = "en") -> Convention:
    """The treaty that ``text`` sets out in the plain layout.

    The lines before the preamble or the first chapter are the title (first line) and remarks.
    Raises ``ReadingError`` with every line that has no place.
    """
    reading = _Reading()
    for number, line in enumerate(text.splitlines(), start=1):
        reading.take(number, line.strip())
    return reading.finish(
        source=source, language=language, sha256=hashlib.sha256(text.encode()).hexdigest()
    )


def _roman(numeral: str) -> int:
    if numeral.isdigit():
        return int(numeral)
    values = [_ROMAN_VALUES[letter] for letter in numeral.upper()]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))


@dataclass
class _OpenArticle:
    """An article under construction, and where the next line would belong."""

    number: int
    line: int
    chapter: int
    title: str = ""
    provisions: list[Provision] = field(default_factory=list)

    def add(self, provision: Provision) -> None:
        self.provisions.append(provision)

    @property
    def last(self) -> Provision:
        return self.provisions[-1]

    def extend_last(self, words: str) -> None:
        self.provisions[-1] = replace(self.last, text=f"{self.last.text} {words}".strip())

    def close_list(self, words: str) -> None:
        """Give words that follow a list to the provision that opened the list."""
        owner = self.last.items[:-1]
        for position in range(len(self.provisions) - 1, -1, -1):
            candidate = self.provisions[position]
            if candidate.paragraph == self.last.paragraph and candidate.items == owner:
                closing = f"{candidate.closing} {words}".strip()
                self.provisions[position] = replace(candidate, closing=closing)
                return


class _Reading:
    """The state of one pass over the lines."""

    def __init__(self) -> None:
        self.title = ""
        self.problems: list[Problem] = []
        self.preamble: list[Provision] = []
        self.chapters: list[Chapter] = []
        self.articles: list[Article] = []
        self.open: _OpenArticle | None = None
        self.wants_title: str | None = None
        self.in_preamble = False
        self.after_blank = True

    def problem(self, line: int, reason: str) -> None:
        self.problems.append(Problem(line, reason))

    def take(self, number: int, line: str) -> None:
        if not line:
            self.after_blank = True
            return
        if self.wants_title:
            self._take_title(line)
        elif not self._take_heading(number, line):
            self._take_words(number, line)
        self.after_blank = False

    def _take_title(self, line: str) -> None:
        if self.wants_title == "article" and self.open:
            self.open.title = line
        else:
            self.chapters[-1] = replace(self.chapters[-1], title=line)
        self.wants_title = None

    def _take_heading(self, number: int, line: str) -> bool:
        if match := _CHAPTER.fullmatch(line):
            self._open_chapter(number, _roman(match[1]))
        elif match := _ARTICLE.fullmatch(line):
            self._open_article(number, int(match[1]))
        elif _PREAMBLE.fullmatch(line) and not self.chapters:
            self.in_preamble = True
            self.preamble.append(Provision(PREAMBLE, None, (), ""))
        else:
            return False
        return True

    def _open_chapter(self, line: int, number: int) -> None:
        self._close_article()
        self.in_preamble = False
        if number != len(self.chapters) + 1:
            self.problem(line, f"chapter {number} follows chapter {len(self.chapters)}")
        self.chapters.append(Chapter(number, "", ()))
        self.wants_title = "chapter"

    def _open_article(self, line: int, number: int) -> None:
        self._close_article()
        self.in_preamble = False
        before = self.articles[-1].number if self.articles else 0
        if number != before + 1:
            self.problem(line, f"article {number} follows article {before}")
        if not self.chapters:
            self.problem(line, f"article {number} stands before the first chapter")
            self.chapters.append(Chapter(1, "", ()))
        self.open = _OpenArticle(number, line, self.chapters[-1].number)
        self.open.add(Provision(number, None, (), ""))
        self.wants_title = "article"

    def _close_article(self) -> None:
        if self.open is None:
            return
        article = self.open
        if not any(p.text for p in article.provisions):
            self.problem(article.line, f"article {article.number} has no text")
        self.articles.append(
            Article(article.number, article.title, article.chapter, tuple(article.provisions))
        )
        self.open = None

    def _take_words(self, number: int, line: str) -> None:
        if self.in_preamble:
            self._take_recital(line)
        elif self.open is not None:
            self._take_provision(number, line, self.open)
        elif not self.chapters:
            self.title = self.title or line
        else:
            self.problem(number, f"words outside an article: {line[:60]!r}")

    def _take_recital(self, line: str) -> None:
        if self.after_blank or len(self.preamble) == 1:
            self.preamble.append(Provision(PREAMBLE, len(self.preamble), (), line))
        else:
            last = self.preamble[-1]
            self.preamble[-1] = replace(last, text=f"{last.text} {line}")

    def _take_provision(self, number: int, line: str, article: _OpenArticle) -> None:
        if match := _PARAGRAPH.fullmatch(line):
            self._take_paragraph(number, int(match[1]), match[2], article)
        elif match := _ITEM.fullmatch(line):
            self._take_item(number, match[1], match[2], article)
        elif not self.after_blank or (len(article.provisions) == 1 and not article.last.text):
            article.extend_last(line)
        elif article.last.items:
            article.close_list(line)
        else:
            self.problem(number, f"words without a mark: {line[:60]!r}")

    def _take_paragraph(self, line: int, number: int, words: str, article: _OpenArticle) -> None:
        before = article.last.paragraph or 0
        if number != before + 1:
            self.problem(
                line, f"paragraph {number} of article {article.number} follows paragraph {before}"
            )
        item = _ITEM.fullmatch(words)
        article.add(Provision(article.number, number, (), "" if item else words))
        if item:
            self._take_item(line, item[1], item[2], article)

    def _take_item(self, line: int, mark: str, words: str, article: _OpenArticle) -> None:
        items = _place_of_item(mark, article.last)
        if items is None:
            where = article.last.label
            self.problem(line, f"item ({mark}) cannot follow {where}")
            return
        article.add(Provision(article.number, article.last.paragraph, items, words))

    def finish(self, *, source: str, language: str, sha256: str) -> Convention:
        self._close_article()
        if not self.articles:
            self.problem(1, "no line 'Article 1' was found")
        if self.problems:
            raise ReadingError(self.problems)
        chapters = tuple(
            replace(c, articles=tuple(a for a in self.articles if a.chapter == c.number))
            for c in self.chapters
        )
        return Convention(self.title, source, language, sha256, tuple(self.preamble), chapters)


def _place_of_item(mark: str, last: Provision) -> tuple[str, ...] | None:
    """Where an item of that mark belongs after ``last``; None where it fits nowhere.

    ``(i)`` is both a letter and a numeral: after (h) it opens sub-items only where (h) announces
    a list with a colon; a running list of sub-items takes its next numeral first.
    """
    if len(last.items) == 2 and mark == _following(last.items[1], _SUB_ITEMS):
        return (last.items[0], mark)
    if len(last.items) == 1 and mark == "i" and last.text.endswith(":"):
        return (last.items[0], mark)
    if not last.items:
        return ("a",) if mark == "a" else None
    if len(mark) == 1 and mark == chr(ord(last.items[0]) + 1):
        return (mark,)
    return None


def _following(mark: str, sequence: tuple[str, ...]) -> str | None:
    position = sequence.index(mark) + 1
    return sequence[position] if position < len(sequence) else None
