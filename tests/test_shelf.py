"""Sets of files: the old one or the new one, never half of any."""

import os
import random
import resource
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from filelock import FileLock

from index import shelf
from index.errors import KeepingError
from tests.disks import read_only, small_disk

OLD = {"a.txt": b"old a", "b.txt": b"old b"}
NEW = {"a.txt": b"new a " * 1000, "b.txt": b"new b"}

WRITER = """
import os, signal, sys
from pathlib import Path
from index import shelf

root, point = Path(sys.argv[1]), sys.argv[2]
new = {"a.txt": b"new a " * 1000, "b.txt": b"new b"}
write, replace, sync = shelf._write, os.replace, shelf._sync


def die(*arguments, **named):
    os.kill(os.getpid(), signal.SIGKILL)


def half(path, content):
    if path.name == point.removeprefix("half "):
        with path.open("wb") as file:
            file.write(content[: len(content) // 2])
            file.flush()
            die()
    write(path, content)


def pointed(*arguments):
    replace(*arguments)
    die()


def after_pointer(path, content):
    write(path, content)
    if path.name.startswith("current."):
        die()


if point == "folder":
    shelf._write = die
elif point.startswith("half "):
    shelf._write = half
elif point == "all written":
    shelf._sync = die
elif point == "pointer written":
    shelf._write = after_pointer
elif point == "pointed":
    os.replace = pointed
print("ready", flush=True)
number = 0
while True:
    shelf.put(root, "en", new if point != "any" else {
        "a.txt": b"%d " % number * 20000, "b.txt": b"%d " % number})
    number += 1
    if point != "any":
        break
"""


def kept(root: Path) -> dict[str, bytes] | None:
    return shelf.read(root, "en", ("a.txt", "b.txt"))


def writer(root: Path, point: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(root), point],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[1],
    )


def assert_one_sentence(error: pytest.ExceptionInfo) -> None:
    message = str(error.value)
    assert "\n" not in message and message.endswith(".") and ". " not in message


def test_what_was_put_is_read(tmp_path):
    root = tmp_path / "a" / "ü b"
    assert kept(root) is None
    shelf.put(root, "en", OLD)
    assert kept(root) == OLD
    shelf.put(root, "en", NEW)
    assert kept(root) == NEW
    assert shelf.read(root, "en", ("b.txt",)) == {"b.txt": b"new b"}


def test_sets_of_other_names_are_left_alone(tmp_path):
    shelf.put(tmp_path, "en", OLD)
    shelf.put(tmp_path, "fr", NEW)
    shelf.put(tmp_path, "fr", NEW)
    shelf.put(tmp_path, "fr", NEW)
    assert kept(tmp_path) == OLD


def test_no_more_than_the_current_set_and_the_one_before_it_is_left(tmp_path):
    for _ in range(5):
        shelf.put(tmp_path, "en", NEW)
    assert len([path for path in tmp_path.iterdir() if path.is_dir()]) == 2


@pytest.mark.parametrize(
    "point",
    ["folder", "half a.txt", "half sums.json", "all written", "pointer written", "pointed"],
)
def test_a_process_killed_at_any_point_leaves_the_old_set_or_the_new(tmp_path, point):
    shelf.put(tmp_path, "en", OLD)
    process = writer(tmp_path, point)
    assert process.wait() == -signal.SIGKILL
    assert kept(tmp_path) == (NEW if point == "pointed" else OLD)
    shelf.put(tmp_path, "fr", OLD)  # what the dead process left is swept away
    assert kept(tmp_path) == (NEW if point == "pointed" else OLD)
    assert len([path for path in tmp_path.iterdir() if path.is_dir()]) == 2
    assert not [path for path in tmp_path.iterdir() if path.name.count(".") > 1]


@pytest.mark.slow
def test_processes_killed_at_random_leave_a_whole_set(tmp_path):
    chance = random.Random(4)
    for _ in range(15):
        process = writer(tmp_path, "any")
        assert process.stdout.readline() == b"ready\n"
        time.sleep(chance.uniform(0, 0.05))
        process.kill()
        process.wait()
        found = kept(tmp_path)
        assert found is None or found["a.txt"] == found["b.txt"] * 20000


@pytest.mark.slow
def test_a_set_is_read_whole_while_two_processes_replace_it(tmp_path):
    shelf.put(tmp_path, "en", {"a.txt": b"0 " * 20000, "b.txt": b"0 "})
    writers = [writer(tmp_path, "any"), writer(tmp_path, "any")]
    try:
        for process in writers:
            assert process.stdout.readline() == b"ready\n"
        seen = set()
        end = time.monotonic() + 2
        while time.monotonic() < end:
            found = kept(tmp_path)
            assert found["a.txt"] == found["b.txt"] * 20000
            seen.add(found["b.txt"])
        assert len(seen) > 3
    finally:
        for process in writers:
            process.kill()
            process.wait()


def test_threads_that_put_at_once_leave_a_whole_set(tmp_path):
    threads = [
        threading.Thread(target=shelf.put, args=(tmp_path, "en", {"a.txt": n * 999, "b.txt": n}))
        for n in (b"1", b"2", b"3")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = kept(tmp_path)
    assert found["a.txt"] == found["b.txt"] * 999


@pytest.mark.parametrize(
    "damage",
    [
        lambda root, folder: (folder / "a.txt").unlink(),
        lambda root, folder: (folder / "a.txt").write_bytes(b"old A"),
        lambda root, folder: (folder / "a.txt").write_bytes(b""),
        lambda root, folder: (folder / "sums.json").unlink(),
        lambda root, folder: (folder / "sums.json").write_bytes(b"{}"),
        lambda root, folder: (folder / "sums.json").write_bytes(b"[1]"),
        lambda root, folder: (folder / "sums.json").write_bytes(b"\xff"),
        lambda root, folder: (root / "current.en").write_bytes(b"\xff"),
        lambda root, folder: (root / "current.en").write_bytes(b""),
        lambda root, folder: (root / "current.en").write_bytes(b"../.."),
        lambda root, folder: (root / "current.en").write_bytes(b"a" * 1000),
        lambda root, folder: (root / "current.en").write_bytes(b"a\0b"),
        lambda root, folder: ((root / "current.en").unlink(), (root / "current.en").mkdir()),
    ],
)
def test_damage_is_told_in_one_sentence_and_can_be_put_right(tmp_path, damage):
    shelf.put(tmp_path, "en", OLD)
    folder = tmp_path / (tmp_path / "current.en").read_text()
    damage(tmp_path, folder)
    with pytest.raises(KeepingError, match="damaged") as caught:
        kept(tmp_path)
    assert_one_sentence(caught)
    if (tmp_path / "current.en").is_file():
        shelf.put(tmp_path, "en", NEW)
        assert kept(tmp_path) == NEW


def test_a_full_disk_is_told_and_leaves_the_old_set_unharmed(tmp_path):
    with small_disk(tmp_path / "disk") as disk:
        shelf.put(disk, "en", OLD)
        with pytest.raises(KeepingError, match=r"No space left.*free the disk") as caught:
            shelf.put(disk, "en", {"a.txt": b"x" * 2_000_000})
        assert_one_sentence(caught)
        assert kept(disk) == OLD
        assert len([path for path in disk.iterdir() if path.is_dir()]) == 1
        shelf.put(disk, "en", NEW)
        assert kept(disk) == NEW


def test_a_limit_on_the_size_of_files_is_told_and_leaves_the_old_set_unharmed(tmp_path):
    shelf.put(tmp_path, "en", OLD)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))
    try:
        with pytest.raises(KeepingError, match="File too large") as caught:
            shelf.put(tmp_path, "en", {"a.txt": b"x" * 20_000})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert_one_sentence(caught)
    assert kept(tmp_path) == OLD


def test_a_folder_that_cannot_be_written_is_told_and_still_read(tmp_path):
    shelf.put(tmp_path / "data", "en", OLD)
    with read_only(tmp_path / "data") as place:
        with pytest.raises(KeepingError, match="set CONVENTION_DATA to a folder") as caught:
            shelf.put(place, "en", NEW)
        assert kept(place) == OLD
    assert_one_sentence(caught)


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_a_folder_that_is_none_is_told(tmp_path, place):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(KeepingError, match="set CONVENTION_DATA to a folder") as caught:
        shelf.put(tmp_path / place, "en", NEW)
    assert_one_sentence(caught)
    assert kept(tmp_path / place) is None


def test_a_lock_that_is_never_given_back_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(shelf, "LOCK_SECONDS", 0.05)
    shelf.put(tmp_path, "en", OLD)
    with FileLock(tmp_path / "lock"):
        with pytest.raises(KeepingError, match="Another process") as caught:
            shelf.put(tmp_path, "en", NEW)
        assert kept(tmp_path) == OLD
    assert_one_sentence(caught)


def test_an_interruption_leaves_the_old_set(tmp_path, monkeypatch):
    shelf.put(tmp_path, "en", OLD)

    def interrupted(folder):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(shelf, "_sync", interrupted)
        with pytest.raises(KeyboardInterrupt):
            shelf.put(tmp_path, "en", NEW)
    assert kept(tmp_path) == OLD
    assert len([path for path in tmp_path.iterdir() if path.is_dir()]) == 1


def test_what_is_set_aside_is_kept_and_never_read(tmp_path):
    shelf.put(tmp_path, "en", OLD)
    place = shelf.set_aside(tmp_path, "en-123", NEW)
    assert place == tmp_path / "rejected" / "en-123"
    assert (place / "a.txt").read_bytes() == NEW["a.txt"]
    assert kept(tmp_path) == OLD and shelf.read(tmp_path, "en-123", ("a.txt",)) is None
    shelf.put(tmp_path, "en", NEW)
    assert place.is_dir()


def test_the_same_name_set_aside_again_replaces_the_first(tmp_path):
    shelf.set_aside(tmp_path, "en-123", OLD)
    place = shelf.set_aside(tmp_path, "en-123", NEW)
    assert (place / "b.txt").read_bytes() == NEW["b.txt"]
    assert len(list((tmp_path / "rejected").iterdir())) == 1


def test_the_oldest_of_those_set_aside_go(tmp_path):
    for number in range(shelf.MOST_ASIDE + 3):
        place = shelf.set_aside(tmp_path, f"en-{number:02}", OLD)
        os.utime(place, (number, number))
    left = sorted(path.name for path in (tmp_path / "rejected").iterdir())
    assert len(left) == shelf.MOST_ASIDE and left[-1] == "en-12" and "en-00" not in left
