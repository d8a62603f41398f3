"""What every file says of itself: which bill was read, against which text, on which day."""

from __future__ import annotations

from assistant.gap.finding import Sureness
from assistant.gap.formats import Report
from prompts import fixed_text

__all__ = ["about", "counted"]


def about(report: Report) -> list[tuple[str, str]]:
    """Pairs of a name and a value, in order."""
    bill, edition = report.reading.bill, report.edition
    pages = f", {bill.pages} pages" if bill.pages else ""
    return [
        ("Bill", bill.name),
        ("Format", f"{bill.format}{pages}, {len(bill.sections)} provisions"),
        ("SHA-256 of the bill", bill.sha256),
        ("Held against", edition.edition),
        ("SHA-256 of the text", edition.text_sha256),
        ("SHA-256 of the register", edition.register_sha256),
        ("State of the facts", edition.as_of),
        ("Read on", report.day.isoformat()),
        ("Found", counted(report)),
        ("Not a finding of compliance", fixed_text("gap/notice")),
        ("How good it is", fixed_text("gap/figures")),
    ]


def counted(report: Report) -> str:
    """For how many obligations and options text was found, in a sentence."""
    reading = report.reading
    likely, possibly = reading.count(Sureness.LIKELY), reading.count(Sureness.POSSIBLE)
    return (
        f"{len(reading.findings)} obligations and options: text was found that likely addresses "
        f"{likely} of them, and that possibly addresses {possibly}; for {reading.count(None)} "
        "nothing was found."
    )
