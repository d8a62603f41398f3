"""Measures the assistant on labelled questions, its retriever on public sets, its check."""

from assistant.evaluation.run import PARTS, evaluate, evaluate_retrieval
from assistant.evaluation.sentences import evaluate_check

__all__ = ["PARTS", "evaluate", "evaluate_check", "evaluate_retrieval"]
