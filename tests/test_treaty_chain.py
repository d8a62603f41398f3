"""Answers over another treaty: its own sentences, its own numbers, and nothing else."""

import json
import re

import pytest

from assistant import Assistant, Outcome
from assistant.plain import as_plain_text
from assistant.settings import read_settings
from assistant.verify import statements_in
from index.errors import UnknownTreaty
from index.fetching import Fetched
from index.treaties import keep_treaty, open_treaty
from tests.lanterns import TITLE, lanterns
from tests.test_official_reader import document

BUDAPEST = "Budapest Convention"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("treaties")


@pytest.fixture(scope="module")
def small(folder) -> Assistant:
    keep_treaty(folder, lanterns(), TITLE)
    return Assistant.open(read_settings(data=folder), treaty=TITLE)


@pytest.fixture(scope="module")
def budapest(folder) -> Assistant:
    content = document("budapest-laws-markdown.md")
    keep_treaty(folder, Fetched(content, "/b.md", "/b.md", ""), BUDAPEST)
    return Assistant.open(read_settings(data=folder), treaty=BUDAPEST)


def cited(answer) -> list[str]:
    return [citation.id for citation in answer.citations]


def plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.lower()))


def test_an_answer_is_the_treatys_own_sentences_with_their_place(small, folder):
    answer = small.ask("How often does a keeper get his wages?")
    assert answer.outcome is Outcome.ANSWERED and cited(answer)[0] == "art-3/para-1"
    assert answer.text.startswith("Each State must pay its keepers once a month [art. 3(1)].")
    whole = open_treaty(folder, TITLE).text
    for citation in answer.as_json()["citations"]:
        assert whole[citation["start"] : citation["end"]] == citation["quote"]
        assert citation["source"] == "official" and "explanation" not in citation


def test_every_statement_of_an_answer_stands_in_what_it_cites(budapest):
    treaty = budapest.knowledge
    for question in ("Can a company be held liable?", "When can help be refused?",
                     "What does article 29 say?", "Is hacking a crime?", "article 35"):  # fmt: skip
        answer = budapest.ask(question)
        assert answer.outcome is Outcome.ANSWERED
        for statement in statements_in(answer.text.partition("**\n")[2] or answer.text):
            (provision,) = treaty.labels.cited(f"[{statement.labels[0]}]")
            assert plain(statement.text.rstrip(" …")) in plain(treaty.convention.reading(provision))


def test_no_answer_begins_with_a_word_that_nobody_reviewed(budapest):
    for question in ("Must a State preserve data?", "Is hacking a crime?", "May a State refuse?"):
        assert not re.match(r"(?:Yes|No)\b", budapest.ask(question).text)


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("What does article 2 bis say?", ["art-2bis", "art-2bis/a", "art-2bis/b"]),
        ("article 3, paragraph 2", ["art-3/para-2", "art-3/para-2/a", "art-3/para-2/b"]),
        ("art. 1(b) of the Lantern Treaty", ["art-1/b"]),
        ("Explain article 4 of the Treaty on the Keeping of Lanterns", ["art-4"]),
        ("articles 2 and 4", ["art-2/para-1", "art-2/para-2", "art-4"]),
    ],
)
def test_a_provision_that_is_named_is_told_from_the_structure(small, question, ids):
    answer = small.ask(question)
    assert answer.outcome is Outcome.ANSWERED and cited(answer) == ids


def test_closing_words_of_a_list_are_told(small):
    assert "except where fog calls for yellow [art. 2 bis]." in small.ask("article 2 bis").text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What does article 9 say?", 'There is no article 9: "Lantern Treaty" has 5 articles'),
        ("What does article 3 ter say?", "There is no article 3"),
        ("Does article 70 pay the keepers?", "Each State must pay its keepers"),
        ("chapter 7", 'There is no chapter 7: "Lantern Treaty" has 2 chapters.'),
        ("article 2, paragraph 5", "Article 2 has no paragraph or item of that name."),
        ("What does article 4 on the wages of keepers say?", "Not in article 4 [art. 4]"),
    ],
)
def test_a_wrong_number_is_put_right_with_this_treatys_own(small, question, told):
    answer = small.ask(question)
    assert answer.outcome is Outcome.CORRECTED and told in answer.text and answer.citations


@pytest.mark.parametrize(
    "question", ["How many articles are there?", "list of chapters", "What are the chapters?"]
)
def test_the_contents_are_told_with_all_chapters(small, question):
    answer = small.ask(question)
    assert answer.outcome is Outcome.ANSWERED and "5 articles in 2 chapters" in answer.text
    assert "Chapter II, Keepers: article 3 to article 4 [art. 3] [art. 4]" in answer.text


def test_a_chapter_is_told_with_its_articles(small):
    assert cited(small.ask("What is in chapter I?")) == ["art-1", "art-2", "art-2bis"]


@pytest.mark.parametrize("question", ["How do I bake bread?", "Who won the cup in 2014?"])
def test_a_question_that_the_words_do_not_reach_is_refused(small, budapest, question):
    for assistant in (small, budapest):
        answer = assistant.ask(question)
        assert answer.outcome is Outcome.OFF_TOPIC and not answer.citations
        assert "Cybercrime" not in answer.text and answer.suggestions


def test_an_article_of_another_text_is_not_taken_for_this_treatys(small):
    answer = small.ask("What does article 3 of the GDPR say?")
    assert answer.outcome is Outcome.NOT_COVERED and not answer.citations


@pytest.mark.parametrize("question", ["", "???", "x " * 1500, "什么是灯笼"])
def test_what_cannot_be_read_is_told_in_words_of_this_treaty(small, question):
    answer = small.ask(question)
    assert answer.outcome is Outcome.CLARIFY and "Convention against Cybercrime" not in answer.text


def test_a_question_about_the_last_answer_is_understood(small):
    history = ["How often does a keeper get his wages?"]
    assert "article 3, paragraph 1" in small.ask("where does it say that?", history).text
    assert small.ask("in simpler words", history).text
    assert cited(small.ask("tell me more", history))[:2] == ["art-3/para-1", "art-3/para-2"]


def test_suggestions_lead_on_through_the_articles(small):
    answer = small.ask("How often does a keeper get his wages?")
    assert answer.suggestions == ("What does article 3 say?", "What does article 4 say?")
    assert all(small.ask(s).outcome is Outcome.ANSWERED for s in answer.suggestions)


def test_a_long_article_is_told_by_the_first_words_of_each_part(budapest):
    answer = budapest.ask("What does article 27 say?")
    assert len(answer.citations) == 9 and " … [art. 27(4)]" in answer.text
    assert "\n-  …" not in answer.text and "Only the first words" in answer.text


def test_the_answer_names_the_treaty_wherever_it_is_shown(small):
    answer = small.ask("article 4")
    assert TITLE in as_plain_text(answer) and "(n/a)" not in as_plain_text(answer)
    assert json.dumps(answer.as_json()["convention"]).startswith('{"edition": "Lantern Treaty: ')


def test_a_treaty_that_is_not_kept_is_told(folder, small):
    with pytest.raises(UnknownTreaty, match=TITLE):
        Assistant.open(read_settings(data=folder), treaty="Sea Treaty")
