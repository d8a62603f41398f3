"""How things stand: the rule, the known facts with their dates, the kept file."""

from datetime import date, timedelta

import pytest

from assistant.answer import Outcome
from assistant.assistant import Assistant
from assistant.settings import read_settings
from assistant.standing import entry_into_force, force, newest, standing
from index.sources import source_named
from index.status import read_status
from index.treaty_status import (
    KeptStatus,
    Participant,
    TreatyStatus,
    fetch_status,
    read_treaty_status,
)
from tests.test_treaty_status import status_file

FIRST = date(2026, 2, 1)
IN_FORCE = [
    "What has changed since the Convention came into force?",
    "How has the treaty been enforced since it became law last year?",
]


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


def test_the_facts_in_answers_are_those_of_the_kept_file_with_its_day():
    status = newest(read_status(), kept(read_treaty_status(status_file())))
    facts = status.placeholders()
    assert (facts["signatories"], facts["parties"]) == ("6", "4")
    assert facts["parties_as_of"] == facts["signatories_as_of"] == "24 November 2026"
    assert facts["first_party"] == "Qatar, on 3 February 2026"
    assert facts["source"] == "UN Treaty Collection" and status.as_of == "2026-11-24"
    assert facts["resolution"] == read_status().placeholders()["resolution"]


def test_a_kept_file_that_is_older_than_the_shipped_facts_is_not_used():
    old = KeptStatus(bound(1), "https://x", "2026-01-01T00:00:00+00:00", "0")
    assert newest(read_status(), old) == newest(read_status(), None) == read_status()


def test_a_file_without_a_party_names_none():
    signed = Participant("Ruritania", FIRST, None, None)
    status = newest(read_status(), kept(bound(0, signed)))
    assert status.facts["first_party"].value == "still to come"


def test_the_sentence_on_force_turns_with_the_fortieth_instrument():
    facts = read_status().placeholders()
    assert "not in force: 3 Parties" in force(facts, None)
    assert "not in force" in force(facts, kept(bound(39)))
    assert "deposited on 1 November 2026" in force(facts, kept(bound(40)))


@pytest.fixture
def informed(assistant, data, tmp_path):
    """A real assistant whose data folder keeps a status file with so many parties."""

    def opened(parties: int) -> Assistant:
        rows = [(f"State {n}", "", f"{n % 28 + 1} Feb 2026") for n in range(parties)]
        (tmp_path / "status.xml").write_bytes(status_file(rows, stated=("90", str(parties))))
        fetch_status(tmp_path, source_named(str(tmp_path / "status.xml")))
        if not (tmp_path / "index").exists():
            (tmp_path / "index").symlink_to(data / "index", target_is_directory=True)
        return Assistant.open(read_settings(data=tmp_path))

    return opened


def test_answers_on_the_status_have_the_counts_of_the_kept_file(informed):
    answer = informed(5).ask("How many states have ratified the convention?")
    assert "5 Parties were known here" in answer.text and "UN Treaty Collection" in answer.text


def test_answers_do_not_deny_that_it_is_in_force_after_the_fortieth_instrument(informed):
    claim = "Since the Convention is already in force, how long must data be preserved?"
    assert "Not so on the last date known here" in informed(39).ask(claim).text
    after = informed(40)
    assert "Not so" not in after.ask(claim).text
    assert "the fortieth instrument was deposited on" in after.ask("Is it in force?").text


@pytest.mark.parametrize("asked", IN_FORCE)
def test_that_it_is_in_force_is_put_right_only_before_the_fortieth_instrument(informed, asked):
    before, after = informed(39).ask(asked), informed(40).ask(asked)
    assert before.outcome is Outcome.CORRECTED and before.text.startswith("Not ")
    assert after.outcome is Outcome.ANSWERED and "Not quite" not in after.text
    assert "the fortieth instrument was deposited on 28 February 2026" in after.text
    assert [citation.id for citation in after.citations] == ["art-65/para-1", "art-65/para-2"]
