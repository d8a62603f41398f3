"""Everyday words for what every treaty provides for."""

import pytest

from assistant.treaty_words import with_treaty_words


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How can a country leave the treaty?", "denunciation"),
        ("How does a country join?", "accession"),
        ("Can we become a party to it?", "ratification"),
        ("Can this treaty be changed?", "amendment"),
        ("When does it start to apply?", "entry into force"),
    ],
)
def test_a_question_gets_the_words_of_treaties_behind_its_own(question, words):
    assert with_treaty_words(question).startswith(f"{question} (")
    assert words in with_treaty_words(question)


@pytest.mark.parametrize(
    "question", ["May the keeper leave the island?", "Is it a crime to change data?", "Who pays?"]
)
def test_another_question_stays_as_it_is(question):
    assert with_treaty_words(question) == question
