"""What the assistant knows, read once and never changed: text, annotations, topics, status."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

from assistant.answer import Citation, ConventionStamp, cite
from assistant.labels import LabelBook
from assistant.topics import Topics, exemplar_passages, read_topics
from index.annotations import Annotations, read_annotations
from index.convention import Convention, Provision
from index.digest import read_digest
from index.passages import Passage, passages_of
from index.status import Status, read_status

__all__ = ["OFFENCES", "Knowledge", "read_knowledge"]

OFFENCES = range(7, 18)
"""Articles that establish offences; 18 to 21 say how they are attributed and punished."""


@dataclass(frozen=True)
class Knowledge:
    """The digest with all that stands beside it."""

    convention: Convention
    annotations: Annotations
    topics: Topics
    status: Status

    @cached_property
    def labels(self) -> LabelBook:
        """Finds provisions by their short labels."""
        return LabelBook(self.convention)

    @cached_property
    def passages(self) -> list[Passage]:
        """Every passage of the index: those of the provisions, then the topics' exemplars."""
        return passages_of(self.convention, self.annotations) + exemplar_passages(self.topics)

    @cached_property
    def annotations_sha256(self) -> str:
        """Hash of all data beside the text, in hexadecimal."""
        together = self.annotations.sha256.encode() + self.topics.content
        return hashlib.sha256(together).hexdigest()

    @property
    def stamp(self) -> ConventionStamp:
        """Which text answers rest on."""
        return ConventionStamp(
            edition=f"{self.convention.title}: {_EDITIONS[self.convention.source]}",
            language=self.convention.language,
            sha256=self.convention.sha256,
            as_of=self.status.as_of,
        )

    def cite(self, provision: Provision) -> Citation:
        """The citation of a provision."""
        return cite(self.convention, self.annotations, provision)


_EDITIONS = {"digest": "plain-language digest", "official": "official text"}


def read_knowledge() -> Knowledge:
    """The shipped text and data; raises ``TextError`` where a file is damaged."""
    return Knowledge(
        convention=read_digest(),
        annotations=read_annotations(),
        topics=read_topics(),
        status=read_status(),
    )
