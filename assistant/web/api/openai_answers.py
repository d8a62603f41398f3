"""An answer in the shapes of the OpenAI API: what was asked, citations, usage, and chunks."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from assistant.answer import Answer, Citation
from assistant.knowledge import Knowledge
from assistant.question import MAX_CHARACTERS
from assistant.references import labels_in
from assistant.web.api.openai_shapes import MODEL, ChatBody, ChatMessage
from assistant.web.api.shapes import HISTORY
from assistant.web.problems import Problem, Refused
from index.encoder import Encoder
from prompts import fixed_text

__all__ = ["Asked", "Completion", "asked_in"]

_PIECE = re.compile(r"(?:\[[^\]\n]*\]\S*\s*|\S+\s*){1,6}")
"""A few words of a text; a label in brackets is never cut in two."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and the questions before it, oldest first."""

    question: str
    history: tuple[str, ...]


def asked_in(body: ChatBody) -> Asked:
    """What a request asks; raises ``Refused`` for what cannot be done."""
    _check(body)
    users = [(n, message) for n, message in enumerate(body.messages) if message.role == "user"]
    if not users:
        raise _refused("no_question", "messages")
    (last, message), earlier = users[-1], users[:-1]
    question = _text_of(message)
    if question is None:
        raise _refused("not_text", f"messages[{last}].content")
    texts = [_text_of(message) or "" for _, message in earlier]
    told = [text for text in texts if text.strip() and len(text) <= MAX_CHARACTERS]
    return Asked(question, tuple(told[-HISTORY:]))


def _check(body: ChatBody) -> None:
    if body.n not in (None, 1):
        raise _refused("one_answer", "n")
    for name in ("tools", "functions"):
        if getattr(body, name):
            raise _refused("no_tools", name, field=name)
    if body.response_format and body.response_format.get("type") != "text":
        raise _refused("text_only", "response_format")


def _refused(text: str, part: str, **values: object) -> Refused:
    message = fixed_text(f"api/openai/{text}", **values)
    return Refused(Problem(400, "unsupported_value", message, part=part))


def _text_of(message: ChatMessage) -> str | None:
    """The text of a message; None where it has a part that is none."""
    content = message.content
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        return None
    texts = [part.get("text") if _is_text(part) else None for part in content]
    return "\n".join(text for text in texts if text) if all(_is_string(t) for t in texts) else None


def _is_text(part: object) -> bool:
    return isinstance(part, Mapping) and part.get("type") == "text"


def _is_string(text: object) -> bool:
    return isinstance(text, str)


@dataclass(frozen=True)
class Completion:
    """Puts one answer into the shapes of the API.

    ``address`` is where the pages of the Convention are, without a slash at its end.
    """

    id: str
    created: int
    asked: Asked
    address: str
    knowledge: Knowledge
    encoder: Encoder

    @classmethod
    def begun(
        cls, asked: Asked, address: str, knowledge: Knowledge, encoder: Encoder
    ) -> Completion:
        """One for a question that has just been asked."""
        return cls(f"chatcmpl-{uuid4().hex}", int(time.time()), asked, address, knowledge, encoder)

    def whole(self, answer: Answer) -> dict[str, Any]:
        """The response that is no stream."""
        message = {
            "role": "assistant",
            "content": answer.text,
            "refusal": None,
            "annotations": self.annotations(answer),
        }
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
        return {
            **self._head("chat.completion"),
            "choices": [choice],
            "usage": self.usage(answer),
            "convention": answer.as_json(),
        }

    def first(self) -> dict[str, Any]:
        """The first chunk of a stream, which may be sent before there is an answer."""
        return self._chunk({"role": "assistant", "content": ""})

    def chunks(self, answer: Answer, *, with_usage: bool) -> Iterator[dict[str, Any]]:
        """The chunks of a stream after the first; the last choice has the citations."""
        for piece in _PIECE.findall(answer.text):
            yield self._chunk({"content": piece})
        last = self._chunk({"annotations": self.annotations(answer)}, "stop")
        yield last | {"convention": answer.as_json()}
        if with_usage:
            head = self._head("chat.completion.chunk")
            yield {**head, "choices": [], "usage": self.usage(answer)}

    def _head(self, kind: str) -> dict[str, Any]:
        return {"id": self.id, "object": kind, "created": self.created, "model": MODEL}

    def _chunk(self, delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return {**self._head("chat.completion.chunk"), "choices": [choice]}

    def annotations(self, answer: Answer) -> list[dict[str, Any]]:
        """A citation for each label in the text, with its place there."""
        convention = self.knowledge.convention
        cited = {convention[c.id].short_label: c for c in answer.citations}
        return [
            {"type": "url_citation", "url_citation": self._cited(cited[label], start, end)}
            for label, start, end in labels_in(answer.text)
            if label in cited
        ]

    def _cited(self, citation: Citation, start: int, end: int) -> dict[str, Any]:
        label = f"{citation.label[:1].upper()}{citation.label[1:]}"
        return {
            "url": self.address + citation.url,
            "title": f"{label}: {citation.title}",
            "start_index": start,
            "end_index": end,
        }

    def usage(self, answer: Answer) -> dict[str, int]:
        """How much was read and written, in tokens of the encoder."""
        read = self._tokens([self.asked.question, *self.asked.history])
        written = self._tokens([answer.text])
        return {
            "prompt_tokens": read,
            "completion_tokens": written,
            "total_tokens": read + written,
        }

    def _tokens(self, texts: Sequence[str]) -> int:
        return self.encoder.count_tokens(texts)
