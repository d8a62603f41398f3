"""The six authentic languages."""

from importlib.resources import files
from pathlib import Path

import pytest

from index.errors import BadSource
from index.languages import LANGUAGES, language_named, language_of

SAMPLES = {
    "en": "Each State Party shall adopt such measures as may be necessary to establish the offence",
    "fr": "Chaque État Partie adopte les mesures nécessaires pour conférer le caractère "
    "d'infraction pénale, dans le cadre de la présente Convention",
    "es": "Cada Estado parte adoptará las medidas que sean necesarias para tipificar como delito "
    "en la presente Convención",
    "ru": "Каждое Государство-участник принимает такие меры, какие могут потребоваться",
    "zh": "各缔约国均应采取必要的立法和其他措施，将下述行为规定为刑事犯罪",
    "ar": "تعتمد كل دولة طرف ما قد يلزم من تدابير تشريعية وتدابير أخرى",
}
ARABIC = Path(__file__).parents[2] / "shared" / "treaties" / "convention-ar-articles-1-15.txt"


def test_there_are_six_and_english_comes_first():
    assert list(LANGUAGES) == ["en", "fr", "es", "ru", "zh", "ar"]
    assert all(code == language.code for code, language in LANGUAGES.items())


@pytest.mark.parametrize("code", SAMPLES)
def test_a_text_shows_its_language(code):
    assert language_of(SAMPLES[code]) == code


@pytest.mark.parametrize("code", ["ru", "zh", "ar"])
def test_names_in_latin_letters_do_not_hide_the_language(code):
    assert language_of(SAMPLES[code] + " A/RES/79/243 of 24 Dec") == code


@pytest.mark.parametrize("text", ["", "1 2 3", "()", "qwrt zxcv"])
def test_a_text_may_show_none(text):
    assert language_of(text) is None


def test_the_digest_is_english():
    text = files("index").joinpath("text", "digest.en.txt").read_text(encoding="utf-8")
    assert language_of(text) == "en"


@pytest.mark.skipif(not ARABIC.exists(), reason="the sample of the Arabic text is not here")
def test_the_arabic_sample_is_arabic():
    assert language_of(ARABIC.read_text(encoding="utf-8")) == "ar"


def test_a_language_without_an_authentic_text_is_told():
    assert language_named("fr").name == "French"
    with pytest.raises(BadSource, match="choose one of en, fr, es, ru, zh, ar"):
        language_named("de")
