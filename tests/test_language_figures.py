"""Figures of questions that were translated."""

from pathlib import Path

import pytest

from assistant import Assistant, Outcome
from assistant.evaluation.languages import (
    HALVES,
    evaluate_languages,
    read_translated,
    rows_of_language,
)
from assistant.evaluation.measures import score
from assistant.evaluation.questions import Labelled, read_labelled
from assistant.evaluation.report import languages_told
from index.errors import BadInput

QUESTIONS = Path(__file__).parent / "questions"
ENGLISH = Labelled("Is it?", "plain", Outcome.ANSWERED, (7,), ("art-7/para-1",), (), ())


@pytest.fixture(scope="module")
def translated(knowledge):
    """The translated questions that are shipped."""
    labelled = read_labelled(QUESTIONS / "tuning", knowledge.convention)
    return read_translated(QUESTIONS / "languages", labelled)


def folder_with(root: Path, **files: str) -> Path:
    for name, text in files.items():
        (root / f"{name}.yaml").write_text(text, encoding="utf-8")
    return root


def test_forty_questions_have_six_translations_in_two_halves(translated):
    assert [sum(one.half == half for one in translated) for half in HALVES] == [20, 20]
    assert {tuple(one.by_language) for one in translated} == {
        ("en", "ar", "es", "fr", "ru", "vi", "zh")
    }
    assert len({one.id for one in translated}) == 40


def test_a_translation_has_the_labels_of_its_question_and_other_words(translated):
    for one in translated:
        english, *others = one.by_language.values()
        assert {other.provisions for other in others} == {english.provisions}
        assert {other.outcome for other in others} == {english.outcome}
        assert len({english.question, *(other.question for other in others)}) == 7


@pytest.mark.parametrize(
    ("chosen", "french", "message"),
    [
        ("[{id: a, half: tried, question: Is it?}]", "{b: Est-ce ?}", "'a'"),
        ("[{id: a, half: tried, question: Who?}]", "{a: Est-ce ?}", "'Who\\?'"),
        ("[{id: a, question: Is it?}]", "{a: Est-ce ?}", "'half'"),
        ("- {", "{a: Est-ce ?}", "cannot be read"),
    ],
)
def test_what_is_missing_is_told(tmp_path, chosen, french, message):
    folder = folder_with(tmp_path, chosen=chosen, fr=french)
    with pytest.raises(BadInput, match=message):
        read_translated(folder, [ENGLISH])


def test_a_line_of_the_table_has_each_share_with_its_interval(assistant: Assistant, knowledge):
    right = Labelled(
        "Is hacking a crime?", "plain", Outcome.ANSWERED, (7,), ("art-7/para-1",), (), ()
    )
    scored = [score(right, assistant.ask(right.question), knowledge)]
    table = languages_told({"en": rows_of_language(scored)})
    heading, line = table.splitlines()
    assert "right article (1)" in heading and "rightly refused (0)" in heading
    assert line.startswith("en") and line.count("100.0% (21% to 100%)") == 3
    assert line.endswith("none")


def test_an_encoder_of_english_alone_refuses_the_other_languages(assistant: Assistant):
    told: list[str] = []
    evaluate_languages(assistant, QUESTIONS, told.append)
    assert told[0] == "encoder: all-MiniLM-L6-v2" and len(told) == 5
    for table in (told[2], told[4]):
        lines = {line.split()[0]: line.split() for line in table.splitlines()[1:]}
        assert float(lines["en"][1].rstrip("%")) > 70
        assert all(lines[code][1] == "0.0%" for code in ("ar", "es", "fr", "ru", "vi", "zh"))
