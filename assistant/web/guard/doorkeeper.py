"""Whether a program shows a key that lets it in."""

from __future__ import annotations

import logging
import time
from datetime import date

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import Scope

from assistant.records.database import open_database
from assistant.records.keys import Key, KeyRing, KeyStore
from assistant.settings import Settings
from assistant.web.addresses import path_of
from assistant.web.guard.edges import is_for_publishable_keys
from assistant.web.guard.limits import Limiter, Quota, rate_headers
from assistant.web.guard.proxies import visitor_of
from assistant.web.guard.refusal import in_words
from assistant.web.problems import Problem, Refused
from index.errors import RecordsFailure
from prompts import fixed_text

__all__ = ["Doorkeeper"]

_SECONDS_KNOWN = 2
"""After which a key that was made or revoked meanwhile is known as such."""

_TRIES = "10/minute"
"""Wrong keys that an address may show before even a right one is refused."""

_log = logging.getLogger(__name__)


class Doorkeeper:
    """Knows the keys of the database, and looks at those that requests bring."""

    def __init__(self, settings: Settings, limiter: Limiter) -> None:
        self._store = KeyStore(open_database(settings))
        self._limiter = limiter
        self._ring = KeyRing(self._store.all())
        self._read_at = time.monotonic()
        self._used: dict[str, date] = {}

    async def key_of(self, scope: Scope) -> Key:
        """The key that the request shows; raises ``Refused`` (401, 403, 429) without a right one.

        A key that came too often with a wrong one from the same address is not looked at.
        """
        headers = Headers(scope=scope)
        secret = _bearer(headers.get("authorization", ""))
        if not secret:
            raise _unauthorized("guard/no_key", "")
        tries = Quota("tries", _TRIES, visitor_of(scope))
        if not (counted := await self._limiter.look(tries)).allowed:
            message = fixed_text("guard/too_many_tries", time=in_words(counted.seconds))
            raise Refused(Problem(429, "too_many_tries", message, headers=rate_headers([counted])))
        await self._read_again()
        key = self._ring.key_of(secret)
        if key is None:
            await self._limiter.take([tries])
            raise _unauthorized("guard/wrong_key", ', error="invalid_token"')
        _check_use(key, headers.get("origin", ""), scope)
        await self._note_use(key)
        return key

    async def _read_again(self) -> None:
        """Look into the database now and then; where it is away, what was known still holds."""
        if time.monotonic() - self._read_at < _SECONDS_KNOWN:
            return
        self._read_at = time.monotonic()
        try:
            self._ring = KeyRing(await run_in_threadpool(self._store.all))
        except RecordsFailure as error:
            _log.error("keys as they were: %s", error)

    async def _note_use(self, key: Key) -> None:
        """Once a day."""
        today = date.today()
        if today in (key.used, self._used.get(key.name)):
            return
        self._used[key.name] = today
        try:
            await run_in_threadpool(self._store.note_use, key.name, today)
        except RecordsFailure as error:
            _log.error("the use of a key was not noted: %s", error)


def _bearer(authorization: str) -> str:
    scheme, _, secret = authorization.partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def _unauthorized(text: str, more: str) -> Refused:
    headers = {"WWW-Authenticate": f'Bearer realm="assistant"{more}'}
    return Refused(Problem(401, "unauthorized", fixed_text(text), headers=headers))


def _check_use(key: Key, origin: str, scope: Scope) -> None:
    """Raises ``Refused`` where a publishable key is used elsewhere or for something else."""
    if not key.publishable:
        return
    if not key.is_from(origin):
        raise _forbidden("guard/other_site")
    if not is_for_publishable_keys(scope["method"], path_of(scope)):
        raise _forbidden("guard/only_asking")


def _forbidden(text: str) -> Refused:
    return Refused(Problem(403, "forbidden", fixed_text(text)))
