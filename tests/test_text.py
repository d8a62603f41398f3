"""The shipped text and data: whole, numbered without a gap, and consistent with each other."""

import re

import pytest

from assistant.knowledge import Knowledge
from assistant.references import find_references
from index.annotations import Level, check_annotations

NUMBERS = [
    ("art-2/h", "four years"),
    ("art-14/para-2", "18"),
    ("art-16/para-2", "18"),
    ("art-25/para-2", "90 days"),
    ("art-40/para-29", "15"),
    ("art-42/para-8", "60 days"),
    ("art-57/para-2", "one year"),
    ("art-62/para-1", "60"),
    ("art-63/para-2", "six months"),
    ("art-64/para-1", "31 December 2026"),
    ("art-65/para-1", "ninetieth"),
    ("art-65/para-1", "fortieth"),
    ("art-65/para-2", "thirtieth"),
    ("art-66/para-1", "five years"),
    ("art-67/para-1", "one year"),
]
LEVELS = [
    ("art-5/para-1", Level.MANDATORY),
    ("art-6/para-2", Level.SAFEGUARD),
    ("art-7/para-1", Level.MANDATORY),
    ("art-7/para-2", Level.OPTIONAL_ELEMENT),
    ("art-10", Level.MANDATORY),
    ("art-11/para-3", Level.RESERVATION),
    ("art-14/para-2", Level.DEFINITION),
    ("art-19/para-1", Level.MANDATORY),
    ("art-19/para-2", Level.OPTIONAL),
    ("art-21/para-3", Level.CONSIDER),
    ("art-22/para-2/a", Level.OPTIONAL),
    ("art-28/para-3/d", Level.MANDATORY),
    ("art-40/para-23", Level.PROHIBITION),
    ("art-57/para-2", Level.INSTITUTIONAL),
    ("art-63/para-3", Level.RESERVATION),
]


def test_the_convention_has_nine_chapters_and_68_articles_without_a_gap(knowledge: Knowledge):
    convention = knowledge.convention
    assert [chapter.number for chapter in convention.chapters] == list(range(1, 10))
    assert [article.number for article in convention.articles] == list(range(1, 69))


def test_the_chapters_hold_the_articles_that_they_should(knowledge: Knowledge):
    firsts = [chapter.articles[0].number for chapter in knowledge.convention.chapters]
    assert firsts == [1, 7, 22, 23, 35, 53, 54, 57, 59]


def test_the_preamble_has_fifteen_paragraphs(knowledge: Knowledge):
    assert [p.paragraph for p in knowledge.convention.preamble[1:]] == list(range(1, 16))


def test_article_2_defines_fifteen_terms(knowledge: Knowledge):
    items = knowledge.convention.children(knowledge.convention["art-2"])
    assert [item.items[0] for item in items] == list("abcdefghijklmno")


def test_every_id_is_unique(knowledge: Knowledge):
    ids = [p.id for p in knowledge.convention.provisions()]
    assert len(ids) == len(set(ids))


def test_every_provision_is_annotated_and_every_cross_reference_resolves(knowledge: Knowledge):
    assert check_annotations(knowledge.annotations, knowledge.convention) == []


def test_every_reference_that_the_text_makes_resolves(knowledge: Knowledge):
    for provision in knowledge.convention.provisions():
        for reference in find_references(provision.text):
            assert reference.id in knowledge.convention, (provision.id, reference.id)


def test_every_provision_with_words_has_heading_actor_words_and_questions(knowledge: Knowledge):
    for provision in knowledge.convention.provisions():
        if not provision.text:
            continue
        annotation = knowledge.annotations[provision.id]
        assert annotation.heading and annotation.actor and annotation.words, provision.id
        needed = 1 if provision.items else 3
        assert len(annotation.questions) >= needed, provision.id


def test_no_question_points_to_two_provisions(knowledge: Knowledge):
    asked = [q.text.lower() for a in knowledge.annotations.by_id.values() for q in a.questions]
    assert len(asked) == len(set(asked))


@pytest.mark.parametrize(("provision_id", "words"), NUMBERS)
def test_the_numbers_stand_where_they_should(knowledge: Knowledge, provision_id, words):
    assert words in knowledge.convention.reading(knowledge.convention[provision_id])


@pytest.mark.parametrize(("provision_id", "level"), LEVELS)
def test_the_levels_hold_in_the_known_traps(knowledge: Knowledge, provision_id, level):
    assert knowledge.annotations[provision_id].level is level


def test_may_be_necessary_is_never_taken_for_an_option(knowledge: Knowledge):
    for provision in knowledge.convention.provisions():
        first = provision.text.split(". ")[0]
        if re.match(r"Each State Party must (adopt|make|take)\b", first):
            assert knowledge.annotations[provision.id].level is not Level.OPTIONAL, provision.id
