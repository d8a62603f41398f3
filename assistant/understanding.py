"""The first steps: what is asked, after what was asked before, and which provisions it names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant import structure
from assistant.answer import Answer, Outcome
from assistant.conversation import (
    Back,
    back_reference,
    is_follow_up,
    joined,
    part_named,
    standalone,
)
from assistant.extract import tell_whole
from assistant.inquiry import Inquiry
from assistant.knowledge import Knowledge
from assistant.labels import labelled
from assistant.lead import DUTY_LEADS
from assistant.question import clean, refusal_of
from assistant.references import names_other_text
from assistant.tongue import Tongue, tongue_of
from index.annotations import Level
from index.convention import INSERTED, Provision
from index.passages import sentences_of
from prompts import fixed_text

__all__ = ["Read", "Recall", "Resolve", "without_references"]


class Read:
    """Cleans the question, and refuses what cannot be read."""

    def __call__(self, inquiry: Inquiry) -> Inquiry:
        asked = clean(inquiry.question)
        refusal = refusal_of(asked)
        if refusal:
            text = fixed_text(f"refusals/{refusal.text}", **refusal.values)
            return replace(inquiry, asked=asked, text=text, outcome=Outcome.CLARIFY)
        return replace(inquiry, asked=asked, topic=asked)


class Recall:
    """Answers a question about the last answer; makes one that leans on the last question whole.

    ``ask`` answers a question behind its history: the last answer is found again, not kept.
    """

    def __init__(self, knowledge: Knowledge, ask: Callable[[Inquiry], Answer]) -> None:
        self._knowledge = knowledge
        self._ask = ask

    def __call__(self, inquiry: Inquiry) -> Inquiry:
        if inquiry.text is not None or not inquiry.history:
            return inquiry
        back, part = back_reference(inquiry.asked), part_named(inquiry.asked)
        if back or part:
            cited = self._last_cited(inquiry.history)
            if back:
                return self._about(inquiry, back, cited)
            if cited and part:
                return self._with(inquiry, self._part_of(cited[0], part))
        asked = inquiry.asked
        history = [earlier for earlier in inquiry.history if tongue_of(earlier) is Tongue.ENGLISH]
        whole = standalone(asked, history)
        if is_follow_up(asked):
            return replace(self._with(inquiry, whole), alone=asked)
        return replace(self._with(inquiry, whole), joined=joined(asked, history))

    def _with(self, inquiry: Inquiry, asked: str) -> Inquiry:
        return replace(inquiry, asked=asked, topic=asked)

    def _last_cited(self, history: Sequence[str]) -> list[Provision]:
        """What the last answer that was not itself about an answer cited, in order."""
        *earlier, last = history
        if back_reference(last) and earlier:
            return self._last_cited(earlier)
        answer = self._ask(Inquiry(last, tuple(earlier)))
        return [self._knowledge.convention[citation.id] for citation in answer.citations]

    def _part_of(self, provision: Provision, part: tuple[int | None, tuple[str, ...]]) -> str:
        """A question on the named part of the article (or paragraph) that was cited last."""
        number, items = part
        paragraph = provision.paragraph if number is None else number
        marks = "".join(f"({mark})" for mark in items)
        numbered = "" if paragraph is None else f", paragraph {paragraph} "
        return f"What does article {provision.article}{numbered}{marks} say?"

    def _about(self, inquiry: Inquiry, back: Back, cited: Sequence[Provision]) -> Inquiry:
        if not cited:
            text = fixed_text("conversation/no_provision")
            return replace(inquiry, text=text, outcome=Outcome.CLARIFY)
        leading = cited[0]
        if back is Back.MORE:
            return self._with(inquiry, f"What does article {leading.article} say?")
        if back is Back.DUTY:
            lead = _LEVEL_LEADS.get(self._knowledge.annotations[leading.id].level)
            told = tell_whole(leading, self._knowledge)
            return replace(inquiry, text=f"{fixed_text(lead)} {told}" if lead else told)
        tell = self._where if back is Back.WHERE else self._simpler
        return replace(inquiry, text=tell(cited))

    def _where(self, cited: Sequence[Provision]) -> str:
        first, *others = cited
        title = self._knowledge.convention.title_of(first)
        text = fixed_text(
            "conversation/where", label=first.label, title=title, short=first.short_label
        )
        if not others:
            return text
        labels = " ".join(f"[{p.short_label}]" for p in others)
        return f"{text} {fixed_text('conversation/where_more')} {labels}."

    def _simpler(self, cited: Sequence[Provision]) -> str:
        leading = cited[0]
        head = self._knowledge.convention.article(leading.article).provisions[0]
        annotations = self._knowledge.annotations
        text = ""
        if heading := annotations[leading.id].heading:
            text = fixed_text(
                "conversation/simpler",
                label=leading.label,
                heading=f"{heading[:1].lower()}{heading[1:]}",
                short=leading.short_label,
            )
        summary = sentences_of(annotations[head.id].summary)
        told = " ".join([text, *(labelled(sentence, [head]) for sentence in summary)]).strip()
        return told or tell_whole(leading, self._knowledge)


_LEVEL_LEADS = DUTY_LEADS | {Level.RESERVATION: "leads/optional"}

_ABOUT_NOTHING = re.compile(
    r"\b(?:what|whats|does|do|is|are|say|says|said|about|tell|me|explain|summari[sz]e|summary|of|the|"
    r"in|an?|for|and|or|to|please|can|could|you|show|read|give|content|contents|text|mean|means|"
    r"meaning|it|there|cover|covers|deal|deals|with|convention|treaty|un|cybercrime|hanoi|provide|"
    r"provides|state|states|regulate|regulates|which|article|articles|art|arts|paragraph|para|"
    r"paragraphs|item|on|from|between|difference|differences|compare|comparison|vs|versus|how|differ|"
    r"differs|different|similar|simple|words|plain|english|quote|whole|full|exactly|exist|exists|i|"
    r"want|need|know|would|like|this|that|its|rule|rules|under|contain|contains|title|called|name)\b"
    r"|[^\w]|\d",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?:,?\s*(?:paragraphs?|paras?\.?)\s*\d+(?:\s?\([a-z0-9]+\))*\s*(?:of|in)\s*)?"
    rf"\b(?:articles?|arts?\.?)\s*\d+(?:\s?(?:{'|'.join(INSERTED)})\b)?(?:\s?\([a-z0-9]+\))*"
    r"(?:,?\s*(?:paragraphs?|paras?\.?)\s*\d+(?:\s?\([a-z]+\))*)?"
    r"(?:\s*(?:,|and|or|to|-|–|vs\.?|&)\s*(?:articles?\s*)?\d+)*",
    re.IGNORECASE,
)


def without_references(question: str) -> str:
    """The question without the provisions that it names; "" where it asks for nothing else."""
    topic = _NAMED.sub(" ", question)
    return " ".join(topic.split()) if _ABOUT_NOTHING.sub("", topic) else ""


class Resolve:
    """Answers from the structure where the question only names provisions; notes wrong numbers."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def __call__(self, inquiry: Inquiry) -> Inquiry:
        if inquiry.text is not None:
            return inquiry
        if no_chapter := structure.no_such_chapter(inquiry.asked, self._knowledge):
            return replace(inquiry, text=no_chapter, outcome=Outcome.CORRECTED)
        if other_chapter := structure.other_chapter(inquiry.asked, self._knowledge):
            return self._corrected(inquiry, other_chapter)
        if names_other_text(inquiry.asked):
            return inquiry
        named = structure.references_known(inquiry.asked, self._knowledge)
        if not named.known and not named.no_article:
            return inquiry
        topic = without_references(inquiry.asked)
        inquiry = replace(inquiry, named=named.known, topic=topic)
        if named.no_article:
            return self._corrected(inquiry, self._no_such_article(named.no_article[0]))
        if named.no_part:
            correction = fixed_text("corrections/no_such_part", number=named.no_part[0])
            inquiry = inquiry.corrected(correction)
        return inquiry if topic else replace(inquiry, text=self._described(named.known))

    def _no_such_article(self, number: int) -> str:
        convention = self._knowledge.convention
        return fixed_text(
            "corrections/no_such_article",
            number=number,
            articles=len(convention.articles),
            chapters=len(convention.chapters),
        )

    def _corrected(self, inquiry: Inquiry, correction: str) -> Inquiry:
        """The inquiry with its correction; without a subject of its own, that is the answer."""
        text = None if inquiry.topic else ""
        return replace(inquiry.corrected(correction), text=text)

    def _described(self, named: Sequence[str]) -> str:
        convention = self._knowledge.convention
        told = []
        for provision_id in named[:4]:
            provision = convention[provision_id]
            if provision.paragraph is None and not provision.items:
                article = convention.article(provision.article)
                told.append(structure.describe_article(article, self._knowledge))
            else:
                told.append(tell_whole(provision, self._knowledge))
        return "\n\n".join(told)
