"""Answers one e-mail: reads it from standard input and writes the reply to standard output.

Mail of machines (bounces, lists, vacation notes, our own replies) gets no reply: nothing is written
and the status is 0. See README.md beside this file.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from email.utils import formatdate, getaddresses, make_msgid, parseaddr
from typing import Any

import httpx

__all__ = ["Desk", "Unanswered", "is_of_machine", "main", "question_in", "reply_to"]

LATER = 75
"""Exit status by which a mail server knows that it has to try again (``EX_TEMPFAIL``)."""

MOST_BYTES = 10 * 1024 * 1024
MOST_CHARACTERS = 20_000

ONLY_TEXT = (
    "I could not find a question in the text of your message. Please write it as plain text in a "
    "few sentences."
)
FOOTER = (
    "This reply was written by a program. It is information, not legal advice.\n"
    "Text quoted: {edition}, state of {as_of}."
)

_MACHINES = re.compile(
    r"(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?|majordomo|listserv|root|"
    r".+-request|owner-.+)(?:[+@].*)?",
    re.IGNORECASE,
)
_OF_MACHINES = ("List-Id", "List-Unsubscribe", "X-Auto-Response-Suppress")
_PREFIXES = re.compile(r"^(?:\s*(?:re|fwd?)\s*:)+\s*", re.IGNORECASE)
_QUOTING = re.compile(
    r"^(?:>.*|On .{5,200} wrote:|-{2,} ?Original Message ?-{2,}|_{10,}|From: .+@.+)$",
    re.MULTILINE | re.IGNORECASE,
)
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
_LABEL = re.compile(r"\[((?:art\. \d|preamble)[^\[\]]*)\]")
_IDS = re.compile(r"<[^<>\s]{1,250}>")


class Unanswered(Exception):
    """The assistant gave no answer; the message says why."""


@dataclass(frozen=True)
class Desk:
    """What the program needs to know.

    Attributes:
        address: the mail address that replies come from.
        assistant: address of the assistant, to ask it at; ``links`` where readers reach it.
        key: key of the assistant's API, "" where it wants none.
        seconds: how long the assistant may take.
    """

    address: str
    assistant: str
    links: str
    key: str = ""
    seconds: float = 120.0


def is_of_machine(message: EmailMessage, own: str) -> bool:
    """Whether a program sent the message, or nobody could receive an answer."""
    sender = _asker(message)
    return (
        str(message.get("Auto-Submitted", "no")).split(";")[0].strip().lower() != "no"
        or str(message.get("Return-Path", "<x>")).strip() == "<>"
        or str(message.get("Precedence", "")).strip().lower() in ("bulk", "junk", "list")
        or any(
            name in message for name in ("List-Id", "List-Unsubscribe", "X-Auto-Response-Suppress")
        )
        or message.get_content_type() == "multipart/report"
        or not sender
        or sender.lower() == own.lower()
        or _MACHINES.fullmatch(sender) is not None
    )


def _asker(message: EmailMessage) -> str:
    """The one address to answer to; "" where there is none or more than one."""
    for name in ("Reply-To", "From"):
        found = [address for _, address in getaddresses(message.get_all(name, [])) if address]
        if found:
            return found[0] if len(found) == 1 and "@" in found[0] else ""
    return ""


def question_in(message: EmailMessage) -> str:
    """What is asked: the plain text without quoted lines and signature; else the subject; or ""."""
    part = message.get_body(preferencelist=("plain",))
    try:
        text = str(part.get_content()) if part else ""
    except (LookupError, UnicodeError, KeyError):  # a character set that nobody knows
        text = ""
    own = _QUOTING.sub("", _SIGNATURE.split(text.replace("\r\n", "\n"), maxsplit=1)[0])
    asked = " ".join(own.split())
    if not asked and part is not None:
        asked = re.sub(
            r"^(?:\s*(?:re|fwd?)\s*:)+\s*", "", str(message["Subject"] or ""), flags=re.I
        )
    return asked[:MOST_CHARACTERS]


def ask(desk: Desk, question: str) -> Mapping[str, Any]:
    """The answer of the assistant; raises ``Unanswered``."""
    headers = {"Authorization": f"Bearer {desk.key}"} if desk.key else {}
    try:
        response = httpx.post(
            f"{desk.assistant}/api/ask",
            json={"question": question},
            headers=headers,
            timeout=desk.seconds,
        )
        response.raise_for_status()
        answer: Mapping[str, Any] = response.json()
    except (httpx.HTTPError, ValueError) as error:
        raise Unanswered(f"The assistant gave no answer: {type(error).__name__}.") from error
    return answer


def reply_to(message: EmailMessage, text: str, desk: Desk) -> EmailMessage:
    """The reply, in the thread of the message, marked as written by a program."""
    reply = EmailMessage(policy=SMTP)
    reply["From"] = desk.address
    reply["To"] = _asker(message)
    subject = " ".join(str(message["Subject"] or "Your question").split())
    reply["Subject"] = subject if subject.lower().startswith("re:") else f"Re: {subject}"
    reply["Date"] = formatdate(localtime=False)
    reply["Message-ID"] = make_msgid(domain=desk.address.rpartition("@")[2])
    known = _IDS.findall(str(message["Message-ID"] or ""))[:1]
    earlier = _IDS.findall(str(message["References"] or message["In-Reply-To"] or ""))
    if known:
        reply["In-Reply-To"] = known[0]
        reply["References"] = " ".join([*earlier[-20:], *known])
    reply["Auto-Submitted"] = "auto-replied"
    reply["X-Auto-Response-Suppress"] = "All"
    reply.set_content(text, cte="quoted-printable")
    return reply


def as_text(answer: Mapping[str, Any], links: str) -> str:
    """The answer, with the address of each provision that it cites below it."""
    labels = dict.fromkeys(_LABEL.findall(answer["text"]))
    cited = [
        f"[{label}] {citation['title']}\n{links}{citation['url']}"
        for label, citation in zip(labels, answer["citations"], strict=False)
    ]
    footer = FOOTER.format(**answer["convention"])
    parts = [answer["text"].replace("**", ""), answer.get("notice") or "", *cited, footer]
    return "\n\n".join(part for part in parts if part) + "\n"


def answered(raw: bytes, desk: Desk) -> EmailMessage | None:
    """The reply to a message; None where it gets none. Raises ``Unanswered``."""
    message = message_from_bytes(raw, policy=default)
    if not isinstance(message, EmailMessage) or is_of_machine(message, desk.address):
        return None
    question = question_in(message)
    text = as_text(ask(desk, question), desk.links) if question else f"{ONLY_TEXT}\n"
    return reply_to(message, text, desk)


def main(arguments: Sequence[str] | None = None) -> int:
    """Answer the message on standard input; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--from", dest="address", required=True, help="address of the replies")
    parser.add_argument("--assistant", default="http://127.0.0.1:7860", help="its address")
    parser.add_argument("--links", help="its address for readers (default: the same)")
    options = parser.parse_args(arguments)
    assistant = options.assistant.rstrip("/")
    links = (options.links or assistant).rstrip("/")
    desk = Desk(
        parseaddr(options.address)[1], assistant, links, os.environ.get("ASSISTANT_KEY", "")
    )
    raw = sys.stdin.buffer.read(MOST_BYTES + 1)
    try:
        reply = answered(raw, desk) if len(raw) <= MOST_BYTES else None
    except Unanswered as why:
        print(why, file=sys.stderr)
        return LATER
    except (
        AttributeError,
        LookupError,
        TypeError,
        ValueError,
    ) as error:  # spam has such headers
        print(f"The message cannot be read: {type(error).__name__}.", file=sys.stderr)
        return 0
    if reply is not None:
        sys.stdout.buffer.write(reply.as_bytes())
        sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
