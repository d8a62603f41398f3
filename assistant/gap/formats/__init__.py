"""A gap reading as files, one module a format; ``write`` makes each of them.

``table`` (plain text for a terminal), ``comma_separated`` (CSV), ``plain_json`` (JSON),
``spreadsheet`` (XLSX), ``word`` (DOCX).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import import_module

from assistant.exports import FORMATS as EXPORTS
from assistant.exports import Format
from assistant.gap.finding import GapReading
from assistant.obligations import Edition
from index.errors import BadInput

__all__ = ["FORMATS", "Report", "format_named", "write"]


@dataclass(frozen=True)
class Report:
    """What a file is made of: the reading, the text it was held against, the day it is made."""

    reading: GapReading
    edition: Edition
    day: date


FORMATS: Mapping[str, Format] = {
    name: form for name, form in EXPORTS.items() if name in ("table", "json", "csv", "xlsx", "docx")
}
"""Every format by its name; the modules have the names of those that write the register."""


def format_named(name: str) -> Format:
    """The format of that name; raises ``BadInput`` naming those there are."""
    if name not in FORMATS:
        raise BadInput(f"A gap reading has no format {name!r}: there are {', '.join(FORMATS)}.")
    return FORMATS[name]


def write(name: str, report: Report) -> bytes:
    """The file of that format; raises ``BadInput`` for an unknown one."""
    module = import_module(f"assistant.gap.formats.{format_named(name).module}")
    written: Callable[[Report], bytes] = module.write
    return written(report)
