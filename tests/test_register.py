"""The data of the register: what is read, what is refused, and how it fits the annotations."""

import re

import pytest

from index.annotations import Level
from index.convention import PREAMBLE
from index.errors import AnnotationError
from index.reader import read_treaty
from index.register import Legislate, Measure, Notice, Relation, read_entries

TREATY = read_treaty(
    "T\n\nChapter I\nOne\n\nArticle 1\nUno\n\n"
    "1. States must act within 9 days. States may wait.\n\n"
    "2. States must:\n\n(a) look;\n\n(b) listen.\n",
    source="digest",
)
CLAUSE = "{text: whole, level: mandatory, actor: State Party, measure: power, legislate: 'yes'}"
REST = "".join(f"art-1/para-2{part}:\n  clauses:\n    - {CLAUSE}\n" for part in ("", "/a", "/b"))
ENTRY = """\
art-1/para-1:
  clauses:
    - text: States must act within 9 days.
      level: mandatory
      actor: State Party
      measure: designate or notify
      legislate: maybe
      when: always
      conditions: [act]
      numbers: [9 days]
      notify: {what: that they acted, to: secretariat, by: "9 days"}
    - text: States may wait.
      level: optional
      actor: State Party
      measure: other
      legislate: "no"
  offences: [all]
  counterparts:
    budapest: {at: art. 9, relation: wider, note: It asks for more.}
  note: A note.
"""


@pytest.fixture
def folder(tmp_path):
    def made(**content: str):
        for name, text in content.items():
            (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
        return tmp_path

    return made


def refused(folder, content: str) -> str:
    with pytest.raises(AnnotationError) as caught:
        read_entries(TREATY, folder(chapter=content))
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_an_entry_is_read_whole(folder):
    entry = read_entries(TREATY, folder(chapter=ENTRY + REST)).by_id["art-1/para-1"]
    duty, choice = entry.clauses
    assert (duty.level, duty.measure) == (Level.MANDATORY, Measure.DESIGNATE)
    assert (duty.legislate, duty.when) == (Legislate.MAYBE, "always")
    assert (duty.conditions, duty.numbers) == (("act",), ("9 days",))
    assert duty.notify == Notice("that they acted", "secretariat", "9 days")
    assert (choice.level, choice.notify, choice.when) == (Level.OPTIONAL, None, "")
    assert (entry.offences, entry.note) == (("all",), "A note.")


def test_a_treaty_that_an_entry_does_not_name_has_no_counterpart(folder):
    entry = read_entries(TREATY, folder(chapter=ENTRY + REST)).by_id["art-1/para-1"]
    assert [(c.treaty, c.relation) for c in entry.counterparts] == [
        ("Budapest", Relation.WIDER),
        ("UNTOC", Relation.NONE),
        ("UNCAC", Relation.NONE),
    ]


def test_entries_come_in_the_order_of_the_text(folder):
    found = read_entries(TREATY, folder(a=REST, b=ENTRY))
    assert list(found.by_id) == ["art-1/para-1", "art-1/para-2", "art-1/para-2/a", "art-1/para-2/b"]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("States may wait.", "States might wait.", "does not have the words"),
        ("[9 days]", "[10 days]", "does not read '10 days'"),
        ("conditions: [act]", "conditions: [if asked]", "does not read 'if asked'"),
        ("offences: [all]", "offences: [art-7]", "is about art-7, which does not exist"),
        ("level: optional", "level: compulsory", "'compulsory' is not one of mandatory"),
        ("measure: other", "measure: war", "'war' is not one of criminalise"),
        ('legislate: "no"', "legislate: no", "False is not one of yes, maybe, no"),
        ("relation: wider", "relation: better", "'better' is not one of same"),
        (", note: It asks for more.", "", "without a note that says how"),
        ("when: always", "wen: always", "there is no field 'wen'"),
        ("budapest:", "rome:", "there is no field 'rome'"),
        ("      actor: State Party\n      measure: other", "      measure: other", "an actor"),
        ("States may wait.", "whole", "one of them is the whole"),
        ("note: A note.", "note: 9", "has to be words"),
        ("numbers: [9 days]", "numbers: 9 days", "has to be a list"),
        ("art-1/para-1", "art-1/para-9", "art-1/para-1 has no entry"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_reason(folder, old, new, why):
    assert old in ENTRY
    assert why in refused(folder, ENTRY.replace(old, new) + REST)


def test_clauses_in_another_order_than_the_text_are_refused(folder):
    first, second = "States must act within 9 days.", "States may wait."
    turned = ENTRY.replace(first, "X").replace(second, first).replace("X", second)
    assert "in that order" in refused(folder, turned + REST)


def test_an_entry_for_no_provision_is_refused(folder):
    extra = f"art-1/para-3:\n  clauses:\n    - {CLAUSE}\n"
    assert "art-1/para-3 is no provision" in refused(folder, ENTRY + REST + extra)


def test_an_entry_in_two_files_is_refused(folder):
    with pytest.raises(AnnotationError, match="another file has it too"):
        read_entries(TREATY, folder(a=ENTRY + REST, b=ENTRY))


@pytest.mark.parametrize(
    "content", ["[", "- a", "art-1/para-1: words", "art-1/para-1: {clauses: []}"]
)
def test_a_damaged_file_is_refused_in_one_sentence(folder, content):
    assert "chapter.yaml" in refused(folder, content)


@pytest.fixture(scope="module")
def entries(knowledge):
    return read_entries(knowledge.convention).by_id


def test_every_provision_with_words_of_its_own_has_an_entry(entries, knowledge):
    own = [p.id for p in knowledge.convention.provisions() if p.text and p.article != PREAMBLE]
    assert list(entries) == own


DECIDED = {
    "art-40/para-3": "kinds of help to ask for: leave of the requesting State",
    "art-40/para-10": "opens a list of rules; each item has its own level",
    "art-40/para-31": "opens a list of rules; each item has its own level",
    "art-56/para-5": "says that commitments to foreign aid are left alone: it protects them",
}
"""One-clause provisions whose level differs from that of their annotation, and why."""


def test_levels_differ_from_the_annotations_only_where_it_was_decided(entries, knowledge):
    differing = {
        key.rpartition("/")[0] if re.fullmatch("art-40/para-3/.", key) else key
        for key, entry in entries.items()
        if len(entry.clauses) == 1
        and entry.clauses[0].level is not knowledge.annotations[key].level
    }
    assert differing == DECIDED.keys()


def test_the_level_of_an_annotation_is_that_of_one_of_the_clauses(entries, knowledge):
    assert not [
        key
        for key, entry in entries.items()
        if len(entry.clauses) > 1
        and knowledge.annotations[key].level not in {clause.level for clause in entry.clauses}
    ]
