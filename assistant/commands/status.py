"""``status``: who has signed, and when the Convention enters into force."""

from __future__ import annotations

import argparse

from assistant.commands.command_line import Commands, add_command, say
from index.errors import ConventionError

__all__ = ["add"]


def add(commands: Commands) -> None:
    """Declare the command and its options."""
    status = add_command(
        commands,
        "status",
        "Shows when the Convention enters into force, and who has signed or is bound.",
        "python app.py status\n  python app.py status --from XVIII-16.en.xml",
        _status,
    )
    status.add_argument(
        "--from", dest="source", metavar="FILE-OR-URL", help="a copy of the status XML"
    )
    status.add_argument(
        "--offline", action="store_true", help="show what is kept, and fetch nothing"
    )


def _status(options: argparse.Namespace) -> None:
    from assistant.settings import read_settings
    from assistant.standing import standing
    from index.status import read_status
    from index.treaty_status import fetch_status, open_status, status_source

    data = read_settings().data
    kept = None
    if options.source:
        kept = fetch_status(data, status_source(options.source), say=say)
    elif not options.offline:
        try:
            kept = fetch_status(data, say=say)
        except ConventionError as error:
            say(str(error))
    print(standing(read_status(), kept or open_status(data, say=say)))
