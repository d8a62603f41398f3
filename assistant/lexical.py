"""Word matching: BM25 over stemmed words, by the library bm25s."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import Stemmer

__all__ = ["LexicalIndex", "tokens_of"]

_STOPWORDS = frozenset(
    "a an and are as at be by can could did do does for from had has have how i if in into is it"
    " its me my of on or our shall should so than that the their them there these they this to"
    " was we were what when where which who whom whose why will with would you your".split()
)


@cache
def _stemmer() -> Stemmer.Stemmer:
    import Stemmer

    return Stemmer.Stemmer("english")


def tokens_of(text: str) -> list[str]:
    """Stemmed words and numbers of a text, lower case, without the commonest function words."""
    words = "".join(c if c.isalnum() else " " for c in text.lower()).split()
    stems: list[str] = _stemmer().stemWords([w for w in words if w not in _STOPWORDS])
    return stems


class LexicalIndex:
    """BM25 scores (Lucene's variant, k1 1.5, b 0.75) of a fixed list of texts."""

    def __init__(self, texts: Sequence[str]) -> None:
        import bm25s

        self._size = len(texts)
        self._index = bm25s.BM25(method="lucene", k1=1.5, b=0.75)
        self._index.index([tokens_of(text) for text in texts], show_progress=False)

    def scores(self, query: str) -> NDArray[np.float32]:
        """Score of each text for the query, shape (len(texts),); zeros where no word matches."""
        known = [token for token in tokens_of(query) if token in self._index.vocab_dict]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        scores: NDArray[np.float32] = self._index.get_scores(known)
        return scores
