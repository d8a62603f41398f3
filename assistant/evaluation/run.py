"""Runs an evaluation: asks every labelled question and tells what came of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from random import Random
from statistics import median

from tqdm import tqdm

from assistant.assistant import Assistant
from assistant.evaluation.baselines import Found, Ranker, found_by, rankers
from assistant.evaluation.chart import draw
from assistant.evaluation.measures import Scored, rows_of, score
from assistant.evaluation.public import measure_retrieval, read_public_set
from assistant.evaluation.questions import Labelled, read_labelled
from assistant.evaluation.report import (
    failures_told,
    found_told,
    retrieval_told,
    rows_told,
    split_told,
    worded_told,
)
from index.encoder import Encoder
from index.errors import BadInput

__all__ = ["PARTS", "ask_all", "evaluate", "evaluate_retrieval"]

PARTS = ("tuning", "reporting")
"""Folders of the labelled questions: one to tune on, one that is only looked at to report."""

Tell = Callable[[str], None]


def evaluate(
    assistant: Assistant,
    folder: Path,
    chart: Path,
    tell: Tell,
    *,
    failures: Sequence[str] = PARTS,
    parts: Sequence[str] = PARTS,
    sample: int | None = None,
) -> None:
    """Measure ``assistant`` on ``parts`` below ``folder``; tell the report, draw the chart.

    ``sample`` is how many questions of each part are asked, always the same ones; None for all.
    The failures of the parts in ``failures`` are listed one by one. Raises ``BadInput`` for
    questions that cannot be read and for a chart that cannot be written.
    """
    if not folder.is_dir():
        raise BadInput(f"There is no folder of labelled questions at {folder}.")
    drawn = {}
    ways = rankers(assistant.knowledge, assistant.retriever.encoder)
    for part in parts:
        questions = _sample(read_labelled(folder / part, assistant.knowledge.convention), sample)
        scored = ask_all(assistant, questions, part)
        rows = drawn[part] = rows_of(scored)
        tell(f"\n== {part}: {len(questions)} questions ==\n")
        tell(rows_told(rows))
        tell("\n" + found_told(_found(scored, ways)))
        tell("\n" + split_told("kind", scored, lambda s: s.labelled.kind))
        tell("\n" + split_told("chapter (0: preamble)", _answerable(scored), _chapter(assistant)))
        if worded := worded_told(scored):
            tell(f"\n{worded}")
        else:
            tell("\n" + _speed_told(assistant, questions))
        if part in failures:
            tell(f"\nfailures, {part}:\n{failures_told(scored)}")
    draw(drawn, chart)
    tell(f"Chart: {chart}")


def _sample(questions: Sequence[Labelled], most: int | None) -> Sequence[Labelled]:
    """``most`` of the questions in their order, chosen by chance but always the same."""
    if most is None or most >= len(questions):
        return questions
    places = sorted(Random(0).sample(range(len(questions)), most))
    return [questions[place] for place in places]


def ask_all(assistant: Assistant, questions: Sequence[Labelled], name: str) -> list[Scored]:
    """Every question asked and scored, in order, with a progress bar."""
    return [
        score(question, assistant.ask(question.question, question.history), assistant.knowledge)
        for question in tqdm(questions, desc=f"Asking ({name})", unit=" questions", delay=0.5)
    ]


def _answerable(scored: Sequence[Scored]) -> list[Scored]:
    return [s for s in scored if s.labelled.is_answerable]


def _chapter(assistant: Assistant) -> Callable[[Scored], object]:
    convention = assistant.knowledge.convention
    chapters = {p.article: convention.chapter_of(p) for p in convention.provisions()}
    return lambda scored: chapters[scored.labelled.articles[0]]


def _found(scored: Sequence[Scored], ways: Mapping[str, Ranker]) -> list[Found]:
    """The assistant's own citations beside the baselines, on the answerable questions."""
    answerable = _answerable(scored)
    questions = [s.labelled for s in answerable]
    return [*(found_by(name, way, questions) for name, way in ways.items()), _own(answerable)]


def _own(answerable: Sequence[Scored]) -> Found:
    places = []
    for s in answerable:
        cited = list(dict.fromkeys(citation.article for citation in s.answer.citations))
        right = [n for n, article in enumerate(cited, 1) if article in s.labelled.articles]
        places.append(right[0] if right else 0)
    return Found("the assistant's citations", tuple(places))


def _speed_told(assistant: Assistant, questions: Sequence[Labelled]) -> str:
    """Median time of an answer beside that of encoding its question, on a few questions."""
    asked = [q.question for q in questions if not q.history][:100]
    encoder: Encoder = assistant.retriever.encoder
    answers = median(_seconds(lambda q=q: assistant.ask(q)) for q in asked)  # type: ignore[misc]
    alone = median(_seconds(lambda q=q: encoder.encode([q])) for q in asked)  # type: ignore[misc]
    return (
        f"time of an answer: median {answers * 1e3:.1f} ms, bare encoding of its question "
        f"{alone * 1e3:.1f} ms, ratio {answers / alone:.2f} (goal 1.5)"
    )


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def evaluate_retrieval(encoder: Encoder, folder: Path, tell: Tell) -> None:
    """Measure the retriever on the public set in ``folder``; raises ``BadInput``."""
    public = read_public_set(folder)
    tell(f"{len(public.documents)} documents, {len(public.queries)} queries")
    tell(retrieval_told(measure_retrieval(public, encoder)))
