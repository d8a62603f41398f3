"""What stands in the bubbles of the chat, as Markdown with a little HTML; pure text work."""

from __future__ import annotations

import html
import re
import string
from collections.abc import Callable

from assistant.answer import Answer, Citation, Draft, Outcome
from assistant.references import labels_in
from assistant.tongue import Tongue, tongue_of
from assistant.web.cited import chip, cited_list
from assistant.web.citing import formal_citation, short_label
from assistant.web.interface import Interface
from assistant.web.names import direction_of

__all__ = [
    "answer_bubble",
    "as_asked",
    "as_copied",
    "choices_in",
    "draft_bubble",
    "note_bubble",
    "question_bubble",
    "short_label",
    "with_links",
]

_HARMLESS = " ,?;'\".-()/%"
_ENTITIES = {
    ord(mark): f"&#{ord(mark)};" for mark in string.punctuation if mark not in _HARMLESS
} | {ord("\t"): " "}
_OPENING = re.compile(r"^(\d*)([-.)])|\b(www)(\.)", re.IGNORECASE)
_BREAKS = {ord("\n"): "&#10;", ord("\r"): "&#13;"}
_CHOICE = re.compile(r"^- (.+\?)$", re.MULTILINE)


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
    """The answer with a chip for each label; around it what it is, and what can be done with it."""
    parts = [
        f'<div class="answer {answer.outcome}">',
        _ribbon(answer.outcome, interface),
        _told(_with_chips(answer, interface), _tongue_told(answer)),
        f'<p class="notice">{_inert(answer.notice)}</p>' if answer.notice else "",
        cited_list(answer.citations, interface) if answer.citations else "",
        _acts(answer, interface),
        "</div>",
    ]
    return "\n".join(part for part in parts if part)


def note_bubble(name: str, interface: Interface, text: str = "", so_far: str = "") -> str:
    """What stands in the place of an answer: its name, why, and the text there was so far."""
    told = _told(text) if text else ""
    parts = [so_far, f'<div class="answer {name}">', _ribbon(name, interface, told), told, "</div>"]
    return "\n".join(part for part in parts if part)


def draft_bubble(draft: Draft) -> str:
    """The text of an answer on its way; its labels become links when it is complete."""
    return f'<div class="answer draft">\n{_told(_tamed(draft.text))}\n</div>'


def choices_in(answer: Answer) -> tuple[str, ...]:
    """The questions between which an answer that asks back lets one choose."""
    return tuple(_CHOICE.findall(answer.text)) if answer.outcome is Outcome.CLARIFY else ()


def as_copied(answer: Answer, interface: Interface) -> str:
    """The answer as plain text to be copied, its citations with ``{origin}`` for the host."""
    lines = [
        f"- {formal_citation(citation)}: {{origin}}{interface.place(citation.url)}"
        for citation in answer.citations
    ]
    cited = "\n".join([f"{interface.text('chat.cited')}:", *lines]) if lines else ""
    parts = [answer.question, answer.text, answer.notice or "", cited]
    return "\n\n".join([*filter(None, parts), interface.text("site.not_advice")])


def with_links(answer: Answer, place: Callable[[str], str] = str) -> str:
    """The text of an answer in which each label of a citation is a link to its page.

    ``place`` gives the address to link for a page's plain one. Labels of nothing that is cited
    stay as they are; HTML and images in the text do not survive.
    """

    def link(label: str, citation: Citation) -> str:
        return f"[{label}]({place(citation.url)})"

    return _linked(answer, answer.text, link)


def _with_chips(answer: Answer, interface: Interface) -> str:
    text = _CHOICE.sub("", answer.text).strip() if choices_in(answer) else answer.text
    return _linked(answer, text, lambda label, citation: chip(citation, interface))


def _linked(answer: Answer, text: str, link: Callable[[str, Citation], str]) -> str:
    citations = {short_label(citation): citation for citation in answer.citations}
    pieces, end = [], 0
    for label, start, stop in labels_in(text):
        pieces.append(_tamed(text[end:start]))
        known = label in citations
        pieces.append(link(label, citations[label]) if known else text[start:stop])
        end = stop
    return "".join([*pieces, _tamed(text[end:])])


def _ribbon(name: str, interface: Interface, told: str = "") -> str:
    """The line above an answer that is not a plain one: what it is, and in a few words why."""
    if name == Outcome.ANSWERED:
        return ""
    why = "" if told else f" <span>{html.escape(interface.text(f'chat.{name}_why'))}</span>"
    heading = html.escape(interface.text(f"chat.{name}"))
    return f'<p class="ribbon"><strong>{heading}</strong>{why}</p>'


def _tongue_told(answer: Answer) -> Tongue:
    """The language of an answer: English, but where it asks back in the asker's own."""
    if answer.outcome is not Outcome.CLARIFY:
        return Tongue.ENGLISH
    tongue = tongue_of(answer.question)
    return Tongue.ENGLISH if tongue is Tongue.OTHER else tongue


def _told(markdown: str, tongue: Tongue = Tongue.ENGLISH) -> str:
    """The words of the answer, in their own language whatever the page speaks."""
    return (
        f'<div class="told" lang="{tongue}" dir="{direction_of(tongue)}">\n\n{markdown}\n\n</div>'
    )


def _acts(answer: Answer, interface: Interface) -> str:
    """The buttons under an answer; their values are what they copy."""
    copied = _one_line(as_copied(answer, interface))
    question = _one_line(answer.question)
    copy = _act("copies", copied, "copy", "copy_about", interface)
    share = _act("shares", question, "share", "share_about", interface)
    return f'<p class="acts">{copy}{share}</p>'


def _act(kind: str, value: str, name: str, about: str, interface: Interface) -> str:
    """A button: what it shows, and for those who hear it alone what it is about."""
    shown, unseen = (html.escape(interface.text(f"chat.{key}")) for key in (name, about))
    return (
        f'<button type="button" class="act {kind}" value="{value}" title="{unseen}">'
        f'<span class="shown">{shown}</span><span class="unseen">: {unseen}</span></button>'
    )


def _one_line(text: str) -> str:
    """The text as the value of an attribute in Markdown, where a blank line would end the HTML."""
    return html.escape(text).translate(_BREAKS)


def _tamed(text: str) -> str:
    return text.replace("<", "&lt;").replace("![", "!&#91;")
