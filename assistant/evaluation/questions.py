"""Labelled questions: what is asked, how it has to end, and the provisions that answer it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assistant.answer import Outcome
from index.convention import Convention
from index.data import read_yaml
from index.errors import BadInput

__all__ = ["Labelled", "read_labelled"]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question with what a right answer holds.

    Attributes:
        question: as a stranger asks it; ``history`` the questions before it, oldest first.
        kind: who asks, or what kind of question it is (``victim``, ``comparison`` …).
        outcome: how it has to end.
        articles: right articles, best first; 0 for the preamble.
        provisions: ids that answer it, best first; ``also`` further ids that are to the point.
        facts: what a right answer holds, in few words.
        group: the same for each way to put one question; "" where there is one way only.
        lead: what a yes/no question is answered with (``yes``, ``no``, ``mandatory``,
            ``optional``, ``consider``); "" where it was not said.
    """

    question: str
    kind: str
    outcome: Outcome
    articles: tuple[int, ...]
    provisions: tuple[str, ...]
    also: tuple[str, ...]
    facts: tuple[str, ...]
    history: tuple[str, ...] = ()
    group: str = ""
    lead: str = ""

    @property
    def is_answerable(self) -> bool:
        """Whether particular articles answer it (questions on the whole text name none)."""
        return self.outcome is Outcome.ANSWERED and bool(self.articles)


_LISTS = ("articles", "provisions", "also", "facts", "history")


def read_labelled(folder: Path, convention: Convention) -> list[Labelled]:
    """The questions of every YAML file in ``folder``, in the order of the files' names.

    Raises ``BadInput`` that names file and entry for what cannot be read, for a provision or an
    article that ``convention`` has not, and for a folder without questions.
    """
    files = sorted(folder.glob("*.yaml"))
    found = [question for file in files for question in _read(file, convention)]
    if not found:
        raise BadInput(f"There are no labelled questions (*.yaml) in {folder}.")
    return found


def _read(file: Path, convention: Convention) -> list[Labelled]:
    try:
        entries = read_yaml(file.read_bytes())
    except (OSError, yaml.YAMLError) as error:
        raise BadInput(f"{file} cannot be read: {error}") from error
    return [_labelled(entry, f"{file.name}, entry {n}", convention) for n, entry in
            enumerate(entries, start=1)]  # fmt: skip


def _labelled(entry: Mapping[str, Any], where: str, convention: Convention) -> Labelled:
    try:
        lists = {name: tuple(entry.get(name, ())) for name in _LISTS}
        labelled = Labelled(
            question=entry["question"],
            kind=entry["kind"],
            outcome=Outcome(entry["outcome"]),
            group=entry.get("group", ""),
            lead=entry.get("lead", ""),
            **lists,
        )
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise BadInput(f"{where}: {error!r} is missing or not as it has to be.") from error
    for provision in (*labelled.provisions, *labelled.also):
        if provision not in convention:
            raise BadInput(f"{where}: there is no provision {provision}.")
    return labelled
