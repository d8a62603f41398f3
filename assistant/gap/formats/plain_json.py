"""A gap reading as JSON: everything, with offsets into the text of the bill as it was read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from assistant.gap.finding import Finding, Passage
from assistant.gap.formats import Report
from assistant.gap.formats.columns import NOTHING
from prompts import fixed_text

__all__ = ["values", "write"]


def write(report: Report) -> bytes:
    """The reading as a JSON file."""
    return (json.dumps(values(report), ensure_ascii=False, indent=2) + "\n").encode()


def values(report: Report) -> dict[str, Any]:
    """The reading as plain values."""
    bill = report.reading.bill
    return {
        "notice": fixed_text("gap/notice"),
        "bill": {
            "name": bill.name,
            "format": bill.format,
            "pages": bill.pages,
            "provisions": len(bill.sections),
            "sha256": bill.sha256,
        },
        "edition": asdict(report.edition),
        "read_on": report.day.isoformat(),
        "findings": [_finding(finding) for finding in report.reading.findings],
    }


def _finding(finding: Finding) -> Mapping[str, Any]:
    duty = finding.duty
    return {
        "duty_id": duty.id,
        "label": duty.label,
        "url": duty.url,
        "chapter": duty.chapter,
        "about": duty.heading,
        "levels": [str(level) for level in duty.levels],
        "actors": list(duty.actors),
        "measures": [str(measure) for measure in duty.measures],
        "rows": [row.id for row in duty.rows],
        "sureness": str(finding.sureness) if finding.sureness else NOTHING,
        "passages": [_passage(passage) for passage in finding.passages],
    }


def _passage(passage: Passage) -> Mapping[str, Any]:
    section = passage.section
    return {
        "section": section.id,
        "pinpoint": section.pinpoint,
        "heading": section.heading,
        "page": section.page,
        "quote": passage.quote,
        "start": passage.start,
        "end": passage.end,
        "sureness": str(passage.sureness),
        "score": passage.score,
        "why": list(passage.why),
        "not_seen": list(passage.missing),
    }
