"""What those are told who ask in another language than English."""

import re
from importlib.resources import files

import pytest

from assistant import Assistant, Outcome
from assistant.interpreting import english_only, told_in
from assistant.tongue import Tongue, tongue_of
from index.data import read_yaml
from index.languages import LANGUAGES

TOLD = [tongue for tongue in Tongue if tongue is not Tongue.OTHER]
ASKED = {
    Tongue.ARABIC: "هل القرصنة جريمة؟",
    Tongue.CHINESE: "黑客行为是犯罪吗?",
    Tongue.FRENCH: "Le piratage est-il un crime ?",
    Tongue.RUSSIAN: "Является ли взлом преступлением?",
    Tongue.SPANISH: "¿Es delito hackear?",
    Tongue.VIETNAMESE: "Hack có phạm pháp không?",
    Tongue.OTHER: "Ist Hacken strafbar?",
}


def texts_of(tongue: Tongue) -> dict[str, str]:
    file = files("prompts").joinpath("languages", f"{tongue}.yaml")
    return read_yaml(file.read_bytes())


def placeholders(text: str) -> list[str]:
    return re.findall(r"\{.*?\}", text)


@pytest.mark.parametrize("tongue", TOLD)
def test_every_language_says_the_same_things_with_the_same_values(tongue):
    pattern, texts = texts_of(Tongue.ENGLISH), texts_of(tongue)
    assert texts.keys() == pattern.keys()
    for name, text in texts.items():
        assert placeholders(text) == placeholders(pattern[name]), name


@pytest.mark.parametrize("tongue", TOLD)
def test_every_text_is_in_its_language(tongue):
    for text in texts_of(tongue).values():
        assert tongue_of(re.sub(r"\{.*?\}|A/RES/79/243", "", text)) is tongue


def test_a_language_without_a_file_is_told_in_english():
    assert told_in(Tongue.OTHER, "no_match") == told_in(Tongue.ENGLISH, "no_match")


@pytest.mark.parametrize("tongue", ASKED)
def test_the_authentic_text_is_named_in_the_language_where_there_is_one(tongue):
    code = tongue if tongue in LANGUAGES else "en"
    assert english_only(tongue).endswith(f"A/RES/79/243&l={code}&t=pdf")


@pytest.mark.parametrize("tongue", ASKED)
def test_a_question_in_another_language_ends_in_the_line_of_its_language(assistant, tongue):
    answer = assistant.ask(ASKED[tongue])
    assert answer.outcome is Outcome.CLARIFY
    assert answer.text == english_only(tongue)
    assert not answer.citations and answer.question == ASKED[tongue]


def test_what_is_suggested_is_english_and_is_answered(assistant: Assistant):
    suggestions = assistant.ask(ASKED[Tongue.FRENCH]).suggestions
    assert len(suggestions) == 3
    for suggested in suggestions:
        assert tongue_of(suggested) is Tongue.ENGLISH
        assert assistant.ask(suggested).outcome is Outcome.ANSWERED


def test_the_language_of_the_quotes_is_not_that_of_the_question(assistant: Assistant):
    question = "How long must data be preserved?"
    assert assistant.ask(question, language="fr") == assistant.ask(question)
    told = assistant.ask(ASKED[Tongue.SPANISH], language="ru")
    assert told.text == english_only(Tongue.SPANISH)


def test_a_follow_up_leans_on_the_last_english_question(assistant: Assistant):
    fraud = "Is fraud over the internet a crime?"
    asked = "And for companies?"
    leaning = assistant.ask(asked, [fraud, ASKED[Tongue.FRENCH]])
    assert leaning.text == assistant.ask(asked, [fraud]).text
    alone = assistant.ask(asked, [ASKED[Tongue.FRENCH]])
    assert (alone.outcome, alone.text) == (assistant.ask(asked).outcome, assistant.ask(asked).text)


def test_a_line_in_another_language_rests_on_no_provision(assistant: Assistant):
    answer = assistant.ask("which article was that?", ["Is hacking a crime?", ASKED[Tongue.ARABIC]])
    assert answer.outcome is Outcome.CLARIFY and not answer.citations


def test_a_stream_ends_in_the_same_line(assistant: Assistant):
    *_, answer = assistant.stream(ASKED[Tongue.CHINESE])
    assert answer == assistant.ask(ASKED[Tongue.CHINESE])
