"""Meets a question in another language than English, and says in it what can be done here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files

from assistant.answer import Outcome
from assistant.inquiry import Inquiry
from assistant.tongue import Tongue, tongue_of
from index.data import read_yaml
from index.official import ADDRESSES

__all__ = ["Interpret", "english_only", "told_in"]


class Interpret:
    """Answers a question in another language with a clear line in it; lets English ones pass."""

    def __call__(self, inquiry: Inquiry) -> Inquiry:
        """The inquiry with the language of its question, and its text where that is not English."""
        if inquiry.text is not None:
            return inquiry
        tongue = tongue_of(inquiry.asked)
        if tongue is Tongue.ENGLISH:
            return inquiry
        return replace(inquiry, tongue=tongue, text=english_only(tongue), outcome=Outcome.CLARIFY)


def english_only(tongue: Tongue) -> str:
    """That answers are given in English only here, and where the Convention is to be read."""
    address = ADDRESSES.get(tongue, ADDRESSES["en"])[-1]
    return f"{told_in(tongue, 'english_only')}\n\n{told_in(tongue, 'authentic', address=address)}"


def told_in(tongue: Tongue, name: str, **values: object) -> str:
    """The text ``name`` of ``prompts/languages`` in a language; in English for any other one."""
    code = Tongue.ENGLISH if tongue is Tongue.OTHER else tongue
    return _texts(code)[name].format(**values)


@cache
def _texts(code: str) -> Mapping[str, str]:
    content = files("prompts").joinpath("languages", f"{code}.yaml").read_bytes()
    texts: Mapping[str, str] = read_yaml(content)
    return texts
