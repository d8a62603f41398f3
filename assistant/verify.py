"""No sentence without support: each labelled sentence has to be what its provision says.

A composed sentence is supported when its words stand, in one run, in the reading of a provision
that it cites. Fixed texts are longer thought and shorter worded; they are held to their numbers
and checked by the tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.knowledge import Knowledge
from assistant.references import labels_in
from index.convention import Provision
from prompts import fixed_text

__all__ = ["LEADS", "Statement", "numbers_in", "statements_in", "unsupported"]

LEADS = ("yes", "no", "mandatory", "consider", "optional")
"""Names of the fixed words that an answer can begin with."""
_NUMBER_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15, "thirty": 30, "thirtieth": 30, "forty": 40,
    "fortieth": 40, "sixty": 60, "ninety": 90, "ninetieth": 90, "eighteen": 18,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence (or list entry) of an answer and the short labels that it ends in."""

    text: str
    labels: tuple[str, ...]


def statements_in(text: str) -> Iterator[Statement]:
    """The labelled statements of an answer, in order, without Markdown and lead words."""
    start = 0
    labels = labels_in(text)
    while labels:
        _, first, _ = labels[0]
        run = [labels.pop(0)]
        while labels and not re.search(r"\w", text[run[-1][2] : labels[0][1]]):
            run.append(labels.pop(0))
        yield Statement(_bare(text[start:first]), tuple(label for label, _, _ in run))
        start = run[-1][2]


def _bare(segment: str) -> str:
    segment = re.sub(r"^[\s.:*\-]+", "", segment.replace("\n", " "))
    for name in LEADS:
        segment = segment.removeprefix(fixed_text(f"leads/{name}")).lstrip()
    return segment.strip()


def unsupported(text: str, knowledge: Knowledge) -> list[Statement]:
    """The statements of a composed answer whose words no cited provision holds; [] for none."""
    return [
        statement
        for statement in statements_in(text)
        if not _is_supported(statement, knowledge.labels.cited(_brackets(statement)), knowledge)
    ]


def _brackets(statement: Statement) -> str:
    return " ".join(f"[{label}]" for label in statement.labels)


def _is_supported(
    statement: Statement, provisions: Sequence[Provision], knowledge: Knowledge
) -> bool:
    wanted = _words(statement.text)
    readings = [
        f"{knowledge.convention.reading(p)} {knowledge.annotations[p.id].summary}"
        for p in provisions
    ]
    return bool(wanted) and any(wanted in _words(reading) for reading in readings)


def _words(text: str) -> str:
    words = " ".join(re.findall(r"[^\W_]+", text.lower()))
    return f" {words} " if words else ""


def numbers_in(text: str) -> set[int]:
    """The numbers in a text, in digits or words; provision labels and references left out."""
    text = re.sub(r"\[[^\]]*\]", " ", text)
    text = re.sub(r"(?:articles?|paragraphs?|chapters?) [\dIVX]+(?: ?\(\w+\))*", " ", text)
    digits = {int(n) for n in re.findall(r"\b\d+(?=\b|th\b|st\b)", text)}
    words = {_NUMBER_WORDS[w] for w in re.findall(r"[a-z]+", text.lower()) if w in _NUMBER_WORDS}
    return digits | words
