"""The status in the UN Treaty Collection: read in its public form, kept with its date."""

from datetime import date
from pathlib import Path

import pytest

from index.errors import BadSource, FetchError, ForbiddenAddress, KeepingError, UnreadableStatus
from index.fetching import Limits, Rules
from index.sources import Source
from index.treaty_status import (
    ADDRESS,
    Participant,
    fetch_status,
    open_status,
    read_treaty_status,
)
from tests.disks import read_only
from tests.loopback import failing, redirect, site

ROWS = [
    ("Qatar<superscript>1</superscript>", "25 Oct\t 2025 ", " 3 Feb\t 2026 "),
    ("Viet Nam", "25 Oct 2025", "14 Apr 2026"),
    ("Ruritania &lt;superscript&gt;2,3&lt;/superscript&gt;", "", "1 Sep 2026 a"),
    ("C\u00f4te d'Ivoire", "26 Oct 2025", ""),
    ("European Union", "25 October 2025", "2 Mar 2026 AA"),
    ("Strelsau 12", "25 Oct 2025", "[5 May 2026 A]"),
    ("", "", ""),
]
HEADINGS = ("Participant", "Signature", "Ratification, Acceptance(A), Approval(AA), Accession(a)")


def status_file(
    rows=ROWS,
    headings=HEADINGS,
    title="United Nations Convention against Cybercrime; Strengthening International Cooperation",
    stated=("6", "4"),
    encoding="iso-8859-1",
    namespace="",
) -> bytes:
    """A file in the form in which the Treaty Collection publishes them."""

    def row(cells):
        return "<Row>" + "".join(f"<Entry>{cell}</Entry>" for cell in cells) + "</Row>"

    numbers = f"<Signatories>{stated[0]}</Signatories><Parties>{stated[1]}</Parties>"
    text = f"""<?xml version="1.0" encoding="{encoding}"?>
<Document{namespace}>
  <Treaty>
    <Template>mtdsg</Template>
    <Header>
      <Chapter><Header>CHAPTER XVIII</Header><Name>PENAL MATTERS</Name></Chapter>
      <ExternalData>
        <Numsect>16</Numsect>
        <Titlesect>{title}</Titlesect>
        <Conclusion>New York, 24 December 2024</Conclusion>
        <EIF><Label>Not yet in force</Label></EIF>
        <Status><Label>Status</Label><SignatoriesLabel>Signatories</SignatoriesLabel>{numbers}
        </Status>
      </ExternalData>
    </Header>
    <Participants>
      <Table><TGroup>
        <Thead>{row(headings) if headings else ""}</Thead>
        <Tbody><Rows>{"".join(map(row, rows))}</Rows></Tbody>
      </TGroup></Table>
    </Participants>
    <Declarations><Table><TGroup><Tbody><Rows>{row(("Not a participant", "1 Jan 2026", ""))}
    </Rows></Tbody></TGroup></Table></Declarations>
  </Treaty>
</Document>"""
    return text.encode(encoding)


def test_participants_come_with_their_days_and_their_way():
    status = read_treaty_status(status_file())
    assert status.participants == (
        Participant("Qatar", date(2025, 10, 25), date(2026, 2, 3), "ratification"),
        Participant("Viet Nam", date(2025, 10, 25), date(2026, 4, 14), "ratification"),
        Participant("Ruritania", None, date(2026, 9, 1), "accession"),
        Participant("C\u00f4te d'Ivoire", date(2025, 10, 26), None, None),
        Participant("European Union", date(2025, 10, 25), date(2026, 3, 2), "approval"),
        Participant("Strelsau", date(2025, 10, 25), None, None),
    )
    assert status.title.startswith("United Nations Convention against Cybercrime")
    assert (status.signatories, status.parties) == (6, 4)
    assert status.latest == date(2026, 9, 1)


def test_numbers_are_counted_where_the_file_states_none():
    status = read_treaty_status(status_file(stated=("", "none")))
    assert (status.stated_signatories, status.stated_parties) == (None, None)
    assert (status.signatories, status.parties) == (5, 4)


def test_names_of_elements_may_be_in_any_case_and_any_namespace():
    plain = status_file()
    named = status_file(namespace=' xmlns="urn:treaties"')
    prefixed = status_file().replace(b"<Document>", b'<x:Document xmlns:x="urn:x">')
    prefixed = prefixed.replace(b"</Document>", b"</x:Document>")
    small = plain.replace(b"Row>", b"row>").replace(b"Entry>", b"ENTRY>")
    attributes = plain.replace(b"<Entry>", b'<Entry align="left" colname="c1">')
    expected = read_treaty_status(plain)
    for content in (named, prefixed, small, attributes):
        assert read_treaty_status(content) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1252"])
def test_the_encoding_is_the_one_that_the_file_states(encoding):
    assert read_treaty_status(status_file(encoding=encoding)) == read_treaty_status(status_file())


def test_columns_are_found_by_their_headings():
    turned = [(bound, name, signed) for name, signed, bound in ROWS]
    headings = (HEADINGS[2], HEADINGS[0], HEADINGS[1])
    assert read_treaty_status(status_file(turned, headings)) == read_treaty_status(status_file())


def test_a_table_without_headings_is_read_in_the_usual_order():
    assert read_treaty_status(status_file(headings=())) == read_treaty_status(status_file())


@pytest.mark.parametrize(
    ("cell", "day", "way"),
    [
        ("1 Jan 2026", date(2026, 1, 1), "ratification"),
        ("31 Dec. 2026 c", date(2026, 12, 31), "formal confirmation"),
        ("7 September 2026 d", date(2026, 9, 7), "succession"),
        ("7 Sept 2026s", date(2026, 9, 7), "definitive signature"),
        ("7 Sep 2026 P", date(2026, 9, 7), "P"),
        ("30 Feb 2026", None, None),
        ("1 Foo 2026", None, None),
        ("yes", None, None),
        ("", None, None),
    ],
)
def test_a_cell_is_read_as_a_day_or_not_at_all(cell, day, way):
    (one,) = read_treaty_status(status_file([("Qatar", "", cell)])).participants
    assert (one.bound, one.way) == (day, way)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><p>The site is under urgent maintenance",
        b"%PDF-1.7",
        b"<Document></Document>",
        status_file(title="Paris Agreement"),
        status_file(rows=[]),
        status_file()[:-200],
        b'<?xml version="1.0" encoding="no-such"?><Document/>',
        b'<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><Document>&b;</Document>',
        b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><Document>&x;</Document>',
    ],
)
def test_a_file_that_is_not_understood_is_refused_in_one_sentence(content):
    with pytest.raises(UnreadableStatus) as caught:
        read_treaty_status(content)
    message = str(caught.value)
    assert "\n" not in message and message.endswith(".") and "root:" not in message


HERE = Rules(hosts=frozenset({"localhost"}))
FAST = Limits(total=3, tries=1)


def test_the_status_is_fetched_and_kept_with_its_date(tmp_path):
    assert open_status(tmp_path) is None
    with site() as made:
        made.serve("/status.xml", status_file(), "application/xml")
        source = Source(made.url("/status.xml"), HERE)
        kept = fetch_status(tmp_path, source, limits=FAST, trust=made.trust)
    assert kept == open_status(tmp_path)
    assert kept.status == read_treaty_status(status_file())
    assert kept.address == source.place and kept.fetched.startswith("20")
    assert len(kept.sha256) == 64


def test_what_was_kept_stays_where_the_next_fetch_fails(tmp_path):
    with site() as made:
        made.serve("/status.xml", status_file(), "text/xml")
        source = Source(made.url("/status.xml"), HERE)
        before = fetch_status(tmp_path, source, limits=FAST, trust=made.trust)
        for page, error in [
            (failing(503), FetchError),
            (redirect("https://example.org/"), ForbiddenAddress),
            (b"<html>maintenance</html>", UnreadableStatus),
        ]:
            made.serve("/status.xml", page, "text/xml")
            with pytest.raises(error):
                fetch_status(tmp_path, source, limits=FAST, trust=made.trust)
            assert open_status(tmp_path) == before


def test_a_file_may_stand_in_for_the_network(tmp_path):
    file = tmp_path / "XVIII-16.en.xml"
    with pytest.raises(BadSource):
        fetch_status(tmp_path, Source(str(file)))
    file.write_bytes(status_file())
    assert fetch_status(tmp_path, Source(str(file))).address == str(file)


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "s.xml").write_bytes(status_file())
    with read_only(tmp_path / "data") as place, pytest.raises(KeepingError):
        fetch_status(place, Source(str(tmp_path / "s.xml")))


@pytest.mark.parametrize("file", ["status.xml", "record.json"])
def test_a_kept_status_that_is_damaged_is_told_and_not_used(tmp_path, file):
    (tmp_path / "s.xml").write_bytes(status_file())
    fetch_status(tmp_path, Source(str(tmp_path / "s.xml")))
    next(Path(tmp_path / "status").rglob(file)).write_bytes(b"{}")
    said: list[str] = []
    assert open_status(tmp_path, say=said.append) is None
    assert len(said) == 1 and "is not used" in said[0]


def test_the_address_is_one_that_the_rules_allow():
    assert ADDRESS.startswith("https://treaties.un.org/") and " " not in ADDRESS
