"""Settles blanks that stand between two pieces of a PDF and may be none.

A PDF says where each piece of a line stands, not where its words end. A piece that stands a little
too far right looks like the next word: ``tuberculo sis``. Where the rest of the document writes
the two as one word, and not both of them as words, the blank is taken out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from index.layout.lines import Page

__all__ = ["DOUBTFUL", "with_settled_blanks"]

DOUBTFUL = "\ue000"
"""Stands in a line for a blank that may be none."""

_BETWEEN = re.compile(rf"([^\s{DOUBTFUL}]*){DOUBTFUL}(?=([^\s{DOUBTFUL}]*))")
_WORD = re.compile(r"[^\W\d_]+")
_JOINS_BEFORE = ("-", ",", ".", ";", ":", ")", "”", "’")
_JOINS_AFTER = ("-", "(", "“")


def with_settled_blanks(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages with a blank, or nothing, for every doubtful blank."""
    counts = Counter(
        word for page in pages for line in page for word in _WORD.findall(line.text.casefold())
    )
    return tuple(
        tuple(
            replace(line, text=_settled(line.text, counts)) if DOUBTFUL in line.text else line
            for line in page
        )
        for page in pages
    )


def _settled(text: str, counts: Counter[str]) -> str:
    return _BETWEEN.sub(lambda found: found[1] + _blank(found[1], found[2], counts), text).strip()


def _blank(before: str, after: str, counts: Counter[str]) -> str:
    if not before or before.endswith(_JOINS_AFTER) or after.startswith(_JOINS_BEFORE):
        return ""
    first, second = _WORD.search(before[::-1]), _WORD.match(after)
    if not first or not second or first.start():
        return " "
    halves = first[0][::-1].casefold(), second[0].casefold()
    known = all(counts[half] > 1 for half in halves)
    return "" if counts["".join(halves)] and not known else " "
