"""The data beside the provisions: what is read, and what is refused with a place and a reason."""

import hashlib

import pytest

from index.annotations import (
    UNANNOTATED,
    Annotation,
    Level,
    Question,
    check_annotations,
    read_annotations,
)
from index.errors import AnnotationError
from index.reader import read_treaty

ENTRY = """\
art-1:
  summary: All of it.
  heading: The rule
  level: mandatory
  actor: State Party
  refers_to: [art-2]
  terms: [serious crime]
  words: [hacking, "no"]
  questions:
    - Is hacking a crime? Yes.
    - What is a crime?
"""

TREATY = "T\n\nChapter I\nOne\n\nArticle 1\nUno\n\nWords.\n\nArticle 2\nDuo\n\nWords.\n"


@pytest.fixture
def folder(tmp_path):
    def made(**content: str | bytes):
        for name, text in content.items():
            written = text if isinstance(text, bytes) else text.encode()
            (tmp_path / f"{name}.yaml").write_bytes(written)
        return tmp_path

    return made


def refused(folder, content: str | bytes) -> str:
    with pytest.raises(AnnotationError) as caught:
        read_annotations(folder(chapter=content))
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_an_entry_is_read_whole(folder):
    assert read_annotations(folder(chapter=ENTRY))["art-1"] == Annotation(
        heading="The rule",
        level=Level.MANDATORY,
        actor="State Party",
        refers_to=("art-2",),
        terms=("serious crime",),
        words=("hacking", "no"),
        questions=(Question("Is hacking a crime?", "Yes."), Question("What is a crime?")),
        summary="All of it.",
    )


def test_fields_that_are_missing_or_empty_are_empty(folder):
    empty = "art-1:\n  heading:\n  actor:\n  summary:\n  words:\n  questions: []\n"
    assert read_annotations(folder(chapter=empty))["art-1"] == UNANNOTATED


def test_a_provision_without_an_entry_is_unannotated(folder):
    assert read_annotations(folder(chapter=ENTRY))["art-9"] is UNANNOTATED


def test_files_are_read_in_the_order_of_their_names_and_others_not_at_all(folder):
    where = folder(b="art-2:\n  heading: Two\n", a=ENTRY)
    (where / "notes.txt").write_text("not YAML: [")
    found = read_annotations(where)
    assert list(found.by_id) == ["art-1", "art-2"]
    assert found.sha256 == hashlib.sha256(f"{ENTRY}art-2:\n  heading: Two\n".encode()).hexdigest()


def test_any_change_of_a_file_changes_the_hash(folder):
    before = read_annotations(folder(chapter=ENTRY)).sha256
    assert read_annotations(folder(chapter=f"{ENTRY}# a remark\n")).sha256 != before


@pytest.mark.parametrize(
    ("line", "text", "lead"),
    [
        ("Is hacking a crime? Yes.", "Is hacking a crime?", "Yes."),
        ("Must it be kept? No.", "Must it be kept?", "No."),
        ("What is a crime?", "What is a crime?", None),
        ("Really? What is a crime?", "Really? What is a crime?", None),
        ("ransomware?", "ransomware?", None),
    ],
)
def test_a_question_may_end_in_the_word_that_answers_it(line, text, lead):
    assert Question.parse(line) == Question(text, lead)


@pytest.mark.parametrize("line", ["", "Hacking is a crime.", "Is it? Maybe.", "Is it? Yes", "A? b"])
def test_a_question_that_ends_otherwise_is_refused(line):
    with pytest.raises(AnnotationError, match="has to end in"):
        Question.parse(line)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("mandatory", "compulsory", "'compulsory' is not a valid Level"),
        ("mandatory", "", "'None' is not a valid Level"),
        ("? Yes.", ".", "has to end in"),
        ("[art-2]", "art-2", "'art-2' has to be a list"),
        ("[hacking, \"no\"]", "{hacking: no}", "has to be a list"),
        ("[hacking, \"no\"]", "[hacking, no]", "False has to be words"),
        ("[hacking, \"no\"]", "[scam: phishing]", "{'scam': 'phishing'} has to be words"),
        ("[hacking, \"no\"]", "[hacking, ]\n  terms: []", "'terms' stands twice"),
    ],
)  # fmt: skip
def test_an_entry_that_does_not_fit_is_refused_with_its_file_and_the_reason(
    folder, old, new, reason
):
    message = refused(folder, ENTRY.replace(old, new, 1))
    assert "chapter.yaml" in message and reason in message


def test_an_entry_of_the_wrong_kind_is_refused_with_its_id(folder):
    assert refused(folder, "art-1: words\n").startswith("chapter.yaml, art-1: ")
    assert refused(folder, "art-1:\n").startswith("chapter.yaml, art-1: ")


@pytest.mark.parametrize(
    "content", ["art-1: [", b"art-1: \xff\xfe", "\tart-1: x", "- art-1\n", "words"]
)
def test_a_file_that_is_no_mapping_in_yaml_is_refused_with_its_name(folder, content):
    assert "chapter.yaml" in refused(folder, content)


def test_a_key_that_stands_twice_in_a_file_is_refused(folder):
    assert "'art-1' stands twice" in refused(folder, ENTRY + ENTRY)


def test_a_key_that_stands_in_two_files_is_refused(folder):
    with pytest.raises(AnnotationError, match=r"b\.yaml, art-1: another file has it too"):
        read_annotations(folder(a=ENTRY, b=ENTRY))


def test_what_does_not_fit_the_text_is_listed(folder):
    content = ENTRY.replace("[art-2]", "[art-2, art-7]") + "art-8:\n  heading: None of it\n"
    annotations = read_annotations(folder(chapter=content))
    assert check_annotations(annotations, read_treaty(TREATY, source="digest")) == [
        "art-8 is not in the text",
        "art-1 refers to art-7, which does not exist",
        "art-2 has no annotation",
    ]
