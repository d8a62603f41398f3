"""``keys``: makes, lists and revokes the keys of programs and widgets."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from assistant.commands.command_line import Commands, Parser, add_command, describe, say

if TYPE_CHECKING:
    from assistant.records.keys import Key, KeyStore

__all__ = ["add"]


def add(commands: Commands) -> None:
    """Declare the command and its parts."""
    parser = add_command(
        commands,
        "keys",
        "Makes, lists and revokes keys; they are asked for where CONVENTION_KEYS is 'required'.",
        "python app.py keys create helpdesk --limit 60/minute",
        _list,
    )
    parts = parser.add_subparsers(title="parts", metavar="", parser_class=Parser)
    create = parts.add_parser("create", help="make a key; it is shown once")
    describe(
        create,
        "Makes a key and shows it once: only its hash is kept.",
        "python app.py keys create widget --publishable --site https://www.example.org",
        _create,
    )
    create.add_argument("name", help="what to call it by")
    create.add_argument(
        "--publishable", action="store_true", help="may stand in pages of the sites that are named"
    )
    create.add_argument("--site", action="append", default=[], help="a site, by its origin")
    create.add_argument("--limit", default="", help="how often it may ask, as 60/minute")
    listed = parts.add_parser("list", help="every key with its last use")
    describe(listed, "Lists the keys.", "python app.py keys list", _list)
    revoke = parts.add_parser("revoke", help="let a key in no more")
    describe(revoke, "Revokes a key, within seconds.", "python app.py keys revoke widget", _revoke)
    revoke.add_argument("name", help="the key")


def _create(options: argparse.Namespace) -> None:
    from assistant.settings import read_rate
    from index.errors import BadInput

    if options.publishable != bool(options.site):
        raise BadInput("A publishable key needs --site, and --site makes one: give both or none.")
    rate = read_rate(options.limit) if options.limit else ""
    secret = _store().create(options.name, sites=" ".join(options.site), rate=rate)
    print(secret)
    say(f"This is the key {options.name!r}: keep it, for it is not shown again.")


def _list(options: argparse.Namespace) -> None:
    for key in _store().all():
        print(_line(key))


def _line(key: Key) -> str:
    kind = f"publishable on {key.sites}" if key.publishable else "secret"
    used = f"last used on {key.used}" if key.used else "never used"
    limit = f", {key.rate}" if key.rate else ""
    return f"{key.name}: {kind}{limit}, made on {key.made}, {used}"


def _revoke(options: argparse.Namespace) -> None:
    _store().revoke(options.name)
    say(f"The key {options.name!r} is revoked.")


def _store() -> KeyStore:
    from assistant.records.database import open_database
    from assistant.records.keys import KeyStore
    from assistant.settings import read_settings

    return KeyStore(open_database(read_settings()))
