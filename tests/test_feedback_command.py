"""Feedback and questions on the command line: exported, and grouped where they got no answer."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert

from assistant.records.database import open_database, working
from assistant.records.gaps import find_gaps
from assistant.records.reading import Kept, read_kept
from assistant.records.tables import feedback, questions
from assistant.settings import read_settings
from tests.command_line import run

AT = datetime(2026, 11, 1, 12, tzinfo=UTC)
FORMULA = "=HYPERLINK(1)"
FINES = [
    "How many years in prison for hacking?",
    "What prison sentence does a hacker get?",
    "How long is the jail term for hacking?",
]
WEATHER = ["What is the weather in Hanoi tomorrow?", "Will it rain in Hanoi tomorrow?"]


@pytest.fixture
def kept(folder) -> None:
    """Two questions, a feedback to one of them and one to another answer."""
    question = {"at": AT, "outcome": "not_covered", "citations": "", "key": ""}
    asked = [question | {"answer": f"q{n}", "question": text} for n, text in enumerate(FINES[:2])]
    thumbs = [("q0", "down", FORMULA), ("other", "up", "")]
    told = [{"at": AT, "answer": a, "thumb": t, "comment": c} for a, t, c in thumbs]
    with working(open_database(read_settings())) as connection:
        connection.execute(insert(questions), asked)
        connection.execute(insert(feedback), told)


def test_all_that_is_kept_is_exported_as_csv_without_formulas(kept, folder, capsys):
    file = folder / "kept.csv"
    assert run(capsys, "feedback", "export", "-o", str(file))[0] == 0
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    assert [(row["answer"], row["question"], row["thumb"]) for row in rows] == [
        ("q0", FINES[0], "down"),
        ("q1", FINES[1], ""),
        ("other", "", "up"),
    ]
    assert rows[0]["comment"] == f"'{FORMULA}" and rows[0]["at"] == "2026-11-01T12:00:00Z"


def test_or_as_json_with_every_word_as_it_was(kept, capsys):
    status, out, _ = run(capsys, "feedback", "export", "--format", "json")
    assert status == 0 and json.loads(out)[0]["comment"] == FORMULA


def test_a_file_is_replaced_only_when_told(kept, folder, capsys):
    file = folder / "kept.csv"
    file.write_text("mine")
    assert run(capsys, "feedback", "export", "-o", str(file))[0] == 2
    assert file.read_text() == "mine"
    assert run(capsys, "feedback", "export", "-o", str(file), "--force")[0] == 0


def test_the_command_alone_counts(kept, capsys):
    out = run(capsys, "feedback")[1]
    assert out == "1 thumbs up, 1 thumbs down, 2 questions kept.\n"


def test_gaps_are_shown_with_their_number_and_examples(kept, capsys):
    status, out, _ = run(capsys, "feedback", "gaps")
    assert status == 0 and out.startswith("2 (not_covered 2)\n") and FINES[0] in out


def test_without_questions_it_says_how_they_come(folder, capsys):
    assert "CONVENTION_KEEP_QUESTIONS" in run(capsys, "feedback", "gaps")[2]


def unanswered(texts: list[str], outcome: str) -> list[Kept]:
    return [
        Kept(f"2026-11-01T12:00:{n:02}Z", f"{outcome}{n}", t, outcome) for n, t in enumerate(texts)
    ]


def test_questions_of_one_meaning_are_one_gap_and_the_largest_comes_first(encoder):
    asked = [*unanswered(WEATHER, "off_topic"), *unanswered(FINES, "not_covered")]
    answered = unanswered(["Is hacking a crime?"] * 9, "answered")
    gaps = find_gaps([*asked, *answered], encoder)
    assert [gap.count for gap in gaps] == [3, 2]
    assert set(gaps[0].examples) == set(FINES) and gaps[0].outcomes == {"not_covered": 3}


def test_a_question_asked_often_counts_as_often(encoder):
    gaps = find_gaps(unanswered(FINES[:1] * 4 + WEATHER[:1], "clarify"), encoder)
    assert [(gap.count, gap.examples) for gap in gaps] == [(4, (FINES[0],)), (1, (WEATHER[0],))]


def test_two_feedbacks_do_not_make_two_questions(kept, encoder):
    with working(engine := open_database(read_settings())) as connection:
        row = {"at": AT, "answer": "q0", "thumb": "up", "comment": ""}
        connection.execute(insert(feedback), [row])
    assert sum(gap.count for gap in find_gaps(read_kept(engine), encoder)) == 2
