"""Bodies that a question names and a provision does not."""

import pytest

from assistant.bodies import invented_body, unnamed_body

REGISTER = "The Secretary-General must keep a register. INTERPOL may be used in urgent cases."


@pytest.mark.parametrize(
    ("question", "body"),
    [
        ("Which form does Europol want?", "Europol"),
        ("As Viet Nam is the depositary, who receives the papers?", "Viet Nam"),
        ("Why does the ITU call the first meeting, and not NATO?",
         "the International Telecommunication Union"),
        ("Who keeps the copies at the OECD?", "the OECD"),
    ],
)  # fmt: skip
def test_a_body_that_the_text_does_not_name_is_found(question, body):
    assert unnamed_body(question, REGISTER) == body


@pytest.mark.parametrize(
    "question",
    [
        "May a request go through Interpol?",
        "After the ceremony in Viet Nam, where does a minister sign?",
        "Who keeps the register?",
        "What is situated where?",
    ],
)
def test_nothing_is_found_where_the_text_names_it_or_the_question_gives_no_part_to_a_body(question):
    assert unnamed_body(question, REGISTER) == ""


def test_an_answer_says_that_the_body_has_no_part_and_gives_the_rule(assistant):
    answer = assistant.ask("As depositary, does INTERPOL also translate the instruments?")
    assert answer.outcome == "corrected"
    assert "does not name INTERPOL here" in answer.text
    assert answer.citations[0].id == "art-68/para-1"


def test_a_yes_no_question_on_a_body_is_answered_not_corrected(assistant):
    answer = assistant.ask("May we also go on using INTERPOL's own round-the-clock network?")
    assert (answer.outcome, answer.citations[0].id) == ("answered", "art-41/para-6")


WHOLE = "The Conference of the States Parties must establish any appropriate subsidiary bodies."


def test_a_name_of_a_body_that_the_convention_has_not_is_found():
    asked = "Who pays into the Global Cybercrime Victims Fund?"
    assert invented_body(asked, WHOLE) == "a Global Cybercrime Victims Fund"


@pytest.mark.parametrize(
    "question",
    [
        "What does the International Criminal Court do?",
        "May our National Data Protection Agency help?",
        "Which global fund helps victims?",
    ],
)
def test_real_bodies_and_plain_words_are_not_taken_for_invented_ones(question):
    assert invented_body(question, WHOLE) == ""
