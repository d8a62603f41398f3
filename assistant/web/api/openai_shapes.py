"""Requests and responses of the OpenAI-compatible routes, as far as they are used here."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, WithJsonSchema

from assistant.web.api.shapes import AnswerBody, Quoted, Words

__all__ = [
    "MODEL",
    "ChatBody",
    "CompletionBody",
    "ModelBody",
    "ModelsBody",
    "example_completion",
]

MODEL = "cybercrime-convention"
"""The name of the one model."""

Content = Annotated[
    Any,
    WithJsonSchema(
        {
            "description": "a text, or parts of the type text",
            "anyOf": [
                {"type": "string"},
                {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "properties": {"type": {"type": "string"}, "text": {"type": "string"}},
                        "required": ["type"],
                    },
                },
                {"type": "null"},
            ],
        }
    ),
]
"""Read by ``conversation``, which says in one sentence what is wrong with it."""


class ChatMessage(BaseModel):
    """A message; only those of the role user are read."""

    role: Words
    content: Content = None


class StreamOptions(BaseModel):
    """What a stream has besides."""

    include_usage: StrictBool | None = None


class ChatBody(BaseModel):
    """A request for an answer; what is not named here is not read."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "model": MODEL,
                    "messages": [{"role": "user", "content": "How long must data be preserved?"}],
                }
            ]
        }
    )

    messages: list[ChatMessage] = Field(min_length=1)
    model: Words = MODEL
    stream: StrictBool | None = None
    stream_options: StreamOptions | None = None
    n: StrictInt | None = None
    tools: list[Any] | None = None
    functions: list[Any] | None = None
    response_format: dict[str, Any] | None = None
    language: Quoted = "en"


class UrlCitation(BaseModel):
    """A place in the text, and the page of the provision that is cited there."""

    url: str
    title: str
    start_index: int
    end_index: int


class Annotation(BaseModel):
    """A citation in the text."""

    type: Literal["url_citation"]
    url_citation: UrlCitation


class CompletionMessage(BaseModel):
    """The answer."""

    role: Literal["assistant"]
    content: str
    refusal: str | None
    annotations: list[Annotation]


class CompletionChoice(BaseModel):
    """The one choice."""

    index: int
    message: CompletionMessage
    logprobs: None
    finish_reason: Literal["stop"]


class Usage(BaseModel):
    """Tokens of the sentence encoder."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class CompletionBody(BaseModel):
    """An answer, as the OpenAI API has it."""

    id: str
    object: Literal["chat.completion"]
    created: int = Field(description="when it was made, in seconds since 1970")
    model: str
    choices: list[CompletionChoice]
    usage: Usage
    convention: AnswerBody = Field(description="the whole answer, as /api/ask gives it")


class ModelBody(BaseModel):
    """A model."""

    id: str
    object: Literal["model"]
    created: int
    owned_by: str


class ModelsBody(BaseModel):
    """The models there are."""

    object: Literal["list"]
    data: list[ModelBody]


def example_completion(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer as it may come, for the description of the API."""
    text, label = answer["text"], "[art. 25(2)]"
    start = text.index(label)
    citation = {
        "url": "https://convention.example/convention/article-25#para-2",
        "title": "Article 25, paragraph 2: Expedited preservation of stored electronic data",
        "start_index": start,
        "end_index": start + len(label),
    }
    message = {
        "role": "assistant",
        "content": text,
        "refusal": None,
        "annotations": [{"type": "url_citation", "url_citation": citation}],
    }
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
    return {
        "id": "chatcmpl-3f2b8c1d9e6a4f70",
        "object": "chat.completion",
        "created": 1795910400,
        "model": MODEL,
        "choices": [choice],
        "usage": {"prompt_tokens": 7, "completion_tokens": 22, "total_tokens": 29},
        "convention": answer,
    }
