"""Which two things a question compares. Pure."""

from __future__ import annotations

import re

__all__ = ["compared"]

_END = (
    r"(?:,? (?:as regards|as to|regarding|in terms of|when it comes to|under)\b.*"
    r"|[,:;.?!–-] .*|[?.!]*)$"
)
_ONE = r"(?P<one>[^?.!]{3,80}?)"
_OTHER = rf"(?P<other>[^?.!,]{{3,80}}?){_END}"
_FORMS = [
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b(?:differences?|distinction|comparison) (?:is )?between {_ONE} and {_OTHER}",
        rf"^(?:please )?(?:compare|distinguish|contrast) {_ONE} (?:and|with|to|from) {_OTHER}",
        rf"^how (?:do|does|is|are) {_ONE} (?:differ(?:s|ent)?|distinct) from {_OTHER}",
        rf"^how (?:do|does|are) {_ONE} and (?P<other>[^?.!,]{{3,80}}?) (?:differ|compare)\b",
        rf"^(?P<one>[^?.!,]{{3,80}}?) (?:versus|vs\.?|compared (?:to|with)|as opposed to) {_OTHER}",
        r"^(?P<one>[^?.!,]{3,80}?) (?:and|or|versus|vs\.?) (?P<other>[^?.!,:–-]{3,80}?)\s*"
        r"[,:?–-]+ ?(?:so )?(?:what(?:'?s| is) the difference|how do (?:they|the \w+ \w+) differ)",
    )
]
_LEADING = re.compile(
    r"^(?:the )?(?:one|those|articles?|rules?|provisions?|offences?|crimes?|dut(?:y|ies)) "
    r"(?:on|of|about|to) ",
    re.IGNORECASE,
)


def compared(question: str) -> tuple[str, str] | None:
    """The two things that a question sets side by side; None where it does not compare."""
    for form in _FORMS:
        if match := form.search(question.strip()):
            one, other = (_LEADING.sub("", match[part].strip()) for part in ("one", "other"))
            return one, other
    return None
