"""The two texts side by side: which words the pages of a language have of each provision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.knowledge import Knowledge
from index.convention import PREAMBLE, Convention, Provision
from index.keeping import Official

__all__ = ["Said", "Texts", "View"]


class View(StrEnum):
    """Which of the texts a page shows, where the official one is kept."""

    BOTH = "both"
    OFFICIAL = "official"
    DIGEST = "digest"

    @classmethod
    def of(cls, name: str) -> View:
        """The view of that name; both texts for any other."""
        return cls(name) if name in (cls.OFFICIAL, cls.DIGEST) else cls.BOTH


@dataclass(frozen=True, slots=True)
class Said:
    """Words, and the language that they are in."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Texts:
    """The digest, and the official text in the language ``code`` where it is kept, else English."""

    knowledge: Knowledge
    code: str

    @property
    def digest(self) -> Convention:
        """Our restatement."""
        return self.knowledge.convention

    @property
    def official(self) -> Official | None:
        """The official text that is shown; None where none is kept."""
        return self.knowledge.official(self.code)

    @property
    def language(self) -> str:
        """The language of the official text, or of the digest where there is none."""
        return self.official.record.language if self.official else self.digest.language

    def wording(self, provision_id: str) -> Provision | None:
        """The provision as the official text has it; None where it is not to be relied on."""
        english = self.knowledge.official()
        if self.official is None or english is None or english.wording(provision_id) is None:
            return None
        return self.official.wording(provision_id)

    def below(self, provision: Provision) -> Sequence[Provision]:
        """What stands below it in our restatement, and what only the official text has there."""
        ours = self.digest.children(provision)
        if self.official is None or self.wording(provision.id) is None:
            return ours
        theirs = self.official.convention.children(provision)
        return *ours, *(child for child in theirs if child.id not in self.digest)

    def title(self, number: int) -> Said:
        """The title of an article, in the language of the page where it is kept; "" for none."""
        if number == PREAMBLE:
            return Said("", self.code)
        theirs = self._own_language
        if theirs is not None and theirs.has_article(number):
            return Said(theirs.article(number).title, self.code)
        return Said(self.digest.article(number).title, self.digest.language)

    def chapter_title(self, number: int) -> Said:
        """The title of a chapter, likewise."""
        theirs = self._own_language
        if theirs is not None and number <= len(theirs.chapters):
            return Said(theirs.chapter(number).title, self.code)
        return Said(self.digest.chapter(number).title, self.digest.language)

    @property
    def _own_language(self) -> Convention | None:
        """The official text in the language of the page, where that is not the digest's."""
        if self.official is None or self.language in (self.digest.language, ""):
            return None
        return self.official.convention if self.language == self.code else None
