"""What all commands share: how options are declared, how errors end, where people are told."""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Callable
from enum import IntEnum
from typing import NoReturn, TypeAlias

from index.errors import BadInput, ConventionError

__all__ = ["Command", "Commands", "ExitStatus", "Parser", "add_command", "describe", "run", "say"]

_FULL = "There is no space left to write to: free some or write elsewhere, and try again."

Command: TypeAlias = Callable[[argparse.Namespace], None]
"""Runs a command with the options that were given."""

Commands: TypeAlias = "argparse._SubParsersAction[Parser]"
"""Where a command adds its parser."""


class ExitStatus(IntEnum):
    """How a command ended; all but the first come with one sentence on stderr."""

    DONE = 0
    FAILED = 1
    WRONG_USE = 2


class Parser(argparse.ArgumentParser):
    """Reports wrong use in one sentence."""

    def error(self, message: str) -> NoReturn:
        """Print the sentence and end with the status of wrong use."""
        self.exit(
            ExitStatus.WRONG_USE,
            f"{message[:1].upper()}{message[1:]}: see '{self.prog} --help'.\n",
        )


def describe(parser: Parser, description: str, example: str, command: Command) -> None:
    """Give ``parser`` its help, with an example at the end, and the command that it is for."""
    parser.description = description
    parser.epilog = f"example:\n  {example}"
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.allow_abbrev = False
    parser.set_defaults(command=command)


def add_command(
    commands: Commands, name: str, description: str, example: str, command: Command
) -> Parser:
    """Declare ``command`` under ``name``; returns the parser that takes its options."""
    parser = commands.add_parser(name, help=description)
    describe(parser, description, example, command)
    return parser


def run(options: argparse.Namespace) -> ExitStatus:
    """Run the command that ``options`` ask for, and tell in one sentence why it failed."""
    command: Command = options.command
    try:
        command(options)
        sys.stdout.flush()
    except BadInput as error:
        return _ended(error, ExitStatus.WRONG_USE)
    except ConventionError as error:
        return _ended(error, ExitStatus.FAILED)
    except KeyboardInterrupt:
        return _ended("Stopped.", ExitStatus.FAILED)
    except BrokenPipeError:  # the reader of our output has gone; nothing is left to say
        _say_no_more()
        return ExitStatus.FAILED
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        _say_no_more()
        return _ended(_FULL, ExitStatus.FAILED)
    return ExitStatus.DONE


def _say_no_more() -> None:
    """Let what is left of the output go nowhere, so that Python does not fail on it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _ended(why: object, status: ExitStatus) -> ExitStatus:
    say(why)
    return status


def say(message: object) -> None:
    """Tell a person something beside the output: a line on stderr."""
    print(message, file=sys.stderr, flush=True)
