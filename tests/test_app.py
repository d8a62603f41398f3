"""The command line."""

import json
import socket

import pytest

import app


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    try:
        status = app.main(list(arguments))
    except SystemExit as stop:
        status = int(stop.code or 0)
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_settings_are_shown(capsys):
    status, out, _ = run(capsys, "settings")
    assert status == 0 and "CONVENTION_PORT" in out and "7860" in out


@pytest.mark.parametrize("command", [(), ("ask",), ("build",), ("settings",)])
def test_the_help_of_each_command_has_an_example(capsys, command):
    status, out, _ = run(capsys, *command, "--help")
    assert status == 0 and "example:\n" in out


@pytest.mark.parametrize(
    "arguments",
    [("nonsense",), ("ask",), ("ask", "x", "--batch", "y"), ("--port", "many"), ("ask", "--nope")],
)
def test_wrong_use_ends_with_2_and_one_sentence(capsys, arguments):
    status, out, err = run(capsys, *arguments)
    assert status == 2 and out == "" and len(err.strip().splitlines()) == 1


def test_a_batch_file_that_is_not_there_ends_with_2(capsys, tmp_path):
    status, _, err = run(capsys, "ask", "--batch", str(tmp_path / "none.txt"))
    assert status == 2 and "cannot be read" in err


def test_a_batch_file_that_is_not_utf8_ends_with_2_and_names_the_line(capsys, tmp_path):
    file = tmp_path / "latin.txt"
    file.write_bytes("one\ntwo é\n".encode("latin-1"))
    status, _, err = run(capsys, "ask", "--batch", str(file))
    assert status == 2 and "not UTF-8 (line 2)" in err


def test_a_port_in_use_ends_with_1_and_one_sentence(capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        status, _, err = run(capsys, "--port", str(taken.getsockname()[1]))
    assert status == 1 and "in use" in err and len(err.strip().splitlines()) == 1


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
