"""Without a command: serves the page."""

from __future__ import annotations

import argparse

from assistant.commands.command_line import Parser, describe, say

__all__ = ["add"]


def add(parser: Parser) -> None:
    """Declare what the program does without a command, and its options."""
    describe(
        parser,
        "Answers questions on the United Nations Convention against Cybercrime. Without a command "
        "it serves the page.",
        "python app.py --port 8000",
        _serve,
    )
    parser.add_argument("--host", help="address to serve on (CONVENTION_HOST)")
    parser.add_argument("--port", type=int, help="port to serve on (CONVENTION_PORT)")
    parser.add_argument("--open", action="store_true", help="open the page in a browser")


def _serve(options: argparse.Namespace) -> None:
    from assistant.settings import read_settings

    settings = read_settings(host=options.host, port=options.port)
    from assistant.web import check_port, serve

    check_port(settings)
    from assistant import Assistant

    serve(Assistant.open(settings, say=say), settings, open_browser=options.open, say=say)
