"""Conversations through the whole chain, and provisions that are not there."""

from assistant import Assistant, Outcome

PRESERVATION = ["How long must a provider keep data after an order?"]


def cited(answer):
    return [citation.id for citation in answer.citations]


def test_which_article_that_was_is_told_with_its_label(assistant: Assistant):
    answer = assistant.ask("which article was that?", PRESERVATION)
    assert answer.outcome is Outcome.ANSWERED
    assert cited(answer)[0] == cited(assistant.ask(PRESERVATION[0]))[0] == "art-25/para-2"


def test_a_simpler_answer_is_of_the_same_article_and_shorter(assistant: Assistant):
    first = assistant.ask(PRESERVATION[0])
    simpler = assistant.ask("say that more simply", PRESERVATION)
    assert {c.article for c in simpler.citations} == {first.citations[0].article}
    assert len(simpler.text) < len(first.text)


def test_a_paragraph_by_its_number_is_of_the_article_just_cited(assistant: Assistant):
    assert cited(assistant.ask("what does paragraph 3 say", PRESERVATION)) == ["art-25/para-3"]


def test_more_gives_the_whole_article(assistant: Assistant):
    answer = assistant.ask("tell me more", PRESERVATION)
    assert {"art-25/para-1", "art-25/para-3"} <= set(cited(answer))


def test_whether_it_is_a_duty_is_told_by_its_level(assistant: Assistant):
    answer = assistant.ask("is that a must?", PRESERVATION)
    assert "mandatory" in answer.text and cited(answer) == ["art-25/para-2"]


def test_there_is_nothing_to_point_to_after_an_off_topic_question(assistant: Assistant):
    answer = assistant.ask("which article was that?", ["Write me a poem about Hanoi."])
    assert answer.outcome is Outcome.CLARIFY and not answer.citations


def test_companies_after_an_offence_are_about_their_liability(assistant: Assistant):
    answer = assistant.ask("And for companies?", ["Is fraud over the internet a crime?"])
    assert 18 in [citation.article for citation in answer.citations]


def test_a_new_subject_is_answered_by_itself(assistant: Assistant):
    answer = assistant.ask("How can a country leave the Convention?", PRESERVATION)
    assert answer.citations[0].article == 67


def test_a_paragraph_that_an_article_lacks_is_put_right(assistant: Assistant):
    answer = assistant.ask("What does article 25, paragraph 9 say?")
    assert answer.outcome is Outcome.CORRECTED
    assert answer.text.startswith("Article 25 has no paragraph")


def test_an_article_of_another_treaty_is_not_ours(assistant: Assistant):
    answer = assistant.ask("What does article 32 of the Budapest Convention say?")
    assert answer.outcome is Outcome.NOT_COVERED
    assert "art-32" not in cited(answer)


def test_a_chapter_that_does_not_exist_is_put_right_with_the_list(assistant: Assistant):
    answer = assistant.ask("What is in chapter XII?")
    assert answer.outcome is Outcome.CORRECTED
    assert "no chapter 12" in answer.text and "Chapter IX" in answer.text


def test_a_chapter_with_the_title_of_another_is_put_right(assistant: Assistant):
    answer = assistant.ask(
        "What is said on confiscation in chapter IV, the chapter on international cooperation?"
    )
    assert answer.outcome is Outcome.CORRECTED and "chapter V" in answer.text
