"""Which two things a question compares. Pure."""

from __future__ import annotations

import re

__all__ = ["compared"]

_END = r"(?:,? (?:as regards|as to|regarding|in terms of|when it comes to|under)\b.*|[,:;.?!–-] .*|[?.!]*)$"
_OTHER = rf"(?P<other>[^?.!,]{{3,80}}?){_END}"
_FORMS = [
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b(?:differences?|distinction|comparison) (?:is )?between (?P<one>[^?.!]{{3,80}}?) and {_OTHER}",
        r"^(?:please )?(?:compare|distinguish|contrast) (?P<one>[^?.!]{3,80}?) (?:and|with|to|from) "
        rf"{_OTHER}",
        r"^how (?:do|does|is|are) (?P<one>.{3,80}?) (?:differ(?:s|ent)?|distinct|distinguished) from"
        rf" {_OTHER}",
        r"^how (?:do|does|are) (?P<one>.{3,80}?) and (?P<other>[^?.!,]{3,80}?) (?:differ|compare)\b",
        r"^(?P<one>[^?.!,]{3,80}?) (?:versus|vs\.?|compared (?:to|with)|as opposed to) "
        rf"{_OTHER}",
        r"^(?P<one>[^?.!,]{3,80}?) (?:and|or|versus|vs\.?) (?P<other>[^?.!,:–-]{3,80}?)\s*"
        r"[,:?–-]+ ?(?:so )?(?:what(?:'?s| is) the difference|how do (?:they|the \w+ \w+) differ)",
    )
]
_LEADING = re.compile(
    r"^(?:the )?(?:one|those|articles?|rules?|provisions?|offences?|crimes?|dut(?:y|ies)) (?:on|of|about|to) ",
    re.IGNORECASE,
)


def compared(question: str) -> tuple[str, str] | None:
    """The two things that a question sets side by side; None where it does not compare."""
    for form in _FORMS:
        if match := form.search(question.strip()):
            one, other = (_LEADING.sub("", match[part].strip()) for part in ("one", "other"))
            return one, other
    return None
