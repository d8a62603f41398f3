"""The assistant: opens everything once, then answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Self

from langchain_core.documents import Document
from langchain_core.runnables import Runnable, RunnableConfig
from langsmith import tracing_context

from assistant.answer import Answer, Draft
from assistant.chain import Inquiry, build_chain
from assistant.knowledge import Knowledge, read_knowledge
from assistant.lexical import LexicalIndex
from assistant.other_treaty import open_other
from assistant.retriever import ProvisionRetriever, Weights
from assistant.route import RouteCompanion, RouteModel
from assistant.settings import Settings, read_settings
from assistant.stages import Stage, StageTeller
from assistant.treaty_chain import build_treaty_chain
from index.convention import Provision
from index.encoder import Encoder, load_encoder
from index.languages import language_named
from index.passages import RULES, Kind
from index.store import Fingerprint, PassageStore, open_store

__all__ = ["Assistant", "fingerprint_of", "provision_documents", "retriever_over"]

WEIGHTS = Weights(
    lexical=0.4,
    kinds={Kind.TEXT: 1.0, Kind.SENTENCE: 1.0, Kind.QUESTION: 1.0, Kind.WORDS: 0.9},
    head=0.03,
    own=0.03,
)
"""Measured on the tuning questions: see ARCHITECTURE.md."""


class Assistant:
    """Answers questions on the Convention; safe to use from several threads.

    ``Assistant.open().ask("Is hacking a crime?")`` returns an ``Answer``. ``failures`` counts those
    of the language model since the start, by their cause.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        retriever: ProvisionRetriever,
        chain: Runnable[Inquiry, Answer],
        failures: Mapping[str, int] | None = None,
    ) -> None:
        self.knowledge = knowledge
        self.retriever = retriever
        self.chain = chain
        self.failures = {} if failures is None else failures

    @classmethod
    def open(
        cls,
        settings: Settings | None = None,
        *,
        treaty: str | None = None,
        say: Callable[[str], None] = lambda message: None,
        rebuild: bool = False,
    ) -> Self:
        """The assistant with its index, which is built first where it is missing or stale.

        ``treaty`` is the title of another treaty that is kept, to answer from it and not from the
        Convention. ``say`` is told in one sentence what takes long. Raises ``EncoderError``,
        ``TextError`` or ``IndexUnavailable``, and for another treaty ``UnknownTreaty`` or
        ``KeepingError``, each with a sentence that says what to do.
        """
        settings = settings or read_settings()
        if treaty is not None:
            other, retriever = open_other(treaty, settings, say=say, rebuild=rebuild)
            return cls(other, retriever, build_treaty_chain(other, retriever))
        knowledge = read_knowledge(settings.data, say=say)
        encoder = load_encoder(settings.encoder)
        store, routes = _opened_index(settings, knowledge, encoder, say, rebuild)
        retriever = retriever_over(knowledge, encoder, store)
        way = None
        if settings.model:
            from assistant.generation.opening import open_model_way

            way = open_model_way(settings, knowledge, encoder, say)
        chain = build_chain(knowledge, encoder, retriever, routes, way)
        return cls(knowledge, retriever, chain, way.failures if way else None)

    def ask(
        self, question: str, history: Sequence[str] = (), *, language: str | None = None
    ) -> Answer:
        """The answer to a question; ``history`` holds the earlier questions, oldest first.

        The Convention is quoted in ``language``, or without one in that of the question, where
        its official text is kept in it, else in English; raises ``BadSource`` for a language that
        the Convention is not written in.
        """
        inquiry = _inquiry(question, history, language)
        with tracing_context(enabled=False):
            return self.chain.invoke(inquiry)

    def stream(
        self,
        question: str,
        history: Sequence[str] = (),
        *,
        language: str | None = None,
        tell: Callable[[Stage], None] | None = None,
    ) -> Iterator[Draft | Answer]:
        """The answer as it is written: drafts, each with the whole text so far, last the answer.

        Only verified sentences are in a draft, and the answer may still differ from the last one.
        Without a language model there are none. ``tell`` is told each stage as it begins. Raises
        as ``ask`` does, at the first step.
        """
        inquiry = _inquiry(question, history, language)
        config: RunnableConfig = {"callbacks": [StageTeller(tell)]} if tell else {}
        with tracing_context(enabled=False):
            steps: Iterator[Draft | Answer] = self.chain.stream(inquiry, config)
            yield from steps


def _inquiry(question: str, history: Sequence[str], language: str | None) -> Inquiry:
    return Inquiry(question, tuple(history), language_named(language).code if language else "")


def _opened_index(
    settings: Settings,
    knowledge: Knowledge,
    encoder: Encoder,
    say: Callable[[str], None],
    rebuild: bool,
) -> tuple[PassageStore, RouteModel]:
    """The index where the settings say: below the data folder, or on a Chroma server."""
    fingerprint = fingerprint_of(knowledge, encoder)
    given = settings.data, knowledge.passages, encoder, fingerprint, RouteCompanion()
    if not settings.chroma_url:
        return open_store(*given, say=say, rebuild=rebuild)
    from index.shared_store import open_shared_store

    return open_shared_store(settings.chroma_url, *given, say=say, rebuild=rebuild)


def fingerprint_of(knowledge: Knowledge, encoder: Encoder) -> Fingerprint:
    """All that the vectors of this knowledge, by this encoder, depend on."""
    return Fingerprint(
        encoder=encoder.name,
        revision=encoder.revision,
        dimension=encoder.dimension,
        text_sha256=knowledge.convention.sha256,
        annotations_sha256=knowledge.annotations_sha256,
        rules=RULES,
        passages=len(knowledge.passages),
    )


def retriever_over(
    knowledge: Knowledge, encoder: Encoder, store: PassageStore
) -> ProvisionRetriever:
    """The retriever of provisions over an open store."""
    documents = provision_documents(knowledge)
    return ProvisionRetriever(
        documents={str(document.id): document for document in documents},
        encoder=encoder,
        store=store,
        lexical=LexicalIndex([_lexical_text(document, knowledge) for document in documents]),
        weights=WEIGHTS,
    )


def provision_documents(knowledge: Knowledge) -> list[Document]:
    """Every provision as a LangChain Document: its reading, and flat metadata."""
    return [_document(provision, knowledge) for provision in knowledge.convention.provisions()]


def _document(provision: Provision, knowledge: Knowledge) -> Document:
    annotation = knowledge.annotations[provision.id]
    return Document(
        id=provision.id,
        page_content=knowledge.convention.reading(provision) or annotation.summary,
        metadata={
            "label": provision.label,
            "article": provision.article,
            "title": knowledge.convention.title_of(provision),
            "heading": annotation.heading,
            "level": annotation.level.value,
            "url": provision.url,
        },
    )


def _lexical_text(document: Document, knowledge: Knowledge) -> str:
    annotation = knowledge.annotations[str(document.id)]
    questions = " ".join(question.text for question in annotation.questions)
    return " ".join(
        [document.metadata["title"], annotation.heading, document.page_content,
         *annotation.words, questions, knowledge.official_words.get(str(document.id), "")]
    )  # fmt: skip
