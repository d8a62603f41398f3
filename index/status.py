"""Dated facts on the life of the Convention: adopted, opened, signed, ratified.

They are never stated as current: each has the date of its source, and answers give both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

import yaml

from index.data import read_yaml
from index.errors import AnnotationError

__all__ = ["Fact", "Status", "read_status"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: what holds, since or as of when, and who says so."""

    value: str
    as_of: str
    source: str


@dataclass(frozen=True, slots=True)
class Status:
    """The facts by name, and the date of the newest of them (ISO 8601)."""

    facts: Mapping[str, Fact]
    as_of: str

    def placeholders(self) -> dict[str, str]:
        """Values for fixed texts: ``{name}`` and ``{name_as_of}`` of every fact."""
        values = {name: fact.value for name, fact in self.facts.items()}
        return values | {f"{name}_as_of": fact.as_of for name, fact in self.facts.items()}


def read_status() -> Status:
    """The shipped facts; raises ``AnnotationError`` where the file is damaged."""
    content = files("index").joinpath("text", "status.yaml").read_bytes()
    try:
        entries = read_yaml(content)
        facts = {
            name: Fact(**{key: str(words) for key, words in entry.items()})
            for name, entry in entries["facts"].items()
        }
        return Status(facts, str(entries["as_of"]))
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise AnnotationError(f"status.yaml cannot be read: {error}") from error
