"""The middle steps: what the index finds, and whether it denies what the question presumes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.amounts import Amount, amounts_in, contradicted
from assistant.answer import Outcome
from assistant.bodies import invented_body, unnamed_body
from assistant.comparison import compared
from assistant.inquiry import Found, Inquiry
from assistant.knowledge import Knowledge
from assistant.lead import Form, form_of
from assistant.premise import (
    asks_since_when,
    asserted_amounts,
    claim_of,
    claims_in_force,
    presumes_existence,
)
from assistant.question import shortly_named
from assistant.retriever import ProvisionRetriever, Ranked
from assistant.route import RouteModel, route
from assistant.spelling import Speller
from assistant.structure import totals_of
from assistant.told import clauses_told, false_level, rules_told
from assistant.topics import Group, Topic
from index.encoder import Encoder
from index.errors import IndexUnavailable
from prompts import fixed_text, has_text

__all__ = ["Presume", "Search", "or_away"]


SURE = 0.7
"""Cosine with a known question from which a follow-up is taken by itself."""

ALONE = 0.4
"""Share of a follow-up's own words in its ranking; measured on the tuning questions."""

NEAR_BY = 0.05
"""How far below the best score a provision may lie and still name the body asked about."""

IN_SIGHT = 30
"""How many of the best provisions for a comparison say which articles it may be about."""

SAYS_TOO_LITTLE = {Group.CLARIFY, Group.OFF_TOPIC}


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
        known = [passage.text for passage in knowledge.passages]
        self._speller = Speller([*known, *knowledge.official_words.values()])

    def __call__(self, inquiry: Inquiry) -> Inquiry:
        if inquiry.text is not None:
            return inquiry
        found = self.found(inquiry.topic)
        if inquiry.alone:
            found = self._leaning(found, self.found(inquiry.alone))
        elif inquiry.joined and found.routing.group in SAYS_TOO_LITTLE:
            whole = self.found(inquiry.joined)
            found = whole if whole.routing.group is None else found
        elif found.routing.group is None and (things := compared(found.topic)):
            found = self._side_by_side(found, [self.found(thing) for thing in things])
        return replace(inquiry, topic=found.topic, routing=found.routing, ranked=found.ranked)

    def _leaning(self, whole: Found, alone: Found) -> Found:
        """What a follow-up finds: by itself where that is clear, else behind its question."""
        if self._is_sure(alone):
            return alone
        return replace(whole, ranked=_blended(whole.ranked, alone.ranked))

    def _side_by_side(self, whole: Found, things: Sequence[Found]) -> Found:
        """What a comparison finds: first the best for each thing that it is in sight of."""
        article = self._article_of
        near = {article(entry) for entry in whole.ranked[:IN_SIGHT]}
        firsts = [t.ranked[0] for t in things if t.routing.group is None and t.ranked]
        if len({entry.id for entry in firsts}) < 2 or not all(article(e) in near for e in firsts):
            return whole
        top = whole.ranked[0].score
        others = (entry for entry in whole.ranked if entry.id not in {e.id for e in firsts})
        return replace(whole, ranked=(*(replace(e, score=top) for e in firsts), *others))

    def _article_of(self, entry: Ranked) -> int:
        return self._knowledge.convention[entry.id].article

    def _is_sure(self, found: Found) -> bool:
        """Whether a question, taken by itself, is nearly one that is known to have an answer."""
        hits = found.ranked[0].best.values() if found.ranked else ()
        return found.routing.group is None and any(hit.similarity >= SURE for hit in hits)

    def found(self, topic: str) -> Found:
        """What a search for these words finds."""
        topic = self._speller.repair(shortly_named(topic))
        vector = self._encoder.encode_query(topic)
        hits = self._retriever.nearest(vector)
        routing = route(topic, vector, hits, self._model, self._knowledge.topics)
        ranked = self._retriever.rank_hits(topic, hits, routing.articles, routing.provisions)
        return self._quoted(Found(topic, routing, tuple(ranked)))

    def _quoted(self, found: Found) -> Found:
        """What a search finds, with the provision first whose official words the question has."""
        quotations = self._knowledge.quotations
        quoted = quotations.provision_in(found.topic) if quotations else None
        if quoted is None or not found.ranked:
            return found
        top = found.ranked[0].score
        known = {entry.id: entry for entry in found.ranked}
        first = replace(known.pop(quoted, Ranked(quoted)), score=top)
        routing = replace(found.routing, group=None, topic=None)
        return replace(found, routing=routing, ranked=(first, *known.values()))


def _blended(ranked: Sequence[Ranked], others: Sequence[Ranked]) -> tuple[Ranked, ...]:
    """A ranking with the scores of another mixed in; what the other lacks gets its lowest."""
    scores = {entry.id: entry.score for entry in others}
    lowest = min(scores.values(), default=0.0)
    mixed = (
        replace(
            entry,
            score=(1 - ALONE) * entry.score + ALONE * scores.get(entry.id, lowest),
        )
        for entry in ranked
    )
    return tuple(sorted(mixed, key=lambda entry: -entry.score))


def or_away(step: Callable[[Inquiry], Inquiry]) -> Callable[[Inquiry], Inquiry]:
    """The step; while the index cannot be asked, what it gives says so, as unavailable."""

    def tried(inquiry: Inquiry) -> Inquiry:
        try:
            return step(inquiry)
        except IndexUnavailable:
            text = fixed_text("unavailable_index")
            return replace(inquiry, text=text, outcome=Outcome.UNAVAILABLE, correction="")

    return tried


class Presume:
    """Puts right what the question takes for granted, where a text or a provision denies it."""

    def __init__(self, knowledge: Knowledge, search: Search) -> None:
        self._knowledge = knowledge
        self._search = search
        self._totals = totals_of(knowledge.convention)
        self._whole = " ".join(p.text for p in knowledge.convention.provisions())

    def __call__(self, inquiry: Inquiry) -> Inquiry:
        if inquiry.text is not None or inquiry.correction or not inquiry.ranked:
            return inquiry
        claim = claim_of(inquiry.asked)
        if not self._knowledge.has_forty and _takes_for_law(inquiry.asked, claim):
            facts = self._knowledge.facts
            return inquiry.corrected(fixed_text("corrections/not_in_force", **facts))
        if denial := self._denial_of(inquiry):
            return replace(inquiry, outcome=Outcome.CORRECTED, text=denial)
        if claim:
            held = self._held_against(inquiry, self._search.found(claim))
            if held is not inquiry:
                return held
        put_right = (check(inquiry) for check in (self._levelled, self._counted, self._manned))
        return next((done for done in put_right if done is not inquiry), inquiry)

    def _levelled(self, inquiry: Inquiry) -> Inquiry:
        """The inquiry with a correction where it tells a duty for an option, or the reverse."""
        if inquiry.routing is None or inquiry.routing.group is not None:
            return inquiry
        for clause in rules_told(inquiry.asked):
            best = self._search.found(clause).ranked[0]
            level = false_level(clause, self._knowledge.annotations[best.id].level)
            if level and best.id == inquiry.ranked[0].id:
                return inquiry.corrected(fixed_text(level))
        return inquiry

    def _denial_of(self, inquiry: Inquiry) -> str:
        """What denies a thing that the question takes to exist; "" where no topic does."""
        routing = inquiry.routing
        if routing is None or routing.group is not Group.NOT_COVERED:
            return ""
        return _text_of(routing.topic) if presumes_existence(inquiry.asked) else ""

    def _held_against(self, inquiry: Inquiry, claim: Found) -> Inquiry:
        """The inquiry with what denies its claim: a topic's text, or the level of a provision."""
        group, topic = claim.routing.group, claim.routing.topic
        if self._knowledge.is_overtaken(topic):
            return inquiry
        if group in DENYING and (denial := _text_of(topic)):
            if self._asks_the_same(inquiry, topic):
                return inquiry
            return replace(inquiry, text=denial, outcome=Outcome.CORRECTED)
        best = claim.ranked[0]
        amounts = list(amounts_in(claim.topic))
        amount = self._contradicted(amounts, best.id, claim.topic)
        level = false_level(claim.topic, self._knowledge.annotations[best.id].level)
        if not amount and not level:
            return inquiry
        leading = replace(best, score=max(best.score, inquiry.ranked[0].score))
        others = (ranked for ranked in inquiry.ranked if ranked.id != best.id)
        inquiry = replace(inquiry, ranked=(leading, *others))
        return inquiry.corrected(amount or fixed_text(str(level)))

    def _asks_the_same(self, inquiry: Inquiry, topic: Topic | None) -> bool:
        """Whether the question as a whole is on the topic, without an amount to deny."""
        routing = inquiry.routing
        if routing is None or routing.topic != topic:
            return False
        return routing.group is Group.NOT_COVERED and not asserted_amounts(inquiry.asked)

    def _counted(self, inquiry: Inquiry) -> Inquiry:
        """The inquiry with a correction where it takes a wrong number for granted."""
        amounts = asserted_amounts(inquiry.asked)
        if not amounts:
            return inquiry
        correction = self._contradicted(amounts, inquiry.ranked[0].id, inquiry.asked)
        return inquiry.corrected(correction) if correction else inquiry

    def _manned(self, inquiry: Inquiry) -> Inquiry:
        """The inquiry with a correction where it gives a part to a body that has none in it."""
        if form_of(inquiry.asked) is not Form.OPEN:
            return inquiry
        body = invented_body(inquiry.asked, self._whole) or self._unnamed_near(inquiry)
        if not body:
            return inquiry
        return inquiry.corrected(fixed_text("corrections/other_body", body=body))

    def _unnamed_near(self, inquiry: Inquiry) -> str:
        """A body that the question names and none of the provisions near it does."""
        if inquiry.routing is None or inquiry.routing.group is not None:
            return ""
        limit = inquiry.ranked[0].score - NEAR_BY
        near = [entry.id for entry in inquiry.ranked[:4] if entry.score >= limit]
        return unnamed_body(inquiry.asked, " ".join(map(self._paragraph, near)))

    def _paragraph(self, provision_id: str) -> str:
        """What the whole paragraph of a provision says."""
        convention = self._knowledge.convention
        provision = convention[provision_id]
        while provision.items and provision.parent_id:
            provision = convention[provision.parent_id]
        return convention.reading(provision)

    def _contradicted(self, amounts: Sequence[Amount], provision_id: str, claim: str) -> str:
        convention = self._knowledge.convention
        reading = convention.reading(convention[provision_id])
        amount = next(contradicted(amounts, reading, claim, self._totals), None)
        return fixed_text("corrections/other_amount", words=amount.words) if amount else ""


def _takes_for_law(asked: str, claim: str | None) -> bool:
    """Whether a question takes the Convention to be in force already."""
    told = [claim] if claim else clauses_told(asked)
    return asks_since_when(asked) or any(claims_in_force(clause) for clause in told)


def _text_of(topic: Topic | None) -> str:
    return fixed_text(topic.text) if topic and has_text(topic.text) else ""


DENYING = {Group.PREMISE, Group.NOT_COVERED}
"""Groups whose texts say what the Convention does not do."""
