"""``fetch``: brings the official text to this machine."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from assistant.commands.command_line import Commands, add_command, say
from assistant.commands.kept import kept_text
from index.errors import FetchError

if TYPE_CHECKING:
    from index.convention import Convention

__all__ = ["add"]


def add(commands: Commands) -> None:
    """Declare the command and its options."""
    fetch = add_command(
        commands,
        "fetch",
        "Fetches the official text, checks that it is whole, and keeps it to be quoted.",
        "python app.py fetch --language fr\n"
        "  python app.py fetch --from A_RES_79_243-EN.pdf --report",
        _fetch,
    )
    fetch.add_argument(
        "--language", default="en", metavar="CODE", help="en, fr, es, ru, zh or ar (default: en)"
    )
    fetch.add_argument(
        "--from", dest="source", metavar="FILE-OR-URL", help="a copy: page, PDF or plain text"
    )
    fetch.add_argument(
        "--report", action="store_true", help="set its structure beside that of the digest"
    )
    fetch.add_argument(
        "--once",
        action="store_true",
        help="one quick try where none was made before; never a failure",
    )


def _fetch(options: argparse.Namespace) -> None:
    from assistant.settings import read_settings
    from index.digest import read_digest
    from index.keeping import open_official
    from index.official import fetch_official, fetch_once, sources_of

    data, language = read_settings().data, options.language
    sources = sources_of(language, options.source)
    digest = read_digest()
    if options.once:
        fetch_once(data, digest, language=language, sources=sources, say=say)
        return

    def show(theirs: Convention) -> None:
        if options.report:
            _report(theirs, digest)

    try:
        official = fetch_official(
            data, digest, sources, language=language, say=say,
            show=lambda examined: show(examined.convention),
        )  # fmt: skip
    except FetchError:
        kept = open_official(data, language, say=say)
        if kept is not None:
            show(kept.convention)
        raise
    print(kept_text(official.record))


def _report(theirs: Convention, digest: Convention) -> None:
    from index.check import check
    from index.side_by_side import as_lines, side_by_side

    for line in as_lines(side_by_side(theirs, digest), check(theirs, digest)):
        print(line)
