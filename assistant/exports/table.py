"""The register as plain text for a terminal: a line a row, and the text below it."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import fill

from assistant.assessment import Assessments, Standing, progress
from assistant.exports import Content
from assistant.obligations import Obligation, Register
from index.annotations import Level

__all__ = ["counts_table", "progress_table", "write"]

WIDTH = 96


def write(content: Content) -> bytes:
    """Every row by its label, level, actor and kind, with its text and note."""
    rows = content.register.rows
    counted = "1 row" if len(rows) == 1 else f"{len(rows)} rows"
    parts = [*map(_told, rows), f"{counted}. {content.register.edition.edition}."]
    return ("\n\n".join(parts) + "\n").encode()


def _told(row: Obligation) -> str:
    told = [f"{row.id}  {row.level} | {row.actor} | {row.measure}", *_lines(row)]
    return "\n".join(told)


def _lines(row: Obligation) -> Iterator[str]:
    yield _indented(f"{row.title}. {row.text}")
    if row.notify:
        yield _indented(f"To be told: {row.notify.what}; to: {row.notify.to}; {row.notify.by}.")
    if row.note:
        yield _indented(f"Note: {row.note}")


def _indented(text: str) -> str:
    return fill(text, WIDTH, initial_indent="    ", subsequent_indent="    ")


def counts_table(register: Register) -> str:
    """How many rows each level has, by chapter and in all, as a table of plain text."""
    counts = register.counts()
    chapters = sorted({row.chapter for row in register.rows})
    width = max(map(len, Level))
    heading = "".join(f"{chapter:>5}" for chapter in chapters)
    lines = [f"{'chapter':<{width}}{heading}{'all':>6}"]
    for level in [level for level in Level if counts[level]]:
        numbers = "".join(f"{counts[level].get(chapter, 0):>5}" for chapter in chapters)
        lines.append(f"{level:<{width}}{numbers}{sum(counts[level].values()):>6}")
    of_all = [sum(counts[level].get(chapter, 0) for level in Level) for chapter in chapters]
    totals = "".join(f"{number:>5}" for number in of_all)
    return "\n".join([*lines, f"{'all':<{width}}{totals}{len(register.rows):>6}"])


def progress_table(register: Register, assessments: Assessments) -> str:
    """How many rows of each chapter have each status, as a table of plain text."""
    lines = ["chapter" + "".join(f"{name:>16}" for name in [*Standing, "open", "of"])]
    for part in progress(register, assessments):
        numbers = [*(part.counts[status] for status in Standing), part.open, part.total]
        lines.append(f"{part.chapter:<7}" + "".join(f"{number:>16}" for number in numbers))
    return "\n".join(lines)
