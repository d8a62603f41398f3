"""What stands in the bubbles of the chat, as Markdown; pure text work."""

from __future__ import annotations

import html
import re
import string
from collections.abc import Callable, Iterator

from assistant.answer import Answer, Citation, Draft
from assistant.references import labels_in
from assistant.web.interface import Interface
from index.convention import Provision

__all__ = [
    "answer_bubble",
    "as_asked",
    "draft_bubble",
    "growing",
    "question_bubble",
    "short_label",
    "with_links",
]

MOST_CITED = 6
"""Citations listed under an answer; the others are counted."""

_STEPS = 5
_HARMLESS = " ,?;'\".-()/%"
_ENTITIES = {
    ord(mark): f"&#{ord(mark)};" for mark in string.punctuation if mark not in _HARMLESS
} | {ord("\t"): " "}
_OPENING = re.compile(r"^(\d*)([-.)])|\b(www)(\.)", re.IGNORECASE)
_WHOLE = re.compile(r"\[[^\]]*\]\([^)]*\)\S*\s*|\S+\s*")


def question_bubble(question: str) -> str:
    """The question as Markdown that shows exactly its characters: no markup, image or link.

    Every mark that Markdown or HTML could read stands there as a character reference.
    """
    return "\n".join(_inert(line.strip()) for line in question.strip().splitlines())


def _inert(line: str) -> str:
    return _OPENING.sub(_referred, line.translate(_ENTITIES))


def _referred(match: re.Match[str]) -> str:
    before, mark = match[1] or match[3] or "", match[2] or match[4]
    return f"{before}&#{ord(mark)};"


def as_asked(bubble: str) -> str:
    """The question that a bubble shows: the inverse of ``question_bubble``."""
    return html.unescape(bubble)


def answer_bubble(answer: Answer, interface: Interface) -> str:
    """The answer with links to its provisions; below it its notice, and the level of each."""
    parts = [with_links(answer, interface.place)]
    if answer.notice:
        parts.append(f"*{_inert(answer.notice)}*")
    if answer.citations:
        parts.append(_cited(answer.citations, interface))
    return "\n\n".join(parts)


def draft_bubble(draft: Draft) -> str:
    """The text of an answer on its way; its labels become links when it is complete."""
    return _tamed(draft.text)


def with_links(answer: Answer, place: Callable[[str], str] = str) -> str:
    """The text of an answer in which each label of a citation is a link to its page.

    ``place`` gives the address to link for a page's plain one. Labels of nothing that is cited
    stay as they are; HTML and images in the text do not survive.
    """
    urls = {short_label(citation): place(citation.url) for citation in answer.citations}
    pieces, end = [], 0
    for label, start, stop in labels_in(answer.text):
        pieces.append(_tamed(answer.text[end:start]))
        pieces.append(f"[{label}]({urls[label]})" if label in urls else answer.text[start:stop])
        end = stop
    return "".join([*pieces, _tamed(answer.text[end:])])


def short_label(citation: Citation) -> str:
    """The label that an answer's text carries for a citation: ``art. 14(1)(b)``."""
    items = tuple(re.findall(r"\w+", citation.item or ""))
    return Provision(citation.article, citation.paragraph, items, "").short_label


def growing(markdown: str) -> Iterator[str]:
    """The text as it grows in a few steps, the last one complete; no link is ever cut."""
    words = _WHOLE.findall(markdown)
    step = max(1, -(-len(words) // _STEPS))
    for end in range(step, len(words), step):
        yield "".join(words[:end]).rstrip()
    yield markdown


def _tamed(text: str) -> str:
    return text.replace("<", "&lt;").replace("![", "!&#91;")


def _cited(citations: tuple[Citation, ...], interface: Interface) -> str:
    lines = [f"- {_cited_line(citation, interface)}" for citation in citations[:MOST_CITED]]
    if len(citations) > MOST_CITED:
        count = len(citations) - MOST_CITED
        lines.append(f"- {interface.text('chat.cited_more', count=count)}")
    return "\n".join([interface.text("chat.cited"), "", *lines])


def _cited_line(citation: Citation, interface: Interface) -> str:
    place = interface.place(citation.url)
    return f"[{short_label(citation)}]({place}), {citation.level}, {citation.title}"
