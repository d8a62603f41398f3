"""Answers without a language model: the sentences of the provisions that speak to the question.

Pure: ranked provisions in, Markdown out. Every sentence is the restatement's own, joined to its
chapeau where it is an item, and ends in its short label.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.knowledge import OFFENCES, Knowledge
from assistant.labels import labelled, statements_of, without_end
from assistant.lead import Form, Near, asked_part, asks_for_the_crime, form_of, lead_for
from assistant.lexical import tokens_of
from assistant.retriever import Ranked
from index.annotations import Level
from index.convention import Provision, is_kin
from index.passages import Kind, sentences_of
from prompts import fixed_text

__all__ = ["Choice", "choose", "compose", "lead_of", "suggest", "tell_whole"]

MARGIN_OTHER = 0.12
MARGIN_SAME = 0.03
"""How far below the best score one further provision, of another article or of the same, may lie
and still be cited. Measured: where the next article lies further off, the first is right."""

MARGIN_FIRST = 0.05
"""How far a later paragraph has to be ahead of the first to answer for the article."""

SURE_MARGIN = 0.06
"""A provision of another level within this of the best leaves open which level is asked about."""

TELLING = 5
"""A word in no more provisions than this tells which clause of one is asked about."""

MOST_SENTENCES = 4
FEW_WORDS = 75
"""A provision of no more words is given whole."""

DEFINITIONS = 2
"""Article of the defined terms."""

_LISTING = re.compile(
    r"^\W*(?:and |so |but )?(?:what|which|list|name|how)\b.*\b(?:\w+s|list|include|contain)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Choice:
    """The provisions that an answer is drawn from, the leading one first."""

    leading: Provision
    further: tuple[Provision, ...] = ()


def choose(
    question: str,
    ranked: Sequence[Ranked],
    knowledge: Knowledge,
    other: float = MARGIN_OTHER,
) -> Choice:
    """Which of the ranked provisions (best first, at least one) the answer cites.

    ``other`` is how far below the best a provision of another article may lie.
    """
    leading = _leading(question, ranked, knowledge)
    rule = _rule_narrowed(leading, knowledge)
    if rule and asks_for_the_crime(question) and not _touches(question, leading, rule, knowledge):
        leading, rule = rule, None
    taken = _family(leading, knowledge)
    further: dict[bool, Provision] = {}
    if rule:
        further[True] = rule
        taken |= _family(rule, knowledge)
    for candidate in ranked[1:14]:
        provision = knowledge.convention[candidate.id]
        same = provision.article == leading.article
        limit = ranked[0].score - (MARGIN_SAME if same else other)
        if candidate.score < limit or provision.id in taken or same in further:
            continue
        if provision.items or not knowledge.convention.children(provision):
            further[same] = provision
        else:
            further[same] = _best_below(provision, ranked, knowledge)
        taken |= _family(further[same], knowledge)
    return Choice(leading, tuple(further.values()))


def _rule_narrowed(provision: Provision, knowledge: Knowledge) -> Provision | None:
    """The paragraph that makes one thing a crime, where ``provision`` only narrows it."""
    if provision.article not in OFFENCES:
        return None
    if knowledge.annotations[provision.id].level not in NARROWING:
        return None
    convention = knowledge.convention
    first, *_ = convention.children(convention[f"art-{provision.article}"])
    told = not convention.children(first) and not is_kin(first.id, provision.id)
    return first if told else None


def _touches(question: str, narrowing: Provision, rule: Provision, knowledge: Knowledge) -> bool:
    """Whether a question has a word of what a paragraph adds to the rule that it narrows."""
    own, common = (
        set(tokens_of(knowledge.convention.reading(provision))) for provision in (narrowing, rule)
    )
    return bool(set(tokens_of(question)) & (own - common - _OF_EVERY_RULE))


_OF_EVERY_RULE = frozenset("state parti may requir paragraph articl".split())

NARROWING = {Level.OPTIONAL_ELEMENT, Level.RESERVATION, Level.OPTIONAL, Level.SAFEGUARD}
"""Levels of the paragraphs of an offence that say what a State may leave out, or has to."""


def _leading(question: str, ranked: Sequence[Ranked], knowledge: Knowledge) -> Provision:
    convention = knowledge.convention
    best = convention[ranked[0].id]
    if not best.text and not best.items:
        return _best_below(best, ranked, knowledge)
    if best.items and _wants_list(question, best, ranked, knowledge):
        return convention[str(best.parent_id)]
    return best


def _best_below(article: Provision, ranked: Sequence[Ranked], knowledge: Knowledge) -> Provision:
    """The paragraph of an article (or item of a paragraph) without words of its own to tell.

    The first one, which states the rule, unless another is clearly better.
    """
    below = knowledge.convention.children(article)
    scores = {entry.id: entry.score for entry in ranked}
    lowest = ranked[-1].score
    best = max(below, key=lambda child: scores.get(child.id, lowest))
    if scores.get(best.id, lowest) - scores.get(below[0].id, lowest) < MARGIN_FIRST:
        best = below[0]
    return best if best.text else _best_below(best, ranked, knowledge)


def _wants_list(
    question: str, item: Provision, ranked: Sequence[Ranked], knowledge: Knowledge
) -> bool:
    """Whether the question is after the whole list rather than the one item that came first.

    It is where three items are as good as the first, or where it asks for a list and the chapeau
    is among the best; a definition is always one item.
    """
    parent = knowledge.convention[str(item.parent_id)]
    if not parent.text or parent.article == DEFINITIONS:
        return False
    limit = ranked[0].score - MARGIN_SAME
    near = [entry.id for entry in ranked[:6] if entry.score >= limit]
    items = [i for i in near if knowledge.convention[i].parent_id == parent.id]
    asks = parent.id in {entry.id for entry in ranked[:2]} and bool(_LISTING.match(question))
    return len(items) >= 3 or asks


def _family(provision: Provision, knowledge: Knowledge) -> set[str]:
    """The provision and all above and below it: citing two of them would say one thing twice."""
    convention = knowledge.convention
    family = {provision.id, *(p.id for p in convention.ancestors(provision))}
    below = list(convention.children(provision))
    while below:
        child = below.pop()
        family.add(child.id)
        below.extend(convention.children(child))
    return family


def compose(question: str, choice: Choice, ranked: Sequence[Ranked], knowledge: Knowledge) -> str:
    """The answer as Markdown: lead, one to four sentences or the complete list, with labels."""
    evidence = {entry.id: entry for entry in ranked}
    lead = lead_of(question, choice, ranked, knowledge)
    body = _told(question, choice.leading, evidence.get(choice.leading.id), knowledge, 3)
    text = f"{lead} {body}" if lead else body
    room = MOST_SENTENCES - body.count("].")
    for provision in choice.further:
        if room <= 0:
            break
        told = _told(question, provision, evidence.get(provision.id), knowledge, min(room, 2))
        text += f"\n\n{told}" if "\n- " in text or "\n- " in told else f" {told}"
        room -= told.count("].")
    return text


def lead_of(question: str, choice: Choice, ranked: Sequence[Ranked], knowledge: Knowledge) -> str:
    """The fixed words that the answer begins with ("Yes.", "This is optional."); "" for none."""
    if form_of(question) is Form.OPEN:
        return ""
    provision = choice.leading
    annotation = knowledge.annotations[provision.id]
    evidence = next((entry for entry in ranked if entry.id == provision.id), None)
    near = None
    if evidence and (hit := evidence.best.get(Kind.QUESTION)):
        position = int(hit.passage_id.rpartition("-")[2])
        near = Near(annotation.questions[position], hit.similarity)
    level = _level_asked(question, provision, knowledge)
    name = lead_for(
        question,
        level or annotation.level,
        offence=provision.article in OFFENCES and annotation.level is Level.MANDATORY,
        near=near,
        sure=level is not None and _is_level_sure(level, ranked, knowledge),
    )
    return fixed_text(name) if name else ""


def _level_asked(question: str, provision: Provision, knowledge: Knowledge) -> Level | None:
    """The level of the clause that a question has telling words of; None where several levels tie.

    A provision may oblige in one sentence and leave a choice in the next. Words that many
    provisions have, or two of the levels, tell nothing; without others the level is the whole's.
    """
    words: dict[Level, set[str]] = {}
    for clause in knowledge.clauses.get(provision.id, ()):
        words.setdefault(clause.level, set()).update(tokens_of(clause.text))
    stems = tokens_of(asked_part(question))
    asked = {stem for stem in stems if knowledge.spread.get(stem, 0) <= TELLING}
    hits = {level: len((asked & own) - _others(words, level)) for level, own in words.items()}
    most = max(hits.values(), default=0)
    if len(hits) < 2 or most == 0:
        return knowledge.annotations[provision.id].level
    best = [level for level, count in hits.items() if count == most]
    return best[0] if len(best) == 1 else None


def _others(words: Mapping[Level, set[str]], level: Level) -> set[str]:
    """The words of all levels but one."""
    return set().union(*(own for other, own in words.items() if other is not level))


def _is_level_sure(level: Level, ranked: Sequence[Ranked], knowledge: Knowledge) -> bool:
    """Whether no provision that comes near the best turns the duty into a choice or the reverse."""
    limit = ranked[0].score - SURE_MARGIN
    near = (entry for entry in ranked[:8] if entry.score >= limit)
    levels = {knowledge.annotations[entry.id].level for entry in near}
    if level is Level.MANDATORY:
        return not levels & {Level.OPTIONAL, Level.CONSIDER}
    return Level.MANDATORY not in levels


def _told(
    question: str,
    provision: Provision,
    evidence: Ranked | None,
    knowledge: Knowledge,
    most: int,
) -> str:
    if any(child.items for child in knowledge.convention.children(provision)):
        return tell_whole(provision, knowledge)
    statements = statements_of(knowledge.convention, provision)
    chosen = _speaking(question, statements, evidence, most)
    told = " ".join(labelled(sentence, [provision]) for sentence in chosen)
    return f"{_rule_above(provision, knowledge)}{told}"


def _rule_above(item: Provision, knowledge: Knowledge) -> str:
    """The sentence that states the rule of an item, where its chapeau is a later sentence."""
    if not item.items:
        return ""
    above = knowledge.convention[str(item.parent_id)]
    first, *later = sentences_of(above.text) or ("",)
    return f"{labelled(first, [above])} " if later else ""


def _told_list(provision: Provision, items: Sequence[Provision], knowledge: Knowledge) -> str:
    opening = [_opening(provision, knowledge)] if provision.text else []
    closing = ["", labelled(provision.closing, [provision])] if provision.closing else []
    told = (f"- {_told_item(item, knowledge)}" for item in items)
    return "\n".join([*opening, *told, *closing])


def _opening(provision: Provision, knowledge: Knowledge) -> str:
    """The line above a list: the sentences before its chapeau, and the chapeau with its label."""
    *before, last = statements_of(knowledge.convention, provision)
    told = "".join(f"{labelled(sentence, [provision])} " for sentence in before)
    return f"{told}{last.rstrip(':. ')} [{provision.short_label}]:"


def _told_item(item: Provision, knowledge: Knowledge) -> str:
    """An item with its sub-items as the text runs on; one of several sentences, each labelled."""
    inner = [f"({p.items[-1]}) {p.text}" for p in knowledge.convention.children(item)]
    *before, last = sentences_of(" ".join([item.text, *inner])) or ("",)
    told = "".join(f"{labelled(sentence, [item])} " for sentence in before)
    return f"{told}{without_end(last)} [{item.short_label}]"


def _speaking(
    question: str, statements: Sequence[str], evidence: Ranked | None, most: int
) -> list[str]:
    """The sentences to give, in the order of the text: all of them where they are few."""
    if sum(len(s.split()) for s in statements) <= FEW_WORDS and len(statements) <= most:
        return list(statements)
    wanted = set(tokens_of(question))
    scores = [
        len(wanted & set(tokens_of(sentence))) / (len(wanted) or 1) for sentence in statements
    ]
    if evidence and (hit := evidence.best.get(Kind.SENTENCE)):
        position = int(hit.passage_id.rpartition("-")[2])
        if position < len(scores):
            scores[position] += 0.5
    scores[0] += 0.25  # the first sentence of a provision names its rule
    best = sorted(range(len(statements)), key=lambda i: -scores[i])[:most]
    return [statements[i] for i in sorted(best)]


def tell_whole(provision: Provision, knowledge: Knowledge) -> str:
    """All that a provision says, sentence by sentence and item by item, with labels."""
    items = [child for child in knowledge.convention.children(provision) if child.items]
    if items:
        return _told_list(provision, items, knowledge)
    statements = statements_of(knowledge.convention, provision)
    return " ".join(labelled(sentence, [provision]) for sentence in statements)


def suggest(choice: Choice, knowledge: Knowledge, asked: str, most: int = 3) -> tuple[str, ...]:
    """Up to ``most`` follow-up questions: of its neighbours and of what it refers to."""
    convention, annotations = knowledge.convention, knowledge.annotations
    leading = choice.leading
    article = f"art-{leading.article}" if leading.article else "preamble"
    neighbours = [p.id for p in convention.children(convention[article]) if p.id != leading.id]
    around = [*neighbours[:2], *annotations[leading.id].refers_to, *neighbours[2:]]
    found: list[str] = []
    for provision_id in dict.fromkeys(around):
        for question in annotations[provision_id].questions:
            if len(question.text) <= 90 and question.text not in (asked, *found):
                found.append(question.text)
                break
        if len(found) == most:
            break
    return tuple(found)
