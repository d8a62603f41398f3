"""Reads lists of web sites, as settings name them, into origins that a browser can compare.

An origin is scheme, host and port: ``https://help.example.org``. A host may begin with ``*.`` and
then stands for every name below the rest.
"""

from __future__ import annotations

import re

from pydantic_core import PydanticCustomError

__all__ = ["origins"]

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ORIGIN = re.compile(rf"https?://(?:\*\.{_LABEL}\.)?{_LABEL}(?:\.{_LABEL})*(?::\d{{1,5}})?")


def origins(sites: str) -> str:
    """The origins in a text, separated by one space each; blanks and commas separate them there.

    Raises ``PydanticCustomError`` (a ValueError) that names the first that is none: nothing that
    could reach into a header passes.
    """
    return " ".join(dict.fromkeys(_origin(site) for site in re.split(r"[\s,]+", sites) if site))


def _origin(site: str) -> str:
    plain = site.lower().removesuffix("/")
    if not _ORIGIN.fullmatch(plain):
        raise PydanticCustomError(
            "origin",
            "{site} is no origin: write scheme and host alone, like https://help.example.org",
            {"site": site},
        )
    return plain.removesuffix(":443" if plain.startswith("https") else ":80")
