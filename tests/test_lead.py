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


def test_human_rights_are_not_denied(assistant: Assistant):
    answer = assistant.ask("Does the treaty protect human rights?")
    assert not answer.text.startswith("No") and answer.citations[0].article == 6


def test_a_duty_is_not_called_optional_for_its_exception(assistant: Assistant):
    answer = assistant.ask("Do we have to criminalise grooming?")
    assert not answer.text.startswith("No") and answer.citations[0].id == "art-15/para-1"
