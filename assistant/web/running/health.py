"""Whether the process lives, and whether it can answer questions now."""

from __future__ import annotations

import logging
import math

import numpy as np
from anyio import CapacityLimiter, fail_after, to_thread

from assistant.retriever import ProvisionRetriever
from assistant.web.running.traffic import Traffic
from index.errors import IndexUnavailable
from prompts import fixed_text

__all__ = ["Readiness"]

_SECONDS = 3.0
"""A search of the index takes milliseconds; the probes of most platforms wait a few seconds."""

_log = logging.getLogger(__name__)


class Readiness:
    """Tells why questions cannot be answered now, where they cannot.

    The language model has no part in it: without it, answers are extractive.
    """

    def __init__(self, retriever: ProvisionRetriever, traffic: Traffic) -> None:
        self._retriever = retriever
        self._traffic = traffic
        self._turn = CapacityLimiter(1)  # a search that hangs is not tried again beside itself

    async def why_not(self) -> str | None:
        """A sentence, or None where all is well."""
        if self._traffic.is_stopping:
            return fixed_text("running/stopping")
        try:
            with fail_after(_SECONDS):
                found = await to_thread.run_sync(
                    self._search, abandon_on_cancel=True, limiter=self._turn
                )
        except TimeoutError:
            return fixed_text("running/index_slow", seconds=_SECONDS)
        except IndexUnavailable as error:
            _log.warning("%s", error)
            return fixed_text("running/index_away")
        except Exception:
            _log.exception("the index could not be searched")
            return fixed_text("running/index_away")
        return None if found else fixed_text("running/index_empty")

    def _search(self) -> bool:
        """Whether the index finds anything for some vector of length one."""
        size = self._retriever.encoder.dimension
        vector = np.full(size, 1 / math.sqrt(size), dtype=np.float32)
        return bool(self._retriever.store.nearest(vector, 1))
