"""What a question tells of duties, freedoms and leaves, and whether a level denies it."""

import pytest

from assistant.told import clauses_told, false_level, rules_told
from index.annotations import Level


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Parties have to punish the preparation of an offence. From which stage on?",
         "Parties have to punish the preparation of an offence"),
        ("Companies must be tried in criminal courts, so how can we join?",
         "Companies must be tried in criminal courts"),
        ("We have to take jurisdiction over them, don't we? That would swamp our courts.",
         "We have to take jurisdiction over them"),
        ("How large is the compulsory contribution of Parties?",
         "the compulsory contribution of Parties"),
    ],
)  # fmt: skip
def test_a_rule_is_told_in_a_sentence_a_reason_a_tag_or_a_name(question, told):
    assert told in rules_told(question)


@pytest.mark.parametrize(
    "question",
    [
        "Must States punish the preparation of an offence?",
        "If a State must refuse, what follows?",
        "Compare the duty to help with traffic data and with content.",
        "We want to know whether member states need to tell each other about new laws.",
        "does a country have to treat them as criminals",
        "Is the voluntary contribution of Parties laid down?",
    ],
)
def test_what_is_asked_is_not_told(question):
    assert rules_told(question) == []


def test_clauses_that_state_no_rule_are_told_all_the_same():
    assert clauses_told("Our server is in Hanoi. What applies?") == ["Our server is in Hanoi"]


def test_a_duty_taken_for_an_option_is_put_right_and_the_reverse():
    assert false_level("we must do it", Level.OPTIONAL) == "corrections/is_optional"
    assert false_level("we must do it", Level.CONSIDER) == "corrections/only_consider"
    assert false_level("it is optional", Level.MANDATORY) == "corrections/is_binding"
    assert false_level("we must do it", Level.MANDATORY) is None


def test_a_leave_that_a_prohibition_denies_is_put_right():
    leave = "bank secrecy is a good ground for refusing help"
    assert false_level(leave, Level.PROHIBITION) == "corrections/is_prohibited"
    assert false_level("bank secrecy is no ground for refusing", Level.PROHIBITION) is None


def test_passing_on_without_asking_is_put_right_where_there_are_conditions():
    told = "data may be passed on without asking anybody"
    assert false_level(told, Level.SAFEGUARD) == "corrections/is_conditional"


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Bank secrecy is a good ground for refusing legal assistance. Which banks use it most?",
         "rules this out"),
        ("Every Party is bound to extend its jurisdiction to its citizens as victims abroad. Why?",
         "not a duty"),
        ("When did the Convention enter into force?", "last date known here"),
        ("The book in New York was closed on 30 June 2026, so is Fiji too late to sign?",
         '"30 June 2026"'),
    ],
)  # fmt: skip
def test_an_answer_puts_it_right_and_gives_the_rule(assistant, question, words):
    answer = assistant.ask(question)
    assert answer.outcome == "corrected"
    assert words in answer.text and answer.citations


@pytest.mark.parametrize(
    "question",
    [
        "States must not refuse help because of bank secrecy. Where does it say so?",
        "A State may require dishonest intent for hacking. Which article is that?",
        "Data must be preserved for up to ninety days. Can that be renewed?",
    ],
)
def test_a_true_rule_that_is_told_is_not_put_right(assistant, question):
    assert assistant.ask(question).outcome == "answered"
