"""The reader of the plain layout."""

import pytest

from index.errors import ReadingError
from index.reader import read_treaty

TREATY = """A Treaty

Preamble

The States agree on
much.

Chapter I
General

Article 1
Purpose

The purposes are:

(a) one; and

(b) two:

(i) small;

(ii) smaller.

Article 2
Rules

1. Each State must act:

(a) soon; or

(b) later;

with due care.

2. (a) A State may wait.

(b) A State must then act.
"""


def problems_of(text: str) -> list[str]:
    with pytest.raises(ReadingError) as caught:
        read_treaty(text, source="digest")
    return [str(problem) for problem in caught.value.problems]


def test_a_treaty_in_the_plain_layout_is_read_whole():
    treaty = read_treaty(TREATY, source="digest")
    assert treaty.title == "A Treaty"
    assert [p.id for p in treaty.provisions()] == [
        "preamble", "preamble/1", "art-1", "art-1/a", "art-1/b", "art-1/b/i", "art-1/b/ii",
        "art-2", "art-2/para-1", "art-2/para-1/a", "art-2/para-1/b", "art-2/para-2",
        "art-2/para-2/a", "art-2/para-2/b",
    ]  # fmt: skip


def test_a_wrapped_line_belongs_to_the_line_before():
    assert read_treaty(TREATY, source="digest")["preamble/1"].text == "The States agree on much."


def test_closing_words_belong_to_the_paragraph_that_opened_the_list():
    treaty = read_treaty(TREATY, source="digest")
    assert treaty["art-2/para-1"].closing == "with due care."


def test_windows_line_ends_change_nothing():
    treaty = read_treaty(TREATY.replace("\n", "\r\n"), source="digest")
    assert (
        treaty.article(2).provisions == read_treaty(TREATY, source="digest").article(2).provisions
    )


def test_item_i_after_h_is_a_letter_and_after_a_colon_a_numeral():
    letters = "".join(f"\n({mark}) x;\n" for mark in "abcdefghi")
    text = f"T\n\nChapter I\nOne\n\nArticle 1\nUno\n\nThey are:\n{letters}"
    assert "art-1/i" in read_treaty(text, source="digest")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("Article 2\n", "Article 4\n", "article 4 follows article 1"),
        ("2. (a)", "3. (a)", "paragraph 3 of article 2 follows paragraph 1"),
        ("(b) later;", "(d) later;", "item (d) cannot follow"),
    ],
)
def test_a_gap_is_reported_with_its_line(old, new, reason):
    text = TREATY.replace(old, new)
    line = next(i for i, words in enumerate(text.splitlines(), 1) if new.strip() in words)
    assert any(p.startswith(f"line {line}: ") and reason in p for p in problems_of(text))


def test_a_text_without_articles_is_no_treaty():
    assert problems_of("Hello\n\nworld") == ["line 1: no line 'Article 1' was found"]
