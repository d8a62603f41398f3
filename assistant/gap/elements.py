"""The elements of offences, powers and duties that occur in a text: what it is legally about."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

from index.data import read_yaml

__all__ = ["elements_of", "rarity"]


@cache
def _forms() -> Mapping[str, re.Pattern[str]]:
    content = files("assistant.gap").joinpath("elements.yaml").read_bytes()
    return {
        str(name): re.compile("|".join(rf"\b(?:{pattern})" for pattern in patterns))
        for name, patterns in read_yaml(content).items()
    }


def elements_of(text: str) -> frozenset[str]:
    """The names of the elements that a text has."""
    lower = text.casefold()
    return frozenset(name for name, form in _forms().items() if form.search(lower))


def rarity(sets: Sequence[Iterable[str]]) -> Mapping[str, float]:
    """How much each element tells: the logarithm of how seldom the sets have it."""
    counts: dict[str, int] = {}
    for names in sets:
        for name in names:
            counts[name] = counts.get(name, 0) + 1
    return {name: math.log(1 + len(sets) / count) for name, count in counts.items()}
