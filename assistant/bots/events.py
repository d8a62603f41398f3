"""What Chatwoot tells its agent bot: which messages are for it, and what they say. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated

from lxml import etree, html
from pydantic import BaseModel, Field, ValidationError

from index.errors import BadInput

__all__ = ["Conversation", "Message", "read_event", "words_of"]

_CREATED = "message_created"
_INCOMING = ("incoming", 0)
_PENDING = "pending"
_STAFF = ("user", "agent_bot")
"""Kinds of sender that are no customer."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """One conversation: ``number`` is its own within an account, as the API's paths have it."""

    account: int
    inbox: int
    number: int


@dataclass(frozen=True, slots=True)
class Message:
    """What a customer wrote while the bot is in charge; ``text`` is "" where there are no words."""

    id: int
    conversation: Conversation
    text: str


Number = Annotated[int, Field(ge=0)]


class _Named(BaseModel):
    id: Number


class _Sender(BaseModel):
    type: str | None = None


class _Conversation(_Named):
    status: str
    inbox_id: Number = 0


class _Event(_Named):
    message_type: str | int
    content: str | None = None
    private: bool | None = None
    account: _Named
    conversation: _Conversation
    inbox: _Named | None = None
    sender: _Sender | None = None


def read_event(event: object) -> Message | None:
    """The customer's message in an event; None for one that the bot has nothing to do with.

    That is every other kind of event, what staff, bots and templates write, private notes, and
    whatever comes when the conversation is not pending, for then a person is in charge. Raises
    ``BadInput`` for a message without what Chatwoot documents.
    """
    if not isinstance(event, dict):
        raise BadInput("This is no event of Chatwoot: a JSON object was expected.")
    if event.get("event") != _CREATED:
        return None
    try:
        read = _Event.model_validate(event)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise BadInput(
            f"This is no message of Chatwoot: its {where} is missing or wrong."
        ) from None
    return _message(read) if _is_for_bot(read) else None


def _is_for_bot(event: _Event) -> bool:
    from_staff = event.sender is not None and (event.sender.type or "").lower() in _STAFF
    return (
        event.message_type in _INCOMING
        and not event.private
        and not from_staff
        and event.conversation.status == _PENDING
    )


def _message(event: _Event) -> Message:
    inbox = event.inbox.id if event.inbox else event.conversation.inbox_id
    conversation = Conversation(event.account.id, inbox, event.conversation.id)
    return Message(event.id, conversation, words_of(event.content or ""))


_MARKUP = re.compile(r"<(?:!--|!doctype|/?[a-z][a-z0-9]*[\s/>])", re.IGNORECASE)
_SILENT = ("script", "style", "head", "title", etree.Comment)


def words_of(content: str) -> str:
    """The words of a message, without the markup of one that was written as HTML."""
    if not _MARKUP.search(content):
        return content.strip()
    parser = html.HTMLParser(encoding="utf-8")
    root = html.fragment_fromstring(
        content.replace("\0", "").encode(), create_parent="div", parser=parser
    )
    etree.strip_elements(root, *_SILENT, with_tail=False)
    for element in root.iter("br", "p", "div", "li", "tr", "td", "h1", "h2", "h3", "blockquote"):
        element.tail = f"\n{element.tail or ''}"
        element.text = f"\n{element.text or ''}"
    lines = (" ".join(line.split()) for line in root.text_content().splitlines())
    return "\n".join(line for line in lines if line)
