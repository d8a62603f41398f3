"""``feedback``: what people thought of answers, and what they asked in vain."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.commands.command_line import Commands, Parser, add_command, describe, say

if TYPE_CHECKING:
    from assistant.records.gaps import Gap
    from assistant.records.reading import Kept

__all__ = ["add"]


def add(commands: Commands) -> None:
    """Declare the command and its parts."""
    parser = add_command(
        commands,
        "feedback",
        "Exports feedback and questions that were kept, and groups those that got no answer.",
        "python app.py feedback gaps",
        _summary,
    )
    parts = parser.add_subparsers(title="parts", metavar="", parser_class=Parser)
    exported = parts.add_parser("export", help="all that is kept, as CSV or JSON")
    describe(
        exported,
        "Writes all feedback, and the questions where CONVENTION_KEEP_QUESTIONS is 'yes'.",
        "python app.py feedback export --format csv -o feedback.csv",
        _export,
    )
    exported.add_argument("--format", choices=("csv", "json"), default="csv", help="default: csv")
    exported.add_argument("-o", "--output", help="file to write (default: the terminal)")
    exported.add_argument("--force", action="store_true", help="replace a file that is there")
    gaps = parts.add_parser("gaps", help="unanswered questions, grouped")
    describe(
        gaps,
        "Groups the questions that got no answer by their meaning, the largest groups first.",
        "python app.py feedback gaps --most 10",
        _gaps,
    )
    gaps.add_argument("--most", type=int, default=20, help="groups to show (default: 20)")


def _summary(options: argparse.Namespace) -> None:
    kept = _read()
    counts = {thumb: sum(one.thumb == thumb for one in kept) for thumb in ("up", "down")}
    asked = len({(one.at, one.answer) for one in kept if one.question})
    print(f"{counts['up']} thumbs up, {counts['down']} thumbs down, {asked} questions kept.")


def _export(options: argparse.Namespace) -> None:
    from assistant.records.reading import written
    from assistant.saving import save

    content = written(_read(), options.format)
    if options.output:
        save(Path(options.output), content, replace=options.force)
        say(f"Wrote {options.output}.")
    else:
        sys.stdout.write(content.decode("utf-8-sig"))


def _gaps(options: argparse.Namespace) -> None:
    from assistant.records.gaps import find_gaps
    from assistant.settings import read_settings
    from index.encoder import load_encoder

    kept = _read()
    gaps = find_gaps(kept, load_encoder(read_settings().encoder)) if kept else []
    if not gaps:
        say("No unanswered question is kept: see CONVENTION_KEEP_QUESTIONS.")
    for gap in gaps[: options.most]:
        print(_told(gap))


def _told(gap: Gap) -> str:
    outcomes = ", ".join(f"{name} {count}" for name, count in gap.outcomes.items())
    examples = "".join(f"\n    {' '.join(example.split())}" for example in gap.examples)
    return f"{gap.count} ({outcomes}){examples}"


def _read() -> list[Kept]:
    from assistant.records.database import open_database
    from assistant.records.reading import read_kept
    from assistant.settings import read_settings

    return read_kept(open_database(read_settings()))
