"""Reading bills one at a time: the line, giving up, and what goes wrong."""

import logging
import threading

import pytest

from assistant.web.bill_desk import PLACES, BillDesk, Stage
from index.errors import Busy, EmptyDocument, ServingError

BILL = b"1. Access. A person who accesses a computer system without right commits an offence."
LONG = "\n\n".join(
    f"{n}. Duty {n}. The officer number {n} keeps the record of order {n} for as long as it takes."
    for n in range(1, 3000)
).encode()


@pytest.fixture
def desk(knowledge, register, encoder, data):
    return BillDesk(knowledge, register, encoder, data)


def read(desk, data=BILL, make=lambda report: report, chapter=2):
    desk.take_place()
    return desk.give(data, "bill.txt", chapter, make)


def ended(given):
    """Wait for the end of the work, however it ends."""
    done = threading.Event()
    given.future.add_done_callback(lambda future: done.set())
    assert done.wait(600)


def test_a_bill_is_read_against_the_whole_convention_or_one_chapter(desk):
    given = read(desk, chapter=2)
    ended(given)
    findings = given.outcome().reading.findings
    assert {finding.duty.chapter for finding in findings} == {2}
    assert findings[0].duty_id == "art-7/para-1" and findings[0].passages


def test_a_second_bill_waits_for_the_first(desk):
    hold, begun = threading.Event(), threading.Event()
    first = read(desk, make=lambda report: (begun.set(), hold.wait(600)))
    assert begun.wait(600)
    second = read(desk)
    assert first.progress.step.stage is Stage.WRITING
    assert second.progress.step.stage is Stage.WAITING
    hold.set()
    ended(second)
    assert second.outcome().reading.bill.name == "bill.txt"


def test_no_more_bills_are_taken_than_there_are_places(desk):
    for _ in range(PLACES):
        desk.take_place()
    with pytest.raises(Busy, match="try again in half a minute"):
        desk.take_place()
    desk.leave_place()
    desk.take_place()


def test_a_place_is_free_again_when_the_bill_has_been_read_or_refused(desk):
    for _ in range(PLACES + 1):
        given = read(desk, data=b" ")
        ended(given)
        with pytest.raises(EmptyDocument):
            given.outcome()


def test_a_reading_that_is_given_up_ends_early_and_makes_nothing(desk):
    made = []
    given = read(desk, data=LONG, make=made.append, chapter=None)
    while given.progress.step.stage is not Stage.COMPARING:
        assert not given.future.done()
    given.give_up()
    ended(given)
    assert not made and given.outcome() is None
    assert given.progress.step.done < 0.9


def test_a_bill_that_waits_can_be_given_up(desk):
    hold, begun = threading.Event(), threading.Event()
    first = read(desk, make=lambda report: (begun.set(), hold.wait(600)))
    assert begun.wait(600)
    waiting = read(desk)
    waiting.give_up()
    assert waiting.outcome() is None
    hold.set()
    ended(first)


def test_what_goes_wrong_unexpectedly_is_told_without_the_words_of_the_bill(desk, caplog):
    def fail(report):
        raise ValueError(report.reading.bill.text)

    given = read(desk, make=fail)
    with caplog.at_level(logging.DEBUG):
        ended(given)
    with pytest.raises(ServingError, match="lies here and not in the file") as raised:
        given.outcome()
    assert raised.value.__cause__ is None
    assert "ValueError" in caplog.text and "accesses" not in caplog.text
