"""Sentences and their marks, read out of a text however it is cut into pieces."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.generation.marks import LONGEST, SentenceReader, known_marks
from assistant.generation.sentence import Sentence
from assistant.generation.sources import Source
from tests.scripted_model import pieces_of

SOURCES = [Source(n, f"art-{n}", f"art. {n}", "mandatory", "Words.") for n in range(1, 5)] + [
    Source(5, "art-25/para-2", "art. 25(2)", "mandatory", "Words.")
]
KNOWN = known_marks(SOURCES)


def read(*pieces: str) -> list[Sentence]:
    reader = SentenceReader(KNOWN)
    sentences = [sentence for piece in pieces for sentence in reader.feed(piece)]
    return [*sentences, *reader.close()]


def told(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(sentence.text, sentence.ids) for sentence in read(text)]


MARKS = [
    "States must act [1].",
    "States must act. [1]",
    "States must act.[1]",
    "States must act [1] .",
    "States must act 【1】.",
    "States must act 【1†source】.",
    "States must act (1).",
    "States must act. (1)",
    "States must act [Source 1].",
    "States must act [source: 1].",
    "States must act [art. 1].",
    "[1] States must act.",
    "According to [1], States must act.",
    "- States must act [1].",
    "**States** must act [1](http://example.org/1).",
]


@pytest.mark.parametrize("text", MARKS)
def test_a_mark_is_read_in_every_form_that_has_a_clear_meaning(text):
    assert told(text) == [("States must act.", ("art-1",))]


@pytest.mark.parametrize(
    "text", ["A is so [1][2].", "A is so [1] [2].", "A is so [1, 2].", "A is so [1 and 2].",
             "A is so [1-2].", "A is so [1–2]. [2]", "A is so [1]. [2]"]
)  # fmt: skip
def test_several_marks_are_read_in_order_each_once(text):
    assert told(text) == [("A is so.", ("art-1", "art-2"))]


@pytest.mark.parametrize(
    "mark", ["[9]", "[99]", "[0]", "[-1]", "[art. 99]", "[x]", "[see above]", "[5000]", "[]"]
)
def test_a_mark_without_a_source_says_nothing(mark):
    ((text, ids),) = told(f"States must act {mark}.")
    assert ids == () and text.startswith("States must act")


def test_a_label_of_a_source_means_that_source():
    assert told("Data are kept [art. 25(2)].") == [("Data are kept.", ("art-25/para-2",))]


def test_a_number_in_round_brackets_that_counts_paragraphs_is_no_mark():
    assert told("It is set out in paragraph (1).") == [("It is set out in paragraph (1).", ())]


@pytest.mark.parametrize(
    "sentence",
    [
        "It follows from art. 5 and paras. 2 of it.",
        "Some data, e.g. Traffic data, are kept.",
        "A body, i.e. The Conference, decides.",
        "No. 5 of the list applies.",
        "The U.N. Secretary-General keeps it.",
        "The rate is 3.5 for it.",
        "Mr. Smith may act.",
    ],
)
def test_an_abbreviation_does_not_end_a_sentence(sentence):
    assert told(f"{sentence} [1] They may [2].") == [
        (sentence, ("art-1",)),
        ("They may.", ("art-2",)),
    ]


def test_a_sentence_is_given_out_as_soon_as_its_end_is_certain():
    reader = SentenceReader(KNOWN)
    assert list(reader.feed("States must act [1]. ")) == []
    assert list(reader.feed("[2]")) == []
    assert list(reader.feed(" They")) == [Sentence("States must act.", ("art-1", "art-2"))]


def test_a_mark_on_a_line_of_its_own_belongs_to_the_sentence_above():
    assert told("States must act.\n[1]\nThey may [2].") == [
        ("States must act.", ("art-1",)),
        ("They may.", ("art-2",)),
    ]


def test_marks_at_the_beginning_of_lines_belong_to_their_lines():
    assert told("[1] States must act.\n[2] They may.") == [
        ("States must act.", ("art-1",)),
        ("They may.", ("art-2",)),
    ]


def test_the_lines_of_a_list_are_sentences_of_their_own():
    assert told("1. Keep data [1]\n2. Hand them over [2]") == [
        ("Keep data", ("art-1",)),
        ("Hand them over", ("art-2",)),
    ]


def test_a_sentence_that_a_limit_cut_off_is_dropped():
    assert told("States must act [1]. They may [2] also, where the") == [
        ("States must act.", ("art-1",))
    ]


def test_a_text_without_an_end_is_ended():
    assert [len(s.text) for s in read("x" * (2 * LONGEST + 1))] == [LONGEST, LONGEST, 1]


LIKELY = st.lists(
    st.sampled_from(
        ["[1]", "[2, 3]", "[9]", "(1)", "【4】", "[art. 25(2)]", "art. 5", "States must act",
         "e.g. ", ".", ". ", "! ", "? ", "\n", " ", "- ", "```", "![x](http://a.b/c.png)", "<b>",
         "[y](https://evil.example/?q=1)", "É", "数据", "…", "\"", "http://a.example/x.y ", "[",
         "]", "(", ")", "1. ", "**", "\u202e", "no.", "Yes"]
    ),
    max_size=25,
).map("".join)  # fmt: skip
TEXTS = st.one_of(LIKELY, st.text(max_size=80))


@given(TEXTS, st.lists(st.integers(0, 500), max_size=8))
def test_any_cut_of_any_text_gives_the_same_sentences(text, cuts):
    assert read(*pieces_of(text, cuts)) == read(text)


@given(TEXTS)
def test_only_ids_of_sources_come_out_and_no_bracket_address_or_markup(text):
    for sentence in read(text):
        assert set(sentence.ids) <= {source.id for source in SOURCES}
        assert not re.search(r"[\[\]【】<>`*\n\u202e]|://", sentence.text)
