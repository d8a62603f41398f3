"""The languages of the pages: their texts are complete, and each has its own addresses."""

from __future__ import annotations

import string

import pytest

from assistant.web.interface import Interface, interfaces

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
