"""How a provision is cited in writing: as the United Nations cite it, and in short. Pure."""

from __future__ import annotations

import re

from assistant.answer import Citation
from index.convention import Provision
from prompts import fixed_text

__all__ = ["formal_citation", "short_label"]

_CONVENTION = "United Nations Convention against Cybercrime"


def formal_citation(citation: Citation) -> str:
    """The citation for a document, in the style of the United Nations.

    ``United Nations Convention against Cybercrime, art. 14, para. 1 (b) (General Assembly
    resolution 79/243, annex)``.
    """
    place = citation.label.replace("article ", "art. ").replace("paragraph ", "para. ")
    return f"{_CONVENTION}, {place} ({fixed_text('resolution')})"


def short_label(citation: Citation) -> str:
    """The label that an answer's text carries for a citation: ``art. 14(1)(b)``."""
    items = tuple(re.findall(r"\w+", citation.item or ""))
    return Provision(citation.article, citation.paragraph, items, "").short_label
