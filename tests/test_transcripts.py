"""A conversation as Markdown and as a Word document."""

from __future__ import annotations

import io
from datetime import date

from docx import Document

from assistant.transcripts import Exchange, Source, Transcript, Words, markdown, word

SOURCE = Source("Treaty, art. 7, para. 1", "Mandatory", "https://a.example/convention/article-7")
EXCHANGE = Exchange(
    "Is hacking\na crime?", "Correction", "Yes:\n\n- one [art. 7]\n- two", (SOURCE,)
)


def transcript(*exchanges: Exchange) -> Transcript:
    words = Words("Conversation", "Question", "Citations", "About the text")
    day = date(2026, 11, 29)
    return Transcript(words, day, exchanges, "No legal advice.", "Text: the digest.")


def in_word(made: Transcript) -> list[tuple[str, str]]:
    """The paragraphs of the document with the names of their styles."""
    document = Document(io.BytesIO(word.write(made)))
    return [(one.style.name, one.text) for one in document.paragraphs]


def test_markdown_holds_question_kind_answer_citation_with_its_address_date_and_notice():
    told = markdown.write(transcript(EXCHANGE)).decode()
    for words in (
        "# Conversation", "2026-11-29. **No legal advice.**", "> Is hacking\n> a crime?",
        "*Correction*", "- one [art. 7]\n- two",
        "- Treaty, art. 7, para. 1, Mandatory: <https://a.example/convention/article-7>",
        "No legal advice. Text: the digest.",
    ):  # fmt: skip
        assert words in told


def test_word_holds_the_same_under_headings():
    told = in_word(transcript(EXCHANGE))
    assert ("Title", "Conversation") in told and ("Heading 1", "Question 1") in told
    assert ("Intense Quote", "Is hacking\na crime?") in told
    assert ("List Bullet", "one [art. 7]") in told
    assert any(text.startswith("Treaty, art. 7, para. 1, Mandatory:") for _, text in told)
    assert told[-1] == ("Normal", "No legal advice. Text: the digest.")


def test_the_address_of_a_citation_is_a_link_in_word():
    document = Document(io.BytesIO(word.write(transcript(EXCHANGE))))
    links = [link for one in document.paragraphs for link in one.hyperlinks]
    assert [link.address for link in links] == [SOURCE.address]
    assert links[0].text == SOURCE.address


def test_every_question_has_a_number():
    told = markdown.write(transcript(EXCHANGE, EXCHANGE)).decode()
    assert "## Question 1" in told and "## Question 2" in told


def test_markup_in_a_question_stays_text_in_markdown():
    odd = Exchange("<script>x</script> ![x](http://a.example)", "", "Yes.", ())
    told = markdown.write(transcript(odd)).decode()
    assert "<script" not in told and "![" not in told


def test_characters_that_no_document_may_hold_do_not_break_it():
    odd = Exchange("a\x00\x1b\ud800b", "", "c\x08d", ())
    assert ("Intense Quote", "ab") in in_word(transcript(odd))


def test_a_plain_answer_without_citations_has_no_list_of_them():
    told = markdown.write(transcript(Exchange("?", "", "Yes.", ()))).decode()
    assert "Citations" not in told and "**" not in told.partition("Question 1")[2]
