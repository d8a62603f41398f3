"""Checks that a text is the whole Convention, by what the digest knows of its structure.

Nothing here reads or keeps anything: two Conventions go in, differences come out. A fatal one
means that the text must not be used; the others are told and kept beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from index.alignment import shifts
from index.convention import Article, Convention, Provision
from index.languages import LANGUAGES, language_of
from index.numerals import letter, roman

__all__ = ["Difference", "Severity", "check", "fatal"]

SAME_TITLE = 0.75
"""How alike two titles are, from 0 to 1, when one is the other with a slip."""
OTHER_TITLES = 5
"""So many titles may be others before the text counts as another text."""
LENGTHS = (0.5, 2.5)
"""The length of a text beside that of the digest, in its language's own density."""
WITHOUT_COUNTERPART = 0.2
"""The share of our numbered paragraphs that a text may lack before its numbers are unread."""
ARTICLE_LENGTHS = (0.3, 4.0)
"""The same for one article, which is told only, and only where it is not a short one."""
SHORT = 600

_FURNITURE = re.compile(
    r"A/RES/79/243|\b\d{1,3}/\d{1,3}\s+24-\d{5}\b|\b24-\d{5}\s+\d{1,3}/\d{1,3}\b"
    r"|\bPage \d+ of \d+\b|_{5,}|All rights reserved|https?://"
)
"""What stands around a text on a page and never in a provision of this treaty."""
_UNREADABLE = re.compile("[\ud800-\udfff\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
"""Characters that no text has: half a character, the sign for a lost one, private ones."""
UNREADABLE = 0.001
"""The share of such characters from which on a text is not a text."""


class Severity(StrEnum):
    """What a difference means: FATAL, the text is not used; TOLD, it is used, and this is said."""

    FATAL = "fatal"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class Difference:
    """One way in which a text differs from what the digest expects, in one sentence."""

    severity: Severity
    sentence: str


def check(theirs: Convention, ours: Convention) -> tuple[Difference, ...]:
    """Every difference of a text from our digest, the fatal ones first.

    Titles, words and the letters of definitions are compared in English only; in the other
    languages the numbers have to agree.
    """
    english = theirs.language == "en"
    found = [
        *_chapters(theirs, ours),
        *_articles(theirs, ours),
        *_places(theirs, ours),
        *_numbering(theirs),
        *_definitions(theirs, ours),
        *_preamble(theirs, ours),
        *_counterparts(theirs, ours),
        *_language(theirs),
        *_length(theirs, ours),
        *_lengths_of_articles(theirs, ours),
        *_furniture(theirs),
        *_unreadable(theirs),
        *(_titles(theirs, ours) if english else ()),
        *(_shifts(theirs, ours) if english else ()),
    ]
    return tuple(sorted(found, key=lambda difference: difference.severity is Severity.TOLD))


def fatal(differences: Iterable[Difference]) -> tuple[Difference, ...]:
    """Those differences for which a text must not be used."""
    return tuple(d for d in differences if d.severity is Severity.FATAL)


def _fatal(sentence: str) -> Difference:
    return Difference(Severity.FATAL, sentence)


def _told(sentence: str) -> Difference:
    return Difference(Severity.TOLD, sentence)


def _chapters(theirs: Convention, ours: Convention) -> Iterator[Difference]:
    if len(theirs.chapters) != len(ours.chapters):
        yield _fatal(
            f"It has {len(theirs.chapters)} chapters, and the Convention has {len(ours.chapters)}."
        )
    yield from _gaps("chapter", [chapter.number for chapter in theirs.chapters])


def _articles(theirs: Convention, ours: Convention) -> Iterator[Difference]:
    if len(theirs.articles) != len(ours.articles):
        yield _fatal(
            f"It has {len(theirs.articles)} articles, and the Convention has {len(ours.articles)}."
        )
    yield from _gaps("article", [a.number for a in theirs.articles if not a.suffix])
    for article in theirs.articles:
        if not any(p.text for p in article.provisions):
            yield _fatal(f"{_capital(article.name)} has no words.")


def _gaps(what: str, numbers: Sequence[int]) -> Iterator[Difference]:
    """Numbers that do not run from 1 in steps of one."""
    for before, number in zip((0, *numbers), numbers, strict=False):
        if number != before + 1:
            after = f"follows {what} {before}" if before else "comes first"
            yield _fatal(f"Its {what} {number} {after}.")


def _places(theirs: Convention, ours: Convention) -> Iterator[Difference]:
    """Articles that stand in another chapter."""
    for article in theirs.articles:
        if article.id not in ours:
            continue
        expected = ours.chapter_of(ours[article.id])
        if article.chapter != expected:
            yield _fatal(
                f"{_capital(article.name)} stands in its chapter {article.chapter}, and belongs "
                f"in chapter {expected}."
            )


def _numbering(theirs: Convention) -> Iterator[Difference]:
    """Paragraphs, items and sub-items that do not run on."""
    for article in theirs.articles:
        numbers = [p.paragraph for p in article.paragraphs if p.paragraph is not None]
        yield from _gaps(f"{article.name}, paragraph", numbers)
        yield from _gaps_in_lists(theirs, article)


def _gaps_in_lists(theirs: Convention, article: Article) -> Iterator[Difference]:
    for provision in article.provisions:
        marks = [child.items[-1] for child in theirs.children(provision) if child.items]
        counted = roman if provision.items else letter
        for place, mark in enumerate(marks):
            if mark != counted(place + 1):
                where = f"after ({marks[place - 1]})" if place else "first"
                sentence = f"In {provision.label} item ({mark}) comes {where}."
                yield _fatal(sentence) if theirs.language == "en" else _told(sentence)
                break


def _definitions(theirs: Convention, ours: Convention) -> Iterator[Difference]:
    """The lettered definitions of article 2."""
    if not (theirs.has_article(2) and ours.has_article(2)):
        return
    marks, expected = (
        [p.items[0] for p in text.article(2).provisions if len(p.items) == 1]
        for text in (theirs, ours)
    )
    if marks != expected:
        sentence = (
            f"Article 2 has {len(marks)} lettered definitions, and the Convention has "
            f"{len(expected)}, ({expected[0]}) to ({expected[-1]})."
        )
        yield _fatal(sentence) if theirs.language == "en" else _told(sentence)


def _preamble(theirs: Convention, ours: Convention) -> Iterator[Difference]:
    has, expected = (max(0, len(text.preamble) - 1) for text in (theirs, ours))
    if has != expected:
        yield _told(f"Its preamble has {has} paragraphs, and {expected} were expected.")


def _counterparts(theirs: Convention, ours: Convention) -> Iterator[Difference]:
    """Provisions of one text that the other does not have; the report lists them."""
    missing, more = (
        [p for p in one.provisions() if p.id not in other]
        for one, other in ((ours, theirs), (theirs, ours))
    )
    paragraphs = [p for article in ours.articles for p in article.paragraphs]
    lost = sum(p in paragraphs for p in missing)
    if lost > WITHOUT_COUNTERPART * len(paragraphs):
        yield _fatal(f"It lacks {lost} of the {len(paragraphs)} numbered paragraphs.")
    if missing or more:
        yield _told(
            f"It lacks {len(missing)} provisions that the digest has, and has {len(more)} that the "
            "digest lacks."
        )


def _shifts(theirs: Convention, ours: Convention) -> Iterator[Difference]:
    """Provisions of ours whose words stand under another number; they are not to be quoted."""
    for shift in shifts(theirs, ours):
        yield _told(
            f"What the digest has as {shift.ours.label} reads like its {shift.theirs.label}."
        )


def _language(theirs: Convention) -> Iterator[Difference]:
    found = language_of(" ".join(_words(theirs.provisions())))
    expected = LANGUAGES.get(theirs.language)
    if expected is not None and found is not None and found != theirs.language:
        yield _fatal(f"It is in {LANGUAGES[found].name}, and not in {expected.name}.")


def _length(theirs: Convention, ours: Convention) -> Iterator[Difference]:
    share = _letters(theirs.provisions()) / (_letters(ours.provisions()) * _density(theirs))
    if not LENGTHS[0] <= share <= LENGTHS[1]:
        yield _fatal(f"It is {share:.0%} as long as expected: too {_what(share)} to be whole.")


def _what(share: float) -> str:
    return "short" if share < 1 else "long"


def _lengths_of_articles(theirs: Convention, ours: Convention) -> Iterator[Difference]:
    """Articles far longer or shorter than ours: words may be lost, or some of the page got in."""
    for article in theirs.articles:
        if article.id not in ours:
            continue
        has = _letters(article.provisions) / _density(theirs)
        expected = _letters(ours.article_of(ours[article.id]).provisions)
        share = has / max(expected, 1)
        if max(has, expected) > SHORT and not ARTICLE_LENGTHS[0] <= share <= ARTICLE_LENGTHS[1]:
            yield _told(f"{_capital(article.name)} is {share:.0%} as long as expected.")


def _density(text: Convention) -> float:
    language = LANGUAGES.get(text.language)
    return language.density if language else 1.0


def _words(provisions: Iterable[Provision]) -> Iterator[str]:
    for provision in provisions:
        yield provision.text
        yield provision.closing


def _letters(provisions: Iterable[Provision]) -> int:
    return sum(map(len, _words(provisions)))


def _furniture(theirs: Convention) -> Iterator[Difference]:
    """Page heads, page numbers and the like inside a provision."""
    for provision in theirs.provisions():
        for words in (provision.text, provision.closing):
            if match := _FURNITURE.search(words):
                label = _capital(provision.label)
                yield _told(f"{label} has words of the page around it: {match[0]!r}.")


def _unreadable(theirs: Convention) -> Iterator[Difference]:
    """Characters that were lost between the document and the text."""
    titles = " ".join([theirs.title, *(article.title for article in theirs.articles)])
    text = " ".join([titles, *_words(theirs.provisions())])
    lost = _UNREADABLE.findall(text)
    if lost:
        sentence = f"It has {len(lost)} characters that cannot be read."
        half = any("\ud800" <= character <= "\udfff" for character in lost)
        many = len(lost) > UNREADABLE * len(text)
        yield _fatal(sentence) if half or many else _told(sentence)


def _titles(theirs: Convention, ours: Convention) -> Iterator[Difference]:
    """Titles that are others: each is told, and many of them make it another text."""
    pairs = [
        (_capital(article.name), article.title, ours.title_of(ours[article.id]))
        for article in theirs.articles
        if article.id in ours
    ] + [
        (f"Chapter {chapter.roman}", chapter.title, expected.title)
        for chapter, expected in zip(theirs.chapters, ours.chapters, strict=False)
    ]
    other = [pair for pair in pairs if _likeness(pair[1], pair[2]) < SAME_TITLE]
    if len(other) > OTHER_TITLES:
        yield _fatal(f"{len(other)} of its titles are not those of the Convention.")
    for heading, has, expected in other:
        yield _told(f"{heading} is titled {_short(has)!r}, and {expected!r} was expected.")


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, _folded(one), _folded(other), autojunk=False).ratio()


def _folded(title: str) -> str:
    """A title without case, spaces and punctuation."""
    return "".join(letter for letter in title.casefold() if letter.isalnum())


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _short(words: str) -> str:
    return words if len(words) <= 80 else f"{words[:77]}..."
