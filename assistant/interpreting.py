"""Meets a question in another language than English, and says in it what can be done here.

Without a multilingual encoder that is one clear line. With one, the question is read as an English
one (see ``bridge``), and the line says as which.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files

from assistant.answer import Outcome
from assistant.bridge import Reading
from assistant.inquiry import Inquiry
from assistant.question import clean
from assistant.tongue import Tongue, tongue_of
from index.data import read_yaml
from index.errors import IndexUnavailable
from index.official import ADDRESSES
from prompts import fixed_text

__all__ = ["Interpret", "Interpreter", "english_only", "told_in"]

Interpreter = Callable[[str, Tongue], Reading]
"""Gives the English question that is answered in place of one in another language."""


class Interpret:
    """Reads a question in another language as an English one, or meets it with a clear line.

    English ones pass. ``interpreter`` is None where the encoder knows English alone.
    """

    def __init__(self, interpreter: Interpreter | None = None) -> None:
        self._interpreter = interpreter

    def __call__(self, inquiry: Inquiry) -> Inquiry:
        """The inquiry with the language of its question, and its reading or its text."""
        if inquiry.text is not None:
            return inquiry
        try:
            return self._heard(inquiry)
        except IndexUnavailable:
            text = fixed_text("unavailable_index")
            return replace(inquiry, text=text, outcome=Outcome.UNAVAILABLE)

    def _heard(self, inquiry: Inquiry) -> Inquiry:
        tongue = tongue_of(inquiry.asked)
        if self._interpreter is not None and inquiry.history:
            inquiry = replace(inquiry, history=tuple(map(self._earlier, inquiry.history)))
        if tongue is Tongue.ENGLISH:
            return inquiry
        return self._read(replace(inquiry, tongue=tongue))

    def _read(self, inquiry: Inquiry) -> Inquiry:
        tongue = inquiry.tongue
        if self._interpreter is None:
            return replace(inquiry, text=english_only(tongue), outcome=Outcome.CLARIFY)
        reading = self._interpreter(inquiry.asked, tongue)
        inquiry = replace(inquiry, instead=reading.others)
        if not reading.question:
            text = told_in(tongue, "no_match")
            return replace(inquiry, text=text, outcome=Outcome.CLARIFY)
        opening = told_in(tongue, "read_as", question=reading.question)
        return replace(inquiry, asked=reading.question, topic=reading.question, opening=opening)

    def _earlier(self, question: str) -> str:
        """An earlier question as it was read, or without a reading as it was asked."""
        tongue = tongue_of(clean(question))
        if tongue is Tongue.ENGLISH or self._interpreter is None:
            return question
        return self._interpreter(clean(question), tongue).question or question


def english_only(tongue: Tongue) -> str:
    """That answers are given in English only here, and where the Convention is to be read."""
    address = ADDRESSES.get(tongue, ADDRESSES["en"])[-1]
    where = told_in(tongue, "authentic", address=address)
    return f"{told_in(tongue, 'english_only')}\n\n{where}"


def told_in(tongue: Tongue, name: str, **values: object) -> str:
    """The text ``name`` of ``prompts/languages`` in a language; in English for any other one."""
    code = Tongue.ENGLISH if tongue is Tongue.OTHER else tongue
    return _texts(code)[name].format(**values)


@cache
def _texts(code: str) -> Mapping[str, str]:
    content = files("prompts").joinpath("languages", f"{code}.yaml").read_bytes()
    texts: Mapping[str, str] = read_yaml(content)
    return texts
