"""The shipped text and data: whole, numbered without a gap, and consistent with each other."""

import re
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from assistant.knowledge import Knowledge
from assistant.references import find_references
from index.annotations import Level, check_annotations
from index.convention import Provision
from index.passages import passages_of

TITLES = """
1 Statement of purpose
2 Use of terms
3 Scope of application
4 Offences established in accordance with other United Nations conventions and protocols
5 Protection of sovereignty
6 Respect for human rights
7 Illegal access
8 Illegal interception
9 Interference with electronic data
10 Interference with an information and communications technology system
11 Misuse of devices
12 Information and communications technology system-related forgery
13 Information and communications technology system-related theft or fraud
14 Offences related to online child sexual abuse or child sexual exploitation material
15 Solicitation or grooming for the purpose of committing a sexual offence against a child
16 Non-consensual dissemination of intimate images
17 Laundering of proceeds of crime
18 Liability of legal persons
19 Participation and attempt
20 Statute of limitations
21 Prosecution, adjudication and sanctions
22 Jurisdiction
23 Scope of procedural measures
24 Conditions and safeguards
25 Expedited preservation of stored electronic data
26 Expedited preservation and partial disclosure of traffic data
27 Production order
28 Search and seizure of stored electronic data
29 Real-time collection of traffic data
30 Interception of content data
31 Freezing, seizure and confiscation of the proceeds of crime
32 Establishment of criminal record
33 Protection of witnesses
34 Assistance to and protection of victims
35 General principles of international cooperation
36 Protection of personal data
37 Extradition
38 Transfer of sentenced persons
39 Transfer of criminal proceedings
40 General principles and procedures relating to mutual legal assistance
41 24/7 network
42 International cooperation for the purpose of expedited preservation of stored electronic data
43 International cooperation for the purpose of expedited disclosure of preserved traffic data
44 Mutual legal assistance in accessing stored electronic data
45 Mutual legal assistance in the real-time collection of traffic data
46 Mutual legal assistance in the interception of content data
47 Law enforcement cooperation
48 Joint investigations
49 Mechanisms for the recovery of property through international cooperation in confiscation
50 International cooperation for purposes of confiscation
51 Special cooperation
52 Return and disposal of confiscated proceeds of crime or property
53 Preventive measures
54 Technical assistance and capacity-building
55 Exchange of information
56 Implementation of the Convention through economic development and technical assistance
57 Conference of the States Parties to the Convention
58 Secretariat
59 Implementation of the Convention
60 Effects of the Convention
61 Relation with protocols
62 Adoption of supplementary protocols
63 Settlement of disputes
64 Signature, ratification, acceptance, approval and accession
65 Entry into force
66 Amendment
67 Denunciation
68 Depositary and languages
"""

CHAPTERS = [
    ("I", "General provisions", 1, 6),
    ("II", "Criminalization", 7, 21),
    ("III", "Jurisdiction", 22, 22),
    ("IV", "Procedural measures and law enforcement", 23, 34),
    ("V", "International cooperation", 35, 52),
    ("VI", "Preventive measures", 53, 53),
    ("VII", "Technical assistance and information exchange", 54, 56),
    ("VIII", "Mechanism of implementation", 57, 58),
    ("IX", "Final provisions", 59, 68),
]

TERMS = """
a ICT system
b electronic data
c traffic data
d content data
e service provider
f subscriber information
g personal data
h serious crime
i property
j proceeds of crime
k freezing or seizure
l confiscation
m predicate offence
n regional economic integration organization
o emergency
"""

NUMBERS = [
    ("art-2/h", "four years"),
    ("art-14/para-2", "18"),
    ("art-16/para-2", "18"),
    ("art-25/para-2", "90 days"),
    ("art-40/para-29", "15"),
    ("art-41/para-1", "24 hours a day"),
    ("art-41/para-1", "7 days a week"),
    ("art-42/para-8", "60 days"),
    ("art-57/para-2", "one year"),
    ("art-62/para-1", "60"),
    ("art-62/para-1", "two-thirds"),
    ("art-63/para-2", "six months"),
    ("art-64/para-1", "2025"),
    ("art-64/para-1", "31 December 2026"),
    ("art-65/para-1", "ninetieth"),
    ("art-65/para-1", "fortieth"),
    ("art-65/para-2", "thirtieth"),
    ("art-66/para-1", "five years"),
    ("art-66/para-1", "two-thirds"),
    ("art-66/para-4", "90"),
    ("art-67/para-1", "one year"),
]

SPANS = {
    "art-2/h": {"four years"},
    "art-14/para-2": {"18 years"},
    "art-16/para-2": {"18 years"},
    "art-16/para-3": {"18 years"},
    "art-16/para-4": {"18 years"},
    "art-25/para-2": {"90 days"},
    "art-40/para-29": {"15 days"},
    "art-41/para-1": {"24 hours", "7 days"},
    "art-42/para-8": {"60 days"},
    "art-57/para-2": {"one year"},
    "art-63/para-2": {"six months"},
    "art-65/para-1": {"ninetieth day"},
    "art-65/para-2": {"thirtieth day"},
    "art-66/para-1": {"five years"},
    "art-66/para-4": {"ninety days"},
    "art-67/para-1": {"one year"},
}
"""Every span of time that the Convention names."""

SPAN = re.compile(
    r"\b(\d+|one|two|three|four|five|six|seven|eight|nine|ten|\w+(?:ty|teen|ieth|enth|irst))"
    r"(?: \(\d+(?:th)?\))?(?: consecutive)? (hours?|days?|weeks?|months?|years?)\b"
)

LEVELS = [
    ("preamble/5", Level.OTHER),
    ("art-1/a", Level.OTHER),
    ("art-2/h", Level.DEFINITION),
    ("art-3/b", Level.OTHER),
    ("art-4/para-1", Level.MANDATORY),
    ("art-4/para-2", Level.OTHER),
    ("art-5/para-1", Level.MANDATORY),
    ("art-5/para-2", Level.PROHIBITION),
    ("art-6/para-1", Level.SAFEGUARD),
    ("art-6/para-2", Level.SAFEGUARD),
    ("art-7/para-1", Level.MANDATORY),
    ("art-7/para-2", Level.OPTIONAL_ELEMENT),
    ("art-8/para-2", Level.OPTIONAL_ELEMENT),
    ("art-9/para-2", Level.OPTIONAL_ELEMENT),
    ("art-10", Level.MANDATORY),
    ("art-11/para-1/b", Level.MANDATORY),
    ("art-11/para-2", Level.SAFEGUARD),
    ("art-11/para-3", Level.RESERVATION),
    ("art-12/para-2", Level.OPTIONAL_ELEMENT),
    ("art-13", Level.MANDATORY),
    ("art-14/para-1/d", Level.MANDATORY),
    ("art-14/para-2", Level.DEFINITION),
    ("art-14/para-3/a", Level.OPTIONAL_ELEMENT),
    ("art-14/para-4", Level.OPTIONAL),
    ("art-15/para-3", Level.OPTIONAL),
    ("art-16/para-2", Level.DEFINITION),
    ("art-16/para-5", Level.OPTIONAL_ELEMENT),
    ("art-17/para-2/e", Level.OPTIONAL),
    ("art-18/para-2", Level.OPTIONAL),
    ("art-19/para-1", Level.MANDATORY),
    ("art-19/para-2", Level.OPTIONAL),
    ("art-19/para-3", Level.OPTIONAL),
    ("art-20", Level.MANDATORY),
    ("art-21/para-3", Level.CONSIDER),
    ("art-21/para-4", Level.SAFEGUARD),
    ("art-22/para-1", Level.MANDATORY),
    ("art-22/para-2/a", Level.OPTIONAL),
    ("art-22/para-3", Level.MANDATORY),
    ("art-22/para-4", Level.OPTIONAL),
    ("art-23/para-3/a", Level.RESERVATION),
    ("art-24/para-1", Level.SAFEGUARD),
    ("art-24/para-3", Level.CONSIDER),
    ("art-24/para-5", Level.DEFINITION),
    ("art-25/para-2", Level.MANDATORY),
    ("art-28/para-3/d", Level.MANDATORY),
    ("art-29/para-2", Level.OPTIONAL),
    ("art-31/para-8", Level.OPTIONAL),
    ("art-32", Level.OPTIONAL),
    ("art-33/para-3", Level.CONSIDER),
    ("art-36/para-3", Level.SAFEGUARD),
    ("art-37/para-2", Level.OPTIONAL),
    ("art-37/para-16", Level.PROHIBITION),
    ("art-39/para-1", Level.CONSIDER),
    ("art-40/para-19", Level.PROHIBITION),
    ("art-40/para-21/a", Level.OPTIONAL),
    ("art-40/para-22", Level.SAFEGUARD),
    ("art-40/para-23", Level.PROHIBITION),
    ("art-40/para-24", Level.PROHIBITION),
    ("art-41/para-6", Level.OPTIONAL),
    ("art-42/para-5", Level.RESERVATION),
    ("art-42/para-6", Level.PROHIBITION),
    ("art-46", Level.CONSIDER),
    ("art-48", Level.CONSIDER),
    ("art-49/para-1/c", Level.CONSIDER),
    ("art-53/para-3/e", Level.OPTIONAL),
    ("art-54/para-1", Level.CONSIDER),
    ("art-57/para-2", Level.INSTITUTIONAL),
    ("art-58/para-1", Level.INSTITUTIONAL),
    ("art-59/para-2", Level.OPTIONAL),
    ("art-63/para-3", Level.RESERVATION),
    ("art-65/para-1", Level.INSTITUTIONAL),
]
"""Levels as the outline has them where its author was sure, and the traps."""

VERBS = {
    Level.MANDATORY: r"\bmust\b",
    Level.CONSIDER: r"\bmust\b.*\b(?:consider|endeavour|priority)",
    Level.OPTIONAL_ELEMENT: r"\bmay\b",
    Level.RESERVATION: r"\bmay\b",
}
"""What a rule of each level has to say; the other levels leave the verb open."""

QUOTED = r'"([^"]+)"'

TREATIES = Path(__file__).parents[2] / "shared" / "treaties"
RUN = 12
"""Words in a row that our own wording must not share with a sister treaty."""


def of_ours(knowledge: Knowledge) -> list[Provision]:
    """The provisions that have words."""
    return [provision for provision in knowledge.convention.provisions() if provision.text]


def whole_rule(provision: Provision) -> bool:
    """Whether it is a paragraph or the whole text of an article, rather than an item of a list."""
    return not provision.items


def test_the_convention_has_68_articles_in_order_with_their_titles(knowledge: Knowledge):
    found = [f"{article.number} {article.title}" for article in knowledge.convention.articles]
    assert found == TITLES.strip().splitlines()


def test_nine_chapters_hold_the_articles_that_they_should(knowledge: Knowledge):
    found = [
        (chapter.roman, chapter.title, chapter.articles[0].number, chapter.articles[-1].number)
        for chapter in knowledge.convention.chapters
    ]
    assert found == CHAPTERS


def test_the_paragraphs_of_every_article_are_numbered_without_a_gap(knowledge: Knowledge):
    for article in knowledge.convention.articles:
        numbers = [paragraph.paragraph for paragraph in article.paragraphs]
        assert numbers == list(range(1, len(numbers) + 1)), article.id


def test_the_longest_articles_have_all_their_paragraphs(knowledge: Knowledge):
    counted = {n: len(knowledge.convention.article(n).paragraphs) for n in (21, 31, 37, 40, 54)}
    assert counted == {21: 8, 31: 10, 37: 20, 40: 32, 54: 10}


def test_the_preamble_has_fifteen_paragraphs(knowledge: Knowledge):
    assert [p.paragraph for p in knowledge.convention.preamble[1:]] == list(range(1, 16))


def test_article_2_defines_the_terms_a_to_o(knowledge: Knowledge):
    found = []
    for item in knowledge.convention.children(knowledge.convention["art-2"]):
        defined, means, _ = item.text.partition(" means ")
        assert means, item.id
        found.append(f"{item.items[0]} {' or '.join(re.findall(QUOTED, defined))}")
    assert found == TERMS.strip().splitlines()


def test_every_id_and_every_label_is_unique(knowledge: Knowledge):
    provisions = list(knowledge.convention.provisions())
    for named in ("id", "label", "short_label", "url"):
        names = [getattr(provision, named) for provision in provisions]
        assert len(names) == len(set(names)), named


def test_every_provision_is_annotated_and_every_cross_reference_resolves(knowledge: Knowledge):
    assert check_annotations(knowledge.annotations, knowledge.convention) == []


def test_no_provision_refers_to_itself_or_twice_to_another(knowledge: Knowledge):
    for key, annotation in knowledge.annotations.by_id.items():
        assert key not in annotation.refers_to
        assert len(annotation.refers_to) == len(set(annotation.refers_to)), key


def test_every_reference_that_the_text_makes_resolves(knowledge: Knowledge):
    for provision in of_ours(knowledge):
        for reference in find_references(provision.text):
            assert reference.id in knowledge.convention, (provision.id, reference.id)


def test_every_reference_within_an_article_resolves(knowledge: Knowledge):
    found = 0
    for provision in of_ours(knowledge):
        for words in re.findall(r"paragraphs? (\d[^.;:]{0,40}?) of this article", provision.text):
            for reference in ids_in(words, provision.article, knowledge):
                assert reference in knowledge.convention, (provision.id, words, reference)
                found += 1
    assert found > 50  # or the pattern above no longer fits the text


def ids_in(words: str, article: int, knowledge: Knowledge) -> list[str]:
    """``1 (a) (i) or (ii)`` of article 11: art-11/para-1/a/i, art-11/para-1/a/ii."""
    ids: list[str] = []
    paragraph = item = ""
    for mark in re.findall(r"\d+|\([a-z]+\)", words):
        if mark.isdigit():
            paragraph, item = f"art-{article}/para-{mark}", ""
            ids.append(paragraph)
        elif item and f"{item}/i" in knowledge.convention and set(mark) <= set("(ivx)"):
            ids.append(f"{item}/{mark.strip('()')}")
        else:
            item = f"{paragraph}/{mark.strip('()')}"
            ids.append(item)
    return ids


def test_no_text_names_an_article_above_68(knowledge: Knowledge):
    summaries = [annotation.summary for annotation in knowledge.annotations.by_id.values()]
    for text in [provision.text for provision in of_ours(knowledge)] + summaries:
        numbers = [int(number) for number in re.findall(r"\barticles? (\d+)", text)]
        numbers += [int(last) for last in re.findall(r"\barticles \d+ (?:to|and) (\d+)", text)]
        assert all(1 <= number <= 68 for number in numbers), text


def test_every_annotated_term_is_one_that_article_2_defines(knowledge: Knowledge):
    defined = {line.split(" ", 1)[1] for line in TERMS.strip().splitlines()}
    used = {term for a in knowledge.annotations.by_id.values() for term in a.terms}
    assert used <= defined


def test_every_provision_with_words_has_heading_actor_words_and_questions(knowledge: Knowledge):
    for provision in of_ours(knowledge):
        annotation = knowledge.annotations[provision.id]
        assert annotation.heading and annotation.actor and annotation.words, provision.id
        needed = 3 if whole_rule(provision) else 1
        assert len(annotation.questions) >= needed, provision.id


def test_every_article_and_the_preamble_have_a_summary(knowledge: Knowledge):
    heads = ["preamble", *(article.id for article in knowledge.convention.articles)]
    assert [head for head in heads if not knowledge.annotations[head].summary] == []


def test_headings_are_short_and_differ_within_an_article(knowledge: Knowledge):
    for article in knowledge.convention.articles:
        headings = [knowledge.annotations[p.id].heading for p in article.provisions]
        given = [heading for heading in headings if heading]
        assert len(given) == len(set(given)), article.id
        assert all(len(heading.split()) <= 8 for heading in given), article.id


def test_no_question_points_to_two_provisions(knowledge: Knowledge):
    asked = Counter(
        " ".join(question.text.lower().split())
        for annotation in knowledge.annotations.by_id.values()
        for question in annotation.questions
    )
    assert [question for question, times in asked.items() if times > 1] == []


def test_no_annotation_is_lost_between_the_files_and_the_program(knowledge: Knowledge):
    folder = files("index").joinpath("text", "annotations")
    written = [
        line.rstrip(":")
        for file in folder.iterdir()
        for line in file.read_text(encoding="utf-8").splitlines()
        if re.fullmatch(r"(?:art-|preamble)\S*:", line)
    ]
    assert sorted(written) == sorted(knowledge.annotations.by_id)


@pytest.mark.parametrize(("provision_id", "words"), NUMBERS)
def test_the_numbers_stand_where_they_should(knowledge: Knowledge, provision_id, words):
    text = knowledge.convention.reading(knowledge.convention[provision_id])
    assert re.search(rf"\b{re.escape(words)}\b", text)


def test_the_text_names_these_spans_of_time_and_no_other(knowledge: Knowledge):
    found = {p.id: {" ".join(span) for span in SPAN.findall(p.text)} for p in of_ours(knowledge)}
    assert {key: spans for key, spans in found.items() if spans} == SPANS


@pytest.mark.parametrize(("provision_id", "level"), LEVELS)
def test_the_levels_hold_in_the_known_traps(knowledge: Knowledge, provision_id, level):
    assert knowledge.annotations[provision_id].level is level


def test_may_be_necessary_is_never_taken_for_an_option(knowledge: Knowledge):
    for provision in of_ours(knowledge):
        first = provision.text.split(". ")[0]
        if re.match(r"Each State Party must (adopt|make|take)\b", first):
            assert knowledge.annotations[provision.id].level is not Level.OPTIONAL, provision.id


def test_the_words_must_and_may_agree_with_the_level(knowledge: Knowledge):
    for provision in of_ours(knowledge):
        if not whole_rule(provision):
            continue  # an item gets its verb from the words above it
        level = knowledge.annotations[provision.id].level
        words = knowledge.convention.reading(provision)
        assert re.search(VERBS.get(level, ""), words), (provision.id, level)


def test_the_digest_says_must_and_never_shall(knowledge: Knowledge):
    assert [p.id for p in of_ours(knowledge) if re.search(r"\bshall\b", p.text, re.I)] == []


def test_every_sentence_that_can_be_quoted_ends(knowledge: Knowledge):
    ends = re.compile(r"(?:\.|:|;|; and|; or)$")
    assert [p.id for p in of_ours(knowledge) if not ends.search(p.text)] == []


def test_a_list_is_announced_by_a_colon(knowledge: Knowledge):
    convention = knowledge.convention
    for provision in of_ours(knowledge):
        opens = any(child.items for child in convention.children(provision))
        assert opens == provision.text.endswith(":"), provision.id


def test_passages_have_unique_ids_and_fit_what_the_encoder_reads(knowledge, encoder):
    passages = passages_of(knowledge.convention, knowledge.annotations)
    assert len({passage.id for passage in passages}) == len(passages)
    assert {passage.provision for passage in passages} == {
        provision.id for provision in knowledge.convention.provisions()
    }
    longest = sorted((passage.text for passage in passages), key=len)[-40:]
    lengths = [encoder.count_tokens([text]) + 2 for text in longest]  # its own two marks
    assert max(lengths) <= encoder.max_tokens


@pytest.mark.skipif(not TREATIES.is_dir(), reason=f"no sister treaties at {TREATIES}")
@pytest.mark.parametrize("name", ["uncac", "untoc", "budapest"])
def test_no_dozen_words_in_a_row_are_those_of_a_sister_treaty(knowledge: Knowledge, name):
    text = (TREATIES / f"{name}-laws-markdown.md").read_text(encoding="utf-8")
    theirs = runs_of(text.split("Artikel")[0])
    assert len(theirs) > 5000
    shared = [
        (provision.id, " ".join(run))
        for provision in of_ours(knowledge)
        for run in runs_of(provision.text) & theirs
    ]
    assert shared == []


def runs_of(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+", text.lower())
    return {tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}
