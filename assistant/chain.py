"""The retrieval chain: a question in, an ``Answer`` out, one step a class.

    Read ──▶ Recall ──▶ Resolve ──▶ Search ──▶ Presume ──▶ Route ──▶ Compose ──▶ Verify ──▶ Finish

Each step takes an ``Inquiry`` and returns it with more in it; one that already has its text passes
through the steps that would write one. ``build_chain`` joins them as a LangChain runnable.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace

from langchain_core.runnables import Runnable, RunnableLambda

from assistant import structure
from assistant.answer import Answer, Mode, Outcome
from assistant.conversation import Back, back_reference, part_named, standalone
from assistant.extract import choose, compose, suggest, tell_whole
from assistant.knowledge import Knowledge
from assistant.labels import labelled
from assistant.premise import claim_of, claims_in_force, false_amount, false_level
from assistant.question import clean, refusal_of
from assistant.references import names_other_text
from assistant.retriever import ProvisionRetriever, Ranked
from assistant.route import RouteModel, Routing, route
from assistant.spelling import Speller
from assistant.topics import Group
from assistant.verify import unsupported
from index.annotations import Level
from index.convention import Provision
from index.encoder import Encoder
from index.passages import sentences_of
from prompts import fixed_text, has_text

__all__ = ["Inquiry", "build_chain"]

NO_CITATIONS = {Outcome.OFF_TOPIC, Outcome.CLARIFY, Outcome.UNAVAILABLE}


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question on its way to an answer.

    Attributes:
        question: as it was asked; ``history`` the earlier questions, oldest first.
        asked: cleaned and made to stand alone; ``topic`` without the provisions that it names.
        named: ids of the provisions that it names.
        routing, ranked: where the search sent it, and what it found, best first.
        correction: what puts a wrong number right, to stand before the text.
        text: the answer so far, None while there is none; ``outcome`` how it ends; ``composed``
            whether it was put together from provisions rather than fixed.
    """

    question: str
    history: tuple[str, ...] = ()
    asked: str = ""
    topic: str = ""
    named: tuple[str, ...] = ()
    correction: str = ""
    ranked: tuple[Ranked, ...] = ()
    routing: Routing | None = None
    outcome: Outcome = Outcome.ANSWERED
    text: str | None = None
    composed: bool = False
    suggestions: tuple[str, ...] = ()


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
        return self._with(inquiry, standalone(inquiry.asked, inquiry.history))

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
        return " ".join([text, *(labelled(sentence, [head]) for sentence in summary)]).strip()


_LEVEL_LEADS = {
    Level.MANDATORY: "leads/mandatory",
    Level.CONSIDER: "leads/consider",
    Level.OPTIONAL: "leads/optional",
    Level.OPTIONAL_ELEMENT: "leads/optional",
    Level.RESERVATION: "leads/optional",
}


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
    r"\b(?:articles?|arts?\.?)\s*\d+(?:\s?\([a-z0-9]+\))*"
    r"(?:,?\s*(?:paragraphs?|paras?\.?)\s*\d+(?:\s?\([a-z]+\))*)?"
    r"(?:\s*(?:,|and|or|to|-|–|vs\.?|&)\s*(?:articles?\s*)?\d+)*",
    re.IGNORECASE,
)


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
        topic = _NAMED.sub(" ", inquiry.asked)
        topic = topic if _ABOUT_NOTHING.sub("", topic) else ""
        inquiry = replace(inquiry, named=named.known, topic=" ".join(topic.split()))
        if named.no_article:
            return self._corrected(inquiry, self._no_such_article(named.no_article[0]))
        if named.no_part:
            correction = fixed_text("corrections/no_such_part", number=named.no_part[0])
            inquiry = replace(inquiry, correction=correction, outcome=Outcome.CORRECTED)
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
        return replace(inquiry, correction=correction, outcome=Outcome.CORRECTED, text=text)

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


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: the words searched for, mended; their route; provisions, best first."""

    topic: str
    routing: Routing
    ranked: tuple[Ranked, ...]


class Search:
    """Mends typos, encodes the question once, routes it, and ranks the provisions."""

    def __init__(
        self,
        knowledge: Knowledge,
        encoder: Encoder,
        retriever: ProvisionRetriever,
        model: RouteModel,
    ) -> None:
        self._knowledge = knowledge
        self._encoder = encoder
        self._retriever = retriever
        self._model = model
        self._speller = Speller(passage.text for passage in knowledge.passages)

    def __call__(self, inquiry: Inquiry) -> Inquiry:
        if inquiry.text is not None:
            return inquiry
        found = self.found(inquiry.topic)
        return replace(inquiry, topic=found.topic, routing=found.routing, ranked=found.ranked)

    def found(self, topic: str) -> Found:
        """What a search for these words finds."""
        topic = self._speller.repair(topic)
        vector = self._encoder.encode([topic])[0]
        hits = self._retriever.nearest(vector)
        routing = route(topic, vector, hits, self._model, self._knowledge.topics)
        ranked = self._retriever.rank_hits(
            topic, hits, routing.articles, routing.provisions
        )
        return Found(topic, routing, tuple(ranked))


class Presume:
    """Puts right what the question takes for granted, where a text or a provision denies it."""

    def __init__(self, knowledge: Knowledge, search: Search) -> None:
        self._knowledge = knowledge
        self._search = search

    def __call__(self, inquiry: Inquiry) -> Inquiry:
        if inquiry.text is not None or inquiry.correction:
            return inquiry
        claim = claim_of(inquiry.asked)
        if claim is None:
            return inquiry
        if claims_in_force(claim):
            values = self._knowledge.status.placeholders()
            correction = fixed_text("corrections/not_in_force", **values)
            return replace(inquiry, correction=correction, outcome=Outcome.CORRECTED)
        return self._held_against(inquiry, self._search.found(claim))

    def _held_against(self, inquiry: Inquiry, claim: Found) -> Inquiry:
        group, topic = claim.routing.group, claim.routing.topic
        if group in DENYING and topic and has_text(topic.text):
            return replace(inquiry, text=fixed_text(topic.text), outcome=Outcome.CORRECTED)
        best = claim.ranked[0]
        correction = self._denied(claim.topic, best.id)
        if not correction:
            return inquiry
        leading = replace(best, score=max(best.score, inquiry.ranked[0].score))
        others = (r for r in inquiry.ranked if r.id != best.id)
        return replace(
            inquiry,
            correction=correction,
            outcome=Outcome.CORRECTED,
            ranked=(leading, *others),
        )

    def _denied(self, claim: str, provision_id: str) -> str:
        """The correction where the provision says otherwise; "" where it does not."""
        convention = self._knowledge.convention
        amount = false_amount(claim, convention.reading(convention[provision_id]))
        if amount:
            return fixed_text("corrections/other_amount", words=amount.words)
        name = false_level(claim, self._knowledge.annotations[provision_id].level)
        return fixed_text(name) if name else ""


DENYING = {Group.PREMISE, Group.NOT_COVERED}
"""Groups whose texts say what the Convention does not do."""


class Route:
    """Gives a question on a topic the text of the topic."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def __call__(self, inquiry: Inquiry) -> Inquiry:
        routing = inquiry.routing
        if inquiry.text is not None or routing is None:
            return inquiry
        if routing.group is None or inquiry.correction:
            return inquiry
        if inquiry.named and routing.group is not Group.PREMISE:
            return inquiry
        return self._on_topic(inquiry, routing, routing.group)

    def _on_topic(self, inquiry: Inquiry, routing: Routing, group: Group) -> Inquiry:
        if group is Group.OFF_TOPIC or routing.topic is None:
            return replace(inquiry, text=fixed_text("off_topic"), outcome=Outcome.OFF_TOPIC)
        topic = routing.topic
        if has_text(topic.text):
            values = self._knowledge.status.placeholders() if group is Group.STATUS else {}
            text: str | None = fixed_text(topic.text, **values)
        else:
            text = structure.structure_answer(topic.name, inquiry.asked, self._knowledge)
        return replace(inquiry, text=text, outcome=group.outcome if text else inquiry.outcome)


class Compose:
    """Writes the answer from the best provisions."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def __call__(self, inquiry: Inquiry) -> Inquiry:
        if inquiry.text is not None or not inquiry.ranked:
            return inquiry
        knowledge = self._knowledge
        articles = {knowledge.convention[i].article for i in inquiry.named}
        within = tuple(r for r in inquiry.ranked if self._article_of(r) in articles)
        misnumbered = "" if inquiry.correction else self._misnumbered(inquiry, articles, within)
        ranked = inquiry.ranked if misnumbered else within or inquiry.ranked
        correction = inquiry.correction or misnumbered
        choice = choose(inquiry.topic, ranked, knowledge)
        return replace(
            inquiry,
            correction=correction,
            text=compose(inquiry.topic, choice, ranked, knowledge),
            composed=True,
            outcome=Outcome.CORRECTED if correction else inquiry.outcome,
            suggestions=suggest(choice, knowledge, inquiry.asked),
        )

    def _article_of(self, ranked: Ranked) -> int:
        return self._knowledge.convention[ranked.id].article

    def _misnumbered(self, inquiry: Inquiry, articles: Set[int], within: Sequence[Ranked]) -> str:
        """A correction, where the question ties a subject to an article that is not on it.

        ``articles`` are those that the question names, ``within`` the ranking of theirs alone.
        """
        if len(articles) != 1:
            return ""
        best = self._knowledge.convention[inquiry.ranked[0].id]
        own = within[0].score if within else 0.0
        if best.article in articles or inquiry.ranked[0].score - own < MISNUMBERED:
            return ""
        named = self._knowledge.convention.article(next(iter(articles)))
        drafts = " " + fixed_text("corrections/drafts") if best.article == named.number + 1 else ""
        return (
            fixed_text(
                "corrections/other_article",
                number=named.number,
                title=named.title,
                right=best.article,
                right_title=self._knowledge.convention.title_of(best),
            )
            + drafts
        )


MISNUMBERED = 0.12
"""How far the article that a question names may lie below the best before it is put right."""


class Verify:
    """Lets no composed answer out in which a statement lacks support."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def __call__(self, inquiry: Inquiry) -> Inquiry:
        if inquiry.text is None:
            return replace(inquiry, text=fixed_text("unavailable"), outcome=Outcome.UNAVAILABLE)
        if inquiry.composed and unsupported(inquiry.text, self._knowledge):
            return replace(
                inquiry, text=fixed_text("unavailable"), outcome=Outcome.UNAVAILABLE, suggestions=()
            )
        return inquiry


class Finish:
    """Turns the inquiry into the frozen answer; citations are read off its text."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def __call__(self, inquiry: Inquiry) -> Answer:
        text = f"{inquiry.correction} {inquiry.text or ''}".strip()
        cited = () if inquiry.outcome in NO_CITATIONS else self._knowledge.labels.cited(text)
        return Answer(
            question=inquiry.question,
            outcome=inquiry.outcome,
            text=text,
            citations=tuple(self._knowledge.cite(provision) for provision in cited),
            suggestions=inquiry.suggestions or _starters(),
            mode=Mode.EXTRACTIVE,
            model=None,
            convention=self._knowledge.stamp,
        )


def _starters() -> tuple[str, ...]:
    return tuple(fixed_text("examples").splitlines()[:3])


def build_chain(
    knowledge: Knowledge, encoder: Encoder, retriever: ProvisionRetriever, model: RouteModel
) -> Runnable[Inquiry, Answer]:
    """The whole way of a question, as a runnable from ``Inquiry`` to ``Answer``."""
    search = Search(knowledge, encoder, retriever, model)
    chain: Runnable[Inquiry, Answer] = (
        RunnableLambda(Read())
        | RunnableLambda(Recall(knowledge, lambda inquiry: chain.invoke(inquiry)))
        | RunnableLambda(Resolve(knowledge))
        | RunnableLambda(search)
        | RunnableLambda(Presume(knowledge, search))
        | RunnableLambda(Route(knowledge))
        | RunnableLambda(Compose(knowledge))
        | RunnableLambda(Verify(knowledge))
        | RunnableLambda(Finish(knowledge))
    )
    return chain
