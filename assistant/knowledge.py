"""What the assistant knows, read once and never changed: text, annotations, topics, status."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from assistant.answer import Citation, ConventionStamp, cite
from assistant.labels import LabelBook
from assistant.lexical import tokens_of
from assistant.quotations import Quotations
from assistant.standing import entry_into_force, force, newest
from assistant.topics import Topic, Topics, exemplar_passages, read_topics
from index.annotations import Annotations, read_annotations
from index.convention import Convention, Provision
from index.digest import read_digest
from index.keeping import Official, open_officials
from index.passages import Passage, passages_of
from index.quoting import Quote
from index.register import Clause, Entries, read_entries
from index.status import Status, read_status
from index.treaty_status import KeptStatus, open_status

__all__ = ["OFFENCES", "Knowledge", "read_knowledge"]

OFFENCES = range(7, 18)
"""Articles that establish offences; 18 to 21 say how they are attributed and punished."""

IN_FORCE = "topic/premise/in-force"
"""The topic of questions that take the Convention to be in force."""


@dataclass(frozen=True)
class Knowledge:
    """The digest with all that stands beside it.

    Attributes:
        convention: the digest; ``annotations``, ``topics`` what is shipped with it.
        status: the newest dated facts that are known here.
        officials: the official texts that are kept on this machine, by language.
        collection: what is kept of the UN Treaty Collection.
    """

    convention: Convention
    annotations: Annotations
    topics: Topics
    status: Status
    officials: Mapping[str, Official] = field(default_factory=dict)
    collection: KeptStatus | None = None

    @cached_property
    def entries(self) -> Entries:
        """The register of obligations as data, read when it is first needed."""
        return read_entries(self.convention)

    @cached_property
    def clauses(self) -> Mapping[str, tuple[Clause, ...]]:
        """The reviewed clauses of each provision with words of its own, by its id."""
        return {key: entry.clauses for key, entry in self.entries.by_id.items()}

    @cached_property
    def spread(self) -> Mapping[str, int]:
        """In how many provisions each word stands (as a stem)."""
        return Counter(
            stem
            for provision in self.convention.provisions()
            for stem in set(tokens_of(provision.text))
        )

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

    @cached_property
    def facts(self) -> dict[str, str]:
        """Values for fixed texts: the dated facts, and how the entry into force stands."""
        facts = self.status.placeholders()
        return facts | {"force": force(facts, self.collection)}

    @cached_property
    def has_forty(self) -> bool:
        """Whether the forty instruments are known to have been deposited."""
        return self.collection is not None and entry_into_force(self.collection.status) is not None

    def is_overtaken(self, topic: Topic | None) -> bool:
        """Whether a topic puts right what is no longer false: that the Convention is in force."""
        return topic is not None and topic.id == IN_FORCE and self.has_forty

    def official(self, language: str = "en") -> Official | None:
        """The official text to quote in that language; the English one where it is not kept."""
        return self.officials.get(language) or self.officials.get("en")

    @cached_property
    def official_words(self) -> dict[str, str]:
        """The English official reading of each provision that may be quoted, by id; {} for none."""
        official = self.officials.get("en")
        if official is None:
            return {}
        return {
            provision.id: official.convention.reading(wording)
            for provision in self.convention.provisions()
            if (wording := official.wording(provision.id))
        }

    @cached_property
    def quotations(self) -> Quotations | None:
        """Knows the official words again in a question; None where they are not kept."""
        if not self.official_words:
            return None
        convention = self.officials["en"].convention
        words = {word for passage in self.passages for word in passage.text.lower().split()}
        return Quotations(
            [convention[provision_id] for provision_id in self.official_words],
            known=set(tokens_of(" ".join(words))),
        )

    def stamp(self, language: str = "en") -> ConventionStamp:
        """Which text answers quote."""
        official = self.official(language)
        if official is None:
            return ConventionStamp(
                edition=f"{self.convention.title}: plain-language digest",
                language=self.convention.language,
                sha256=self.convention.sha256,
                as_of=self.status.as_of,
            )
        return ConventionStamp(
            edition=f"{official.convention.title}: official text",
            language=official.record.language,
            sha256=official.record.sha256,
            as_of=official.record.day,
            address=official.record.place,
        )

    def cite(self, provision: Provision, language: str = "en") -> Citation:
        """The citation of a provision: the official words where they are to be had, or ours."""
        citation = cite(self.convention, self.annotations, provision)
        quote = self._quote(provision.id, language)
        return citation if quote is None else citation.quoting(quote.text, quote.start, quote.end)

    def _quote(self, provision_id: str, language: str) -> Quote | None:
        """The official words; None where the English text has others under that number."""
        english, official = self.official(), self.official(language)
        if official is None or (english and english.quote(provision_id) is None):
            return None
        return official.quote(provision_id)


def read_knowledge(
    data: Path | None = None, *, say: Callable[[str], None] = lambda message: None
) -> Knowledge:
    """The shipped text and data, with the official texts and the status that ``data`` keeps.

    ``say`` is told of what is kept there and cannot be used. Raises ``TextError`` where a shipped
    file is damaged.
    """
    collection = open_status(data, say=say) if data else None
    return Knowledge(
        convention=read_digest(),
        annotations=read_annotations(),
        topics=read_topics(),
        status=newest(read_status(), collection),
        officials=open_officials(data, say=say) if data else {},
        collection=collection,
    )
