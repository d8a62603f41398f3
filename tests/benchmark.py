"""Speed beside the bare encoder: python tests/benchmark.py (or make benchmark).

Prints the median time of a warm answer and of encoding its question alone, and the time to build
the index and to encode its passages alone. Builds in a temporary folder.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from assistant import Assistant
from assistant.settings import read_settings

QUESTIONS = [
    "Is hacking a crime under this treaty?",
    "How long must a company keep data after an order?",
    "Can a country refuse to extradite somebody for political reasons?",
    "Who pays for legal assistance between two countries?",
    "What is an intimate image?",
    "When does the Convention enter into force?",
]
ROUNDS = 20


def seconds(work) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings(data=Path(folder))
        opened: list[Assistant] = []
        built = seconds(lambda: opened.append(Assistant.open(settings)))
        assistant = opened[0]
        encoder = assistant.retriever.encoder
        texts = [passage.text for passage in assistant.knowledge.passages]
        bare_build = seconds(lambda: encoder.embed_documents(texts))
        asked = QUESTIONS * ROUNDS
        for question in QUESTIONS:
            assistant.ask(question)
        answers = [seconds(lambda q=q: assistant.ask(q)) for q in asked]
        bare = [seconds(lambda q=q: encoder.encode([q])) for q in asked]
    answer, alone = statistics.median(answers), statistics.median(bare)
    print(
        f"answer      {answer * 1e3:8.1f} ms   bare encoding {alone * 1e3:8.1f} ms   "
        f"ratio {answer / alone:.2f}"
    )
    print(
        f"index build {built:8.1f} s    bare encoding {bare_build:8.1f} s    "
        f"ratio {built / bare_build:.2f}   ({len(texts)} passages; the build includes start)"
    )


if __name__ == "__main__":
    main()
