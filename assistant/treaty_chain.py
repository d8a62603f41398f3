"""The retrieval chain over another treaty: a question in, an ``Answer`` out, one step a class.

    Hear ──▶ Recall ──▶ Point ──▶ Seek ──▶ Tell ──▶ Verify ──▶ Finish

Of such a treaty only the words are known, so nothing is routed to a topic and no answer begins with
a word of its own: it is the treaty's sentences, or one that says that there are none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import reduce

from langchain_core.runnables import Runnable, RunnableLambda

from assistant.answer import Answer, Outcome
from assistant.extract import Choice, choose, compose, tell_whole
from assistant.inquiry import Inquiry
from assistant.interpreting import told_in
from assistant.other_treaty import OtherTreaty
from assistant.question import clean, refusal_of
from assistant.reach import Reach
from assistant.references import Reference, find_references, names_other_text
from assistant.retriever import ProvisionRetriever, Ranked
from assistant.spelling import Speller
from assistant.tongue import Tongue, tongue_of
from assistant.treaty_structure import (
    answer_on_chapters,
    describe_article,
    example_of,
    no_such_article,
    other_article,
    what_says,
)
from assistant.treaty_words import with_treaty_words
from assistant.understanding import Recall, without_references
from assistant.writing import Finish, Verify
from index.convention import PREAMBLE, Provision, is_kin
from prompts import fixed_text, has_text

__all__ = ["build_treaty_chain"]

MARGIN_OTHER = 0.03
"""How far below the best a provision of another article may lie and still be cited. Measured on the
tuning half: with the margin of the Convention, 0.12, three citations in five were to the point."""

MARGIN_RULE = 0.08
"""How far below the best the first paragraph of its article may lie and still be told with it."""

MOST_TOLD = 4
"""How many of the provisions that a question names are told."""

OTHERS = 2
"""Articles beside the cited one whose words are suggested to be asked for."""


def build_treaty_chain(
    treaty: OtherTreaty, retriever: ProvisionRetriever
) -> Runnable[Inquiry, Answer]:
    """The whole way of a question on another treaty, as a runnable."""
    finish = Finish(treaty)
    steps: tuple[Callable[[Inquiry], Inquiry], ...] = (
        Hear(treaty),
        Recall(treaty, lambda inquiry: chain.invoke(inquiry)),
        Point(treaty),
        Seek(treaty, retriever),
        Tell(treaty),
        Verify(treaty),
        Suggest(treaty),
    )

    def answer(inquiry: Inquiry) -> Answer:
        return finish(reduce(lambda done, step: step(done), steps, inquiry))

    chain: Runnable[Inquiry, Answer] = RunnableLambda(answer, name="answer")
    return chain


class Hear:
    """Cleans the question, refuses what cannot be read, and calls the treaty "this treaty"."""

    def __init__(self, treaty: OtherTreaty) -> None:
        self._treaty = treaty
        names = {treaty.name, treaty.convention.title}
        listed = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        self._names = re.compile(rf"\b(?:the )?(?:{listed})(?!\w)", re.IGNORECASE)

    def __call__(self, inquiry: Inquiry) -> Inquiry:
        """The inquiry with the question as the next steps want it, or refused."""
        asked = clean(inquiry.question)
        if refusal := refusal_of(asked):
            name = refusal.text
            values = _values(self._treaty) | refusal.values
            name = f"treaty/{name}" if has_text(f"treaty/{name}") else f"refusals/{name}"
            return replace(
                inquiry, asked=asked, text=fixed_text(name, **values), outcome=Outcome.CLARIFY
            )
        if (tongue := tongue_of(asked)) is not Tongue.ENGLISH:
            text = told_in(tongue, "english_only")
            return replace(inquiry, tongue=tongue, asked=asked, text=text, outcome=Outcome.CLARIFY)
        asked = self._names.sub("this treaty", asked)
        return replace(inquiry, asked=asked, topic=asked)


def _values(treaty: OtherTreaty) -> dict[str, object]:
    return {"treaty": treaty.name, "example": example_of(treaty)}


class Point:
    """Answers from the structure where the question names provisions; puts wrong numbers right."""

    def __init__(self, treaty: OtherTreaty) -> None:
        self._treaty = treaty

    def __call__(self, inquiry: Inquiry) -> Inquiry:
        """The inquiry with what it names, answered where it asks for nothing else."""
        if inquiry.text is not None:
            return inquiry
        if names_other_text(inquiry.asked):
            text = fixed_text("treaty/other_text", **_values(self._treaty))
            return replace(inquiry, text=text, outcome=Outcome.NOT_COVERED)
        references = find_references(inquiry.asked)
        if references:
            return self._named(inquiry, references)
        if on_chapters := answer_on_chapters(inquiry.asked, self._treaty):
            text, is_wrong = on_chapters
            outcome = Outcome.CORRECTED if is_wrong else Outcome.ANSWERED
            return replace(inquiry, text=text, outcome=outcome)
        return inquiry

    def _named(self, inquiry: Inquiry, references: Sequence[Reference]) -> Inquiry:
        convention = self._treaty.convention
        topic = without_references(inquiry.asked)
        missing = next((r for r in references if r.head not in convention), None)
        if missing is not None:
            correction = no_such_article(missing.article, self._treaty)
            return replace(inquiry.corrected(correction), topic=topic, text=None if topic else "")
        known = tuple(r.id if r.id in convention else r.head for r in references)
        inquiry = replace(inquiry, named=known, topic=topic)
        without_part = next((r for r in references if r.id not in convention), None)
        if without_part is not None:
            number = convention[without_part.head].label.removeprefix("article ")
            inquiry = inquiry.corrected(fixed_text("corrections/no_such_part", number=number))
        elif right := other_article(topic, references[0], self._treaty):
            return self._of_other(inquiry, references[0], right.provisions[0])
        return inquiry if topic else replace(inquiry, text=self._told(known))

    def _of_other(self, inquiry: Inquiry, named: Reference, right: Provision) -> Inquiry:
        """The inquiry where its subject is the title of another article than it names."""
        convention = self._treaty.convention
        meant = convention[named.head]
        correction = fixed_text(
            "treaty/other_article",
            named=meant.label,
            named_short=meant.short_label,
            named_title=convention.title_of(meant),
            right=right.label,
            right_short=right.short_label,
            right_title=convention.title_of(right),
        )
        told = describe_article(convention.article_of(right), self._treaty)
        return replace(inquiry.corrected(correction), text=f"\n\n{told}")

    def _told(self, named: Sequence[str]) -> str:
        convention = self._treaty.convention
        told = []
        for provision in (convention[provision_id] for provision_id in named[:MOST_TOLD]):
            if provision.parent_id is None:
                told.append(describe_article(convention.article_of(provision), self._treaty))
            else:
                told.append(tell_whole(provision, self._treaty))
        return "\n\n".join(told)


_ON_AIMS = re.compile(r"\b(?:preamble|recitals?|aims?|purposes?|goals?|why)\b", re.IGNORECASE)


class Seek:
    """Mends typos, ranks the provisions, and refuses what the treaty's words do not reach."""

    def __init__(self, treaty: OtherTreaty, retriever: ProvisionRetriever) -> None:
        self._treaty = treaty
        self._retriever = retriever
        self._speller = Speller(passage.text for passage in treaty.passages)
        self._reach = Reach([d.page_content for d in retriever.documents.values()])

    def __call__(self, inquiry: Inquiry) -> Inquiry:
        """The inquiry with the ranked provisions, or refused."""
        if inquiry.text is not None:
            return inquiry
        topic = with_treaty_words(self._speller.repair(inquiry.topic))
        vector = self._retriever.encoder.encode_query(topic)
        ranked = self._ruling(topic, self._weighed(topic, self._retriever.rank(topic, vector)))
        if inquiry.named:
            heads = {provision_id.partition("/")[0] for provision_id in inquiry.named}
            within = tuple(entry for entry in ranked if entry.id.partition("/")[0] in heads)
            return replace(inquiry, topic=topic, ranked=within or ranked)
        if self._reach.reaches(topic, ranked):
            return replace(inquiry, topic=topic, ranked=ranked)
        if inquiry.correction:
            return replace(inquiry, text="")
        text = fixed_text("treaty/off_topic", **_values(self._treaty))
        return replace(inquiry, text=text, outcome=Outcome.OFF_TOPIC)

    def _weighed(self, topic: str, ranked: Sequence[Ranked]) -> list[Ranked]:
        """The ranking in which words count by the share of the question's that the treaty has.

        In "is hacking a crime" it may have but one, and which provision has it says nothing then.
        """
        share = self._retriever.weights.lexical * self._reach.known(topic)
        weighed = (
            replace(entry, score=(1 - share) * entry.dense + share * entry.lexical)
            for entry in ranked
        )
        return sorted(weighed, key=lambda entry: -entry.score)

    def _ruling(self, topic: str, ranked: Sequence[Ranked]) -> tuple[Ranked, ...]:
        """The ranking without recitals, which state no rule, unless the question is after aims."""
        convention, on_aims = self._treaty.convention, _ON_AIMS.search(topic)
        return tuple(e for e in ranked if on_aims or convention[e.id].article != PREAMBLE)


class Tell:
    """Writes the answer from the best provisions, in the treaty's own sentences."""

    def __init__(self, treaty: OtherTreaty) -> None:
        self._treaty = treaty

    def __call__(self, inquiry: Inquiry) -> Inquiry:
        """The inquiry with its text."""
        if inquiry.text is not None or not inquiry.ranked:
            return inquiry
        choice = choose(inquiry.topic, inquiry.ranked, self._treaty, MARGIN_OTHER)
        choice = self._with_rule(choice, inquiry.ranked)
        text = compose(inquiry.topic, choice, inquiry.ranked, self._treaty)
        return replace(inquiry, text=text, composed=True)

    def _with_rule(self, choice: Choice, ranked: Sequence[Ranked]) -> Choice:
        """The choice with the first paragraph of its article before a later one that it comes near.

        The first states the rule, and the later ones what is excepted from it or goes with it.
        """
        leading = choice.leading
        rule_id = f"{leading.id.partition('/')[0]}/para-1"
        if rule_id not in self._treaty.convention or is_kin(rule_id, leading.id):
            return choice
        near = max((e.score for e in ranked if is_kin(e.id, rule_id)), default=0.0)
        if ranked[0].score - near > MARGIN_RULE:
            return choice
        others = (p for p in choice.further if p.article != leading.article)
        return Choice(self._treaty.convention[rule_id], (leading, *others))


class Suggest:
    """Suggests to read the articles that were cited, and those that follow."""

    def __init__(self, treaty: OtherTreaty) -> None:
        self._treaty = treaty

    def __call__(self, inquiry: Inquiry) -> Inquiry:
        """The inquiry with up to three questions."""
        convention = self._treaty.convention
        heads = [article.provisions[0] for article in convention.articles]
        cited = self._treaty.labels.cited(inquiry.text or "")
        first = next((p.id.partition("/")[0] for p in cited if p.article), heads[0].id)
        start = next(place for place, head in enumerate(heads) if head.id == first)
        around = heads[start : start + OTHERS + 1]
        asked = inquiry.asked.casefold()
        found = [question for head in around if (question := what_says(head)).casefold() != asked]
        return replace(inquiry, suggestions=tuple(found))
