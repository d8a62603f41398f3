"""A Convention as one text, with the place of everything in it."""

import json
import re
from dataclasses import replace
from importlib.resources import files

import pytest

from index.convention import PREAMBLE, Article, Chapter, Convention, Provision
from index.languages import LANGUAGES
from index.quoting import quote_of
from index.reader import read_treaty
from index.whole_text import convention_in, structure_of, write_out

DIGEST = read_treaty(
    files("index").joinpath("text", "digest.en.txt").read_text(encoding="utf-8"), source="digest"
)

TRICKY = """A Convention

Preamble

Recalling this,

Noting that.

Chapter I
First matters

Article 1
Lists

1. A State may:

(a) (i) begin at once;

(ii) or later;

(b) do nothing,

as it sees fit.

2. (a) One;

(b) Two.

Article 2
Use of terms

For this Convention:

(a) "a" means a;

(b) "b" means b.

Chapter II
Last matters

Article 3
End

One paragraph only.
"""


@pytest.fixture(params=["digest", "tricky"])
def convention(request) -> Convention:
    return DIGEST if request.param == "digest" else read_treaty(TRICKY, source="official")


def test_the_reader_of_plain_texts_reads_the_layout_back(convention):
    laid = write_out(convention)
    again = read_treaty(laid.text, source=convention.source)
    assert replace(again, sha256=convention.sha256) == convention


def test_every_piece_stands_where_the_layout_says(convention):
    laid = write_out(convention)
    for provision in convention.provisions():
        words = laid.words[provision.id]
        assert laid.text[words.start : words.end] == provision.text
        if provision.closing:
            closing = laid.closings[provision.id]
            assert laid.text[closing.start : closing.end] == provision.closing
    for article in convention.articles:
        title = laid.titles[article.id]
        assert laid.text[title.start : title.end] == article.title


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_convention_comes_back_from_its_text_and_structure(convention, code):
    whole = replace(convention, language=code)
    laid = write_out(whole)
    structure = json.loads(json.dumps(structure_of(whole, laid)))
    assert convention_in(laid.text, structure) == (whole, laid)


def test_headings_are_in_the_language_of_the_text():
    laid = write_out(replace(DIGEST, language="es"))
    assert "\nCapítulo IX\n" in laid.text and "\nArtículo 68\n" in laid.text
    assert "\nPreámbulo\n" in laid.text and not re.search(r"^Article \d+$", laid.text, re.M)


@pytest.mark.parametrize(
    "damage",
    [
        lambda structure: structure.pop("title"),
        lambda structure: structure.update(title=[5, 2]),
        lambda structure: structure.update(title=[0, 10**9]),
        lambda structure: structure.update(chapters=[1]),
        lambda structure: structure["preamble"].append(["x"]),
        lambda structure: structure["chapters"][0].pop("articles"),
    ],
)
def test_a_structure_that_does_not_fit_is_an_error(damage):
    laid = write_out(DIGEST)
    structure = structure_of(DIGEST, laid)
    damage(structure)
    with pytest.raises((KeyError, TypeError, ValueError, IndexError)):
        convention_in(laid.text, structure)


def test_every_quote_is_an_exact_part_of_the_text_and_holds_all_below(convention):
    laid = write_out(convention)
    for provision in convention.provisions():
        quote = quote_of(convention, laid, provision.id)
        assert quote is not None
        assert laid.text[quote.start : quote.end] == quote.text == quote.text.strip()
        assert quote.text.startswith(provision.text) and quote.text.endswith(provision.closing)
        for child in convention.children(provision):
            below = quote_of(convention, laid, child.id)
            assert quote.start <= below.start <= below.end <= quote.end


def test_quotes_hold_a_provision_and_nothing_beside_it():
    convention = read_treaty(TRICKY, source="official")
    laid = write_out(convention)

    def quoted(provision_id: str) -> str:
        return quote_of(convention, laid, provision_id).text

    assert quoted("art-1/para-1/a/ii") == "or later;"
    assert quoted("art-1/para-1/a") == "(i) begin at once;\n\n(ii) or later;"
    assert quoted("art-1/para-1").startswith("A State may:\n\n(a) (i) begin")
    assert quoted("art-1/para-1").endswith("(b) do nothing,\n\nas it sees fit.")
    assert quoted("art-1/para-2") == "(a) One;\n\n(b) Two."
    assert quoted("art-1").startswith("1. A State may:") and quoted("art-1").endswith("(b) Two.")
    assert quoted("art-3") == "One paragraph only."
    assert quoted("preamble") == "Recalling this,\n\nNoting that."
    assert quoted("preamble/1") == "Noting that."


def test_what_the_official_text_does_not_have_is_not_quoted():
    convention = read_treaty(TRICKY, source="official")
    laid = write_out(convention)
    assert quote_of(convention, laid, "art-68") is None


def test_a_provision_without_any_words_is_not_quoted():
    empty = Convention(
        "T", "official", "en", "0", (),
        (Chapter(1, "C", (Article(1, "A", 1, (Provision(1, None, (), ""),)),)),),
    )  # fmt: skip
    assert quote_of(empty, write_out(empty), "art-1") is None


def test_a_text_without_a_preamble_is_laid_out():
    bare = replace(DIGEST, preamble=())
    assert read_treaty(write_out(bare).text, source="digest").preamble == ()


def test_words_in_a_preamble_before_its_first_recital_are_kept():
    opened = replace(
        DIGEST,
        preamble=(
            Provision(PREAMBLE, None, (), "The States Parties to this Convention,"),
            *DIGEST.preamble[1:],
        ),
    )
    laid = write_out(opened)
    assert convention_in(laid.text, structure_of(opened, laid))[0] == opened
