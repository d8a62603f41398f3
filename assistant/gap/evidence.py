"""What speaks for a passage of a bill addressing a duty: one row of figures for each pair.

Both ways count: how near the passage is among all passages of the bill, and how near the duty is
among all duties of the Convention.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.gap.bill import Bill, Section
from assistant.gap.duties import Duty
from assistant.gap.duty_vectors import DutyVectors
from assistant.gap.elements import elements_of, rarity
from assistant.lexical import LexicalIndex, tokens_of
from index.annotations import Level
from index.encoder import Encoder, Vectors

__all__ = ["COLUMNS", "Evidence", "gather"]

Figures = NDArray[np.float32]

COLUMNS = (
    "nearness",
    "best of the bill",
    "best of the Convention",
    "words",
    "words of the duty",
    "words of its own",
    "elements",
    "elements of its own",
    "elements of the passage",
    "cooperation against a passage at home",
    "left to the State",
)
"""The figures of a pair, in this order."""


_ABROAD = re.compile(
    r"foreign|(another|other|third|requesting|requested|sending) states?\b|abroad|extradit"
    r"|mutual (legal )?assistance|international|central authority|interpol|between states"
    r"|contact point|point of contact|secretary-general",
    re.I,
)
_STEP = 8
"""Texts encoded at a time: a question in the chat waits for no more of them than these."""
_ENCODING = 0.9
"""The part of the time that the encoder takes."""
_FREE = (Level.OPTIONAL, Level.OPTIONAL_ELEMENT, Level.RESERVATION)


@dataclass(frozen=True)
class Evidence:
    """The figures of every pair of a duty and a passage.

    Attributes:
        duties: what the rows stand for; ``sections`` what the columns stand for.
        figures: shape (duties, sections, figures of ``COLUMNS``).
        wanted: the elements of each duty; ``distinct`` those that set it apart in its article.
        had: the elements of each section, read in its context.
        rarity: how much each element tells.
    """

    duties: tuple[Duty, ...]
    sections: tuple[Section, ...]
    figures: Figures
    wanted: tuple[frozenset[str], ...]
    distinct: tuple[frozenset[str], ...]
    had: tuple[frozenset[str], ...]
    rarity: Mapping[str, float]


def gather(
    duties: Sequence[Duty],
    vectors: DutyVectors,
    bill: Bill,
    encoder: Encoder,
    *,
    progress: Callable[[float], None],
) -> Evidence:
    """The evidence for every pair; ``progress`` hears the part that is done, from 0 to 1."""
    sections = bill.sections
    passages, plain = _vectors(sections, encoder, progress)
    near = np.maximum(vectors.whole @ passages.T, 0)
    near_own = np.maximum(vectors.own @ passages.T, vectors.own @ plain.T)
    wanted = [elements_of(f"{d.title}. {d.heading}. {d.text}") for d in duties]
    distinct = _distinct(duties, [elements_of(f"{d.heading}. {d.own}") for d in duties])
    had = [elements_of(section.in_context) for section in sections]
    had_own = [elements_of(section.text) for section in sections]
    weight = rarity(wanted)
    words, words_back = _words(duties, sections)
    progress(0.95)
    best = np.maximum(near, near_own)
    columns = [
        near,
        best - best.max(axis=1, keepdims=True),
        best - _best_of_other_articles(duties, best),
        words,
        words_back,
        _own_words(duties, sections),
        _share(wanted, had, weight),
        _share(distinct, had, weight),
        _share(had_own, wanted, weight).T,
        _at_home(duties, sections),
        _left_to_the_state(duties, sections),
    ]
    progress(1.0)
    figures = np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=-1)
    return Evidence(
        tuple(duties), sections, figures, tuple(wanted), tuple(distinct), tuple(had), weight
    )


def _vectors(
    sections: Sequence[Section], encoder: Encoder, progress: Callable[[float], None]
) -> tuple[Vectors, Vectors]:
    """The vectors of the sections in their context, and of their own words below the heading."""
    whole = [section.in_context for section in sections]
    own = [f"{section.heading}: {section.text}" for section in sections]
    texts = sorted({*whole, *own})
    vectors = np.zeros((len(texts), encoder.dimension), dtype=np.float32)
    done = 0
    for positions, batch in encoder.encode_in_steps(texts, _STEP):
        vectors[positions] = batch
        done += len(positions)
        progress(_ENCODING * done / len(texts))
    place = {text: position for position, text in enumerate(texts)}
    return vectors[[place[text] for text in whole]], vectors[[place[text] for text in own]]


def _best_of_other_articles(duties: Sequence[Duty], best: Figures) -> Figures:
    """For each pair, how near the passage is to the nearest duty of another article."""
    articles = np.array([duty.article for duty in duties])
    other = np.zeros_like(best)
    for article in set(articles.tolist()):
        rest = best[articles != article]
        other[articles == article] = rest.max(axis=0) if len(rest) else 0.0
    return other


def _distinct(duties: Sequence[Duty], sets: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    """What each duty has and most others of its article have not; all of it where that is none."""
    siblings: dict[str, list[int]] = {}
    for place, duty in enumerate(duties):
        siblings.setdefault(duty.article, []).append(place)
    distinct = []
    for place, duty in enumerate(duties):
        around = siblings[duty.article]
        own = frozenset(
            name
            for name in sets[place]
            if 3 * sum(name in sets[i] for i in around) <= len(around) + 3
        )
        distinct.append(own or sets[place])
    return distinct


def _own_words(duties: Sequence[Duty], sections: Sequence[Section]) -> Figures:
    """Which part of the words that set a duty apart in its article, by rarity, a passage has."""
    said = [frozenset(tokens_of(f"{duty.heading} {duty.own}")) for duty in duties]
    had = [frozenset(tokens_of(section.in_context)) for section in sections]
    return _share(_distinct(duties, said), had, rarity(said))


def _words(duties: Sequence[Duty], sections: Sequence[Section]) -> tuple[Figures, Figures]:
    """BM25 both ways, each scaled by the best of its query."""
    forward = LexicalIndex([section.in_context for section in sections])
    queries = [f"{d.heading} {d.title} {d.text} {' '.join(d.words)}" for d in duties]
    there = np.stack([_scaled(forward.scores(query)) for query in queries])
    back = LexicalIndex(queries)
    here = np.stack([_scaled(back.scores(section.in_context)) for section in sections])
    return there, here.T


def _scaled(scores: Figures) -> Figures:
    return scores / (float(scores.max(initial=0.0)) or 1.0)


def _share(
    wanted: Sequence[frozenset[str]],
    had: Sequence[frozenset[str]],
    weight: Mapping[str, float],
) -> Figures:
    """Which part of the elements wanted, by weight, each text has."""
    names = sorted({name for names in wanted for name in names})
    place = {name: position for position, name in enumerate(names)}
    weights = np.array([weight.get(name, 1.0) for name in names], dtype=np.float32)
    left, right = _table(wanted, place), _table(had, place)
    total = (left * weights).sum(axis=1, keepdims=True)
    shares: Figures = ((left * weights) @ right.T) / np.maximum(total, 1e-6)
    return shares


def _table(sets: Sequence[frozenset[str]], place: dict[str, int]) -> Figures:
    table = np.zeros((len(sets), max(len(place), 1)), dtype=np.float32)[:, : len(place)]
    for row, names in enumerate(sets):
        for name in names:
            if name in place:
                table[row, place[name]] = 1
    return table


def _at_home(duties: Sequence[Duty], sections: Sequence[Section]) -> Figures:
    """1 where the duty is to cooperate and the passage has no dealings with other States."""
    cooperate = np.array([duty.is_cooperation for duty in duties])
    abroad = [bool(_ABROAD.search(f"{one.division} {one.in_context}")) for one in sections]
    pairs: Figures = (cooperate[:, None] & ~np.array(abroad)[None, :]).astype(np.float32)
    return pairs


def _left_to_the_state(duties: Sequence[Duty], sections: Sequence[Section]) -> Figures:
    """1 where the State is free to act: fewer laws do, so more has to speak for it."""
    free = np.array([duty.level in _FREE for duty in duties], dtype=np.float32)
    return np.repeat(free[:, None], len(sections), axis=1)
