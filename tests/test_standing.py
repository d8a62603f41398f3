"""How things stand: the rule, the known facts with their dates, the kept file."""

from datetime import date, timedelta

import pytest

from assistant.standing import entry_into_force, standing
from index.status import read_status
from index.treaty_status import KeptStatus, Participant, TreatyStatus, read_treaty_status
from tests.test_treaty_status import status_file

FIRST = date(2026, 2, 1)


def bound(count: int, *others: Participant) -> TreatyStatus:
    """A status with a party a week."""
    parties = [
        Participant(f"State {n}", None, FIRST + timedelta(weeks=n), "ratification")
        for n in range(count)
    ]
    return TreatyStatus("Cybercrime", (*reversed(parties), *others), None, None)


def kept(status: TreatyStatus) -> KeptStatus:
    return KeptStatus(status, "https://treaties.un.org/x.xml", "2026-11-24T10:00:00+00:00", "0")


def test_the_fortieth_instrument_and_the_ninetieth_day_after_it():
    fortieth = FIRST + timedelta(weeks=39)
    assert entry_into_force(bound(40)) == (fortieth, fortieth + timedelta(days=90))
    assert entry_into_force(bound(60)) == entry_into_force(bound(40))
    assert entry_into_force(bound(39)) is None


def test_the_instrument_of_an_organization_does_not_count():
    union = Participant("European Union", None, FIRST, "approval")
    assert entry_into_force(bound(39, union)) is None
    assert "39 of the forty" in standing(read_status(), kept(bound(39, union)))


def test_every_count_is_told_with_its_date():
    text = standing(read_status(), kept(read_treaty_status(status_file())))
    assert "as fetched on 24 November 2026: 6 signatories and 4 Parties" in text
    assert "newest entry is of 1 September 2026" in text
    assert "3 of the forty instruments" in text
    assert "76 signatories as of July 2026" in text and "{" not in text


def test_without_a_file_only_the_dated_facts_are_told():
    text = standing(read_status(), None)
    assert "ninetieth day" in text and "No status file" in text and "{" not in text


@pytest.mark.parametrize("count", [0, 40])
def test_no_party_and_enough_of_them_are_told(count):
    signed = Participant("Ruritania", FIRST, None, None)
    text = standing(read_status(), kept(bound(count, signed)))
    assert ("ninetieth day after it is 30 January 2027" in text) == bool(count)
    assert ("Parties there" in text) == bool(count)


def test_a_file_without_any_day_is_told_without_one():
    nobody = Participant("Ruritania", None, None, None)
    assert "an unknown day" in standing(read_status(), kept(bound(0, nobody)))
