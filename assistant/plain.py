"""An answer as plain text, for a terminal."""

from __future__ import annotations

from dataclasses import asdict
from textwrap import indent

from assistant.answer import UNREVIEWED, Answer, Citation
from prompts import fixed_text

__all__ = ["as_plain_text"]


def as_plain_text(answer: Answer) -> str:
    """The text, what it cites, what to ask next, and which text it rests on."""
    parts = [answer.text.replace("**", "")]
    if answer.notice:
        parts.append(answer.notice)
    if answer.citations:
        parts.append("\n".join(["Cited:", *map(_cited, answer.citations)]))
    if answer.suggestions:
        parts.append("\n".join(["You could also ask:", *(f"  {s}" for s in answer.suggestions)]))
    text = "information_official" if answer.convention.address else "information_only"
    parts.append(fixed_text(text, **asdict(answer.convention)))
    return "\n\n".join(parts)


def _cited(citation: Citation) -> str:
    """The citation in a line, and its official words, but not those of a whole article."""
    level = "" if citation.level == UNREVIEWED else f" ({citation.level})"
    line = f"  {citation.label}{level}: {citation.title}"
    if citation.start is None or (citation.paragraph is None and citation.item is None):
        return line
    return f"{line}\n{indent(citation.quote, '    ')}"
