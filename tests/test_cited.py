"""The chips of an answer, and the list under it."""

from __future__ import annotations

import pytest

from assistant.web.cited import MOST_CITED, chip, cited_list
from assistant.web.interface import Interface, interfaces
from assistant.web.names import Names
from index.annotations import Level
from tests.answers import citation

ENGLISH = interfaces()["en"]


def test_a_chip_leads_to_its_provision_and_says_its_level_in_words():
    told = chip(citation(), ENGLISH)
    assert 'href="/convention/article-14#para-1-b"' in told and 'class="chip must"' in told
    assert "art. 14(1)(b)" in told and "(mandatory)" in told


def test_a_chip_leads_to_the_page_in_the_language_of_the_chat():
    french = Interface("fr", ENGLISH.texts, root="/proxy")
    assert 'href="/proxy/fr/convention/article-14#para-1-b"' in chip(citation(), french)


@pytest.mark.parametrize("level", list(Level))
def test_every_level_has_a_name_and_one_of_four_marks(level):
    assert Names(ENGLISH).level(level)
    marks = ("must", "consider", "may", "else")
    assert any(f'class="chip {mark}"' in chip(citation(level=level), ENGLISH) for mark in marks)


def test_what_is_no_duty_at_all_is_given_no_name_of_a_level():
    told = cited_list([citation(level=Level.OTHER)], ENGLISH)
    assert "Other" not in told and "badge" not in told


def test_a_line_has_label_level_title_and_the_two_ways_to_cite_it():
    told = cited_list([citation()], ENGLISH)
    for words in ("A title", "mandatory", "In context", "para. 1 (b) (General", ">art. 14(1)(b)<"):
        assert words in told


def test_more_than_six_citations_are_counted():
    many = [citation(paragraph=number) for number in range(1, 10)]
    told = cited_list(many, ENGLISH)
    assert told.count('class="what"') == MOST_CITED == 6
    assert "3 more are cited in the text" in told


def test_marks_in_a_title_are_shown_as_they_are():
    told = cited_list([citation(title='<b onclick="x">')], ENGLISH)
    assert "<b " not in told and "&lt;b onclick=&quot;x&quot;&gt;" in told
