"""What stands of a model's sentences, and what comes in the place of the rest."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.extract import Choice
from assistant.generation.manuscript import MOST, Manuscript
from assistant.generation.prompting import no_answer
from assistant.generation.sentence import Fault, Sentence, Verdict
from assistant.labels import statements_of
from assistant.references import labels_in

ASKED = "True stories of our statute set a minimum penalty. How long must data be kept?"


class Approving:
    """A check that approves of what begins with "True", of these provisions only if named."""

    def __init__(self, *ids: str) -> None:
        self._ids = set(ids)

    def verdicts(self, sentences: Sequence[Sentence]) -> list[Verdict]:
        return [self._verdict(sentence) for sentence in sentences]

    def _verdict(self, sentence: Sentence) -> Verdict:
        cited = set(sentence.ids)
        fine = sentence.text.startswith("True") and cited and (not self._ids or cited <= self._ids)
        return Verdict() if fine else Verdict((Fault.MEANING,))


@pytest.fixture
def manuscript(knowledge):
    return written(knowledge, Approving())


def written(knowledge, check, lead="Yes.", asked=ASKED):
    convention = knowledge.convention
    choice = Choice(convention["art-25/para-2"], (convention["art-7/para-1"],))
    return Manuscript(asked, choice, lead, knowledge, check)


def sentence(text: str, *ids: str) -> Sentence:
    return Sentence(text, ids)


def test_a_supported_sentence_stands_with_the_labels_of_its_provisions(manuscript):
    assert manuscript.take(sentence("True words.", "art-25/para-2", "art-7/para-1"))
    assert manuscript.text == "Yes. True words [art. 25(2)] [art. 7(1)]."


def test_what_the_question_tells_is_not_told_back_as_law(manuscript):
    manuscript.take(sentence("True stories of your statute set a minimum penalty.", "art-60"))
    assert (manuscript.written, manuscript.supported, manuscript.text) == (1, 0, "")


def test_what_the_question_asks_is_not_told_as_a_fact(knowledge):
    """It would be a yes, which is not the model's to say."""
    manuscript = written(knowledge, Approving(), asked="Is the true majority the same as before?")
    manuscript.take(sentence("True: the majority is the same as before.", "art-60"))
    assert (manuscript.written, manuscript.supported) == (1, 0)


def test_our_lead_stands_only_before_what_it_answers_for(knowledge):
    manuscript = written(knowledge, Approving())
    manuscript.take(sentence("True words.", "art-60/para-1"))
    assert manuscript.text == "True words [art. 60(1)]."


@pytest.mark.parametrize("lead", ["Yes. ", "Yes, ", "No. ", "No, ", "NO: ", "yes — "])
def test_a_yes_or_no_of_the_model_is_taken_off(manuscript, lead):
    manuscript.take(sentence(f"{lead}true words.".replace("true", "True"), "art-25/para-2"))
    assert manuscript.text == "Yes. True words [art. 25(2)]."


def test_a_sentence_on_no_state_keeps_its_no(knowledge):
    manuscript = written(knowledge, Approving())
    manuscript.take(sentence("No State may act.", "art-25/para-2"))
    assert manuscript.written == 1 and manuscript.supported == 0


def test_a_word_alone_a_heading_and_a_repetition_do_not_count(manuscript):
    for text in ("Yes.", "No.", "Answer", "", "..."):
        assert not manuscript.take(sentence(text))
    manuscript.take(sentence("True words.", "art-25/para-2"))
    assert not manuscript.take(sentence("True words.", "art-25/para-2"))
    assert (manuscript.written, manuscript.supported) == (1, 1)


def test_of_several_provisions_only_those_that_support_a_sentence_are_cited(knowledge):
    manuscript = written(knowledge, Approving("art-7/para-1"))
    manuscript.take(sentence("True words.", "art-25/para-2", "art-7/para-1"))
    assert manuscript.text == "True words [art. 7(1)]."


def test_a_sentence_that_only_the_provisions_together_support_cites_both(knowledge):
    class Together(Approving):
        def _verdict(self, sentence: Sentence) -> Verdict:
            return Verdict() if len(sentence.ids) == 2 else Verdict((Fault.ADDITION,))

    manuscript = written(knowledge, Together(), lead="")
    manuscript.take(sentence("True words.", "art-25/para-2", "art-7/para-1"))
    assert manuscript.text == "True words [art. 25(2)] [art. 7(1)]."


def test_a_sentence_that_one_item_says_is_cited_to_that_item(knowledge):
    manuscript = written(knowledge, Approving("art-14/para-1", "art-14/para-1/b"))
    manuscript.take(sentence("True words.", "art-14/para-1"))
    assert manuscript.text == "True words [art. 14(1)(b)]."


def test_a_sentence_without_support_gives_way_to_ours_of_the_same_provision(manuscript, knowledge):
    assert manuscript.take(sentence("False words on preservation.", "art-25/para-2"))
    convention = knowledge.convention
    ours = [s.rstrip(".") for s in statements_of(convention, convention["art-25/para-2"])]
    assert any(manuscript.text == f"Yes. {one} [art. 25(2)]." for one in ours)
    assert manuscript.left_out == 1 and not manuscript.is_enough


def test_ours_is_not_told_twice_and_not_of_a_provision_outside_the_extractive_answer(manuscript):
    manuscript.take(sentence("False words.", "art-25/para-2"))
    before = manuscript.text
    assert not manuscript.take(sentence("False again.", "art-25/para-2"))
    assert not manuscript.take(sentence("False elsewhere.", "art-60/para-1"))
    assert manuscript.text == before


@pytest.mark.parametrize("ids", [(), ("art-60/para-1",)])
def test_what_a_provision_of_the_extractive_answer_says_is_cited_to_it(knowledge, ids):
    manuscript = written(knowledge, Approving("art-7/para-1"), lead="")
    assert manuscript.take(sentence("True words.", *ids))
    assert manuscript.text == "True words [art. 7(1)]."


@pytest.mark.parametrize("text", ["False words.", "True or not?", "True are these:"])
def test_what_no_provision_says_asks_or_announces_is_left_out(knowledge, text):
    manuscript = written(knowledge, Approving())
    assert not manuscript.take(sentence(text))
    assert not manuscript.take(sentence(f"{text[:-1]} too{text[-1]}", "art-60/para-1"))
    assert manuscript.text == "" and manuscript.supported == 0


@pytest.mark.parametrize(("true", "false", "enough"), [(2, 1, True), (1, 1, False), (0, 2, False)])
def test_two_thirds_of_the_sentences_have_to_be_supported(knowledge, true, false, enough):
    manuscript = written(knowledge, Approving())
    for n in range(true):
        manuscript.take(sentence(f"True {n} words.", "art-60/para-1"))
    for n in range(false):
        manuscript.take(sentence(f"False {n} words.", "art-60/para-1"))
    assert manuscript.is_enough is enough


def test_a_model_is_heard_until_nothing_can_matter_any_more(knowledge):
    manuscript = written(knowledge, Approving())
    for n in range(2):
        manuscript.take(sentence(f"False {n} words.", "art-60/para-1"))
    assert not manuscript.is_over
    manuscript.take(sentence("False once more.", "art-60/para-1"))
    assert manuscript.is_over
    long = written(knowledge, Approving())
    for n in range(MOST):
        assert not long.is_over
        long.take(sentence(f"True {n} words.", "art-60/para-1"))
    assert long.is_over


@pytest.mark.parametrize("end", ["", ".", "!", " question."])
def test_the_fixed_phrase_is_heard_and_never_told(manuscript, end):
    assert not manuscript.take(sentence(no_answer().rstrip(".") + end))
    assert manuscript.found_nothing and manuscript.written == 0 and manuscript.text == ""


def test_every_sentence_ends_in_a_label(manuscript):
    manuscript.take(sentence("True words;", "art-25/para-2"))
    manuscript.take(sentence("True and more", "art-7/para-1"))
    for told in manuscript.text.removeprefix("Yes. ").split("]. "):
        assert labels_in(f"{told.rstrip('.').rstrip(']')}]")
