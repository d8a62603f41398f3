"""Whole answers, from a question to its citations, by the real chain over the real index."""

import json
import re

import pytest

from assistant import Assistant, Outcome
from assistant.references import labels_in

ANSWERED = [
    ("Is hacking a crime under this treaty?", 7),
    ("How long must a company keep data after a preservation order?", 25),
    ("When does the Convention enter into force, after how many ratifications?", 65),
    ("My ex posted nude photos of me. Can I have them taken down?", 34),
    ("What must a request for preservation to another country contain?", 42),
    ("Is grooming a child over the internet a crime?", 15),
    ("How can a country leave the Convention?", 67),
    ("Is a DDoS attack on a server a crime?", 10),
]
OTHERS = [
    ("Write me a poem about Hanoi.", Outcome.OFF_TOPIC),
    ("What is the best recipe for pancakes?", Outcome.OFF_TOPIC),
    ("", Outcome.CLARIFY),
    ("   \t  ", Outcome.CLARIFY),
    ("🙂🙂🙂", Outcome.CLARIFY),
    ("x" * 100_000, Outcome.CLARIFY),
    ("هل القرصنة جريمة؟", Outcome.CLARIFY),
    ("Article 71", Outcome.CORRECTED),
]


@pytest.mark.parametrize(("question", "article"), ANSWERED)
def test_a_plain_question_is_answered_from_the_right_article(assistant, question, article):
    answer = assistant.ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert article in [citation.article for citation in answer.citations]


@pytest.mark.parametrize(("question", "outcome"), OTHERS)
def test_what_cannot_be_answered_ends_in_its_outcome_and_one_text(assistant, question, outcome):
    answer = assistant.ask(question)
    assert answer.outcome is outcome
    assert answer.text and not answer.citations


def test_citations_are_exactly_what_the_text_cites_in_order_of_first_mention(assistant: Assistant):
    answer = assistant.ask("Is hacking a crime under this treaty?")
    labels = list(dict.fromkeys(label for label, _, _ in labels_in(answer.text)))
    convention = assistant.knowledge.convention
    assert labels == [convention[citation.id].short_label for citation in answer.citations]


def test_every_statement_of_an_answer_ends_in_a_label(assistant: Assistant):
    answer = assistant.ask("How long must a company keep data after a preservation order?")
    for sentence in re.split(r"(?<=\]\.)\s+", answer.text):
        assert labels_in(sentence), sentence


@pytest.mark.parametrize(
    "question", ["Is the UN cybercrime convention in force?", "Is the Hanoi Convention in force?"]
)
def test_the_name_of_the_convention_does_not_hide_what_is_asked(assistant, question):
    answer = assistant.ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert [citation.id for citation in answer.citations] == ["art-65/para-1"]


def test_hacking_is_answered_with_yes(assistant: Assistant):
    assert assistant.ask("Is hacking a crime under this treaty?").text.startswith("Yes.")


def test_a_misspelt_question_finds_the_same_article(assistant: Assistant):
    answer = assistant.ask("is hakking into somones computor a crime undr the treety")
    assert 7 in [citation.article for citation in answer.citations]


def test_an_article_is_described_whole(assistant: Assistant):
    answer = assistant.ask("What does article 41 say?")
    cited = {citation.id for citation in answer.citations}
    assert {f"art-41/para-{n}" for n in range(1, 7)} <= cited


def test_all_offences_are_listed(assistant: Assistant):
    answer = assistant.ask("List all the crimes in the Convention")
    assert set(range(7, 18)) <= {citation.article for citation in answer.citations}


def test_a_draft_number_is_put_right(assistant: Assistant):
    answer = assistant.ask("Article 6 on illegal access, what does it say?")
    assert answer.outcome is Outcome.CORRECTED
    assert "art-7" in [citation.id for citation in answer.citations]


def test_an_answer_is_json_with_the_fields_of_the_contract(assistant: Assistant):
    answer = json.loads(json.dumps(assistant.ask("Is hacking a crime?").as_json()))
    assert list(answer) == [
        "question", "outcome", "text", "citations", "suggestions", "mode", "model", "convention",
    ]  # fmt: skip
    assert list(answer["citations"][0]) == [
        "id", "label", "article", "paragraph", "item", "title", "chapter", "level", "quote",
        "source", "url",
    ]  # fmt: skip
    assert answer["mode"] == "extractive" and answer["model"] is None
    assert len(answer["suggestions"]) <= 3


def test_markup_and_orders_in_a_question_change_nothing(assistant: Assistant):
    answer = assistant.ask("<b>Is hacking a crime?</b> **[x](http://example.org)**")
    assert "example.org" not in answer.text
