"""Labelled questions on two other treaties: one half chose the rules, the other only reports.

``python -m tests.test_treaty_questions`` prints the figures of both halves.
"""

import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant import Answer, Assistant
from assistant.settings import read_settings
from index.fetching import Fetched
from index.treaties import keep_treaty
from tests.test_official_reader import TREATIES, document

QUESTIONS = Path(__file__).parent / "questions" / "treaties"
DOCUMENTS = {"budapest": "budapest-laws-markdown.md", "rome": "rome-statute-icc.pdf"}
WANTED = {
    "far": {"off_topic", "not_covered"},
    "near": {"off_topic", "not_covered"},
    "number": {"corrected"},
}

FLOORS = {
    "right article cited": 0.78,
    "first citation right": 0.75,
    "cited articles to the point": 0.64,
    "answerable not refused": 0.96,
    "far refused": 0.99,
    "near refused": 0.7,
    "number put right": 0.99,
}
"""What the tuning half has to reach; each a question or two below what was measured."""


def judged(entry: dict[str, Any], answer: Answer) -> Iterator[tuple[str, int, int]]:
    """Figure, hits and cases of one answer."""
    articles = list(dict.fromkeys(citation.article for citation in answer.citations))
    if right := set(entry.get("right", ())):
        yield "answerable not refused", answer.outcome.value == "answered", 1
        yield "right article cited", bool(right & set(articles)), 1
        yield "first citation right", articles[:1] != [] and articles[0] in right, 1
        yield "cited articles to the point", len(right & set(articles)), len(articles)
    else:
        name = "number put right" if entry["kind"] == "number" else f"{entry['kind']} refused"
        yield name, answer.outcome.value in WANTED[entry["kind"]], 1


def measured(data: Path, half: int) -> dict[str, tuple[int, int]]:
    """Hits and cases by figure, over every second question from ``half`` on."""
    hits: Counter[str] = Counter()
    cases: Counter[str] = Counter()
    for name, file in DOCUMENTS.items():
        keep_treaty(data, Fetched((TREATIES / file).read_bytes(), file, file, ""), name)
        assistant = Assistant.open(read_settings(data=data), treaty=name)
        entries = yaml.safe_load((QUESTIONS / f"{name}.yaml").read_text(encoding="utf-8"))
        for entry in entries[half::2]:
            for figure, hit, case in judged(entry, assistant.ask(entry["question"])):
                hits[figure] += hit
                cases[figure] += case
    return {figure: (hits[figure], cases[figure]) for figure in cases}


@pytest.fixture(scope="module")
def reached(tmp_path_factory) -> dict[str, float]:
    for file in DOCUMENTS.values():
        document(file)
    found = measured(tmp_path_factory.mktemp("treaties"), 0)
    return {figure: hits / cases for figure, (hits, cases) in found.items()}


@pytest.mark.parametrize("figure", FLOORS)
def test_answers_over_other_treaties_stay_as_good_as_they_were(reached, figure):
    assert reached[figure] >= FLOORS[figure], f"{figure} fell to {reached[figure]:.1%}"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        for number, half in enumerate(("tuning", "reporting")):
            print(half, measured(Path(folder), number))
