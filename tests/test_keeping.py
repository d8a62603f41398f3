"""The official text on the user's machine: kept whole, or not at all."""

import hashlib
import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from index.errors import BadSource, KeepingError
from index.fetching import Fetched
from index.keeping import (
    keep_official,
    open_official,
    open_officials,
    set_aside_document,
)
from tests.disks import read_only, small_disk
from tests.treaty import DIGEST, DIGEST_TEXT, translated

PAGE = Fetched(
    DIGEST_TEXT.encode(), "https://www.unodc.org/text", "https://www.unodc.org/t.txt", "text/plain"
)


def folder_of(data: Path, language: str = "en") -> Path:
    root = data / "official"
    return root / (root / f"current.{language}").read_text()


def test_what_is_kept_opens_as_it_was(tmp_path):
    kept = keep_official(tmp_path, PAGE, DIGEST, told=["One thing."], doubtful=["art-3"])
    opened = open_official(tmp_path)
    assert opened == kept
    assert opened.convention.source == "official"
    assert replace(opened.convention, source="digest", sha256=DIGEST.sha256) == DIGEST
    assert opened.text == (folder_of(tmp_path) / "text.txt").read_bytes().decode()


def test_the_record_says_where_it_came_from_and_what_it_is(tmp_path):
    record = keep_official(tmp_path, PAGE, DIGEST, told=["One thing."]).record
    assert record.address == PAGE.address and record.final == PAGE.final
    assert record.sha256 == hashlib.sha256(PAGE.content).hexdigest()
    assert record.text_sha256 == hashlib.sha256(open_official(tmp_path).text.encode()).hexdigest()
    assert (record.language, record.format, record.size) == ("en", "text", len(PAGE.content))
    assert record.title == DIGEST.title and record.told == ("One thing.",)
    assert record.fetched.endswith("+00:00") and record.day == record.fetched[:10]
    on_disk = json.loads((folder_of(tmp_path) / "record.json").read_text(encoding="utf-8"))
    assert on_disk["sha256"] == record.sha256


@pytest.mark.parametrize(
    ("content", "suffix"),
    [(b"%PDF-1.7\n...", "pdf"), (b"<!DOCTYPE html><p>x", "html"), (b"Article 1\n", "txt")],
)
def test_the_document_itself_is_kept(tmp_path, content, suffix):
    keep_official(tmp_path, replace(PAGE, content=content), DIGEST)
    assert (folder_of(tmp_path) / f"document.{suffix}").read_bytes() == content


@pytest.mark.parametrize("language", ["fr", "zh", "ar"])
def test_each_language_is_kept_for_itself(tmp_path, language):
    keep_official(tmp_path, PAGE, DIGEST)
    theirs = translated(language)
    keep_official(tmp_path, PAGE, theirs)
    assert open_official(tmp_path, language).convention.articles == theirs.articles
    assert open_official(tmp_path).convention.articles == DIGEST.articles
    assert list(open_officials(tmp_path)) == ["en", language]


def test_every_provision_is_quoted_word_for_word_with_its_place(tmp_path):
    keep_official(tmp_path, PAGE, DIGEST)
    opened = open_official(tmp_path)
    for provision in DIGEST.provisions():
        quote = opened.quote(provision.id)
        assert opened.text[quote.start : quote.end] == quote.text
        assert provision.text in quote.text


def test_what_stands_under_another_number_is_not_quoted(tmp_path):
    keep_official(tmp_path, PAGE, DIGEST, doubtful=["art-37/para-3"])
    opened = open_official(tmp_path)
    assert opened.quote("art-37/para-3") is None and opened.quote("art-37/para-4") is not None


def test_nothing_kept_is_nothing_said(tmp_path):
    said: list[str] = []
    assert open_official(tmp_path / "none", say=said.append) is None
    assert said == [] and open_officials(tmp_path) == {}


def test_a_language_that_the_convention_has_not_is_told(tmp_path):
    with pytest.raises(BadSource, match="choose one of"):
        open_official(tmp_path, "../../etc")


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / "text.txt").write_text("Another text."),
        lambda folder: (folder / "record.json").unlink(),
        lambda folder: (folder / "structure.json").write_text("{}"),
        lambda folder: _resealed(folder, "structure.json", b"{}"),
        lambda folder: _resealed(folder, "structure.json", b"[]"),
        lambda folder: _resealed(folder, "structure.json", b"not JSON"),
        lambda folder: _resealed(folder, "record.json", b'{"address": 1}'),
        lambda folder: _resealed(folder, "record.json", b"3"),
        lambda folder: _resealed(folder, "text.txt", b"\xff\xfe"),
        lambda folder: _resealed(folder, "text.txt", b"short"),
    ],
)
def test_a_damaged_text_is_told_in_one_sentence_and_not_used(tmp_path, damage):
    keep_official(tmp_path, PAGE, DIGEST)
    damage(folder_of(tmp_path))
    said: list[str] = []
    assert open_official(tmp_path, say=said.append) is None
    assert len(said) == 1 and said[0].endswith("again with 'python app.py fetch'.")
    keep_official(tmp_path, PAGE, DIGEST)
    assert open_official(tmp_path) is not None


def _resealed(folder: Path, name: str, content: bytes) -> None:
    """Change a file and its sum, as a program would that knows no better."""
    (folder / name).write_bytes(content)
    sums = json.loads((folder / "sums.json").read_text())
    sums[name] = hashlib.sha256(content).hexdigest()
    (folder / "sums.json").write_text(json.dumps(sums))


def test_a_full_disk_leaves_the_text_that_was_there(tmp_path):
    with small_disk(tmp_path / "disk", "2m") as disk:
        before = keep_official(disk, PAGE, DIGEST)
        with pytest.raises(KeepingError, match="free the disk"):
            keep_official(disk, replace(PAGE, content=b"x" * 3_000_000), DIGEST)
        assert open_official(disk) == before


def test_a_folder_that_cannot_be_written_still_opens(tmp_path):
    data = tmp_path / "data"
    before = keep_official(data, PAGE, DIGEST)
    with read_only(data) as place:
        with pytest.raises(KeepingError, match="CONVENTION_DATA"):
            keep_official(place, PAGE, DIGEST)
        assert open_official(place) == before


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_a_folder_that_may_not_be_read_is_told():
    script = (
        "import os, sys\nfrom pathlib import Path\nfrom index.keeping import open_official\n"
        "os.setuid(65534)\nprint(open_official(Path(sys.argv[1]), say=print))\n"
    )
    with TemporaryDirectory() as data:
        Path(data).chmod(0o755)
        keep_official(Path(data), PAGE, DIGEST)
        (Path(data) / "official").chmod(0o700)
        done = subprocess.run(
            [sys.executable, "-c", script, data],
            capture_output=True,
            text=True,
            cwd=Path(__file__).parents[1],
        )
    assert done.returncode == 0, done.stderr
    assert "is not used" in done.stdout and done.stdout.endswith("None\n")


def test_a_process_killed_while_it_keeps_leaves_the_old_text(tmp_path):
    before = keep_official(tmp_path, PAGE, DIGEST)
    script = (
        "import os, signal, sys\nfrom pathlib import Path\n"
        "from index import shelf\nfrom index.keeping import keep_official\n"
        "from tests.test_keeping import DIGEST, PAGE\n"
        "shelf._sync = lambda folder: os.kill(os.getpid(), signal.SIGKILL)\n"
        "keep_official(Path(sys.argv[1]), PAGE, DIGEST)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], cwd=Path(__file__).parents[1]
    )
    assert done.returncode == -signal.SIGKILL
    assert open_official(tmp_path) == before


def test_a_document_that_failed_is_kept_aside_with_the_reasons(tmp_path):
    page = replace(PAGE, content=b"<html>Log in to the hotel")
    place = set_aside_document(tmp_path, page, "en", ["It is no treaty."])
    assert place.parent == tmp_path / "official" / "rejected"
    assert (place / "document.html").read_bytes() == page.content
    record = json.loads((place / "record.json").read_text(encoding="utf-8"))
    assert record["reasons"] == ["It is no treaty."] and record["address"] == page.address
    assert open_official(tmp_path) is None
