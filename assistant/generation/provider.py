"""A language model of any provider, asked within limits; its every failure is a ``ModelFailure``.

The model is asked on a thread of its own, so that a provider that hangs can be given up in time.
"""

from __future__ import annotations

import re
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Any

from circuitbreaker import CircuitBreaker
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage
from tenacity import RetryCallState, Retrying, retry_if_exception, sleep_using_event
from tenacity.stop import stop_after_attempt, stop_before_delay
from tenacity.wait import wait_exponential

from assistant.generation.failing import DEAD, PASSING, Cause, Tally, cause_of, failure
from assistant.secrets import masked
from index.errors import ModelFailure

__all__ = ["Limits", "Provider"]

ANSWER_TOKENS = 400
MOST_CHARACTERS = 12_000
"""An answer of more is none: the model does not stop."""

TRIES = 3
FAILURES = 3
REST = 60
"""After so many failures in a row, the model is left alone for so many seconds."""

_EXTRAS = {
    "langchain-openai": "openai",
    "langchain-anthropic": "anthropic",
    "langchain-ollama": "ollama",
}
_ENDINGS = ("finish_reason", "stop_reason", "done_reason")
"""Where the providers of ``_EXTRAS`` say that an answer is complete, and why it ended."""

_WITHHOLDING = frozenset({"content_filter", "refusal"})


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds that a model may take: to begin or pause (``wait``), and in all (``whole``)."""

    wait: float
    whole: float


class Provider:
    """The language model that the settings name; safe to use from several threads.

    ``failures`` counts the questions for which it gave nothing that could be used, by cause.
    """

    def __init__(self, name: str, limits: Limits) -> None:
        self._name = name
        self._limits = limits
        self._breaker = CircuitBreaker(FAILURES, REST, _says_dead)
        self.failures = Tally()

    @property
    def name(self) -> str:
        """The name of the model, without a key that somebody may have written into it."""
        return masked(self._name)

    def open(self) -> BaseChatModel:
        """The model, opened once; nothing is sent. Raises ``ModelFailure``."""
        opened = self._opened
        if isinstance(opened, ModelFailure):
            raise ModelFailure(str(opened), opened.cause)
        return opened

    @cached_property
    def _opened(self) -> BaseChatModel | ModelFailure:
        from langchain.chat_models import init_chat_model

        try:
            model: BaseChatModel = init_chat_model(self._name, **_options(self._name, self._limits))
            return model
        except ImportError as error:
            return _without_package(self.name, str(error))
        except ValueError as error:
            if "provider" in str(error).splitlines()[0].lower():
                return failure(Cause.UNKNOWN, model=self.name)
            return self._failure(error)
        except Exception as error:
            return self._failure(error)

    def _failure(self, error: Exception) -> ModelFailure:
        kind = type(error).__name__
        return failure(cause_of(error, begun=False), model=self.name, kind=kind)

    def stream(self, messages: Sequence[BaseMessage]) -> Generator[str]:
        """The pieces of the model's text as they come; raises ``ModelFailure``.

        A generator that is closed early gives the model up.
        """
        chat = self.open()
        if self._breaker.opened:
            raise failure(Cause.RESTING, failures=FAILURES, rest=REST)
        with self._breaker:
            yield from _Call(chat, messages, self._limits, self.name).pieces()


def _says_dead(kind: type[BaseException], error: BaseException) -> bool:
    return isinstance(error, ModelFailure) and error.cause in DEAD


def _options(name: str, limits: Limits) -> dict[str, Any]:
    """What a model is opened with; nothing waits longer in its library than here."""
    patience = limits.wait + 1
    if name.startswith("ollama:"):
        return {
            "temperature": 0,
            "num_predict": ANSWER_TOKENS,
            "client_kwargs": {"timeout": patience},
        }
    return {
        "temperature": 0,
        "max_tokens": ANSWER_TOKENS,
        "timeout": patience,
        "max_retries": 0,
    }


def _without_package(model: str, message: str) -> ModelFailure:
    found = re.search(r"requires the ([\w-]+) package", message)
    package = found[1] if found else "of its provider"
    extra = _EXTRAS.get(package)
    install = f'".[{extra}]"' if extra else package
    return failure(Cause.NO_PACKAGE, model=model, package=package, install=install)


class _Call:
    """One question to a model: a thread puts what comes into a queue, the asker takes it out."""

    def __init__(
        self, chat: BaseChatModel, messages: Sequence[BaseMessage], limits: Limits, name: str
    ) -> None:
        self._chat = chat
        self._messages = list(messages)
        self._limits = limits
        self._name = name
        self._came: SimpleQueue[str | ModelFailure | None] = SimpleQueue()
        self._given_up = Event()
        self._begun = False
        self._ending = ""

    def pieces(self) -> Iterator[str]:
        """The pieces of text, each within the limits; raises ``ModelFailure``."""
        Thread(target=self._ask, name="model", daemon=True).start()
        started, length = time.monotonic(), 0
        try:
            while (piece := self._next(started, begun=length > 0)) is not None:
                length += len(piece)
                if length > MOST_CHARACTERS:
                    raise failure(Cause.ENDLESS)
                yield piece
        finally:
            self._given_up.set()

    def _next(self, started: float, *, begun: bool) -> str | None:
        left = started + self._limits.whole - time.monotonic()
        try:
            came = self._came.get(timeout=max(0.0, min(left, self._limits.wait)))
        except Empty:
            over = left <= self._limits.wait
            raise self._failure(_of_silence(begun=begun, over=over)) from None
        if isinstance(came, ModelFailure):
            raise came
        return came

    def _ask(self) -> None:
        """Ask the model, again after a pause where that may help; never raises."""
        from langsmith import tracing_context

        try:
            with tracing_context(enabled=False):
                for attempt in self._attempts():
                    with attempt:
                        self._receive()
            self._came.put(self._ended())
        except Exception as error:
            cause = cause_of(error, begun=self._begun)
            self._came.put(self._failure(cause, type(error).__name__))

    def _attempts(self) -> Retrying:
        return Retrying(
            retry=retry_if_exception(self._may_pass),
            stop=stop_after_attempt(TRIES) | stop_before_delay(self._limits.wait),
            wait=_pause,
            sleep=sleep_using_event(self._given_up),
            reraise=True,
        )

    def _may_pass(self, error: BaseException) -> bool:
        if self._begun or self._given_up.is_set() or "insufficient_quota" in str(error):
            return False
        return cause_of(error, begun=False) in PASSING

    def _receive(self) -> None:
        for chunk in self._chat.stream(self._messages):
            if self._given_up.is_set():
                return
            self._ending = _ending_of(chunk) or self._ending
            if text := str(chunk.text):
                self._begun = True
                self._came.put(text)

    def _ended(self) -> ModelFailure | None:
        """What the end of the stream means: None where the answer is complete."""
        if self._ending in _WITHHOLDING:
            return self._failure(Cause.WITHHELD)
        if not self._begun:
            return self._failure(Cause.EMPTY)
        says_ending = self._chat.__class__.__module__.partition(".")[0].replace("_", "-") in _EXTRAS
        return self._failure(Cause.BROKEN) if says_ending and not self._ending else None

    def _failure(self, cause: Cause, kind: str = "") -> ModelFailure:
        return failure(
            cause,
            model=self._name,
            wait=f"{self._limits.wait:g}",
            seconds=f"{self._limits.whole:g}",
            kind=kind,
        )


def _of_silence(*, begun: bool, over: bool) -> Cause:
    """What it means that nothing came: ``over`` where no time is left for the whole."""
    if over:
        return Cause.SLOW
    return Cause.SILENT if begun else Cause.LATE


def _ending_of(chunk: AIMessageChunk) -> str:
    found = (chunk.response_metadata.get(name) for name in _ENDINGS)
    return next((str(ending) for ending in found if ending), "")


_exponential = wait_exponential(multiplier=0.5, max=8)


def _pause(state: RetryCallState) -> float:
    """How long to wait before the next try: as long as the provider says, or ever longer."""
    error = state.outcome.exception() if state.outcome else None
    headers = getattr(getattr(error, "response", None), "headers", {})
    said = re.fullmatch(r"\d+(?:\.\d+)?", headers.get("retry-after", ""))
    return float(said[0]) if said else _exponential(state)
