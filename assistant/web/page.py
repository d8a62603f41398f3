"""The chat page: a question, an answer that grows, and links that open provisions beside it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import Any
from uuid import uuid4

import gradio as gr
from asgi_correlation_id import correlation_id

from assistant.answer import Answer, Draft
from assistant.assistant import Assistant
from assistant.web.bubbles import (
    answer_bubble,
    as_asked,
    draft_bubble,
    growing,
    question_bubble,
)
from assistant.web.interface import STATIC, Interface
from assistant.web.reading_room import templates, which_text
from prompts import fixed_text

__all__ = ["build_page", "head_of", "theme"]

_STYLES = ("theme", "site", "provisions", "page", "beside")
_SCRIPTS = ("beside", "follow")

_SUGGESTIONS = 3
_REMEMBERED = 5
_PAUSE = 0.03
_POOL = "ask"
_FOCUS = """() => {
  const question = document.querySelector("#question textarea");
  const lost = document.activeElement === document.body;
  if (question && lost && matchMedia("(hover: hover)").matches)
    question.focus({ preventScroll: true });
}"""
"""Gives the focus to the question where it would be lost; never raises a phone's keyboard."""

_COLOURS = {
    "background_fill_primary": "var(--paper)",
    "background_fill_secondary": "var(--paper-2)",
    "block_background_fill": "var(--paper)",
    "block_title_text_color": "var(--ink)",
    "body_background_fill": "var(--paper)",
    "body_text_color": "var(--ink)",
    "body_text_color_subdued": "var(--ink-2)",
    "border_color_accent_subdued": "var(--rule)",
    "border_color_primary": "var(--rule)",
    "button_primary_background_fill": "var(--link)",
    "button_primary_background_fill_hover": "var(--link)",
    "button_primary_text_color": "var(--on-link)",
    "button_primary_text_color_hover": "var(--on-link)",
    "button_secondary_background_fill": "var(--paper-2)",
    "button_secondary_background_fill_hover": "var(--rule)",
    "button_secondary_border_color": "var(--rule)",
    "button_secondary_text_color": "var(--ink)",
    "button_secondary_text_color_hover": "var(--ink)",
    "color_accent_soft": "var(--paper-2)",
    "input_background_fill": "var(--paper)",
    "input_background_fill_focus": "var(--paper)",
    "input_border_color": "var(--ink-2)",
    "input_border_color_focus": "var(--link)",
    "input_placeholder_color": "var(--ink-2)",
    "link_text_color": "var(--link)",
    "link_text_color_active": "var(--link)",
    "link_text_color_hover": "var(--link)",
    "link_text_color_visited": "var(--link)",
}

_log = logging.getLogger(__name__)

Message = dict[str, Any]
Shown = tuple[Any, ...]


class Conversation:
    """Answers the events of the page; what was said before comes back with each of them."""

    def __init__(
        self,
        assistant: Assistant,
        interface: Interface,
        why_off: Callable[[], str] = str,
        note_feedback: Callable[[str, str], None] = lambda answer, thumb: None,
    ) -> None:
        self._assistant = assistant
        self._interface = interface
        self._why_off = why_off
        self._note_feedback = note_feedback

    async def ask(self, question: str) -> str:
        """Ask a question on the United Nations Convention against Cybercrime.

        Args:
            question: the question, in everyday words.

        Returns:
            The answer as Markdown; each sentence that states the law ends in its provision.
        """
        steps = [step async for step in self._steps(question, ())]
        return steps[-1].text if steps else self._why_not()

    async def tell(self, question: str, messages: list[Message]) -> AsyncIterator[Shown]:
        """What the page shows from a question on: it, the growing answer, then suggestions."""
        if not question.strip():
            yield (gr.skip(),) * (2 + _SUGGESTIONS)
            return
        asked = [*messages, _message("user", question_bubble(question))]
        answer_id = uuid4().hex
        correlation_id.set(answer_id)
        yield ("", asked, *_untouched())
        steps = self._steps(question, _questions_in(messages))
        drafted, answer = False, None
        async for step in steps:
            if isinstance(step, Answer):
                answer = step
                continue
            drafted = True
            yield _grown(asked, draft_bubble(step), answer_id)
        told = answer_bubble(answer, self._interface) if answer else self._why_not()
        for text in [told] if drafted else growing(told):
            yield _grown(asked, text, answer_id)
            await asyncio.sleep(_PAUSE)
        yield (gr.skip(), gr.skip(), *_suggestions(answer.suggestions if answer else ()))

    async def tell_example(
        self, messages: list[Message], event: gr.SelectData
    ) -> AsyncIterator[Shown]:
        """The same for an example that was chosen."""
        async for shown in self.tell(event.value["text"], messages):
            yield shown

    def rate(self, messages: list[Message], event: gr.LikeData) -> None:
        """Note the thumb that somebody gave to an answer; one that was taken back is not noted."""
        place = event.index if isinstance(event.index, int) else event.index[0]
        answer_id = (messages[place].get("metadata") or {}).get("id")
        if answer_id and isinstance(event.liked, bool):
            self._note_feedback(str(answer_id), "up" if event.liked else "down")

    async def _steps(self, question: str, history: Sequence[str]) -> AsyncIterator[Draft | Answer]:
        """Drafts, and last the answer; it is missing where the question could not be answered."""
        if self._why_off():
            return
        steps = self._assistant.stream(question, history)
        try:
            while (step := await asyncio.to_thread(next, steps, None)) is not None:
                yield step
        except Exception:
            _log.exception("a question could not be answered")

    def _why_not(self) -> str:
        """What stands in the place of an answer that is missing."""
        return self._why_off() or fixed_text("unavailable")


def head_of(interface: Interface) -> str:
    """What the page needs in its head: its styles and scripts."""
    static = f"{interface.root}{STATIC}"
    styles = (f'<link rel="stylesheet" href="{static}/{name}.css">' for name in _STYLES)
    scripts = (f'<script src="{static}/{name}.js" defer></script>' for name in _SCRIPTS)
    return "".join([*styles, *scripts])


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
    with gr.Blocks(
        title=interface.text("site.title"), fill_height=True, analytics_enabled=False
    ) as page:
        on_page = interface.on_page("ask", "/") | {
            "which_text": which_text(assistant.knowledge, interface)
        }
        _html("heading.html", on_page)
        chat = _chat(interface)
        with gr.Row(elem_id="suggestions"):
            suggestions = [_suggestion() for _ in range(_SUGGESTIONS)]
        with gr.Row(elem_id="asking"):
            question = _question(interface)
            ask = gr.Button(
                interface.text("chat.ask"),
                variant="primary",
                size="md",
                elem_id="ask",
                scale=0,
                min_width=96,
            )
            anew = gr.Button(
                interface.text("chat.new_conversation"),
                size="md",
                elem_id="new-conversation",
                scale=0,
                min_width=176,
            )
        _html("advice.html", on_page)
        _html("beside.html", on_page)
        conversation = Conversation(assistant, interface, why_off, note_feedback)
        _connect(conversation, chat, question, suggestions, ask, anew)
        page.load(fn=None, js=_FOCUS, api_visibility="private")
    page.queue(max_size=64, default_concurrency_limit=8)
    return page


def _html(template: str, values: Mapping[str, Any]) -> gr.HTML:
    content = templates().get_template(template).render(values)
    return gr.HTML(content, apply_default_css=False)


def _chat(interface: Interface) -> gr.Chatbot:
    return gr.Chatbot(
        elem_id="conversation",
        label=interface.text("chat.conversation"),
        show_label=False,
        placeholder=interface.text("chat.welcome"),
        examples=[{"text": line} for line in fixed_text("examples").splitlines()],
        buttons=["copy"],
        latex_delimiters=[],
        allow_tags=False,
        height=None,
        autoscroll=False,
        scale=1,
    )


def _suggestion() -> gr.Button:
    return gr.Button(visible=False, variant="secondary", size="sm", elem_classes="suggestion")


def _question(interface: Interface) -> gr.Textbox:
    return gr.Textbox(
        elem_id="question",
        label=interface.text("chat.question"),
        placeholder=interface.text("chat.question_hint"),
        lines=1,
        max_lines=5,
    )


def _connect(
    conversation: Conversation,
    chat: gr.Chatbot,
    question: gr.Textbox,
    suggestions: Sequence[gr.Button],
    ask: gr.Button,
    anew: gr.Button,
) -> None:
    shown = [question, chat, *suggestions]
    common: dict[str, Any] = {
        "outputs": shown,
        "api_visibility": "private",
        "concurrency_id": _POOL,
        "show_progress": "hidden",
    }
    told = [
        gr.on([question.submit, ask.click], conversation.tell, [question, chat], **common),
        chat.example_select(conversation.tell_example, [chat], **common),
        *(button.click(conversation.tell, [button, chat], **common) for button in suggestions),
    ]
    for event in told:
        event.then(fn=None, js=_FOCUS, api_visibility="private")
    cleared = [anew.click, chat.clear]
    gr.on(cleared, _empty, None, shown, api_visibility="private", queue=False, js=_FOCUS)
    chat.like(conversation.rate, [chat], None, api_visibility="private", queue=False)
    gr.api(conversation.ask, api_name="ask", concurrency_id=_POOL)


def _grown(asked: Sequence[Message], text: str, answer_id: str) -> Shown:
    """What the page shows while an answer grows: its text so far below the questions."""
    grown = _message("assistant", text) | {"metadata": {"id": answer_id}}
    return (gr.skip(), [*asked, grown], *_untouched())


def _empty() -> Shown:
    return ("", [], *_suggestions(()))


def _untouched() -> Shown:
    return (gr.skip(),) * _SUGGESTIONS


def _suggestions(questions: Sequence[str]) -> Shown:
    shown = [gr.update(value=text, visible=True) for text in questions[:_SUGGESTIONS]]
    hidden = [gr.update(visible=False)] * (_SUGGESTIONS - len(shown))
    return (*shown, *hidden)


def _message(role: str, content: str) -> Message:
    return {"role": role, "content": content}


def _questions_in(messages: Sequence[Message]) -> tuple[str, ...]:
    """The questions of a conversation, oldest first; the last few of them."""
    bubbles = [_text_of(message) for message in messages if message["role"] == "user"]
    return tuple(as_asked(bubble) for bubble in bubbles[-_REMEMBERED:])


def _text_of(message: Message) -> str:
    content = message["content"]
    if isinstance(content, str):
        return content
    return "\n".join(part["text"] for part in content if part.get("type") == "text")


def theme() -> gr.themes.Base:
    """The theme of the page: the system's own fonts, calm colours, light and dark."""
    fonts = [gr.themes.Font(name) for name in ("system-ui", "Segoe UI", "Roboto", "sans-serif")]
    return gr.themes.Base(
        primary_hue=gr.themes.colors.sky,
        neutral_hue=gr.themes.colors.slate,
        font=fonts,
        font_mono=[gr.themes.Font("ui-monospace"), gr.themes.Font("monospace")],
        text_size=gr.themes.sizes.text_md,
    ).set(**_in_both_schemes(_COLOURS))


def _in_both_schemes(values: Mapping[str, str]) -> dict[str, Any]:
    """The values for light and dark alike: the variables that they name know the scheme."""
    return {**values, **{f"{name}_dark": value for name, value in values.items()}}
