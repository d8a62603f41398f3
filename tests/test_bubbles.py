"""What stands in the bubbles of the chat."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Draft, Outcome
from assistant.web.bubbles import (
    answer_bubble,
    as_asked,
    as_copied,
    choices_in,
    draft_bubble,
    note_bubble,
    question_bubble,
    with_links,
)
from assistant.web.interface import Interface, interfaces
from tests.answers import answer, citation

ENGLISH = interfaces()["en"]
CLARIFY = "Do you mean:\n\n- How long must data be kept?\n- Who may see them?"


def test_a_label_becomes_a_link_to_its_provision():
    told = with_links(answer("Yes [art. 14(1)(b)].", citation()))
    assert told == "Yes [art. 14(1)(b)](/convention/article-14#para-1-b)."


def test_every_mention_of_a_label_becomes_a_link():
    told = with_links(answer("A [art. 14(1)(b)]. B [art. 14(1)(b)].", citation()))
    assert told.count("(/convention/article-14#para-1-b)") == 2


def test_every_mention_of_a_label_becomes_a_chip():
    told = answer_bubble(answer("A [art. 14(1)(b)]. B [art. 14(1)(b)].", citation()), ENGLISH)
    assert told.partition('class="cited"')[0].count('<a class="chip must"') == 2


def test_a_label_of_nothing_that_is_cited_stays_as_it_is():
    assert with_links(answer("See [art. 99].", citation())) == "See [art. 99]."


@pytest.mark.parametrize("shown", [with_links, lambda one: answer_bubble(one, ENGLISH)])
def test_markup_in_an_answer_loads_and_runs_nothing(shown):
    text = "<img src=x> ![x](http://a.example/x.png) [art. 14(1)(b)]"
    told = shown(answer(text, citation()))
    assert "<img" not in told
    assert "![" not in told.partition('class="acts"')[0]


def test_no_blank_line_of_a_question_or_an_answer_ends_the_html_of_its_buttons():
    odd = replace(answer("One.\n\nTwo.\r\r<b>"), question='a"\n\n<script>')
    buttons = answer_bubble(odd, ENGLISH).partition('<p class="acts">')[2]
    assert "\n\n" not in buttons and "\r" not in buttons and "<script" not in buttons


def test_a_notice_stands_under_the_text_as_plain_words():
    noticed = replace(answer("Yes [art. 14(1)(b)].", citation()), notice="Not <b>*all*</b>.")
    told = answer_bubble(noticed, ENGLISH)
    assert '<p class="notice">Not &#60;b&#62;&#42;all&#42;&#60;/b&#62;.</p>' in told


def test_a_plain_answer_has_no_ribbon_and_without_citations_no_list():
    told = answer_bubble(answer("Hello."), ENGLISH)
    assert "ribbon" not in told and "cited" not in told.partition('class="acts"')[0]


@pytest.mark.parametrize("outcome", [one for one in Outcome if one is not Outcome.ANSWERED])
def test_every_other_outcome_says_what_it_is_in_words(outcome):
    told = answer_bubble(answer("Hello.", outcome=outcome), ENGLISH)
    assert f'class="answer {outcome}"' in told
    assert f"<strong>{ENGLISH.text(f'chat.{outcome}')}</strong>" in told


def test_the_questions_to_choose_from_leave_the_text_and_become_choices():
    asked_back = answer(CLARIFY, outcome=Outcome.CLARIFY)
    assert choices_in(asked_back) == ("How long must data be kept?", "Who may see them?")
    told = answer_bubble(asked_back, ENGLISH).partition('class="acts"')[0]
    assert "Do you mean:" in told and "How long" not in told


def test_questions_in_a_plain_answer_are_no_choices():
    assert choices_in(answer(CLARIFY)) == ()


def test_what_was_stopped_keeps_what_there_was():
    so_far = draft_bubble(Draft("Half of"))
    told = note_bubble("stopped", ENGLISH, so_far=so_far)
    assert told.startswith(so_far) and "<strong>Stopped</strong>" in told


def test_a_copy_has_the_question_the_answer_its_citations_and_that_it_is_no_advice():
    told = as_copied(answer("Yes [art. 14(1)(b)].", citation()), ENGLISH)
    assert told.startswith("?\n\nYes [art. 14(1)(b)].\n\nCited provisions:\n- United Nations")
    assert "{origin}/convention/article-14#para-1-b" in told
    assert told.endswith("Information, not legal advice.")


def test_the_words_of_an_answer_are_marked_as_english_from_left_to_right():
    arabic = Interface("ar", {**ENGLISH.texts, "site.direction": "rtl"})
    assert '<div class="told" lang="en" dir="ltr">' in answer_bubble(answer("Hello."), arabic)


@given(st.text())
def test_a_question_comes_back_from_its_bubble_as_it_was_asked(question):
    lines = [line.strip().replace("\t", " ") for line in question.strip().splitlines()]
    assert as_asked(question_bubble(question)) == "\n".join(lines)


@given(st.text(alphabet="<>&*_[]()!`#~|\\$\"'ab1. -\n"))
def test_a_bubble_holds_no_mark_that_opens_markup(question):
    bare = re.sub(r"&#\d+;", "", question_bubble(question))
    assert not set("<>&*_[]!`#~|\\$") & set(bare)


def test_an_ordinary_question_stands_in_its_bubble_unchanged():
    question = 'May a State refuse (art. 40, para. 21), and is "dual criminality" a ground?'
    assert question_bubble(question) == question


@pytest.mark.parametrize(
    ("question", "attributes"),
    [
        ("Hmm?", 'lang="en" dir="ltr"'),
        ("Le piratage est-il un crime ?", 'lang="fr" dir="ltr"'),
        ("هل القرصنة جريمة؟", 'lang="ar" dir="rtl"'),
        ("Ist Hacken eine Straftat nach diesem Vertrag?", 'lang="en" dir="ltr"'),
    ],
)
def test_what_asks_back_says_in_which_language_it_does(question, attributes):
    asked = replace(answer("Words."), question=question, outcome=Outcome.CLARIFY)
    assert f'<div class="told" {attributes}>' in answer_bubble(asked, ENGLISH)
