"""Other treaties on the user's machine: named, kept, replaced, listed."""

import pytest

from index.errors import BadTitle, KeepingError, NoTreaty, ReadingError, UnknownTreaty
from index.treaties import (
    check_title,
    folder_of,
    keep_treaty,
    open_treaties,
    open_treaty,
    short_name,
)
from tests.lanterns import TEXT, TITLE, lanterns


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Budapest Convention", "budapest-convention"),
        ("  Budapest   Convention ", "budapest-convention"),
        ("Traité de l'Élysée (1963)", "traite-de-l-elysee-1963"),
        ("../../etc/passwd", "etc-passwd"),
        ("ICC", "icc"),
    ],
)
def test_a_short_name_is_the_letters_and_digits_of_the_title(title, name):
    assert short_name(title) == name


@pytest.mark.parametrize("title", ["", "  ", "...", "1984", "条约", "a\0b", "a\u202eb", "x" * 101])
def test_a_title_that_names_nothing_is_told_in_one_sentence(title):
    with pytest.raises(BadTitle) as error:
        short_name(title)
    assert len(str(error.value).splitlines()) == 1 and '"Budapest Convention"' in str(error.value)


def test_a_kept_treaty_opens_by_its_title_and_its_short_name(tmp_path):
    kept = keep_treaty(tmp_path, lanterns(), TITLE)
    for name in (TITLE, "lantern treaty", "lantern-treaty"):
        assert open_treaty(tmp_path, name) == kept
    assert list(open_treaties(tmp_path).values()) == [kept]
    assert kept.record.title == TITLE and kept.record.language == "en"
    assert kept.convention.title == "Treaty on the Keeping of Lanterns"
    assert kept.record.place == "lanterns.txt" and len(kept.convention.articles) == 5


def test_every_provision_is_quoted_word_for_word_with_its_place(tmp_path):
    kept = keep_treaty(tmp_path, lanterns(), TITLE)
    for provision in kept.convention.provisions():
        quote = kept.quote(provision.id)
        assert kept.text[quote.start : quote.end] == quote.text
        assert provision.text in quote.text and provision.closing in quote.text


def test_a_treaty_of_the_same_title_is_replaced(tmp_path):
    keep_treaty(tmp_path, lanterns(), TITLE)
    keep_treaty(tmp_path, lanterns(TEXT.replace("thirty", "forty")), "lantern  Treaty")
    assert "forty nights" in open_treaty(tmp_path, TITLE).text
    assert len(open_treaties(tmp_path)) == 1


def test_two_titles_of_one_short_name_are_not_mixed(tmp_path):
    keep_treaty(tmp_path, lanterns(), TITLE)
    with pytest.raises(BadTitle, match=r"'Lantern-Treaty!' and 'Lantern Treaty'.* lantern-treaty"):
        keep_treaty(tmp_path, lanterns(), "Lantern-Treaty!")
    check_title(tmp_path, "Lantern Treaty 2")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("Nothing of the kind.", NoTreaty),
        (TEXT.replace("Article 3\n", "Article 9\n"), ReadingError),
    ],
)
def test_a_document_that_is_no_treaty_leaves_what_was_kept(tmp_path, text, error):
    kept = keep_treaty(tmp_path, lanterns(), TITLE)
    with pytest.raises(error):
        keep_treaty(tmp_path, lanterns(text), TITLE)
    assert open_treaty(tmp_path, TITLE) == kept


def test_a_treaty_that_is_not_kept_is_answered_with_those_that_are(tmp_path):
    with pytest.raises(UnknownTreaty, match="nor any other"):
        open_treaty(tmp_path, "Sea Treaty")
    keep_treaty(tmp_path, lanterns(), TITLE)
    for title in ("Sea Treaty", "", "..", "条约"):
        with pytest.raises(UnknownTreaty, match="name one of 'Lantern Treaty'"):
            open_treaty(tmp_path, title)


def test_a_damaged_treaty_is_told_and_can_be_built_again(tmp_path):
    keep_treaty(tmp_path, lanterns(), TITLE)
    shelf = folder_of(tmp_path, TITLE) / "text"
    (shelf / (shelf / "current.treaty").read_text() / "text.txt").write_text("other words")
    told: list[str] = []
    assert open_treaties(tmp_path, say=told.append) == {}
    assert len(told) == 1 and "build it again" in told[0]
    with pytest.raises(KeepingError, match="build it again"):
        open_treaty(tmp_path, TITLE)
    keep_treaty(tmp_path, lanterns(), "Lantern Treaty!")
    assert open_treaty(tmp_path, TITLE).record.title == "Lantern Treaty!"


def test_the_language_of_a_treaty_is_told_by_its_words(tmp_path):
    english = keep_treaty(tmp_path, lanterns(), TITLE)
    assert english.record.language == english.convention.language == "en"
