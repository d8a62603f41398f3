"""Finding the numbered provisions of a bill, in the ways in which statutes number."""

import pytest

from assistant.gap.bill import Paragraph, Section
from assistant.gap.structure import read_structure


def sections(*lines: str) -> dict[str, Section]:
    paragraphs = [Paragraph(line.strip("# "), heading=line.startswith("#")) for line in lines]
    return {section.id: section for section in read_structure(paragraphs).sections}


def test_a_section_has_subsections_and_paragraphs():
    read = sections(
        "## 4. Access",
        "(1) A person who",
        "(a) enters; or",
        "(b) stays,",
        "is guilty.",
        "(2) Fine.",
    )
    assert list(read) == ["4(1)", "4(1)(a)", "4(1)(b)", "4(2)"]
    assert read["4(1)(b)"].pinpoint == "section 4, subsection (1), paragraph (b)"


def test_an_item_is_read_with_its_heading_and_the_words_around_its_list():
    read = sections(
        "## 4. Access", "(1) A person who", "(a) enters; or", "(b) stays,", "is guilty."
    )
    assert read["4(1)(b)"].in_context == "Access: A person who stays, is guilty."


def test_a_list_is_read_whole_with_its_items():
    read = sections(
        "## 4. Access", "(1) A person who", "(a) enters; or", "(b) stays,", "is guilty."
    )
    assert read["4(1)"].items == ("4(1)(a)", "4(1)(b)")
    assert read["4(1)"].in_context == "Access: A person who (a) enters; or (b) stays, is guilty."


def test_articles_have_paragraphs_and_items():
    read = sections("### Article 302-1. Entry", "1. Whoever", "a) enters,", "b) stays", "2. Fine.")
    assert list(read) == ["302-1(1)", "302-1(1)(a)", "302-1(1)(b)", "302-1(2)"]
    assert read["302-1(1)(a)"].pinpoint == "article 302-1, paragraph 1, item (a)"
    assert read["302-1(2)"].heading == "Entry"


@pytest.mark.parametrize(
    ("line", "section_id", "heading"),
    [
        ("Section 12. Tapping. No person shall tap the line of another.", "12", "Tapping"),
        ("12. Tapping. No person shall tap the line of another.", "12", "Tapping"),
        ("12.—(1) No person shall tap the line of another.", "12(1)", ""),
        ("§ 12 Tapping. No person shall tap the line of another.", "12", "Tapping"),
        ("Art. 12 - No person shall tap the line of another.", "12", ""),
        ("12A. No person shall tap the line of another.", "12A", ""),
        ("“12. No person shall tap the line of another.”", "12", ""),
        ("2.3 No person shall tap the line of another.", "2.3", ""),
    ],
)
def test_a_section_opens_in_many_ways(line, section_id, heading):
    read = sections(line)
    assert read[section_id].heading == heading
    assert "No person shall tap the line of another." in read[section_id].text


def test_a_title_above_a_section_is_its_heading():
    read = sections(
        "4. These words stand for nothing at all.",
        "Unauthorised access",
        "5.—(1) A person who enters is guilty.",
    )
    assert read["5(1)"].heading == "Unauthorised access"


def test_words_that_mention_a_section_open_none():
    read = sections("Section 2. Whoever enters is guilty.", "Section 1 of the Code applies.")
    assert list(read) == ["2", "2¶2"]


def test_a_single_i_after_h_is_a_letter_and_after_a_a_numeral():
    letters = [f"({sign}) item {sign};" for sign in "abcdefghi"]
    assert "1(i)" in sections("1. Acts:", *letters)
    assert "1(a)(i)" in sections("1. Acts:", "(a) when", "(i) it rains;", "(ii) it snows;")


def test_paragraphs_without_numbers_are_told_apart():
    read = sections(
        "## 7. Theft",
        "Whoever takes the thing of another is punished.",
        "Attempts are punished as well.",
    )
    assert read["7"].text == "Whoever takes the thing of another is punished."
    assert read["7¶2"].pinpoint == "section 7, unnumbered paragraph 2"


def test_a_table_of_contents_is_no_section():
    read = sections(
        "1. Access", "2. Tap", "1. Access", "(1) None enters.", "2. Tap", "(1) None taps."
    )
    assert [section.text for section in read.values()] == ["None enters.", "None taps."]


def test_parts_are_kept_with_their_sections():
    read = sections(
        "# Part I: Offences", "## 1. A", "Words.", "# Part II: Powers", "## 2. B", "More."
    )
    assert (read["1"].division, read["2"].division) == ("Part I: Offences", "Part II: Powers")


def test_a_list_that_runs_on_in_one_paragraph_is_parted():
    read = sections("9. Tools. No person shall sell (a) a device for hacking; or (b) a password.")
    assert read["9(a)"].text == "a device for hacking; or" and read["9(b)"].text == "a password."


def test_quotes_are_exact_parts_of_the_text():
    paragraphs = [
        Paragraph(line)
        for line in ("4. Access. A person who:", "(a) enters; or", "(b) stays,", "is guilty.")
    ]
    layout = read_structure(paragraphs)
    quotes = {one.id: layout.text[one.start : one.end] for one in layout.sections}
    assert quotes["4(a)"] == "enters; or"
    assert quotes["4"].startswith("A person who:") and "stays," in quotes["4"]


def test_text_without_numbers_has_no_sections():
    assert (
        read_structure([Paragraph("Dear Sir,"), Paragraph("thank you for the fish.")]).sections
        == ()
    )


def test_a_heading_below_a_number_that_stands_alone_is_its_heading():
    read = sections(
        "# Chapter II",
        "# Measures",
        "# Article 2",
        "# Illegal access",
        "Whoever enters a house pays.",
    )
    assert read["2"].heading == "Illegal access"
    plain = sections("Article 2", "Illegal access", "Whoever enters the house of another pays.")
    assert plain["2"].heading == "Illegal access"


def test_sections_that_group_articles_are_parts():
    read = sections(
        "Section 1. Offences",
        "Article 1. Whoever enters a house pays.",
        "Article 2. So does a guest who stays.",
    )
    assert list(read) == ["1", "2"] and read["1"].pinpoint == "article 1"
    assert read["1"].division == "Section 1. Offences"


def test_lines_of_contents_with_leading_dots_are_left_out():
    read = sections("1. Access ........ 3", "1. Access. Nobody enters the house of another.")
    assert list(read) == ["1"]
