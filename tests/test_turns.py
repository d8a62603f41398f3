"""What a browser keeps of a conversation, and what is believed of it when it comes back."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.web.turns import answer_of, read_turns, turn_of
from index.errors import BadInput
from tests.answers import answer, citation

ID = "0123456789abcdef0123456789abcdef"


def kept(**changed: object) -> dict[str, object]:
    turn = turn_of(answer("Yes [art. 14(1)(b)].", citation()), ID, datetime.now(UTC))
    return turn.model_dump(mode="json") | changed


def test_an_answer_comes_back_as_it_was_with_its_citations(knowledge):
    cited = knowledge.cite(knowledge.convention["art-14/para-1/b"])
    given_out = answer("Yes [art. 14(1)(b)].", cited)
    (turn,) = read_turns(json.dumps([kept()]))
    back = answer_of(turn, knowledge)
    assert (back.text, back.outcome, back.citations) == (
        given_out.text, given_out.outcome, given_out.citations,
    )  # fmt: skip


def test_a_provision_is_looked_up_again_and_an_unknown_one_left_out(knowledge):
    forged = kept(cited=["art-7", "art-999", "javascript:alert(1)"])
    (turn,) = read_turns(json.dumps([forged]))
    assert [one.url for one in answer_of(turn, knowledge).citations] == ["/convention/article-7"]


@pytest.mark.parametrize(
    "changed",
    [
        {"id": "<script>"},
        {"id": ID.upper()},
        {"outcome": "certain"},
        {"text": None},
        {"question": "x" * 20_001},
        {"cited": ["art-7"] * 101},
        {"suggestions": ["?"] * 4},
        {"at": "yesterday"},
    ],
)
def test_a_turn_of_another_shape_is_refused(changed):
    with pytest.raises(BadInput):
        read_turns(json.dumps([kept(**changed)]))


@pytest.mark.parametrize("given_text", ["", "null", "{}", "[]", "[1]", "[" * 100_000, "nonsense"])
def test_what_is_no_list_of_turns_is_refused(given_text):
    with pytest.raises(BadInput):
        read_turns(given_text)


def test_a_conversation_without_end_is_refused():
    with pytest.raises(BadInput):
        read_turns(json.dumps([kept()] * 201))


@given(st.text())
def test_whatever_comes_is_refused_with_a_sentence(text):
    with pytest.raises(BadInput, match="not a conversation"):
        read_turns(text)
