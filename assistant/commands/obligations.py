"""``obligations``: the register of obligations, filtered, counted, exported, read back."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.commands.command_line import Commands, add_command, say
from assistant.commands.formats import check_binary, chosen_format
from index.errors import BadInput

if TYPE_CHECKING:
    from assistant.assessment import Assessments
    from assistant.knowledge import Knowledge
    from assistant.obligations import Register
    from index.convention import Convention

__all__ = ["add"]


def add(commands: Commands) -> None:
    """Declare the command and its options."""
    obligations = add_command(
        commands,
        "obligations",
        "Shows the register of obligations: what each clause asks of whom, and how firmly. Reads "
        "back an exported file that was filled in by hand.",
        "python app.py obligations --level mandatory --chapter 2 --format xlsx -o chapter-2.xlsx\n"
        "  python app.py obligations --offence art-7 --words attempt\n"
        "  python app.py obligations --counts\n"
        "  python app.py obligations --assessment chapter-2.xlsx",
        _obligations,
    )
    _add_filters(obligations)
    obligations.add_argument(
        "--format", default=None, metavar="NAME", help="table, json, csv, xlsx, docx, akn"
    )
    obligations.add_argument("-o", "--output", metavar="FILE", help="write it to a file")
    obligations.add_argument("--force", action="store_true", help="replace a file that is there")
    obligations.add_argument(
        "--counts", action="store_true", help="how many rows each level has, by chapter"
    )
    obligations.add_argument(
        "--assessment",
        metavar="FILE",
        help="an export (xlsx, csv, json) filled in by hand: show its progress, or with --format "
        "write it out again",
    )
    obligations.add_argument(
        "--compare",
        action="store_true",
        help="hold the levels against the modal words of the official text that is kept here",
    )


def _add_filters(obligations: argparse.ArgumentParser) -> None:
    for name, what in (
        ("level", "mandatory, 'obligation to consider', optional, reservation, ..."),
        ("chapter", "a chapter, 1 to 9 or I to IX"),
        ("actor", "State, requested, institution, 'Secretary-General', ..."),
        ("measure", "criminalise, power, 'designate or notify', ..."),
        ("offence", "what is about an offence, as in art-7"),
        ("words", "words that all have to occur"),
    ):
        obligations.add_argument(f"--{name}", metavar=name.upper(), help=what)


def _obligations(options: argparse.Namespace) -> None:
    from assistant.knowledge import read_knowledge
    from assistant.obligations import Filters, read_register
    from assistant.settings import read_settings

    given = {name: getattr(options, name) for name in Filters.__slots__}
    _check_register_options(options, any(given.values()))
    knowledge = read_knowledge(read_settings().data, say=say)
    register = read_register(knowledge)
    rows = register.filtered(Filters(**given))
    if options.compare:
        _compare(rows, knowledge)
    elif options.counts:
        from assistant.exports.table import counts_table

        print(counts_table(rows))
    else:
        _export(options, register, rows, knowledge.convention)


def _check_register_options(options: argparse.Namespace, filtered: bool) -> None:
    """Refuse what does not go together, before anything is read."""
    from assistant.exports import format_named

    options.format = chosen_format(options)
    chosen = format_named(options.format or "table")
    if (options.counts or options.compare) and (
        options.format or options.output or options.assessment
    ):
        raise BadInput("--counts and --compare go with filters alone.")
    if chosen.whole and (filtered or options.assessment):
        raise BadInput("akn is the text of the whole Convention: leave filters out.")
    check_binary(options)


def _export(
    options: argparse.Namespace, register: Register, rows: Register, convention: Convention
) -> None:
    from datetime import date

    from assistant.assessment import Assessments
    from assistant.exports import Content, export
    from assistant.saving import save

    assessments = Assessments()
    if options.assessment:
        from assistant.assessment_files import open_assessments
        from assistant.exports.table import progress_table

        assessments = open_assessments(options.assessment, register, say=say)
        if not options.format:
            print(progress_table(rows, assessments))
            return
    content = Content(rows, assessments, convention, date.today())
    written = export(options.format or "table", content)
    if options.output:
        save(Path(options.output), written, replace=options.force)
        print(f"Wrote {options.output}{_left_out(rows, assessments)}.")
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(written)


def _left_out(rows: Register, assessments: Assessments) -> str:
    left = len(assessments.by_id.keys() - rows.by_id.keys())
    return f", without {left} assessments of rows that the filters leave out" if left else ""


def _compare(rows: Register, knowledge: Knowledge) -> None:
    from assistant.modal_words import differences

    if not knowledge.official_words:
        raise BadInput(
            "No official text in English is kept here to compare with: 'python app.py fetch' "
            "brings it."
        )
    found = differences(rows.rows, knowledge.official_words)
    for difference in found:
        print(difference)
    print(f"{len(found)} of {len(rows.rows)} levels lack the words of the official text.")
