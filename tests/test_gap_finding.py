"""Finding passages that appear to address a duty, with the real encoder on small bills."""

import pytest

from assistant.gap import Sureness, duties_of, find, read_bill

BILL = """
1. Definitions. In this Act, "data" means electronic data of any kind.

2. Unauthorised access. A person who intentionally and without right accesses the whole or any
part of a computer system commits an offence.

3. Preservation. A police officer may order a person to preserve specified stored computer data
for up to ninety days; the order is kept confidential.

4. Fishing. A person who fishes for trout in the closed season pays a fine.

5. =Fees. The Minister may set fees for licences by order published in the Gazette.
"""


@pytest.fixture(scope="module")
def steps():
    return []


@pytest.fixture(scope="module")
def reading(register, knowledge, encoder, steps):
    duties = [
        duty
        for duty in duties_of(register, knowledge)
        if duty.article in ("art-7", "art-14", "art-25", "art-38")
    ]
    return find(read_bill(BILL.encode(), name="bill.txt"), duties, encoder, progress=steps.append)


def best(reading, duty_id):
    finding = next(one for one in reading.findings if one.duty_id == duty_id)
    return finding.passages[0] if finding.passages else None


def test_the_passage_that_addresses_a_duty_is_found(reading):
    assert best(reading, "art-7/para-1").section.id == "2"
    assert best(reading, "art-7/para-1").sureness is Sureness.LIKELY
    assert best(reading, "art-25/para-1").section.id == "3"


def test_where_nothing_is_found_that_is_said(reading):
    assert best(reading, "art-38") is None and best(reading, "art-14/para-1/a") is None


def test_a_finding_says_why_and_what_was_not_seen(reading):
    passage = best(reading, "art-7/para-1")
    assert "access without permission" in passage.why[0]
    assert "vulnerable to loss" in best(reading, "art-25/para-1").missing


def test_a_quote_is_exact(reading):
    for finding in reading.findings:
        for passage in finding.passages:
            assert reading.bill.text[passage.start : passage.end] == passage.quote


def test_the_same_bill_gives_the_same_reading(encoder, reading):
    duties = [finding.duty for finding in reading.findings]
    assert find(read_bill(BILL.encode(), name="bill.txt"), duties, encoder) == reading


def test_progress_ends_with_the_whole(reading, steps):
    assert steps == sorted(steps) and steps[-1] == 1
