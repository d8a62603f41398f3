"""Measures the assistant on labelled questions, and its retriever on public sets."""

from assistant.evaluation.run import evaluate, evaluate_retrieval

__all__ = ["evaluate", "evaluate_retrieval"]
