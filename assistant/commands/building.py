"""``build``: builds the index again, or that of another treaty."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from assistant.commands.command_line import Commands, add_command, say
from assistant.commands.kept import kept_treaty
from index.errors import BadInput

__all__ = ["add"]


def add(commands: Commands) -> None:
    """Declare the command and its options."""
    build = add_command(
        commands,
        "build",
        "Builds the index again, even where it is fresh; or that of another treaty, from its text.",
        "python app.py build\n"
        '  python app.py build --text budapest.md --title "Budapest Convention"',
        _build,
    )
    build.add_argument(
        "--text", metavar="FILE", help="another treaty: a page, PDF, plain text or Markdown"
    )
    build.add_argument("--title", help="the name to ask for it by, with 'ask --treaty'")


def _build(options: argparse.Namespace) -> None:
    from assistant.settings import read_settings

    settings = read_settings()
    if (options.text is None) != (options.title is None):
        raise BadInput("--text and --title go together: see 'python app.py build --help'.")
    started = time.perf_counter()
    folder = settings.data
    if options.text is not None:
        folder = _bring(options.text, options.title, settings.data)
    from assistant import Assistant

    assistant = Assistant.open(settings, treaty=options.title, say=say, rebuild=True)
    print(
        f"Built the index of {len(assistant.retriever.store)} passages in "
        f"{time.perf_counter() - started:.0f} s, in {folder / 'index'}."
    )


def _bring(text: str, title: str, data: Path) -> Path:
    """Keep another treaty, and say what it is; returns its folder."""
    from index.sources import document_from, source_named
    from index.treaties import check_title, folder_of, keep_treaty

    check_title(data, title)
    treaty = keep_treaty(data, document_from(source_named(text), say=say), title)
    print(kept_treaty(treaty), flush=True)
    if treaty.record.language != "en":
        say(
            "The text is not in English, and questions are understood in English only: little "
            "but its articles by their numbers will be found."
        )
    return folder_of(data, title)
