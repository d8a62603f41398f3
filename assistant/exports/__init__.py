"""The register as files, one module a format; ``export`` makes each of them.

``spreadsheet`` (XLSX), ``comma_separated`` (CSV), ``word`` (DOCX), ``plain_json`` (JSON, with a
published JSON Schema beside it), ``akoma_ntoso`` (the text of the whole Convention), ``table``
(plain text for a terminal).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import import_module

from assistant.assessment import Assessments
from assistant.obligations import Register
from index.convention import Convention
from index.errors import BadInput

__all__ = ["FORMATS", "Content", "Format", "export", "format_named"]


@dataclass(frozen=True)
class Content:
    """What an export is made of: rows, their assessments, the Convention, the day it is made."""

    register: Register
    assessments: Assessments
    convention: Convention
    day: date


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, the module that writes it, its media type, and whether it is binary.

    ``whole`` marks one that has the whole Convention and takes no filter.
    """

    name: str
    module: str
    media_type: str
    binary: bool = False
    whole: bool = False


FORMATS: Mapping[str, Format] = {
    entry.name: entry
    for entry in (
        Format("table", "table", "text/plain; charset=utf-8"),
        Format("json", "plain_json", "application/json"),
        Format("csv", "comma_separated", "text/csv; charset=utf-8"),
        Format(
            "xlsx",
            "spreadsheet",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            binary=True,
        ),
        Format(
            "docx",
            "word",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            binary=True,
        ),
        Format("akn", "akoma_ntoso", "application/akn+xml", whole=True),
    )
}
"""Every format by its name."""


def format_named(name: str) -> Format:
    """The format of that name; raises ``BadInput`` naming those there are."""
    try:
        return FORMATS[name.strip().lower()]
    except KeyError:
        raise BadInput(f"There is no format {name!r}: there are {', '.join(FORMATS)}.") from None


def export(name: str, content: Content) -> bytes:
    """The file of that format; raises ``BadInput`` for an unknown one."""
    module = import_module(f"assistant.exports.{format_named(name).module}")
    write: Callable[[Content], bytes] = module.write
    return write(content)
