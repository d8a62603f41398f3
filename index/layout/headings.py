"""Recognizes the headings of a treaty in the six languages of the United Nations.

A heading is a word and a number at the start of a line: ``Article 14``, ``Chapitre premier``,
``Статья 14``, ``المادة 14``, ``第十四条``. Its title stands on the same line or on the next.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from index.convention import INSERTED
from index.layout.marks import read_mark
from index.numerals import number_of

__all__ = [
    "Heading",
    "Level",
    "closes_treaty",
    "ends_item",
    "ends_sentence",
    "is_agreement",
    "read_heading",
]


class Level(Enum):
    """The divisions of a treaty."""

    PREAMBLE = "preamble"
    CHAPTER = "chapter"
    PART = "part"
    SECTION = "section"
    ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: what it opens, its number as written, and what stands on its line.

    Attributes:
        level: what it opens.
        numeral: its number as it is written; "" for a preamble.
        suffix: ``bis`` and the like, for an article inserted later.
        title: the title on the same line, "" where it stands elsewhere or is missing.
        text: words of the text on the same line.
    """

    level: Level
    numeral: str = ""
    suffix: str = ""
    title: str = ""
    text: str = ""

    @property
    def number(self) -> int | None:
        """Its number; None where the numeral is none that can be read."""
        return _ORDINALS.get(self.numeral) or number_of(self.numeral)


_WORDS: dict[Level, str] = {
    Level.ARTICLE: r"A(?:rticle|RTICLE)|Art[íi]culo|ART[ÍI]CULO|С(?:татья|ТАТЬЯ)|(?:ال)?مادة",
    Level.CHAPTER: (
        r"C(?:hapter|HAPTER)|C(?:hapitre|HAPITRE)|Cap[íi]tulo|CAP[ÍI]TULO|Г(?:лава|ЛАВА)|الفصل"
    ),
    Level.PART: r"P(?:art|ART)|P(?:artie|ARTIE)|P(?:arte|ARTE)|Ч(?:асть|АСТЬ)|الباب|الجزء",
    Level.SECTION: (
        r"S(?:ection|ECTION)|T(?:itle|ITLE)|T(?:itre|ITRE)|Secci[óo]n|SECCI[ÓO]N|T[íi]tulo"
        r"|T[ÍI]TULO|Р(?:аздел|АЗДЕЛ)|الفرع|القسم"
    ),
}
_CHINESE_WORDS = {
    Level.ARTICLE: "条",
    Level.CHAPTER: "章",
    Level.PART: "部\\s?分|编",
    Level.SECTION: "节",
}
_ARABIC_ORDINALS = (
    "الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع",
    "العاشر", "الحادي عشر", "الثاني عشر", "الثالث عشر", "الرابع عشر", "الخامس عشر",
)  # fmt: skip
_ORDINALS: dict[str, int] = {
    **dict.fromkeys(("premier", "première", "PREMIER", "PREMIÈRE", "Premier", "1er", "Ier"), 1),
    **{ordinal: place for place, ordinal in enumerate(_ARABIC_ORDINALS, start=1)},
    "الأولى": 1,
}
_ROMAN = "[IVXLCІХС]{1,7}"
_NUMERAL = rf"(?P<numeral>{'|'.join(sorted(map(re.escape, _ORDINALS), key=len, reverse=True))}"
_NUMERAL += rf"|\d{{1,6}}|{_ROMAN})(?!\w)"
_SUFFIX = rf"(?:\s?(?P<suffix>{'|'.join(INSERTED)})\d{{0,2}})?"
_SEPARATOR = r"\s*[.:：．。–—-]*\s*"

_FORMS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    *(
        (level, re.compile(rf"(?:{words})\s+{_NUMERAL}{_SUFFIX}(?P<gap>{_SEPARATOR})(?P<rest>.*)"))
        for level, words in _WORDS.items()
    ),
    *(
        (
            level,
            re.compile(
                rf"第\s?(?P<numeral>[一二三四五六七八九十百零〇]{{1,5}}|\d{{1,4}})\s?(?:{word})"
                rf"(?P<suffix>)(?P<gap>{_SEPARATOR})(?P<rest>.*)"
            ),
        )
        for level, word in _CHINESE_WORDS.items()
    ),
)
_MARKS = re.compile(r"\d{1,2}(?: \d{1,2})*")
"""The marks of footnotes after the number of an article: ``Article 82 3``."""
_PREAMBLE = re.compile(
    r"(?:P(?:reamble|REAMBLE)|Pr[ée]ambule|PR[ÉE]AMBULE|Pre[áa]mbulo|PRE[ÁA]MBULO"
    r"|П(?:реамбула|РЕАМБУЛА)|序\s?言|前\s?言|(?:ال)?ديباجة)(?P<gap>[.:：]?\s*)(?P<rest>.*)"
)
_CLOSING = re.compile(
    r"(?:in witness whereof\b|done (?:at|in)\b|en foi de quoi\b|fait à\b|en fe de lo cual\b"
    r"|en testimonio\b|hech[oa] en\b|в удостоверение чего\b|совершено в\b|为此，|下列签署|下列全权"
    r"|وإثباتا|إثباتا|حررت? في|interpretative notes?\b|explanatory notes?\b|notes interprétatives\b"
    r"|notas interpretativas\b|примечания о толковании\b|пояснительные примечания\b|解释性说明"
    r"|ملاحظات تفسيرية|مذكرات تفسيرية).*"
    r"|(?:annexe?|anexo|appendix|приложение|المرفق|附件)(?:\s+[\dIVX]{1,5})?\.?"
    r"|\d{1,3}(?:st|nd|rd|th|[ea]|ª|-е|\s?-?е)? (?:plenary meeting|séance plénière|sesión plenaria"
    r"|пленарное заседание)|第\s?\d+\s?次全体会议",
    re.IGNORECASE | re.DOTALL,
)
"""What stands after the articles: the testimonium, notes, annexes, the meeting."""
_AGREEMENT = re.compile(
    r"ha(?:ve|s) agreed as follows|sont convenue?s de ce qui suit|han? convenido|han acordado"
    r"|(?:согласились|договорились) о нижеследующем|(?:议定|协议|商定)如下|兹(?:议定|协议)"
    r"|(?:قد )?اتفقت على ما يلي",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.:;!?。：；！？؛؟…][\"'”’»)\]]*$")
_ITEM_END = re.compile(
    r"(?:[.:;。；：؛]|[,;،؛，；]\s?(?:and|or|et|ou|y|e|o|u|и|или|和|或|以及|و|أو))[\"'”’»)]*$"
)
_TAIL = 40
"""How many letters at the end of a text decide on how it ends."""
_LONGEST_TITLE = 200


def ends_sentence(text: str) -> bool:
    """Whether the words end with the sign of an end."""
    return _SENTENCE_END.search(text[-_TAIL:]) is not None


def ends_item(text: str) -> bool:
    """Whether the words end as a paragraph or an item of a list does: ``; and`` is such an end."""
    return _ITEM_END.search(text[-_TAIL:]) is not None


def closes_treaty(text: str) -> bool:
    """Whether the words stand after the last article: testimonium, notes, annex."""
    return _CLOSING.fullmatch(text) is not None


def is_agreement(text: str) -> bool:
    """Whether the words are the last of a preamble: ``Have agreed as follows:``."""
    return len(text) <= _LONGEST_TITLE and _AGREEMENT.search(text) is not None


def read_heading(text: str, *, marked: bool = False) -> Heading | None:
    """The heading that a paragraph is or begins with; None where it is none.

    Args:
        text: the words of the paragraph.
        marked: whether the format marks it as a heading, so that a title may follow the number
            without a point.
    """
    if match := _PREAMBLE.fullmatch(text):
        return _preamble(match["gap"], match["rest"])
    for level, form in _FORMS:
        if match := form.fullmatch(text):
            heading = Heading(level, match["numeral"], match["suffix"] or "")
            known = marked or text.startswith("第")
            return _with_rest(heading, match["gap"], match["rest"], marked=known)
    return None


def _preamble(gap: str, rest: str) -> Heading | None:
    if not rest:
        return Heading(Level.PREAMBLE)
    opens_text = gap.strip() == "" and gap != "" and len(rest) > _LONGEST_TITLE
    return Heading(Level.PREAMBLE, text=rest) if opens_text else None


def _with_rest(heading: Heading, gap: str, rest: str, *, marked: bool) -> Heading | None:
    """The heading with what follows its number, where that can follow a heading's number."""
    if not rest or _MARKS.fullmatch(rest):
        return heading
    if not gap:
        return None
    parted = marked or gap.strip() != "" or not heading.numeral.isascii()
    if parted and (read_mark(rest) or ends_sentence(rest)):
        return _replaced(heading, text=rest)
    if _is_title(rest, parted=parted):
        return _replaced(heading, title=rest)
    return None


def _replaced(heading: Heading, *, title: str = "", text: str = "") -> Heading:
    return Heading(heading.level, heading.numeral, heading.suffix, title, text)


def _is_title(rest: str, *, parted: bool) -> bool:
    if len(rest) > _LONGEST_TITLE or ends_sentence(rest):
        return False
    return parted or rest[0].isupper() or rest[0].isdigit()
