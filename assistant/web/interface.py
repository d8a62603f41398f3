"""The languages in which the pages speak: their texts, their direction, their addresses.

The text of a language is a folder under ``prompts/interface``, named by its code, that a translator
can edit; what it lacks is said in English. English pages have the plain address, those of another
language stand under its code: ``/fr/convention/article-14``. The law itself is not translated here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

__all__ = ["ENGLISH", "STATIC", "Interface", "interfaces"]

STATIC = "/static-convention"
"""Where styles and scripts are served."""

ENGLISH = "en"
_FOLDER = "interface"


@dataclass(frozen=True, slots=True)
class Interface:
    """The pages in one language.

    Attributes:
        code: of the language, as in ``<html lang>``.
        texts: by the name of the file and that in the file: ``chat.ask``.
        root: the path under which a proxy serves the whole application; "" for none.
    """

    code: str
    texts: Mapping[str, str] = field(repr=False, hash=False)
    root: str = ""

    @property
    def name(self) -> str:
        """What speakers of the language call it."""
        return self.texts["site.name"]

    @property
    def direction(self) -> str:
        """The side on which lines begin: ``ltr`` or ``rtl``."""
        return self.texts["site.direction"]

    @property
    def prefix(self) -> str:
        """What stands before the addresses of its pages."""
        return self.root if self.code == ENGLISH else f"{self.root}/{self.code}"

    def text(self, name: str, /, **values: object) -> str:
        """The text of that name with its placeholders filled; KeyError where there is none."""
        text = self.texts[name]
        return text.format(**values) if values else text

    def on_page(self, here: str, place: str) -> dict[str, Any]:
        """What every template needs: ``here`` names the tab, ``place`` is the plain address."""
        return {
            "interface": self,
            "languages": list(interfaces(self.root).values()),
            "t": self.text,
            "at": self.place,
            "static": f"{self.root}{STATIC}",
            "here": here,
            "place": place,
        }

    def place(self, path: str) -> str:
        """The address of a page in this language: ``/convention`` is ``/fr/convention``."""
        return f"{self.prefix}{path}"


@cache
def interfaces(root: str = "") -> Mapping[str, Interface]:
    """The pages in each language there is, by its code, English first."""
    folder = files("prompts").joinpath(_FOLDER)
    english = _texts(folder.joinpath(ENGLISH))
    codes = sorted(entry.name for entry in folder.iterdir() if entry.is_dir())
    first = {ENGLISH: Interface(ENGLISH, english, root)}
    others = (code for code in codes if code != ENGLISH)
    return first | {c: Interface(c, english | _texts(folder.joinpath(c)), root) for c in others}


def _texts(folder: Traversable) -> dict[str, str]:
    """The texts of a folder, by the names of their file and of their own."""
    return {
        f"{file.name.removesuffix('.yaml')}.{name}": text
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        for name, text in yaml.safe_load(file.read_text(encoding="utf-8")).items()
    }
