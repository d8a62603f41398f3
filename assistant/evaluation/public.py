"""The retriever on a public set in BEIR layout: corpus.jsonl, queries.jsonl, qrels/test.tsv."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ir_measures
from ir_measures import AP, RR, R, nDCG
from langchain_core.documents import Document
from tqdm import tqdm

from assistant.evaluation.baselines import BM25_ALONE, DENSE_ALONE
from assistant.retriever import ProvisionRetriever
from index.encoder import Encoder
from index.errors import BadInput

__all__ = ["MEASURES", "PublicSet", "measure_retrieval", "read_public_set"]

MEASURES = {"recall@10": R @ 10, "MAP@10": AP @ 10, "nDCG@10": nDCG @ 10, "MRR@10": RR @ 10}
"""As trec_eval computes them, through the library ir-measures."""

DEEP = 10
STEP = 64
Relevant = Mapping[str, Mapping[str, int]]
Run = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class PublicSet:
    """Documents, queries by id, and how relevant which document is to which query."""

    documents: tuple[Document, ...]
    queries: Mapping[str, str]
    relevant: Relevant


def read_public_set(folder: Path) -> PublicSet:
    """The set in ``folder``; queries without a relevant document are left out, as is the custom.

    Raises ``BadInput`` that names file and line for what is missing or cannot be read.
    """
    relevant = _read_relevant(folder / "qrels" / "test.tsv")
    documents = tuple(
        Document(id=str(entry["_id"]), page_content=_joined(entry))
        for entry in _entries(folder / "corpus.jsonl", "_id", "text")
    )
    queries = {
        str(entry["_id"]): entry["text"]
        for entry in _entries(folder / "queries.jsonl", "_id", "text")
        if str(entry["_id"]) in relevant
    }
    if not documents or not queries:
        raise BadInput(f"{folder} holds no documents, or no query that qrels/test.tsv names.")
    return PublicSet(documents, queries, relevant)


def _joined(entry: Mapping[str, Any]) -> str:
    return f"{entry.get('title') or ''} {entry['text']}".strip()


def _entries(file: Path, *needed: str) -> Iterator[Mapping[str, Any]]:
    for number, line in enumerate(_lines(file), start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            missing = [name for name in needed if name not in entry]
        except (ValueError, TypeError) as error:
            raise BadInput(f"{file}, line {number}, is not a JSON object: {error}.") from error
        if missing:
            raise BadInput(f"{file}, line {number}, lacks {' and '.join(missing)}.")
        yield entry


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise BadInput(
            f"{file} cannot be read ({error.strerror}): a set in BEIR layout has corpus.jsonl, "
            "queries.jsonl and qrels/test.tsv."
        ) from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{file} is not UTF-8.") from error


def _read_relevant(file: Path) -> dict[str, dict[str, int]]:
    relevant: dict[str, dict[str, int]] = {}
    for number, row in enumerate(csv.reader(_lines(file), delimiter="\t"), start=1):
        if not row or (number == 1 and len(row) == 3 and not _is_whole(row[2])):
            continue  # an empty line, or the heading
        if len(row) != 3 or not _is_whole(row[2]):
            raise BadInput(f"{file}, line {number}: it takes query, document and a whole number.")
        if int(row[2]) > 0:
            relevant.setdefault(row[0], {})[row[1]] = int(row[2])
    return relevant


def _is_whole(number: str) -> bool:
    return number.strip().lstrip("-").isdigit()


def measure_retrieval(public: PublicSet, encoder: Encoder) -> dict[str, dict[str, float]]:
    """Each of ``MEASURES`` by its name, for the retriever as shipped, BM25 and dense alone."""
    shipped = ProvisionRetriever.from_documents(public.documents, encoder=encoder, k=DEEP)
    ways = {
        "as shipped": shipped,
        "BM25 alone": shipped.model_copy(update={"weights": BM25_ALONE}),
        "dense alone": shipped.model_copy(update={"weights": DENSE_ALONE}),
    }
    return {name: _measured(_run(name, way, public), public) for name, way in ways.items()}


def _run(name: str, retriever: ProvisionRetriever, public: PublicSet) -> Run:
    run: Run = {}
    ids = list(public.queries)
    for start in tqdm(range(0, len(ids), STEP), desc=name, unit=f" x {STEP} queries"):
        asked = ids[start : start + STEP]
        found = retriever.batch([public.queries[query_id] for query_id in asked])
        for query_id, documents in zip(asked, found, strict=True):
            run[query_id] = {str(d.id): -float(place) for place, d in enumerate(documents)}
    return run


def _measured(run: Run, public: PublicSet) -> dict[str, float]:
    qrels = {query_id: dict(public.relevant[query_id]) for query_id in public.queries}
    values = ir_measures.calc_aggregate(MEASURES.values(), qrels, run)
    return {name: float(values[measure]) for name, measure in MEASURES.items()}
