"""What the API takes and gives, as the OpenAPI file describes it.

The values themselves come from the frozen dataclasses of the assistant; the tests hold the two
against each other.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from assistant.answer import Mode, Outcome
from assistant.question import MAX_CHARACTERS
from index.languages import LANGUAGES

__all__ = [
    "HISTORY",
    "AnswerBody",
    "AskBody",
    "CitationBody",
    "ConventionBody",
    "FoundBody",
    "OfficialBody",
    "ProvisionBody",
    "ProvisionSummaryBody",
    "ProvisionsBody",
    "Quoted",
    "SearchBody",
    "Words",
    "example_answer",
    "example_events",
    "language_to_quote",
]

HISTORY = 50
"""Earlier questions that one request may bring."""


def _in_unicode(words: str) -> str:
    """The words; ValueError where they hold half a character, which no answer could quote."""
    if any("\ud800" <= letter <= "\udfff" for letter in words):
        raise ValueError("has half of a character (a surrogate that stands alone)")
    return words


Words = Annotated[str, AfterValidator(_in_unicode)]
"""Text that can be sent back."""

Quoted = Annotated[
    Words,
    Field(
        description="language to quote the Convention in, where its official text is kept",
        json_schema_extra={"enum": [*LANGUAGES]},
    ),
]
"""The code of a language of the Convention."""


def language_to_quote(body: BaseModel) -> str | None:
    """The ``language`` that a body names; None, for that of the question, where it names none."""
    named: str | None = body.model_dump(include={"language"}, exclude_unset=True).get("language")
    return named


Earlier = Annotated[str, Field(max_length=MAX_CHARACTERS), AfterValidator(_in_unicode)]
"""A question that was asked before."""


def _examples(*values: Any) -> ConfigDict:
    return ConfigDict(json_schema_extra={"examples": list(values)})


_CITATION = {
    "id": "art-25/para-2",
    "label": "article 25, paragraph 2",
    "article": 25,
    "paragraph": 2,
    "item": None,
    "title": "Expedited preservation of stored electronic data",
    "chapter": 4,
    "level": "mandatory",
    "quote": "Where a State Party gives effect to paragraph 1 by an order to a person …",
    "source": "digest",
    "url": "/convention/article-25#para-2",
}
_CONVENTION = {
    "edition": "United Nations Convention against Cybercrime: plain-language digest",
    "language": "en",
    "sha256": "5d0f3c0e6a3e1e1b7f0c1d2e3f405162738495a6b7c8d9eaf0b1c2d3e4f50617",
    "as_of": "2026-07-31",
}


def example_answer() -> dict[str, Any]:
    """An answer as it may come, for the description of the API."""
    return {
        "question": "How long must data be preserved?",
        "outcome": "answered",
        "text": "As long as necessary, up to a maximum of 90 days [art. 25(2)].",
        "citations": [_CITATION],
        "suggestions": ["Can the order be renewed?"],
        "mode": "extractive",
        "model": None,
        "convention": _CONVENTION,
    }


def example_events() -> str:
    """An answer as it comes as events."""
    answer = example_answer()
    return (
        'event: stage\ndata: {"stage": "searching"}\n\n'
        f"event: text\ndata: {json.dumps({'text': answer['text']})}\n\n"
        f"event: answer\ndata: {json.dumps(answer)}\n\n"
    )


class AskBody(BaseModel):
    """A question, and what was asked before it."""

    model_config = _examples(
        {"question": "How long must data be preserved?"},
        {"question": "And for companies?", "history": ["Is fraud a crime?"], "language": "en"},
    )

    question: Words = Field(
        description="the question, in everyday English; of more than "
        f"{MAX_CHARACTERS:,} characters it is not read, and the answer says so"
    )
    history: list[Earlier] = Field(
        default=[], max_length=HISTORY, description="the earlier questions, oldest first"
    )
    language: Quoted = "en"


class CitationBody(BaseModel):
    """A provision that the text cites."""

    id: str = Field(description="stable id", examples=["art-14/para-1/b"])
    label: str = Field(description="how people cite it", examples=["article 14, paragraph 1 (b)"])
    article: int = Field(description="number of its article, 0 for the preamble")
    paragraph: int | None
    item: str | None = Field(description="item and sub-item, as in b or f(ii)")
    title: str = Field(description="title of its article")
    chapter: int = Field(description="number of its chapter, 0 for the preamble")
    level: str = Field(description="level of obligation, in our reading")
    quote: str = Field(description="its words, those of the source")
    source: Literal["digest", "official"] = Field(
        description="digest: our plain-language restatement; official: the official text"
    )
    url: str = Field(description="path of its place on the readable page")
    start: int | None = Field(
        default=None, description="place of the quote in the official text, for that alone"
    )
    end: int | None = Field(default=None, description="where the quote ends there")
    explanation: str | None = Field(
        default=None, description="our restatement, where the quote is official"
    )


class ConventionBody(BaseModel):
    """Which text is quoted."""

    edition: str
    language: str = Field(description="ISO 639-1 code")
    sha256: str = Field(description="hash of the text, in hexadecimal")
    as_of: str = Field(description="date of its state, ISO 8601")
    address: str | None = Field(default=None, description="where the official text came from")


class AnswerBody(BaseModel):
    """An answer, the same at every edge of the assistant."""

    question: str = Field(description="as it was asked")
    outcome: Outcome = Field(
        description="answered; corrected: the question rests on something false, which is put "
        "right; not_covered: of this field, but the Convention has no such rule; off_topic; "
        "clarify: too vague, with choices; unavailable"
    )
    text: str = Field(
        description="Markdown; each sentence that states the law ends in its short label, as in "
        "[art. 25(2)]"
    )
    citations: list[CitationBody] = Field(
        description="exactly the provisions that the text cites, in order of first mention"
    )
    suggestions: list[str] = Field(description="questions that may come next, up to three")
    mode: Mode = Field(description="who worded it: our restatement or a language model")
    model: str | None = Field(description="name of the language model")
    convention: ConventionBody
    notice: str | None = Field(
        default=None, description="what became of a model's words, where they do not all stand"
    )


class FoundBody(BaseModel):
    """A provision that was found."""

    id: str
    label: str
    article: int
    title: str
    chapter: int
    level: str
    text: str = Field(description="what it says, read alone")
    url: str
    score: float = Field(description="how near it is; comparable within one search only")


class SearchBody(BaseModel):
    """What a search found."""

    model_config = _examples(
        {
            "query": "revenge porn",
            "provisions": [
                {
                    "id": "art-16/para-1",
                    "label": "article 16, paragraph 1",
                    "article": 16,
                    "title": "Non-consensual dissemination of intimate images",
                    "chapter": 2,
                    "level": "mandatory",
                    "text": "Each State Party must adopt …",
                    "url": "/convention/article-16#para-1",
                    "score": 0.8612,
                }
            ],
        }
    )

    query: str
    provisions: list[FoundBody] = Field(description="best first")


class OfficialBody(BaseModel):
    """The official words of a provision, from the text that is kept on the server."""

    text: str
    start: int = Field(description="place of the words in the whole official text")
    end: int
    language: str
    sha256: str = Field(description="hash of the document as it was fetched")
    address: str = Field(description="where it came from")
    as_of: str = Field(description="day of the fetch")


class ProvisionBody(BaseModel):
    """A provision with all that is known of it."""

    id: str
    label: str
    short_label: str
    article: int
    paragraph: int | None
    item: str | None
    title: str = Field(description="title of its article")
    chapter: int
    chapter_title: str = Field(description="empty for the preamble")
    heading: str = Field(description="what it is about, in a few words")
    summary: str = Field(description="what the whole article says; for articles only")
    level: str = Field(description="level of obligation, in our reading")
    actor: str = Field(description="who must or may act")
    text: str = Field(description="its own words in our restatement, without those of its items")
    reading: str = Field(description="what it says read alone: chapeau, own words, items")
    official: OfficialBody | None = Field(description="null where no official text is kept")
    parent: str | None = Field(description="the provision that it is a part of")
    parts: list[str] = Field(description="its paragraphs or items")
    refers_to: list[str] = Field(description="the provisions that it names or rests on")
    referred_by: list[str] = Field(description="the provisions that name it or rest on it")
    terms: list[str] = Field(description="defined terms of article 2 that it uses")
    obligations: list[dict[str, Any]] = Field(description="its rows in the register of obligations")
    url: str


class ProvisionSummaryBody(BaseModel):
    """A provision in the list of all."""

    id: str
    label: str
    article: int
    title: str
    chapter: int
    heading: str
    level: str
    text: str
    url: str


class ProvisionsBody(BaseModel):
    """Provisions in the order of the text."""

    convention: ConventionBody
    provisions: list[ProvisionSummaryBody]
