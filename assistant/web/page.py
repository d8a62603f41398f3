"""The chat page: Gradio's conversation and question box, connected to what answers them.

What stands around them is in ``frame``; what happens with a question in ``conversation``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.assistant import Assistant
from assistant.web.conversation import Conversation
from assistant.web.interface import Interface
from assistant.web.pages import templates
from prompts import fixed_text

__all__ = ["build_page"]

_POOL = "ask"
_PRIVATE: dict[str, Any] = {"api_visibility": "private"}
_ASKING = "(question, messages) => window.conversation.asking(question, messages)"
_ASKED_BY_LINK = "(question, messages) => [window.conversation.linked(), messages]"
_READY = "() => { window.pageIsReady = true; window.conversation?.ready(); return []; }"
"""Gradio, from the browser's cache, may be there before the page's own script."""
_CHOSEN = "(messages) => [window.conversation.whole(messages)]"
_REOPENED = "() => [window.conversation.reopened()]"
_STOPPED = "(question, messages) => window.conversation.stopped(question, messages)"
_KEPT = "(kept) => { window.conversation.answered(kept); return []; }"
_THANKED = "() => { window.conversation.thanked(); return []; }"


@dataclass(frozen=True)
class _Parts:
    """What the events of the page read and change.

    ``kept`` carries what the browser keeps of an answer; ``linked`` and ``reopened`` are pressed by
    the page's script, for a question in the address and for an earlier conversation.
    """

    chat: gr.Chatbot
    question: gr.Textbox
    ask: gr.Button
    stop: gr.Button
    anew: gr.Button
    kept: gr.Textbox
    linked: gr.Button
    reopened: gr.Button

    @property
    def shown(self) -> list[Any]:
        return [self.question, self.chat, self.kept, self.ask, self.stop]


def build_page(
    assistant: Assistant,
    interface: Interface,
    why_off: Callable[[], str] = str,
    note_feedback: Callable[[str, str], None] = lambda answer, thumb: None,
) -> gr.Blocks:
    """The page as Blocks, with its events; mounting it is left to the caller.

    While ``why_off`` gives a text, it stands in the place of every answer. ``note_feedback`` is
    told the id of an answer and the thumb that it was given: up or down.
    """
    with gr.Blocks(title=interface.text("site.title"), analytics_enabled=False) as page:
        parts = _parts(interface)
        _connect(Conversation(assistant, interface, why_off, note_feedback), parts)
        page.load(fn=None, js=_READY, **_PRIVATE)
    page.queue(max_size=64, default_concurrency_limit=8)
    return page


def _parts(interface: Interface) -> _Parts:
    """The parts in their order on the page; the dock stays at its lower edge."""
    chat = _chat(interface)
    with gr.Column(elem_id="dock"):
        _html("passing.html", interface)
        with gr.Row(elem_id="asking"):
            question = _question(interface)
            ask = _button(interface.text("chat.ask"), "ask", variant="primary")
            stop = _button(interface.text("chat.stop"), "stop", visible=False)
        with gr.Row(elem_id="tools"):
            _html("tools.html", interface)
            anew = _button(interface.text("chat.new_conversation"), "new-conversation")
    return _Parts(
        chat,
        question,
        ask,
        stop,
        anew,
        kept=gr.Textbox(visible=False),
        linked=_button("", "linked", visible="hidden"),
        reopened=_button("", "reopened", visible="hidden"),
    )


def _html(template: str, interface: Interface) -> gr.HTML:
    content = templates().get_template(template).render(t=interface.text)
    return gr.HTML(content, apply_default_css=False, padding=False)


def _button(words: str, name: str, **given: Any) -> gr.Button:
    return gr.Button(words, size="md", elem_id=name, scale=0, min_width=0, **given)


def _chat(interface: Interface) -> gr.Chatbot:
    return gr.Chatbot(
        elem_id="conversation",
        label=interface.text("chat.conversation"),
        show_label=False,
        container=False,
        examples=[{"text": line} for line in fixed_text("examples").splitlines()],
        buttons=[],
        editable="user",
        latex_delimiters=[],
        allow_tags=False,
        height=None,
        autoscroll=False,
        rtl=interface.direction == "rtl",
    )


def _question(interface: Interface) -> gr.Textbox:
    return gr.Textbox(
        elem_id="question",
        label=interface.text("chat.question"),
        placeholder=interface.text("chat.question_hint"),
        container=False,
        lines=1,
        max_lines=6,
        rtl=interface.direction == "rtl",
    )


def _connect(conversation: Conversation, parts: _Parts) -> None:
    answering = _connect_questions(conversation, parts)
    parts.stop.click(
        conversation.stop,
        [parts.question, parts.chat],
        parts.shown,
        js=_STOPPED,
        cancels=answering,
        queue=False,
        **_PRIVATE,
    )
    parts.reopened.click(
        conversation.reopen, [parts.kept], parts.shown, js=_REOPENED, queue=False, **_PRIVATE
    )
    gr.on(
        [parts.anew.click, parts.chat.clear],
        None,
        None,
        [parts.question, parts.chat],
        js="() => { window.conversation.begun(); return ['', []]; }",
        **_PRIVATE,
    )
    liked = parts.chat.like(conversation.rate, [parts.chat], None, queue=False, **_PRIVATE)
    liked.then(fn=None, js=_THANKED, **_PRIVATE)
    gr.api(conversation.ask, api_name="ask", concurrency_id=_POOL)


def _connect_questions(conversation: Conversation, parts: _Parts) -> list[Any]:
    """The events that ask something; each hands its answer to the browser when it is done."""
    common: dict[str, Any] = {
        "outputs": parts.shown,
        "concurrency_id": _POOL,
        "show_progress": "hidden",
        **_PRIVATE,
    }
    written, chat = [parts.question, parts.chat], parts.chat
    asking = [
        gr.on(
            [parts.question.submit, parts.ask.click],
            conversation.tell,
            written,
            js=_ASKING,
            **common,
        ),
        parts.linked.click(conversation.tell, written, js=_ASKED_BY_LINK, **common),
        chat.example_select(conversation.tell_chosen, [chat], js=_CHOSEN, **common),
        chat.option_select(conversation.tell_chosen, [chat], js=_CHOSEN, **common),
        chat.retry(conversation.retry, [chat], js=_CHOSEN, **common),
    ]
    for event in asking:
        event.then(fn=None, inputs=[parts.kept], js=_KEPT, **_PRIVATE)
    return asking
