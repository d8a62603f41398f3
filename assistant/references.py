"""Finds the provisions that a text names: ``article 14(1)(b)``, ``art. 40, paragraph 21``, ids.

Pure text work, in both directions: questions name provisions in many ways, answers in one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.convention import INSERTED

__all__ = ["Reference", "chapters_named", "find_references", "labels_in", "names_other_text"]

_WORDS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), start=1
    )
}
_ORDINALS = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth".split(), start=1
    )
}
_ROMAN = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10,
    "xi": 11, "xii": 12,
}  # fmt: skip

_ARTICLE = r"(?:\barticles?|\barts?\b\.?)"
_PARAGRAPH = r"(?:\bparagraphs?|\bparas?\b\.?|¶)"
_SUFFIX = rf"(?:\s?(?P<suffix>{'|'.join(INSERTED)}))?"
_MARKS = r"(?P<marks>(?:\s?\(\s?[0-9a-z]{1,4}\s?\)){0,3})"
_REFERENCE = re.compile(
    rf"{_ARTICLE}\s*(?P<article>\d{{1,4}}){_SUFFIX}\b{_MARKS}"
    rf"(?:,?\s*(?:of\s+)?{_PARAGRAPH}\s*(?P<paragraph>\d{{1,2}})"
    r"(?P<more>(?:\s?\(\s?[a-z]{1,4}\s?\)){0,2}))?",
    re.IGNORECASE,
)
_PARAGRAPH_OF = re.compile(
    rf"{_PARAGRAPH}\s*(?P<paragraph>\d{{1,2}})(?P<more>(?:\s?\(\s?[a-z]{{1,4}}\s?\)){{0,2}})"
    rf",?\s*(?:of|in)\s+(?:the\s+)?{_ARTICLE}\s*(?P<article>\d{{1,4}})\b",
    re.IGNORECASE,
)
_ID = re.compile(r"\bart-(?P<article>\d{1,4})(?P<rest>(?:/(?:para-\d{1,2}|[a-z]{1,4}))*)\b")
_RANGE = re.compile(
    rf"{_ARTICLE}\s*(\d{{1,3}})\s*(?:-|–|to|through|until)\s*(\d{{1,3}})\b", re.IGNORECASE
)
_LIST = re.compile(
    rf"{_ARTICLE}\s*(\d{{1,3}}(?:\s*(?:,|and|or|&|vs\.?|versus|with|from)\s*(?:{_ARTICLE}\s*)?"
    r"\d{1,3}\b)+)",
    re.IGNORECASE,
)
_CHAPTER = re.compile(r"\bchapters?\s+([ivx]{1,4}|\d{1,2}|[a-z]{3,6})\b", re.IGNORECASE)
_NTH_CHAPTER = re.compile(rf"\b({'|'.join(_ORDINALS)})\s+chapter\b", re.IGNORECASE)
_MARK = re.compile(r"\(\s?([0-9a-z]{1,4})\s?\)", re.IGNORECASE)
_LABEL = re.compile(
    rf"\[((?:art\. \d+(?: (?:{'|'.join(INSERTED)}))?(?:\([0-9a-z]+\))*)|"
    r"(?:preamble(?:, para\. \d+)?))\]",
    re.IGNORECASE,
)

_WHERE = re.compile(
    rf"{_ARTICLE}\s*\d+(?:\s?\(\w+\))*\s+(?:of|in|from)\s+(?:the\s+)?(?P<text>(?:\S+\s*){{1,7}})",
    re.IGNORECASE,
)
_OURS = re.compile(
    r"(?:(?:un|u\.n\.|united nations|hanoi|ha noi|new|adopted|final|this|that|said)\s+)*"
    r"(?:cyber\s?(?:crime)?\s+)?(?:convention|treaty|text|agreement|digest)\b"
    r"(?!\s+(?:on|for|relating|against\s+(?!cyber)))|(?:this|it|line|conflict|practice|detail)\b",
    re.IGNORECASE,
)
_LAW = re.compile(
    r"\b(?:convention|treaty|charter|statute|code|act|law|constitution|regulation|directive|covenant|"
    r"gdpr|echr|nis ?2|iccpr|uncac|untoc|tfeu|teu)\b",
    re.IGNORECASE,
)
_LAW_FIRST = re.compile(
    r"\b(?:budapest|gdpr|echr|nis ?2|iccpr|uncac|untoc|tfeu|rome statute|penal code|criminal code)"
    rf"(?:['’]s|\s+convention(?:['’]s)?)?,?\s+{_ARTICLE}\s*\d+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A provision that a text names, whether or not it exists; ``suffix`` as of ``Article``."""

    article: int
    paragraph: int | None = None
    items: tuple[str, ...] = ()
    suffix: str = ""

    @property
    def id(self) -> str:
        """The id that it would have."""
        paragraph = () if self.paragraph is None else (f"para-{self.paragraph}",)
        return "/".join((self.head, *paragraph, *self.items))

    @property
    def head(self) -> str:
        """The id that its article would have."""
        return f"art-{self.article}{self.suffix}"


def find_references(text: str) -> tuple[Reference, ...]:
    """The provisions that ``text`` names, in order, each once; ranges and lists are spelt out."""
    readers = (_by_id, _by_paragraph_of, _by_article, _by_range, _by_list)
    found = [pair for reader in readers for pair in reader(text)]
    ordered = [reference for _, reference in sorted(found, key=lambda pair: pair[0])]
    detailed = {r.article for r in ordered if r != Reference(r.article)}
    unique = dict.fromkeys(
        r for r in ordered if r != Reference(r.article) or r.article not in detailed
    )
    return tuple(unique)


def names_other_text(text: str) -> bool:
    """Whether an article that ``text`` names is one of another law or treaty."""
    if _LAW_FIRST.search(text):
        return True
    places = (match["text"] for match in _WHERE.finditer(text))
    return any(_LAW.search(place) and not _OURS.match(place) for place in places)


def chapters_named(text: str) -> tuple[int, ...]:
    """Numbers of the chapters that ``text`` names, as digits, Roman numerals or words."""
    numbers = []
    for match in _CHAPTER.finditer(text):
        mark = match[1].lower()
        number = int(mark) if mark.isdigit() else _ROMAN.get(mark) or _WORDS.get(mark)
        numbers.append(number)
    numbers += [_ORDINALS[match[1].lower()] for match in _NTH_CHAPTER.finditer(text)]
    return tuple(dict.fromkeys(number for number in numbers if number))


def labels_in(text: str) -> list[tuple[str, int, int]]:
    """The bracketed short labels of an answer: label without brackets, start and end offset."""
    return [(match[1], match.start(), match.end()) for match in _LABEL.finditer(text)]


Found = Iterator[tuple[int, Reference]]


def _by_article(text: str) -> Found:
    for match in _REFERENCE.finditer(text):
        suffix = (match["suffix"] or "").lower()
        if match["paragraph"]:
            items = tuple(_marks(match["more"]))
            found = Reference(int(match["article"]), int(match["paragraph"]), items)
        else:
            found = _from_marks(int(match["article"]), _marks(match["marks"]))
        yield match.start(), replace(found, suffix=suffix)


def _by_paragraph_of(text: str) -> Found:
    for match in _PARAGRAPH_OF.finditer(text):
        items = tuple(_marks(match["more"]))
        yield match.start(), Reference(int(match["article"]), int(match["paragraph"]), items)


def _by_id(text: str) -> Found:
    for match in _ID.finditer(text):
        parts = [part.removeprefix("para-") for part in match["rest"].split("/") if part]
        yield match.start(), _from_marks(int(match["article"]), parts)


def _by_range(text: str) -> Found:
    for match in _RANGE.finditer(text):
        first, last = int(match[1]), int(match[2])
        if first < last <= first + 20:
            for number in range(first, last + 1):
                yield match.start(), Reference(number)


def _by_list(text: str) -> Found:
    for match in _LIST.finditer(text):
        for number in re.findall(r"\d+", match[1]):
            yield match.start(), Reference(int(number))


def _marks(text: str | None) -> list[str]:
    return [mark.lower() for mark in _MARK.findall(text or "")]


def _from_marks(article: int, marks: list[str]) -> Reference:
    if marks and marks[0].isdigit():
        return Reference(article, int(marks[0]), tuple(marks[1:]))
    return Reference(article, None, tuple(marks))
