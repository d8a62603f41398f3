"""Which texts stand for a provision."""

import pytest

from index.annotations import Annotation, Annotations, Level, Question
from index.passages import (
    MAX_WORDS,
    STEP,
    WINDOW,
    Kind,
    passages_of,
    passages_of_words,
    sentences_of,
    windows_of,
)
from index.reader import read_treaty

TREATY = """T

Chapter I
One

Article 1
Hacking

1. A State must punish hacking. It may ask for intent:

(a) to steal; or

(b) to harm.

Article 2
Rest

A State may rest.
"""


def annotated(**given: Annotation) -> list[tuple[str, str, str]]:
    """Id, kind and text of every passage; ``art_1__para_1`` stands for art-1/para-1."""
    by_id = {key.replace("__", "/").replace("_", "-"): value for key, value in given.items()}
    treaty = read_treaty(TREATY, source="digest")
    found = passages_of(treaty, Annotations(by_id, ""))
    assert all(passage.id.startswith(f"{passage.provision}#{passage.kind}-") for passage in found)
    return [(passage.id, passage.kind.value, passage.text) for passage in found]


def annotation(**given: object) -> Annotation:
    fields = {name: () for name in ("refers_to", "terms", "words", "questions")}
    return Annotation(**({"heading": "", "level": Level.OTHER, "actor": ""} | fields | given))


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", ()),
        ("A State must act.", ("A State must act.",)),
        ("A State must act. It may wait.", ("A State must act.", "It may wait.")),
        ('So it is. "Data" means all.', ("So it is.", '"Data" means all.')),
        ("Is it so? (It is.) Yes!", ("Is it so?", "(It is.) Yes!")),
        ("Costs (e.g. of travel) count, i.e. all.", ("Costs (e.g. of travel) count, i.e. all.",)),
        ("A trivial (de minimis) value, 2.5 times.", ("A trivial (de minimis) value, 2.5 times.",)),
    ],
)
def test_words_are_cut_into_sentences(text, sentences):
    assert sentences_of(text) == sentences


def test_sentences_put_together_are_the_text_again(knowledge):
    for provision in knowledge.convention.provisions():
        assert " ".join(sentences_of(provision.text)) == provision.text


def test_a_provision_is_embedded_by_its_reading_under_its_title_and_heading():
    found = annotated(art_1__para_1__b=annotation(heading="Harm"))
    reading = "A State must punish hacking. It may ask for intent: to harm."
    assert ("art-1/para-1/b#text-0", "text", f"Hacking. Harm. {reading}") in found


def test_a_provision_of_which_nothing_is_known_is_embedded_under_its_title_alone():
    assert ("art-2#text-0", "text", "Rest. A State may rest.") in annotated()


def test_a_provision_of_several_sentences_is_embedded_by_each_of_them():
    found = annotated(art_1__para_1=annotation(heading="Duty"))
    assert [(key, text) for key, kind, text in found if kind == "sentence"] == [
        ("art-1/para-1#sentence-0", "Duty. A State must punish hacking."),
        ("art-1/para-1#sentence-1", "Duty. It may ask for intent:"),
    ]


def test_questions_and_everyday_words_are_embedded_with_their_place():
    questions = (Question("Is it a crime?", "Yes."), Question("What is it?"))
    found = annotated(art_2=annotation(questions=questions, words=("nap", "pause")))
    assert [entry for entry in found if entry[0].startswith("art-2#")][1:] == [
        ("art-2#question-0", "question", "Is it a crime?"),
        ("art-2#question-1", "question", "What is it?"),
        ("art-2#words-0", "words", "Rest: nap, pause"),
    ]


def test_an_article_without_words_of_its_own_is_embedded_by_its_summary():
    assert not any(key.startswith("art-1#") for key, _, _ in annotated())
    found = annotated(art_1=annotation(summary="All on hacking"))
    assert any(key == "art-1#text-0" and "All on hacking" in text for key, _, text in found)


def test_no_passage_is_longer_than_the_rule_allows():
    found = annotated(art_2=annotation(words=tuple(f"word{n}" for n in range(1000))))
    assert max(len(text.split()) for _, _, text in found) == MAX_WORDS


def test_the_shipped_passages_follow_the_order_of_the_text(knowledge):
    passages = passages_of(knowledge.convention, knowledge.annotations)
    order = {p.id: place for place, p in enumerate(knowledge.convention.provisions())}
    places = [order[passage.provision] for passage in passages]
    assert places == sorted(places)


def test_every_reviewed_question_is_a_passage_of_its_provision(knowledge):
    passages = passages_of(knowledge.convention, knowledge.annotations)
    found = {(p.provision, p.text) for p in passages if p.kind is Kind.QUESTION}
    expected = {
        (key, " ".join(question.text.split()))
        for key, known in knowledge.annotations.by_id.items()
        for question in known.questions
    }
    assert found == expected


def test_a_text_without_annotations_stands_in_windows_under_its_titles():
    long = TREATY.replace("A State may rest.", " ".join(f"w{n}" for n in range(WINDOW + 1)))
    passages = passages_of_words(read_treaty(long, source="official"))
    ids = [passage.id for passage in passages]
    assert ids[-2:] == ["art-2#text-0", "art-2#text-1"] and "art-1#text-0" not in ids
    assert passages[-1].text == f"Rest. {' '.join(f'w{n}' for n in range(STEP, WINDOW + 1))}"


@pytest.mark.parametrize("words", [0, 1, WINDOW, WINDOW + 1, 500])
def test_windows_overlap_and_lose_no_word(words):
    text = [f"w{n}" for n in range(words)]
    windows = [window.split() for window in windows_of(" ".join(text))]
    assert all(len(window) <= WINDOW for window in windows)
    assert sorted({word for window in windows for word in window}) == sorted(text)


def test_the_point_of_a_number_ends_no_sentence():
    told = "It recalls Recommendation No. R (85) 10. It ends here."
    assert sentences_of(told) == ("It recalls Recommendation No. R (85) 10.", "It ends here.")
