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
from assistant.inquiry import Inquiry
from assistant.question import clean
from assistant.tongue import Tongue, tongue_of
from index.data import read_yaml
from index.errors import IndexUnavailable
from index.official import ADDRESSES
from prompts import fixed_text

__all__ = ["Interpret", "Reading", "english_only", "told_in"]

Reading = Callable[[str, Tongue], str | None]
"""Gives the English question that is answered in place of one in another language."""


class Interpret:
    """Reads a question in another language as an English one, or meets it with a clear line.

    English ones pass. ``reading`` is None where the encoder knows English alone.
    """

    def __init__(self, reading: Reading | None = None) -> None:
        self._reading = reading

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
        inquiry = replace(inquiry, tongue=tongue_of(inquiry.asked))
        if self._reading is not None:
            inquiry = replace(inquiry, history=self._in_english(inquiry.history))
        if inquiry.tongue is Tongue.ENGLISH:
            return inquiry
        return self._read(inquiry)

    def _read(self, inquiry: Inquiry) -> Inquiry:
        tongue = inquiry.tongue
        if self._reading is None:
            return replace(inquiry, text=english_only(tongue), outcome=Outcome.CLARIFY)
        reading = self._reading(inquiry.asked, tongue)
        if reading is None:
            text = told_in(tongue, "no_match")
            return replace(inquiry, text=text, outcome=Outcome.CLARIFY)
        opening = told_in(tongue, "read_as", question=reading)
        return replace(inquiry, asked=reading, topic=reading, opening=opening)

    def _in_english(self, history: tuple[str, ...]) -> tuple[str, ...]:
        """The earlier questions as they were read; one without a reading as it was asked."""
        return tuple(map(self._earlier, history))

    def _earlier(self, question: str) -> str:
        tongue = tongue_of(clean(question))
        if tongue is Tongue.ENGLISH or self._reading is None:
            return question
        return self._reading(clean(question), tongue) or question


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
