"""Knows the words of a text again in a question that quotes them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from index.convention import PREAMBLE, Provision

__all__ = ["RUN", "Quotations"]

RUN = 5
"""Words in a row that make a quotation; measured: see ``ARCHITECTURE.md``."""

WHOLE = 0.999
"""Runs that have to come together: one, as far as thirds add up to it."""

Run = tuple[str, ...]


class Quotations:
    """The runs of words of the provisions of a text, each provision with its own words only."""

    def __init__(self, provisions: Iterable[Provision]) -> None:
        self._owners: dict[Run, set[str]] = defaultdict(set)
        for provision in provisions:
            if provision.article != PREAMBLE:
                for run in _runs(f"{provision.text} {provision.closing}"):
                    self._owners[run].add(provision.id)

    def provision_in(self, question: str) -> str | None:
        """The id of the provision that the question quotes; None where it quotes none for sure.

        A run that several provisions share counts for each by its share, and one whole run has to
        come together.
        """
        shares: dict[str, float] = defaultdict(float)
        for run in _runs(question):
            owners = self._owners.get(run, set())
            for owner in sorted(owners):
                shares[owner] += 1 / len(owners)
        best = max(shares, key=lambda owner: shares[owner], default=None)
        return best if best and shares[best] > WHOLE else None


def _runs(text: str) -> Iterator[Run]:
    words = re.findall(r"[^\W_]+", text.lower())
    for start in range(len(words) - RUN + 1):
        yield tuple(words[start : start + RUN])
