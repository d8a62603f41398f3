"""Whether a text reaches a question."""

import pytest

from assistant.reach import KNOWN, NEAR, NEARER, Reach
from assistant.retriever import Ranked
from index.passages import Kind
from index.store import Hit

REACH = Reach(["A keeper lights the lantern.", "A keeper is paid.", "A lantern is white."])


def ranked(similarity: float) -> list[Ranked]:
    hit = Hit("art-1#text-0", similarity)
    unheard = Ranked("art-2", dense=1.0, lexical=1.0)
    return [unheard, Ranked("art-1", dense=similarity, best={Kind.TEXT: hit})]


def test_the_share_of_known_words_is_between_none_and_all():
    assert REACH.known("Is the keeper paid?") == 1.0
    assert REACH.known("bicycles in Norway") == REACH.known("") == 0.0
    assert KNOWN < REACH.known("a white bicycle") < 1.0


def test_a_rare_word_weighs_more_than_a_common_one():
    assert REACH.known("white bicycle") > REACH.known("lantern bicycle")


@pytest.mark.parametrize(
    ("question", "limit"), [("a white keeper", NEAR), ("bicycles in Norway", NEARER)]
)
def test_a_question_in_other_words_has_to_be_nearer_in_meaning(question, limit):
    assert REACH.reaches(question, ranked(limit))
    assert not REACH.reaches(question, ranked(limit - 0.01))


def test_nothing_found_reaches_nothing():
    assert not REACH.reaches("a white keeper", [])
