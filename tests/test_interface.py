"""The languages of the pages: their texts are complete, and each has its own addresses."""

from __future__ import annotations

import string

import pytest

from assistant.obligations import ACTORS, Side
from assistant.web.interface import Interface, interfaces
from assistant.web.names import Names, foreign
from index.annotations import Level
from index.register import Measure, Relation
from prompts import fixed_text

LANGUAGES = interfaces()
ENGLISH = LANGUAGES["en"]


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_english_comes_first_and_has_the_plain_addresses():
    assert next(iter(LANGUAGES)) == "en"
    assert ENGLISH.place("/convention/article-14") == "/convention/article-14"


@pytest.mark.parametrize("interface", LANGUAGES.values(), ids=LANGUAGES)
def test_a_language_says_its_name_and_where_lines_begin(interface: Interface):
    assert interface.name
    assert interface.direction == ("rtl" if interface.code == "ar" else "ltr")


@pytest.mark.parametrize("interface", LANGUAGES.values(), ids=LANGUAGES)
def test_a_translation_has_every_text_with_the_placeholders_of_the_english_one(interface):
    assert interface.texts.keys() == ENGLISH.texts.keys()
    for name, text in interface.texts.items():
        assert text.strip(), name
        assert placeholders(text) == placeholders(ENGLISH.texts[name]), name


def test_another_language_stands_under_its_code_and_all_of_them_under_the_path_of_a_proxy():
    french = Interface("fr", ENGLISH.texts, root="/assistant")
    assert french.place("/convention") == "/assistant/fr/convention"
    assert interfaces("/assistant")["en"].place("/") == "/assistant/"


def test_a_placeholder_without_a_value_is_an_error():
    with pytest.raises(KeyError):
        ENGLISH.text("room.chapter", roman="II")


def test_the_page_of_bills_says_what_the_files_say_of_their_worth():
    assert ENGLISH.text("bill.notice") == fixed_text("gap/notice")
    assert ENGLISH.text("bill.figures") == fixed_text("gap/figures")


def test_every_level_actor_side_and_measure_has_a_name():
    names = Names(ENGLISH)
    assert [names.level(level) for level in Level] == list(Level)
    assert [names.measure(measure) for measure in Measure] == list(Measure)
    assert [names.actor(actor) for actor in ACTORS[:-1]] == list(ACTORS[:-1])
    assert all(names.side(side) for side in Side if side is not Side.NOBODY)
    assert all(names.relation(one) for one in Relation if one is not Relation.NONE)


def test_a_place_of_the_text_is_named_as_people_cite_it(knowledge):
    names = Names(ENGLISH)
    for provision in knowledge.convention.provisions():
        if provision.article:
            assert names.place(provision).lower() == provision.label


def test_words_in_another_language_say_which_and_where_they_begin():
    assert foreign(ENGLISH) == {} and foreign(ENGLISH, "ar") == {"lang": "ar", "dir": "rtl"}
    assert foreign(Interface("ar", ENGLISH.texts)) == {"lang": "en", "dir": "ltr"}
