"""The word that an answer leads with; none is better than a wrong one."""

from assistant import Assistant
from assistant.lead import Form, Near, form_of, lead_for
from index.annotations import Level, Question


def near(text: str, lead: str, similarity: float) -> Near:
    return Near(Question(text, lead), similarity)


def test_the_form_of_a_question_is_told_by_its_words():
    assert form_of("Must States punish attempts?") is Form.DUTY
    assert form_of("Can a State refuse?") is Form.CHOICE
    assert form_of("Is hacking a crime?") is Form.CRIME
    assert form_of("How long is it?") is Form.OPEN


def test_the_same_question_takes_over_its_reviewed_word():
    asked = "Can help be refused because of bank secrecy?"
    known = near("Can a request be refused because of bank secrecy?", "No.", 0.93)
    assert lead_for(asked, Level.PROHIBITION, offence=False, near=known) == "leads/no"


def test_a_question_near_in_meaning_but_far_in_words_lends_no_word():
    asked = "Does the treaty protect human rights?"
    known = near("Does this treaty stand above our human rights duties?", "No.", 0.87)
    assert lead_for(asked, Level.MANDATORY, offence=False, near=known) is None


def test_the_level_leads_where_it_is_sure_and_not_where_another_is_near():
    asked = "Must States punish attempts?"
    assert lead_for(asked, Level.OPTIONAL, offence=True, near=None) == "leads/optional"
    assert lead_for(asked, Level.OPTIONAL, offence=True, near=None, sure=False) is None


def test_a_choice_is_only_one_of_a_state_that_is_the_subject():
    assert form_of("May we confine the offence to dishonest people?") is Form.CHOICE
    assert form_of("Can my unit enter a server in a foreign country?") is not Form.CHOICE


def test_another_number_makes_it_another_question():
    asked = "Our draft has 120 days. Would that fit?"
    known = near("Our draft has 60 days. Would that fit?", "Yes.", 0.97)
    assert lead_for(asked, Level.MANDATORY, offence=False, near=known) is None


def test_what_happened_by_accident_or_with_permission_is_not_called_a_crime():
    for asked in ("Is it a crime to open a mailbox by accident?", "Is authorised testing illegal?"):
        assert lead_for(asked, Level.MANDATORY, offence=True, near=None) is None


def test_human_rights_are_not_denied(assistant: Assistant):
    answer = assistant.ask("Does the treaty protect human rights?")
    assert not answer.text.startswith("No") and answer.citations[0].article == 6


def test_a_duty_is_not_called_optional_for_its_exception(assistant: Assistant):
    answer = assistant.ask("Do we have to criminalise grooming?")
    assert not answer.text.startswith("No") and answer.citations[0].id == "art-15/para-1"


def test_the_crime_is_not_called_optional_for_what_a_state_may_add(assistant: Assistant):
    answer = assistant.ask(
        "Does the Convention require States to penalize the unauthorized entry into a computer?"
    )
    assert not answer.text.startswith("No")
    assert "art-7/para-1" in [citation.id for citation in answer.citations]


def test_an_open_follow_up_takes_no_word_from_the_question_before(assistant: Assistant):
    answer = assistant.ask("who pays for it", ["Must a country help another with evidence?"])
    assert not answer.text.startswith(("Yes", "No"))


def test_an_item_brings_the_rule_of_its_chapeau(assistant: Assistant):
    answer = assistant.ask("Someone tricked me by e-mail into paying. Is such a scam a crime?")
    assert "a criminal offence under its domestic law" in answer.text
    assert answer.citations[0].article == 13


def test_the_clause_that_is_asked_about_decides_the_word(assistant: Assistant):
    """One sentence of 25(2) obliges, the next leaves a choice."""
    optional = assistant.ask("Does the law have to make a preservation order renewable?")
    assert optional.citations[0].id == "art-25/para-2"
    assert not optional.text.startswith("Yes")
