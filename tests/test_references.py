"""Provisions named in questions and answers."""

import pytest

from assistant.references import chapters_named, find_references, labels_in


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("What does article 14(1)(b) say", ["art-14/para-1/b"]),
        ("paragraph 3 of article 23", ["art-23/para-3"]),
        ("art. 40, para 21 (c) please", ["art-40/para-21/c"]),
        ("Articles 7 to 10", ["art-7", "art-8", "art-9", "art-10"]),
        ("difference between article 7 and article 8", ["art-7", "art-8"]),
        ("art 2(f)(ii)", ["art-2/f/ii"]),
        ("Article 71?", ["art-71"]),
        ("Article 8 bis, paragraph 2", ["art-8bis/para-2"]),
        ("art. 15ter(1)", ["art-15ter/para-1"]),
        ("article 8 terms", ["art-8"]),
        ("no number at all", []),
    ],
)
def test_a_provision_is_found_however_it_is_written(text, ids):
    assert [reference.id for reference in find_references(text)] == ids


def test_chapters_are_named_by_numeral_digit_or_word():
    assert chapters_named("chapter IV, chapter 5 and the second chapter") == (4, 5, 2)


def test_labels_of_an_answer_are_found_with_their_place():
    text = "x [art. 14(1)(b)] y [preamble, para. 3] z [art. 8 bis(2)] [art. 8 of it]"
    assert [(label, text[a:b]) for label, a, b in labels_in(text)] == [
        ("art. 14(1)(b)", "[art. 14(1)(b)]"),
        ("preamble, para. 3", "[preamble, para. 3]"),
        ("art. 8 bis(2)", "[art. 8 bis(2)]"),
    ]
