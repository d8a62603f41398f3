"""How far a question has come on its way through the chain, told while it is answered."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any
from uuid import UUID

from langchain_core.callbacks import BaseCallbackHandler

__all__ = ["Stage", "StageTeller"]


class Stage(StrEnum):
    """What is being done: finding out what is asked, searching the provisions, writing."""

    UNDERSTANDING = "understanding"
    SEARCHING = "searching"
    WRITING = "writing"


_AFTER = {"understand": Stage.SEARCHING, "search": Stage.WRITING}
"""What begins when a step of the chain, by its name, has ended."""


class StageTeller(BaseCallbackHandler):
    """Tells ``tell`` each stage as it begins; not those of questions asked again on the way.

    The end of a step is what counts: a chain that is streamed starts all its steps at once.
    """

    run_inline = True

    def __init__(self, tell: Callable[[Stage], None]) -> None:
        self._tell = tell
        self._whole: UUID | None = None
        self._names: dict[UUID, str] = {}

    def on_chain_start(
        self,
        serialized: dict[str, Any] | None,
        inputs: Any,
        *,
        run_id: UUID,
        parent_run_id: UUID | None = None,
        name: str | None = None,
        **given: Any,
    ) -> None:
        """Remember which step a run is; the first run is the whole chain."""
        if self._whole is None:
            self._whole = run_id
            self._tell(Stage.UNDERSTANDING)
        elif parent_run_id == self._whole and name:
            self._names[run_id] = name

    def on_chain_end(self, outputs: Any, *, run_id: UUID, **given: Any) -> None:
        """Tell the stage that follows the step that has ended."""
        if stage := _AFTER.get(self._names.pop(run_id, "")):
            self._tell(stage)
