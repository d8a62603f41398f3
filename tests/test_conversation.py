"""Follow-up questions."""

from assistant.conversation import is_follow_up, standalone


def test_a_short_question_that_points_back_leans_on_the_one_before():
    assert is_follow_up("And for companies?") and is_follow_up("who pays for it?")


def test_a_question_of_its_own_leans_on_nothing():
    assert not is_follow_up("What does article 14 say about it?")
    assert standalone("How can a country leave the Convention?", ["Is hacking a crime?"]) == (
        "How can a country leave the Convention?"
    )


def test_a_follow_up_stands_behind_the_last_question():
    history = ["Is fraud a crime?", "Must States help each other?"]
    assert standalone("And who pays for it?", history) == (
        "Must States help each other? And who pays for it?"
    )
