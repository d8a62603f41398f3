"""Which provisions a language model is given, and how they are numbered."""

from __future__ import annotations

import pytest

from assistant.extract import choose
from assistant.generation.sources import FIRST, MOST, MOST_TERMS, choose_sources, tokens_in
from assistant.retriever import Ranked
from index.convention import is_kin

QUESTION = "How long must a company keep data after a preservation order?"


def ranked(*scores: tuple[str, float]) -> list[Ranked]:
    return [Ranked(provision_id, score=score) for provision_id, score in scores]


FOUND = ranked(
    ("art-25/para-2", 0.9), ("art-26", 0.85), ("art-25/para-3", 0.8), ("art-27", 0.4),
    ("art-60/para-1", 0.3),
)  # fmt: skip


def sources_of(knowledge, found=FOUND, budget=2000):
    return choose_sources(choose(QUESTION, found, knowledge), found, knowledge, budget)


def test_sources_are_numbered_from_1_and_the_extractive_choice_comes_first(knowledge):
    sources = sources_of(knowledge)
    choice = choose(QUESTION, FOUND, knowledge)
    assert [s.number for s in sources] == list(range(1, len(sources) + 1))
    expected = [p.id for p in (choice.leading, *choice.further)]
    assert [s.id for s in sources][: len(expected)] == expected


def test_a_source_has_the_label_the_level_and_the_reading_of_its_provision(knowledge):
    source = sources_of(knowledge)[0]
    provision = knowledge.convention["art-25/para-2"]
    assert (source.id, source.label) == (provision.id, provision.short_label)
    assert source.level == knowledge.annotations[provision.id].level.value
    assert source.text == knowledge.convention.reading(provision)


def test_what_lies_far_below_the_best_is_no_source_beyond_the_first_few(knowledge):
    ids = [source.id for source in sources_of(knowledge)]
    assert "art-60/para-1" not in ids and "art-25/para-3" in ids
    assert len([i for i in ids if not i.startswith("art-2/")]) >= FIRST


def test_definitions_of_the_terms_that_the_leading_provision_uses_come_last(knowledge):
    definitions = [s.id for s in sources_of(knowledge) if s.id.startswith("art-2/")]
    assert definitions == ["art-2/b"] and sources_of(knowledge)[-1].id == "art-2/b"


def test_no_provision_is_given_twice_whole_and_in_part(knowledge):
    found = ranked(("art-25/para-2", 0.9), ("art-25", 0.89), ("art-14/para-1", 0.88),
                   ("art-14/para-1/b", 0.87))  # fmt: skip
    ids = [source.id for source in sources_of(knowledge, found)]
    assert not any(is_kin(a, b) for a in ids for b in ids if a != b)


def test_there_are_never_more_than_a_model_can_keep_apart(knowledge):
    many = ranked(*((p.id, 1.0) for p in knowledge.convention.provisions() if p.text))
    assert len(sources_of(knowledge, many, 100_000)) <= MOST + MOST_TERMS


@pytest.mark.parametrize("budget", [200, 500, 1000])
def test_the_sources_stay_within_the_budget(knowledge, budget):
    sources = sources_of(knowledge, budget=budget)
    assert sum(tokens_in(source.text) for source in sources) <= budget


def test_a_leading_provision_that_is_too_long_is_cut_at_a_sentence(knowledge):
    (source,) = sources_of(knowledge, FOUND[:1], budget=10)
    reading = knowledge.convention.reading(knowledge.convention["art-25/para-2"])
    assert reading.startswith(source.text) and source.text.endswith(".") and source.text != reading
