"""What gap reading looks for in a bill."""

import pytest

from assistant.gap.duties import CHAPTERS, duties_of
from assistant.obligations import Side
from index.annotations import Level
from index.errors import UnknownProvision


def test_a_duty_is_the_smallest_provision_with_the_words_above_it(register, knowledge):
    duties = {duty.id: duty for duty in duties_of(register, knowledge)}
    assert "art-28/para-3" not in duties
    copies = duties["art-28/para-3/b"]
    assert copies.own == "make and keep copies of those electronic data in electronic form;"
    assert copies.text.startswith("Each State Party must give its competent authorities the power")
    assert (copies.levels, copies.measures, copies.chapter) == ((Level.MANDATORY,), ("power",), 4)


def test_definitions_institutions_and_requesting_states_are_no_duties(register, knowledge):
    duties = {duty.id for duty in duties_of(register, knowledge)}
    assert not duties & {"art-2/a", "art-14/para-2/a", "art-57/para-1", "art-42/para-3/a"}
    assert {"art-42/para-4", "art-36/para-3", "art-40/para-12/b"} <= duties


def test_a_chapter_can_be_asked_for_alone(register, knowledge):
    articles = {int(duty.article[4:]) for duty in duties_of(register, knowledge, 2)}
    assert articles == set(range(7, 22))


def test_a_chapter_that_there_is_not_is_refused(register, knowledge):
    with pytest.raises(UnknownProvision, match="no chapter 12"):
        duties_of(register, knowledge, 12)


def test_a_duty_has_what_the_rows_of_its_provision_say(register, knowledge):
    duties = {duty.id: duty for duty in duties_of(register, knowledge)}
    refusal = duties["art-40/para-26"]
    assert [row.id for row in refusal.rows] == [f"art-40/para-26#{n}" for n in (1, 2, 4)]
    assert (refusal.level, refusal.levels) == (Level.MANDATORY, (Level.MANDATORY,))
    assert refusal.actors == ("requested State Party",)


def test_every_provision_with_a_row_for_a_state_is_looked_for_or_left_out_for_a_reason(
    register, knowledge
):
    convention = knowledge.convention
    looked_for = {duty.id for duty in duties_of(register, knowledge)}
    left_out = {
        row.provision_id
        for row in register.rows
        if row.for_assessment and row.chapter in CHAPTERS and row.provision_id not in looked_for
    }
    for provision_id in left_out:
        rows = [row for row in register.rows if row.provision_id == provision_id]
        is_list = bool(convention.children(convention[provision_id]))
        asks = all(row.side is Side.REQUESTING for row in rows if row.for_assessment)
        assert is_list or asks, provision_id


def test_a_rule_that_nobody_acts_on_is_looked_for_where_a_law_may_state_it(register, knowledge):
    looked_for = {duty.id for duty in duties_of(register, knowledge)}
    assert {"art-11/para-2", "art-16/para-4", "art-18/para-3"} <= looked_for
    assert not looked_for & {"art-14/para-5", "art-21/para-8"}
