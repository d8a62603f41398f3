"""The report of an evaluation, as text. Pure: figures in, lines out."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from assistant.evaluation.baselines import Found
from assistant.evaluation.measures import Row, Scored, share

__all__ = [
    "failures_told",
    "found_told",
    "languages_told",
    "retrieval_told",
    "rows_told",
    "split_told",
    "worded_told",
]

LONGEST = 160
"""Characters of a question in the list of failures."""


def rows_told(rows: Sequence[Row]) -> str:
    """The rows as a table: share, 95 % interval, number of cases, goal."""
    heading = f"{'':36}{'share':>8}{'95 % interval':>18}{'cases':>8}{'goal':>7}"
    return "\n".join([heading, *map(_told, rows)])


def _told(row: Row) -> str:
    if not row.count:
        return f"{row.name:36}{'none':>8}"
    goal = "" if row.goal is None else f"{row.goal:.0%}"
    interval = f"{row.low:.1%} to {row.high:.1%}"
    return f"{row.name:36}{row.share:>8.1%}{interval:>18}{row.count:>8}{goal:>7}"


def split_told(name: str, scored: Sequence[Scored], key: Callable[[Scored], object]) -> str:
    """For each value of ``key``: answers that ended right; right article cited, and cited first."""
    groups: dict[object, list[Scored]] = {}
    for one in scored:
        groups.setdefault(key(one), []).append(one)
    heading = f"{name:24}{'cases':>7}{'ended right':>14}{'cited':>9}{'first':>9}"
    return "\n".join([heading, *(_split_line(v, groups[v]) for v in sorted(groups, key=str))])


def _split_line(value: object, scored: Sequence[Scored]) -> str:
    answerable = [s for s in scored if s.labelled.is_answerable]
    ended = share("", [s.ended_right for s in scored]).share
    cited = share("", [s.cited for s in answerable]).share
    first = share("", [s.first for s in answerable]).share
    shares = f"{_percent(ended):>14}{_percent(cited):>9}{_percent(first):>9}"
    return f"{value!s:24}{len(scored):>7}{shares}"


def _percent(value: float) -> str:
    return "-" if math.isnan(value) else f"{value:.1%}"


def failures_told(scored: Sequence[Scored]) -> str:
    """Each question that ended wrong or whose right article was not cited, with what came."""
    return "\n".join(_failure(s) for s in scored if _failed(s)) or "No failures."


def _failed(scored: Scored) -> bool:
    return not scored.ended_right or (scored.labelled.is_answerable and not scored.cited)


def _failure(scored: Scored) -> str:
    wanted, answer = scored.labelled, scored.answer
    came = ", ".join(citation.id for citation in answer.citations[:4]) or "no citation"
    return (
        f"[{wanted.kind}] {wanted.question[:LONGEST]}\n"
        f"    wanted {wanted.outcome} {', '.join(wanted.provisions) or '-'}; "
        f"came {answer.outcome}: {came}"
    )


def found_told(found: Sequence[Found]) -> str:
    """Each way to find the article: right article first, and among the first three."""
    lines = [f"{'right article':40}{'first':>10}{'in three':>10}"]
    for way in found:
        first, three = (share("", way.within(most)).share for most in (1, 3))
        lines.append(f"{way.name:40}{_percent(first):>10}{_percent(three):>10}")
    return "\n".join(lines)


def languages_told(rows: Mapping[str, Sequence[Row]]) -> str:
    """A line a language: each share with its 95 % interval, over the cases that the heading has."""
    first = next(iter(rows.values()))
    heading = "".join(f"{f'{row.name} ({row.count})':>24}" for row in first)
    lines = ["".join([f"{code:12}", *map(_share_told, some)]) for code, some in rows.items()]
    return "\n".join([f"{'':12}{heading}", *lines])


def _share_told(row: Row) -> str:
    told = f"{row.share:.1%} ({row.low:.0%} to {row.high:.0%})" if row.count else "none"
    return f"{told:>24}"


def worded_told(scored: Sequence[Scored]) -> str:
    """How many answers a language model worded, and each notice; "" where no model was asked."""
    answers = [s.answer for s in scored]
    worded = sum(answer.model is not None for answer in answers)
    notices = Counter(answer.notice for answer in answers if answer.notice)
    if not worded and not notices:
        return ""
    lines = [f"worded by a language model: {worded} of {len(answers)} answers"]
    return "\n".join([*lines, *(f"{n:>6}  {notice}" for notice, n in notices.most_common())])


def retrieval_told(measured: Mapping[str, Mapping[str, float]]) -> str:
    """A line for each way to retrieve, a column for each measure."""
    measures = list(next(iter(measured.values())))
    lines = [f"{'':16}" + "".join(f"{name:>12}" for name in measures)]
    for way, values in measured.items():
        lines.append(f"{way:16}" + "".join(f"{values[name]:>12.3f}" for name in measures))
    return "\n".join(lines)
