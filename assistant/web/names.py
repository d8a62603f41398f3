"""What the pages call levels, actors, measures and places of the text, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.web.interface import ENGLISH, Interface
from index.convention import PREAMBLE, Convention, Provision

__all__ = ["Names", "direction_of", "foreign"]

_RIGHT_TO_LEFT = frozenset({"ar"})
_NOBODY = "n/a"


@dataclass(frozen=True, slots=True)
class Names:
    """Names in the language of the interface, from ``room.yaml``."""

    interface: Interface

    def level(self, level: str) -> str:
        """A level of obligation; KeyError where there is none such, as with all of them."""
        return self._named("level", level)

    def actor(self, actor: str) -> str:
        """Who must or may act."""
        return self._named("actor", "nobody" if actor == _NOBODY else actor)

    def side(self, side: str) -> str:
        """A side of the treaty on which an actor stands."""
        return self._named("side", side)

    def measure(self, measure: str) -> str:
        """A kind of measure."""
        return self._named("measure", measure)

    def relation(self, relation: str) -> str:
        """How a provision compares with that of a sister treaty."""
        return self._named("relation", relation)

    def article(self, number: int) -> str:
        """``Article 14``; that of the preamble is its name."""
        if number == PREAMBLE:
            return self.interface.text("room.preamble")
        return self.interface.text("room.article", number=number)

    def chapter(self, convention: Convention, number: int) -> str:
        """``Chapter II``."""
        return self.interface.text("room.chapter_number", roman=convention.chapter(number).roman)

    def place(self, provision: Provision) -> str:
        """``Article 14, paragraph 1 (b)``."""
        items = "".join(f" ({item})" for item in provision.items)
        article = self.article(provision.article)
        if provision.paragraph is None:
            return f"{article}{items}"
        told = {"article": article, "paragraph": provision.paragraph}
        return f"{self.interface.text('room.paragraph', **told)}{items}"

    def told(self, prefix: str) -> Mapping[str, str]:
        """The texts whose names begin with ``prefix``, by the rest of their names."""
        texts = self.interface.texts.items()
        return {name.removeprefix(prefix): t for name, t in texts if name.startswith(prefix)}

    def _named(self, kind: str, value: str) -> str:
        return self.interface.text(f"room.{kind}.{value.lower().replace(' ', '_')}")


def foreign(interface: Interface, language: str = ENGLISH) -> Mapping[str, str]:
    """The attributes of words in ``language`` on a page: {} where that is the page's own."""
    if language == interface.code:
        return {}
    return {"lang": language, "dir": direction_of(language)}


def direction_of(language: str) -> str:
    """The side on which lines of a language begin: ``ltr`` or ``rtl``."""
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"
