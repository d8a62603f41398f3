"""``python app.py gap``."""

import json

import pytest

from tests.bill_files import BILLS
from tests.command_line import run


def test_a_bill_is_read_into_a_table(capsys):
    status, out, _ = run(capsys, "gap", str(BILLS / "ordinance.md"), "--chapter", "3")
    assert status == 0
    assert "ordinance.md" in out and "section 22, paragraph (a)" in out and "why:" in out


def test_the_answer_goes_to_a_file(capsys, tmp_path):
    file = tmp_path / "gaps.json"
    status, out, err = run(
        capsys, "gap", str(BILLS / "ordinance.md"), "--chapter", "3", "--format", "json",
        "-o", str(file),
    )  # fmt: skip
    assert (status, out) == (0, "") and "Written to" in err
    assert json.loads(file.read_text("utf-8"))["bill"]["name"] == "ordinance.md"
    assert [one.name for one in tmp_path.iterdir()] == ["gaps.json"]


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["gap"], 2, "Give either a file or --measure"),
        (["gap", "nowhere.pdf"], 2, "nowhere.pdf cannot be read"),
        (["gap", str(BILLS / "act.md"), "--chapter", "12"], 2, "no chapter 12"),
        (["gap", str(BILLS / "act.md"), "--format", "xml"], 2, "invalid choice"),
        (["gap", str(BILLS / "act.md"), "-o", "/nowhere/at/all.csv"], 2, "There is no folder"),
        (["gap", str(BILLS / "act.md"), "-o", str(BILLS / "act.yaml")], 2, "names no format"),
        (["gap", str(BILLS / "act.md"), "-o", "act.akn"], 2, "no format 'akn'"),
        (["gap", str(BILLS / "act.yaml")], 1, "no numbered sections"),
        (["gap", "--measure", str(BILLS.parent / "questions")], 2, "no model bills"),
    ],
)
def test_wrong_use_ends_in_one_sentence(capsys, arguments, status, said):
    ended, out, err = run(capsys, *arguments)
    assert (ended, out) == (status, "") and said in err and err.count("\n") == 1


def test_a_file_that_is_there_is_only_replaced_when_forced(capsys, tmp_path):
    file = tmp_path / "gaps.xlsx"
    file.write_bytes(b"filled in by hand")
    command = ("gap", str(BILLS / "ordinance.md"), "--chapter", "3", "-o", str(file))
    status, _, err = run(capsys, *command)
    assert status == 2 and "is there already" in err and "--force" in err
    assert file.read_bytes() == b"filled in by hand"
    assert run(capsys, *command, "--force")[0] == 0
    assert file.read_bytes().startswith(b"PK")
