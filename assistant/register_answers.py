"""Answers from the register of obligations: whole lists, each line with its level and its label."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from assistant.inquiry import Inquiry
from assistant.knowledge import OFFENCES, Knowledge
from assistant.labels import without_end
from assistant.lexical import tokens_of
from assistant.obligations import Obligation, Register, Side, read_register
from assistant.register_forms import Ask, Asked, asked_of_register
from index.annotations import Level
from index.register import Legislate, Measure, Relation
from prompts import fixed_text

__all__ = ["Consult", "RegisterAnswers"]

_BINDING = frozenset({Level.MANDATORY, Level.SAFEGUARD, Level.PROHIBITION})
_FREE = frozenset({Level.OPTIONAL, Level.OPTIONAL_ELEMENT, Level.RESERVATION})
_JOINING = re.compile(r"signature|deposit|ratification|accession")
_TIME = re.compile(
    r"\b(?:days?|months?|years?|hours?|every|20\d\d|no later|periodically|reasonable time)\b", re.I
)
_NO_TIME = re.compile(r"years of age|age of|at least four years")
_EVER = frozenset({"", "on request", "always", "at any time"})


class Consult:
    """Answers a question to the register from it; every other one passes."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    @cached_property
    def _answers(self) -> RegisterAnswers:
        return RegisterAnswers(self._knowledge, read_register(self._knowledge))

    def __call__(self, inquiry: Inquiry) -> Inquiry:
        """The inquiry with its answer; as it was where it is none for the register."""
        if inquiry.text is not None or inquiry.named or inquiry.correction:
            return inquiry
        asked = asked_of_register(inquiry.asked)
        return replace(inquiry, text=self._answers.tell(asked)) if asked else inquiry


class RegisterAnswers:
    """Writes the answers, in Markdown; each line ends in the labels of its provisions."""

    def __init__(self, knowledge: Knowledge, register: Register) -> None:
        self._knowledge = knowledge
        self._rows = register.rows

    def tell(self, asked: Asked) -> str | None:
        """The answer to what is asked; None for a conduct that no offence is known by."""
        ways: Mapping[Ask, Callable[[], str | None]] = {
            Ask.OPT_OUT: self.opt_out,
            Ask.NOTICES: self.notices,
            Ask.DEADLINES: self.deadlines,
            Ask.BEFORE: self.before,
            Ask.LEVEL: lambda: self.level_in_chapter(asked.level or Level.OPTIONAL, asked.chapter),
            Ask.NEW: lambda: self.new(asked.treaty),
            Ask.CRIMINALISE: lambda: self.criminalise(asked.conduct),
        }
        return ways[asked.ask]()

    def opt_out(self) -> str:
        """Every reservation and declaration, then every element by which an offence is narrowed."""
        return _parts(
            ("register/opt_out", map(self._quoted, self._of(Level.RESERVATION))),
            ("register/opt_out_elements", map(self._quoted, self._of(Level.OPTIONAL_ELEMENT))),
        )

    def _of(self, level: Level) -> list[Obligation]:
        return [row for row in self._rows if row.level is level]

    def _quoted(self, row: Obligation) -> str:
        """A row by its own words; those of an item read on from the line above."""
        own = row.text if "#" in row.id else self._knowledge.convention[row.provision_id].text
        words = without_end(own.replace("this article", f"article {row.article}")).rstrip(":")
        line = _line(words, row.level, [row])
        return f"  {line}" if words[:1].islower() else line

    def notices(self) -> str:
        """What has to be told, by recipient."""
        by_recipient: dict[str, list[str]] = {}
        for row in self._rows:
            if row.notify:
                told = f"{row.notify.what}{_by(row)}: {row.notify.by}"
                by_recipient.setdefault(_recipient(row), []).append(_line(told, row.level, [row]))
        sections = ["\n".join([f"To {to}:", "", *lines]) for to, lines in by_recipient.items()]
        return "\n\n".join([fixed_text("register/notices"), *sections])

    def deadlines(self) -> str:
        """Every time limit and date, then what is bound to an event."""
        fixed = _once(row for row in self._rows if _times(row))
        bound = [row for row in self._rows if row.when not in _EVER and not _times(row)]
        return _parts(
            ("register/deadlines", [_timed(row, "; ".join(_times(row))) for row in fixed]),
            ("register/deadlines_more", [_timed(row, row.when) for row in bound]),
        )

    def before(self) -> str:
        """What binds and needs a law, by kind of measure; then what is told on joining."""
        binding = [row for row in self._rows if row.of_state and row.level in _BINDING]
        needed = [row for row in binding if row.legislate is Legislate.YES]
        maybe = [row for row in binding if row.legislate is Legislate.MAYBE]
        sections = [
            "\n".join([f"{_HEADINGS[measure]}:", "", *self._by_article(rows)])
            for measure in Measure
            if (rows := [row for row in needed if row.measure is measure])
        ]
        told = [row for row in self._rows if row.notify and _JOINING.search(row.when)]
        return "\n\n".join(
            [
                fixed_text("register/before", count=len(needed)),
                *sections,
                _parts(("register/before_notices", [_announced(row) for row in told])),
                fixed_text("register/before_more", count=len(maybe)),
            ]
        )

    def _by_article(self, rows: Sequence[Obligation]) -> list[str]:
        """A line for each article and level, with the labels of its uppermost provisions."""
        ids = {row.provision_id for row in rows}
        convention = self._knowledge.convention
        grouped: dict[tuple[str, Level], list[Obligation]] = {}
        for row in rows:
            above = {p.id for p in convention.ancestors(convention[row.provision_id])}
            if not above & ids:
                grouped.setdefault((row.title, row.level), []).append(row)
        return [_line(_subject(group), level, group) for (_, level), group in grouped.items()]

    def level_in_chapter(self, level: Level, number: int) -> str:
        """Every clause of a level in a chapter; optional has what is left to States in any way."""
        levels = _FREE if level is Level.OPTIONAL else {level}
        rows = [row for row in self._rows if row.chapter == number and row.level in levels]
        chapter = self._knowledge.convention.chapter(number)
        named = fixed_text("register/optional") if level is Level.OPTIONAL else level.value
        values = {"roman": chapter.roman, "title": chapter.title, "level": named}
        if not rows:
            return fixed_text("register/none_in_chapter", **values)
        heading = fixed_text("register/level_in_chapter", count=len(rows), **values)
        return "\n".join([heading, "", *map(_said, rows)])

    def new(self, treaty: str) -> str:
        """What has no counterpart in another treaty, and what goes further than it."""
        articles = self._knowledge.convention.articles
        by_article = {a.number: [r for r in self._rows if r.article == a.number] for a in articles}
        whole = [a for a in articles if all(_is_new(row, treaty) for row in by_article[a.number])]
        parts = [
            _labelled(a.title, [row for row in by_article[a.number] if _is_new(row, treaty)])
            for a in articles
            if a not in whole and any(_is_new(row, treaty) for row in by_article[a.number])
        ]
        heading = fixed_text(
            "register/new", treaty=_TREATY_NAMES[treaty], count=len(whole), articles=len(articles)
        )
        return "\n\n".join(
            [
                "\n".join([heading, "", *(f"- {a.title} [art. {a.number}]" for a in whole)]),
                _parts(("register/new_parts", parts), ("register/new_wider", self._wider(treaty))),
            ]
        )

    def _wider(self, treaty: str) -> list[str]:
        noted = {
            row.provision_id: _labelled(f"{one.at}: {without_end(one.note)}", [row])
            for row in self._rows
            for one in row.counterparts
            if one.treaty == treaty and one.relation is Relation.WIDER
        }
        return list(noted.values())

    def criminalise(self, conduct: str) -> str | None:
        """Whether a conduct has to be an offence, with all clauses of its article."""
        found = self._conducts.get(frozenset(tokens_of(conduct)))
        if found is None:
            return None
        rows = [row for row in self._rows if f"{row.provision_id}/".startswith(f"{found}/")]
        if rows[0].article not in OFFENCES:
            name = "mandatory" if rows[0].level is Level.MANDATORY else "optional"
            return _parts((f"register/{name}_part", map(self._quoted, rows)))
        heading = fixed_text("register/criminalise", number=rows[0].article, title=rows[0].title)
        return "\n".join([heading, "", *map(self._quoted, rows)])

    @cached_property
    def _conducts(self) -> dict[frozenset[str], str]:
        """Articles of offences, and paragraphs of article 19, by the stems of their names."""
        titles = {self._knowledge.convention.article(n).title: f"art-{n}" for n in OFFENCES}
        names = titles | {name: target for target, named in NAMES.items() for name in named}
        return {frozenset(tokens_of(name)): target for name, target in names.items()}


NAMES = {
    "art-7": ("hacking", "unauthorised access", "unauthorized access", "computer trespass"),
    "art-8": ("interception of data", "intercepting data", "eavesdropping on data"),
    "art-9": ("data interference", "interference with data", "deleting data", "damage to data"),
    "art-10": ("system interference", "denial-of-service attacks", "DDoS", "DDoS attacks"),
    "art-11": ("hacking tools", "trading in hacking tools"),
    "art-12": (
        "ICT system-related forgery",
        "computer forgery",
        "computer-related forgery",
        "digital forgery",
        "online forgery",
    ),
    "art-13": (
        "ICT system-related theft or fraud",
        "computer theft",
        "online fraud",
        "computer fraud",
        "computer-related fraud",
        "internet fraud",
    ),
    "art-14": (
        "child sexual abuse material",
        "online child sexual abuse material",
        "CSAM",
        "child pornography",
    ),
    "art-15": ("grooming", "online grooming", "child grooming", "grooming of children"),
    "art-16": (
        "revenge porn",
        "revenge pornography",
        "sharing intimate images without consent",
        "non-consensual sharing of intimate images",
    ),
    "art-17": ("money laundering", "laundering proceeds of crime", "laundering"),
    "art-19/para-1": ("participation", "aiding and abetting", "complicity"),
    "art-19/para-2": ("attempt", "attempts", "attempted offences"),
    "art-19/para-3": ("preparation", "preparatory acts"),
}
"""What people call the offences, reviewed: nothing that an option or a definition decides."""


_HEADINGS = {
    Measure.CRIMINALISE: "Offences and their penalties",
    Measure.POWER: "Powers of the authorities",
    Measure.SAFEGUARD: "Safeguards",
    Measure.JURISDICTION: "Jurisdiction",
    Measure.COOPERATE: "International cooperation",
    Measure.DESIGNATE: "Authorities and contact points to designate",
    Measure.PREVENT: "Prevention",
    Measure.ASSIST: "Victims and assistance",
    Measure.REPORT: "Reports",
    Measure.INSTITUTIONAL: "Institutions",
    Measure.DEFINITION: "Definitions",
    Measure.FINAL_CLAUSE: "Final provisions",
    Measure.OTHER: "Other duties",
}
_TREATY_NAMES = {
    "Budapest": "Budapest Convention on Cybercrime",
    "UNTOC": "Convention against Transnational Organized Crime",
    "UNCAC": "Convention against Corruption",
}


def _parts(*parts: tuple[str, Iterable[str]]) -> str:
    """Each part: its fixed text, and its lines."""
    return "\n\n".join("\n".join([fixed_text(name), "", *lines]) for name, lines in parts)


def _labelled(words: str, rows: Iterable[Obligation]) -> str:
    labels = dict.fromkeys(f"[{row.short_label}]" for row in rows)
    return f"- {words} {' '.join(labels)}"


def _line(words: str, level: Level, rows: Iterable[Obligation]) -> str:
    return _labelled(f"{words} ({level})", rows)


def _said(row: Obligation) -> str:
    """A row in one line: its heading, or its words where it is one clause of several."""
    words = without_end(row.text) if "#" in row.id else row.heading
    return _line(words, row.level, [row])


def _subject(rows: Sequence[Obligation]) -> str:
    """What rows of one article are about: its title, with their heading where that says more."""
    first, *others = rows
    if others or first.measure is Measure.CRIMINALISE:
        return first.title
    return f"{first.title}: {first.heading[:1].lower()}{first.heading[1:]}"


def _by(row: Obligation) -> str:
    """Who tells it, where that is not every State Party."""
    if row.actor == "State Party":
        return ""
    return f", by {row.actor}" if row.actor.startswith("any ") else f", by the {row.actor}"


def _announced(row: Obligation) -> str:
    what = row.notify.what if row.notify else row.heading
    return _line(f"{what[:1].upper()}{what[1:]}{_by(row)}", row.level, [row])


def _timed(row: Obligation, time: str) -> str:
    what = row.notify.what if row.notify else row.heading
    return _line(f"{time}: {what[:1].lower()}{what[1:]}", row.level, [row])


def _recipient(row: Obligation) -> str:
    if row.notify is None or row.side is Side.INSTITUTION:
        return "the States Parties, from the Secretary-General"
    if row.notify.to == "Secretary-General":
        return "the Secretary-General of the United Nations"
    return f"the {row.notify.to}"


def _times(row: Obligation) -> tuple[str, ...]:
    """The time limits among the numbers of a row, each figure once."""
    times = [n for n in row.numbers if _TIME.search(n) and not _NO_TIME.search(n)]
    figures = [re.findall(r"\d+", words) for words in times]
    return tuple(
        n for at, n in enumerate(times) if not figures[at] or figures[at] not in figures[:at]
    )


def _once(rows: Iterable[Obligation]) -> list[Obligation]:
    """The rows without those that only explain another one of their provision."""
    listed = list(rows)
    duties = {row.provision_id for row in listed if row.level is not Level.OTHER}
    return [r for r in listed if r.level is not Level.OTHER or r.provision_id not in duties]


def _is_new(row: Obligation, treaty: str) -> bool:
    return any(c.treaty == treaty and c.relation is Relation.NONE for c in row.counterparts)
