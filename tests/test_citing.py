"""How a provision is cited in writing."""

from __future__ import annotations

import pytest

from assistant.web.citing import formal_citation, short_label
from tests.answers import citation


@pytest.mark.parametrize(
    ("changed", "label"),
    [
        ({}, "art. 14(1)(b)"),
        ({"item": None}, "art. 14(1)"),
        ({"paragraph": None, "item": None}, "art. 14"),
        ({"article": 2, "paragraph": None, "item": "f(ii)"}, "art. 2(f)(ii)"),
        ({"article": 0, "paragraph": 3, "item": None}, "preamble, para. 3"),
        ({"article": 0, "paragraph": None, "item": None}, "preamble"),
    ],
)
def test_the_short_label_of_a_citation_is_the_one_that_answers_carry(changed, label):
    assert short_label(citation(**changed)) == label


def test_the_short_label_is_that_of_the_provision_for_all_of_them(knowledge):
    for provision in knowledge.convention.provisions():
        assert short_label(knowledge.cite(provision)) == provision.short_label


@pytest.mark.parametrize(
    ("key", "place"),
    [
        ("art-14/para-1/b", "art. 14, para. 1 (b)"),
        ("art-2/f/ii", "art. 2 (f) (ii)"),
        ("art-20", "art. 20"),
        ("preamble/3", "preamble, para. 3"),
    ],
)
def test_a_citation_for_a_document_names_treaty_place_and_resolution(knowledge, key, place):
    cited = formal_citation(knowledge.cite(knowledge.convention[key]))
    assert cited == (
        f"United Nations Convention against Cybercrime, {place} "
        "(General Assembly resolution 79/243, annex)"
    )
