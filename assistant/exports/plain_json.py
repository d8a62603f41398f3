"""The register as JSON, in the shape that ``obligations.schema.json`` describes."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.resources import files
from typing import Any

from assistant.assessment import Assessment
from assistant.exports import Content
from assistant.obligations import Obligation
from prompts import fixed_text

__all__ = ["SCHEMA_ID", "assessment_values", "row_values", "schema", "values", "write"]

SCHEMA_ID = "urn:convention-against-cybercrime:obligations:1"


def schema() -> dict[str, Any]:
    """The published JSON Schema of the export."""
    text = files("assistant.exports").joinpath("obligations.schema.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def values(content: Content) -> dict[str, Any]:
    """The export as plain values."""
    return {
        "schema": SCHEMA_ID,
        "edition": asdict(content.register.edition),
        "exported_on": content.day.isoformat(),
        "disclaimer": fixed_text("register_disclaimer"),
        "obligations": [
            row_values(row, content.assessments[row.id]) for row in content.register.rows
        ],
    }


def row_values(row: Obligation, assessment: Assessment | None = None) -> dict[str, Any]:
    """One row with its assessment as plain values."""
    assessed = assessment_values(assessment) if assessment else None
    return row.as_json() | {"assessment": assessed}


def assessment_values(assessment: Assessment) -> dict[str, Any] | None:
    """An assessment as plain values; None for an empty one."""
    if assessment.is_empty:
        return None
    own = asdict(assessment)
    del own["id"]
    return own | {"others": dict(assessment.others)}


def write(content: Content) -> bytes:
    """The register with its assessments as a JSON file."""
    return (json.dumps(values(content), ensure_ascii=False, indent=2) + "\n").encode()
