"""The measure of gap reading, and that it stays as good as it was."""

import pytest

from assistant.gap import duties_of, encode_duties, find, measure, open_bill, read_cases
from assistant.gap.finding import Finding, Passage, Sureness
from assistant.gap.measure import Tally, tally
from index.errors import BadSource
from tests.bill_files import BILLS


def test_every_coverage_names_provisions_of_both_sides(register, knowledge):
    duties = {duty.id for duty in duties_of(register, knowledge)}
    for case in read_cases(BILLS):
        assert case.covered.keys() <= duties
        places = frozenset().union(case.near_misses, *case.covered.values())
        assert places <= case.bill.by_id.keys()


def test_a_folder_without_bills_is_refused(tmp_path):
    with pytest.raises(BadSource, match="no model bills"):
        read_cases(tmp_path)


def finding(register, knowledge, duty_id: str, *section_ids: str) -> Finding:
    bill = open_bill(str(BILLS / "act.md"))
    duty = next(duty for duty in duties_of(register, knowledge) if duty.id == duty_id)
    passages = [Passage(bill.by_id[one], "", Sureness.LIKELY, 0.9, (), ()) for one in section_ids]
    return Finding(duty, tuple(passages))


@pytest.mark.parametrize(
    ("duty_id", "sections", "counted"),
    [
        ("art-7/para-1", ["4(1)"], Tally(found=1, right=1)),
        ("art-7/para-1", ["15", "4(1)"], Tally(found=1, right=1, wrong=1)),
        ("art-7/para-1", ["15"], Tally(false=1, missed=1, wrong=1)),
        ("art-7/para-1", [], Tally(missed=1)),
        ("art-38", ["15"], Tally(false=1, wrong=1)),
        ("art-38", [], Tally()),
        ("art-9/para-1", ["7"], Tally(found=1, right=1)),
    ],
)
def test_what_was_found_is_counted_against_what_is_known(
    register, knowledge, duty_id, sections, counted
):
    case = next(case for case in read_cases(BILLS) if case.bill.name == "act.md")
    assert tally(case, finding(register, knowledge, duty_id, *sections)) == counted


@pytest.mark.slow
def test_it_finds_as_much_as_it_did(register, knowledge, encoder):
    total = Tally()
    duties = duties_of(register, knowledge)
    vectors = encode_duties(duties, encoder)
    for case in read_cases(BILLS):
        for one in find(case.bill, duties, encoder, vectors=vectors).findings:
            total += tally(case, one)
    assert total.precision > 0.76 and total.recall > 0.78


def test_the_measure_tells_precision_and_recall_of_each_obligation(register, knowledge, encoder):
    duties = [duty for duty in duties_of(register, knowledge) if duty.article == "art-7"]
    said: list[str] = []
    cases = [case for case in read_cases(BILLS) if case.bill.name == "ordinance.md"]
    measure(cases, duties, encoder, encode_duties(duties, encoder), said.append)
    assert any("article 7, paragraph 1" in line and "100%" in line for line in said)
