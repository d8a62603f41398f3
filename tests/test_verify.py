"""No sentence without support."""

from assistant.extract import tell_whole
from assistant.knowledge import Knowledge
from assistant.labels import LabelBook
from assistant.references import labels_in
from assistant.topics import Group
from assistant.verify import numbers_in, statements_in, unsupported
from prompts import fixed_text, has_text


def test_every_provision_told_whole_is_supported_by_itself(knowledge: Knowledge):
    for provision in knowledge.convention.provisions():
        assert unsupported(tell_whole(provision, knowledge), knowledge) == [], provision.id


def test_a_changed_number_has_no_support(knowledge: Knowledge):
    text = tell_whole(knowledge.convention["art-25/para-2"], knowledge)
    assert unsupported(text.replace("90 days", "120 days"), knowledge)


def test_a_sentence_under_another_label_has_no_support(knowledge: Knowledge):
    text = tell_whole(knowledge.convention["art-65/para-1"], knowledge)
    assert unsupported(text.replace("art. 65(1)", "art. 64(1)"), knowledge)


def test_statements_come_with_their_labels():
    found = list(statements_in("Yes. One is so [art. 7(1)]. Two too [art. 8(1)] [art. 9(1)]."))
    assert [statement.labels for statement in found] == [("art. 7(1)",), ("art. 8(1)", "art. 9(1)")]
    assert found[0].text == "One is so"


def test_numbers_are_read_as_digits_and_words_but_not_from_references():
    assert numbers_in("up to ninety days, 18 years [art. 25(2)], article 40") == {90, 18}


def test_every_label_in_a_fixed_text_names_a_provision(knowledge: Knowledge):
    book: LabelBook = knowledge.labels
    for topic in knowledge.topics.by_id.values():
        if has_text(topic.text):
            assert book.unknown(fixed_text(topic.text)) == (), topic.id


def test_texts_that_clarify_cite_nothing_and_every_topic_has_its_text(knowledge: Knowledge):
    composed = {"article-count", "chapter-list", "offence-list", "chapter-content"}
    for topic in knowledge.topics.by_id.values():
        if topic.group is Group.CLARIFY:
            assert labels_in(fixed_text(topic.text)) == [], topic.id
        if topic.group not in (Group.OFF_TOPIC,) and topic.name not in composed:
            assert has_text(topic.text) or topic.name == "definitions-list", topic.id


def test_no_question_points_to_a_provision_and_to_a_topic(knowledge: Knowledge):
    annotations = knowledge.annotations.by_id.values()
    asked = {question.text.lower() for each in annotations for question in each.questions}
    shown = {text.lower() for topic in knowledge.topics.by_id.values() for text in topic.questions}
    assert asked & shown == set()


COUNTS_OF_OURS = {
    "premise/cybercrime-defined": {15},  # definitions, counted
    "structure/languages": {6},
    "structure/purpose-short": {3},
    "structure/notifications-list": {24, 7},  # the name of the 24/7 network
    "premise/seventy-one-articles": {68, 9, 6, 71},
}


def test_every_number_in_a_labelled_sentence_of_a_fixed_text_stands_in_its_provision(
    knowledge: Knowledge,
):
    for topic in knowledge.topics.by_id.values():
        text = fixed_text(topic.text) if has_text(topic.text) else ""
        counts = COUNTS_OF_OURS.get(topic.id.removeprefix("topic/"), set())
        for statement in statements_in(text):
            sentence = statement.text.rpartition(". ")[2]  # those before it bear no label
            cited = knowledge.labels.cited(" ".join(f"[{label}]" for label in statement.labels))
            readings = " ".join(knowledge.convention.reading(p) for p in cited)
            invented = numbers_in(sentence) - numbers_in(readings) - counts - {1}
            assert not invented, (topic.id, sentence)
