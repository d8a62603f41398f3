"""``gap``: reads a bill for what the Convention asks."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.commands.command_line import Commands, add_command, say
from index.errors import BadInput

__all__ = ["add"]


def add(commands: Commands) -> None:
    """Declare the command and its options."""
    gap = add_command(
        commands,
        "gap",
        "Reads a bill or law, and lists for each obligation the text that appears to address it.",
        "python app.py gap bill.pdf --chapter 2\n"
        "  python app.py gap bill.docx --format csv -o gaps.csv\n"
        "  python app.py gap --measure tests/bills   (model bills with known coverage)",
        _gap,
    )
    gap.add_argument("file", nargs="?", help="the bill: PDF, .docx, web page, text or Markdown")
    gap.add_argument(
        "--chapter", type=int, metavar="NUMBER", help="look for one chapter alone (1 to 7)"
    )
    gap.add_argument(
        "--format", choices=["table", "csv", "json"], default="table", help="default: table"
    )
    gap.add_argument("-o", "--output", metavar="FILE", type=Path, help="write there, not to screen")
    gap.add_argument(
        "--measure", metavar="FOLDER", type=Path, help="precision and recall on model bills"
    )


def _gap(options: argparse.Namespace) -> None:
    if (options.file is None) == (options.measure is None):
        raise BadInput("Give either a file or --measure FOLDER: see 'python app.py gap --help'.")
    from assistant.gap import (
        FORMATS,
        duties_of,
        find,
        kept_duty_vectors,
        measure,
        open_bill,
        read_cases,
    )
    from assistant.knowledge import read_knowledge
    from assistant.settings import read_settings
    from index.encoder import load_encoder

    knowledge = read_knowledge()
    duties = duties_of(knowledge, options.chapter)
    cases = read_cases(options.measure) if options.measure else ()
    bill = open_bill(options.file) if options.file else None
    if options.output is not None:
        _check_output(options.output)
    settings = read_settings()
    encoder = load_encoder(settings.encoder)
    if bill is None:
        measure(cases, duties, encoder, kept_duty_vectors(settings.data, duties, encoder), print)
        return
    among = duties_of(knowledge)
    vectors = kept_duty_vectors(settings.data, among, encoder)
    with _progress(f"Reading {bill.name}") as progress:
        reading = find(bill, duties, encoder, among=among, vectors=vectors, progress=progress)
    _put_out(FORMATS[options.format](reading), options.output, marked=options.format == "csv")


@contextmanager
def _progress(what: str) -> Iterator[Callable[[float], None]]:
    """A bar on stderr, where that is a terminal, for the part that is done."""
    from tqdm import tqdm

    with tqdm(total=100, desc=what, unit="%", file=sys.stderr, disable=None, leave=False) as bar:

        def progress(done: float) -> None:
            bar.update(int(100 * done) - bar.n)

        yield progress


def _check_output(file: Path) -> None:
    """Raises ``BadInput`` where no file can be written, before the long work."""
    if file.is_dir() or not os.access(file.parent, os.W_OK):
        raise BadInput(f"{file} cannot be written: name a file in a folder that you may write to.")


def _put_out(text: str, file: Path | None, *, marked: bool) -> None:
    """Print ``text`` or replace ``file`` by it; ``marked`` begins it with a byte order mark."""
    if file is None:
        print(text)
        return
    from assistant.saving import save

    save(file, text.encode("utf-8-sig" if marked else "utf-8"), replace=True)
    say(f"Written to {file}.")
