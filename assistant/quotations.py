"""Knows the words of a text again in a question that quotes them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Set

from assistant.lexical import tokens_of
from index.convention import PREAMBLE, Provision

__all__ = ["RUN", "Quotations"]

RUN = 5
"""Words in a row that make a quotation; measured: see ``ARCHITECTURE.md``."""

WHOLE = 0.999
"""Runs that have to come together: one, as far as thirds add up to it."""

TERMS = 2
"""Words of a provision, one of which nothing but the text has, that quote it in any order."""

Run = tuple[str, ...]


class Quotations:
    """The runs of words of the provisions of a text, each provision with its own words only.

    ``known`` are the stems that something else has too; alone they are no sign of the text.
    """

    def __init__(self, provisions: Iterable[Provision], known: Set[str]) -> None:
        self._by_run: dict[Run, set[str]] = defaultdict(set)
        self._by_term: dict[str, set[str]] = defaultdict(set)
        self._stems: dict[str, set[str]] = {}
        for provision in provisions:
            if provision.article == PREAMBLE:
                continue
            words = f"{provision.text} {provision.closing}"
            for run in _runs(words):
                self._by_run[run].add(provision.id)
            self._stems[provision.id] = set(tokens_of(words))
            for term in self._stems[provision.id] - known:
                self._by_term[term].add(provision.id)

    def provision_in(self, question: str) -> str | None:
        """The id of the provision that the question quotes; None where it quotes none for sure."""
        return self._by_runs(question) or self._by_terms(question)

    def _by_runs(self, question: str) -> str | None:
        """By words in a row; a run that several provisions share counts for each by its share."""
        shares: dict[str, float] = defaultdict(float)
        for run in _runs(question):
            owners = self._by_run.get(run, set())
            for owner in sorted(owners):
                shares[owner] += 1 / len(owners)
        best = max(shares, key=lambda owner: shares[owner], default=None)
        return best if best and shares[best] > WHOLE else None

    def _by_terms(self, question: str) -> str | None:
        """By a word that nothing but the text has, where one provision has most of the question."""
        stems = set(tokens_of(question))
        owners = {owner for stem in stems for owner in self._by_term.get(stem, ())}
        counts = {owner: len(stems & self._stems[owner]) for owner in owners}
        most = max(counts.values(), default=0)
        best = [owner for owner, count in counts.items() if count == most]
        return best[0] if most >= TERMS and len(best) == 1 else None


def _runs(text: str) -> Iterator[Run]:
    words = re.findall(r"[^\W_]+", text.lower())
    for start in range(len(words) - RUN + 1):
        yield tuple(words[start : start + RUN])
