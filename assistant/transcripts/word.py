"""A conversation as DOCX."""

from __future__ import annotations

import io
import re
from datetime import datetime, time
from typing import TYPE_CHECKING

from assistant.transcripts.transcript import Exchange, Source, Transcript, blocks_of

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

__all__ = ["write"]

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
"""Characters that no XML may hold."""


def write(transcript: Transcript) -> bytes:
    """The conversation as a DOCX file, with headings that Word's navigation knows."""
    from docx import Document

    words, document = transcript.words, Document()
    document.core_properties.title, document.core_properties.author = words.title, ""
    document.core_properties.created = datetime.combine(transcript.day, time())
    document.add_heading(words.title, 0)
    document.add_paragraph(f"{transcript.day}. ").add_run(transcript.notice).bold = True
    for number, exchange in enumerate(transcript.exchanges, start=1):
        document.add_heading(f"{words.question} {number}", 1)
        _add_exchange(document, exchange, words.sources)
    document.add_heading(words.about, 1)
    document.add_paragraph(f"{transcript.notice} {transcript.edition}")
    return _saved(document)


def _add_exchange(document: Document, exchange: Exchange, heading: str) -> None:
    document.add_paragraph(_allowed(exchange.question), style="Intense Quote")
    if exchange.kind:
        document.add_paragraph().add_run(exchange.kind).bold = True
    for is_item, words in blocks_of(exchange.text):
        document.add_paragraph(_allowed(words), style="List Bullet" if is_item else None)
    if exchange.sources:
        document.add_heading(heading, 2)
    for source in exchange.sources:
        _add_source(document.add_paragraph(style="List Bullet"), source)


def _add_source(paragraph: Paragraph, source: Source) -> None:
    paragraph.add_run(f"{source.citation}, {source.level}: ")
    _add_link(paragraph, source.address)


def _add_link(paragraph: Paragraph, address: str) -> None:
    """Add a link that Word opens; python-docx reads such links but does not make them."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, True))
    run = paragraph.add_run(address)
    run.underline = True
    link.append(run._r)
    paragraph._p.append(link)


def _allowed(text: str) -> str:
    return _FORBIDDEN.sub("", text)


def _saved(document: Document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
