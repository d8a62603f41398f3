"""``mcp``: lets an agent on this machine ask, over standard streams."""

from __future__ import annotations

import argparse

from assistant.commands.command_line import Commands, add_command, say

__all__ = ["add"]


def add(commands: Commands) -> None:
    """Declare the command."""
    add_command(
        commands,
        "mcp",
        "Lets an agent on this machine ask, over standard streams (Model Context Protocol).",
        "claude mcp add convention -- python app.py mcp",
        _speak,
    )


def _speak(options: argparse.Namespace) -> None:
    from assistant.settings import read_settings

    settings = read_settings()
    from anyio import run

    from assistant import Assistant
    from assistant.agents.server import agent_server, serve_streams
    from assistant.obligations import read_register
    from assistant.web.addresses import address_of

    assistant = Assistant.open(settings, say=say)
    register = read_register(assistant.knowledge)
    run(serve_streams, agent_server(assistant, register, lambda _: address_of(None, settings)))
