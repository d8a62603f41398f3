"""Measures the assistant on labelled questions, and its retriever on public sets."""

from assistant.evaluation.run import PARTS, evaluate, evaluate_retrieval

__all__ = ["PARTS", "evaluate", "evaluate_retrieval"]
