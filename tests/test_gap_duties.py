"""What gap reading looks for in a bill."""

import pytest

from assistant.gap.duties import duties_of
from index.annotations import Level
from index.errors import UnknownProvision


def test_a_duty_is_the_smallest_provision_with_the_words_above_it(knowledge):
    duties = {duty.id: duty for duty in duties_of(knowledge)}
    assert "art-28/para-3" not in duties
    copies = duties["art-28/para-3/b"]
    assert copies.own == "make and keep copies of those electronic data in electronic form;"
    assert copies.text.startswith("Each State Party must give its competent authorities the power")
    assert (copies.level, copies.measure, copies.chapter) == (Level.MANDATORY, "power", 4)


def test_definitions_institutions_and_requesting_states_are_no_duties(knowledge):
    duties = {duty.id for duty in duties_of(knowledge)}
    assert not duties & {"art-2/a", "art-14/para-2/a", "art-57/para-1", "art-42/para-3/a"}
    assert {"art-42/para-4", "art-36/para-3", "art-40/para-12/b"} <= duties


def test_a_chapter_can_be_asked_for_alone(knowledge):
    articles = {int(duty.article[4:]) for duty in duties_of(knowledge, 2)}
    assert articles == set(range(7, 22))


def test_a_chapter_that_there_is_not_is_refused(knowledge):
    with pytest.raises(UnknownProvision, match="no chapter 12"):
        duties_of(knowledge, 12)
