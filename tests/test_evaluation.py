"""Measuring answers: labelled questions, what counts as right, public sets."""

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import Assistant, Outcome
from assistant.answer import Mode
from assistant.evaluation import evaluate
from assistant.evaluation.baselines import CUT, found_by, rankers
from assistant.evaluation.chart import draw
from assistant.evaluation.measures import Row, rows_of, score, share
from assistant.evaluation.public import MEASURES, measure_retrieval, read_public_set
from assistant.evaluation.questions import Labelled, read_labelled
from assistant.evaluation.report import (
    failures_told,
    retrieval_told,
    rows_told,
    split_told,
    worded_told,
)
from index.encoder import Encoder
from index.errors import BadInput

QUESTIONS = Path(__file__).parent / "questions"


def labelled(question="Is hacking a crime under this treaty?", **given) -> Labelled:
    values = {
        "kind": "plain",
        "outcome": Outcome.ANSWERED,
        "articles": (7,),
        "provisions": ("art-7/para-1",),
        "also": (),
        "facts": ("must make it a crime",),
    }
    return Labelled(question=question, **(values | given))


def write(folder: Path, text: str) -> Path:
    (folder / "some.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("part", ["tuning", "reporting"])
def test_the_shipped_questions_can_be_read_and_cover_every_article(part, knowledge):
    questions = read_labelled(QUESTIONS / part, knowledge.convention)
    assert len(questions) >= 500
    assert set(range(69)) <= {article for q in questions for article in q.articles}


def test_no_question_is_in_both_parts(knowledge):
    tuning, reporting = (
        {q.question.lower() for q in read_labelled(QUESTIONS / part, knowledge.convention)
         if not q.history}
        for part in ("tuning", "reporting")
    )  # fmt: skip
    assert not {q for q in tuning & reporting if len(q.split()) > 3}


def test_a_file_that_cannot_be_read_is_named_with_its_entry(tmp_path, knowledge):
    with pytest.raises(BadInput, match=r"some\.yaml, entry 1"):
        read_labelled(write(tmp_path, '- question: "x"\n'), knowledge.convention)


def test_an_unknown_provision_is_named(tmp_path, knowledge):
    entry = (
        '- {question: "x", kind: "plain", outcome: "answered", articles: [7], '
        'provisions: ["art-99"]}\n'
    )
    with pytest.raises(BadInput, match="no provision art-99"):
        read_labelled(write(tmp_path, entry), knowledge.convention)


def test_a_folder_without_questions_is_said_so(tmp_path, knowledge):
    with pytest.raises(BadInput, match="no labelled questions"):
        read_labelled(tmp_path, knowledge.convention)


def test_a_right_answer_is_scored_right(assistant: Assistant):
    asked = labelled()
    scored = score(asked, assistant.ask(asked.question), assistant.knowledge)
    assert scored.cited and scored.first and scored.ended_right and not scored.refused
    assert scored.to_the_point[0] and all(scored.facts) and all(scored.support)


def test_a_wrong_answer_is_scored_wrong(assistant: Assistant):
    asked = labelled(articles=(14,), provisions=("art-14/para-1",), facts=("within 60 days",))
    scored = score(asked, assistant.ask(asked.question), assistant.knowledge)
    assert not scored.cited and not scored.first
    assert not any(scored.to_the_point) and not any(scored.facts)


def test_a_refusal_of_a_good_question_counts_against_us(assistant: Assistant):
    asked = labelled("Write me a poem about Hanoi.")
    scored = score(asked, assistant.ask(asked.question), assistant.knowledge)
    rows = {row.name: row for row in rows_of([scored])}
    assert rows["answerable not refused"].share == 0.0
    assert "wanted answered" in failures_told([scored])


def test_the_first_word_is_held_against_the_right_one(assistant: Assistant):
    answer = assistant.ask("Is hacking a crime under this treaty?")
    rows = {
        lead: {row.name.strip(): row.share for row in rows_of([_led(answer, lead, assistant)])}
        for lead in ("yes", "no")
    }
    assert rows["yes"]["no wrong word to begin with"] == 1
    assert rows["no"]["no wrong word to begin with"] == 0


def _led(answer, lead, assistant):
    return score(labelled(lead=lead), answer, assistant.knowledge)


def test_a_share_has_wilsons_interval():
    row = share("x", [True] * 8 + [False] * 2)
    assert row.share == 0.8
    assert (round(row.low, 3), round(row.high, 3)) == (0.49, 0.943)  # by Wilson's formula


def test_a_share_of_nothing_is_told_as_none():
    row = share("x", [])
    assert math.isnan(row.share) and row.count == 0
    assert "none" in rows_told([row])


def test_the_report_splits_by_kind(assistant: Assistant):
    asked = labelled()
    scored = score(asked, assistant.ask(asked.question), assistant.knowledge)
    assert "plain" in split_told("kind", [scored], lambda s: s.labelled.kind)


def test_answers_of_a_language_model_are_counted_with_their_notices(assistant: Assistant):
    scored = score(labelled(), assistant.ask("Is hacking a crime?"), assistant.knowledge)
    assert worded_told([scored]) == ""
    model = replace(scored, answer=replace(scored.answer, mode=Mode.MODEL, model="openai:x"))
    late = replace(scored, answer=replace(scored.answer, notice="It was late."))
    told = worded_told([model, late, late]).splitlines()
    assert told == ["worded by a language model: 1 of 3 answers", "     2  It was late."]


def test_a_part_and_a_sample_of_it_can_be_measured_alone(tmp_path, assistant: Assistant):
    reports = []
    for _ in range(2):
        told: list[str] = []
        chart = tmp_path / "chart.png"
        evaluate(assistant, QUESTIONS, chart, told.append, parts=("tuning",), sample=3)
        reports.append([text for text in told if "time of an answer" not in text])
    assert "== tuning: 3 questions ==" in reports[0][0]
    assert not any("reporting" in text for text in reports[0])
    assert reports[0] == reports[1]


def test_the_baselines_rank_articles(knowledge, encoder: Encoder):
    ways = rankers(knowledge, encoder)
    assert set(ways) == {"BM25 alone", "dense alone", f"plain recipe ({CUT} characters, dense)"}
    for name, way in ways.items():
        found = found_by(name, way, [labelled("illegal access to a computer system")])
        assert found.within(3) == [True]


def test_the_chart_is_an_image(tmp_path):
    file = tmp_path / "chart.png"
    draw({"tuning": [Row("x", 0.8, 0.7, 0.9, 10, 0.9)]}, file)
    assert file.read_bytes().startswith(b"\x89PNG")


def test_a_chart_in_an_unknown_format_is_refused(tmp_path):
    with pytest.raises(BadInput, match="chart"):
        draw({"tuning": [Row("x", 0.8, 0.7, 0.9, 10, 0.9)]}, tmp_path / "chart.nonsense")


def beir(folder: Path) -> Path:
    corpus = [
        {"_id": "d1", "title": "Cats", "text": "Cats sleep for most of the day."},
        {"_id": "d2", "text": "A preservation order lasts ninety days."},
        {"_id": "d3", "text": "Ships need a flag and a port."},
    ]
    queries = [{"_id": "q1", "text": "how long does an order last"}, {"_id": "q2", "text": "x"}]
    (folder / "qrels").mkdir()
    for name, entries in (("corpus", corpus), ("queries", queries)):
        lines = "".join(json.dumps(entry) + "\n" for entry in entries)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td2\t1\n")
    return folder


def test_a_public_set_is_measured_with_every_measure(tmp_path, encoder: Encoder):
    public = read_public_set(beir(tmp_path))
    assert list(public.queries) == ["q1"]  # a query without relevant documents is left out
    measured = measure_retrieval(public, encoder)
    assert list(measured["as shipped"]) == list(MEASURES)
    assert measured["as shipped"]["MRR@10"] == 1.0
    assert "BM25 alone" in retrieval_told(measured)


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("corpus.jsonl", "{not json\n", "line 1, is not a JSON object"),
        ("corpus.jsonl", '{"_id": "d1"}\n', "line 1, lacks text"),
        ("queries.jsonl", "[1]\n", "line 1"),
        ("qrels/test.tsv", "q1\td2\n", "line 1: it takes query, document"),
        ("qrels/test.tsv", "q9\td2\t1\n", "no query that"),
    ],
)
def test_a_damaged_public_set_is_refused_with_its_place(tmp_path, file, content, message):
    (beir(tmp_path) / file).write_text(content)
    with pytest.raises(BadInput, match=message):
        read_public_set(tmp_path)


def test_a_folder_that_is_no_public_set_is_refused(tmp_path):
    with pytest.raises(BadInput, match="BEIR layout"):
        read_public_set(tmp_path)
