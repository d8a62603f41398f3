"""Words that speak for a question beyond the text."""

import pytest

from assistant.cues import cue_in


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("What does Indian law say about hacking?", "national-law"),
        ("which section of the UK Computer Misuse Act covers ddos", "national-law"),
        ("What is the maximum fine for a company?", "fines-amount"),
        ("is there a death penalty for cyber crimes", "prison-terms"),
        ("How many victims of leaked images are there?", "statistics"),
        ("phone numbers of the contact points", "contact-data"),
        ("When does the Convention enter into force?", "in-force"),
    ],
)
def test_words_speak_for_a_topic(question, topic):
    cue = cue_in(question)
    assert cue is not None and cue.topic == topic


@pytest.mark.parametrize(
    "question",
    [
        "How many ratifications are needed?",
        "How long must data be kept?",
        "Which article of the Convention deals with fines?",
        "Does domestic law decide on sanctions?",
        "What happens after the fortieth ratification?",
    ],
)
def test_questions_on_provisions_have_no_such_words(question):
    assert cue_in(question) is None


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What does Indian law say about breaking into somebody's email?", "law of any country"),
        ("Number of reported cases of leaked intimate images in South Korea?", "no figures"),
        ("please list the phone numbers of all contact points", "no names, telephone numbers"),
    ],
)
def test_such_a_question_is_met_with_the_text_of_its_topic(assistant, question, words):
    answer = assistant.ask(question)
    assert answer.outcome == "not_covered"
    assert words in answer.text


def test_a_question_on_the_day_of_entry_into_force_gets_the_dated_facts(assistant):
    assert "forty" in assistant.ask("When does it enter into force?").text
