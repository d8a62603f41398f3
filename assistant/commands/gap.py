"""``gap``: reads a bill for what the Convention asks."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.commands.command_line import Commands, add_command, say
from assistant.commands.formats import check_binary, chosen_format
from index.errors import BadInput

if TYPE_CHECKING:
    from assistant.gap import GapReading
    from assistant.obligations import Register

__all__ = ["add"]


def add(commands: Commands) -> None:
    """Declare the command and its options."""
    gap = add_command(
        commands,
        "gap",
        "Reads a bill or law, and lists for each obligation the text that appears to address it.",
        "python app.py gap bill.pdf --chapter 2\n"
        "  python app.py gap bill.docx -o gaps.xlsx\n"
        "  python app.py gap --measure tests/bills   (model bills with known coverage)",
        _gap,
    )
    gap.add_argument("file", nargs="?", help="the bill: PDF, .docx, web page, text or Markdown")
    gap.add_argument(
        "--chapter", type=int, metavar="NUMBER", help="look for one chapter alone (1 to 7)"
    )
    gap.add_argument(
        "--format",
        choices=["table", "csv", "json", "xlsx", "docx"],
        help="default: what the ending of the output file names, or table",
    )
    gap.add_argument("-o", "--output", metavar="FILE", type=Path, help="write there, not to screen")
    gap.add_argument("--force", action="store_true", help="replace a file that is there")
    gap.add_argument(
        "--measure", metavar="FOLDER", type=Path, help="precision and recall on model bills"
    )


def _gap(options: argparse.Namespace) -> None:
    if (options.file is None) == (options.measure is None):
        raise BadInput("Give either a file or --measure FOLDER: see 'python app.py gap --help'.")
    options.format = chosen_format(options) or "table"
    check_binary(options)
    from assistant.gap import format_named

    format_named(options.format)
    if options.measure:
        _measure(options)
    else:
        _read(options)


def _measure(options: argparse.Namespace) -> None:
    from assistant.gap import duties_of, kept_duty_vectors, measure, read_cases
    from assistant.knowledge import read_knowledge
    from assistant.obligations import read_register
    from assistant.settings import read_settings
    from index.encoder import load_encoder

    knowledge, settings = read_knowledge(), read_settings()
    duties = duties_of(read_register(knowledge), knowledge, options.chapter)
    cases = read_cases(options.measure)
    encoder = load_encoder(settings.encoder)
    measure(cases, duties, encoder, kept_duty_vectors(settings.data, duties, encoder), print)


def _read(options: argparse.Namespace) -> None:
    from assistant.gap import duties_of, find, kept_duty_vectors, open_bill
    from assistant.knowledge import read_knowledge
    from assistant.obligations import read_register
    from assistant.saving import check_place
    from assistant.settings import read_settings
    from index.encoder import load_encoder

    knowledge, settings = read_knowledge(), read_settings()
    register = read_register(knowledge)
    duties, every = (duties_of(register, knowledge, one) for one in (options.chapter, None))
    bill = open_bill(options.file)
    if options.output is not None:
        check_place(options.output, replace=options.force)
    encoder = load_encoder(settings.encoder)
    vectors = kept_duty_vectors(settings.data, every, encoder)
    with _progress(f"Reading {bill.name}") as progress:
        reading = find(bill, duties, encoder, among=every, vectors=vectors, progress=progress)
    _put_out(reading, register, options)


def _put_out(reading: GapReading, register: Register, options: argparse.Namespace) -> None:
    from datetime import date

    from assistant.gap import Report, write
    from assistant.saving import save

    written = write(options.format, Report(reading, register.edition, date.today()))
    if options.output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(written)
        return
    save(options.output, written, replace=options.force)
    say(f"Written to {options.output}.")


@contextmanager
def _progress(what: str) -> Iterator[Callable[[float], None]]:
    """A bar on stderr, where that is a terminal, for the part that is done."""
    from tqdm import tqdm

    with tqdm(total=100, desc=what, unit="%", file=sys.stderr, disable=None, leave=False) as bar:

        def progress(done: float) -> None:
            bar.update(int(100 * done) - bar.n)

        yield progress
