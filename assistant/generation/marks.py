"""Reads sentences with their marks out of a stream of text, however it is cut into pieces. Pure.

A mark is a source number in brackets, before or after the full stop: [2], [1][3], [1, 2], [1-3],
【1】, (1), or the short label of a source, [art. 25(2)]. Every other bracket is dropped. Numbers
become ids by the table that is given, so that a number without a source cannot come out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from assistant.generation.markup import without_markup
from assistant.generation.sentence import Sentence
from assistant.generation.sources import Source

__all__ = ["SentenceReader", "known_marks"]

LONGEST = 1_200
"""Characters at which a sentence without an end is ended."""

LONGEST_MARK = 60
MOST_IN_A_RANGE = 20

_ROUND = r"\((?:sources? )?\d{1,2}(?:\s?(?:,|and|-|–)\s?\d{1,2})*\)"
_SQUARE = r"\[[^\[\]]{1,60}\](?!\()"
_MARK = re.compile(rf"{_SQUARE}|【[^【】]{{1,60}}】")
_AFTER = re.compile(rf"\s*(?:{_SQUARE}|【[^【】]{{1,60}}】|{_ROUND})")
_ROUND_AT_END = re.compile(rf"(\S*)\s*({_ROUND})(?=[\s.!?]*$)")
_COUNTING = re.compile(
    r"(?:articles?|arts?\.?|paragraphs?|paras?\.?|items?|points?|chapters?)$", re.I
)
_END = re.compile(r"(?:[.?…]|!(?!\[))+[\"'”’»)*_]*(?=\s|[\[【(]|$)|\n")
_ABBREVIATED = re.compile(
    r"(?:\b(?i:arts?|paras?|cf|e\.g|i\.e|vs|ch|sec|pp?|st|mr|mrs|dr|approx)|\b[A-Za-z]\.[A-Za-z]"
    r"|(?:^|\s)[B-HJ-Z]|(?:^|\n)\s*\d{1,2})\.$"
)
_NUMBER_SIGN = re.compile(r"\bnos?\.$", re.IGNORECASE)
_ATTRIBUTION = re.compile(
    r"^(?:according to|as stated in|as set out in|under|per|based on)\s*(?:the )?"
    r"(?:sources?)?\s*,\s*",
    re.IGNORECASE,
)


def known_marks(sources: Iterable[Source]) -> dict[str, str]:
    """What a mark may hold, number or short label, and the id of the provision that it means."""
    sources = list(sources)
    return {s.label.lower(): s.id for s in sources} | {str(s.number): s.id for s in sources}


class SentenceReader:
    """Takes pieces of text, and gives out each sentence as soon as its end is certain.

    What comes out depends on the text alone, not on where it was cut: it is read letter by letter.
    """

    def __init__(self, known: Mapping[str, str]) -> None:
        self._known = known
        self._text = ""

    def feed(self, piece: str) -> Iterator[Sentence]:
        """The sentences that this piece completes."""
        for letter in piece:
            self._text += letter
            if len(self._text) >= LONGEST:
                yield from self._give(len(self._text))
            elif not letter.isspace():
                yield from self._completed()

    def close(self) -> Iterator[Sentence]:
        """What is left at the end of the text."""
        yield from self._completed(final=True)
        if not _is_cut_off(self._text):
            yield from self._give(len(self._text))

    def _completed(self, *, final: bool = False) -> Iterator[Sentence]:
        while end := self._certain_end(final=final):
            yield from self._give(end)

    def _give(self, end: int) -> Iterator[Sentence]:
        taken, self._text = self._text[:end], self._text[end:]
        sentence = _read(taken, self._known)
        if sentence.text:
            yield sentence

    def _certain_end(self, *, final: bool) -> int:
        """Where the first sentence ends, with the marks behind it; 0 while that is not certain."""
        for match in _END.finditer(self._text):
            end = match.end()
            if not self._text[:end].strip() or _is_abbreviation(self._text, end):
                continue
            on_new_line = match[0] == "\n"
            end = self._behind_marks(end, on_new_line=on_new_line)
            rest = self._text[end:].lstrip()
            if not rest and not final:
                return 0
            if not final and _may_be_mark(rest):
                return 0
            return end
        return 0

    def _behind_marks(self, end: int, *, on_new_line: bool) -> int:
        """The end, moved behind the marks that follow; those on a new line only if it has none."""
        if on_new_line and _MARK.search(self._text[:end]):
            return end
        while match := _AFTER.match(self._text, end):
            if "\n" in match[0] and _MARK.search(self._text[:end]):
                break
            end = match.end()
        return end


def _is_abbreviation(text: str, end: int) -> bool:
    if _ABBREVIATED.search(text[:end]):
        return True
    return bool(_NUMBER_SIGN.search(text[:end]) and re.match(r"\s*\d", text[end:]))


def _is_cut_off(text: str) -> bool:
    """Whether a rest without an end has more words behind its last mark: the limit cut it."""
    *_, last = [None, *_MARK.finditer(text)]
    return last is not None and bool(text[last.end() :].strip(" .\n"))


def _may_be_mark(rest: str) -> bool:
    """Whether what follows an end could still become a mark when more comes."""
    closing = {"[": "]", "【": "】", "(": ")"}.get(rest[:1])
    if closing is None or len(rest) > LONGEST_MARK:
        return False
    return closing not in rest or rest.endswith(closing)


def _read(text: str, known: Mapping[str, str]) -> Sentence:
    """One sentence of the text, its marks taken out and read."""
    ids: list[str] = []

    def take(mark: str) -> str:
        ids.extend(_ids_in(mark, known))
        return " "

    text = re.sub(r"\[(\d{1,2})\]\([^)]*\)", r"[\1]", text)
    text = _MARK.sub(lambda match: take(match[0]), text)
    while (match := _ROUND_AT_END.search(text)) and not _COUNTING.search(match[1]):
        take(match[2])
        text = text[: match.start(2)] + text[match.end(2) :]
    words = _ATTRIBUTION.sub("", without_markup(text))
    return Sentence(f"{words[:1].upper()}{words[1:]}", tuple(dict.fromkeys(ids)))


def _ids_in(mark: str, known: Mapping[str, str]) -> Sequence[str]:
    inside = mark[1:-1].strip().lower()
    if inside in known:
        return [known[inside]]
    inside = re.sub(r"^(?:sources?|src|ref)[.: ]*|†.*$", "", inside)
    parts = re.split(r"\s*(?:,|;|&|\band\b)\s*", inside)
    numbers = [number for part in parts for number in _numbers(part)]
    return [known[number] for number in numbers if number in known]


def _numbers(part: str) -> Sequence[str]:
    """The numbers that a part of a mark stands for: one, or a range of few."""
    match = re.fullmatch(r"\[?\s*(\d{1,2})(?:\s*[-–]\s*(\d{1,2}))?\s*", part)
    if not match:
        return []
    first, last = int(match[1]), int(match[2] or match[1])
    return [str(number) for number in range(first, min(last, first + MOST_IN_A_RANGE) + 1)]
