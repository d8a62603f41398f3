"""Turns an HTML page into lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from index.errors import DamagedDocument, OversizedDocument
from index.layout.lines import MAX_CHARACTERS, Line, Page, raised, tidy
from index.layout.plain_text import decoded
from index.numerals import letter, roman

__all__ = ["web_pages"]

_SKIPPED = frozenset(
    "aside button footer head header iframe nav noscript object script select style svg template "
    "textarea title".split()
)
_BLOCKS = frozenset(
    "address article blockquote body caption center dd div dl dt fieldset figcaption figure form "
    "h1 h2 h3 h4 h5 h6 hr html li main ol p pre section table tbody td tfoot th thead tr ul".split()
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([a-zA-Z0-9_-]+)", re.I)
_NUMBER = re.compile(r"\d{1,4}")
_RAISED = re.compile(r"[\s\[(]*\d{1,3}[\s\])]*")


def web_pages(data: bytes) -> tuple[Page, ...]:
    """The lines of an HTML page as one page, with a blank line between its blocks.

    Navigation, scripts, forms and hidden parts are left out, and so are blocks that consist of
    links alone and are no headings (menus, tables of contents).
    """
    text = _text_of(data).encode("utf-8", "replace")
    blocks = _Blocks()
    parser = etree.HTMLParser(target=blocks, encoding="utf-8", no_network=True)
    try:
        etree.fromstring(text, parser)
    except etree.LxmlError as error:
        raise DamagedDocument("The page is damaged or cut short; fetch it again.") from error
    return (tuple(blocks.lines),)


def _text_of(data: bytes) -> str:
    declared = _CHARSET.search(data[:4096])
    if declared:
        try:
            return data.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return decoded(data)


@dataclass
class _List:
    """An ordered or unordered list that is open."""

    kind: str
    next: int = 1

    def mark(self) -> str:
        """The mark of its next item, which a browser shows and the words do not hold."""
        number, self.next = self.next, self.next + 1
        match self.kind:
            case "a" | "A":
                return f"({letter(number)}) "
            case "i" | "I":
                return f"({roman(number)}) "
            case "":
                return ""
            case _:
                return f"{number}. "


@dataclass
class _Block:
    """The block whose words are being read."""

    heading: bool = False
    mark: str = ""
    words: list[str] = field(default_factory=list)
    unlinked: int = 0
    """How many of its letters stand outside links."""

    def lines(self) -> list[Line]:
        """Its lines, with a blank line after them; none where it has no words of its own."""
        texts = [tidy(text) for text in "".join((self.mark, *self.words)).split("\n")]
        if not (self.heading or self.unlinked):
            return []
        return [Line(text, heading=self.heading and text != "") for text in (*texts, "")]


class _Blocks:
    """Gathers the lines of the blocks of a page, as the parser comes to them."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._block = _Block()
        self._skipped = 0
        """How many elements are open inside one that is left out, with it."""
        self._lists: list[_List] = []
        self._links = 0
        self._raised = 0
        self._preformatted = 0
        self._kept = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element."""
        if self._skipped or _is_left_out(tag, attributes):
            self._skipped += 1
        elif tag in _BLOCKS:
            self._open_block(tag, attributes)
        elif tag == "br":
            self._block.words.append("\n")
        else:
            self._links += tag == "a"
            self._raised += tag == "sup"

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if self._skipped:
            self._skipped -= 1
        elif tag in _BLOCKS:
            self._close_block(tag)
        else:
            self._links -= tag == "a"
            self._raised -= tag == "sup"

    def data(self, data: str) -> None:
        """Take words."""
        if self._skipped:
            return
        self._kept += len(data)
        if self._kept > MAX_CHARACTERS:
            raise OversizedDocument(
                f"The page has more than {MAX_CHARACTERS:,} characters of text, which no treaty "
                "has; name the page of the treaty alone."
            )
        words = self._words_of(data)
        self._block.words.append(words)
        if not self._links:
            self._block.unlinked += len(words.strip())

    def close(self) -> None:
        """Take the end of the page."""
        self._end_block()

    def _words_of(self, data: str) -> str:
        if self._raised and _RAISED.fullmatch(data):
            return raised(data.strip("[]() \n\t"))
        return data if self._preformatted else re.sub(r"\s+", " ", data)

    def _open_block(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._end_block()
        self._preformatted += tag == "pre"
        self._block.heading = tag in _HEADINGS or attributes.get("role") == "heading"
        if tag in ("ol", "ul"):
            start = attributes.get("start", "")
            kind = attributes.get("type", "1") if tag == "ol" else ""
            self._lists.append(_List(kind, int(start) if _NUMBER.fullmatch(start) else 1))
        elif tag == "li" and self._lists:
            value = attributes.get("value", "")
            if _NUMBER.fullmatch(value):
                self._lists[-1].next = int(value)
            self._block.mark += self._lists[-1].mark()

    def _close_block(self, tag: str) -> None:
        self._end_block()
        self._preformatted -= tag == "pre"
        if tag == "li":
            self._block.mark = ""
        elif tag in ("ol", "ul") and self._lists:
            self._lists.pop()

    def _end_block(self) -> None:
        """Keep the lines of the block that ends here."""
        block, self._block = self._block, _Block()
        if "".join(block.words).strip():
            self.lines += block.lines()
        else:
            self._block.mark = block.mark


def _is_left_out(tag: str, attributes: Mapping[str, str]) -> bool:
    hidden = "hidden" in attributes or attributes.get("aria-hidden") == "true"
    style = attributes.get("style", "").replace(" ", "").lower()
    return tag in _SKIPPED or hidden or "display:none" in style
