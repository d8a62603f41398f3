"""``python app.py ask``."""

import json

from tests.command_line import run
from tests.scripted_model import KEY, NAME, fails, scripted_model


def test_a_batch_is_answered_line_by_line_in_order(capsys, tmp_path, assistant):
    file = tmp_path / "questions.txt"
    file.write_text("Is hacking a crime?\n\nHow can a country leave?\n", encoding="utf-8")
    status, out, _ = run(capsys, "ask", "--batch", str(file))
    answers = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [a["question"] for a in answers] == [
        "Is hacking a crime?",
        "",
        "How can a country leave?",
    ]


def test_a_batch_file_that_is_not_there_ends_with_2(capsys, tmp_path):
    status, _, err = run(capsys, "ask", "--batch", str(tmp_path / "none.txt"))
    assert status == 2 and "cannot be read" in err


def test_a_batch_file_that_is_not_utf8_ends_with_2_and_names_the_line(capsys, tmp_path):
    file = tmp_path / "latin.txt"
    file.write_bytes("one\ntwo é\n".encode("latin-1"))
    status, _, err = run(capsys, "ask", "--batch", str(file))
    assert status == 2 and "not UTF-8 (line 2)" in err


def test_a_language_that_the_convention_is_not_written_in_is_wrong_use(capsys):
    status, out, err = run(capsys, "ask", "Is hacking a crime?", "--language", "de")
    assert status == 2 and out == "" and "choose one of" in err
    assert len(err.strip().splitlines()) == 1


def test_an_answer_on_the_command_line_has_its_notice_below_the_text(capsys, monkeypatch, data):
    with scripted_model() as model:
        model.configure(monkeypatch)
        monkeypatch.setenv("CONVENTION_MODEL", NAME)
        model.behaviour = fails(401, f"Incorrect API key provided: {KEY}")
        status, out, err = run(capsys, "ask", "Is hacking a crime?")
    assert status == 0 and "refused the key, so this answer is drawn from" in out
    assert KEY not in out + err and "Traceback" not in err


def test_a_model_without_its_package_is_told_in_one_line_and_the_answer_comes(
    capsys, monkeypatch, assistant
):
    monkeypatch.setenv("CONVENTION_MODEL", "groq:llama")
    status, out, err = run(capsys, "ask", "Is hacking a crime?", "--json")
    assert status == 0 and json.loads(out)["mode"] == "extractive"
    assert len(err.strip().splitlines()) == 1 and "python -m pip install langchain-groq" in err
