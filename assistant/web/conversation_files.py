"""A conversation as a file: the browser sends what it keeps, and gets a document; nothing stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, Response

from assistant.answer import Answer, Citation, Outcome
from assistant.knowledge import Knowledge
from assistant.settings import Settings
from assistant.transcripts import Exchange, Source, Transcript, Words, markdown, word
from assistant.web.addresses import address_of
from assistant.web.api.bodies import read_within
from assistant.web.citing import formal_citation
from assistant.web.guard.uploads import MOST_BYTES
from assistant.web.interface import Interface
from assistant.web.names import Names
from assistant.web.pages import which_text
from assistant.web.problems import Refused, problem_of
from assistant.web.turns import Turn, answer_of, read_turns
from index.errors import BadInput

__all__ = ["PATH", "conversation_files"]

PATH = "/conversation"

_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


@dataclass(frozen=True, slots=True)
class _Format:
    media_type: str
    write: Callable[[Transcript], bytes]


_FORMATS: Mapping[str, _Format] = {
    "md": _Format("text/markdown; charset=utf-8", markdown.write),
    "docx": _Format(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", word.write
    ),
}


@dataclass(frozen=True)
class _Clerk:
    """Writes conversations down, in one language of the interface."""

    knowledge: Knowledge
    interface: Interface

    def transcript(self, turns: Sequence[Turn], host: str) -> Transcript:
        """The document of these turns, with whole addresses."""
        text = self.interface.text
        return Transcript(
            Words(
                text("chat.transcript"),
                text("chat.transcript_question"),
                text("chat.transcript_citations"),
                text("chat.transcript_text"),
            ),
            date.today(),
            tuple(self._exchange(answer_of(turn, self.knowledge), host) for turn in turns),
            text("site.not_advice"),
            which_text(self.knowledge, self.interface),
        )

    def _exchange(self, answer: Answer, host: str) -> Exchange:
        plain = answer.outcome is Outcome.ANSWERED
        kind = "" if plain else self.interface.text(f"chat.{answer.outcome}")
        told = "\n\n".join(filter(None, [answer.text, answer.notice]))
        sources = tuple(self._source(citation, host) for citation in answer.citations)
        return Exchange(answer.question, kind, told, sources)

    def _source(self, citation: Citation, host: str) -> Source:
        level = Names(self.interface).level(citation.level)
        place = self.interface.place(citation.url).removeprefix(self.interface.root)
        return Source(formal_citation(citation), level, f"{host}{place}")


def conversation_files(knowledge: Knowledge, interface: Interface, settings: Settings) -> APIRouter:
    """The route of the files in one language of the interface."""
    clerk = _Clerk(knowledge, interface)
    router = APIRouter(include_in_schema=False)

    @router.post(PATH)
    async def save(request: Request, format: str = "docx") -> Response:
        try:
            chosen = _FORMATS.get(format, _FORMATS["docx"])
            turns = read_turns(await read_within(request, MOST_BYTES))
            transcript = clerk.transcript(turns, address_of(request, settings))
            content = await run_in_threadpool(chosen.write, transcript)
        except (BadInput, Refused) as error:
            problem = problem_of(error)
            return JSONResponse(problem.body(), problem.status, headers=_HEADERS)
        return _file(content, chosen, transcript.day)

    return router


def _file(content: bytes, chosen: _Format, day: date) -> Response:
    ending = next(name for name, format in _FORMATS.items() if format is chosen)
    headers = {"Content-Disposition": f"attachment; filename=conversation-{day}.{ending}"}
    return Response(content, media_type=chosen.media_type, headers=_HEADERS | headers)
