"""Answers made by hand, for tests of what is done with one."""

from __future__ import annotations

from dataclasses import replace

from assistant.answer import Answer, Citation, ConventionStamp, Mode, Outcome

__all__ = ["answer", "citation"]


def citation(**changed: object) -> Citation:
    given = Citation(
        id="art-14/para-1/b",
        label="article 14, paragraph 1 (b)",
        article=14,
        paragraph=1,
        item="b",
        title="A title",
        chapter=2,
        level="mandatory",
        quote="Words.",
        source="digest",
        url="/convention/article-14#para-1-b",
    )
    return replace(given, **changed)  # type: ignore[arg-type]


def answer(text: str, *citations: Citation, outcome: Outcome = Outcome.ANSWERED) -> Answer:
    return Answer(
        question="?",
        outcome=outcome,
        text=text,
        citations=citations,
        suggestions=("And then?",),
        mode=Mode.EXTRACTIVE,
        model=None,
        convention=ConventionStamp("edition", "en", "0", "2026-09-30"),
    )
