"""Follow-up questions."""

import pytest

from assistant.conversation import (
    Back,
    back_reference,
    is_follow_up,
    joined,
    part_named,
    standalone,
)

BACK = [
    ("Which article was that?", Back.WHERE),
    ("where does it say that?", Back.WHERE),
    ("what's the source", Back.WHERE),
    ("Say that more simply", Back.SIMPLER),
    ("in plain English please", Back.SIMPLER),
    ("I don't get it", Back.SIMPLER),
    ("tell me more", Back.MORE),
    ("the whole article please", Back.MORE),
    ("Is that a must?", Back.DUTY),
    ("is it binding or optional?", Back.DUTY),
]
OF_ITS_OWN = [
    "Is hacking a crime?",
    "Explain illegal access",
    "What is a service provider?",
    "Which article deals with grooming?",
    "Where can the Convention be signed?",
]


@pytest.mark.parametrize(("question", "back"), BACK)
def test_a_question_may_be_about_the_last_answer(question, back):
    assert back_reference(question) is back


@pytest.mark.parametrize("question", OF_ITS_OWN)
def test_a_question_of_its_own_is_not_about_the_last_answer(question):
    assert back_reference(question) is None
    assert not is_follow_up(question)


def test_a_paragraph_or_item_without_an_article_is_one_of_the_last_article():
    assert part_named("what does paragraph 3 say") == (3, ())
    assert part_named("and paragraph 1 (b)?") == (1, ("b",))
    assert part_named("item (c)?") == (None, ("c",))
    assert part_named("and (f)") == (None, ("f",))
    assert part_named("paragraph 3 of article 25") is None


def test_a_short_question_that_points_back_leans_on_the_one_before():
    assert is_follow_up("And for companies?") and is_follow_up("who pays for it?")


def test_a_question_that_names_an_article_leans_on_nothing():
    assert not is_follow_up("What does article 14 say about it?")
    assert standalone("How can a country leave the Convention?", ["Is hacking a crime?"]) == (
        "How can a country leave the Convention?"
    )


def test_a_follow_up_stands_behind_the_last_question():
    history = ["Is fraud a crime?", "Must States help each other?"]
    assert standalone("And who pays for it?", history) == (
        "Must States help each other? And who pays for it?"
    )


def test_a_follow_up_of_a_follow_up_stands_behind_both():
    history = ["Is fraud a crime?", "and for companies?"]
    assert standalone("which ones?", history).startswith("Is fraud a crime? and for companies?")


def test_a_question_about_an_answer_is_passed_over_by_the_next_follow_up():
    history = ["Must States help each other?", "say that more simply"]
    assert standalone("And who pays for it?", history) == (
        "Must States help each other? And who pays for it?"
    )


def test_a_change_of_subject_is_heard_and_left_out():
    asked = standalone("New topic: is there free speech?", ["Is fraud a crime?"])
    assert asked == "is there free speech?"


def test_a_short_question_can_be_joined_but_a_long_one_is_not():
    assert joined("Any exceptions?", ["Is fraud a crime?"]) == "Is fraud a crime? Any exceptions?"
    assert joined("Any exceptions?", []) == ""
    assert joined("word " * 20, ["Is fraud a crime?"]) == ""
