"""The whole way with a real language model, small and weak, over a real server on this machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Answer, Assistant, Outcome
from assistant.answer import Mode
from assistant.generation.check import SentenceCheck
from assistant.generation.sentence import Sentence
from assistant.settings import read_settings
from assistant.verify import statements_in
from tests.local_model import NAME, local_model, why_not

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not() or "it can be had")

QUESTIONS = [
    "Is hacking a crime under this treaty?",
    "How long must a company keep data after a preservation order?",
    "How can a country leave the Convention?",
]


@pytest.fixture(scope="module")
def worded(data) -> Iterator[Assistant]:
    with local_model() as address, pytest.MonkeyPatch.context() as environment:
        environment.setenv("OPENAI_BASE_URL", address)
        environment.setenv("OPENAI_API_KEY", "none")
        settings = read_settings(data=data, model=NAME, model_wait=30, model_seconds=30)
        yield Assistant.open(settings)


@pytest.fixture(scope="module")
def streams(worded) -> list[list[object]]:
    return [list(worded.stream(question)) for question in QUESTIONS]


def test_the_model_is_reached_and_each_stream_ends_in_an_answer(streams):
    answers = [steps[-1] for steps in streams]
    assert all(isinstance(a, Answer) and a.outcome is Outcome.ANSWERED for a in answers)
    notices = [str(a.notice) for a in answers]
    assert all(a.mode is Mode.MODEL or "model" in notice
               for a, notice in zip(answers, notices, strict=True))  # fmt: skip
    assert not any("could not be reached" in notice for notice in notices)


def test_no_sentence_comes_out_that_the_check_does_not_support(streams, worded, encoder):
    check = SentenceCheck(worded.knowledge, encoder)
    labels = worded.knowledge.labels
    for text in [step.text for steps in streams for step in steps if not _is_extractive(step)]:
        for statement in statements_in(text):
            ids = [p.id for p in labels.cited(" ".join(f"[{one}]" for one in statement.labels))]
            (verdict,) = check.verdicts([Sentence(f"{statement.text}.", tuple(ids))])
            assert verdict.supported, (statement, verdict)


def _is_extractive(step: object) -> bool:
    return isinstance(step, Answer) and step.mode is Mode.EXTRACTIVE


def test_a_fallback_is_the_extractive_answer(streams, assistant):
    fallen = [steps[-1] for steps in streams if _is_extractive(steps[-1])]
    for answer in fallen:
        assert answer.text == assistant.ask(answer.question).text
