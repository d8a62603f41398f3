"""What is kept on this machine, in words: the official text, another treaty."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.keeping import Official, Record

__all__ = ["kept_text", "kept_treaty"]


def kept_text(record: Record) -> str:
    """A line on a kept official text, and a line for each thing that its check told."""
    told = "".join(f"\n  {sentence}" for sentence in record.told)
    return (
        f"Kept the official text ({record.language}, {record.format}) of {record.final}, "
        f"fetched on {record.day}, sha256 {record.sha256}.{told}"
    )


def kept_treaty(treaty: Official) -> str:
    """A line on another treaty that is kept."""
    record, convention = treaty.record, treaty.convention
    return (
        f"Kept {record.title!r} ({record.language}, {record.format}, {len(convention.articles)} "
        f"articles) of {record.final}, read on {record.day}, sha256 {record.sha256}."
    )
