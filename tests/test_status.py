"""The dated facts on the life of the Convention."""

import re

import pytest

import index.status
from index.errors import AnnotationError
from index.status import Fact, read_status

SHIPPED = [
    ("adopted_date", "24 December 2024"),
    ("resolution", "79/243"),
    ("signature_deadline", "31 December 2026"),
    ("in_force_rule", "ninetieth day after the fortieth instrument"),
]


@pytest.fixture
def shipped_as(monkeypatch, tmp_path):
    """Put another status file in the place of the shipped one."""

    def placed(content: bytes) -> None:
        (tmp_path / "text").mkdir(exist_ok=True)
        (tmp_path / "text" / "status.yaml").write_bytes(content)
        monkeypatch.setattr(index.status, "files", lambda package: tmp_path)

    return placed


@pytest.mark.parametrize(("name", "value"), SHIPPED)
def test_the_facts_that_cannot_change_are_right(name, value):
    assert value in read_status().facts[name].value


def test_every_fact_has_a_value_a_date_and_a_source():
    for name, fact in read_status().facts.items():
        assert fact.value and fact.source, name
        assert re.search(r"\b20\d\d\b", fact.as_of), name


def test_the_whole_is_dated_by_day():
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", read_status().as_of)


def test_counts_are_dated_after_the_opening_for_signature():
    facts = read_status().facts
    for name in ("signatories", "parties"):
        assert facts[name].value.isdecimal()
        assert int(re.findall(r"20\d\d", facts[name].as_of)[0]) >= 2025
    assert int(facts["parties"].value) <= int(facts["signatories"].value)


def test_each_fact_fills_its_name_and_its_date_in_fixed_texts():
    status = read_status()
    values = status.placeholders()
    assert values["signatories"] == status.facts["signatories"].value
    assert values["signatories_as_of"] == status.facts["signatories"].as_of
    assert len(values) == 2 * len(status.facts)


def test_numbers_and_dates_without_quotation_marks_are_read_as_words(shipped_as):
    shipped_as(
        b"as_of: 2026-09-30\nfacts:\n"
        b"  parties: {value: 3, as_of: 2026-09-30, source: press reports}\n"
    )
    status = read_status()
    assert status.as_of == "2026-09-30"
    assert status.facts["parties"] == Fact("3", "2026-09-30", "press reports")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"facts: [",
        b"words",
        b"- a\n- b\n",
        b"facts: {}\n",
        b"as_of: 2026\nfacts: [1, 2]\n",
        b"as_of: 2026\nfacts: {parties: 3}\n",
        b"as_of: 2026\nfacts: {parties: {value: 3}}\n",
        b"as_of: 2026\nfacts: {parties: {value: 3, as_of: x, source: y, colour: z}}\n",
        b"as_of: \xff\xfe\n",
    ],
)
def test_a_damaged_file_is_told_by_name(shipped_as, content):
    shipped_as(content)
    with pytest.raises(AnnotationError, match=r"status\.yaml cannot be read"):
        read_status()
