"""Repairs misspelt words of a question towards the words that the index knows.

By SymSpell (the library symspellpy): a word is touched only when neither the index nor the
library's list of 82,765 English words has it, and becomes the commonest word of the index within
two edits. Numbers, names in capitals and short words stay as they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from symspellpy import SymSpell

__all__ = ["Speller", "english_words"]

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
SHORTEST = 4
MOST_EDITS = 2
_DICTIONARY = "frequency_dictionary_en_82_765.txt"


@cache
def english_words() -> frozenset[str]:
    """The library's list of English words, in small letters; read when it is first needed."""
    lines = files("symspellpy").joinpath(_DICTIONARY).read_text("utf-8").splitlines()
    return frozenset(line.split(" ", 1)[0] for line in lines)


class Speller:
    """Knows the words of the index; ``repair`` returns a question with its typos mended."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._counts = Counter(
            word for text in texts for word in _WORD.findall(text.lower()) if len(word) >= SHORTEST
        )

    @cached_property
    def _lookup(self) -> SymSpell:
        from symspellpy import SymSpell

        lookup = SymSpell(max_dictionary_edit_distance=MOST_EDITS)
        for word, count in self._counts.items():
            if word in english_words():
                lookup.create_dictionary_entry(word, count)
        return lookup

    def repair(self, question: str) -> str:
        """The question with each unknown word replaced by the nearest known one, if any."""
        return _WORD.sub(lambda match: self._repaired(match[0]), question)

    def _repaired(self, word: str) -> str:
        lower = word.lower()
        if len(word) < SHORTEST or word.isupper() or "'" in word:
            return word
        if lower in self._counts or lower in english_words():
            return word
        from symspellpy import Verbosity

        edits = 1 if len(word) < 6 else MOST_EDITS
        found = self._lookup.lookup(lower, Verbosity.CLOSEST, max_edit_distance=edits)
        return found[0].term if found and found[0].term[0] == lower[0] else word
