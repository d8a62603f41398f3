"""What every export says of itself: which text and data it stands on, of which day."""

from __future__ import annotations

from assistant.exports import Content
from prompts import fixed_text

__all__ = ["about"]


def about(content: Content) -> list[tuple[str, str]]:
    """Pairs of a name and a value, in order."""
    edition = content.register.edition
    return [
        ("Title", "Register of obligations"),
        ("Edition of the text", edition.edition),
        ("Language", edition.language),
        ("SHA-256 of the text", edition.text_sha256),
        ("SHA-256 of the register", edition.register_sha256),
        ("State of the facts", edition.as_of),
        ("Rows", str(len(content.register.rows))),
        ("Exported on", content.day.isoformat()),
        ("Disclaimer", fixed_text("register_disclaimer")),
    ]
