"""Quotations known again in questions."""

import pytest

from assistant.lexical import tokens_of
from assistant.quotations import Quotations
from index.official_reader import read_document
from tests.lanterns import lanterns

PROVISIONS = list(read_document(lanterns().content).provisions())
ALL = {stem for provision in PROVISIONS for stem in tokens_of(provision.text)}
QUOTATIONS = Quotations(PROVISIONS, known=ALL)


@pytest.mark.parametrize(
    ("question", "provision"),
    [
        ("what is meant by lamp that guides ships at night", "art-1/a"),
        ("Where is it said that 'a State may leave a LANTERN dark'?", "art-2/para-2"),
        ("who must light every lantern of its harbours", "art-2/para-1"),
        ("except where fog calls for yellow", "art-2bis"),
        ("must light every lantern", None),
        ("May a lantern be left dark by a State?", None),
        ("worried about dark harbours and more", None),
        ("", None),
    ],
)
def test_a_run_of_five_words_names_its_provision(question, provision):
    assert QUOTATIONS.provision_in(question) == provision


@pytest.mark.parametrize(
    ("question", "provision"),
    [
        ("Does a storm leave it dark?", "art-2/para-2"),
        ("Is there a storm?", None),
        ("Is it dark where the keeper lives?", None),
    ],
)
def test_a_word_that_only_the_text_has_names_its_provision_beside_another(question, provision):
    assert Quotations(PROVISIONS, known=ALL - {"storm"}).provision_in(question) == provision


def test_words_that_many_provisions_share_are_no_quotation():
    treaty = read_document(
        lanterns().content.replace(b"A State may leave a", b"Each State must light every")
    )
    shared = Quotations(treaty.provisions(), known=ALL)
    assert shared.provision_in("each state must light every") is None
    assert shared.provision_in("each state must light every lantern of its") == "art-2/para-1"
