"""Answers from the register: complete, with levels, and every line with its label."""

import re

import pytest

from assistant.inquiry import Inquiry
from assistant.obligations import Filters
from assistant.register_answers import NAMES, Consult, RegisterAnswers
from assistant.register_forms import Ask, Asked
from index.annotations import Level


@pytest.fixture(scope="module")
def answers(knowledge, register):
    return RegisterAnswers(knowledge, register)


def told(answers, ask: Ask, **values) -> str:
    return answers.tell(Asked(ask, **values)) or ""


ASKED = [
    Asked(Ask.OPT_OUT),
    Asked(Ask.NOTICES),
    Asked(Ask.DEADLINES),
    Asked(Ask.BEFORE),
    Asked(Ask.LEVEL, level=Level.OPTIONAL, chapter=2),
    Asked(Ask.NEW, treaty="Budapest"),
    Asked(Ask.CRIMINALISE, conduct="hacking"),
]


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.ask)
def test_every_line_ends_in_the_label_of_a_provision(answers, knowledge, asked):
    text = answers.tell(asked) or ""
    lines = [line for line in text.splitlines() if line.lstrip().startswith("- ")]
    assert lines and all(re.search(r"\[art\. [^\]]+\]$", line) for line in lines)
    assert knowledge.labels.unknown(text) == ()


@pytest.mark.parametrize("asked", [a for a in ASKED if a.ask is not Ask.NEW], ids=lambda a: a.ask)
def test_every_line_tells_its_level(answers, asked):
    levels = "|".join(Level)
    lines = (answers.tell(asked) or "").splitlines()
    lines = [line for line in lines if line.lstrip().startswith("- ")]
    assert all(re.search(rf"\((?:{levels})\) \[", line) for line in lines)


def test_opting_out_lists_every_reservation_and_every_element(answers, register):
    text = told(answers, Ask.OPT_OUT)
    for level in ("reservation", "optional element"):
        for row in register.filtered(Filters(level=level)).rows:
            assert f"({level}) [{row.short_label}]" in text
    assert "article 11 (reservation)" in text and "this article" not in text


def test_notices_list_everything_that_has_to_be_told_by_recipient(answers, register):
    text = told(answers, Ask.NOTICES)
    notices = [row for row in register.rows if row.notify]
    assert text.count("\n- ") == len(notices) == 41
    assert all(row.notify.what in text for row in notices)
    first = text.partition("To the original")[0]
    assert "language or languages that it accepts for requests: at the deposit" in first


def test_deadlines_have_those_of_the_fixed_text(answers):
    text = told(answers, Ask.DEADLINES)
    for label in (
        "25(2)", "42(8)", "41(1)", "41(2)", "40(29)", "57(2)", "63(2)", "64(1)", "65(1)", "65(2)",
        "66(1)", "66(4)", "67(1)",
    ):  # fmt: skip
        assert f"[art. {label}]" in text.partition("Bound to an event")[0]
    assert "18 years of age" not in text


def test_before_ratifying_only_binding_duties_of_a_state_are_listed(answers, register):
    text = told(answers, Ask.BEFORE)
    duties = text.partition("To be told")[0]
    assert not re.search(r"\((?:optional|institutional|reservation|definition)", duties)
    assert "24/7 network" in duties and "[art. 57" not in duties
    needed = [
        row
        for row in register.rows
        if row.of_state
        and row.legislate == "yes"
        and row.level in (Level.MANDATORY, Level.SAFEGUARD, Level.PROHIBITION)
    ]
    assert f"{len(needed)} binding clauses" in duties
    assert {row.article for row in needed} == {int(n) for n in re.findall(r"\[art\. (\d+)", duties)}


def test_a_safeguard_that_needs_a_law_belongs_before_ratifying(answers):
    assert "(safeguard) [art. 24(1)]" in told(answers, Ask.BEFORE)


def test_what_is_optional_in_a_chapter_is_complete(answers, register):
    text = told(answers, Ask.LEVEL, level=Level.OPTIONAL, chapter=2)
    rows = [r for r in register.rows if r.chapter == 2 and r.level.value in (
        "optional", "optional element", "reservation")]  # fmt: skip
    assert text.count("\n- ") == len(rows) == 28
    assert "[art. 7(1)]" not in text and "(optional) [art. 19(2)]" in text


def test_a_level_that_a_chapter_has_not_is_told(answers):
    text = told(answers, Ask.LEVEL, level=Level.PROHIBITION, chapter=3)
    assert text == "No clause of chapter III, Jurisdiction, has the level prohibition."


def test_what_is_new_are_articles_without_any_counterpart(answers, register):
    text = told(answers, Ask.NEW, treaty="Budapest")
    articles = text.partition("New parts")[0]
    assert "28 of 68 articles" in articles
    for number in (15, 16, 17, 34, 36, 47, 53):
        assert f"[art. {number}]" in articles
    assert "[art. 7]" not in articles and "[art. 25]" not in articles


def test_the_other_sister_treaties_have_answers_of_their_own(answers):
    assert "[art. 7]" in told(answers, Ask.NEW, treaty="UNTOC").partition("New parts")[0]
    assert "[art. 57]" not in told(answers, Ask.NEW, treaty="UNCAC").partition("New parts")[0]


def test_an_offence_is_mandatory_with_its_options_told_apart(answers):
    text = told(answers, Ask.CRIMINALISE, conduct="hacking")
    assert text.startswith("Yes, this is mandatory")
    assert "(mandatory) [art. 7(1)]" in text and text.count("(optional element) [art. 7(2)]") == 3


def test_a_reservation_is_told_with_the_duty(answers):
    assert "(reservation) [art. 11(3)]" in told(answers, Ask.CRIMINALISE, conduct="hacking tools")


@pytest.mark.parametrize("conduct", ["attempt", "preparation"])
def test_attempt_and_preparation_are_optional(answers, conduct):
    text = told(answers, Ask.CRIMINALISE, conduct=conduct)
    assert text.startswith("No, this is optional") and "(optional) [art. 19(" in text


def test_taking_part_is_mandatory(answers):
    text = told(answers, Ask.CRIMINALISE, conduct="aiding and abetting")
    assert text.startswith("Yes, this is mandatory") and "[art. 19(1)]" in text


@pytest.mark.parametrize(
    "conduct", ["defamation", "sexting by minors", "deepfakes", "forgery", "theft", "spam"]
)
def test_a_conduct_that_no_offence_is_called_by_is_left_to_the_provisions(answers, conduct):
    assert answers.tell(Asked(Ask.CRIMINALISE, conduct=conduct)) is None


def test_every_name_stands_for_a_mandatory_offence_or_a_part_of_article_19(register):
    for target in NAMES:
        rows = [r for r in register.rows if f"{r.provision_id}/".startswith(f"{target}/")]
        assert rows[0].level is Level.MANDATORY or target.startswith("art-19/")


def test_a_question_with_an_answer_or_a_named_article_passes(knowledge):
    consult = Consult(knowledge)
    asked = "Which deadlines are there?"
    done = Inquiry(asked, asked=asked, text="said")
    named = Inquiry(asked, asked=asked, named=("art-7",))
    assert consult(done) is done and consult(named) is named
    assert (consult(Inquiry(asked, asked=asked)).text or "").startswith("These are the time limits")
