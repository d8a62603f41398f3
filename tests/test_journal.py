"""What is kept of answers, and what happens where it cannot be kept."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from asgi_correlation_id import correlation_id
from sqlalchemy import create_engine, insert

from assistant.answer import Answer, ConventionStamp, Mode, Outcome
from assistant.records import database
from assistant.records.database import open_database, working
from assistant.records.journal import KEY_NAME, Journal
from assistant.records.reading import Kept, read_kept
from assistant.records.tables import feedback
from assistant.records.writing import Writer
from assistant.settings import Settings, read_settings

ANSWER = Answer(
    question="What is the fine for hacking?",
    outcome=Outcome.NOT_COVERED,
    text="None is set.",
    citations=(),
    suggestions=(),
    mode=Mode.EXTRACTIVE,
    model=None,
    convention=ConventionStamp("digest", "en", "0" * 64, "2024-12-24"),
)


@pytest.fixture
def settings(folder) -> Settings:
    return read_settings()


@contextmanager
def journal_of(settings: Settings) -> Iterator[Journal]:
    """An open journal; all of it is written at the end."""
    journal = Journal(settings)
    journal.open()
    yield journal
    journal.close()


def kept(settings: Settings) -> list[Kept]:
    return read_kept(open_database(settings))


def test_a_question_is_kept_with_its_outcome_and_the_name_of_the_key_and_its_feedback(settings):
    correlation_id.set("id-1")
    KEY_NAME.set("helpdesk")
    with journal_of(settings) as journal:
        journal.note_answer(ANSWER)
        journal.note_feedback("id-1", "down", "I wanted a number.")
    one = kept(settings)[0]
    assert datetime.fromisoformat(one.at) <= datetime.now(UTC)
    assert replace(one, at="") == Kept(
        "", "id-1", ANSWER.question, "not_covered", "", "helpdesk", "down", "I wanted a number."
    )


def test_feedback_is_kept_where_its_question_is_not(settings):
    with journal_of(settings) as journal:
        journal.note_feedback("id-2", "up")
    assert [(one.answer, one.thumb, one.question) for one in kept(settings)] == [("id-2", "up", "")]


def test_what_a_database_does_not_take_does_not_get_there(settings):
    with journal_of(settings) as journal:
        journal.note_feedback("id-3", "up", "nul \0 and half \ud83d a character")
    assert kept(settings)[0].comment == "nul  and half ? a character"


def test_what_is_too_old_is_deleted_at_the_start(settings):
    old, new = (datetime.now(UTC) - timedelta(days=days) for days in (91, 89))
    with working(open_database(settings)) as connection:
        rows = [{"at": at, "answer": f"{at:%d}", "thumb": "up", "comment": ""} for at in (old, new)]
        connection.execute(insert(feedback), rows)
    with journal_of(settings):
        pass
    assert [one.answer for one in kept(settings)] == [f"{new:%d}"]


def test_where_nothing_is_kept_no_database_is_made(settings):
    with journal_of(settings):
        pass
    assert not settings.data.exists()


def test_a_locked_database_holds_up_nobody_and_is_logged_once(settings, monkeypatch, caplog):
    monkeypatch.setattr(database, "_SECONDS_TO_WAIT", 0.05)
    open_database(settings)
    place = settings.data / "records.sqlite3"
    with caplog.at_level(logging.ERROR), closing(sqlite3.connect(place)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with journal_of(settings) as journal:
            for n in range(3):
                journal.note_feedback(f"id-{n}", "up")
                time.sleep(0.2)
        other.rollback()
    assert caplog.text.count("are not kept") == 1 and "locked" in caplog.text
    with journal_of(settings) as journal:
        journal.note_feedback("later", "up")
    assert [one.answer for one in kept(settings)] == ["later"]


def test_more_than_can_wait_is_lost_and_logged_once(caplog):
    def never() -> None:
        time.sleep(0.2)
        raise AssertionError("no database in this test")

    writer = Writer(never, days=1, most=2)
    with caplog.at_level(logging.ERROR):
        for _ in range(10):
            writer.put(feedback, {})
        writer.close()
    assert "too many wait" in caplog.text


def test_a_database_that_is_gone_is_no_error_of_the_one_who_answers(caplog):
    engine = create_engine("sqlite:////nowhere/records.sqlite3")
    writer = Writer(lambda: engine, days=1)
    with caplog.at_level(logging.ERROR):
        writer.put(feedback, {"at": datetime.now(UTC), "answer": "", "thumb": "up", "comment": ""})
        writer.close()
    assert "are not kept" in caplog.text and "unable to open database file" in caplog.text
