"""The defined terms in the words of a provision."""

import pytest

from assistant.web.reading.terms import Mentions, terms_of


@pytest.fixture(scope="module")
def terms(knowledge):
    return terms_of(knowledge)


def linked(pieces):
    return [(piece.words, piece.term.url) for piece in pieces if piece.term]


def test_every_term_of_the_annotations_has_its_definition(terms, knowledge):
    used = {name for one in knowledge.annotations.by_id.values() for name in one.terms}
    assert {name.lower() for name in used} <= terms.keys()
    assert len(set(terms.values())) == 15


def test_a_definition_is_whole_and_says_where_it_stands(terms):
    provider = terms["service provider"]
    assert provider.url == "/convention/article-2#e" and provider.label == "art. 2(e)"
    assert "(ii)" in provider.definition and provider.definition.endswith(".")
    assert not provider.definition.startswith("In this Convention")


def test_the_pieces_of_a_text_are_the_text(terms, knowledge):
    for provision in knowledge.convention.provisions():
        used = knowledge.annotations[provision.id].terms
        pieces = Mentions(terms).split(provision.text, used)
        assert "".join(piece.words for piece in pieces) == provision.text


def test_only_the_first_mention_in_a_paragraph_is_linked(terms):
    mentions = Mentions(terms)
    first = mentions.split("An ICT system or two ICT systems.", ["ICT system"])
    assert linked(first) == [("ICT system", "/convention/article-2#a")]
    assert linked(mentions.split("The ICT system again.", ["ICT system"])) == []


def test_a_plural_a_capital_and_the_official_name_are_the_term(terms):
    for words in ("ICT systems", "Ict system", "information and communications technology system"):
        assert linked(Mentions(terms).split(f"All {words}.", ["ICT system"]))[0][0] == words


def test_two_names_of_one_definition_are_linked_once(terms):
    pieces = Mentions(terms).split("freezing, then seizure", ["freezing or seizure"])
    assert [words for words, _ in linked(pieces)] == ["freezing"]


def test_a_word_that_the_provision_does_not_use_as_a_term_stays_a_word(terms):
    assert linked(Mentions(terms).split("An emergency.", [])) == []
    assert linked(Mentions(terms).split("An emergency.", ["no such term"])) == []


def test_a_part_of_a_word_is_no_term(terms):
    assert linked(Mentions(terms).split("improperty and propertyless", ["property"])) == []
