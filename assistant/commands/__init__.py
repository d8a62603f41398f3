"""The command line: a module for each command, which declares its options and runs it.

A new command is a module with ``add(commands)``, named in ``_COMMANDS`` in the order of the help.
Modules import what a command needs when it runs, so that the help comes at once.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.commands import (
    agents,
    asking,
    building,
    evaluating,
    feedback,
    fetching,
    gap,
    keys,
    obligations,
    serving,
    settings,
    status,
    switching,
)
from assistant.commands.command_line import Parser, run

__all__ = ["main"]

_COMMANDS = (
    asking,
    building,
    fetching,
    status,
    evaluating,
    obligations,
    gap,
    agents,
    settings,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command of ``arguments`` (default: those of the process); returns the exit status.

    Raises ``SystemExit`` for ``--help`` and for arguments that no command takes.
    """
    return run(_parser().parse_args(arguments))


def _parser() -> Parser:
    parser = Parser(prog="python app.py")
    serving.add(parser)
    commands = parser.add_subparsers(title="commands", metavar="", parser_class=Parser)
    for command in (
        asking,
        building,
        fetching,
        status,
        evaluating,
        obligations,
        gap,
        agents,
        keys,
        feedback,
        switching,
        settings,
    ):
        command.add(commands)
    return parser
