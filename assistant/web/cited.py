"""The provisions of an answer as the page shows them: chips in its text, a list under it.

HTML that the browser's sanitiser lets through: no ``data-`` and no ``aria-`` attribute survives it,
so that what only some readers need stands in words of the class ``unseen``.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.answer import Citation
from assistant.web.citing import formal_citation, short_label
from assistant.web.interface import Interface
from assistant.web.names import Names
from index.annotations import Level

__all__ = ["MOST_CITED", "chip", "cited_list"]

MOST_CITED = 6
"""Citations listed under an answer; the others are counted."""

_MARKS = {
    Level.MANDATORY: "must",
    Level.PROHIBITION: "must",
    Level.CONSIDER: "consider",
    Level.OPTIONAL: "may",
    Level.OPTIONAL_ELEMENT: "may",
    Level.RESERVATION: "may",
}
"""The mark of a level, which has a colour and a shape; every other level has that of ``else``."""


def chip(citation: Citation, interface: Interface) -> str:
    """The link to a provision, with the mark of its level, and the level in words."""
    level = _shown_level(citation, interface)
    about = escape(": ".join(filter(None, [level, citation.title])))
    unseen = f'<span class="unseen"> ({escape(level)})</span>' if level else ""
    return (
        f'<a class="chip {_mark(citation)}" href="{escape(interface.place(citation.url))}" '
        f'title="{about}">{short_label(citation)}{unseen}</a>'
    )


def cited_list(citations: Sequence[Citation], interface: Interface) -> str:
    """The list of the cited provisions, with what can be done with each."""
    lines = [f"<li>{_line(citation, interface)}</li>" for citation in citations[:MOST_CITED]]
    if len(citations) > MOST_CITED:
        more = interface.text("chat.cited_more", count=len(citations) - MOST_CITED)
        lines.append(f'<li class="more">{escape(more)}</li>')
    heading = f"<h3>{escape(interface.text('chat.cited'))}</h3>"
    return f'<section class="cited">{heading}<ul>{"".join(lines)}</ul></section>'


def _line(citation: Citation, interface: Interface) -> str:
    title = f'<bdi lang="en" class="title">{escape(citation.title)}</bdi>'
    level = escape(_shown_level(citation, interface))
    badge = f'<span class="badge {_mark(citation)}">{level}</span>' if level else ""
    ways = _in_context(citation, interface) + _menu(citation, interface)
    return (
        f'<span class="what">{chip(citation, interface)}{title}</span>'
        f'<span class="do">{badge}{ways}</span>'
    )


def _shown_level(citation: Citation, interface: Interface) -> str:
    """The level in words; "" for what is no duty at all, as an article with all its paragraphs."""
    return "" if citation.level == Level.OTHER else Names(interface).level(citation.level)


def _in_context(citation: Citation, interface: Interface) -> str:
    words = escape(interface.text("chat.in_context"))
    place = escape(interface.place(citation.url))
    return f'<a class="act context" href="{place}">{words}{_unseen(citation)}</a>'


def _menu(citation: Citation, interface: Interface) -> str:
    """The two ways to cite it, each a button that copies what it shows."""
    forms = {"cite_formal": formal_citation(citation), "cite_short": short_label(citation)}
    buttons = "".join(
        f'<button type="button" class="copies" value="{escape(words)}">'
        f"<small>{escape(interface.text(f'chat.{name}'))}</small>"
        f'<bdi lang="en">{escape(words)}</bdi></button>'
        for name, words in forms.items()
    )
    summary = f"{escape(interface.text('chat.cite'))}{_unseen(citation)}"
    return (
        f'<details class="menu"><summary class="act">{summary}</summary>'
        f'<div class="list">{buttons}</div></details>'
    )


def _unseen(citation: Citation) -> str:
    """Which provision it is about, for those who hear a link or a button alone."""
    return f'<span class="unseen">: {short_label(citation)}</span>'


def _mark(citation: Citation) -> str:
    return _MARKS.get(Level(citation.level), "else")
