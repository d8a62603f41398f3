"""The answer of a language model as it grows: which sentences stand, and what comes of the rest."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.extract import Choice
from assistant.generation.prompting import no_answer
from assistant.generation.sentence import Check, Sentence
from assistant.knowledge import Knowledge
from assistant.labels import labelled, statements_of
from assistant.lexical import tokens_of
from index.convention import is_kin

__all__ = ["Manuscript"]

ENOUGH = 2 / 3
"""Share of a model's sentences that have to be supported, or the extractive answer stands."""

MOST = 8
"""How many of its sentences are taken: a model that writes on and on is not listened to."""

SAID = 0.7
"""Share of a sentence's stems that another has to have to have said it."""

TOLD_BACK = 0.8
"""Share of a sentence's stems that stand in one sentence of the question."""

_LEAD = re.compile(r"^(?:yes\b[\s,.:;!—–-]*|no\s*[,.:;!—–-]+\s*)", re.IGNORECASE)
_ENDED = re.compile(r"[.!…][\"'”’»)]*$")
_ASKS_OR_ANNOUNCES = re.compile(r"[?:][\"'”’»)]*$")


class Manuscript:
    """Takes a model's sentences one by one; its text is only what the provisions support.

    A sentence that what it cites does not support, or that cites nothing, may still be what a
    provision says that the extractive answer is drawn from: then it is cited to that. Any other
    sentence that is not supported gives way to our own sentence of the provision that it cites,
    where the extractive answer is drawn from that provision and it is not yet said. A sentence of
    the question ``asked`` told back supports nothing: what it tells of somebody's case is no law,
    and what it asks, told as a fact, is a yes, which is not the model's to say.
    """

    def __init__(
        self, asked: str, choice: Choice, lead: str, knowledge: Knowledge, check: Check
    ) -> None:
        self._asked = [set(tokens_of(sentence)) for sentence in _sentences_in(asked)]
        self._chosen = [choice.leading, *choice.further]
        self._lead = lead
        self._knowledge = knowledge
        self._check = check
        self._told: list[Sentence] = []
        self._seen: set[str] = set()
        self.written = 0
        self.supported = 0
        self.found_nothing = False

    def take(self, sentence: Sentence) -> bool:
        """Take the next sentence; whether the text has grown."""
        sentence = _without_lead(sentence)
        if _says_nothing(sentence):
            self.found_nothing = True
            return False
        if _words(sentence.text) in self._seen or not _is_sentence(sentence):
            return False
        self._seen.add(_words(sentence.text))
        self.written += 1
        ids = self._supporting(sentence)
        if ids:
            self.supported += 1
            self._told.append(Sentence(sentence.text, ids))
            return True
        return self._tell_instead(sentence)

    @property
    def left_out(self) -> int:
        """How many of the model's sentences do not stand."""
        return self.written - self.supported

    @property
    def is_enough(self) -> bool:
        """Whether so much of what the model wrote is supported that it can be the answer."""
        return self.supported > 0 and self.supported >= ENOUGH * self.written

    @property
    def is_over(self) -> bool:
        """Whether what the model writes from now on cannot matter any more."""
        return self.written >= MOST or self.left_out > MOST * (1 - ENOUGH)

    @property
    def text(self) -> str:
        """The text so far; each sentence ends in the labels of its provisions."""
        convention = self._knowledge.convention
        told = [labelled(s.text, [convention[id_] for id_ in s.ids]) for s in self._told]
        if self._lead and told and self._cites_the_leading(self._told[0]):
            told.insert(0, self._lead)
        return " ".join(told)

    def _is_told_back(self, sentence: Sentence) -> bool:
        """Whether it only says again what one sentence of the question has."""
        stems = set(tokens_of(sentence.text))
        return any(len(stems & asked) >= TOLD_BACK * len(stems) for asked in self._asked)

    def _cites_the_leading(self, sentence: Sentence) -> bool:
        """Whether our lead, which answers for the leading provision, is about this sentence."""
        return any(is_kin(id_, self._chosen[0].id) for id_ in sentence.ids)

    def _supporting(self, sentence: Sentence) -> tuple[str, ...]:
        """The provisions that support a sentence, each as narrow as can be; () for none."""
        if _ASKS_OR_ANNOUNCES.search(sentence.text) or self._is_told_back(sentence):
            return ()
        alone = self._supporting_alone(sentence.text, sentence.ids)
        if not alone and len(sentence.ids) > 1:
            (together,) = self._check.verdicts([sentence])
            if together.supported:
                return sentence.ids
        alone = alone or self._supporting_alone(sentence.text, [p.id for p in self._chosen])[:1]
        return tuple(dict.fromkeys(self._narrowed(sentence.text, id_) for id_ in alone))

    def _supporting_alone(self, text: str, ids: Sequence[str]) -> list[str]:
        if not ids:
            return []
        verdicts = self._check.verdicts([Sentence(text, (id_,)) for id_ in ids])
        return [id_ for id_, verdict in zip(ids, verdicts, strict=True) if verdict.supported]

    def _narrowed(self, text: str, provision_id: str) -> str:
        """The one item of a provision that says all of a sentence; itself where none or many do."""
        convention = self._knowledge.convention
        items = [p.id for p in convention.children(convention[provision_id]) if p.items]
        holding = self._supporting_alone(text, items)
        return self._narrowed(text, holding[0]) if len(holding) == 1 else provision_id

    def _tell_instead(self, sentence: Sentence) -> bool:
        """Tell our own sentence in the place of one that is not supported, where it is not said."""
        for provision_id in sentence.ids:
            if any(is_kin(provision_id, chosen.id) for chosen in self._chosen):
                ours = self._nearest(sentence.text, provision_id)
                if ours.text and not self._is_said(ours):
                    self._told.append(ours)
                    return True
        return False

    def _nearest(self, text: str, provision_id: str) -> Sentence:
        convention = self._knowledge.convention
        wanted = set(tokens_of(text))
        statements = statements_of(convention, convention[provision_id]) or ("",)
        best = max(statements, key=lambda told: len(wanted & set(tokens_of(told))))
        return Sentence("" if best.rstrip().endswith(":") else best, (provision_id,))

    def _is_said(self, ours: Sentence) -> bool:
        stems = set(tokens_of(ours.text))
        same = (s for s in self._told if set(s.ids) & set(ours.ids))
        return any(len(stems & set(tokens_of(s.text))) >= SAID * len(stems) for s in same)


def _sentences_in(asked: str) -> list[str]:
    return re.split(r"(?<=[.!?…])\s+", asked.strip())


def _without_lead(sentence: Sentence) -> Sentence:
    text = _LEAD.sub("", sentence.text)
    return Sentence(f"{text[:1].upper()}{text[1:]}", sentence.ids)


def _is_sentence(sentence: Sentence) -> bool:
    """Whether it claims something, rather than being a heading, a greeting or a rest."""
    return bool(_words(sentence.text)) and bool(sentence.ids or _ENDED.search(sentence.text))


def _says_nothing(sentence: Sentence) -> bool:
    """Whether it is the fixed phrase for no answer, or nearly so."""
    said, phrase = _words(sentence.text), _words(no_answer())
    return said == phrase or said.startswith(phrase.rpartition(" ")[0] + " ")


def _words(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.lower()))
