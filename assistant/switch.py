"""The off switch: a text that is told in place of answers, set beforehand or while they are given.

The setting ``CONVENTION_OFF`` holds for a process from its start; the file ``off.txt`` in the data
folder for all that share the folder, from the next request on.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from assistant.saving import save
from assistant.settings import Settings
from index.errors import SavingError
from prompts import fixed_text

__all__ = ["Switch"]

_FILE = "off.txt"
_MOST_BYTES = 4000


@dataclass(frozen=True, slots=True)
class Switch:
    """Says whether questions are answered; ``text`` and ``data`` are those of the settings."""

    text: str
    data: Path

    @classmethod
    def of(cls, settings: Settings) -> Switch:
        """The switch of these settings."""
        return cls(settings.off, settings.data)

    @property
    def file(self) -> Path:
        """The file that turns answering off while it is there."""
        return self.data / _FILE

    def why_off(self) -> str:
        """The text to tell in place of an answer; "" where questions are answered."""
        return self.text or self._told()

    def _told(self) -> str:
        try:
            with self.file.open("rb") as file:
                text = file.read(_MOST_BYTES).decode("utf-8", "replace").strip()
        except FileNotFoundError:
            return ""
        except OSError:  # it is there, whatever it says
            text = ""
        return text or fixed_text("guard/off")

    def turn_off(self, text: str) -> None:
        """Tell ``text`` (or a fixed one for "") from now on; raises ``SavingError``."""
        with suppress(OSError):  # save tells why the file cannot be written
            self.data.mkdir(parents=True, exist_ok=True)
        save(self.file, f"{text.strip()}\n".encode(), replace=True)

    def turn_on(self) -> bool:
        """Answer again from now on; whether it was off by the file. Raises ``SavingError``."""
        try:
            self.file.unlink()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise SavingError(f"{self.file} cannot be removed ({error.strerror}).") from error
        return True
