"""``off`` and ``on``: stops answering with a text while the server runs, and begins again."""

from __future__ import annotations

import argparse

from assistant.commands.command_line import Commands, add_command, say

__all__ = ["add"]


def add(commands: Commands) -> None:
    """Declare both commands."""
    off = add_command(
        commands,
        "off",
        "Stops answering at once, in every process over this data folder; the text can be read.",
        'python app.py off "Back at 14:00."',
        _off,
    )
    off.add_argument("text", nargs="?", default="", help="what visitors are told meanwhile")
    add_command(commands, "on", "Answers again after 'off'.", "python app.py on", _on)


def _off(options: argparse.Namespace) -> None:
    from assistant.settings import read_settings
    from assistant.switch import Switch

    switch = Switch.of(read_settings())
    switch.turn_off(options.text)
    say(f"Questions are not answered any more; visitors read: {switch.why_off()}")


def _on(options: argparse.Namespace) -> None:
    from assistant.settings import read_settings
    from assistant.switch import Switch

    switch = Switch.of(read_settings())
    was_off = switch.turn_on()
    if switch.why_off():
        say("CONVENTION_OFF is set: unset it and start the server again to answer questions.")
    else:
        say("Questions are answered again." if was_off else "Questions were answered all along.")
