"""Counts requests against limits, and tells how far each is used up.

Over a sliding window: the last one counts by the share of it that is still in sight, so that a
visitor takes two numbers of memory, and nobody can ask twice as much around the turn of a minute.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from limits import RateLimitItem, parse
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from limits.storage import storage_from_string

from index.errors import BadInput

__all__ = ["NONE", "Counted", "Limiter", "Quota", "rate_headers"]

NONE = "none"
"""Stands for no limit in the settings."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Quota:
    """A limit that a request counts against.

    Attributes:
        name: what it is called in the headers of the response.
        rate: how many in which time, as ``30/minute``.
        whose: whose requests count together.
    """

    name: str
    rate: str
    whose: str

    @property
    def item(self) -> RateLimitItem:
        """The limit as the library knows it."""
        return _item(self.rate)


@cache
def _item(rate: str) -> RateLimitItem:
    return parse(rate)


@dataclass(frozen=True, slots=True)
class Counted:
    """How far a limit is used up: what is left, and in how many seconds there is more again."""

    quota: Quota
    allowed: bool
    left: int
    seconds: int


class Limiter:
    """Counts in the memory of the process, or in a Redis that several processes share.

    Where the Redis is away everything is let in: fairness is no reason to answer nobody.
    """

    def __init__(self, store: str) -> None:
        options = {"implementation": "redispy"} if store.startswith("redis") else {}
        try:
            storage = storage_from_string(f"async+{store}", **options)
        except Exception as error:  # of the library, for a name or a package that it has not
            raise BadInput(
                f"CONVENTION_LIMIT_STORE cannot be used ({error}): set it to memory:// or to "
                "redis://HOST, and install the extra 'redis' for that."
            ) from error
        self._limiter = SlidingWindowCounterRateLimiter(storage)
        self._is_away = False

    async def take(self, quotas: Sequence[Quota]) -> list[Counted]:
        """Count a request against each limit, up to the first that is used up."""
        counted: list[Counted] = []
        for quota in quotas:
            counted.append(await self._counted(quota, take=True))
            if not counted[-1].allowed:
                break
        return counted

    async def look(self, quota: Quota) -> Counted:
        """How far a limit is used up, without counting anything."""
        return await self._counted(quota, take=False)

    async def _counted(self, quota: Quota, *, take: bool) -> Counted:
        count = self._limiter.hit if take else self._limiter.test
        names = (quota.name, quota.whose)
        try:
            allowed = await count(quota.item, *names)
            reset, left = await self._limiter.get_window_stats(quota.item, *names)
        except Exception as error:  # of the client of the store, whichever it is
            self._note(error)
            return Counted(quota, True, quota.item.amount, 0)
        self._is_away = False
        return Counted(quota, allowed, left, max(1, math.ceil(reset - time.time())))

    def _note(self, error: Exception) -> None:
        """Say once that the store is away."""
        if not self._is_away:
            _log.error("requests cannot be counted, all are let in: %s", type(error).__name__)
        self._is_away = True


def rate_headers(counted: Sequence[Counted]) -> Mapping[str, str]:
    """``RateLimit-Policy`` and ``RateLimit`` (draft-ietf-httpapi-ratelimit-headers-10).

    With ``Retry-After`` where a limit is used up; nothing where none counts.
    """
    if not counted:
        return {}
    policies = [
        f'"{c.quota.name}";q={c.quota.item.amount};w={c.quota.item.get_expiry()}' for c in counted
    ]
    states = [f'"{c.quota.name}";r={c.left if c.allowed else 0};t={c.seconds}' for c in counted]
    headers = {"RateLimit-Policy": ", ".join(policies), "RateLimit": ", ".join(states)}
    if not counted[-1].allowed:
        headers["Retry-After"] = str(counted[-1].seconds)
    return headers
