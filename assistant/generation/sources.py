"""The provisions that a language model is given, as numbered sources. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from langchain_core.messages import HumanMessage
from langchain_core.messages.utils import count_tokens_approximately

from assistant.extract import DEFINITIONS, Choice
from assistant.knowledge import Knowledge
from assistant.retriever import Ranked
from index.convention import Provision, is_kin
from index.passages import sentences_of

__all__ = ["Source", "choose_sources", "tokens_in"]

MOST = 8
"""How many sources a model gets: more make small models cite at random."""

MARGIN = 0.2
"""How far below the best score a provision may lie and still be a source; ``FIRST`` always are."""

FIRST = 3

MOST_TERMS = 2
"""How many definitions of terms that the leading provision uses are joined."""


@dataclass(frozen=True, slots=True)
class Source:
    """A provision as a model is given it: the number to cite it by, and what it says."""

    number: int
    id: str
    label: str
    level: str
    text: str


def tokens_in(text: str) -> int:
    """About how many tokens a model reads in a text; counted without any model's own table."""
    return count_tokens_approximately([HumanMessage(text)])


def choose_sources(
    choice: Choice, ranked: Sequence[Ranked], knowledge: Knowledge, budget: int
) -> tuple[Source, ...]:
    """The sources for an answer, best first: at least one, and of about ``budget`` tokens.

    First what the extractive answer is drawn from, then the best of the others, then the
    definitions of terms that the leading provision uses.
    """
    sources: list[Source] = []
    for provision in _candidates(choice, ranked, knowledge):
        if any(is_kin(provision.id, source.id) for source in sources):
            continue
        text = knowledge.convention.reading(provision)
        cost = tokens_in(text)
        if cost > budget and sources:
            continue
        sources.append(_source(len(sources) + 1, provision, _within(text, budget), knowledge))
        budget -= cost
    return tuple(sources)


def _candidates(
    choice: Choice, ranked: Sequence[Ranked], knowledge: Knowledge
) -> Iterator[Provision]:
    convention = knowledge.convention
    yield choice.leading
    yield from choice.further
    limit = ranked[0].score - MARGIN
    for place, entry in enumerate(ranked[: MOST - len(choice.further)]):
        provision = convention[entry.id]
        if (place < FIRST or entry.score >= limit) and convention.reading(provision):
            yield provision
    yield from _definitions(knowledge.annotations[choice.leading.id].terms, knowledge)


def _definitions(terms: Iterable[str], knowledge: Knowledge) -> list[Provision]:
    """The definitions of these terms, in the order of article 2."""
    if not knowledge.convention.has_article(DEFINITIONS):
        return []
    named = [f'"{term.lower()}"' for term in terms]
    items = [p for p in knowledge.convention.article(DEFINITIONS).provisions if p.items]
    found = [p for p in items if any(p.text.lower().startswith(term) for term in named)]
    return found[:MOST_TERMS]


def _source(number: int, provision: Provision, text: str, knowledge: Knowledge) -> Source:
    level = knowledge.annotations[provision.id].level.value
    return Source(number, provision.id, provision.short_label, level, text)


def _within(text: str, budget: int) -> str:
    """As many whole sentences of a text as the budget holds; the first one in any case."""
    first, *others = sentences_of(text) or ("",)
    for sentence in others:
        if tokens_in(f"{first} {sentence}") > budget:
            break
        first = f"{first} {sentence}"
    return first
