"""How well the check of sentences tells true from wrong, on labelled sentences."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assistant.evaluation.measures import Row, share
from assistant.evaluation.report import rows_told
from assistant.generation.sentence import Check, Sentence, Verdict
from index.convention import Convention
from index.data import read_yaml
from index.errors import BadInput

__all__ = [
    "KINDS",
    "PARTS",
    "TUNING",
    "Judged",
    "LabelledSentence",
    "evaluate_check",
    "judge",
    "read_sentences",
    "rows_of_check",
]

TUNING = ("tuning", "tuning-2")
"""Files of labelled sentences that rules were written on."""

PARTS = (*TUNING, "reporting", "reporting-2")
"""All of them: of those for reporting only figures are looked at."""

KINDS = (
    "true", "number", "level", "actor", "reference", "negation", "condition", "quote", "swap",
    "body", "addition", "unrelated",
)  # fmt: skip
"""What a labelled sentence is, or what is wrong with it."""


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """A sentence with what it cites, whether that supports it, and what kind it is of."""

    sentence: Sentence
    truth: bool
    kind: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled sentence with the verdict on it."""

    labelled: LabelledSentence
    verdict: Verdict

    @property
    def is_right(self) -> bool:
        """Whether a true sentence is supported, or a wrong one is not."""
        return self.verdict.supported is self.labelled.truth


def read_sentences(file: Path, convention: Convention) -> list[LabelledSentence]:
    """The labelled sentences of a file; raises ``BadInput`` naming the entry that does not fit."""
    try:
        entries = read_yaml(file.read_bytes())
    except (OSError, yaml.YAMLError) as error:
        raise BadInput(f"The labelled sentences in {file} cannot be read: {error}.") from error
    if not isinstance(entries, list):
        raise BadInput(f"{file.name} has to hold a list of sentences.")
    return [
        _labelled(f"{file.name}, entry {number}", entry, convention)
        for number, entry in enumerate(entries, start=1)
    ]


def _labelled(where: str, entry: Mapping[str, Any], convention: Convention) -> LabelledSentence:
    try:
        sentence = Sentence(entry["text"], tuple(entry["cites"]))
        labelled = LabelledSentence(sentence, bool(entry["truth"]), str(entry["kind"]).lower())
    except (KeyError, TypeError) as error:
        raise BadInput(f"{where}: {error!r} is missing or not as it has to be.") from error
    if labelled.kind not in KINDS or labelled.truth != (labelled.kind == "true"):
        raise BadInput(f"{where}: the kind {labelled.kind!r} does not go with its truth.")
    for id in sentence.ids:
        if id not in convention:
            raise BadInput(f"{where}: there is no provision {id}.")
    return labelled


def judge(labelled: Sequence[LabelledSentence], check: Check) -> list[Judged]:
    """Every sentence with its verdict, in order."""
    verdicts = check.verdicts([one.sentence for one in labelled])
    return [Judged(*pair) for pair in zip(labelled, verdicts, strict=True)]


def rows_of_check(judged: Sequence[Judged]) -> list[Row]:
    """The figures of the verdict "unsupported", over all sentences and by kind."""
    wrong = [one for one in judged if not one.labelled.truth]
    true = [one for one in judged if one.labelled.truth]
    rejected = [one for one in judged if not one.verdict.supported]
    return [
        share("precision of 'unsupported'", [not one.labelled.truth for one in rejected]),
        share("recall of 'unsupported'", [one.is_right for one in wrong]),
        share("wrong sentences that pass", [not one.is_right for one in wrong], 0.02),
        share("true sentences kept", [one.is_right for one in true], 0.80),
        *(_row_of_kind(kind, judged) for kind in KINDS[1:]),
    ]


def _row_of_kind(kind: str, judged: Sequence[Judged]) -> Row:
    return share(f"  found: {kind}", [one.is_right for one in judged if one.labelled.kind == kind])


def evaluate_check(
    check: Check, folder: Path, convention: Convention, tell: Callable[[str], None]
) -> None:
    """Tell the figures of each part in ``folder``, and the failures of the tuning parts.

    Raises ``BadInput`` for sentences that cannot be read.
    """
    for part in PARTS:
        labelled = read_sentences(folder / f"{part}.yaml", convention)
        judge(labelled, check)
        started = time.perf_counter()
        judged = judge(labelled, check)
        each = (time.perf_counter() - started) / max(1, len(labelled)) * 1e3
        tell(f"\n== {part}: {len(labelled)} sentences ==\n")
        tell(rows_told(rows_of_check(judged)))
        tell(f"\ntime of a verdict, once its provision is known: {each:.1f} ms")
        if part in TUNING:
            tell("\n".join(("\nfailures:", *_failures_told(judged))))


def _failures_told(judged: Sequence[Judged]) -> Iterator[str]:
    for one in judged:
        if not one.is_right:
            faults = ", ".join(fault.name.lower() for fault in one.verdict.faults) or "supported"
            sentence = one.labelled.sentence
            yield f"[{one.labelled.kind}] {sentence.text}\n    {', '.join(sentence.ids)}: {faults}"
