"""What a question takes for granted, and whether a provision says otherwise."""

import pytest

from assistant.amounts import amounts_in, contradicted
from assistant.premise import (
    asks_since_when,
    asserted_amounts,
    claim_of,
    claims_in_force,
    presumes_existence,
)

NO_TOTALS: dict[str, int] = {}

CLAIMS = [
    ("Given that providers must store all traffic, who pays?", "providers must store all traffic"),
    ("Why must we claim jurisdiction over victims?", "must we claim jurisdiction over victims"),
    ("Now that the Convention is in force, what follows?", "the Convention is in force"),
    ("The maximum is 180 days. Can it be renewed?", "The maximum is 180 days"),
    ("Data stay frozen for 30 days, don't they?", "Data stay frozen for 30 days"),
    ("What is the idea behind the duty to hear victims?", "the duty to hear victims"),
]  # fmt: skip
NO_CLAIMS = [
    "Is hacking a crime?",
    "How long must data be kept?",
    "My neighbour read my mail last year. Is that a crime?",
    "We run a hosting company. Must we keep logs?",
]


@pytest.mark.parametrize(("question", "claim"), CLAIMS)
def test_what_is_stated_rather_than_asked_is_a_claim(question, claim):
    assert claim_of(question) == claim


@pytest.mark.parametrize("question", NO_CLAIMS)
def test_a_question_and_a_story_claim_nothing(question):
    assert claim_of(question) is None


def test_a_claim_may_take_the_convention_to_be_in_force():
    assert claims_in_force("the Convention is in force")
    assert claims_in_force("it became binding law in October")
    assert not claims_in_force("once the Convention is in force")


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("within 72 hours", 72, "hour"),
        ("the ninetieth (90th) day", 90, "day"),
        ("only 20 ratifications", 20, "instrument"),
        ("4 percent of turnover", 4, "percent"),
        ("persons under 16", 16, "year"),
        ("a two-thirds majority", 67, "majority"),
        ("the treaty's twelve chapters", 12, "chapter"),
        ("one hundred and twenty days", 120, "day"),
        ("a hundred and eighty-one days", 181, "day"),
        ("twenty days", 20, "day"),
        ("every year", 1, "year"),
        ("a full year", 1, "year"),
        ("five authentic languages", 5, "language"),
        ("open until 31 December 2026", 20261231, "date"),
        ("it closed at the end of 2025", 20251231, "date"),
    ],
)
def test_amounts_are_read_in_digits_words_and_ordinals(text, number, unit):
    assert (number, unit) in [(amount.number, amount.unit) for amount in amounts_in(text)]


def test_words_between_parties_are_no_amount():
    assert not list(amounts_in("Who mediates between members and States Parties?"))


def test_the_age_of_persons_is_no_amount():
    assert not list(amounts_in("two 16-year-olds who flirt"))


def test_the_two_states_of_a_story_are_no_amount():
    assert not list(amounts_in("Two members read an article differently and talks have failed."))
    assert list(amounts_in("It enters into force after two ratifications."))


def test_an_amount_that_is_asked_about_is_not_taken_for_granted():
    assert not asserted_amounts("Is it 60 days?")
    assert not asserted_amounts("Our draft law has 120 days. Would that fit?")
    assert asserted_amounts("Does the 24-hour rule bind small forums?")
    assert asserted_amounts("Sixty ratifications are needed. How many are missing?")


def test_an_amount_is_contradicted_by_another_number_of_the_same_thing():
    rule = "up to a maximum of 90 days"
    claim = "The maximum is 180 days"
    (found,) = contradicted(amounts_in(claim), rule, claim, NO_TOTALS)
    assert found.words == "180 days"
    same = "The maximum is 90 days"
    assert not list(contradicted(amounts_in(same), rule, same, NO_TOTALS))


def test_three_months_are_ninety_days():
    claim = "An order lasts three months at most"
    assert not list(contradicted(amounts_in(claim), "at most 90 days", claim, NO_TOTALS))


def test_a_limit_where_the_provision_has_none_is_contradicted():
    claim = "Requests must be answered within 30 days"
    assert list(contradicted(amounts_in(claim), "as soon as possible", claim, NO_TOTALS))


def test_totals_are_held_against_the_whole_convention():
    claim = "each of the twelve chapters"
    assert list(contradicted(amounts_in(claim), "", claim, {"chapter": 9}))
    assert not list(contradicted(amounts_in("nine chapters"), "", "nine chapters", {"chapter": 9}))


def test_who_asks_since_when_takes_it_to_be_in_force():
    assert asks_since_when("When did the treaty enter into force?")
    assert asks_since_when("Since when is it in force?")
    assert not asks_since_when("When does the treaty enter into force?")


def test_a_date_is_no_last_day_by_itself():
    assert not [a for a in amounts_in("We signed on 25 October 2025") if a.unit == "date"]


def test_a_question_may_presume_that_something_was_set_up():
    assert presumes_existence("Who sits on the court created by this treaty?")
    assert presumes_existence("What does the treaty's inspectorate do?")
    assert not presumes_existence("Does the treaty set up a court?")
