"""``settings``: the settings in force, and what is kept on this machine."""

from __future__ import annotations

import argparse

from assistant.commands.command_line import Commands, add_command, say
from assistant.commands.kept import kept_text, kept_treaty

__all__ = ["add"]


def add(commands: Commands) -> None:
    """Declare the command."""
    add_command(
        commands,
        "settings",
        "Shows the settings in force, and where each can be changed.",
        "CONVENTION_PORT=8000 python app.py settings",
        _settings,
    )


def _settings(options: argparse.Namespace) -> None:
    from assistant.settings import described, read_settings
    from index.keeping import open_officials
    from index.treaties import open_treaties

    settings = read_settings()
    print(described(settings))
    for official in open_officials(settings.data, say=say).values():
        print(kept_text(official.record).splitlines()[0])
    for treaty in open_treaties(settings.data, say=say).values():
        print(kept_treaty(treaty))
