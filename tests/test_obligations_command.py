"""``python app.py obligations``: filters, counts, exports, assessments, and wrong use."""

import json
import subprocess
import sys

import pytest
from openpyxl import load_workbook

from tests.command_line import run
from tests.disks import small_disk


def test_the_help_has_an_example(capsys):
    status, out, _ = run(capsys, "obligations", "--help")
    assert status == 0 and "--level mandatory --chapter 2 --format xlsx -o" in out


def test_rows_are_shown_that_fit_the_filters(capsys):
    status, out, err = run(capsys, "obligations", "--level", "reservation", "--chapter", "II")
    assert (status, err) == (0, "")
    assert out.startswith("art-11/para-3#1  reservation | State Party | criminalise\n")


def test_counts_add_up(capsys):
    status, out, _ = run(capsys, "obligations", "--counts")
    rows = [line.rsplit(maxsplit=10)[1:] for line in out.splitlines()[1:]]
    numbers = [[int(number) for number in row] for row in rows]
    *levels, every = numbers
    assert status == 0 and every[-1] == 634
    assert [sum(column) for column in zip(*levels, strict=True)] == every
    assert all(sum(row[:-1]) == row[-1] for row in levels)


def test_an_export_is_written_and_read_back_with_its_progress(capsys, tmp_path):
    file = tmp_path / "list.xlsx"
    status, out, _ = run(
        capsys, "obligations", "--level", "mandatory", "--chapter", "2", "--format", "xlsx",
        "-o", str(file),
    )  # fmt: skip
    assert status == 0 and out == f"Wrote {file}.\n"
    book = load_workbook(file)
    sheet = book["Obligations"]
    assert sheet.max_row == 42
    sheet.cell(2, [cell.value for cell in sheet[1]].index("Status") + 1).value = "planned"
    book.save(file)
    status, out, _ = run(capsys, "obligations", "--assessment", str(file))
    second = next(line for line in out.splitlines() if line.startswith("2"))
    assert status == 0 and second.split()[5] == "1"
    status, out, _ = run(capsys, "obligations", "--assessment", str(file), "--format", "json")
    written = [row for row in json.loads(out)["obligations"] if row["assessment"]]
    assert status == 0 and [row["assessment"]["status"] for row in written] == ["planned"]


def test_the_ending_of_a_file_names_its_format(capsys, tmp_path):
    for name, start in (("a.json", b"{"), ("a.csv", b"\xef\xbb\xbf"), ("a.txt", b"art-57")):
        file = tmp_path / name
        assert run(capsys, "obligations", "--chapter", "8", "-o", str(file))[0] == 0
        assert file.read_bytes().startswith(start)


def test_assessments_that_the_filters_leave_out_are_told(capsys, tmp_path):
    first, second = tmp_path / "a.json", tmp_path / "b.csv"
    run(capsys, "obligations", "--chapter", "3", "--format", "json", "-o", str(first))
    values = json.loads(first.read_text())
    own = dict.fromkeys(("provision", "comment", "body", "date", "assistance"), "")
    values["obligations"][0]["assessment"] = {"status": "partly"} | own
    first.write_text(json.dumps(values))
    _, out, _ = run(
        capsys, "obligations", "--assessment", str(first), "--chapter", "2", "--format", "csv",
        "-o", str(second),
    )  # fmt: skip
    assert "without 1 assessments of rows that the filters leave out" in out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--level", "duty"), "There is no level 'duty'"),
        (("--chapter", "12"), "There is no chapter '12'"),
        (("--level", "reservation", "--chapter", "3"), "No row of the register fits"),
        (("--format", "pdf"), "There is no format 'pdf'"),
        (("--format", "akn", "--chapter", "2"), "leave filters out"),
        (("--counts", "--format", "csv"), "go with filters alone"),
        (("--compare",), "No official text in English is kept here"),
        (("--assessment", "none.xlsx"), "cannot be opened"),
        (("-o", "none/list.txt"), "There is no folder none"),
        (("-o", "list.odt"), "names no format"),
        (("--nope",), "nrecognized arguments"),
    ],
)
def test_wrong_use_ends_with_2_and_one_sentence(capsys, arguments, told):
    status, out, err = run(capsys, "obligations", *arguments)
    assert (status, out) == (2, "") and told in err and len(err.strip().splitlines()) == 1


def test_a_filled_in_file_is_not_written_over(capsys, tmp_path):
    file = tmp_path / "list.csv"
    file.write_text("filled in")
    arguments = ("obligations", "--chapter", "8", "--format", "csv", "-o", str(file))
    status, _, err = run(capsys, *arguments)
    assert status == 2 and "is there already" in err and file.read_text() == "filled in"
    assert run(capsys, *arguments, "--force")[0] == 0 and "art-57" in file.read_text("utf-8-sig")


def test_a_full_disk_ends_with_1_and_one_sentence(capsys, tmp_path):
    with small_disk(tmp_path / "small", "200k") as disk:
        status, _, err = run(capsys, "obligations", "--format", "json", "-o", str(disk / "a.json"))
        assert status == 1 and "No space left" in err and list(disk.iterdir()) == []


def test_a_spreadsheet_is_not_poured_into_a_terminal(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    status, out, err = run(capsys, "obligations", "--format", "xlsx")
    assert status == 2 and out == "" and "give a file with -o FILE" in err


def test_binary_formats_can_be_piped():
    done = subprocess.run(
        [sys.executable, "app.py", "obligations", "--chapter", "8", "--format", "xlsx"],
        capture_output=True,
        check=True,
    )
    assert done.stdout.startswith(b"PK")
