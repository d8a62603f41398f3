"""``ask``: answers a question, or a file of questions."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from assistant.commands.command_line import Commands, add_command, say
from index.errors import BadBatch, BadInput

__all__ = ["add"]


def add(commands: Commands) -> None:
    """Declare the command and its options."""
    ask = add_command(
        commands,
        "ask",
        "Answers a question, or a file of questions.",
        'python app.py ask "How long must data be preserved?"\n'
        "  python app.py ask --batch questions.txt > answers.jsonl\n"
        '  python app.py ask --treaty "Budapest Convention" "What does article 29 say?"',
        _ask,
    )
    ask.add_argument("question", nargs="?", help="the question, in quotation marks")
    ask.add_argument("--json", action="store_true", help="the whole answer as JSON")
    ask.add_argument(
        "--batch", metavar="FILE", help="a question a line; one JSON answer a line, same order"
    )
    ask.add_argument(
        "--language",
        metavar="CODE",
        help="quote in en, fr, es, ru, zh or ar, where that text was fetched "
        "(default: that of the question, else en)",
    )
    ask.add_argument(
        "--treaty", metavar="TITLE", help="answer from another treaty, as it was named with 'build'"
    )


def _ask(options: argparse.Namespace) -> None:
    if (options.question is None) == (options.batch is None):
        raise BadInput("Give either a question or --batch FILE: see 'python app.py ask --help'.")
    if options.treaty is not None and options.language is not None:
        raise BadInput("--language goes with the Convention alone: leave it out with --treaty.")
    lines = list(_lines_of(options.batch)) if options.batch else []
    from index.languages import language_named

    language = language_named(options.language).code if options.language else None
    from assistant import Assistant

    ask = partial(Assistant.open(treaty=options.treaty, say=say).ask, language=language)
    if options.batch:
        for line in lines:
            print(json.dumps(ask(line).as_json(), ensure_ascii=False), flush=True)
    elif options.json:
        print(json.dumps(ask(options.question).as_json(), ensure_ascii=False, indent=2))
    else:
        from assistant.plain import as_plain_text

        print(as_plain_text(ask(options.question)))


def _lines_of(file: str) -> Iterator[str]:
    """The questions of a batch file ("-" for standard input); raises ``BadBatch``."""
    try:
        content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise BadBatch(f"The batch file {file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise BadBatch(
            f"The batch file {file} is not UTF-8 (line {line}): save it as UTF-8 and try again."
        ) from error
    if not text.strip():
        raise BadBatch(f"The batch file {file} holds no questions: write one on each line.")
    yield from text.splitlines()
