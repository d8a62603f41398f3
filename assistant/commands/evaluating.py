"""``evaluate``: measures the answers, the retriever, or the check of sentences."""

from __future__ import annotations

import argparse
from pathlib import Path

from assistant.commands.command_line import Commands, add_command, say
from index.errors import BadInput

__all__ = ["add"]

_QUESTIONS = Path(__file__).parents[2] / "tests" / "questions"


def add(commands: Commands) -> None:
    """Declare the command and its options."""
    evaluate = add_command(
        commands,
        "evaluate",
        "Measures the answers on labelled questions, the retriever on a public set, or the check "
        "of sentences.",
        "python app.py evaluate --chart quality.png\n"
        "  python app.py evaluate --check\n"
        "  python app.py evaluate --languages\n"
        "  python app.py evaluate --retrieval FOLDER   (corpus.jsonl, queries.jsonl, "
        "qrels/test.tsv)",
        _evaluate,
    )
    evaluate.add_argument(
        "--questions",
        metavar="FOLDER",
        type=Path,
        help="labelled questions, in tuning/ and reporting/ (default: tests/questions)",
    )
    evaluate.add_argument(
        "--chart", metavar="FILE", type=Path, default=Path("quality.png"), help="image to save"
    )
    evaluate.add_argument(
        "--part", choices=("tuning", "reporting"), help="ask the questions of one part only"
    )
    evaluate.add_argument(
        "--sample", metavar="N", type=int, help="ask N questions of each part, always the same"
    )
    evaluate.add_argument(
        "--no-failures", action="store_true", help="do not list the failures one by one"
    )
    evaluate.add_argument(
        "--retrieval", metavar="FOLDER", type=Path, help="a public set in BEIR layout"
    )
    evaluate.add_argument(
        "--check",
        action="store_true",
        help="how well the check of a model's sentences tells true from wrong",
    )
    evaluate.add_argument(
        "--languages",
        action="store_true",
        help="questions in six more languages, by the encoder that CONVENTION_ENCODER names",
    )


def _evaluate(options: argparse.Namespace) -> None:
    from assistant.settings import read_settings

    settings = read_settings()
    from assistant.evaluation import PARTS, evaluate, evaluate_retrieval

    folder = options.questions or _QUESTIONS
    if options.check:
        _evaluate_check(settings.encoder, folder / "sentences")
        return
    if options.retrieval:
        from index.encoder import load_encoder

        evaluate_retrieval(load_encoder(settings.encoder), options.retrieval, print)
        return
    from assistant import Assistant

    if options.languages:
        from assistant.evaluation.languages import evaluate_languages

        evaluate_languages(Assistant.open(settings, say=say), folder, print)
        return
    if options.sample is not None and options.sample < 1:
        raise BadInput("--sample has to be 1 or more: see 'python app.py evaluate --help'.")
    evaluate(
        Assistant.open(settings, say=say),
        folder,
        options.chart,
        print,
        failures=() if options.no_failures else PARTS,
        parts=(options.part,) if options.part else PARTS,
        sample=options.sample,
    )


def _evaluate_check(encoder: str, folder: Path) -> None:
    from assistant.evaluation import evaluate_check
    from assistant.generation.check import SentenceCheck
    from assistant.knowledge import read_knowledge
    from index.encoder import load_encoder

    knowledge = read_knowledge()
    check = SentenceCheck(knowledge, load_encoder(encoder))
    evaluate_check(check, folder, knowledge.convention, print)
