"""The format in which a command writes: asked for, or named by the ending of its file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from index.errors import BadInput

__all__ = ["check_binary", "chosen_format"]


def chosen_format(options: argparse.Namespace) -> str | None:
    """The format that is asked for, or that the ending of the file names; None for neither."""
    from assistant.exports import FORMATS

    if options.format or not options.output:
        return str(options.format) if options.format else None
    ending = Path(options.output).suffix.lower().removeprefix(".")
    name = "table" if ending == "txt" else ending
    if name not in FORMATS:
        raise BadInput(f"The ending of {options.output} names no format: give one with --format.")
    return name


def check_binary(options: argparse.Namespace) -> None:
    """Raises ``BadInput`` where a terminal would be sent what is no text."""
    from assistant.exports import format_named

    chosen = format_named(options.format or "table")
    if chosen.binary and not options.output and sys.stdout.isatty():
        raise BadInput(f"{chosen.name} is no text for a terminal: give a file with -o FILE.")
