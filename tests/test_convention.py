"""Ids, labels, links and readings of the parts of a treaty."""

from dataclasses import FrozenInstanceError

import pytest

from index.convention import Chapter, Convention, Provision
from index.errors import BadInput, UnknownProvision
from index.reader import read_treaty

SHAPES = [
    (
        Provision(14, None, (), ""),
        "art-14", "article 14", "art. 14", "", "/convention/article-14", None,
    ),
    (
        Provision(14, 1, (), ""),
        "art-14/para-1", "article 14, paragraph 1", "art. 14(1)",
        "para-1", "/convention/article-14#para-1", "art-14",
    ),
    (
        Provision(14, 1, ("b",), ""),
        "art-14/para-1/b", "article 14, paragraph 1 (b)", "art. 14(1)(b)",
        "para-1-b", "/convention/article-14#para-1-b", "art-14/para-1",
    ),
    (
        Provision(11, 1, ("a", "ii"), ""),
        "art-11/para-1/a/ii", "article 11, paragraph 1 (a) (ii)", "art. 11(1)(a)(ii)",
        "para-1-a-ii", "/convention/article-11#para-1-a-ii", "art-11/para-1/a",
    ),
    (
        Provision(2, None, ("h",), ""),
        "art-2/h", "article 2 (h)", "art. 2(h)", "h", "/convention/article-2#h", "art-2",
    ),
    (
        Provision(2, None, ("f", "ii"), ""),
        "art-2/f/ii", "article 2 (f) (ii)", "art. 2(f)(ii)",
        "f-ii", "/convention/article-2#f-ii", "art-2/f",
    ),
    (
        Provision(0, None, (), ""),
        "preamble", "preamble", "preamble", "", "/convention/preamble", None,
    ),
    (
        Provision(0, 3, (), ""),
        "preamble/3", "preamble, paragraph 3", "preamble, para. 3",
        "para-3", "/convention/preamble#para-3", "preamble",
    ),
    (
        Provision(8, 1, ("a",), "", suffix="bis"),
        "art-8bis/para-1/a", "article 8 bis, paragraph 1 (a)", "art. 8 bis(1)(a)",
        "para-1-a", "/convention/article-8bis#para-1-a", "art-8bis/para-1",
    ),
]  # fmt: skip

TREATY = """A Treaty

Preamble

The States agree.

Chapter I
General

Article 1
Terms

In this treaty:

(a) "word" means:

(i) a sound; or

(ii) a sign;

that people know;

(b) "thing" means the rest.

Chapter II
Rules

Article 2
Duties

1. Each State must act:

(a) soon; or

(b) later;

with due care.

2. A State may wait.
"""


@pytest.fixture(scope="module")
def treaty() -> Convention:
    return read_treaty(TREATY, source="digest")


@pytest.mark.parametrize(
    ("provision", "id_", "label", "short", "anchor", "url", "parent"),
    SHAPES,
    ids=[shape[1] for shape in SHAPES],
)
def test_a_provision_of_each_shape_has_its_names(provision, id_, label, short, anchor, url, parent):
    assert provision.id == id_
    assert provision.label == label
    assert provision.short_label == short
    assert provision.anchor == anchor
    assert provision.url == url
    assert provision.parent_id == parent


def test_an_item_is_named_in_one_string():
    assert Provision(2, None, ("f", "ii"), "").item == "f(ii)"
    assert Provision(14, 1, ("b",), "").item == "b"
    assert Provision(14, 1, (), "").item is None


def test_a_provision_is_found_by_its_id(treaty):
    for provision in treaty.provisions():
        assert treaty[provision.id] is provision
        assert provision.id in treaty


def test_provisions_come_in_the_order_of_the_text(treaty):
    assert [p.id for p in treaty.provisions()] == [
        "preamble", "preamble/1", "art-1", "art-1/a", "art-1/a/i", "art-1/a/ii", "art-1/b",
        "art-2", "art-2/para-1", "art-2/para-1/a", "art-2/para-1/b", "art-2/para-2",
    ]  # fmt: skip


def test_an_article_and_a_chapter_are_found_by_number(treaty):
    assert treaty.article(2).title == "Duties"
    assert [p.id for p in treaty.article(2).paragraphs] == ["art-2/para-1", "art-2/para-2"]
    assert treaty.article(1).paragraphs == ()
    assert treaty.chapter(2).title == "Rules"
    assert treaty.has_article(2) and not treaty.has_article(3)


def test_a_provision_knows_its_title_and_chapter(treaty):
    assert treaty.title_of(treaty["art-2/para-1/b"]) == "Duties"
    assert treaty.chapter_of(treaty["art-2/para-1/b"]) == 2
    assert treaty.title_of(treaty["preamble/1"]) == "Preamble"
    assert treaty.chapter_of(treaty["preamble/1"]) == 0


def test_ancestors_are_outermost_first_and_children_one_step_down(treaty):
    assert [p.id for p in treaty.ancestors(treaty["art-1/a/ii"])] == ["art-1", "art-1/a"]
    assert [p.id for p in treaty.children(treaty["art-1"])] == ["art-1/a", "art-1/b"]
    assert [p.id for p in treaty.children(treaty["preamble"])] == ["preamble/1"]
    assert treaty.children(treaty["art-1/b"]) == ()


@pytest.mark.parametrize(
    ("provision_id", "words"),
    [
        ("preamble/1", "The States agree."),
        (
            "art-1",
            'In this treaty: (a) "word" means: (i) a sound; or (ii) a sign; that people know; '
            '(b) "thing" means the rest.',
        ),
        ("art-1/b", 'In this treaty: "thing" means the rest.'),
        ("art-1/a/ii", 'In this treaty: "word" means: a sign; that people know;'),
        ("art-2/para-1", "Each State must act: (a) soon; or (b) later; with due care."),
        ("art-2/para-1/b", "Each State must act: later; with due care."),
        ("art-2/para-2", "A State may wait."),
        ("art-2", ""),
    ],
)
def test_a_provision_reads_as_a_whole_sentence(treaty, provision_id, words):
    assert treaty.reading(treaty[provision_id]) == words


def test_every_piece_of_a_reading_is_an_exact_part_of_the_text(knowledge):
    convention = knowledge.convention
    for provision in convention.provisions():
        reading = convention.reading(provision)
        assert provision.text in reading
        assert all(p.text in reading for p in convention.ancestors(provision))


@pytest.mark.parametrize("provision_id", ["art-69", "art-70/para-1", "art-0", "art-999999"])
def test_an_article_that_does_not_exist_is_told_with_the_last_one(knowledge, provision_id):
    with pytest.raises(UnknownProvision) as caught:
        knowledge.convention[provision_id]
    number = provision_id.split("/")[0].removeprefix("art-")
    assert str(caught.value) == (
        f"There is no article {number}: the Convention has articles 1 to 68."
    )


@pytest.mark.parametrize(
    "provision_id",
    [
        "", "art-14/para-99", "art-14/para-1/z", "preamble/16", "article 14", "ART-14", "art-14/",
        " art-14", "art-14\n", "art-" + "9" * 5000, "art-١٤",
    ],
)  # fmt: skip
def test_an_id_that_is_none_is_told_with_what_ids_look_like(knowledge, provision_id):
    with pytest.raises(UnknownProvision, match=r"ids look like art-14, art-14/para-1") as caught:
        knowledge.convention[provision_id]
    assert isinstance(caught.value, BadInput)
    assert provision_id not in knowledge.convention


def test_an_unknown_article_or_chapter_number_is_told_with_the_range(knowledge):
    with pytest.raises(UnknownProvision, match="no article 71: the Convention has articles 1 to"):
        knowledge.convention.article(71)
    with pytest.raises(UnknownProvision, match="no chapter 10: the Convention has chapters 1 to 9"):
        knowledge.convention.chapter(10)


@pytest.mark.parametrize(
    ("number", "numeral"),
    [(1, "I"), (4, "IV"), (9, "IX"), (12, "XII"), (14, "XIV"), (49, "XLIX"), (90, "XC")],
)
def test_a_chapter_is_numbered_in_roman_numerals(number, numeral):
    assert Chapter(number, "", ()).roman == numeral


def test_a_treaty_cannot_be_changed(treaty):
    for value in (treaty, treaty.chapters[0], treaty.article(1)):
        with pytest.raises(FrozenInstanceError):
            value.title = "Another"
    with pytest.raises(FrozenInstanceError):
        treaty["art-1"].text = "Another"


INSERTED = """A Treaty

Preamble

The States Parties,

Noting much,

Have agreed as follows:

Chapter I
General

Article 1
Uno

Words.

Article 1 bis
Uno and more

1. Other words.
"""


def test_an_inserted_article_is_told_from_the_one_with_its_number():
    treaty = read_treaty(INSERTED, source="official")
    assert treaty.article(1).title == "Uno"
    assert treaty.title_of(treaty["art-1bis/para-1"]) == "Uno and more"
    assert treaty.article_of(treaty["art-1bis"]).name == "article 1 bis"
    assert treaty.chapter_of(treaty["art-1bis"]) == 1


def test_a_recital_is_read_with_the_words_around_the_preamble():
    treaty = read_treaty(INSERTED, source="official")
    assert treaty.reading(treaty["preamble/1"]) == (
        "The States Parties, Noting much, Have agreed as follows:"
    )
