"""Stands in for the check of sentences until it is merged: stems, numbers and modal words."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from types import ModuleType

from assistant.generation.sentence import Fault, Sentence, Verdict
from assistant.knowledge import Knowledge
from assistant.lexical import tokens_of
from assistant.verify import numbers_in


class SentenceCheck:
    def __init__(self, knowledge: Knowledge, encoder: object) -> None:
        self._knowledge = knowledge

    def verdicts(self, sentences: Sequence[Sentence]) -> list[Verdict]:
        return [Verdict(self._faults(sentence)) for sentence in sentences]

    def _faults(self, sentence: Sentence) -> tuple[Fault, ...]:
        if not sentence.ids:
            return (Fault.UNCITED,)
        convention = self._knowledge.convention
        reading = " ".join(convention.reading(convention[id_]) for id_ in sentence.ids)
        if numbers_in(sentence.text) - numbers_in(reading):
            return (Fault.NUMBER,)
        if _modals(sentence.text) - _modals(reading):
            return (Fault.LEVEL,)
        stems = set(tokens_of(sentence.text))
        held = len(stems & set(tokens_of(reading))) >= 0.75 * len(stems)
        return () if held and stems else (Fault.ADDITION,)


def _modals(text: str) -> set[str]:
    return set(re.findall(r"\b(?:must|may|not)\b", text.lower()))


def install() -> None:
    if find_spec("assistant.generation.check") is None:
        module = ModuleType("assistant.generation.check")
        module.SentenceCheck = SentenceCheck
        sys.modules[module.__name__] = module
