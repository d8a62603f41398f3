"""Persons and bodies that a sentence names have to be those of the provision."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.generation.claim import Claim, Weight
from assistant.generation.duty import Duty, nearest
from assistant.generation.expressions import BREAK, PARTIES
from assistant.generation.ground import Ground
from assistant.generation.wording import Marks

__all__ = ["names_others"]

_STANDS_FOR = {
    "AUTHORITY": {"CENTRAL", "COURT", "POLICE", "CONTACT", "PROSECUTOR"},
    "STATE": {"REQUESTING", "REQUESTED", "SENDING", "RECEIVING", "REIO", "THIRDSTATE"},
    "RECEIVING": {"REQUESTING"},
    "DEFENDANT": {"OFFENDER", "alleg", "prosecut"},
    "OFFENDER": {"DEFENDANT", "convict", "commit", "crime"},
    "CIVIL": {"NGO"},
    "NGO": {"CIVIL"},
    "COURT": {"court", "justic"},
    "POLICE": {"AUTHORITY", "investig", "law"},
    "REQUESTING": {"ask", "RECEIVING"},
    "COMPANY": {"PRIVATE", "PROVIDER"},
    "PRIVATE": {"COMPANY"},
}
"""Which parties of a provision a looser word may mean."""

_EVERYDAY = frozenset(
    "VICTIM DEFENDANT OFFENDER COMPANY CUSTODIAN WITNESS BANK PROVIDER PRIVATE STATE".split()
)
"""Parties that everyday words for a provision may bring in; bodies and authorities are none."""

_RIVALS = (
    frozenset({"REQUESTED", "REQUESTING", "SENDING", "RECEIVING"}),
    frozenset(
        "CONFERENCE SECGEN SECRETARIAT STATE INTERPOL UNODC ASSEMBLY COURT ICJ PROVIDER".split()
    ),
)
"""Parties of which one acts and not another."""

_ORGANS = frozenset({"AUTHORITY", "POLICE", "COURT", "PROSECUTOR"})
"""They may act for a State, but do not give powers or make laws as it must."""

NEAR, SURE = 0.7, 0.6
"""How near the best a duty of the ground has to be, and how like the claim's, to tell who acts."""

_NAME = re.compile(r"(?<![.:!?“\"(] )(?<!^)(?<![“\"])\b([A-Z][\w-]*)")
_PLAIN = frozenset(
    "state states party parties convention article articles chapter chapters paragraph ict i it "
    "member members treaty un united nations cybercrime ngo ngos hanoi reio isp isps".split()
)


_SPEAKER = re.compile(
    r"\b(?:we|our|ours|my|mine)\b|\bI(?='|\s+[a-z])|\b(?:this|the) sources?\b", re.IGNORECASE
)
"""Who asks, who answers, or what the model was given: of them the Convention says nothing."""


def names_others(claim: Claim, ground: Ground, weight: Weight) -> bool:
    """Whether the claim names a party that the ground has not, or lets the wrong one act."""
    return (
        _SPEAKER.search(claim.text) is not None
        or any(_is_strange(mark, ground) for mark in claim.marks if mark in PARTIES)
        or next(_strange_names(claim.text, ground), None) is not None
        or _does_what_others_do(claim, ground)
        or any(_acts_wrongly(duty, ground, weight) for duty in claim.duties)
    )


def _is_strange(party: str, ground: Ground) -> bool:
    if party in ground.marks or _STANDS_FOR.get(party, set()) & ground.marks:
        return False
    return not (party in _EVERYDAY and party in ground.words)


def _strange_names(text: str, ground: Ground) -> Iterator[str]:
    """Words with a capital inside the sentence that stand nowhere in the ground."""
    said = f"{ground.text} {' '.join(ground.quotable)}".lower()
    known = set(re.findall(r"[a-z0-9]+", said)) | _PLAIN
    for match in _NAME.finditer(text):
        words = re.findall(r"[a-z0-9]+", match[1].lower())
        if any(len(word) > 1 and word not in known for word in words):
            yield match[1]


def _acts_wrongly(duty: Duty, ground: Ground, weight: Weight) -> bool:
    near = [other for score, other in nearest(duty, ground.duties, weight, NEAR) if score >= SURE]
    return bool(near and duty.parties) and all(_clash(duty.parties[0], o.parties) for o in near)


def _clash(party: str, others: tuple[str, ...]) -> bool:
    return party not in others and any(
        {party, other} <= rivals for rivals in _RIVALS for other in others
    )


def _does_what_others_do(claim: Claim, ground: Ground) -> bool:
    """Whether a body does in the claim what only a rival of it does in the ground."""
    said = {pair for statement in ground.statements for pair in _acts(statement.marks)}
    said |= set(_deeds(ground.duties))
    for party, verb in {*_acts(claim.marks), *_deeds(claim.duties)}:
        doers = {other for other, deed in said if deed == verb}
        if doers and (_clash(party, tuple(doers)) or (party in _ORGANS and doers == {"STATE"})):
            return True
    return False


def _deeds(duties: Sequence[Duty]) -> Iterator[tuple[str, str]]:
    """Who must, may or must not do what: the first party of each duty with its first verb."""
    return ((duty.parties[0], duty.deed[0]) for duty in duties if duty.parties and duty.deed)


def _acts(marks: Marks) -> Iterator[tuple[str, str]]:
    """Who does what: a party with the verb after it, or with the one before "by"."""
    for place, mark in enumerate(marks):
        if mark in PARTIES and place and marks[place - 1] == "BY":
            yield from ((mark, verb) for verb in marks[place - 2 : place - 1] if verb.islower())
        elif mark in PARTIES and (place == 0 or marks[place - 1] in ("REL", BREAK)):
            yield from ((mark, verb) for verb in marks[place + 1 : place + 2] if verb.islower())
