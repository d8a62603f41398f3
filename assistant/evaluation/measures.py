"""What an answer got right, and the rows of figures over many answers. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import mean

import numpy as np
from scipy.stats import binomtest

from assistant.answer import Answer, Citation, Outcome
from assistant.evaluation.questions import Labelled
from assistant.knowledge import Knowledge
from assistant.lexical import tokens_of
from assistant.verify import LEADS, Statement, numbers_in, statements_in
from index.convention import is_kin
from index.passages import sentences_of
from prompts import fixed_text

__all__ = ["Row", "Scored", "rows_of", "score", "share"]

HELD = 0.6
"""Share of the stems of a fact (of a statement) that the answer (its provisions) has to hold,
beside each of its numbers."""

REFUSED = frozenset({Outcome.OFF_TOPIC, Outcome.NOT_COVERED, Outcome.CLARIFY, Outcome.UNAVAILABLE})
RESAMPLES = 2_000


@dataclass(frozen=True, slots=True)
class Scored:
    """A labelled question with its answer and what of it was right.

    ``first`` and ``cited`` say whether the first, or any, cited article is a right one;
    ``to_the_point`` has a value for each citation, ``facts`` one for each fact, ``support`` one for
    each labelled statement of the answer.
    """

    labelled: Labelled
    answer: Answer
    cited: bool
    first: bool
    to_the_point: tuple[bool, ...]
    facts: tuple[bool, ...]
    support: tuple[bool, ...]

    @property
    def ended_right(self) -> bool:
        """Whether the outcome is the one wanted."""
        return self.answer.outcome is self.labelled.outcome

    @property
    def refused(self) -> bool:
        """Whether no answer was given."""
        return self.answer.outcome in REFUSED


def score(labelled: Labelled, answer: Answer, knowledge: Knowledge) -> Scored:
    """What ``answer`` got right of ``labelled``."""
    articles = [citation.article for citation in answer.citations]
    wanted = {*labelled.provisions, *labelled.also}
    return Scored(
        labelled=labelled,
        answer=answer,
        cited=bool(set(articles) & set(labelled.articles)),
        first=bool(articles) and articles[0] in labelled.articles,
        to_the_point=tuple(any(is_kin(c.id, w) for w in wanted) for c in answer.citations),
        facts=tuple(_holds(answer.text, fact) for fact in labelled.facts),
        support=tuple(_has_support(s, knowledge) for s in statements_in(answer.text)),
    )


def _holds(text: str, wanted: str) -> bool:
    stems = _meant(wanted)
    if not numbers_in(wanted) <= numbers_in(text):
        return False
    return not stems or len(stems & _meant(text)) >= HELD * len(stems)


_SAME = {
    stem: words.split()[0]
    for words in (
        "crime crimin offenc punish illeg outlaw",
        "must oblig mandatori duti requir bind",
        "may option allow permit free possibl",
        "no not never noth without cannot neither nobodi",
        "un nation",
        "child minor",
        "countri state parti",
        "law legisl",
    )
    for stem in words.split()
}
"""Stems that say the same in facts and in the digest, each with the one that stands for them."""


def _meant(text: str) -> set[str]:
    return {_SAME.get(stem, stem) for stem in tokens_of(text)}


def _has_support(statement: Statement, knowledge: Knowledge) -> bool:
    """Whether the provisions behind a statement's labels hold it; its last sentence has them."""
    provisions = knowledge.labels.cited(" ".join(f"[{label}]" for label in statement.labels))
    cited = [knowledge.cite(provision) for provision in provisions]
    told = " ".join(f"{c.title} {c.label} {c.explanation or c.quote}" for c in cited)
    *_, last = sentences_of(statement.text) or ("",)
    return _holds(f"{told} {_all_labels(cited)}", last)


def _all_labels(cited: Sequence[Citation]) -> str:
    return " ".join(f"article {c.article}, chapter {c.chapter}" for c in cited)


@dataclass(frozen=True, slots=True)
class Row:
    """A figure: a share with its 95 % interval, over ``count`` cases; NaN where there are none."""

    name: str
    share: float
    low: float
    high: float
    count: int
    goal: float | None = None


def share(name: str, hits: Sequence[bool], goal: float | None = None) -> Row:
    """A share of independent cases, with Wilson's interval (NaN, count 0, where there are none)."""
    if not hits:
        return Row(name, float("nan"), float("nan"), float("nan"), 0, goal)
    interval = binomtest(sum(hits), len(hits)).proportion_ci(method="wilson")
    return Row(name, mean(hits), interval.low, interval.high, len(hits), goal)


def _pooled(name: str, cases: Sequence[Sequence[bool]], goal: float | None = None) -> Row:
    """A share over cases in clusters (the citations of one answer).

    Its interval is by resampling the clusters.
    """
    clusters = [(sum(case), len(case)) for case in cases if case]
    if not clusters:
        return share(name, [], goal)
    hits, sizes = np.array(clusters).T
    drawn = np.random.default_rng(0).integers(len(hits), size=(RESAMPLES, len(hits)))
    low, high = np.quantile(hits[drawn].sum(1) / sizes[drawn].sum(1), [0.025, 0.975])
    return Row(name, hits.sum() / sizes.sum(), float(low), float(high), int(sizes.sum()), goal)


def rows_of(scored: Sequence[Scored]) -> list[Row]:
    """The rows of the quality to reach that answers alone can show (see the design, section 5)."""
    answerable = [s for s in scored if s.labelled.is_answerable]
    answered = [s for s in answerable if not s.refused]

    def ended(*outcomes: Outcome) -> list[Scored]:
        return [s for s in scored if s.labelled.outcome in outcomes]

    led = [s for s in scored if s.labelled.lead]
    unanswerable = ended(Outcome.OFF_TOPIC, Outcome.NOT_COVERED)
    return [
        share("right article cited", [s.cited for s in answerable], 0.97),
        share("first citation right", [s.first for s in answerable], 0.92),
        _pooled("cited provisions to the point", [s.to_the_point for s in answered], 0.85),
        _pooled("facts held by the answer", [s.facts for s in answerable], 0.97),
        share("off-topic and not covered refused", [s.refused for s in unanswerable], 0.95),
        share("  off-topic seen as such", _right(ended(Outcome.OFF_TOPIC))),
        share("  not covered seen as such", _right(ended(Outcome.NOT_COVERED))),
        share("answerable not refused", [not s.refused for s in answerable], 0.98),
        share("false premises corrected", _right(ended(Outcome.CORRECTED)), 0.90),
        share("too vague seen as such", _right(ended(Outcome.CLARIFY))),
        share("no wrong word to begin with", [_lead_right(s) is not False for s in led]),
        share("  the right word to begin with", [_lead_right(s) is True for s in led]),
        _pooled("sentences with support", [s.support for s in scored], 1.0),
        _pooled("other words, same article", _agreements(answerable), 0.95),
    ]  # fmt: skip


_AGREEING = {
    "yes": {"yes", "mandatory"},
    "mandatory": {"yes", "mandatory"},
    "no": {"no", "optional"},
    "optional": {"no", "optional"},
    "consider": {"no", "consider"},
}
"""Which fixed words an answer may begin with, by the word that is right."""


def _lead_right(scored: Scored) -> bool | None:
    """Whether the answer begins with the right word; None where it begins with no such word."""
    text = scored.answer.text
    given = next((lead for lead in LEADS if text.startswith(fixed_text(f"leads/{lead}"))), None)
    return None if given is None else given in _AGREEING[scored.labelled.lead]


def _right(scored: Iterable[Scored]) -> list[bool]:
    return [s.ended_right for s in scored]


def _agreements(scored: Iterable[Scored]) -> list[list[bool]]:
    """For each paraphrase group: which ways lead to the article that most of them lead to."""
    groups: dict[str, list[int | None]] = {}
    for s in scored:
        if s.labelled.group:
            first = s.answer.citations[0].article if s.answer.citations else None
            groups.setdefault(s.labelled.group, []).append(first)
    return [[article == _commonest(articles) for article in articles]
            for articles in groups.values()]  # fmt: skip


def _commonest(articles: Iterable[int | None]) -> int | None:
    counted = Counter(article for article in articles if article is not None)
    return counted.most_common(1)[0][0] if counted else -1
