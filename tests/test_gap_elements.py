"""Legal elements: what a text is legally about, however it words it."""

import pytest

from assistant.gap.duties import duties_of
from assistant.gap.elements import elements_of, rarity


@pytest.mark.parametrize(
    ("text", "element"),
    [
        ("No person shall gain access to a system", "access without permission"),
        ("A person who hacks into a computer", "access without permission"),
        ("seriously hinders the functioning of a computer system", "hindering a system"),
        ("the officer may require the person to preserve the data", "order to preserve"),
        ("A judge may order a person to produce specified computer data", "order to produce"),
        ("whoever is under the age of eighteen years", "a child"),
        ("a body corporate is liable to a fine", "legal persons"),
        ("available twenty-four hours a day", "contact point day and night"),
    ],
)
def test_an_element_is_known_in_the_words_of_a_law(text, element):
    assert element in elements_of(text)


def test_words_inside_other_words_are_no_element():
    assert "intentionally" not in elements_of("unintentional loss")
    assert elements_of("The Minister may prescribe fees.") == frozenset()


def test_an_element_that_few_texts_have_tells_more():
    told = rarity([{"a child", "search"}, {"search"}, {"search"}])
    assert told["a child"] > told["search"]


def test_nearly_every_duty_has_elements(register, knowledge):
    duties = duties_of(register, knowledge)
    without = [duty.id for duty in duties if not elements_of(f"{duty.title}. {duty.text}")]
    assert len(without) <= len(duties) // 20
