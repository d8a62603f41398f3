"""Measures the answers to questions that were translated: the same labels in every language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from assistant.answer import Outcome
from assistant.assistant import Assistant
from assistant.evaluation.measures import Row, Scored, share
from assistant.evaluation.questions import Labelled, read_labelled
from assistant.evaluation.report import languages_told
from assistant.evaluation.run import ask_all
from index.convention import Convention
from index.data import read_yaml
from index.errors import BadInput

__all__ = ["HALVES", "Translated", "evaluate_languages", "read_translated", "rows_of_language"]

HALVES = ("tried", "kept")
"""The half that was looked at while the way of a foreign question was made, and the other one."""

_CHOSEN = "chosen.yaml"


@dataclass(frozen=True, slots=True)
class Translated:
    """A labelled question in every language, by code; ``en`` is the question itself."""

    id: str
    half: str
    by_language: Mapping[str, Labelled]


def read_translated(folder: Path, labelled: Sequence[Labelled]) -> list[Translated]:
    """The questions that ``folder`` names, with their labels out of ``labelled``.

    Raises ``BadInput`` for a file that cannot be read, a question without a label, and one that a
    language lacks.
    """
    by_question = {one.question: one for one in labelled}
    files = [file for file in sorted(folder.glob("*.yaml")) if file.name != _CHOSEN]
    texts = {file.stem: _read(file) for file in files}
    try:
        return [
            _translated(entry, by_question[entry["question"]], texts)
            for entry in _read(folder / _CHOSEN)
        ]
    except (KeyError, TypeError) as error:
        raise BadInput(f"{folder}: {error!r} is missing or not as it has to be.") from error


def _read(file: Path) -> Any:
    try:
        return read_yaml(file.read_bytes())
    except (OSError, yaml.YAMLError) as error:
        raise BadInput(f"{file} cannot be read: {error}") from error


def _translated(
    entry: Mapping[str, str], english: Labelled, texts: Mapping[str, Mapping[str, str]]
) -> Translated:
    foreign = {code: replace(english, question=of[entry["id"]]) for code, of in texts.items()}
    return Translated(entry["id"], entry["half"], {"en": english} | foreign)


def rows_of_language(scored: Sequence[Scored]) -> list[Row]:
    """The figures of one language: what is found, and what is refused."""
    answerable = [s for s in scored if s.labelled.is_answerable]
    unanswerable = [s for s in scored if s.labelled.outcome in _UNANSWERABLE]
    corrected = [s for s in scored if s.labelled.outcome is Outcome.CORRECTED]
    return [
        share("right article", [s.cited for s in answerable]),
        share("it comes first", [s.first for s in answerable]),
        share("not refused", [not s.refused for s in answerable]),
        share("rightly refused", [s.refused for s in unanswerable]),
        share("put right", [s.ended_right for s in corrected]),
    ]


_UNANSWERABLE = (Outcome.OFF_TOPIC, Outcome.NOT_COVERED)


def evaluate_languages(assistant: Assistant, folder: Path, tell: Callable[[str], None]) -> None:
    """Tell the figures of each half of the translated questions, a line a language.

    ``folder`` holds ``languages`` and the ``tuning`` part, which has the labels. Raises
    ``BadInput`` for questions that cannot be read.
    """
    translated = _all_of(folder, assistant.knowledge.convention)
    tell(f"encoder: {assistant.retriever.encoder.name}")
    for half in HALVES:
        of_half = [one for one in translated if one.half == half]
        scored = {code: _asked(assistant, of_half, code) for code in of_half[0].by_language}
        scored["all but en"] = [s for code, some in scored.items() if code != "en" for s in some]
        tell(f"\n== {half}: {len(of_half)} questions ==\n")
        tell(languages_told({code: rows_of_language(some) for code, some in scored.items()}))


def _all_of(folder: Path, convention: Convention) -> list[Translated]:
    return read_translated(folder / "languages", read_labelled(folder / "tuning", convention))


def _asked(assistant: Assistant, translated: Sequence[Translated], code: str) -> list[Scored]:
    return ask_all(assistant, [one.by_language[code] for one in translated], code)
