"""Answers a Slack slash command, such as ``/convention How long must data be preserved?``.

Slack wants a word within three seconds: it gets one at once, and the answer at the address that it
gives for later. See README.md beside this file.
"""

from __future__ import annotations

import argparse
import hashlib
import hmac
import os
import re
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import httpx
import uvicorn
from fastapi import BackgroundTasks, FastAPI, Request, Response
from fastapi.responses import JSONResponse

__all__ = ["Desk", "build_app", "is_from_slack", "main", "mrkdwn", "signature_of"]

TOLERANCE = 300
"""Seconds that a request may be old."""

MOST_BYTES = 64 * 1024
_HOOKS = "https://hooks.slack.com/"
_LABEL = re.compile(r"\[((?:art\. \d|preamble)[^\[\]]*)\]")

WORKING = "Looking that up …"
USAGE = "Ask about the UN Convention against Cybercrime, for example: {command} Is hacking a crime?"
NO_ANSWER = "The assistant cannot be reached just now. Please ask again in a minute."
REFUSED = "The assistant took no question just now: {why}"


@dataclass(frozen=True)
class Desk:
    """What the program needs to know.

    Attributes:
        assistant: address of the assistant, to ask it at; ``links`` where readers reach it.
        secret: the signing secret of the Slack app.
        key: key of the assistant's API, "" where it wants none.
        in_channel: whether everybody in the channel sees the answer, and not the asker alone.
        hooks: what the addresses that Slack gives for answers begin with.
        seconds: how long the assistant may take.
    """

    assistant: str
    links: str
    secret: str
    key: str = ""
    in_channel: bool = False
    hooks: str = _HOOKS
    seconds: float = 120.0


def build_app(desk: Desk) -> FastAPI:
    """The application: ``POST /slack/command``."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @app.post("/slack/command")
    async def command(request: Request, later: BackgroundTasks) -> Response:
        body = await _body(request)
        if body is None:
            return Response(status_code=413)
        if not is_from_slack(desk.secret, request.headers, body, time.time()):
            return Response("This request is not signed by Slack.", status_code=401)
        given = dict(parse_qsl(body.decode("utf-8", "replace")))
        question, hook = given.get("text", "").strip(), given.get("response_url", "")
        if not question or question.lower() == "help":
            return _told(USAGE.format(command=given.get("command", "/convention")))
        if not hook.startswith(desk.hooks):
            return Response("There is no address of Slack to answer at.", status_code=400)
        later.add_task(_answer, desk, question, hook)
        return _told(WORKING)

    return app


async def _body(request: Request) -> bytes | None:
    """The body; None where it is larger than any command."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            return None
    return bytes(body)


def is_from_slack(secret: str, headers: Mapping[str, str], body: bytes, now: float) -> bool:
    """Whether the body is signed with the app's secret, in the last minutes."""
    stamp = headers.get("x-slack-request-timestamp", "")
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 13):
        return False
    signature = headers.get("x-slack-signature", "").encode("utf-8", "replace")
    fresh = abs(now - int(stamp)) <= TOLERANCE
    return hmac.compare_digest(signature_of(secret, stamp, body).encode(), signature) and fresh


def signature_of(secret: str, stamp: str, body: bytes) -> str:
    """The signature that Slack calls ``v0``."""
    signed = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256)
    return f"v0={signed.hexdigest()}"


def _told(text: str) -> Response:
    """Something that the asker alone sees."""
    return JSONResponse({"response_type": "ephemeral", "text": text})


async def _answer(desk: Desk, question: str, hook: str) -> None:
    """Ask, and send the answer, or why there is none, to the address that Slack gave."""
    async with httpx.AsyncClient(timeout=desk.seconds) as client:
        kind, text = await _asked(client, desk, question)
        try:
            (await client.post(hook, json={"response_type": kind, "text": text})).raise_for_status()
        except httpx.HTTPError as error:
            print(f"Slack took no answer: {type(error).__name__}.", file=sys.stderr, flush=True)


async def _asked(client: httpx.AsyncClient, desk: Desk, question: str) -> tuple[str, str]:
    """Who sees the answer, and its text."""
    headers = {"Authorization": f"Bearer {desk.key}"} if desk.key else {}
    try:
        response = await client.post(
            f"{desk.assistant}/api/ask", json={"question": question}, headers=headers
        )
        values = response.json()
        if response.is_success:
            kind = "in_channel" if desk.in_channel else "ephemeral"
            return kind, f"*{_plain(question)}*\n{mrkdwn(values, desk.links)}"
        return "ephemeral", REFUSED.format(why=_plain(values["error"]["message"]))
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        return "ephemeral", NO_ANSWER


def mrkdwn(answer: Mapping[str, Any], links: str) -> str:
    """The text of an answer in Slack's markup, each label a link to its provision."""
    labels = dict.fromkeys(_LABEL.findall(answer["text"]))
    urls = dict(zip(labels, (cited["url"] for cited in answer["citations"]), strict=False))
    pieces = _LABEL.split(answer["text"])
    told = [
        _linked(piece, urls.get(piece, ""), links) if place % 2 else _plain(piece)
        for place, piece in enumerate(pieces)
    ]
    return "".join(told).replace("**", "*")


def _linked(label: str, path: str, links: str) -> str:
    return f"[<{links}{path}|{label}>]" if path else f"[{label}]"


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until interrupted; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--assistant", default="http://127.0.0.1:7860", help="its address")
    parser.add_argument("--links", help="its address for readers (default: the same)")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=7861)
    parser.add_argument("--in-channel", action="store_true", help="show answers to everybody")
    options = parser.parse_args(arguments)
    secret = os.environ.get("SLACK_SIGNING_SECRET", "")
    if not secret:
        print("Set SLACK_SIGNING_SECRET to the signing secret of the Slack app.", file=sys.stderr)
        return 2
    assistant = options.assistant.rstrip("/")
    desk = Desk(
        assistant,
        (options.links or assistant).rstrip("/"),
        secret,
        os.environ.get("ASSISTANT_KEY", ""),
        options.in_channel,
    )
    uvicorn.run(build_app(desk), host=options.host, port=options.port, log_level="warning")
    return 0


if __name__ == "__main__":
    sys.exit(main())
