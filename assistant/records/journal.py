"""What is kept of answers, where the operator wants it, and what people thought of them."""

from __future__ import annotations

from contextvars import ContextVar
from datetime import UTC, datetime

from asgi_correlation_id import correlation_id

from assistant.answer import Answer
from assistant.records.database import is_there, open_database
from assistant.records.tables import feedback, questions
from assistant.records.writing import Writer
from assistant.settings import Settings

__all__ = ["KEY_NAME", "Journal"]

KEY_NAME: ContextVar[str] = ContextVar("key_name", default="")
"""The name of the key that the request at hand was let in with; "" for none."""


_LONGEST = 4000


class Journal:
    """Keeps questions (where the settings say so) and feedback, never who asked.

    An answer is known by the id of the request that it was the answer to.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._writer = Writer(lambda: open_database(settings), settings.keep_days)

    @property
    def keeps_questions(self) -> bool:
        """Whether questions are kept."""
        return self._settings.keep_questions == "yes"

    def open(self) -> None:
        """Delete what is too old, where there is a database already."""
        if is_there(self._settings):
            self._writer.start()

    def close(self) -> None:
        """Write what has been noted."""
        self._writer.close()

    def note_answer(self, answer: Answer) -> None:
        """Keep a question, what came of it, and the ids of the provisions that were cited."""
        row = {
            "at": datetime.now(UTC),
            "answer": correlation_id.get() or "",
            "question": _storable(answer.question),
            "outcome": str(answer.outcome),
            "citations": " ".join(citation.id for citation in answer.citations),
            "key": KEY_NAME.get(),
        }
        self._writer.put(questions, row)

    def note_feedback(self, answer: str, thumb: str, comment: str = "") -> None:
        """Keep what somebody thought of the answer with that id."""
        row: dict[str, object] = {"at": datetime.now(UTC), "answer": answer, "thumb": thumb}
        row["comment"] = _storable(comment)
        self._writer.put(feedback, row)


def _storable(text: str) -> str:
    """The text without what some databases do not take: NUL, and halves of characters."""
    return text[:_LONGEST].replace("\0", "").encode("utf-8", "replace").decode()
