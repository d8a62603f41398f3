"""Everyday words for what every treaty provides for, and how treaties call it.

A treaty is left by denunciation or withdrawal and joined by accession; none says "leave" or "join".
"""

from __future__ import annotations

import re

__all__ = ["with_treaty_words"]

_IT = r"(?:(?:this|the|a) (?:treaty|convention|statute|agreement|protocol)|it)\b"
_LEFT = "denounce, denunciation, withdraw from the treaty"
_CALLED = (
    (rf"\b(?:leaves?|quit|exit|get out of|pull out of) {_IT}", _LEFT),
    (rf"\b(?:join|joins|joined|joining)(?: {_IT}|\W*$)", "accession, signature, ratification"),
    (rf"\bbecome (?:an? )?(?:party|member)\b(?: (?:to|of) {_IT})?", "accession, ratification"),
    (rf"\b(?:change|changes|changed|modify|modified|update|updated)\b.*\b{_IT}", "amendment"),
    (rf"\b{_IT} be (?:changed|modified|updated)\b", "amendment"),
    (r"\b(?:start|starts|begin|begins) to apply\b|\btakes? effect\b", "entry into force"),
)


def with_treaty_words(question: str) -> str:
    """The question, and behind it how treaties call what it asks about; as it is for any other."""
    called = [words for form, words in _CALLED if re.search(form, question, re.IGNORECASE)]
    return f"{question} ({', '.join(called)})" if called else question
