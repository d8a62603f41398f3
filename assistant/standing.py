"""How things stand with the Convention: the rule of entry into force, and who is bound, by date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from index.status import Fact, Status
from index.treaty_status import KeptStatus, Participant, TreatyStatus
from prompts import fixed_text

__all__ = ["entry_into_force", "force", "newest", "standing"]

INSTRUMENTS = 40
DAYS = 90
COLLECTION = "UN Treaty Collection"
_ORGANIZATIONS = frozenset({"European Union"})
"""Participants whose instrument does not count towards the forty (article 65, paragraph 1)."""


def standing(status: Status, kept: KeptStatus | None) -> str:
    """The rule, the last facts known here with their dates, and what the kept file says."""
    facts = status.placeholders()
    paragraphs = [
        fixed_text("standing/rule", **facts),
        fixed_text("standing/known", **facts),
        *(_collection(kept) if kept else [fixed_text("standing/nothing")]),
    ]
    return "\n\n".join(paragraphs)


def newest(status: Status, kept: KeptStatus | None) -> Status:
    """The dated facts, with those of the kept file where it is the newer source."""
    if kept is None or kept.fetched[:10] < status.as_of:
        return status
    day = _words(date.fromisoformat(kept.fetched[:10]))
    first = min((p for p in kept.status.participants if p.bound), key=_bound, default=None)
    values = {
        "signatories": str(kept.status.signatories),
        "parties": str(kept.status.parties),
        "first_party": f"{first.name}, on {_words(_bound(first))}" if first else "still to come",
        "source": COLLECTION,
    }
    facts = {name: Fact(value, day, COLLECTION) for name, value in values.items()}
    return Status({**status.facts, **facts}, kept.fetched[:10])


def _bound(participant: Participant) -> date:
    return participant.bound or date.max


def force(facts: Mapping[str, str], kept: KeptStatus | None) -> str:
    """The sentence on whether the Convention was in force on the last date known here."""
    in_force = entry_into_force(kept.status) if kept else None
    if in_force is None:
        return fixed_text("standing/not_in_force", **facts)
    fortieth, day = map(_words, in_force)
    return fixed_text("standing/fortieth_in_answer", fortieth=fortieth, day=day)


def entry_into_force(status: TreatyStatus) -> tuple[date, date] | None:
    """The day of the fortieth instrument and the ninetieth day after it; None before that."""
    days = sorted(p.bound for p in _counted(status) if p.bound is not None)
    if len(days) < INSTRUMENTS:
        return None
    fortieth = days[INSTRUMENTS - 1]
    return fortieth, fortieth + timedelta(days=DAYS)


def _counted(status: TreatyStatus) -> list[Participant]:
    """The Parties whose instruments count towards the forty."""
    return [p for p in status.participants if p.bound is not None and p.name not in _ORGANIZATIONS]


def _collection(kept: KeptStatus) -> Iterator[str]:
    status = kept.status
    yield fixed_text(
        "standing/collection",
        fetched=_words(date.fromisoformat(kept.fetched[:10])),
        signatories=status.signatories,
        parties=status.parties,
        latest=_words(status.latest) if status.latest else "an unknown day",
        address=kept.address,
    )
    parties = [f"{p.name} ({_words(p.bound)}, {p.way})" for p in status.participants if p.bound]
    if parties:
        yield fixed_text("standing/parties", names="; ".join(parties))
    in_force = entry_into_force(status)
    if in_force is None:
        yield fixed_text("standing/not_yet", count=len(_counted(status)))
    else:
        fortieth, day = map(_words, in_force)
        yield fixed_text("standing/fortieth", fortieth=fortieth, day=day)


def _words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
