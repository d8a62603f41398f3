"""Reads the plain layout of a treaty into a ``Convention``.

The layout: ``Preamble``, ``Chapter I`` and ``Article 1`` each alone on a line, the title of a
chapter or an article on the next line; paragraphs ``1. …``, items ``(a) …``, sub-items ``(i) …``;
a blank line between them. A paragraph or an item without words of its own opens its list on the
same line: ``2. (a) …``, ``(a) (i) …``. A line without a mark that follows directly is the wrapped
rest of the line before, and so is one whose mark stands in the middle of a sentence (``paragraph
1`` / ``(a) of this article``); after a blank line and a list it is the closing words of the list's
own paragraph. A preamble may open with words that end in a comma (``The States Parties,``) and
close with words that end in a colon (``Have agreed as follows:``). What does not fit is reported
with its line and the reason; nothing is dropped in silence.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace

from index.convention import INSERTED, PREAMBLE, Article, Chapter, Convention, Provision
from index.errors import Problem, ReadingError
from index.numerals import number_of, roman

__all__ = ["read_treaty"]

_CHAPTER = re.compile(r"C(?:hapter|HAPTER)\s+([IVXLC]+|\d{1,4})\.?")
_ARTICLE = re.compile(rf"A(?:rticle|RTICLE)\s+(\d{{1,4}})(?:\s({'|'.join(INSERTED)}))?\.?")
_PREAMBLE = re.compile(r"P(?:reamble|REAMBLE)")
_PARAGRAPH = re.compile(r"(\d{1,4})\.\s+(\S.*)")
_ITEM = re.compile(r"\(([a-z]{1,5}|[ivxl]{6,7})\)\s+(\S.*)")
_END = re.compile(r"(?:[.:;]|[,;] (?:and|or))$")
"""How the words of a provision end, so that a mark may follow without a blank line."""
_SUB_ITEMS = tuple(roman(number) for number in range(1, 50))
_INSERTED = ("", *INSERTED)
_OPENS_PREAMBLE = (",", "،", "，")
_ANNOUNCES = (":", "：")
"""How words end that announce a list, or the articles after a preamble."""


def read_treaty(
    text: str, *, source: str, language: str = "en", bare_headings: bool = False
) -> Convention:
    """The treaty that ``text`` sets out in the plain layout.

    The lines before the preamble or the first chapter are the title (first line) and remarks.

    Args:
        text: the treaty.
        source: ``digest`` or ``official``.
        language: ISO 639-1 code of its language.
        bare_headings: whether titles, chapters and the text of an article that was taken out of
            the treaty may be missing; a title then has to stand on the line below its heading.

    Raises:
        ReadingError: with every line that has no place.
    """
    reading = _Reading(bare_headings=bare_headings)
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        reading.take(number, line.strip())
    return reading.finish(
        source=source, language=language, sha256=hashlib.sha256(text.encode()).hexdigest()
    )


@dataclass
class _OpenArticle:
    """An article under construction, and where the next line would belong."""

    number: int
    suffix: str
    line: int
    chapter: int
    title: str = ""
    provisions: list[Provision] = field(default_factory=list)
    closing: int | None = None
    """Place of the provision whose closing words are being read."""

    @property
    def name(self) -> str:
        return f"article {self.number} {self.suffix}".strip()

    def provision(self, paragraph: int | None, items: tuple[str, ...], text: str) -> Provision:
        """A provision of this article."""
        return Provision(self.number, paragraph, items, text, suffix=self.suffix)

    def add(self, provision: Provision) -> None:
        self.provisions.append(provision)
        self.closing = None

    @property
    def last(self) -> Provision:
        return self.provisions[-1]

    def extend_last(self, words: str) -> None:
        """Add the wrapped rest of the line before."""
        if self.closing is None:
            self.provisions[-1] = replace(self.last, text=f"{self.last.text} {words}".strip())
        else:
            owner = self.provisions[self.closing]
            self.provisions[self.closing] = replace(
                owner, closing=f"{owner.closing} {words}".strip()
            )

    def close_list(self, words: str) -> None:
        """Give words that follow a list to the provision that opened the list."""
        paragraph, items = self.last.paragraph, self.last.items[:-1]
        self.closing = next(
            position
            for position, candidate in enumerate(self.provisions)
            if candidate.paragraph == paragraph and candidate.items == items
        )
        self.extend_last(words)


class _Reading:
    """The state of one pass over the lines."""

    def __init__(self, *, bare_headings: bool = False) -> None:
        self.bare_headings = bare_headings
        self.title = ""
        self.problems: list[Problem] = []
        self.preamble: list[Provision] = []
        self.chapters: list[Chapter] = []
        self.chapter_lines: list[int] = []
        self.articles: list[Article] = []
        self.open: _OpenArticle | None = None
        self.heading: str | None = None
        """The heading whose title is being read, ``article 3`` or ``chapter 2``."""
        self.heading_line = 0
        self.in_preamble = False
        self.after_blank = True
        self.in_sentence = False

    def problem(self, line: int, reason: str) -> None:
        self.problems.append(Problem(line, reason))

    def take(self, number: int, line: str) -> None:
        if not line:
            self.after_blank, self.in_sentence = True, False
            return
        if self._take_heading(number, line) or self._take_title(line):
            self.in_sentence = False
        else:
            self._take_words(number, line)
            self.in_sentence = not _END.search(line)
        self.after_blank = False

    def _take_heading(self, number: int, line: str) -> bool:
        if match := _CHAPTER.fullmatch(line):
            self._open_chapter(number, number_of(match[1]) or 0)
        elif match := _ARTICLE.fullmatch(line):
            self._open_article(number, int(match[1]), match[2] or "")
        elif _PREAMBLE.fullmatch(line) and not self.chapters:
            self._open_preamble(number)
        else:
            return False
        return True

    def _take_title(self, line: str) -> bool:
        """Take a line of a title: the first after its heading, and any that follows directly."""
        if self.heading is None:
            return False
        whole = self.after_blank and (self.title_so_far or self.bare_headings)
        if whole or _PARAGRAPH.fullmatch(line) or _ITEM.fullmatch(line):
            self._end_title()
            return False
        title = f"{self.title_so_far} {line}".strip()
        if self.open:
            self.open.title = title
        else:
            self.chapters[-1] = replace(self.chapters[-1], title=title)
        return True

    @property
    def title_so_far(self) -> str:
        return self.open.title if self.open else self.chapters[-1].title

    def _await_title(self, line: int, heading: str) -> None:
        self.heading, self.heading_line = heading, line

    def _end_title(self) -> None:
        if self.heading and not self.title_so_far and not self.bare_headings:
            self.problem(self.heading_line, f"{self.heading} has no title")
        self.heading = None

    def _open_preamble(self, line: int) -> None:
        if self.preamble:
            self.problem(line, "a second preamble")
        self.in_preamble = True
        self.preamble.append(Provision(PREAMBLE, None, (), ""))

    def _open_chapter(self, line: int, number: int) -> None:
        self._close_article()
        self._close_preamble()
        before = self.chapters[-1].number if self.chapters else 0
        if number != before + 1:
            self.problem(line, f"chapter {number} follows chapter {before}")
        self._add_chapter(line, number)
        self._await_title(line, f"chapter {number}")

    def _add_chapter(self, line: int, number: int) -> None:
        self.chapters.append(Chapter(number, "", ()))
        self.chapter_lines.append(line)

    def _open_article(self, line: int, number: int, suffix: str) -> None:
        self._close_article()
        self._close_preamble()
        if not self._follows(number, suffix):
            before = self.articles[-1].name if self.articles else "article 0"
            self.problem(line, f"article {number} {suffix}".strip() + f" follows {before}")
        if not self.chapters:
            self._add_chapter(line, 0 if self.bare_headings else 1)
            if not self.bare_headings:
                self.problem(line, f"article {number} stands before the first chapter")
        self.open = _OpenArticle(number, suffix, line, self.chapters[-1].number)
        self.open.add(self.open.provision(None, (), ""))
        self._await_title(line, self.open.name)

    def _follows(self, number: int, suffix: str) -> bool:
        """Whether the article is the next: 9 or 8 bis after 8, 8 ter after 8 bis."""
        before = self.articles[-1] if self.articles else None
        if not suffix:
            return number == (before.number if before else 0) + 1
        place = (before.number, _INSERTED.index(before.suffix)) if before else None
        return place == (number, _INSERTED.index(suffix) - 1)

    def _close_preamble(self) -> None:
        """Give the words that lead over to the articles to the preamble as a whole."""
        if self.in_preamble and self.preamble[-1].text.endswith(_ANNOUNCES):
            self.preamble[0] = replace(self.preamble[0], closing=self.preamble.pop().text)
        self.in_preamble = False

    def _close_article(self) -> None:
        self._end_title()
        if self.open is None:
            return
        article = self.open
        if not any(p.text for p in article.provisions) and not self._is_taken_out(article):
            self.problem(article.line, f"{article.name} has no text")
        self.articles.append(
            Article(
                article.number,
                article.title,
                article.chapter,
                tuple(article.provisions),
                article.suffix,
            )
        )
        self.open = None

    def _is_taken_out(self, article: _OpenArticle) -> bool:
        return self.bare_headings and not article.title and len(article.provisions) == 1

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
        if len(self.preamble) == 1 and not self.preamble[0].text and line.endswith(_OPENS_PREAMBLE):
            self.preamble[0] = replace(self.preamble[0], text=line)
        elif self.after_blank or len(self.preamble) == 1:
            self.preamble.append(Provision(PREAMBLE, len(self.preamble), (), line))
        else:
            last = self.preamble[-1]
            self.preamble[-1] = replace(last, text=f"{last.text} {line}")

    def _take_provision(self, number: int, line: str, article: _OpenArticle) -> None:
        if self.in_sentence:
            article.extend_last(line)
        elif match := _PARAGRAPH.fullmatch(line):
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
            self.problem(line, f"paragraph {number} of {article.name} follows paragraph {before}")
        item = _ITEM.fullmatch(words)
        article.add(article.provision(number, (), "" if item else words))
        if item:
            self._take_item(line, item[1], item[2], article)

    def _take_item(self, line: int, mark: str, words: str, article: _OpenArticle) -> None:
        items = _place_of_item(mark, article.last)
        if items is None:
            where = article.last.label
            self.problem(line, f"item ({mark}) cannot follow {where}")
            return
        nested = _ITEM.fullmatch(words) if len(items) == 1 else None
        opens_list = nested is not None and nested[1] == _SUB_ITEMS[0]
        article.add(article.provision(article.last.paragraph, items, "" if opens_list else words))
        if nested is not None and opens_list:
            self._take_item(line, nested[1], nested[2], article)

    def finish(self, *, source: str, language: str, sha256: str) -> Convention:
        self._close_article()
        self._close_preamble()
        chapters = tuple(
            replace(c, articles=tuple(a for a in self.articles if a.chapter == c.number))
            for c in self.chapters
        )
        for line, chapter in zip(self.chapter_lines, chapters, strict=True):
            if not chapter.articles:
                self.problem(line, f"chapter {chapter.number} has no article")
        if not self.articles:
            self.problem(1, "no line 'Article 1' was found")
        if self.problems:
            raise ReadingError(sorted(self.problems, key=lambda problem: problem.line))
        return Convention(self.title, source, language, sha256, tuple(self.preamble), chapters)


def _place_of_item(mark: str, last: Provision) -> tuple[str, ...] | None:
    """Where an item of that mark belongs after ``last``; None where it fits nowhere.

    ``(i)`` is both a letter and a numeral: after (h) it opens sub-items only where (h) announces
    a list with a colon, or has no words at all; a running list of sub-items takes its next numeral
    first.
    """
    if len(last.items) == 2 and mark == _following(last.items[1], _SUB_ITEMS):
        return (last.items[0], mark)
    if len(last.items) == 1 and mark == "i" and (not last.text or last.text.endswith(_ANNOUNCES)):
        return (last.items[0], mark)
    if not last.items:
        return ("a",) if mark == "a" else None
    if len(mark) == 1 and mark == chr(ord(last.items[0]) + 1):
        return (mark,)
    return None


def _following(mark: str, sequence: tuple[str, ...]) -> str | None:
    position = sequence.index(mark) + 1
    return sequence[position] if position < len(sequence) else None
