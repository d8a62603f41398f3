"""The reader of the plain layout."""

import hashlib
import textwrap
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.convention import Article, Chapter, Convention, Provision
from index.errors import Problem, ReadingError, TextError
from index.reader import read_treaty

TREATY = """A Treaty

Preamble

The States agree on
much.

Chapter I
General

Article 1
Purpose

The purposes are:

(a) one; and

(b) two:

(i) small;

(ii) smaller.

Article 2
Rules

1. Each State must act:

(a) soon; or

(b) later;

with due care.

2. (a) A State may wait.

(b) A State must then act.
"""

HEAD = "T\n\nChapter I\nOne\n\nArticle 1\nUno\n\n"
"""Opens an article of which only the words are of interest."""


def read(text: str) -> Convention:
    return read_treaty(text, source="digest")


def article_of(words: str) -> dict[str, Provision]:
    """The provisions of an article that has these words."""
    return {p.id.removeprefix("art-1").strip("/"): p for p in read(HEAD + words).provisions()}


def problems_of(text: str) -> list[str]:
    with pytest.raises(ReadingError) as caught:
        read(text)
    return [str(problem) for problem in caught.value.problems]


def test_a_treaty_in_the_plain_layout_is_read_whole():
    treaty = read(TREATY)
    assert treaty.title == "A Treaty"
    assert [p.id for p in treaty.provisions()] == [
        "preamble", "preamble/1", "art-1", "art-1/a", "art-1/b", "art-1/b/i", "art-1/b/ii",
        "art-2", "art-2/para-1", "art-2/para-1/a", "art-2/para-1/b", "art-2/para-2",
        "art-2/para-2/a", "art-2/para-2/b",
    ]  # fmt: skip
    assert treaty["art-1/b/ii"].text == "smaller."
    assert treaty["art-2/para-2"].text == ""


def test_source_language_and_hash_are_kept():
    treaty = read_treaty(TREATY, source="official", language="fr")
    assert (treaty.source, treaty.language) == ("official", "fr")
    assert treaty.sha256 == hashlib.sha256(TREATY.encode()).hexdigest()


def test_an_article_without_paragraphs_holds_its_words_itself():
    assert article_of("A State must act.")[""].text == "A State must act."


def test_a_wrapped_line_belongs_to_the_line_before():
    assert read(TREATY)["preamble/1"].text == "The States agree on much."
    wrapped = article_of("1. Each State\nmust act:\n\n(a) very\nsoon; or\n\n(b) later.\n")
    assert wrapped["para-1"].text == "Each State must act:"
    assert wrapped["para-1/a"].text == "very soon; or"


def test_a_mark_in_the_middle_of_a_sentence_is_part_of_it():
    found = article_of("1. As in paragraph\n1. (a) and\n(b) of article 3.\n\n2. Wait.\n")
    assert found["para-1"].text == "As in paragraph 1. (a) and (b) of article 3."
    assert list(found) == ["", "para-1", "para-2"]


def test_a_mark_may_follow_directly_where_the_words_before_have_ended():
    spaced = "1. Act:\n\n(a) soon; or\n\n(b) later.\n\n2. Wait.\n"
    assert article_of(spaced.replace("\n\n", "\n")) == article_of(spaced)


@pytest.mark.parametrize("width", range(60, 120, 5))
def test_the_shipped_text_reads_the_same_when_its_lines_are_wrapped(knowledge, width):
    text = files("index").joinpath("text", "digest.en.txt").read_text(encoding="utf-8")
    lines = [
        textwrap.fill(line, width, break_on_hyphens=False) if len(line) > width else line
        for line in text.splitlines()
    ]
    assert read("\n".join(lines)).chapters == knowledge.convention.chapters


def test_a_title_that_is_wrapped_is_read_whole():
    text = "T\n\nChapter I\nVery\ngeneral\n\nArticle 1\nA long\nlong title\n\nA State must act."
    treaty = read(text)
    assert treaty.chapters[0].title == "Very general"
    assert treaty.article(1).title == "A long long title"
    assert treaty["art-1"].text == "A State must act."


def test_a_title_may_stand_after_a_blank_line_and_before_marked_words():
    treaty = read("T\n\nChapter I\n\nOne\nArticle 1\n\nUno\n1. A State must act.")
    assert (treaty.chapters[0].title, treaty.article(1).title) == ("One", "Uno")
    assert treaty["art-1/para-1"].text == "A State must act."


def test_closing_words_belong_to_the_paragraph_that_opened_the_list():
    assert read(TREATY)["art-2/para-1"].closing == "with due care."
    assert read(TREATY)["art-2/para-1/b"].text == "later;"


def test_closing_words_that_are_wrapped_stay_together():
    found = article_of("1. Act:\n\n(a) soon; or\n\n(b) later;\n\nwith due\ncare.\n\n2. Wait.\n")
    assert found["para-1"].closing == "with due care."
    assert found["para-1/b"].text == "later;"
    assert found["para-2"].text == "Wait."


def test_a_wrapped_line_after_closing_words_and_a_new_paragraph_belongs_to_that():
    found = article_of("1. Act:\n\n(a) soon;\n\nwith care.\n\n2. Wait\nfor it.\n")
    assert (found["para-1"].closing, found["para-2"].text) == ("with care.", "Wait for it.")


def test_closing_words_after_sub_items_belong_to_their_item():
    found = article_of(
        "Act:\n\n(a) if:\n\n(i) soon; or\n\n(ii) later;\n\nwith care; or\n\n(b) not."
    )
    assert found["a"].closing == "with care; or"
    assert found["b"].text == "not."


def test_a_paragraph_or_an_item_without_words_opens_its_list_on_the_same_line():
    found = article_of("1. (a) (i) One;\n\n(ii) two; and\n\n(b) (i) three;\n\n(ii) four.")
    assert {key: p.text for key, p in found.items() if key} == {
        "para-1": "",
        "para-1/a": "",
        "para-1/a/i": "One;",
        "para-1/a/ii": "two; and",
        "para-1/b": "",
        "para-1/b/i": "three;",
        "para-1/b/ii": "four.",
    }


def test_other_brackets_at_the_start_of_an_item_are_its_words():
    assert article_of("1. (a) (b) and (c) apply.")["para-1/a"].text == "(b) and (c) apply."


def test_windows_line_ends_change_nothing():
    assert read(TREATY.replace("\n", "\r\n")).chapters == read(TREATY).chapters


def test_a_byte_order_mark_changes_nothing():
    assert read(f"\ufeff{TREATY}").title == "A Treaty"
    assert read("\ufeff" + TREATY[TREATY.index("Preamble") :]).preamble == read(TREATY).preamble


def test_blanks_at_the_ends_of_lines_change_nothing():
    spaced = "\n".join(f"\t {line}  " for line in TREATY.split("\n"))
    assert read(spaced).chapters == read(TREATY).chapters


def test_headings_may_be_in_capitals_and_chapters_in_digits():
    shouted = TREATY.replace("Article ", "ARTICLE ").replace("Chapter I", "CHAPTER 1")
    assert read(shouted.replace("Preamble", "PREAMBLE")).chapters == read(TREATY).chapters


def test_a_wrapped_line_that_names_an_article_is_no_heading():
    assert (
        "under article 2." in article_of("1. A State must act under\narticle 2.\n")["para-1"].text
    )


def test_a_line_that_begins_like_a_heading_is_no_heading():
    found = article_of("1. A State must act under\nArticle 2 and\nArticle 3 of this Convention.\n")
    assert "under Article 2 and Article 3 of" in found["para-1"].text


def test_item_i_after_h_is_a_letter_and_after_a_colon_a_numeral():
    letters = [f"({mark}) x;" for mark in "abcdefghi"]
    assert "i" in article_of("They are:\n\n" + "\n\n".join(letters))
    letters[7] = "(h) x:"
    found = article_of("They are:\n\n" + "\n\n".join([*letters, "(ii) y;", "(i) z."]))
    assert found["h/i"].text == "x;" and found["h/ii"].text == "y;" and found["i"].text == "z."


def test_item_v_continues_sub_items_and_otherwise_letters():
    numerals = "\n\n".join(f"({mark}) x;" for mark in ("i", "ii", "iii", "iv", "v", "vi"))
    assert "a/v" in article_of(f"They are:\n\n(a) these:\n\n{numerals}")
    letters = "\n\n".join(f"({mark}) x;" for mark in "abcdefghijklmnopqrstuv")
    assert "v" in article_of(f"They are:\n\n{letters}")


@pytest.mark.parametrize(
    ("line", "old", "new", "reason"),
    [
        (24, "Article 2\n", "Article 4\n", "article 4 follows article 1"),
        (24, "Article 2\n", "Article 1\n", "article 1 follows article 1"),
        (8, "Chapter I\n", "Chapter II\n", "chapter 2 follows chapter 0"),
        (35, "2. (a)", "3. (a)", "paragraph 3 of article 2 follows paragraph 1"),
        (35, "2. (a)", "1. (a)", "paragraph 1 of article 2 follows paragraph 1"),
        (31, "(b) later;", "(d) later;", "item (d) cannot follow article 2, paragraph 1 (a)"),
        (22, "(ii) smaller", "(iii) smaller", "item (iii) cannot follow article 1 (b) (i)"),
        (16, "(a) one;", "(b) one;", "item (b) cannot follow article 1"),
        (20, "(b) two:", "(b) two", "item (i) cannot follow article 1 (b)"),
        (11, "Article 1\n", "Stray words\n", "words outside an article: 'Stray words'"),
        (8, "Chapter I\n", "Preamble\n\nChapter I\n", "a second preamble"),
    ],
)
def test_what_has_no_place_is_reported_with_its_line_and_the_reason(line, old, new, reason):
    assert f"line {line}: {reason}" in problems_of(TREATY.replace(old, new, 1))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "line 1: no line 'Article 1' was found"),
        ("Hello\n\nworld", "line 1: no line 'Article 1' was found"),
        (f"{HEAD}Words.\n\nArticle 2\nDuo\n\nChapter II\nTwo\n\nArticle 3\nTre\n\nWords.",
         "line 11: article 2 has no text"),
        (f"{HEAD}Words.\n\nArticle 2", "line 11: article 2 has no title"),
        (f"{HEAD}Words.\n\nArticle 2\n\n1. Words.", "line 11: article 2 has no title"),
        ("T\n\nChapter I\n\nArticle 1\nUno\n\nWords.", "line 3: chapter 1 has no title"),
        (f"{HEAD}Words.\n\nChapter II\nTwo", "line 11: chapter 2 has no article"),
        ("T\n\nArticle 1\nUno\n\nWords.", "line 3: article 1 stands before the first chapter"),
        (f"{HEAD}Words.\n\nMore words.", "line 11: words without a mark: 'More words.'"),
    ],
)  # fmt: skip
def test_what_is_missing_is_reported_with_its_line(text, problem):
    assert problem in problems_of(text)


def test_a_gap_is_reported_once_and_not_for_all_that_follows():
    chapters = "".join(
        f"Chapter {numeral}\nC\n\nArticle {number}\nA\n\nWords.\n\n"
        for number, numeral in enumerate(["I", "III", "IV", "V"], start=1)
    )
    assert problems_of(f"T\n\n{chapters}") == ["line 11: chapter 3 follows chapter 1"]


def test_every_problem_is_kept_in_the_order_of_lines_and_five_are_told():
    text = HEAD + "Words.\n\n" + "\n\n".join(f"({mark}) x;" for mark in "bdfhjln")
    with pytest.raises(TextError) as caught:
        read(text)
    problems = caught.value.problems
    assert len(problems) == 7
    assert [p.line for p in problems] == sorted(p.line for p in problems)
    assert str(caught.value).endswith("; and 2 more.")
    assert problems[0] == Problem(11, "item (b) cannot follow article 1")


def test_problems_found_late_stand_in_the_place_of_their_line():
    text = HEAD + "(b) x;\n\n(c) y;\n\nArticle 2\nDuo\n\nWords."
    assert [problem.split(":")[0] for problem in problems_of(text)] == [
        "line 6",  # article 1 has no text, which shows at line 13 only
        "line 9",
        "line 11",
    ]


@pytest.mark.parametrize("heading", ["Article " + "9" * 5000, "Chapter " + "9" * 5000])
def test_a_number_of_thousands_of_digits_is_reported_and_not_a_crash(heading):
    assert problems_of(f"{HEAD}Words.\n\n{heading}\n\nWords.")


def test_words_around_the_recitals_belong_to_the_preamble_as_a_whole():
    around = TREATY.replace("The States", "The States Parties,\n\nThe States").replace(
        "much.\n", "much,\n\nHave agreed as follows:\n"
    )
    preamble = read(around).preamble
    assert [p.text for p in preamble] == ["The States Parties,", "The States agree on much,"]
    assert preamble[0].closing == "Have agreed as follows:"


def test_an_inserted_article_follows_the_one_whose_number_it_has():
    inserted = "".join(f"Article {n}\nT\n\nWords.\n\n" for n in ("2", "2 bis", "2 ter", "3"))
    treaty = read(f"{HEAD}Words.\n\n{inserted}")
    assert [article.name for article in treaty.articles] == [
        "article 1", "article 2", "article 2 bis", "article 2 ter", "article 3",
    ]  # fmt: skip
    assert treaty["art-2ter"].text == "Words."


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("1 ter", "article 1 ter follows article 1"),
        ("2 bis", "article 2 bis follows article 1"),
    ],
)
def test_an_inserted_article_out_of_order_is_reported(number, reason):
    text = f"{HEAD}Words.\n\nArticle {number}\nDuo\n\nWords."
    assert problems_of(text) == [f"line 11: {reason}"]


def test_long_lists_of_sub_items_are_read():
    numerals = (
        "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi xxii xxiii"
    )
    words = "\n\n".join(f"({mark}) x;" for mark in numerals.split())
    found = article_of(f"They are:\n\n(a) these:\n\n{words}\n\n(b) y.")
    assert [key for key in found if key.startswith("a/")] == [f"a/{n}" for n in numerals.split()]


BARE = (
    "T\n\nArticle 1\nUno\n\nWords.\n\nArticle 2\n\nThe words.\n\nArticle 3\n\nArticle 4\n\n1. A.\n"
)


def test_bare_headings_are_read_where_they_may_be():
    treaty = read_treaty(BARE, source="official", bare_headings=True)
    assert [(chapter.number, chapter.title) for chapter in treaty.chapters] == [(0, "")]
    assert [article.title for article in treaty.articles] == ["Uno", "", "", ""]
    assert [p.text for p in treaty.provisions()] == ["Words.", "The words.", "", "", "A."]


def test_bare_headings_are_reported_elsewhere():
    assert problems_of(BARE) == [
        "line 3: article 1 stands before the first chapter",
        "line 8: article 2 has no text",
        "line 12: article 3 has no title",
        "line 12: article 3 has no text",
        "line 14: article 4 has no title",
    ]


WORDS = st.lists(
    st.sampled_from("each State must act with due care under law 24/7 data (de minimis)".split()),
    min_size=1,
    max_size=6,
).map(" ".join)
CLOSINGS = st.one_of(st.just(""), WORDS)
SUB_ITEMS = ("i", "ii", "iii", "iv", "v")


@st.composite
def lists(draw, article: int, paragraph: int | None, owner: str) -> list[Provision]:
    """A provision with or without a list below it, as the layout can write it."""
    marks = "abcdefghijklm"[: draw(st.integers(0, 12))]
    if not marks:
        return [Provision(article, paragraph, (), f"{owner}.")]
    made = [Provision(article, paragraph, (), f"{owner}:", draw(CLOSINGS))]
    for mark in marks:
        below = SUB_ITEMS[: draw(st.integers(0, 5))] if draw(st.booleans()) else ()
        text = draw(WORDS) + (":" if below else ";")
        made.append(Provision(article, paragraph, (mark,), text, draw(CLOSINGS) if below else ""))
        made += [Provision(article, paragraph, (mark, n), f"{draw(WORDS)};") for n in below]
    if made[-1].items[1:]:  # words after sub-items would be read as the item's own
        made[0] = Provision(article, paragraph, (), made[0].text)
    return made


@st.composite
def articles(draw, number: int, chapter: int) -> Article:
    paragraphs = draw(st.integers(0, 4))
    provisions = [] if paragraphs else draw(lists(number, None, draw(WORDS)))
    if paragraphs:
        provisions = [Provision(number, None, (), "")]
    for paragraph in range(1, paragraphs + 1):
        provisions += draw(lists(number, paragraph, draw(WORDS)))
    return Article(number, draw(WORDS).capitalize(), chapter, tuple(provisions))


@st.composite
def treaties(draw) -> Convention:
    recitals = [Provision(0, n, (), draw(WORDS)) for n in range(1, draw(st.integers(0, 3)) + 1)]
    chapters, number = [], 0
    for chapter in range(1, draw(st.integers(1, 3)) + 1):
        made = []
        for _ in range(draw(st.integers(1, 3))):
            number += 1
            made.append(draw(articles(number, chapter)))
        chapters.append(Chapter(chapter, draw(WORDS).capitalize(), tuple(made)))
    preamble = (Provision(0, None, (), ""), *recitals)
    return Convention("A Treaty", "digest", "en", "", preamble, tuple(chapters))


def written(treaty: Convention) -> str:
    """The treaty in the plain layout."""
    blocks = [treaty.title, "Preamble", *(p.text for p in treaty.preamble[1:])]
    for chapter in treaty.chapters:
        blocks.append(f"Chapter {chapter.roman}\n{chapter.title}")
        for article in chapter.articles:
            blocks.append(f"Article {article.number}\n{article.title}")
            blocks += lines_of(treaty, article.provisions[0])
            for paragraph in article.paragraphs:
                blocks += lines_of(treaty, paragraph)
    return "\n\n".join(block for block in blocks if block)


def lines_of(treaty: Convention, provision: Provision) -> list[str]:
    mark = ""
    if provision.items:
        mark = f"({provision.items[-1]}) "
    elif provision.paragraph is not None:
        mark = f"{provision.paragraph}. "
    below = [
        line
        for child in treaty.children(provision)
        if child.items
        for line in lines_of(treaty, child)
    ]
    return [f"{mark}{provision.text}" if provision.text else "", *below, provision.closing]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(treaties())
def test_a_treaty_written_in_the_layout_reads_back_equal(treaty):
    found = read(written(treaty))
    assert found.preamble == treaty.preamble
    assert found.chapters == treaty.chapters


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.text(alphabet="ab12(.) \n\r\x0b\u2028\ufeffiC:ArticleChapterPreamble", max_size=200))
def test_any_text_is_read_or_refused_with_lines(text):
    try:
        read(text)
    except ReadingError as error:
        assert error.problems and all(problem.line >= 1 for problem in error.problems)
