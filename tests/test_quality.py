"""The regression gate: what answers on the tuning part have to reach stands in quality.yaml."""

from pathlib import Path

import pytest
import yaml

from assistant import Assistant
from assistant.evaluation.measures import Row, rows_of
from assistant.evaluation.questions import read_labelled
from assistant.evaluation.run import ask_all

HERE = Path(__file__).parent
FLOORS: dict[str, float] = yaml.safe_load((HERE / "quality.yaml").read_text(encoding="utf-8"))
del FLOORS["check of sentences"]


@pytest.fixture(scope="module")
def reached(assistant: Assistant) -> dict[str, Row]:
    convention = assistant.knowledge.convention
    questions = read_labelled(HERE / "questions" / "tuning", convention)
    return {row.name: row for row in rows_of(ask_all(assistant, questions, "tuning"))}


@pytest.mark.parametrize("name", FLOORS)
def test_answers_stay_as_good_as_they_were(reached, name):
    assert reached[name].share >= FLOORS[name], f"{name} fell to {reached[name].share:.1%}"
