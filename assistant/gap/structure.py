"""Finds the numbered provisions among the paragraphs of a bill.

Statutes number in many ways: ``Section 4``, ``4.``, ``4.—(1)``, ``Article 302``, ``§ 12``; below
it ``(2)`` or ``2.``, ``(a)``, ``(i)``, ``(A)``. Which kind of mark stands inside which is learnt
from the order in which they come: a mark of a kind that is open goes on with its list, any other
opens a list one step deeper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.gap.bill import Paragraph, Section

__all__ = ["Layout", "read_structure"]

_SECTION_WORDS = r"section|sec\.|article|art\.|clause|regulation|rule|§{1,2}"
_NUMBER = r"\d{1,4}(?:[A-Za-z]{1,2}(?![a-z]))?(?:[-.‑]\d{1,3}[A-Za-z]?)*(?:\s(?:bis|ter|quater))?"
_WORDED = re.compile(
    rf"(?P<word>{_SECTION_WORDS})\s*(?P<number>{_NUMBER})(?P<gap>\s*[.:)—–-]*\s*)(?P<rest>.*)",
    re.I | re.S,
)
_PLAIN = re.compile(
    r"(?P<number>\d{1,4}[A-Z]{0,2}(?:\.\d{1,3})*)(?:\s?\.\s?[—–-]|\.|\)|\s?[—–])\s*(?P<rest>.*)",
    re.S,
)
_DECIMAL = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,3})+)\s+(?P<rest>\S.*)", re.S)
_DIVISION = re.compile(
    r"(?:sub)?(?:part|chapter|title|division|book|schedule|annex|appendix)\s+"
    r"(?:[ivxlcdm]+|\d+[a-z]?|[a-z]|one|two|three|four|five|six|seven|eight|nine|ten)\b"
    r"[\s.:—–-]*(?P<rest>.*)",
    re.I | re.S,
)
_DIVISION_WITH_SECTIONS = re.compile(
    _DIVISION.pattern.replace("(?:part|", "(?:section|part|"), re.I | re.S
)
_CONTENTS_LINE = re.compile(r"(?:\s?\.){4,}\s*\d{1,4}$")
_SCHEDULE = re.compile(r"(?:(?:first|second|third)\s+)?(?:schedule|annex|appendix)\b", re.I)
_AMENDING = re.compile(r"[\"“”'‘«„]+\s*(?=(?:section|article|§|\(?\d|\([a-z]\)))", re.I)
_INSERTED_ITEM = re.compile(
    r"(?<!paragraph)(?<!subsection)(?<!section)(?<!item)(?<!article)(?<!\))(?<!or)(?<!and)"
    r"\s(?=\((?:a|i|1)\)\s)"
)
_NEXT_ITEM = re.compile(
    r"(?:(?<=[;,:—])|(?<=[;,] or)|(?<=[;,] and))\s(?=\((?:[a-z]|[ivx]+|\d+)\)\s)"
)
_INLINE_HEADING = re.compile(
    r"(?P<heading>[A-Z][^.;:()\"“]{2,70})[.:](?:\s*[—–-])?\s+(?=[A-Z(\"“])"
)

LONGEST_HEADING = 14
"""Words that a heading may have."""
LARGEST_STEP = 30
"""How far the number of a section may lie beyond the one before it, where no word opens it."""


class _Kind(StrEnum):
    """The kinds of marks below a section."""

    DOT = "1."
    NUMBER = "(1)"
    LETTER = "(a)"
    ROMAN = "(i)"
    CAPITAL = "(A)"


_MARKS: tuple[tuple[_Kind, re.Pattern[str]], ...] = (
    (_Kind.NUMBER, re.compile(r"\((\d{1,3}[A-Z]{0,2})\)\s*(.*)", re.S)),
    (_Kind.DOT, re.compile(r"(\d{1,3})\s?[.)](?!\d)\s*(.*)", re.S)),
    (_Kind.ROMAN, re.compile(r"\(?([ivxl]{1,6})[).](?=\s)\s*(.*)", re.S)),
    (_Kind.LETTER, re.compile(r"\(?([a-z]{1,2})\)\s*(.*)", re.S)),
    (_Kind.CAPITAL, re.compile(r"\(([A-Z])\)\s*(.*)", re.S)),
)


@dataclass(frozen=True, slots=True)
class Layout:
    """What is read out of the paragraphs: the text, a line each, and its provisions in order."""

    text: str
    sections: tuple[Section, ...]


@dataclass
class _Node:
    """A provision while the document is being read."""

    kind: _Kind | None
    sign: str
    label: str
    heading: str
    division: str
    parent: _Node | None
    start: int = 0
    end: int = 0
    page: int | None = None
    text: str = ""
    after: str = ""
    children: list[_Node] = field(default_factory=list)

    @property
    def id(self) -> str:
        return (self.parent.id if self.parent else "") + self.sign

    @property
    def pinpoint(self) -> str:
        return f"{self.parent.pinpoint}, {self.label}" if self.parent else self.label

    @property
    def lineage(self) -> list[_Node]:
        return [*(self.parent.lineage if self.parent else []), self]


def read_structure(paragraphs: Sequence[Paragraph]) -> Layout:
    """The provisions among these paragraphs; none where nothing is numbered."""
    parted = [
        piece
        for paragraph in paragraphs
        if not _CONTENTS_LINE.search(paragraph.text)
        for piece in _parted(paragraph)
    ]
    reader = _Reader(worded=_is_worded(parted), articles=_has_articles(parted))
    for paragraph in parted:
        reader.read(paragraph)
    text = "\n".join(paragraph.text for paragraph in parted)
    return Layout(text, tuple(_sections(reader.roots, text)))


def _is_worded(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a word opens the sections of the document."""
    worded = [_opened_by_word(paragraph) is not None for paragraph in paragraphs]
    plain = [
        not word and bool(_PLAIN.match(paragraph.text))
        for paragraph, word in zip(paragraphs, worded, strict=True)
    ]
    headed = sum(one and p.heading for one, p in zip(plain, paragraphs, strict=True))
    first = worded.index(True) < plain.index(True) if any(worded) and any(plain) else any(worded)
    return sum(worded) >= headed and (first or sum(worded) > sum(plain))


def _has_articles(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether articles are what is numbered through, so that a ``Section 1`` groups them."""
    words = [_word_of(found["word"]) for p in paragraphs if (found := _opened_by_word(p))]
    return words.count("article") > words.count("section")


def _parted(paragraph: Paragraph) -> Iterator[Paragraph]:
    """The paragraph cut where a list runs on inside it: ``if he (a) …; or (b) …``."""
    if (
        paragraph.heading
        or " (" not in paragraph.text
        or len(_NEXT_ITEM.findall(paragraph.text)) < 1
    ):
        yield paragraph
        return
    for piece in _NEXT_ITEM.split(paragraph.text):
        first = _INSERTED_ITEM.split(piece, maxsplit=1) if len(piece) > 40 else [piece]
        yield from (Paragraph(words, paragraph.page) for words in first if words)


def _opened_by_word(paragraph: Paragraph) -> re.Match[str] | None:
    found = _WORDED.match(_AMENDING.sub("", paragraph.text, count=1))
    if found is None:
        return None
    rest = found["rest"]
    if paragraph.heading or not rest or rest.startswith(("(", "[")):
        return found
    return found if rest[0].isupper() else None


class _Reader:
    """Takes paragraphs in order and grows the provisions."""

    def __init__(self, *, worded: bool, articles: bool) -> None:
        self.roots: list[_Node] = []
        self._worded, self._articles = worded, articles
        self._divisions: list[tuple[str, str]] = []
        self._open: _Node | None = None
        self._title = ""
        self._unnamed = False
        self._last = 0
        self._offset = 0

    def read(self, paragraph: Paragraph) -> None:
        """Place one paragraph."""
        text = paragraph.text
        if self._divides(paragraph):
            self._open, self._title = None, ""
            self._last = 0 if _SCHEDULE.match(text) else self._last
        elif self._names_open_section(paragraph):
            self.roots[-1].heading = text
        elif not self._opens_section(paragraph):
            self._continues(paragraph)
        self._offset += len(text) + 1

    def _divides(self, paragraph: Paragraph) -> bool:
        text = paragraph.text
        divides = _DIVISION_WITH_SECTIONS if self._articles else _DIVISION
        found = divides.fullmatch(text) or (paragraph.heading and _SCHEDULE.match(text))
        short = len(text.split()) <= LONGEST_HEADING and not text.endswith((".", ";", ","))
        if not found or not (short or paragraph.heading):
            return False
        rank = text.split()[0].casefold()
        ranks = [name for name, _ in self._divisions]
        if rank in ranks:
            self._divisions = self._divisions[: ranks.index(rank)]
        self._divisions.append((rank, text))
        return True

    def _names_open_section(self, paragraph: Paragraph) -> bool:
        """Whether it is the heading of a section whose number stands alone on the line above."""
        node, text = self._open, paragraph.text
        if node is None or not self._unnamed or node.text or node.children:
            return False
        self._unnamed = False
        short = len(text.split()) <= LONGEST_HEADING and text[-1] not in ".;,:"
        return paragraph.heading or (short and text[0].isupper() and not _mark(text, None))

    def _opens_section(self, paragraph: Paragraph) -> bool:
        lead = _AMENDING.match(paragraph.text)
        skipped = lead.end() if lead else 0
        text = paragraph.text[skipped:]
        if self._worded:
            found = _opened_by_word(paragraph)
            word = _word_of(found["word"]) if found else ""
        else:
            found, word = self._opened_by_number(text, paragraph), "section"
        if found is None:
            return False
        number = " ".join(found["number"].split())
        self._last = int(re.match(r"\d+", number)[0])  # type: ignore[index]
        self._begin(word, number, paragraph)
        self._unnamed = not found["rest"].strip()
        self._fill_section(found["rest"], skipped + found.start("rest"), paragraph)
        return True

    def _opened_by_number(self, text: str, paragraph: Paragraph) -> re.Match[str] | None:
        found = _DECIMAL.match(text) or _PLAIN.match(text)
        if found is None:
            return None
        number = int(re.match(r"\d+", found["number"])[0])  # type: ignore[index]
        decimal = "." in found["number"]
        follows = self._last + (0 if decimal else 1) <= number <= self._last + LARGEST_STEP
        announced = not any(root.text or root.children for root in self.roots)
        anew = number == 1 and (self._open is None or announced)
        return found if follows or anew or paragraph.heading or not self._last else None

    def _begin(self, word: str, number: str, paragraph: Paragraph) -> None:
        division = " – ".join(text for _, text in self._divisions)
        node = _Node(None, number, f"{word} {number}", self._title, division, None)
        node.page, node.start, node.end = paragraph.page, self._offset, self._offset
        self._title, self._open = "", node
        self.roots.append(node)

    def _fill_section(self, rest: str, at: int, paragraph: Paragraph) -> None:
        node = self.roots[-1]
        heading, length = _heading_of(rest, alone=paragraph.heading)
        node.heading = heading or node.heading
        if rest[length:].strip():
            self._mark_down(rest[length:], at + length, paragraph)

    def _continues(self, paragraph: Paragraph) -> None:
        if self._open is None and not self.roots:
            self._title = paragraph.text if _is_title(paragraph.text) else ""
        elif self._open is None or paragraph.heading:
            self._title = paragraph.text
        elif self._may_be_next_title(paragraph):
            self._title = paragraph.text
        else:
            lead = _AMENDING.match(paragraph.text)
            skipped = lead.end() if lead else 0
            self._mark_down(paragraph.text[skipped:], skipped, paragraph)

    def _may_be_next_title(self, paragraph: Paragraph) -> bool:
        """Whether it looks like the side note or title of the section that comes next."""
        complete = bool(self._open and (self._open.text or self._open.children))
        return complete and _is_title(paragraph.text) and not _mark(paragraph.text, None)

    def _mark_down(self, text: str, at: int, paragraph: Paragraph) -> None:
        """Place words below the open provision, by the marks at their start."""
        marked = False
        while found := _mark(text, self._open):
            kind, match = found
            self._descend(kind, match[1], paragraph, self._offset + at)
            at, text, marked = at + match.start(2), match[2], True
        if marked or not self._goes_on(text, at):
            self._put(text, at, paragraph, marked=marked)

    def _descend(self, kind: _Kind, sign: str, paragraph: Paragraph, start: int) -> None:
        assert self._open is not None
        parent = self._open
        for node in reversed(self._open.lineage):
            if node.kind is kind and node.parent is not None:
                parent = node.parent
                break
        else:
            parent = _without_unnumbered(parent)
        label = self._label(kind, sign, parent)
        node = _Node(kind, f"({sign})", label, parent.heading, parent.division, parent)
        node.start, node.end, node.page = start, start, paragraph.page
        parent.children.append(node)
        self._open = node

    def _label(self, kind: _Kind, sign: str, parent: _Node) -> str:
        articles = parent.lineage[0].label.startswith("article")
        if kind is _Kind.DOT:
            return f"paragraph {sign}"
        if kind is _Kind.NUMBER:
            return f"{'paragraph' if articles else 'subsection'} ({sign})"
        if kind is _Kind.LETTER:
            return f"{'item' if articles else 'paragraph'} ({sign})"
        return f"{'sub-item' if articles else 'subparagraph'} ({sign})"

    def _goes_on(self, text: str, at: int) -> bool:
        """Put unmarked words behind a list, where they close it; returns whether they do."""
        node = self._open
        if node is None or node.kind is None or node.parent is None or not text[:1].islower():
            return False
        while node.parent is not None and node.kind in (_Kind.ROMAN, _Kind.CAPITAL):
            node = node.parent
        node = node.parent or node
        node.after = f"{node.after} {text}".strip()
        node.end = self._offset + at + len(text)
        self._open = node
        return True

    def _put(self, text: str, at: int, paragraph: Paragraph, *, marked: bool) -> None:
        assert self._open is not None
        node = self._open
        if not marked and (node.text or node.children or node.kind):
            node = self._unnumbered(_without_unnumbered(node.lineage[0]), paragraph)
        node.text, node.page = text.strip(), paragraph.page
        node.start = self._offset + at
        for one in node.lineage:
            one.end = max(one.end, node.start + len(text.rstrip()))
        node.end = node.start + len(text.rstrip())

    def _unnumbered(self, section: _Node, paragraph: Paragraph) -> _Node:
        count = 2 + sum(child.kind is None for child in section.children)
        label = f"unnumbered paragraph {count}"
        node = _Node(None, f"¶{count}", label, section.heading, section.division, section)
        node.page = paragraph.page
        section.children.append(node)
        self._open = node
        return node


def _heading_of(rest: str, *, alone: bool) -> tuple[str, int]:
    """The heading after the number of a section, and how many letters of ``rest`` it takes."""
    words = rest.strip()
    if alone:
        return words.strip("."), len(rest)
    inline = _INLINE_HEADING.match(rest)
    if inline and len(inline["heading"].split()) <= LONGEST_HEADING // 2:
        return inline["heading"], inline.end()
    if not words or _mark(words, None):
        return "", 0
    unended = len(words.split()) <= LONGEST_HEADING and words.rstrip('"”’»')[-1:] not in ".;,:"
    if unended or _is_title(words):
        return words.removesuffix("."), len(rest)
    return "", 0


def _word_of(word: str) -> str:
    lower = word.casefold()
    if lower.startswith("§"):
        return "§"
    return {"sec.": "section", "art.": "article"}.get(lower, lower)


def _is_title(text: str) -> bool:
    """Whether words stand as a title: few, begun with a capital, without the end of a sentence."""
    words = text.split()
    plain = text.removesuffix(".")
    return (
        0 < len(words) <= LONGEST_HEADING // 2
        and words[0][:1].isupper()
        and plain[-1:] not in ";,:."
        and (plain == text or len(words) <= 3)
        and not _mark(text, None)
    )


def _without_unnumbered(node: _Node) -> _Node:
    return node.parent if node.sign.startswith("¶") and node.parent else node


def _mark(text: str, node: _Node | None) -> tuple[_Kind, re.Match[str]] | None:
    """The mark at the start of the words; a lone ``(i)`` after ``(h)`` is a letter."""
    for kind, form in _MARKS:
        found = form.fullmatch(text)
        if found is None:
            continue
        if kind is _Kind.ROMAN and len(found[1]) == 1 and _follows_letter(found[1], node):
            continue
        return kind, found
    return None


def _follows_letter(sign: str, node: _Node | None) -> bool:
    for one in reversed(node.lineage if node else []):
        if one.kind is _Kind.ROMAN:
            return False
        if one.kind is _Kind.LETTER:
            return one.sign == f"({chr(ord(sign) - 1)})"
    return sign != "i"


def _sections(roots: Sequence[_Node], text: str) -> Iterator[Section]:
    """The provisions of the tree that say something, without those of a table of contents."""
    seen: dict[str, int] = {}
    for root in _without_contents(roots):
        for node in _walk(root):
            if not node.text and not any(child.kind in _LISTS for child in node.children):
                continue
            seen[node.id] = seen.get(node.id, 0) + 1
            suffix = f" #{seen[node.id]}" if seen[node.id] > 1 else ""
            yield _section(node, text, suffix)


def _walk(node: _Node) -> Iterator[_Node]:
    yield node
    for child in node.children:
        yield from _walk(child)


def _without_contents(roots: Sequence[_Node]) -> list[_Node]:
    """The sections without lines that only announce a section which comes later."""
    last = {root.id: position for position, root in enumerate(roots)}
    return [
        root
        for position, root in enumerate(roots)
        if root.children or root.text or last[root.id] == position
    ]


def _section(node: _Node, text: str, suffix: str) -> Section:
    above = [] if node.sign.startswith("¶") else node.lineage[:-1]
    items = [child for child in node.children if child.kind in _LISTS]
    around = node.lineage if items else above
    start = node.start if node.text else items[0].start
    return Section(
        id=node.id + suffix,
        pinpoint=node.pinpoint,
        heading=node.lineage[0].heading,
        division=node.division,
        text=" ".join(part for part in (node.text, *_items_of(node)) if part),
        above=" ".join(one.text for one in above if one.text),
        after=" ".join(one.after for one in reversed(around) if one.after),
        start=start,
        end=max((child.end for child in items), default=start + len(node.text)),
        page=node.page,
        items=tuple(child.id for child in items),
    )


_LISTS = (_Kind.LETTER, _Kind.ROMAN, _Kind.CAPITAL)


def _items_of(node: _Node) -> Iterator[str]:
    """The words of the items of a list, which are read with its opening words."""
    for child in node.children:
        if child.kind in _LISTS:
            yield f"{child.sign} {child.text}"
            yield from _items_of(child)
