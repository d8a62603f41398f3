"""How much a stem tells: the fewer provisions, with the questions on them, have it, the more."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping

from assistant.generation.expressions import PARTIES
from assistant.generation.wording import stems_of
from assistant.knowledge import Knowledge
from index.convention import Provision

__all__ = ["weights_of"]

PARTY = 0.3
"""Weight of a party, whichever it is."""

FLOOR = 0.05


def weights_of(knowledge: Knowledge) -> Mapping[str, float]:
    """The weight of every stem and party, 0 to 1; a stem that is missing stands nowhere."""
    provisions = list(knowledge.convention.provisions())
    counts = Counter(stem for provision in provisions for stem in _stems(knowledge, provision))
    whole = math.log(len(provisions) + 1)
    weights = {stem: 1 - math.log(count + 1) / whole + FLOOR for stem, count in counts.items()}
    return weights | dict.fromkeys(PARTIES, PARTY)


def _stems(knowledge: Knowledge, provision: Provision) -> set[str]:
    annotation = knowledge.annotations[provision.id]
    asked = (question.text for question in annotation.questions)
    own = (provision.text, annotation.heading, annotation.summary)
    return stems_of(" ".join((*own, *annotation.words, *asked)))
