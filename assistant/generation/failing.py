"""Why a language model gave nothing that can be used: what went wrong, as a line for people.

Nothing of a provider's own message comes through, since it may quote a key, an address or the
question.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from threading import Lock

from langchain_core import exceptions as told

from assistant.secrets import masked
from index.errors import ModelFailure
from prompts import fixed_text

__all__ = ["DEAD", "PASSING", "Cause", "Tally", "cause_of", "failure"]


class Cause(StrEnum):
    """What went wrong; each has its text in ``prompts/model/failures``."""

    NO_PACKAGE = "no_package"
    UNKNOWN = "unknown"
    NO_KEY = "no_key"
    WRONG_KEY = "wrong_key"
    NO_MODEL = "no_model"
    UNREACHABLE = "unreachable"
    LATE = "late"
    SILENT = "silent"
    SLOW = "slow"
    BUSY = "busy"
    SERVER = "server"
    BROKEN = "broken"
    EMPTY = "empty"
    GARBLED = "garbled"
    ENDLESS = "endless"
    TOO_LONG = "too_long"
    WITHHELD = "withheld"
    REFUSED = "refused"
    RESTING = "resting"
    FOUND_NOTHING = "found_nothing"
    NO_SENTENCE = "no_sentence"
    UNSUPPORTED = "unsupported"
    OTHER = "other"


PASSING = frozenset({Cause.UNREACHABLE, Cause.BUSY, Cause.SERVER})
"""What may be over after a pause."""

DEAD = PASSING | {Cause.LATE, Cause.SILENT, Cause.SLOW, Cause.ENDLESS}
"""What says that the provider is down or slow, so that the next question need not wait for it."""


class Tally(Mapping[str, int]):
    """How often each cause has been met; counted from several threads."""

    def __init__(self) -> None:
        self._counts = {str(cause): 0 for cause in Cause}
        self._lock = Lock()

    def __getitem__(self, cause: str) -> int:
        return self._counts[cause]

    def __iter__(self) -> Iterator[str]:
        return iter(self._counts)

    def __len__(self) -> int:
        return len(self._counts)

    def count(self, error: ModelFailure) -> None:
        """Count a failure."""
        with self._lock:
            self._counts[error.cause] += 1


def failure(cause: Cause, **values: object) -> ModelFailure:
    """The failure of that cause, in one line; ``values`` fill in its text."""
    shown = {name: masked(str(value)) for name, value in values.items()}
    return ModelFailure(fixed_text(f"model/failures/{cause}", **shown), cause)


_BY_CLASS: tuple[tuple[type[Exception], Cause], ...] = (
    (told.ContextOverflowError, Cause.TOO_LONG),
    (told.ModelAuthenticationError, Cause.WRONG_KEY),
    (told.ModelPermissionDeniedError, Cause.WRONG_KEY),
    (told.ModelNotFoundError, Cause.NO_MODEL),
    (told.ModelTimeoutError, Cause.LATE),
    (told.ModelConnectionError, Cause.UNREACHABLE),
    (told.ModelRateLimitError, Cause.BUSY),
    (json.JSONDecodeError, Cause.GARBLED),
    (UnicodeDecodeError, Cause.GARBLED),
)
_BY_STATUS = {
    401: Cause.WRONG_KEY,
    403: Cause.WRONG_KEY,
    404: Cause.NO_MODEL,
    408: Cause.LATE,
    413: Cause.TOO_LONG,
    429: Cause.BUSY,
}
_TOO_LONG = re.compile(r"context|too long|too many tokens|maximum.{0,40}tokens", re.IGNORECASE)
_WITHHELD = re.compile(r"content.?(?:filter|policy|management)|safety|moderation", re.IGNORECASE)
_NO_KEY = re.compile(r"api.?key|credential|authentication method", re.IGNORECASE)


def cause_of(error: BaseException, *, begun: bool) -> Cause:
    """What an error of a provider's library means; ``begun`` where words had come before it."""
    cause = _told_by(error)
    if not begun:
        return cause
    if cause is Cause.LATE:
        return Cause.SILENT
    return Cause.BROKEN if cause in (Cause.UNREACHABLE, Cause.OTHER) else cause


def _told_by(error: BaseException) -> Cause:
    status = getattr(error, "status_code", None)
    if status == 400:
        return _of_a_bad_request(str(error))
    for kind, cause in _BY_CLASS:
        if isinstance(error, kind):
            return cause
    if isinstance(status, int):
        return _BY_STATUS.get(status, Cause.SERVER if status >= 500 else Cause.REFUSED)
    return _by_name(error)


def _of_a_bad_request(message: str) -> Cause:
    if _TOO_LONG.search(message):
        return Cause.TOO_LONG
    return Cause.WITHHELD if _WITHHELD.search(message) else Cause.REFUSED


def _by_name(error: BaseException) -> Cause:
    """What the names of its classes say, where a library has none of those common to all."""
    names = " ".join(kind.__name__ for kind in type(error).__mro__)
    if "Timeout" in names:
        return Cause.LATE
    if re.search(r"Connect|TransportError|ProtocolError", names):
        return Cause.UNREACHABLE
    if "Refusal" in names:
        return Cause.WITHHELD
    if "No generation chunks" in str(error):  # LangChain's words for a stream without an event
        return Cause.EMPTY
    return Cause.NO_KEY if _NO_KEY.search(str(error)) else Cause.OTHER
