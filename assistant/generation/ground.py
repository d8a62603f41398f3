"""What provisions say: the ground that a sentence which cites them has to stand on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.generation.duty import Duty, duties_in
from assistant.generation.wording import Marks, marks_of, stems_of
from assistant.knowledge import Knowledge
from assistant.references import find_references
from index.annotations import Level
from index.convention import PREAMBLE, Convention, Provision
from index.passages import sentences_of

__all__ = ["Ground", "Statement", "ground_of", "together"]


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of a provision under the chapeau that governs it, with its marks."""

    text: str
    marks: Marks


@dataclass(frozen=True)
class Ground:
    """What one or several provisions say.

    Attributes:
        ids: the provisions.
        statements: their sentences, and those of the chapeaux above them.
        about: titles, headings and summaries.
        words: the everyday words for them.
        asked: in how many questions that they answer each stem stands.
        levels: their levels of obligation.
        references: the provisions that they name or rest on.
        counts: how many items their lists have.
        chapters: the numbers of their chapters.
        own: their sentences as they stand in the text.
        quotable: their readings, ours and the official one.
    """

    ids: tuple[str, ...]
    statements: tuple[Statement, ...]
    about: str
    words: frozenset[str]
    asked: Mapping[str, int]
    levels: frozenset[Level]
    references: frozenset[str]
    counts: frozenset[int]
    chapters: frozenset[int]
    own: frozenset[str]
    quotable: tuple[str, ...]

    @cached_property
    def text(self) -> str:
        """All that they say, in one text."""
        return " ".join([*(statement.text for statement in self.statements), self.about])

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """What they require, allow and forbid."""
        return tuple(duty for statement in self.statements for duty in duties_in(statement.marks))

    @cached_property
    def marks(self) -> frozenset[str]:
        """Every mark that stands in them, their titles and summaries."""
        own = (mark for statement in self.statements for mark in statement.marks)
        return frozenset((*own, *marks_of(self.about)))


def together(grounds: Sequence[Ground]) -> Ground:
    """What the provisions say as one."""
    if len(grounds) == 1:
        return grounds[0]
    asked: Counter[str] = Counter()
    for ground in grounds:
        asked.update(ground.asked)
    return Ground(
        ids=tuple(i for ground in grounds for i in ground.ids),
        statements=tuple(dict.fromkeys(s for ground in grounds for s in ground.statements)),
        about=" ".join(ground.about for ground in grounds),
        words=frozenset().union(*(ground.words for ground in grounds)),
        asked=asked,
        levels=frozenset().union(*(ground.levels for ground in grounds)),
        references=frozenset().union(*(ground.references for ground in grounds)),
        counts=frozenset().union(*(ground.counts for ground in grounds)),
        chapters=frozenset().union(*(ground.chapters for ground in grounds)),
        own=frozenset().union(*(ground.own for ground in grounds)),
        quotable=tuple(q for ground in grounds for q in ground.quotable),
    )


def ground_of(knowledge: Knowledge, provision: Provision) -> Ground:
    """What one provision says, with its chapeaux, items, annotation and questions."""
    convention, annotation = knowledge.convention, knowledge.annotations[provision.id]
    family = _with_items(convention, provision)
    statements = [Statement(text, marks_of(text)) for text in _sentences(knowledge, provision)]
    readings = [convention.reading(provision), *_paragraphs(convention, provision)]
    official = knowledge.official_words.get(provision.id)
    return Ground(
        ids=(provision.id,),
        statements=tuple(statements),
        about=_about(knowledge, provision),
        words=frozenset(m for p in family for m in _words(knowledge, p)),
        asked=_asked(knowledge, family),
        levels=frozenset(knowledge.annotations[p.id].level for p in family),
        references=frozenset((*annotation.refers_to, *_named(readings))),
        counts=frozenset(_counts(convention, provision)),
        own=frozenset(s for p in family for s in sentences_of(p.text)),
        chapters=frozenset({convention.chapter_of(provision)}),
        quotable=tuple(filter(None, (*readings, annotation.summary, official))),
    )


def _with_items(convention: Convention, provision: Provision) -> list[Provision]:
    found = [provision]
    for child in convention.children(provision):
        found += _with_items(convention, child)
    return found


def _paragraphs(convention: Convention, provision: Provision) -> list[str]:
    return [
        convention.reading(child) for child in convention.children(provision) if not child.items
    ]


def _sentences(knowledge: Knowledge, provision: Provision) -> list[str]:
    convention = knowledge.convention
    chapeaux = [sentences_of(p.text) for p in convention.ancestors(provision) if p.text]
    above = " ".join(sentences[-1] for sentences in chapeaux)
    own = _below(convention, provision, above)
    summary = sentences_of(knowledge.annotations[provision.id].summary)
    return list(dict.fromkeys((*own, *(s for sentences in chapeaux for s in sentences), *summary)))


def _below(convention: Convention, provision: Provision, above: str) -> Iterator[str]:
    sentences = sentences_of(provision.text)
    children = convention.children(provision)
    for place, sentence in enumerate(sentences):
        governed = place == 0 and provision.items
        yield _under(above, sentence) if governed else sentence
    opening = _under(above, sentences[-1]) if sentences and children else above
    for child in children:
        yield from _below(convention, child, opening)


def _under(above: str, sentence: str) -> str:
    return f"{above.rstrip(' :')} {sentence}".strip()


def _about(knowledge: Knowledge, provision: Provision) -> str:
    line = (*knowledge.convention.ancestors(provision), provision)
    headings = [knowledge.annotations[p.id].heading for p in line]
    summary = knowledge.annotations[provision.id].summary
    actor = knowledge.annotations[provision.id].actor.replace("n/a", "")
    parts = (knowledge.convention.title_of(provision), *headings, summary, actor)
    return ". ".join(filter(None, parts))


def _words(knowledge: Knowledge, provision: Provision) -> tuple[str, ...]:
    return marks_of(". ".join(knowledge.annotations[provision.id].words))


def _asked(knowledge: Knowledge, provisions: Iterable[Provision]) -> Counter[str]:
    """Questions that the answer "no" belongs to hold the wrong words, so they are left out."""
    asked: Counter[str] = Counter()
    for provision in provisions:
        for question in knowledge.annotations[provision.id].questions:
            if question.lead != "No.":
                asked.update(stems_of(question.text))
    return asked


def _named(readings: Sequence[str]) -> Iterator[str]:
    return (reference.id for reference in find_references(" ".join(readings)))


def _counts(convention: Convention, provision: Provision) -> Iterator[int]:
    for p in _with_items(convention, provision):
        yield len(convention.children(p))
    if provision.article != PREAMBLE:
        yield len(convention.article_of(provision).paragraphs)
