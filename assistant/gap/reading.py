"""Reads a bill or law out of a file: bytes ──▶ paragraphs ──▶ numbered provisions."""

from __future__ import annotations

import hashlib
from pathlib import Path

from assistant.gap.bill import Bill
from assistant.gap.paragraphs import read_paragraphs
from assistant.gap.structure import read_structure
from index.errors import BadSource, NoSections, OversizedDocument

__all__ = ["MAX_SECTIONS", "open_bill", "read_bill"]

MAX_BYTES = 40_000_000
MAX_SECTIONS = 6_000
"""A bill of 300 pages has about 3,000 numbered provisions."""


def open_bill(file: str) -> Bill:
    """The bill in a file.

    Raises ``BadSource`` where the file cannot be read, and what ``read_bill`` raises.
    """
    try:
        if Path(file).stat().st_size > MAX_BYTES:
            raise BadSource(
                f"The file {file} is larger than {MAX_BYTES // 1_000_000} MB: name a smaller copy."
            )
        data = Path(file).read_bytes()
    except OSError as error:
        raise BadSource(f"The file {file} cannot be read ({error.strerror}).") from error
    return read_bill(data, name=Path(file).name)


def read_bill(data: bytes, *, name: str) -> Bill:
    """The bill that a document sets out.

    Raises:
        DocumentError: the document cannot be turned into paragraphs, or is too large.
        NoSections: nothing in it is numbered as a provision.
    """
    document = read_paragraphs(data)
    layout = read_structure(document.paragraphs)
    if not layout.sections:
        raise NoSections(
            f"{name} has no numbered sections or articles: name the file of the bill itself."
        )
    if len(layout.sections) > MAX_SECTIONS:
        raise OversizedDocument(
            f"{name} has {len(layout.sections):,} numbered provisions, more than the "
            f"{MAX_SECTIONS:,} that are read: split it and name the part that holds the bill."
        )
    return Bill(
        name=name,
        format=document.format,
        sha256=hashlib.sha256(data).hexdigest(),
        text=layout.text,
        sections=layout.sections,
        pages=document.pages,
    )
