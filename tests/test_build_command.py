"""``python app.py build``, and what it brings: another treaty, to be asked and listed."""

import json

import pytest

from tests.command_line import run
from tests.lanterns import TEXT, TITLE


@pytest.fixture
def lantern_file(folder):
    file = folder / "lanterns.txt"
    file.write_text(TEXT, encoding="utf-8")
    return str(file)


def test_another_treaty_is_built_asked_and_listed(capsys, folder, lantern_file):
    status, out, _ = run(capsys, "build", "--text", lantern_file, "--title", TITLE)
    assert status == 0 and "Kept 'Lantern Treaty' (en, text, 5 articles)" in out
    assert "Built the index of" in out and "lantern-treaty" in out
    status, out, _ = run(capsys, "ask", "--treaty", TITLE, "What does article 4 say?", "--json")
    answer = json.loads(out)
    assert status == 0 and answer["citations"][0]["id"] == "art-4"
    (folder / "questions.txt").write_text("article 3\nHow do I bake bread?\n", encoding="utf-8")
    status, out, _ = run(
        capsys, "ask", "--treaty", "lantern-treaty", "--batch", str(folder / "questions.txt")
    )
    outcomes = [json.loads(line)["outcome"] for line in out.splitlines()]
    assert status == 0 and outcomes == ["answered", "off_topic"]
    assert "Kept 'Lantern Treaty'" in run(capsys, "settings")[1]


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "--text", "x.txt"),
        ("build", "--title", TITLE),
        ("build", "--text", "/no/such/file", "--title", TITLE),
        ("ask", "--treaty", "Sea Treaty", "Who pays?"),
        ("ask", "--treaty", TITLE, "--language", "fr", "Who pays?"),
    ],
)
def test_wrong_use_of_other_treaties_ends_with_2_and_one_sentence(capsys, folder, arguments):
    status, out, err = run(capsys, *arguments)
    assert status == 2 and out == "" and len(err.strip().splitlines()) == 1


def test_a_title_that_names_nothing_is_wrong_use(capsys, folder, lantern_file):
    status, _, err = run(capsys, "build", "--text", lantern_file, "--title", "...")
    assert status == 2 and "no Latin letters" in err and not (folder / "data").exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"Nothing of the kind.", "no articles of a treaty"),
        (TEXT.replace("Article 3\n", "Article 9\n").encode(), "article 9 follows article 2 bis"),
        (b"%PDF-1.7 half a file", "damaged or cut short"),
        (b"\x00\x01\x02\xff\xfe\x80" * 50, ""),
    ],
)
def test_what_is_no_treaty_ends_with_1_and_keeps_what_was_there(
    capsys, folder, lantern_file, content, told
):
    run(capsys, "build", "--text", lantern_file, "--title", TITLE)
    (folder / "bad").write_bytes(content)
    status, out, err = run(capsys, "build", "--text", str(folder / "bad"), "--title", TITLE)
    assert status == 1 and out == "" and told in err and len(err.strip().splitlines()) == 1
    assert run(capsys, "ask", "--treaty", TITLE, "article 4")[0] == 0
