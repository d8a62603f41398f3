"""From the bytes of a document to its paragraphs: formats, clean-up steps, headings and marks."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from index.errors import (
    DamagedDocument,
    DocumentError,
    EmptyDocument,
    EncryptedDocument,
    OversizedDocument,
    ScannedDocument,
    UnknownFormat,
)
from index.layout.blocks import Block, Vocabulary, joined_lines, read_blocks
from index.layout.formats import Format, format_of
from index.layout.furniture import (
    body_size,
    joined,
    text_lines,
    without_counters,
    without_footnotes,
    without_marks,
    without_mastheads,
    without_running_heads,
)
from index.layout.headings import Heading, Level, closes_treaty, is_agreement, read_heading
from index.layout.lines import BLANK, PAGE_BREAK, Line, tidy
from index.layout.marks import Rank, item_letter, read_mark, sign_number
from index.layout.numbering import Numbering, uses_latin_letters
from index.layout.pages import MAX_BYTES, MAX_LINES, read_pages
from index.layout.spacing import DOUBTFUL, with_settled_blanks
from index.numerals import letter, number_of, roman
from index.official_reader import read_paragraphs
from tests.un_layout import UnPdf

RESOLUTIONS = Path(__file__).parents[2] / "shared" / "treaties"


def lines(*texts: str, **setting: float) -> tuple[Line, ...]:
    return tuple(Line(text, **setting) for text in texts)


def texts(page: tuple[Line, ...]) -> list[str]:
    return [line.text for line in page]


def html(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def html_lines(body: str) -> list[str]:
    return [line.text for page in read_pages(html(body)) for line in page if line.text]


PAGE = b"BT /F1 12 Tf 50 700 Td (Article 1) Tj 0 -14 Td (Some words stand here.) Tj ET"


def pdf(contents: bytes, *, copies: int = 1, password: str | None = None) -> bytes:
    """A PDF whose pages have these drawing instructions."""
    writer = PdfWriter()
    stream = DecodedStreamObject()
    stream.set_data(contents)
    drawn = writer._add_object(stream.flate_encode())
    names = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    font = DictionaryObject({NameObject(k): NameObject(v) for k, v in names.items()})
    fonts = DictionaryObject({NameObject("/F1"): font})
    for _ in range(copies):
        page = writer.add_blank_page(612, 792)
        page[NameObject("/Contents")] = drawn
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    if password is not None:
        writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


# Formats


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (pdf(PAGE), Format.PDF),
        (b"\n" + pdf(PAGE), Format.PDF),
        (html("<p>x</p>"), Format.HTML),
        (b"\xef\xbb\xbf<!doctype HTML>", Format.HTML),
        ("<html><p>x".encode("utf-16"), Format.HTML),
        (b"<p>A part of a page</p>", Format.HTML),
        (b"<meta http-equiv='Content-Type'/>\n\n### Article 1", Format.TEXT),
        ("Статья 1".encode(), Format.TEXT),
        ("Article 1".encode("utf-16"), Format.TEXT),
        ("Préambule".encode("cp1252"), Format.TEXT),
        (b"2 < 3 and a <b> c", Format.TEXT),
    ],
)
def test_the_format_shows_in_the_bytes(data, kind):
    assert format_of(data) is kind


@pytest.mark.parametrize("data", [b"", b" \n\t ", b"\xef\xbb\xbf\n", b"\0\0\0"])
def test_an_empty_document_is_named(data):
    with pytest.raises(EmptyDocument, match="is empty"):
        read_pages(data)


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04\x14\x00\x06\x00word", b"\x89PNG\r\n\x1a\n\x00\x00", b"a\x81\x8d\x01"]
)
def test_another_format_is_refused_with_those_that_can_be_read(data):
    with pytest.raises(UnknownFormat, match=r"PDF.*HTML.*UTF-8"):
        read_pages(data)


@pytest.mark.parametrize(
    "data",
    [
        b"a" * (MAX_BYTES + 1),
        b"a" * 21_000_000,
        b"a\n" * (MAX_LINES + 1),
        b"a" + b"\r" * 30_000_000,
    ],
)
def test_a_document_beyond_all_treaties_is_refused(data):
    with pytest.raises(OversizedDocument, match="more than"):
        read_pages(data)


# PDF


def test_the_lines_of_a_pdf_know_their_size_and_place():
    ((first, second),) = read_pages(pdf(PAGE))
    assert (first.text, second.text) == ("Article 1", "Some words stand here.")
    assert (first.size, first.left, second.left) == (12.0, 50.0, 50.0)
    assert first.top == pytest.approx(1 - 700 / 792, abs=0.001)


@pytest.mark.parametrize(
    ("data", "error", "message"),
    [
        (pdf(PAGE, password="secret"), EncryptedDocument, "locked with a password"),
        (pdf(b"0 0 100 100 re f", copies=3), ScannedDocument, "only pictures"),
        (pdf(PAGE)[:-200], DamagedDocument, "its end is missing"),
        (pdf(PAGE)[:200], DamagedDocument, "cut short"),
        (b"%PDF-1.7\nrubbish\n%%EOF", DamagedDocument, "do not fit together"),
        (pdf(PAGE, copies=301), OversizedDocument, "301 pages"),
        (pdf(b" " * 30_000_000), OversizedDocument, "when it is expanded"),
        (pdf(b" " * 8_000_000 + PAGE, copies=3), OversizedDocument, "beyond 20,000,000"),
        (pdf(b"() Tj " * 300_000), OversizedDocument, "when it is expanded"),
        (pdf(b"BT /F1 9 Tf (" + b"ab " * 2_000_000 + b") Tj ET"), OversizedDocument, "characters"),
    ],
    ids="locked scanned cut half rubbish pages stream streams instructions characters".split(),
)
def test_a_pdf_that_cannot_be_read_is_named_with_what_to_do(data, error, message):
    with pytest.raises(error, match=message) as caught:
        read_pages(data)
    assert re.search(r"; (?:take|fetch|name|save) ", str(caught.value))


def test_a_pdf_that_only_its_owner_may_change_is_read():
    assert read_pages(pdf(PAGE, password=""))[0][0].text == "Article 1"


def test_a_pdf_leaves_no_remarks_in_the_log(caplog):
    with pytest.raises(DamagedDocument):
        read_pages(b"%PDF-1.7\nrubbish\n%%EOF")
    assert caplog.records == []


def test_paragraphs_titles_and_raised_marks_of_a_pdf_are_told_apart():
    file = UnPdf()
    file.open_page()
    file.paragraph("Article 1", style="B", gap=0)
    file.paragraph("A title", style="B", gap=0)
    file.paragraph("Words,\x01 and more of them on a line of this page, " * 4, indent=24)
    file.paragraph("Other words.", indent=24)
    file.close_page()
    page = texts(read_pages(bytes(file.output()))[0])
    start = page.index("Article 1")
    assert page[start + 1 : start + 3] == ["A title", ""]
    assert page[start + 3].startswith("Words,¹ and")
    assert "" in page[start + 4 : page.index("Other words.")]


@pytest.mark.parametrize(
    ("text", "settled"),
    [
        ("a tuberculo~sis, of tuberculosis", "a tuberculosis, of tuberculosis"),
        ("people~-centred", "people-centred"), ("inter alia~, the", "inter alia, the"),
        ("Conscious~that a word", "Conscious that a word"), ("people-~centred", "people-centred"),
        ("for~mation for mation formation", "for mation for mation formation"),
        ("~(a) The crime", "(a) The crime"), ("right,~and", "right, and"), ("1.~The", "1. The"),
    ],
)  # fmt: skip
def test_a_blank_between_two_pieces_stays_unless_the_two_are_a_word(text, settled):
    ((line,),) = with_settled_blanks([lines(text.replace("~", DOUBTFUL))])
    assert line.text == settled


# HTML


def test_blocks_of_a_page_are_parted_and_headings_marked():
    (page,) = read_pages(html("<h2>Chapter I</h2><div>a <b>b</b>\n c<p>d<br>e</div>f"))
    assert page == (
        Line("Chapter I", heading=True), BLANK, Line("a b c"), BLANK, Line("d"), Line("e"), BLANK,
        Line("f"), BLANK,
    )  # fmt: skip


def test_menus_scripts_and_hidden_parts_are_left_out():
    body = (
        "<nav>a</nav><script>b</script><p hidden>c</p><p style='display: none'>d</p>"
        "<p aria-hidden=true>e</p><footer><p>f<p>g</footer><svg><text>h</text></svg>"
        "<button>i</button><template><p>j</p></template><p>k</p>"
    )
    assert html_lines(body) == ["k"]


def test_blocks_of_links_are_left_out_unless_they_are_headings():
    body = "<ol><li><a href=#1>Article 1</a></li></ol><h3><a href=#1>Article 1</a></h3>"
    assert html_lines(body + "<p>See <a href=#2>this</a>.</p>") == ["Article 1", "See this."]


def test_marks_of_lists_are_written_out():
    body = (
        "<ol><li>x<ol type=a><li>y<ol type=i><li>z<li>z</ol><li><p>y</p></ol>"
        "<li value=5><ol type=a><li>w</li></ol></ol><ul><li>v</ul><ol start=3 type=a><li>u</ol>"
    )
    assert html_lines(body) == [
        "1. x", "(a) y", "(i) z", "(ii) z", "(b) y", "5. (a) w", "v", "(c) u",
    ]  # fmt: skip


def test_raised_numbers_are_kept_as_such_and_raised_letters_as_letters():
    assert html_lines("<p>a<sup>12</sup> b<sup><a href=#n>[3]</a></sup> 1<sup>er</sup></p>") == [
        "a¹² b³ 1er"
    ]


def test_preformatted_lines_stay_lines():
    assert html_lines("<pre>Article 1\nTitle\n\n1. x</pre>") == ["Article 1", "Title", "1. x"]


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "utf-16"])
def test_a_page_is_read_in_the_encoding_that_it_declares(encoding):
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={encoding}">'
    data = f"<html><head>{head}</head><body><p>Статья 1</p></body></html>".encode(encoding)
    assert texts(read_pages(data)[0])[0] == "Статья 1"


@pytest.mark.parametrize("charset", ["no-such", "ascii"])
def test_an_encoding_that_is_wrongly_declared_is_passed_over(charset):
    data = f"<meta charset={charset}><p>é</p>".encode()
    assert texts(read_pages(data)[0])[0] == "é"


def test_a_page_that_never_ends_its_elements_is_read():
    assert html_lines("<div>" * 3000 + "deep") == ["deep"]
    assert html_lines("<ol><li>a<li>b<p>c") == ["1. a", "2. b", "c"]


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.lists(
        st.sampled_from(
            "<p> </p> <ol> <li> </ol> <sup> </sup> 1 <h2> </h2> <br> <a href=x> </a> <pre> </nav> "
            "<nav> &amp; &#0; <!-- --> <![CDATA[ ]]> word <ul> <table> <td> </table> <".split()
        ),
        max_size=40,
    )
)
def test_any_soup_of_tags_is_read(parts):
    (page,) = read_pages(html(" ".join(parts)))
    assert all("\n" not in line.text for line in page)


# Text and Markdown


def test_form_feeds_part_the_pages_of_a_text():
    assert [texts(page) for page in read_pages(b"a\nb\n\fc")] == [["a", "b"], ["c"]]


def test_markup_of_markdown_is_read_as_it_shows():
    text = (
        "<meta charset='x'/>\n### Article  1  ##\nthe [Treaty](../a/(b)/c.md), *inter alia,*with\n"
        "1\\. **a** 2 * 3"
    )
    assert read_pages(text.encode())[0][1:] == (
        Line("Article 1", heading=True),
        Line("the Treaty, inter alia, with"),
        Line("1. a 2 * 3"),
    )


def test_plain_text_keeps_its_asterisks():
    assert texts(read_pages(b"a *b* [c](d)")[0]) == ["a *b* [c](d)"]


@pytest.mark.parametrize(
    ("text", "plain"),
    [("a\u00a0 b\t", "a b"), ("\u200fa\u202cb\ufeff", "ab"), ("ﬁle", "file"), ("ﺍﻟﻤﺎﺩﺓ", "المادة")],
)
def test_what_nobody_sees_is_taken_out_of_a_line(text, plain):
    assert tidy(text) == plain


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(max_size=60))
def test_tidying_twice_changes_nothing_more(text):
    assert tidy(tidy(text)) == tidy(text)


# Furniture

ROWS = tuple(f"row {number}" for number in range(8))


@pytest.mark.parametrize(
    "line",
    ["18-16895 (E) 241018", "24-24684* (R)", "*1816895*", "Please recycle ♲", "Distr.: General",
     "United Nations A/RES/79/243", "Nations Unies A/RES/79/243"],
)  # fmt: skip
def test_a_masthead_is_known_by_its_form(line):
    page = lines("the economic", line, "and social")
    assert texts(without_mastheads(page)) == ["the economic", "and social"]


@pytest.mark.parametrize(
    "line", ["18-16895 2/10", "3/10 18-16895", "24-999996/42", "Page 3 of 10", "page 3", "第 3 页",
             "Страница 3 из 10", "الصفحة 3"]
)  # fmt: skip
def test_a_page_counter_is_known_by_its_form_wherever_it_stands(line):
    page = lines(*ROWS, line, *ROWS)
    assert line not in texts(without_counters(page))


@pytest.mark.parametrize("line", ["7", "3/10", "– 12 –", "xiv", "18-16895"])
def test_a_number_alone_is_a_counter_at_the_edge_of_a_page_only(line):
    inside = lines(*ROWS, line, *ROWS)
    assert without_counters(inside) == inside
    assert texts(without_counters(lines(line, *ROWS))) == list(ROWS)
    low = (Line("a", top=0.5), Line(line, top=0.95), Line("b", top=0.6))
    assert texts(without_counters(low)) == ["a", "b"]


def test_running_heads_that_change_sides_are_taken_out():
    left, right = ("A/RES/73/3", "A declaration"), ("A declaration A/RES/73/3",)
    pages = tuple(lines(*(right if n % 2 else left), f"text {'x' * n}") for n in range(8))
    assert [texts(page) for page in without_running_heads(pages)] == [
        [f"text {'x' * n}"] for n in range(8)
    ]


def test_smaller_letters_above_the_text_are_a_running_head_even_once():
    page = (Line("A head", 8.5, top=0.05), Line("Text", 10.0, top=0.1), Line("x", 10.0, top=0.5))
    assert texts(without_running_heads((page,), 10.0)[0]) == ["Text", "x"]


def test_a_line_that_two_pages_begin_with_is_text():
    pages = tuple(lines("Each State Party shall adopt such", str(n)) for n in (1, 2, 3))
    assert without_running_heads(pages) == pages


SENTENCES = st.lists(
    st.text("abcdefgh ", min_size=3, max_size=30).filter(str.strip), min_size=8, unique=True
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(SENTENCES, min_size=6, max_size=9))
def test_only_what_was_added_is_taken_out_of_pages(bodies):
    bodies = [[f"{n} {place} {text}." for place, text in enumerate(body)]
              for n, body in zip("pqrstuvwx", bodies, strict=False)]  # fmt: skip
    pages = tuple(
        lines("A/RES/1/2", "The running head of this document", *body, f"24-00001 {number}/9")
        for number, body in enumerate(bodies)
    )
    assert [line for line in texts(text_lines(pages)) if line != "\f"] == [
        tidy_text for body in bodies for tidy_text in body
    ]


def test_footnotes_below_a_rule_and_their_numbers_are_taken_out():
    page = lines(
        "the right,1 and the", "declaration2 of 2018", "_______", "1 Resolution 70/1.", "2 See",
        "document 3.",
    )  # fmt: skip
    assert texts(without_footnotes(page)) == ["the right, and the", "declaration of 2018"]


def test_text_after_the_footnotes_of_a_page_without_end_is_kept():
    page = lines("a,1 b", "_____", "1 See it.", "18-16895 2/10", "c", "", "2. d")
    assert texts(without_footnotes(page)) == ["a, b", "18-16895 2/10", "c", "", "2. d"]
    page = lines("a,1 b", "_____", "1 See it.", "2. c")
    assert texts(without_footnotes(page)) == ["a, b", "2. c"]


def test_footnotes_in_smaller_letters_are_taken_out():
    page = (*lines("Article 5", "Words.", size=9.0), *lines("1 A note", "of two lines", size=6.5))
    assert texts(without_footnotes(page, 9.0)) == ["Article 5", "Words."]


def test_smaller_letters_that_are_no_note_are_kept():
    page = (*lines("Words.", size=9.0), *lines("Table of values", size=6.5))
    assert without_footnotes(page, 9.0) == page


@pytest.mark.parametrize(
    ("text", "plain"),
    [("Development,¹ including", "Development, including"), ("2014,⁵ and", "2014, and"),
     ("Agreement ⁴ requires", "Agreement requires"), ("Court.¹²", "Court."), ("none", "none"),
     ("2015–2030³ and", "2015–2030 and")],
)  # fmt: skip
def test_raised_marks_leave_the_sentence_whole(text, plain):
    assert texts(without_marks(lines(text))) == [plain]


def test_the_size_of_most_letters_is_that_of_the_text():
    assert body_size((lines("A long line", size=9.0) + lines("Head", size=20.0),)) == 9.0
    assert body_size(()) == 0.0


def test_pages_are_joined_without_the_blank_lines_at_their_edges():
    pages = (lines("", "a", ""), (), lines("", "b"))
    assert joined(pages) == (Line("a"), PAGE_BREAK, Line("b"))


# Paragraphs


def blocks(*rows: str) -> list[str]:
    return [block.text for block in read_blocks(lines(*rows))]


def test_blank_lines_part_paragraphs():
    assert blocks("1. One of", "them.", "", "Two.", "", "2. Three.") == [
        "1. One of them.", "Two.", "2. Three.",
    ]  # fmt: skip


def test_marks_and_headings_part_paragraphs_after_the_end_of_a_sentence_only():
    row = "the measures that are set out in the treaty, as they are in paragraph"
    assert blocks("1. " + row, "2. (a) of this article.", "2. Two; and", "(a) three:") == [
        f"1. {row} 2. (a) of this article.", "2. Two; and", "(a) three:",
    ]  # fmt: skip


def test_a_heading_its_title_and_the_words_below_are_parted():
    rows = ("Article 9", "Interference with", "data", "", "Each State.", "", "1. a", "", "2. b")
    assert blocks(*rows)[:3] == ["Article 9", "Interference with data", "Each State."]
    assert blocks("Article 9", "A title", "Each State acts.", "2. b")[:3] == [
        "Article 9", "A title", "Each State acts.",
    ]  # fmt: skip


def page_broken(above: Line, below: Line) -> int:
    """Into how many paragraphs two lines fall that a page parts."""
    filled = Line("x" * 40 + ".", left=100.0)
    return len(read_blocks((filled, above, PAGE_BREAK, below))) - 1


@pytest.mark.parametrize(
    ("above", "below", "parted"),
    [
        (Line("w" * 40, left=100), Line("And goes on", left=100), 0),
        (Line("w" * 40 + ".", left=100), Line("in small letters", left=100), 0),
        (Line("w" * 40 + ".", left=100), Line("A second sentence", left=100), 0),
        (Line("w" * 40 + ".", left=100), Line("An indented line", left=124), 1),
        (Line("short.", left=100), Line("A new paragraph", left=100), 1),
        (Line("w" * 40 + ".", left=100), Line("2. A mark", left=124), 1),
        (Line("w" * 40, 10, 100), Line("Another size", 12, 100), 1),
    ],
)
def test_a_sentence_goes_on_over_the_end_of_a_page(above, below, parted):
    assert page_broken(above, below) == parted


def test_lines_of_a_text_that_is_not_wrapped_are_paragraphs():
    row = "1. " + "word " * 60
    assert len(blocks(row, row, "Article 2", row)) == 4


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (("the implemen-", "tation", "implementation"), "the implementation implementation"),
        (("a drug -", "resistant form, drug-resistant"), "a drug-resistant form, drug-resistant"),
        (("the Secretary-", "General"), "the Secretary-General"),
        (("a two-", "thirds majority"), "a two-thirds majority"),
        (("measures\u00ad", "x"), "measuresx"),
        (("2024-", "2025"), "2024-2025"),
        (("either/", "or"), "either/or"),
        (("缔约国", "应当"), "缔约国应当"),
        (("1 -", "كل دولة"), "1 - كل دولة"),
        (("a", "b"), "a b"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_is_kept_where_the_word_has_it(rows, text):
    assert joined_lines(rows, Vocabulary.of(lines(*rows))) == text


def test_halves_that_are_words_keep_their_hyphen_in_a_text_that_divides_words():
    rows = ("imple-", "mentation implementation", "non-public well known", "non-", "state well-",
            "known posi-", "tively")  # fmt: skip
    assert joined_lines(rows, Vocabulary.of(lines(*rows))) == (
        "implementation implementation non-public well known non-state well-known positively"
    )


WORDS = st.sampled_from(
    "implementation cooperation well-being information cross-border measures Secretary-General "
    "of the State capacity-building".split()
)


@st.composite
def divided(draw) -> tuple[list[str], str]:
    """Words on lines that break some of them, and the words on one line."""
    words = draw(st.lists(WORDS, min_size=2, max_size=20))
    rows = [""]
    for word in words:
        cut = draw(st.integers(2, len(word) - 2)) if len(word) > 5 and draw(st.booleans()) else 0
        if cut and "-" in word:
            cut = word.index("-") + 1
        rows[-1] = f"{rows[-1]} {word[:cut].removesuffix('-') + '-' if cut else word}".strip()
        if cut:
            rows.append(word[cut:])
    return rows, " ".join(words)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(divided())
def test_divided_words_are_put_together_as_the_document_writes_them(made):
    rows, text = made
    known = "implementation cooperation well-being information cross-border measures of the State"
    vocabulary = Vocabulary.of(lines(*rows, "", known, "Secretary-General capacity-building"))
    assert joined_lines(rows, vocabulary) == text


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(["", "a b.", "C d", "1. e;", "(a) f", "\f", "Article 1", "G"])))
def test_no_word_is_lost_when_lines_are_put_together(rows):
    given_lines = [PAGE_BREAK if row == "\f" else Line(row) for row in rows]
    found = " ".join(block.text for block in read_blocks(given_lines)).split()
    assert found == " ".join(row for row in rows if row != "\f").split()


# Headings


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("Article 14", Heading(Level.ARTICLE, "14")),
        ("ARTICLE 14.", Heading(Level.ARTICLE, "14")),
        ("Article 14. A title", Heading(Level.ARTICLE, "14", "", "A title")),
        ("Article 14 – Offences", Heading(Level.ARTICLE, "14", "", "Offences")),
        ("Article 14 Offences", Heading(Level.ARTICLE, "14", "", "Offences")),
        ("Article 8 bis", Heading(Level.ARTICLE, "8", "bis")),
        ("Article 15 ter7", Heading(Level.ARTICLE, "15", "ter")),
        ("Article 82 3", Heading(Level.ARTICLE, "82")),
        ("Article 5. 1. It acts.", Heading(Level.ARTICLE, "5", "", "", "1. It acts.")),
        ("Article premier", Heading(Level.ARTICLE, "premier")),
        ("Artículo 3. Ámbito", Heading(Level.ARTICLE, "3", "", "Ámbito")),
        ("Статья 14", Heading(Level.ARTICLE, "14")),
        ("المادة 14: الجرائم", Heading(Level.ARTICLE, "14", "", "الجرائم")),
        ("المادة ١٤", Heading(Level.ARTICLE, "١٤")),
        ("第十四条", Heading(Level.ARTICLE, "十四")),
        ("第14条 犯罪", Heading(Level.ARTICLE, "14", "", "犯罪")),
        ("Chapter IV", Heading(Level.CHAPTER, "IV")),
        ("CHAPITRE PREMIER", Heading(Level.CHAPTER, "PREMIER")),
        ("Capítulo IX. Final", Heading(Level.CHAPTER, "IX", "", "Final")),
        ("Глава IX", Heading(Level.CHAPTER, "IX")),
        ("الفصل الثاني: التجريم", Heading(Level.CHAPTER, "الثاني", "", "التجريم")),
        ("第二章 定罪", Heading(Level.CHAPTER, "二", "", "定罪")),
        ("PART 2.", Heading(Level.PART, "2")),
        ("第三部分", Heading(Level.PART, "三")),
        ("Section 1 – Law", Heading(Level.SECTION, "1", "", "Law")),
        ("Preamble", Heading(Level.PREAMBLE)),
        ("ПРЕАМБУЛА", Heading(Level.PREAMBLE)),
        ("序言", Heading(Level.PREAMBLE)),
    ],
)  # fmt: skip
def test_a_heading_is_recognized_in_every_language(text, heading):
    assert read_heading(text) == heading


@pytest.mark.parametrize(
    "text",
    ["Article 18 applies, mutatis mutandis.", "Article 5, paragraph 1", "article 14", "Articles 2",
     "Article 6 of this Convention", "Chapter V of this Convention applies", "Preamble 1",
     "Part 9 applies", "المادة 17 من هذه الاتفاقية", "第三条所述犯罪", "Title of the treaty",
     "The Preamble"],
)  # fmt: skip
def test_words_that_begin_like_a_heading_are_none(text):
    assert read_heading(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("Article 14", 14), ("Chapter IX", 9), ("الفصل التاسع: x", 9), ("第十九条", 19),
     ("第六十八条", 68), ("第一百二十八条", 128),
     ("Глава ІХ", 9), ("Article premier", 1), ("المادة ٦٨", 68)],
)  # fmt: skip
def test_the_number_of_a_heading_is_read(text, number):
    heading = read_heading(text)
    assert heading is not None and heading.number == number


@pytest.mark.parametrize(
    "text",
    ["IN WITNESS WHEREOF, the undersigned", "EN FOI DE QUOI, les", "EN FE DE LO CUAL los",
     "В УДОСТОВЕРЕНИЕ ЧЕГО", "为此，下列签署人", "وإثباتا لذلك", "Interpretative notes on it",
     "Annex", "ANNEXE II", "附件", "55th plenary meeting", "55e séance plénière", "Done at Hanoi"],
)  # fmt: skip
def test_what_closes_a_treaty_is_recognized(text):
    assert closes_treaty(text)


@pytest.mark.parametrize("text", ["Annexes are part of it.", "An annex", "The notes", "Doneness"])
def test_other_words_close_no_treaty(text):
    assert not closes_treaty(text)


@pytest.mark.parametrize(
    "text",
    ["Have agreed as follows:", "Sont convenus de ce qui suit :", "Han convenido en lo siguiente:",
     "договорились о нижеследующем:", "议定如下：", "قد اتفقت على ما يلي:"],
)  # fmt: skip
def test_the_last_words_of_a_preamble_are_recognized(text):
    assert is_agreement(text)


# Marks


@pytest.mark.parametrize(
    ("text", "rank", "sign"),
    [
        ("1. Words", Rank.PARAGRAPH, "1"), ("12.Words", Rank.PARAGRAPH, "12"),
        ("1 - كل", Rank.PARAGRAPH, "1"), ("2 - (أ) كل", Rank.PARAGRAPH, "2"),
        ("十一、各国", Rank.PARAGRAPH, "十一"), ("3.", Rank.PARAGRAPH, "3"),
        ("(a) Words", Rank.ITEM, "a"), ("a) Words", Rank.ITEM, "a"), ("a)Words", Rank.ITEM, "a"),
        ("(xxvii) Words", Rank.ITEM, "xxvii"), ("б) слова", Rank.ITEM, "б"),
        ("(هـ) كلمة", Rank.ITEM, "ه"), ("（三）各国", Rank.ITEM, "三"), ("㈢各国", Rank.ITEM, "㈢"),
        ("ñ) palabras", Rank.ITEM, "ñ"), ("’1‘ كلمة", Rank.SUB_ITEM, "1"),
        ("⑴各国", Rank.SUB_ITEM, "⑴"), ("a. words", Rank.BARE_LETTER, "a"),
    ],
)  # fmt: skip
def test_a_mark_is_read_in_every_script(text, rank, sign):
    mark = read_mark(text)
    assert mark is not None and (mark.rank, mark.sign) == (rank, sign)


@pytest.mark.parametrize(
    "text", ["24/7 network", "1.5 billion", "2018. a year", "(and) so", "A. Words", "i.e. so", "12"]
)
def test_other_beginnings_are_no_marks(text):
    assert read_mark(text) is None


def test_arabic_letters_count_in_their_old_order():
    letters = "أبجدهوزحطيكلمنس"
    assert "".join(item_letter(sign, latin=True) for sign in letters) == "abcdefghijklmno"


def test_russian_letters_are_latin_or_cyrillic_as_the_list_has_them():
    assert [item_letter(sign, latin=True) for sign in "аbс"] == ["a", "b", "c"]
    assert [item_letter(sign, latin=False) for sign in "абвгд"] == list("abcde")
    assert uses_latin_letters(["а) x", "b) x", "с) x"])
    assert not uses_latin_letters(["а) x", "б) x", "в) x"])


@given(st.integers(1, 199))
def test_numbers_are_read_back_from_every_numeral(number):
    tens, ones = divmod(number % 100, 10)
    digits = "零一二三四五六七八九"
    chinese = (("一百" if number >= 100 else "") + (digits[tens] + "十" if tens else "")
               + (digits[ones] if ones else ""))  # fmt: skip
    assert number_of(str(number)) == number_of(roman(number)) == number_of(chinese) == number


def test_letters_go_on_after_z():
    assert [letter(n) for n in (1, 26, 27, 28)] == ["a", "z", "aa", "bb"]


@pytest.mark.parametrize(("sign", "number"), [("㈢", 3), ("⑶", 3), ("三", 3), ("3", 3), ("x?", 0)])
def test_enclosed_signs_have_their_number(sign, number):
    assert sign_number(sign) == number


def numbered(*rows: str) -> list[str | None]:
    numbering = Numbering()
    return [numbering.written(row) for row in rows]


@pytest.mark.parametrize(
    ("rows", "written"),
    [
        (("1. a:", "a) b", "i) c"), ["1. a:", "(a) b", "(i) c"]),
        (("1. a:", "(a) b:", "’1‘ c", "(b) e"), ["1. a:", "(a) b:", "(i) c", "(b) e"]),
        (("2. a) b", "3. (c) d"), ["2. (a) b", "3. (c) d"]),
        (("1. (a) (i) b", "(ii) c"), ["1. (a) (i) b", "(ii) c"]),
        (("(a) b:", "(i) c:", "a. d", "(ii) f"), ["(a) b:", "(i) c:", None, "(ii) f"]),
        (("a. b", "b. c"), ["(a) b", "(b) c"]),
        (("(1) b", "(2) c"), ["1. b", "2. c"]),
        (("一、甲：", "（一）乙：", "1. 丙", "二、丁"), ["1. 甲：", "(a) 乙：", "(i) 丙", "2. 丁"]),
        (("1. 甲：", "（一）乙；", "2. 丁"), ["1. 甲：", "(a) 乙；", "2. 丁"]),
        (("n) a", "ñ) b", "o) c"), ["(n) a", "(o) b", "(p) c"]),
        (("words", "(a) b"), [None, "(a) b"]),
        (("(h) x;", "(i) y;"), ["(h) x;", "(i) y;"]),
    ],
)  # fmt: skip
def test_marks_are_written_as_the_plain_layout_has_them(rows, written):
    assert numbered(*rows) == written


# Real documents


def resolution(name: str) -> tuple[Block, ...]:
    path = RESOLUTIONS / name
    if not path.exists():
        pytest.skip(f"{path} is not here: the documents are no part of the project")
    return read_paragraphs(path.read_bytes())


COUNTED = {
    "A_RES_73_3-EN.pdf": 53,
    "A_RES_73_6-EN.pdf": 14,
    "A_RES_73_7-EN.pdf": 28,
    "A_RES_73_8-EN.pdf": 5,
}
"""How many numbered paragraphs each resolution has."""

EXCERPTS = {
    "A_RES_73_3-EN.pdf": {
        1: "Agenda for Sustainable Development, including the resolve",
        2: "as a human rights concern, and further",
        3: "Millennium Development Goals and associated strategies",
        6: "99 per cent of tuberculosis-associated deaths occur",
        12: "extensively drug-resistant tuberculosis illness and mortality",
        18: "community-based and gender-responsive",
        25: "household contacts of people affected by tuberculosis",
        36: "digital technologies could be integrated",
        47: "research and development for prevention",
        53: "on global and national progress, across sectors",
    },
    "A_RES_73_6-EN.pdf": {
        1: "the preparatory process and the high-level",
        2: "Invites the Committee on the Peaceful",
        3: "importance of global partnership",
        5: "information- and infrastructure-sharing",
        7: "Reaffirms the unique role of the Committee",
        8: "agenda and its implementation plan, once",
        9: "treaties and principles on outer space",
        11: "organizations on space-related activities",
        13: "including capacity-building activities for Member",
        14: "rules and procedures of the United Nations.",
    },
    "A_RES_73_7-EN.pdf": {
        1: "Criminal Court for 2017/18;",
        2: "Criminal Court, and calls upon all States",
        3: "Criminal Court, and calls upon all",
        6: "the importance of national ownership;",
        11: "Criminal Court, and also notes in this regard",
        12: "status and mandate, and requests",
        13: "Criminal Court, and in this regard takes",
        21: "12 February 2013 in which the Council",
        24: "jurisdiction with respect to that crime;",
        28: "at its seventy-fourth session.",
    },
    "A_RES_73_8-EN.pdf": {
        1: "the implementation of resolution 72/4;",
        2: "to the present resolution, in conformity",
        3: "States that have and continue to apply",
        4: "submit it to the General Assembly",
        5: "item entitled “Necessity of ending",
    },
}
RECITALS = (
    "strict compliance with the purposes",
    "sovereign equality of States, non-intervention",
    "the Helms-Burton Act",
    "57/11 of 12 November 2002, 58/7",
    "to reinforce its implementation,",
)
"""Words of the unnumbered paragraphs of the shortest resolution; one goes over a page."""


def marked(name: str) -> dict[int, str]:
    found = [read_mark(block.text) for block in resolution(name)]
    return {int(m.sign): m.rest for m in found if m and m.rank is Rank.PARAGRAPH}


@pytest.mark.parametrize("name", COUNTED)
def test_the_paragraphs_of_a_resolution_are_counted_without_a_gap(name):
    found = [m for block in resolution(name) if (m := read_mark(block.text))]
    assert [mark.sign for mark in found] == [str(n) for n in range(1, COUNTED[name] + 1)]


@pytest.mark.parametrize("name", COUNTED)
def test_paragraphs_of_a_resolution_have_their_words(name):
    paragraphs = marked(name)
    missed = {n: words for n, words in EXCERPTS[name].items() if words not in paragraphs[n]}
    assert missed == {}


def test_a_recital_goes_on_over_the_end_of_a_page():
    text = "\n".join(block.text for block in resolution("A_RES_73_8-EN.pdf"))
    assert [words for words in RECITALS if words not in text] == []


@pytest.mark.parametrize("name", COUNTED)
def test_no_masthead_head_counter_or_note_stands_in_a_resolution(name):
    symbol = "A/RES/73/" + name[9]
    for number, text in marked(name).items():
        assert text.endswith((";", ".", "”.")), number
        assert not re.search(rf"{symbol}|\d\d-\d{{5}}|\d/\d+ \d|__|[¹²³⁴-⁹]|[a-z],\d", text), number


def test_every_error_of_a_document_is_a_document_error():
    for error in (
        EmptyDocument,
        UnknownFormat,
        EncryptedDocument,
        ScannedDocument,
        DamagedDocument,
    ):
        assert issubclass(error, DocumentError)
