"""The modal words of a text, and whether they bear the levels of the register."""

import pytest

from assistant.modal_words import differences, modal_words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Each State Party shall adopt such measures as may be necessary.", ("shall",)),
        ("A State Party may require dishonest intent.", ("may require", "may")),
        ("States Parties shall consider it.", ("shall",)),
        ("A State Party shall not refuse.", ("shall not", "shall")),
        ("States Parties are encouraged to do so.", ("are encouraged",)),
        ("Each State Party may reserve the right not to apply it.", ("may", "reserve")),
        ('"Property" means assets of every kind.', ()),
    ],
)
def test_words_of_duty_leave_and_prohibition_are_found(text, found):
    assert modal_words(text) == found


def test_our_own_text_bears_every_level(register, knowledge):
    readings = {p.id: knowledge.convention.reading(p) for p in knowledge.convention.provisions()}
    assert differences(register.rows, readings) == []


@pytest.mark.parametrize(
    ("provision", "official"),
    [
        ("art-7/para-1", "Each State Party may adopt such measures."),
        ("art-12/para-2", "Each State Party shall require an intent to defraud."),
        ("art-11/para-3", "Each State Party shall apply paragraph 1."),
        ("art-31/para-8", "Each State Party shall require that the offender demonstrate."),
    ],
)
def test_an_official_text_with_other_words_is_reported(register, provision, official):
    found = differences(register.rows, {provision: official})
    assert (
        found
        and found[0].label
        == register.by_id.get(provision, register.by_id.get(f"{provision}#1")).label
    )
    assert str(found[0]).endswith(".") and "in the register" in str(found[0])


def test_measures_that_may_be_necessary_do_not_make_a_duty_an_option(register):
    official = "Each State Party shall adopt such measures as may be necessary."
    assert differences(register.rows, {"art-7/para-1": official}) == []
    optional = [row for row in register.rows if row.provision_id == "art-12/para-2"]
    assert differences(optional, {"art-12/para-2": official})


def test_provisions_without_an_official_text_are_passed_over(register):
    assert differences(register.rows, {}) == []
