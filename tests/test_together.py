"""Questions that wait at one moment are encoded in one step, and each gets what is its own."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from assistant.evaluation.questions import read_labelled
from index.together import MOST, MOST_CHARACTERS, Together

SOON = 10.0
TUNING = Path(__file__).parent / "questions" / "tuning"


@dataclass
class Held:
    """An encoder of lengths that waits until it is let go, and knows what it was asked for."""

    steps: list[list[str]] = field(default_factory=list)
    begun: threading.Event = field(default_factory=threading.Event)
    goes_on: threading.Event = field(default_factory=threading.Event)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.steps.append(list(texts))
        self.begun.set()
        assert self.goes_on.wait(SOON)
        if "broken" in texts:
            raise ValueError("broken")
        return np.array([[len(text)] for text in texts], dtype=np.float32)


@pytest.fixture
def held() -> Held:
    return Held()


@pytest.fixture
def together(held: Held) -> Together:
    return Together(held.encode, length=len)


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(64) as threads:
        yield threads


def ask_all(
    together: Together, held: Held, pool: ThreadPoolExecutor, texts: Sequence[str]
) -> list[Future]:
    """The first text is being encoded while the others come, one after the other."""
    asked = [pool.submit(together.of, texts[0])]
    assert held.begun.wait(SOON)
    for number, text in enumerate(texts[1:], 1):
        asked.append(pool.submit(together.of, text))
        wait_until(lambda number=number: len(together) == number)
    held.goes_on.set()
    return asked


def wait_until(holds) -> None:
    ends = time.monotonic() + SOON
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.001)


def test_a_text_alone_is_encoded_alone(together, held):
    held.goes_on.set()
    assert together.of("alone").tolist() == [5]
    assert together.of("again alone").tolist() == [11]
    assert held.steps == [["alone"], ["again alone"]]


def test_what_waits_is_encoded_in_one_step_in_the_order_in_which_it_came(together, held, pool):
    texts = ["x" * length for length in range(1, 9)]
    asked = ask_all(together, held, pool, texts)
    assert [future.result(SOON).tolist() for future in asked] == [[len(text)] for text in texts]
    assert held.steps == [texts[:1], texts[1:]]
    assert len(together) == 0


def test_a_step_has_no_more_than_so_many_texts(together, held, pool):
    texts = [str(number) for number in range(MOST + 4)]
    for future in ask_all(together, held, pool, texts):
        future.result(SOON)
    assert [len(step) for step in held.steps] == [1, MOST, 3]


def test_a_long_text_does_not_make_a_whole_step_long(together, held, pool):
    long = "x" * (MOST_CHARACTERS // 3)
    texts = ["first", "a", "b", "c", long, "d", "e", "f"]
    for future in ask_all(together, held, pool, texts):
        future.result(SOON)
    assert held.steps == [["first"], ["a", "b", "c"], [long, "d", "e"], ["f"]]


def test_a_text_longer_than_a_step_has_one_of_its_own(together, held, pool):
    endless = "x" * (MOST_CHARACTERS + 1)
    for future in ask_all(together, held, pool, ["first", endless, "next"]):
        future.result(SOON)
    assert held.steps == [["first"], [endless], ["next"]]


def test_an_error_reaches_the_one_who_caused_it_and_no_other(together, held, pool):
    first, good, broken, better = ask_all(together, held, pool, ["1", "22", "broken", "333"])
    with pytest.raises(ValueError, match="broken"):
        broken.result(SOON)
    assert [future.result(SOON).tolist() for future in (first, good, better)] == [[1], [2], [3]]
    assert together.of("after it").tolist() == [8]


def test_an_interrupt_of_one_who_waits_leaves_the_others_what_is_theirs(together, held, pool):
    first = pool.submit(together.of, "1")
    assert held.begun.wait(SOON)
    others: list[Future] = []
    asking = threading.get_ident()

    def interrupt() -> None:
        wait_until(lambda: len(together) == 1)
        others.append(pool.submit(together.of, "22"))
        wait_until(lambda: len(together) == 2)
        signal.pthread_kill(asking, signal.SIGINT)

    interrupting = pool.submit(interrupt)
    with pytest.raises(KeyboardInterrupt):
        together.of("interrupted")
    interrupting.result(SOON)
    held.goes_on.set()
    assert [future.result(SOON).tolist() for future in (first, *others)] == [[1], [2]]
    assert held.steps == [["1"], ["22"]]


def test_an_interrupt_of_one_who_has_the_turn_leaves_the_others_what_is_theirs(pool):
    taken, goes_on = threading.Event(), threading.Event()

    def encode(texts: Sequence[str]) -> np.ndarray:
        if "first" in texts:
            taken.set()
            assert goes_on.wait(SOON)
        if "interrupted" in texts:
            raise KeyboardInterrupt
        return np.array([[len(text)] for text in texts], dtype=np.float32)

    together = Together(encode)
    asked = [pool.submit(together.of, "first")]
    assert taken.wait(SOON)
    for number, text in enumerate(["interrupted", "1", "22"], 1):
        asked.append(pool.submit(together.of, text))
        wait_until(lambda number=number: len(together) == number)
    goes_on.set()
    with pytest.raises(KeyboardInterrupt):
        asked[1].result(SOON)
    assert [future.result(SOON).tolist() for future in asked[2:]] == [[1], [2]]


def test_real_vectors_are_those_of_each_text_alone(encoder, pool):
    texts = [
        "Is hacking a crime?",
        "What is an intimate image?",
        "word " * 300,
        "",
        "Who pays?",
    ] * 8
    alone = [encoder.encode([text])[0] for text in texts[:5]] * 8
    found = list(pool.map(encoder.encode_query, texts))
    assert np.allclose(found, alone, atol=1e-5)
    assert encoder.waiting == 0


def test_questions_asked_at_once_get_the_answers_of_each_alone(assistant, pool):
    labelled = read_labelled(TUNING, assistant.knowledge.convention)[::12]
    asked = [question.question for question in labelled]
    alone = [assistant.ask(question).as_json() for question in asked]
    at_once = [answer.as_json() for answer in pool.map(assistant.ask, asked)]
    assert len(asked) > 40 and at_once == alone


def test_two_turns_encode_two_steps_at_once_and_lose_no_text(pool):
    both = threading.Barrier(2)
    steps: list[int] = []

    def encode(texts: Sequence[str]) -> np.ndarray:
        if len(steps) < 2:
            steps.append(len(texts))
            both.wait(SOON)  # passes only where two threads are here
        time.sleep(0.001)
        return np.array([[len(text)] for text in texts], dtype=np.float32)

    together = Together(encode, turns=2, length=len)
    texts = ["a" * (n % 97) for n in range(400)]
    vectors = list(pool.map(together.of, texts))
    assert [int(vector[0]) for vector in vectors] == [len(text) for text in texts]
    assert len(together) == 0
