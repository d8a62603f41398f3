"""The last steps: a topic's own text or sentences of the provisions, verified, as an answer."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace

from assistant import structure
from assistant.answer import Answer, Mode, Outcome
from assistant.extract import choose, compose, suggest
from assistant.inquiry import Inquiry
from assistant.knowledge import Knowledge
from assistant.retriever import Ranked
from assistant.route import Routing
from assistant.topics import Group
from assistant.verify import unsupported
from index.convention import is_kin
from prompts import fixed_text, has_text

__all__ = ["Compose", "Finish", "Route", "Verify"]

MOST_SUGGESTED = 3

NO_CITATIONS = {Outcome.OFF_TOPIC, Outcome.CLARIFY, Outcome.UNAVAILABLE}


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
        if self._knowledge.is_overtaken(topic):
            return replace(
                inquiry, text=fixed_text("standing/after_forty", **self._knowledge.facts)
            )
        if has_text(topic.text):
            values = self._knowledge.facts if group is Group.STATUS else {}
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
        correction = inquiry.correction or misnumbered or self._other_part(inquiry.named, within)
        choice = choose(inquiry.topic, ranked, knowledge)
        return replace(
            inquiry,
            correction=correction,
            ranked=tuple(ranked),
            text=compose(inquiry.topic, choice, ranked, knowledge),
            composed=True,
            choice=choice,
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

    def _other_part(self, named: Sequence[str], within: Sequence[Ranked]) -> str:
        """A correction, where the question names one paragraph and another one answers it.

        ``within`` is the ranking of the article's own provisions.
        """
        if len(named) != 1 or "/" not in named[0] or not within:
            return ""
        convention = self._knowledge.convention
        meant, best = convention[named[0]], convention[within[0].id]
        own = max((r.score for r in within if is_kin(r.id, named[0])), default=0.0)
        if is_kin(best.id, named[0]) or within[0].score - own < OTHER_PART:
            return ""
        return fixed_text(
            "corrections/other_part",
            label=meant.label,
            short=meant.short_label,
            right=best.label,
        )


OTHER_PART = 0.08
"""How far the paragraph that a question names may lie below the article's best."""

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
        text = inquiry.opened(f"{inquiry.correction} {inquiry.text or ''}".strip())
        language = inquiry.language or inquiry.tongue
        cited = () if inquiry.outcome in NO_CITATIONS else self._knowledge.labels.cited(text)
        return Answer(
            question=inquiry.question,
            outcome=inquiry.outcome,
            text=text,
            citations=tuple(self._knowledge.cite(p, language) for p in cited),
            suggestions=_suggested(inquiry),
            mode=Mode.MODEL if inquiry.model else Mode.EXTRACTIVE,
            model=inquiry.model,
            convention=self._knowledge.stamp(language),
            notice=inquiry.notice,
        )


def _suggested(inquiry: Inquiry) -> tuple[str, ...]:
    """First what a question in another language may have meant, then what follows from it."""
    return (*inquiry.instead, *(inquiry.suggestions or _starters()))[:MOST_SUGGESTED]


def _starters() -> tuple[str, ...]:
    return tuple(fixed_text("examples").splitlines()[:MOST_SUGGESTED])
