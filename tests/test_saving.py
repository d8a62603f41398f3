"""Files are written whole or not at all, and none is replaced unasked."""

import pytest

from assistant.saving import save
from index.errors import BadInput, SavingError
from tests.disks import read_only, small_disk


def test_a_new_file_is_written(tmp_path):
    save(tmp_path / "a.csv", b"words")
    assert (tmp_path / "a.csv").read_bytes() == b"words"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_file_that_is_there_is_left_alone_unless_it_is_to_be_replaced(tmp_path):
    file = tmp_path / "a.csv"
    file.write_bytes(b"filled in by hand")
    with pytest.raises(BadInput, match="is there already"):
        save(file, b"blank")
    assert file.read_bytes() == b"filled in by hand"
    save(file, b"blank", replace=True)
    assert file.read_bytes() == b"blank"


def test_a_folder_is_no_file_and_a_missing_one_is_named(tmp_path):
    with pytest.raises(BadInput, match="is a folder"):
        save(tmp_path, b"")
    with pytest.raises(BadInput, match="There is no folder"):
        save(tmp_path / "none" / "a.csv", b"")


def test_a_full_disk_leaves_the_old_file_and_nothing_beside_it(tmp_path):
    with small_disk(tmp_path / "small") as disk:
        (disk / "a.csv").write_bytes(b"old")
        with pytest.raises(SavingError, match="No space left on device"):
            save(disk / "a.csv", b"x" * 3_000_000, replace=True)
        assert [path.name for path in disk.iterdir()] == ["a.csv"]
        assert (disk / "a.csv").read_bytes() == b"old"


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    folder = tmp_path / "fixed"
    folder.mkdir()
    with read_only(folder) as place, pytest.raises(SavingError, match="Read-only file system"):
        save(place / "a.csv", b"words")
