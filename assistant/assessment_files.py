"""Reads an assessment back from an exported file that people have filled in by hand.

XLSX, CSV and JSON, told apart by their first bytes. Columns are found by their headings, in any
order, and those of the user's own are kept. Whatever does not fit is reported by row and column,
and nothing is taken over: half an assessment read in silence would be a lost one.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from assistant.assessment import FIELDS, Assessment, Assessments, Standing
from assistant.exports.columns import COLUMNS, ID, VERSION
from assistant.exports.comma_separated import unguarded
from assistant.exports.spreadsheet import SHEET
from assistant.obligations import Register
from index.errors import BadAssessment

__all__ = ["MAX_BYTES", "kept_values", "open_assessments", "read_assessments", "read_kept"]

MAX_BYTES = 20_000_000
MAX_UNPACKED = 200_000_000
MAX_ROWS = 20_000
MAX_COLUMNS = 500
MAX_CELL = 32_000
"""Characters of a cell; a spreadsheet holds 32,767 and cuts the rest off in silence."""

HEADING_ROWS = 20
"""Rows at the top among which the headings are looked for."""

_BROWSER = "this browser"
"""What messages call the place of assessments that came from no file."""

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the file as words by heading, and how people find it: ``row 7``."""

    place: str
    cells: Mapping[str, str]


def open_assessments(
    path: str, register: Register, *, say: Callable[[str], None] = lambda message: None
) -> Assessments:
    """The assessments in a file; raises ``BadAssessment`` where they cannot be read whole.

    ``say`` is told where the file was exported from another text than the present one.
    """
    try:
        file = Path(path)
        if file.stat().st_size > MAX_BYTES:
            raise BadAssessment(path, [_too_large()])
        content = file.read_bytes()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise BadAssessment(path, [f"the file cannot be opened ({why})"]) from error
    return read_assessments(path, content, register, say=say)


def read_assessments(
    name: str,
    content: bytes,
    register: Register,
    *,
    say: Callable[[str], None] = lambda message: None,
) -> Assessments:
    """The assessments in the bytes of a file; ``name`` is what messages call it.

    ``say`` is told where the file was exported from another text than the present one.

    Raises ``BadAssessment`` that names rows and columns: an id that the register does not have or
    that stands twice, a status that is none, a date that is none, a missing column, a damaged,
    huge or password-protected file.
    """
    try:
        if len(content) > MAX_BYTES:
            raise _Unreadable(_too_large())
        lines = list(_lines(content))
    except _Unreadable as error:
        raise BadAssessment(name, [str(error)]) from error
    found = _collected(name, lines, register)
    versions = {line.cells.get(VERSION, "") for line in lines}
    if versions - {"", register.edition.text_sha256[:12]}:
        say(f"{name} was exported from another version of the text: check its rows against it.")
    return found


def read_kept(content: bytes, register: Register) -> Assessments:
    """The assessments as a browser keeps them: ``kept_values`` below the key ``assessments``.

    Raises ``BadAssessment`` that names rows and fields, as ``read_assessments`` does.
    """
    try:
        lines = list(_of_browser(_decoded(content)))
    except _Unreadable as error:
        raise BadAssessment(_BROWSER, [str(error)]) from error
    return _collected(_BROWSER, lines, register)


def kept_values(assessments: Assessments) -> dict[str, dict[str, Any]]:
    """The assessments as plain values by the id of their rows, without the id in them."""
    return {
        key: {name: getattr(one, name) for name in FIELDS}
        | {"others": [list(pair) for pair in one.others]}
        for key, one in assessments.by_id.items()
    }


def _collected(name: str, lines: Sequence[_Line], register: Register) -> Assessments:
    problems: list[str] = []
    found: dict[str, Assessment] = {}
    places: dict[str, str] = {}
    for line in lines:
        unfit = list(_problems(line, register, places))
        problems += unfit
        if not unfit and line.cells.get(ID):
            places[line.cells[ID]] = line.place
            found[line.cells[ID]] = _assessment(line)
    if problems:
        raise BadAssessment(name, problems)
    kept = {row.id: found[row.id] for row in register.rows if row.id in found}
    return Assessments({key: one for key, one in kept.items() if not one.is_empty})


class _Unreadable(Exception):
    """The file as a whole cannot be read; the message says why."""


def _too_large() -> str:
    return f"the file has more than {MAX_BYTES // 1_000_000} MB, and no register has so much"


def _lines(content: bytes) -> Iterator[_Line]:
    if not content.strip():
        raise _Unreadable("the file is empty")
    if content.startswith(_OLE):
        raise _Unreadable(
            "the file is protected by a password, or in the old XLS format: save it as XLSX "
            "without a password"
        )
    if content.startswith(b"PK"):
        return _of_table(_sheet_rows(content))
    if content.startswith(b"%PDF"):
        raise _Unreadable("the file is a PDF: give the exported XLSX, CSV or JSON")
    text = _decoded(content)
    if text.lstrip()[:1] in ("{", "["):
        return _of_json(text)
    return _of_table(_csv_rows(text))


def _decoded(content: bytes) -> str:
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig")):
        if content.startswith(mark):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError as error:
                row = content[: error.start].count(b"\n") + 1
                raise _Unreadable(f"row {row} is not UTF-8: save the file as UTF-8") from error
    raise AssertionError("every content starts with no mark")


def _csv_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    heading = text.partition("\n")[0]
    separator = max(",;\t", key=heading.count)
    csv.field_size_limit(MAX_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, row in enumerate(reader, start=1):
            _check_count(number)
            yield number, [unguarded(cell) for cell in row]
    except csv.Error as error:
        raise _Unreadable(f"the CSV is damaged near line {reader.line_num} ({error})") from error


def _check_count(number: int) -> None:
    if number > MAX_ROWS:
        raise _Unreadable(f"it has more than {MAX_ROWS} rows, and no register has so many")


def _sheet_rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    from openpyxl import load_workbook

    _check_package(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True)
        sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(), start=1):
            _check_count(number)
            if len(row) > MAX_COLUMNS:
                raise _Unreadable(f"row {number} has more than {MAX_COLUMNS} columns")
            yield number, [_cell(cell, number) for cell in row]
    except _Unreadable:
        raise
    except Exception as error:  # openpyxl lets through what its parsers raise, of many kinds
        raise _Unreadable(f"the spreadsheet is damaged ({type(error).__name__})") from error


def _check_package(content: bytes) -> None:
    """Refuse what is no spreadsheet, or unpacks to more than one can have."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise _Unreadable("the spreadsheet is damaged: it is cut short or changed") from error
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        raise _Unreadable("the spreadsheet unpacks to more than any register has")
    if any(member.flag_bits & 1 for member in members):
        raise _Unreadable("the file is protected by a password: save it without one")
    if "xl/workbook.xml" not in {member.filename for member in members}:
        raise _Unreadable("the file is no XLSX spreadsheet: give the exported XLSX, CSV or JSON")


def _cell(cell: Any, row: int) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        raise _Unreadable(
            f"row {row} has a formula in column {cell.column_letter}: put its value there"
        )
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _of_table(rows: Iterator[tuple[int, list[str]]]) -> Iterator[_Line]:
    headings = _headings(rows)
    for number, row in rows:
        if any(cell.strip() for cell in row):
            if spare := [cell for cell in row[len(headings) :] if cell.strip()]:
                raise _Unreadable(f"row {number} has {spare[0]!r} in a column without a heading")
            yield _Line(f"row {number}", dict(zip(headings, map(_clean, row), strict=False)))


def _headings(rows: Iterator[tuple[int, list[str]]]) -> list[str]:
    """The headings; the rows are left at the first one below them."""
    known = {name.casefold(): name for name in (*_KNOWN, *FIELDS.values())}
    for number, row in rows:
        named = [known.get(cell.strip().casefold(), cell.strip()) for cell in row]
        if ID in named:
            while named and not named[-1]:
                named.pop()
            _check_headings(named, number)
            return [name or f"column {place}" for place, name in enumerate(named, start=1)]
        if number >= HEADING_ROWS:
            break
    raise _Unreadable(
        f"no row at its top has a column {ID!r}, so it is no exported register; give the XLSX, "
        "CSV or JSON that 'obligations' wrote"
    )


_KNOWN = tuple(column.heading for column in COLUMNS)


def _check_headings(named: Sequence[str], number: int) -> None:
    missing = [heading for heading in FIELDS.values() if heading not in named]
    if missing:
        listed = ", ".join(map(repr, missing))
        raise _Unreadable(
            f"row {number}, with the headings, lacks {listed}: add them; the cells may stay empty"
        )
    twice = [name for name in named if name and named.count(name) > 1]
    if twice:
        raise _Unreadable(f"row {number}, with the headings, has {twice[0]!r} twice")


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        where = f" in line {line}" if line else ""
        raise _Unreadable(f"the JSON is damaged{where}") from error


def _of_json(text: str) -> Iterator[_Line]:
    values = _loaded(text)
    rows = values.get("obligations") if isinstance(values, dict) else values
    if not isinstance(rows, list):
        raise _Unreadable("the JSON has no list 'obligations', so it is no exported register")
    edition = values.get("edition") if isinstance(values, dict) else None
    version = str(edition.get("text_sha256", ""))[:12] if isinstance(edition, dict) else ""
    for number, row in enumerate(rows, start=1):
        _check_count(number)
        line = _json_line(f"entry {number}", row)
        yield _Line(line.place, {**line.cells, VERSION: version})


def _of_browser(text: str) -> Iterator[_Line]:
    values = _loaded(text)
    kept = values.get("assessments") if isinstance(values, dict) else None
    if not isinstance(kept, dict):
        raise _Unreadable("the JSON has no 'assessments' by the ids of their rows")
    for number, (row_id, own) in enumerate(kept.items(), start=1):
        _check_count(number)
        yield _json_line(f"entry {number}", {"id": row_id, "assessment": _with_pairs(own)})


def _with_pairs(own: object) -> object:
    """An entry of the browser with the columns of the user's own by their headings."""
    pairs = own.get("others") if isinstance(own, dict) else None
    if not isinstance(own, dict) or not isinstance(pairs, list):
        return own
    fit = all(isinstance(pair, list) and len(pair) == 2 for pair in pairs)
    return own | {"others": {str(name): text for name, text in pairs} if fit else None}


def _json_line(place: str, row: object) -> _Line:
    if not isinstance(row, dict) or not isinstance(row.get("id"), str):
        raise _Unreadable(f"{place} has no 'id'")
    place = f"{place} ({row['id']})"
    if "assessment" not in row:
        raise _Unreadable(f"{place} has no 'assessment': add it; it may be null")
    own = row["assessment"]
    if own is None:
        return _Line(place, {ID: row["id"]})
    if not isinstance(own, dict):
        raise _Unreadable(f"{place} has an 'assessment' without fields")
    if missing := [name for name in FIELDS if name not in own]:
        raise _Unreadable(f"{place} has an 'assessment' without {missing[0]!r}")
    others = own.get("others", {})
    if not isinstance(others, dict):
        raise _Unreadable(f"{place} has 'others' without names")
    if taken := sorted({*others} & {*_KNOWN}):
        raise _Unreadable(f"{place} has {taken[0]!r} among 'others', and the register has it too")
    cells: dict[str, object] = {heading: own[name] for name, heading in FIELDS.items()} | others
    return _Line(place, {ID: row["id"], **{k: _words(place, k, v) for k, v in cells.items()}})


def _words(place: str, name: str, value: object) -> str:
    if value is not None and not isinstance(value, str):
        raise _Unreadable(f"{place}: {name!r} has to be words in quotation marks")
    return _clean(value or "")


def _clean(text: str) -> str:
    """The words with one kind of line break, and without blanks around them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _problems(line: _Line, register: Register, places: Mapping[str, str]) -> Iterator[str]:
    row_id = line.cells.get(ID, "")
    if not row_id:
        told = next((v for name, v in _own_cells(line) if v), "")
        if told:
            yield f"{line.place} has {told[:40]!r} but no id in column {ID!r}"
        return
    if row_id not in register.by_id:
        yield f"{line.place} has the id {row_id[:40]!r}, which the register does not have"
    if row_id in places:
        yield f"{line.place} has the id {row_id!r}, which {places[row_id]} has too"
    for name, text in _own_cells(line):
        yield from (f"{line.place}, column {name!r}: {why}" for why in _unfit(name, text))


def _own_cells(line: _Line) -> Iterator[tuple[str, str]]:
    """The cells that people fill in, with those of columns of their own."""
    exported = {*_KNOWN} - {*FIELDS.values()}
    return ((name, text) for name, text in line.cells.items() if name not in exported)


def _unfit(name: str, text: str) -> Iterator[str]:
    if len(text) > MAX_CELL:
        yield f"it has {len(text)} characters, and a cell holds {MAX_CELL}"
    if _CONTROL.search(text):
        yield "it has a control character: type the cell again"
    if name == FIELDS["status"] and text and _standing(text) is None:
        yield f"{text[:40]!r} is no status; choose one of {', '.join(Standing)}"
    if name == FIELDS["date"] and text and not _is_date(text):
        yield f"{text[:40]!r} is no date; write 2027-03-31, 2027-03 or 2027"


def _standing(text: str) -> Standing | None:
    named = " ".join(text.split()).casefold()
    return next((status for status in Standing if status == named), None)


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True


def _assessment(line: _Line) -> Assessment:
    given = {field: line.cells.get(heading, "") for field, heading in FIELDS.items()}
    others = tuple(
        (name, text) for name, text in _own_cells(line) if name not in FIELDS.values() and text
    )
    return Assessment(
        id=line.cells[ID],
        status=_standing(given.pop("status")),
        others=others,
        **given,
    )
