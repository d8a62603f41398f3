"""What the assistant knows of another treaty: its words in their order, and nothing beside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from langchain_core.documents import Document

from assistant.answer import UNREVIEWED, Citation, ConventionStamp, cite
from assistant.knowledge import Knowledge
from assistant.lexical import LexicalIndex
from assistant.retriever import PLAIN, ProvisionRetriever
from assistant.settings import Settings
from assistant.topics import Topics
from index.annotations import Annotations
from index.convention import Convention, Provision
from index.encoder import Encoder, load_encoder
from index.keeping import Official
from index.passages import Passage, passages_of_words
from index.register import Clause
from index.status import Status
from index.store import PassageStore, open_plain_store
from index.treaties import folder_of, open_treaty
from prompts import fixed_text

__all__ = ["OtherTreaty", "documents_of", "knowledge_of", "open_other"]


@dataclass(frozen=True, kw_only=True)
class OtherTreaty(Knowledge):
    """Another treaty than the Convention: without annotations, topics and dated facts.

    Attributes:
        kept: its text on this machine; every quote is a part of it.
    """

    kept: Official

    @property
    def name(self) -> str:
        """The title under which it was built."""
        return self.kept.record.title

    @cached_property
    def clauses(self) -> Mapping[str, tuple[Clause, ...]]:
        """None: nobody has reviewed another treaty clause by clause."""
        return {}

    @cached_property
    def passages(self) -> list[Passage]:
        """Every passage of the index: the words of the provisions, in windows."""
        return passages_of_words(self.convention)

    def stamp(self, language: str = "en") -> ConventionStamp:
        """Which text answers quote; there is one, whatever the language."""
        record = self.kept.record
        return ConventionStamp(
            edition=fixed_text("treaty/edition", treaty=self.name),
            language=record.language,
            sha256=record.sha256,
            as_of=record.day,
            address=record.place,
        )

    def cite(self, provision: Provision, language: str = "en") -> Citation:
        """The citation of a provision: its words and their place, no level and no page."""
        citation = cite(self.convention, self.annotations, provision)
        citation = replace(citation, level=UNREVIEWED, url="")
        quote = self.kept.quote(provision.id)
        if quote is None:
            return citation
        return replace(citation, quote=quote.text, start=quote.start, end=quote.end)


def knowledge_of(kept: Official) -> OtherTreaty:
    """All that is known of a kept treaty."""
    return OtherTreaty(
        convention=kept.convention,
        annotations=Annotations({}, ""),
        topics=Topics({}, b""),
        status=Status({}, kept.record.day),
        kept=kept,
    )


def open_other(
    title: str,
    settings: Settings,
    *,
    say: Callable[[str], None] = lambda message: None,
    rebuild: bool = False,
) -> tuple[OtherTreaty, ProvisionRetriever]:
    """The kept treaty of that title, and the retriever over its index, built where it is not fresh.

    Raises ``UnknownTreaty`` or ``KeepingError``, ``EncoderError`` or ``IndexUnavailable``.
    """
    treaty = knowledge_of(open_treaty(settings.data, title))
    encoder = load_encoder(settings.encoder)
    folder = folder_of(settings.data, treaty.name)
    store = open_plain_store(folder, treaty.passages, encoder, say=say, rebuild=rebuild)
    return treaty, _retriever_over(treaty.convention, encoder, store)


def _retriever_over(
    convention: Convention, encoder: Encoder, store: PassageStore
) -> ProvisionRetriever:
    documents = documents_of(convention)
    return ProvisionRetriever(
        documents={str(document.id): document for document in documents},
        encoder=encoder,
        store=store,
        lexical=LexicalIndex([document.page_content for document in documents]),
        weights=PLAIN,
    )


def documents_of(convention: Convention) -> list[Document]:
    """Every provision with words as a LangChain Document: its reading under its title."""
    return [
        Document(
            id=provision.id,
            page_content=f"{title}. {reading}",
            metadata={"label": provision.label, "article": provision.article, "title": title},
        )
        for provision in convention.provisions()
        if (reading := convention.reading(provision))
        for title in (convention.title_of(provision),)
    ]
