"""The register in the chat: whole answers through the real chain, and only for its own forms."""

import pytest

from assistant.answer import Outcome


@pytest.mark.parametrize(
    ("question", "cited"),
    [
        ("What can we opt out of?", {"art-11/para-3", "art-23/para-3/b", "art-63/para-3"}),
        ("What has to be notified, to whom, by when?", {"art-40/para-13", "art-67/para-1"}),
        ("Which deadlines are there?", {"art-25/para-2", "art-42/para-8", "art-64/para-1"}),
        ("What must we do before ratifying?", {"art-7/para-1", "art-41/para-1", "art-18/para-1"}),
        ("What is optional in chapter II?", {"art-7/para-2", "art-19/para-2", "art-21/para-2"}),
        ("Which articles are new compared with Budapest?", {"art-15", "art-36", "art-53"}),
        ("Must States criminalise hacking?", {"art-7/para-1", "art-7/para-2"}),
    ],
)
def test_a_question_on_the_register_is_answered_whole_with_citations(assistant, question, cited):
    answer = assistant.ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert cited <= {citation.id for citation in answer.citations}
    assert all(citation.quote for citation in answer.citations)


def test_a_form_that_the_register_does_not_know_is_answered_from_the_provisions(assistant):
    answer = assistant.ask("May a State reserve the right not to punish hacking tools?")
    assert "Clause by clause" not in answer.text and answer.citations[0].article == 11


def test_a_chapter_that_there_is_not_is_put_right_first(assistant):
    answer = assistant.ask("What is optional in chapter 12?")
    assert answer.outcome is Outcome.CORRECTED
