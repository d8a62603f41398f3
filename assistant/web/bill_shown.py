"""A gap reading as its page shows it."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePath

from assistant.gap import Duty, Finding, Passage, Report, Sureness, write
from assistant.gap.formats import FORMATS
from index.annotations import Level
from index.convention import Convention

__all__ = [
    "Download",
    "ShownChapter",
    "ShownFinding",
    "ShownPassage",
    "downloads",
    "level_names",
    "shown",
]

_FOLD = 420
"""Letters of a quote that are shown at once; the rest is folded away."""
_DOWNLOADS = ("xlsx", "csv", "json")


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A passage, with its quote in what is shown at once and the rest."""

    passage: Passage
    shown: str
    rest: str


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A duty with its passages.

    Attributes:
        result: likely, possible or nothing.
        rows: ids of the rows of the register that a State assesses.
        note: the likely pinpoints, as they may be noted as domestic provision; "" for none.
    """

    duty: Duty
    result: str
    passages: tuple[ShownPassage, ...]
    rows: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class ShownChapter:
    """A chapter of the Convention with what was looked for in it."""

    number: int
    roman: str
    findings: tuple[ShownFinding, ...]


@dataclass(frozen=True, slots=True)
class Download:
    """A file to download: its format, its name, its address, which holds the file itself."""

    format: str
    name: str
    address: str


def shown(report: Report, convention: Convention) -> tuple[ShownChapter, ...]:
    """The reading by chapter, in the order of the Convention."""
    return tuple(_chapters(report, convention))


def _chapters(report: Report, convention: Convention) -> Iterator[ShownChapter]:
    findings = report.reading.findings
    for number, of_one in groupby(findings, key=lambda one: one.duty.chapter):
        chapter = convention.chapter(number)
        yield ShownChapter(
            number,
            chapter.roman,
            tuple(_finding(finding, report.reading.bill.name) for finding in of_one),
        )


def _finding(finding: Finding, bill: str) -> ShownFinding:
    return ShownFinding(
        duty=finding.duty,
        result=str(finding.sureness or "nothing"),
        passages=tuple(_folded(passage) for passage in finding.passages),
        rows=tuple(row.id for row in finding.duty.rows if row.for_assessment),
        note=_note(finding, bill),
    )


def _folded(passage: Passage) -> ShownPassage:
    quote = passage.quote
    if len(quote) <= _FOLD * 1.25:
        return ShownPassage(passage, quote, "")
    cut = quote.rfind(" ", 0, _FOLD) + 1 or _FOLD
    return ShownPassage(passage, quote[:cut], quote[cut:])


def _note(finding: Finding, bill: str) -> str:
    likely = [_short(one) for one in finding.passages if one.sureness is Sureness.LIKELY]
    return f"{'; '.join(likely)}, {PurePath(bill).stem}" if likely else ""


def _short(passage: Passage) -> str:
    """A pinpoint in short, ``section 4(2)(a)``."""
    section = passage.section
    word = section.pinpoint.partition(" ")[0]
    return f"{word} {section.id}" if "¶" not in section.id else section.pinpoint


def level_names(report: Report) -> tuple[Level, ...]:
    """The levels of what was looked for, in the order of the vocabulary."""
    there = {level for finding in report.reading.findings for level in finding.duty.levels}
    return tuple(level for level in Level if level in there)


def downloads(report: Report) -> tuple[Download, ...]:
    """The files of a reading, each whole in its address, since none is kept here."""
    stem = PurePath(report.reading.bill.name).stem or "bill"
    return tuple(
        Download(name, f"gap-{stem}.{name}", _address(name, write(name, report)))
        for name in _DOWNLOADS
    )


def _address(name: str, content: bytes) -> str:
    kind = FORMATS[name].media_type.replace(" ", "")
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"
