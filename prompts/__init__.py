"""Every fixed text that the assistant says, a file each, so that one can be changed in one place.

``fixed_text("off_topic")`` reads ``off_topic.md``; names in braces are filled in by the caller.
The prompts for a language model lie in ``model``; a line that begins with ``> `` says why the line
above it is there, and is not sent.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["fixed_text", "has_text", "prompt_text"]


@cache
def _read(name: str) -> str:
    text = files("prompts").joinpath(f"{name}.md").read_text(encoding="utf-8")
    return text.strip()


def fixed_text(name: str, **values: object) -> str:
    """The text of that name with its placeholders filled; KeyError where one has no value."""
    text = _read(name)
    return text.format(**values) if values else text


def has_text(name: str) -> bool:
    """Whether a text of that name exists."""
    return files("prompts").joinpath(f"{name}.md").is_file()


def prompt_text(name: str, **values: object) -> str:
    """The prompt ``model/name`` with its placeholders filled, without the notes on its lines."""
    lines = fixed_text(f"model/{name}").splitlines()
    prompt = "\n".join(line for line in lines if not line.startswith("> "))
    return prompt.format(**values)
