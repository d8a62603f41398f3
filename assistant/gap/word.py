"""Turns a Word document into paragraphs, with the numbers that Word only draws.

Word keeps the number of an automatic list apart from its words. They are counted here as Word does
when it draws them: by list, by level, in the form that the list has for it. A page is known where
Word noted, at the last save, where one began.
"""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from assistant.gap.bill import Paragraph
from index.errors import DamagedDocument, EmptyDocument, OversizedDocument, UnknownFormat
from index.layout.lines import MAX_CHARACTERS, tidy
from index.numerals import letter

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph as WordParagraph

__all__ = ["is_word", "word_paragraphs"]

MAX_EXPANDED = 100_000_000
"""Bytes that all parts of the file may have once they are expanded."""

_ROMANS = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def is_word(data: bytes) -> bool:
    """Whether the bytes are a ZIP file, as every ``.docx`` is."""
    return data.startswith(b"PK\x03\x04")


def word_paragraphs(data: bytes) -> tuple[Paragraph, ...]:
    """The paragraphs of a ``.docx``, tables included; raises a ``DocumentError``."""
    document = _opened(data)
    try:
        paragraphs = tuple(_paragraphs(document))
    except (KeyError, ValueError, AttributeError, TypeError) as error:
        raise _damaged() from error
    if not paragraphs:
        raise EmptyDocument("The Word document has no text: name the file of the bill.")
    if sum(len(paragraph.text) for paragraph in paragraphs) > MAX_CHARACTERS:
        raise _oversized()
    return paragraphs


def _opened(data: bytes) -> WordDocument:
    import docx
    from lxml.etree import LxmlError

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            names = set(parts.namelist())
            if sum(part.file_size for part in parts.infolist()) > MAX_EXPANDED:
                raise _oversized()
    except (zipfile.BadZipFile, ValueError, EOFError) as error:
        raise _damaged() from error
    if "word/document.xml" not in names:
        raise UnknownFormat(
            "The file is a ZIP archive or another Office file, not a Word document: name the "
            ".docx, PDF or text of the bill."
        )
    try:
        return docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, LxmlError, KeyError, ValueError, OSError, EOFError) as error:
        raise _damaged() from error
    except Exception as error:  # zlib and the package reader have kinds of their own
        raise _damaged() from error


def _damaged() -> DamagedDocument:
    return DamagedDocument(
        "The Word document is damaged: open it in Word, save it again, and name the new file."
    )


def _oversized() -> OversizedDocument:
    return OversizedDocument(
        "The Word document is too large when it is expanded: split it and name the part that "
        "holds the bill."
    )


def _paragraphs(document: WordDocument) -> Iterator[Paragraph]:
    numbers = _Numbers(document)
    page = 1
    paged = b"lastRenderedPageBreak" in document.element.xml.encode()
    for paragraph in _in_order(document):
        broken = _breaks_before(paragraph)
        page += broken
        words = _words(paragraph)
        text = tidy(f"{numbers.of(paragraph)} {words}")
        heading = (paragraph.style.name or "").startswith(("Heading", "Title"))  # type: ignore[union-attr]
        if tidy(words):
            yield Paragraph(text, page if paged else None, heading)
        page += len(paragraph.rendered_page_breaks) - broken


def _words(paragraph: WordParagraph) -> str:
    """The words of a paragraph as they stand once its tracked changes are accepted."""
    parts = _at(paragraph._p, "./descendant::*[self::w:t or self::w:tab or self::w:br]")
    return "".join(
        part.text or "" if part.tag.endswith("}t") else " "
        for part in parts
        if not _at(part, "boolean(ancestor::w:txbxContent or ancestor::w:del or parent::w:tabs)")
    )


def _in_order(document: WordDocument) -> Iterator[WordParagraph]:
    """The paragraphs of body and tables in the order of the text."""
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            cells = {id(cell._tc): cell for row in block.rows for cell in row.cells}
            for cell in cells.values():
                yield from cell.paragraphs
        else:
            yield block


def _breaks_before(paragraph: WordParagraph) -> int:
    """1 where a new page begins before the first word of the paragraph, else 0."""
    breaks = paragraph.rendered_page_breaks
    return int(bool(breaks) and breaks[0].preceding_paragraph_fragment is None)


class _Numbers:
    """Counts the automatic numbers of the paragraphs of a document."""

    def __init__(self, document: WordDocument) -> None:
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        try:
            root: Any = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        self._read(root)

    def _read(self, root: Any) -> None:
        for number in _at(root, "./w:num"):
            named = _at(number, "./w:abstractNumId/@w:val")
            self._abstract[_at(number, "string(./@w:numId)")] = str(named[0]) if named else ""
        for abstract in _at(root, "./w:abstractNum"):
            key = _at(abstract, "string(./@w:abstractNumId)")
            for level in _at(abstract, "./w:lvl"):
                depth = int(_at(level, "string(./@w:ilvl)"))
                start = _at(level, "string(./w:start/@w:val)")
                self._levels[key, depth] = (
                    _at(level, "string(./w:numFmt/@w:val)"),
                    _at(level, "string(./w:lvlText/@w:val)"),
                    int(start) if start else 1,
                )

    def of(self, paragraph: WordParagraph) -> str:
        """The number that Word draws before the paragraph; "" for none and for bullets."""
        place = _list_place(paragraph)
        if place is None:
            return ""
        key, depth = self._abstract.get(place[0], ""), place[1]
        form = self._levels.get((key, depth))
        if form is None or form[0] in ("bullet", "none", ""):
            return ""
        counts = self._counts[key]
        counts[depth] = counts.get(depth, form[2] - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        return self._drawn(key, form[1], counts)

    def _drawn(self, key: str, text: str, counts: dict[int, int]) -> str:
        for depth in range(9):
            if f"%{depth + 1}" in text:
                form = self._levels.get((key, depth), ("decimal", "", 1))
                text = text.replace(f"%{depth + 1}", _numeral(counts.get(depth, form[2]), form[0]))
        return text


def _at(element: Any, path: str) -> Any:
    """What XPath finds below an element of Word's own names."""
    from docx.oxml.ns import nsmap
    from lxml.etree import XPath

    return XPath(path, namespaces=nsmap)(element)


def _list_place(paragraph: WordParagraph) -> tuple[str, int] | None:
    """Id of the list and level of a paragraph, of its own or by its style."""
    for element in (paragraph._p, paragraph.style.element):  # type: ignore[union-attr]
        number = _at(element, "string(./w:pPr/w:numPr/w:numId/@w:val)")
        if number:
            level = _at(element, "string(./w:pPr/w:numPr/w:ilvl/@w:val)")
            return (str(number), int(level or 0)) if number != "0" else None
    return None


def _numeral(number: int, form: str) -> str:
    if form == "lowerLetter":
        return letter(number)
    if form == "upperLetter":
        return letter(number).upper()
    if form in ("lowerRoman", "upperRoman"):
        roman = _roman(number)
        return roman.upper() if form == "upperRoman" else roman
    return str(number)


def _roman(number: int) -> str:
    drawn = ""
    for value, sign in _ROMANS:
        count, number = divmod(number, value)
        drawn += sign * count
    return drawn
