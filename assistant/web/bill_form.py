"""What a visitor sends to have a bill read: read within limits, kept in memory alone.

A form (``multipart/form-data``) with ``file`` or ``text``, and ``chapter`` where one is wanted. The
size is counted while the form comes in, so that no more than is allowed is ever held.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress
from dataclasses import dataclass

from fastapi import Request
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect

from assistant.gap.duties import CHAPTERS
from assistant.gap.reading import MAX_BYTES
from index.errors import BadInput, BadSource, OversizedDocument
from index.numerals import number_of

__all__ = ["SECONDS", "Body", "Sent", "Text", "read_form"]

SECONDS = 120
"""How long a form may take to come in."""

Text = Callable[..., str]
"""Gives a text of the interface by its name, with its placeholders filled."""

_MEGABYTES = MAX_BYTES // 1_000_000
_FRAME = 100_000
"""Bytes that a form may have beside the bill."""
_LONGEST_NAME = 150
_SECONDS_TO_LET_GO = 20
_MOST_LET_GO = 4 * MAX_BYTES


@dataclass(frozen=True, slots=True)
class Sent:
    """A bill that was sent: its bytes, the name to call it by, and the chapter to look for."""

    name: str
    data: bytes
    chapter: int | None


class _InMemory(MultiPartParser):
    """Keeps files off the disk; the limit of the form holds for them."""

    spool_max_size = MAX_BYTES + _FRAME


async def read_form(request: Request, text: Text, *, seconds: float = SECONDS) -> Sent:
    """The bill that a request brings; ``text`` gives the sentences that say why it cannot be read.

    Raises:
        OversizedDocument: it is larger than what is read; the rest of it is let go by.
        BadInput: it is no form with one bill, or took too long.
    """
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise BadSource(text("bill.no_form"))
    body = Body(request, text)
    parser = _InMemory(
        request.headers, body.parts(), max_files=1, max_fields=4, max_part_size=MAX_BYTES + _FRAME
    )
    try:
        async with asyncio.timeout(seconds):
            form = await parser.parse()
            return await _sent(form, request.query_params.get("chapter", ""), text)
    except TimeoutError as error:
        raise BadInput(text("bill.too_slow", seconds=round(seconds))) from error
    except MultiPartException as error:
        raise BadSource(text("bill.no_form")) from error
    except OversizedDocument:
        await body.let_go()
        raise


class Body:
    """The body of a request, taken in part by part and counted."""

    def __init__(self, request: Request, text: Text) -> None:
        self._text = text
        self._receive = request.receive
        self._is_whole = False

    async def parts(self) -> AsyncGenerator[bytes, None]:
        """The parts; raises ``OversizedDocument`` as soon as there are too many of them."""
        size = 0
        while not self._is_whole:
            part = await self._next()
            size += len(part)
            if size > MAX_BYTES + _FRAME:
                raise OversizedDocument(self._text("bill.too_large", limit=_MEGABYTES))
            yield part

    async def let_go(self) -> None:
        """Take in what is still coming, a while, so that a browser gets to read the answer."""
        size = 0
        with suppress(TimeoutError, ClientDisconnect):
            async with asyncio.timeout(_SECONDS_TO_LET_GO):
                while not self._is_whole and size < _MOST_LET_GO:
                    size += len(await self._next())

    async def _next(self) -> bytes:
        message = await self._receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        self._is_whole = not message.get("more_body", False)
        return bytes(message.get("body", b""))


async def _sent(form: FormData, chapter: str, text: Text) -> Sent:
    file, given = form.get("file"), form.get("text")
    data = await file.read() if isinstance(file, UploadFile) else b""
    named = str(file.filename or "") if isinstance(file, UploadFile) else ""
    pasted = given.strip() if isinstance(given, str) else ""
    if bool(data or named) == bool(pasted):
        raise BadSource(text("bill.both" if pasted else "bill.neither"))
    wanted = _chapter(str(form.get("chapter") or chapter), text)
    if pasted:
        return Sent(text("bill.pasted"), pasted.encode(), wanted)
    if len(data) > MAX_BYTES:
        raise OversizedDocument(text("bill.too_large", limit=_MEGABYTES))
    return Sent(_plain(named, text), data, wanted)


def _plain(name: str, text: Text) -> str:
    """The last part of a file name, without what cannot be printed."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(letter for letter in last if letter.isprintable()).strip()
    return shown[:_LONGEST_NAME] or text("bill.unnamed")


def _chapter(value: str, text: Text) -> int | None:
    """The number of a chapter, arabic or roman; None for all; raises ``BadInput``."""
    if not value.strip():
        return None
    number = number_of(value.strip()) if len(value) < 8 else None
    if number not in CHAPTERS:
        raise BadInput(text("bill.no_chapter", chapter=value[:20]))
    return number
