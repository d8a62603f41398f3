"""Gap reading: which passages of a bill or law appear to address which duties of the Convention."""

from assistant.gap.bill import Bill, Section
from assistant.gap.duties import Duty, duties_of
from assistant.gap.duty_vectors import DutyVectors, encode_duties, kept_duty_vectors
from assistant.gap.finding import Finding, GapReading, Passage, Sureness, find
from assistant.gap.formats import FORMATS, Report, format_named, write
from assistant.gap.measure import measure, read_cases
from assistant.gap.reading import open_bill, read_bill

__all__ = [
    "FORMATS",
    "Bill",
    "Duty",
    "DutyVectors",
    "Finding",
    "GapReading",
    "Passage",
    "Report",
    "Section",
    "Sureness",
    "duties_of",
    "encode_duties",
    "find",
    "format_named",
    "kept_duty_vectors",
    "measure",
    "open_bill",
    "read_bill",
    "read_cases",
    "write",
]
