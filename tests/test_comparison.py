"""Questions that set two things side by side."""

import pytest

from assistant import Assistant
from assistant.comparison import compared


@pytest.mark.parametrize(
    ("question", "things"),
    [
        (
            "What's the difference between hacking and interception?",
            ("hacking", "interception"),
        ),
        ("forgery vs fraud by computer, how do they differ", ("forgery", "fraud by computer")),
        ("Freezing or confiscating - what's the difference?", ("Freezing", "confiscating")),
        (
            "How does searching a computer differ from ordering data?",
            ("searching a computer", "ordering data"),
        ),
        ("Compare the offence of forgery with the offence of fraud.", ("forgery", "fraud")),
    ],
)
def test_both_things_are_read_off_the_question(question, things):
    assert compared(question) == things


@pytest.mark.parametrize(
    "question",
    [
        "Is hacking a crime?",
        "Freeze or seize?",
        "What is the difference?",
        "Who compares the texts?",
    ],
)
def test_a_question_that_does_not_compare_names_no_two_things(question):
    assert compared(question) is None


def test_a_comparison_is_answered_from_the_provisions_of_both(assistant: Assistant):
    answer = assistant.ask("What is the difference between hacking and illegal interception?")
    assert {7, 8} <= {citation.article for citation in answer.citations}


def test_a_comparison_with_another_thing_than_the_convention_is_not_split(assistant: Assistant):
    answer = assistant.ask("compare the iPhone and the Pixel cameras")
    assert not answer.citations
