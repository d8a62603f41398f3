"""Sets a treaty as the United Nations publish one: as a web page, and as a PDF of a resolution.

The PDF has what makes such a document hard to read back: a masthead, running heads that change
sides, page counters that are drawn before the text, a resolution before the annex, footnotes with
raised marks, words divided at the ends of lines and compounds broken at their own hyphens, and
interpretative notes after the last article.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass

from fpdf import FPDF

from index.convention import Article, Chapter, Convention, Provision
from index.languages import LANGUAGES, Language

SYMBOL = "A/RES/79/999"
JOB = "24-99999"
NAME = "A treaty for tests of the reader, set as the annex to a resolution of the General Assembly"
MARK = "\x01"
"""Stands in a text where the mark of a footnote is drawn."""

RESOLUTION = (
    "The General Assembly,",
    "Recalling its resolution 74/999 of 27 December 2019, in which it decided to establish an "
    "open-ended committee for the reading of treaties,",
    "1. Takes note of the report of the committee;",
    "2. Adopts the treaty that is contained in the annex to the present resolution, as article 1 "
    "of the report recommends;",
    "3. Urges all States to read it.",
)
NOTES = (
    "Interpretative notes on specific articles of the treaty",
    "Article 2",
    "(a) The words of this article are to be read as they stand.",
    "Article 17",
    "1. The same goes for these words.",
)


def paragraphs_of(treaty: Convention, provision: Provision) -> Iterator[str]:
    """The words of a provision and of what stands below it, each with its mark."""
    mark = ""
    if provision.items:
        mark = f"({provision.items[-1]}) "
    elif provision.paragraph is not None:
        mark = f"{provision.paragraph}. "
    below = [
        words
        for child in treaty.children(provision)
        if child.items or provision.paragraph is None
        for words in paragraphs_of(treaty, child)
    ]
    if provision.text:
        yield mark + provision.text
    elif mark:
        below[0] = mark + below[0]
    yield from below
    if provision.closing:
        yield provision.closing


def preamble_of(treaty: Convention) -> list[str]:
    """The paragraphs of a preamble, with the words before and after its recitals."""
    words = [p.text for p in treaty.preamble] + [p.closing for p in treaty.preamble[:1]]
    return [paragraph for paragraph in words if paragraph]


def un_web_page(treaty: Convention, *, ordered_lists: bool = False) -> bytes:
    """The treaty as a page of a site, with menus, links, a table of contents and a footer."""
    contents = "".join(
        f'<li><a href="#art-{a.number}">Article {a.number}. {html.escape(a.title)}</a></li>'
        for a in treaty.articles
    )
    language = LANGUAGES[treaty.language]
    body = [f"<h1>{html.escape(treaty.title)}</h1>", f"<h2>{language.preamble}</h2>"]
    body += [f"<p>{html.escape(words)}</p>" for words in preamble_of(treaty)]
    for chapter in treaty.chapters:
        body.append(f"<h2>{chapter_of(chapter, language)}<br>\n{html.escape(chapter.title)}</h2>")
        for article in chapter.articles:
            mark = "<sup>[1]</sup>" if article.number == 5 else ""
            heading = language.article.format(number_of(article) + mark)
            title = html.escape(article.title)
            body.append(f'<h3 id="{article.id}">{heading}. <em>{title}</em></h3>')
            if ordered_lists:
                body.append(_as_list(treaty, article.provisions[0]))
            else:
                body += [
                    f"<p>{html.escape(words)}</p>"
                    for words in paragraphs_of(treaty, article.provisions[0])
                ]
    return _PAGE.format(contents=contents, body="\n".join(body)).encode()


def chapter_of(chapter: Chapter, language: Language) -> str:
    """The heading of a chapter in that language."""
    return language.chapter.format(number=chapter.number, roman=chapter.roman)


def number_of(article: Article) -> str:
    """The number of an article as its heading has it."""
    return f"{article.number} {article.suffix}".strip()


def _as_list(treaty: Convention, provision: Provision) -> str:
    """A provision whose marks are those of HTML lists and stand in no text."""
    below = [c for c in treaty.children(provision) if c.items or provision.paragraph is None]
    words = f"<p>{html.escape(provision.text)}</p>" if provision.text else ""
    if below:
        kind = "1" if not below[0].items else "a" if len(below[0].items) == 1 else "i"
        items = "".join(f"<li>{_as_list(treaty, child)}</li>" for child in below)
        words += f'<ol type="{kind}">{items}</ol>'
    return words + (f"<p>{html.escape(provision.closing)}</p>" if provision.closing else "")


_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Full text | United Nations</title>
<style>p {{ margin: 0 }}</style><script>var article = "Article 1";</script></head>
<body><form><div hidden>Article 1</div>
<nav><ul><li><a href="/">Home</a></li><li>About <b>us</b></li></ul></nav>
<div class="crumbs"><a href="/a">Topics</a> <a href="/b">Treaties</a></div>
<main><ul>{contents}</ul>
{body}
<p><sup>1</sup> A note on article 5.</p>
<div><a href="#top">Back to top</a></div>
<h2>Related links</h2><p>Other texts that may be of interest.</p></main>
<footer><p>Copyright. All rights reserved.</p></footer></form></body></html>"""


@dataclass
class Word:
    """A part of a line: its text, and the mark of a footnote after it."""

    text: str
    note: int = 0


class UnPdf(FPDF):
    """A resolution with a treaty in its annex."""

    LEFT, RIGHT, TOP, FOOT = 123.0, 518.0, 82.0, 720.0
    PITCH, SIZE = 12.0, 10.0

    def __init__(self, pages: int = 0) -> None:
        super().__init__(unit="pt", format=(612, 792))
        self.set_auto_page_break(False)
        self.pages_in_all = pages
        self.notes: list[int] = []
        self.note = 0
        self.y_next = 0.0

    def put(self, x: float, y: float, text: str, *, size: float = SIZE, style: str = "") -> None:
        self.set_font("Times", style, size)
        self.text(x, y, text)

    def open_page(self) -> None:
        if self.page:
            self.close_page()
        self.add_page()
        self.notes = []
        self.y_next = self.TOP
        if self.page == 1:
            self._masthead()
        else:
            self._running_head()

    def _masthead(self) -> None:
        self.put(123, 58, "United Nations", size=14)
        self.put(430, 58, SYMBOL, size=14)
        self.put(123, 86, "General Assembly", size=20, style="B")
        self.put(397, 86, "Distr.: General")
        self.put(397, 98, "24 December 2024")
        self.put(65, 748, f"{JOB} (E)    060125")
        self.put(65, 762, "*2499999*", size=12)
        self.put(60, 220, "Seventy-ninth session", style="B")
        self.put(60, 232, "Agenda item 108")
        self.y_next = 270.0

    def _running_head(self) -> None:
        count = f"{self.page}/{self.pages_in_all or 99}"
        even = self.page % 2 == 0
        self.put(60 if even else 505, 59, SYMBOL, size=8.5, style="B")
        for number, words in enumerate((NAME[:60].rstrip(), NAME[60:].strip())):
            self.put(300 if even else 60, 49 + 10 * number, words, size=8.5, style="B")
        self.put(524 if even else 60, 753, JOB, size=7)
        self.put(60 if even else 524, 755, count, size=8.5, style="B")

    def close_page(self) -> None:
        """Draw the footnotes of the page below a rule."""
        y = self.FOOT - 12 * len(self.notes)
        if self.notes:
            self.put(99, y - 6, "__________________", size=8, style="B")
        for number in self.notes:
            self.put(123, y + 5 - 3, str(number), size=5.5)
            self.put(133, y + 5, f"See the report, paragraph {number}, and its annex.", size=8.5)
            y += 10.5

    def paragraph(
        self, text: str, *, indent: float = 0, style: str = "", size: float = SIZE, gap: float = 6
    ) -> None:
        """Set a paragraph whose first line is indented, and turn pages inside it."""
        first = True
        for line in self._lines(text, self.LEFT + indent, size, style):
            room = self.FOOT - 12 * (len(self.notes) + 2)
            if not self.page or self.y_next > room:
                self.open_page()
            self._line(line, self.LEFT + (indent if first else 0), size, style)
            first = False
        self.y_next += gap

    def _lines(self, text: str, first: float, size: float, style: str) -> Iterator[list[Word]]:
        """The lines of a paragraph, with divided words."""
        self.set_font("Times", style, size)
        room = self.RIGHT - first
        line: list[Word] = []
        for word in text.split(" "):
            rest = word
            while rest:
                blank = " " if line else ""
                taken, rest = self._fitting(blank + rest.replace(MARK, ""), room, bool(line)), rest
                if taken == blank + rest.replace(MARK, ""):
                    line.append(self._word(blank + rest))
                    room -= self.get_string_width(taken)
                    break
                if taken.strip():
                    line.append(Word(taken))
                    rest = rest[len(taken.rstrip("-")) - len(blank) :]
                    rest = rest.removeprefix("-") if taken.endswith("-") else rest
                yield line
                line, room = [], self.RIGHT - self.LEFT
        yield line

    def _word(self, text: str) -> Word:
        if MARK not in text:
            return Word(text)
        self.note += 1
        return Word(text.replace(MARK, ""), self.note)

    def _fitting(self, text: str, room: float, filled: bool) -> str:
        """As much of a word as fits: all of it, up to its own hyphen, or divided."""
        if self.get_string_width(text) <= room:
            return text
        if not filled:
            return text
        head, hyphen, _ = text.partition("-")
        if hyphen and self.get_string_width(head + "-") <= room:
            return head + "-"
        letters = text.strip()
        if letters.isalpha() and len(letters) >= 9:
            for cut in range(len(letters) - 3, 3, -1):
                divided = text[: len(text) - len(letters) + cut] + "-"
                if self.get_string_width(divided) <= room:
                    return divided
        return ""

    def _line(self, words: list[Word], x: float, size: float, style: str) -> None:
        text = ""
        for word in words:
            text += word.text
            if not word.note:
                continue
            x = self._drawn(x, text, size, style)
            self.put(x, self.y_next - 3.3, str(word.note), size=6.5)
            x += self.get_string_width(str(word.note))
            self.notes.append(word.note)
            text = ""
        self._drawn(x, text, size, style)
        self.y_next += self.PITCH

    def _drawn(self, x: float, text: str, size: float, style: str) -> float:
        self.put(x, self.y_next, text, size=size, style=style)
        return x + self.get_string_width(text)


def un_pdf(treaty: Convention, *, gap: float = 6) -> bytes:
    """The treaty as the annex to a resolution."""
    pages = _set(treaty, UnPdf(), gap).page
    return bytes(_set(treaty, UnPdf(pages), gap).output())


def _set(treaty: Convention, pdf: UnPdf, gap: float) -> UnPdf:
    pdf.open_page()
    pdf.paragraph("Resolution adopted by the General Assembly", style="B", size=14)
    pdf.paragraph(f"79/999. {NAME}", style="B", size=12)
    for words in RESOLUTION:
        pdf.paragraph(words, indent=24, gap=gap)
    pdf.paragraph("55th plenary meeting", indent=270, gap=0)
    pdf.paragraph("24 December 2024", indent=270, gap=14)
    pdf.paragraph("Annex", style="B", size=12)
    pdf.paragraph(treaty.title, style="B", size=12, gap=14)
    language = LANGUAGES[treaty.language]
    pdf.paragraph(language.preamble, style="B", size=12)
    for words in preamble_of(treaty):
        pdf.paragraph(words, indent=24, gap=gap)
    for chapter in treaty.chapters:
        pdf.paragraph(chapter_of(chapter, language), style="B", size=12, gap=0)
        pdf.paragraph(chapter.title, style="B", size=12, gap=12)
        for article in chapter.articles:
            pdf.paragraph(language.article.format(number_of(article)), style="B", gap=0)
            pdf.paragraph(article.title, style="B", gap=gap)
            for words in paragraphs_of(treaty, article.provisions[0]):
                pdf.paragraph(_with_note(words, article.number), indent=24, gap=gap)
    for words in NOTES:
        pdf.paragraph(words, indent=24, gap=gap)
    pdf.close_page()
    return pdf


def _with_note(words: str, number: int) -> str:
    """The words with the mark of a footnote after a comma, in every third article."""
    return words.replace(", ", f",{MARK} ", 1) if number % 3 == 0 else words
