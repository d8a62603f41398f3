"""The step by which a language model words the answer, and only what is supported comes out."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace

from assistant.answer import Draft, Outcome
from assistant.extract import lead_of
from assistant.generation.failing import Cause, failure
from assistant.generation.manuscript import Manuscript
from assistant.generation.marks import SentenceReader, known_marks
from assistant.generation.prompting import answer_messages
from assistant.generation.provider import Provider
from assistant.generation.sentence import Check, Sentence
from assistant.generation.sources import Source, choose_sources
from assistant.inquiry import Inquiry
from assistant.knowledge import Knowledge
from assistant.verify import statements_in
from index.errors import ModelFailure
from prompts import fixed_text

__all__ = ["Generate", "instead"]

_log = logging.getLogger(__name__)


def instead(reason: str) -> str:
    """The notice that the extractive answer came instead of a model's."""
    return fixed_text("model/instead", reason=reason)


class Generate:
    """Has the model word a composed answer anew; the composed one stands where that fails.

    Fixed texts, refusals and questions back are never given to it.
    """

    def __init__(
        self, knowledge: Knowledge, provider: Provider, check: Check, *, budget: int
    ) -> None:
        self._knowledge = knowledge
        self._provider = provider
        self._check = check
        self._budget = budget

    def __call__(self, inquiry: Inquiry) -> Iterator[Draft | Inquiry]:
        """Drafts as the verified text grows, and last the inquiry with what stands in the end."""
        if not inquiry.composed or inquiry.outcome not in (Outcome.ANSWERED, Outcome.CORRECTED):
            yield inquiry
        elif inquiry.notice or inquiry.choice is None:
            yield inquiry
        else:
            yield from self._or_extractive(inquiry)

    def _or_extractive(self, inquiry: Inquiry) -> Iterator[Draft | Inquiry]:
        try:
            yield from self._worded(inquiry)
        except ModelFailure as error:
            _log.info("%s", error)
            self._provider.failures.count(error)
            yield replace(inquiry, notice=instead(str(error)))

    def _worded(self, inquiry: Inquiry) -> Iterator[Draft | Inquiry]:
        assert inquiry.choice is not None
        knowledge, choice, ranked = self._knowledge, inquiry.choice, inquiry.ranked
        sources = choose_sources(choice, ranked, knowledge, self._budget)
        lead = lead_of(inquiry.topic, choice, ranked, knowledge)
        manuscript = Manuscript(inquiry.asked, choice, lead, knowledge, self._check)
        for sentence in self._sentences(inquiry.asked, sources):
            if manuscript.take(sentence):
                yield Draft(f"{inquiry.correction} {manuscript.text}".strip())
            if manuscript.is_over:
                break
        yield self._finished(inquiry, manuscript)

    def _sentences(self, asked: str, sources: Sequence[Source]) -> Iterator[Sentence]:
        """The model's sentences as they are completed."""
        reader = SentenceReader(known_marks(sources))
        with closing(self._provider.stream(answer_messages(asked, sources))) as pieces:
            for piece in pieces:
                yield from reader.feed(piece)
        yield from reader.close()

    def _finished(self, inquiry: Inquiry, manuscript: Manuscript) -> Inquiry:
        """The inquiry with the model's text; raises ``ModelFailure`` where it cannot stand."""
        if not manuscript.is_enough or not self._is_sound(manuscript.text):
            raise _too_little(manuscript)
        notice = _left_out(manuscript.left_out)
        return replace(inquiry, text=manuscript.text, model=self._provider.name, notice=notice)

    def _is_sound(self, text: str) -> bool:
        """Whether every label names a provision, and nothing stands behind the last one."""
        labelled = list(statements_in(text))
        return bool(labelled) and text.endswith("].") and not self._knowledge.labels.unknown(text)


def _left_out(count: int) -> str | None:
    if not count:
        return None
    name = "one_left_out" if count == 1 else "left_out"
    return fixed_text(f"model/{name}", count=count)


def _too_little(manuscript: Manuscript) -> ModelFailure:
    """Why the model's text is not the answer."""
    if not manuscript.written:
        return failure(Cause.FOUND_NOTHING if manuscript.found_nothing else Cause.NO_SENTENCE)
    return failure(Cause.UNSUPPORTED, kept=manuscript.supported, count=manuscript.written)
