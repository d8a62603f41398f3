"""The index: built once, opened often, never half."""

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock

import index.store
from index.encoder import Encoder
from index.errors import IndexUnavailable
from index.passages import Kind, Passage
from index.seal import DATABASE, SEAL, check_seal
from index.store import CURRENT, Fingerprint, index_in_memory, open_store

PASSAGES = [
    Passage(f"art-{n}#text-0", f"art-{n}", Kind.TEXT, 0, text)
    for n, text in enumerate(["hacking a computer", "leaving the treaty", "data of victims"], 1)
]

QUESTIONS = """
Is hacking a crime?
My ex posted nude photos of me. What does the treaty say?
Can the police search my laptop?
How long must data be preserved?
Who has to hand over subscriber information?
Is ransomware covered?
What is electronic data?
Can a country refuse to extradite its own citizen?
May a State leave the Convention?
When does the treaty enter into force?
Which languages are authentic?
Is attempting a cybercrime punishable?
What about phishing and online fraud?
Does it protect human rights?
How is a child defined?
Can companies be punished?
What is a 24/7 network?
Who pays for mutual legal assistance?
Is bank secrecy a ground of refusal?
Are security researchers protected?
Which court settles disputes between States?
How many ratifications are needed?
Must victims be helped?
Can live chats be intercepted?
Is buying a password a crime?
What happens to seized bitcoin?
Does the treaty cover terrorism online?
Can personal data go to a third country?
Who is the secretariat?
asdf qwertz
""".strip().splitlines()

BUILDER = '''
"""Opens stores in processes of its own; started with a file of orders, prints a report a line."""
import json, os, signal, sys
from pathlib import Path

import numpy as np

import index.store as store
from index.passages import Kind, Passage
from index.store import Fingerprint

orders = json.loads(Path(sys.argv[1]).read_text())
known = np.load(orders["vectors"])


class Replayed:
    """Gives the vectors that the real encoder gave to these passages."""

    name, revision, dimension = orders["encoder"]

    def encode_in_steps(self, texts):
        for start in range(0, len(texts), 64):
            positions = list(range(len(texts)))[start : start + 64]
            yield positions, known[positions]


class Beside:
    def build(self, folder, passages, vectors):
        (folder / "beside").write_text("here")

    def open(self, folder):
        return {"here": True}[(folder / "beside").read_text()]


def die(*arguments, **named):
    os.kill(os.getpid(), signal.SIGKILL)


def die_at(point):
    """Make this process die at that point of a build."""
    added, replaced = [], os.replace
    add, store.STEP = store._add, 64

    def die_half_way(*arguments):
        added.append(1)
        return die() if len(added) == 3 else add(*arguments)

    def die_after(*arguments):
        replaced(*arguments)
        die()

    def die_half_written(self, folder, passages, vectors):
        (folder / "beside").write_text("he")
        die()

    places = {
        "folder made": (store, "_client", die),
        "collection made": (store, "fill", die),
        "half of the passages in": (store, "_add", die_half_way),
        "companion half written": (Beside, "build", die_half_written),
        "trial query": (store, "_open_folder", die),
        "sealed": (store, "_point_to", die),
        "pointer written": (os, "replace", die),
        "pointed": (os, "replace", die_after),
    }
    if point == "trial query":  # the same function opens the old index first
        fill, opens = store.fill, store._open_folder
        store.fill = lambda *given: (fill(*given), setattr(store, "_open_folder", die))[0]
    elif point:
        owner, name, instead = places[point]
        setattr(owner, name, instead)


def run(order):
    """Open one store and report what was said and found."""
    die_at(order.get("die"))
    said = []
    passages = [
        Passage(i, i.split("#")[0], Kind.QUESTION, 0, text)
        for i, text in orders["passages"][: order.get("count")]
    ]
    mark = Fingerprint(*orders["encoder"], "a" * 64, "b", order["rules"], len(passages))
    opened, _ = store.open_store(
        Path(order["data"]), passages, Replayed(), mark, Beside(), say=said.append
    )
    best = [hit.passage_id for hit in opened.nearest(known[7], 3)]
    return {"said": said, "size": len(opened), "best": best}


def start(order, go):
    """Run an order in a child process once ``go`` is closed; returns its id and its output."""
    out, into = os.pipe()
    child = os.fork()
    if child:
        os.close(into)
        return child, out
    try:
        os.close(go[1])
        os.read(go[0], 1)
        os.write(into, json.dumps(run(order)).encode())
        os._exit(0)
    except BaseException as error:
        os.write(into, json.dumps({"error": repr(error)}).encode())
        os._exit(3)


for together in orders["runs"]:
    go = os.pipe()
    children = [start(order, go) for order in together]
    os.close(go[1])
    for child, out in children:
        written = os.fdopen(out).read()
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(json.dumps(json.loads(written or "{}") | {"status": status}), flush=True)
'''


def damaged(file: Path, how: str) -> None:
    size = file.stat().st_size
    if how == "gone":
        file.unlink()
    elif how == "halved":
        os.truncate(file, size // 2)
    elif how == "random":
        file.write_bytes(random.Random(1).randbytes(size))
    elif size:
        content = bytearray(file.read_bytes())
        content[size // 2] ^= 1
        file.write_bytes(content)


class Nothing:
    def build(self, folder, passages, vectors) -> None:
        (folder / "beside").write_text("here")

    def open(self, folder) -> str:
        return {"here": "here"}[(folder / "beside").read_text()]


class Broken(Nothing):
    """Fails while an index is built."""

    def __init__(self, error: BaseException) -> None:
        self.error = error

    def build(self, folder, passages, vectors) -> None:
        raise self.error


def fingerprint(encoder: Encoder) -> Fingerprint:
    return Fingerprint(encoder.name, encoder.revision, encoder.dimension, "a" * 64, "b", "1", 3)


def opened(data: Path, encoder: Encoder, mark: Fingerprint | None = None, **given) -> list[str]:
    """Open the store of the three passages, ask it something, and return what it said."""
    said: list[str] = []
    mark = mark or fingerprint(encoder)
    store, _ = open_store(data, PASSAGES, encoder, mark, Nothing(), say=said.append, **given)
    assert len(store) == 3
    best = store.nearest(encoder.encode(["someone hacked my computer"])[0], 1)[0]
    assert best.passage_id == "art-1#text-0"
    return said


def current_folder(data: Path) -> Path:
    return data / "index" / (data / "index" / CURRENT).read_text().strip()


def state_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but the lock and the database, which every open writes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in ("lock", DATABASE)
    }


def assert_one_sentence(error: pytest.ExceptionInfo) -> None:
    message = str(error.value)
    assert "\n" not in message and message.endswith(".") and ". " not in message


@dataclass
class Large:
    """An index large enough for Chroma to keep a graph on disk, and what it was built from."""

    data: Path
    orders: dict
    best: list[str]

    def runs(self, *runs: list[dict]) -> list[dict]:
        """What processes report that open this index elsewhere; those of one run start at once."""
        file = self.data.parent / "orders.json"
        file.write_text(json.dumps(self.orders | {"runs": runs}))
        done = subprocess.run(
            [sys.executable, "-c", BUILDER, str(file)],
            capture_output=True,
            text=True,
            cwd=Path(__file__).parents[1],
        )
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def large(encoder, knowledge, tmp_path_factory) -> Large:
    questions = [p for p in knowledge.passages if p.kind is Kind.QUESTION]
    chosen = sorted(questions, key=lambda passage: len(passage.text))[200:1400]
    vectors = np.array(encoder.embed_documents([p.text for p in chosen]), dtype=np.float32)
    folder = tmp_path_factory.mktemp("large")
    np.save(folder / "vectors.npy", vectors)
    nearest = np.argsort(-(vectors @ vectors[7]))[:3]
    made = Large(
        folder / "data",
        {
            "vectors": str(folder / "vectors.npy"),
            "passages": [[p.id, p.text] for p in chosen],
            "encoder": [encoder.name, encoder.revision, encoder.dimension],
        },
        [chosen[place].id for place in nearest],
    )
    report = made.runs([{"data": str(made.data), "rules": "1"}])[0]
    assert report["status"] == 0 and len(report["said"]) == 1 and report["best"] == made.best
    assert len(list(made.data.rglob("*.pickle"))) == 1  # so there is a graph on disk to damage
    return made


@pytest.fixture
def read_only(tmp_path) -> Iterator[Callable[[Path], Path]]:
    """A function that shows a folder as one that nobody can write."""
    mounted: list[Path] = []

    def shown(folder: Path) -> Path:
        for path in (folder, *folder.rglob("*")):
            path.chmod(path.stat().st_mode & 0o555)
        if not os.access(folder, os.W_OK):
            return folder  # root can write it all the same
        place = tmp_path / "read-only"
        place.mkdir()
        mount("--bind", "-o", "ro", str(folder), str(place))
        mounted.append(place)
        return place

    yield shown
    for place in mounted:
        subprocess.run(["umount", "--lazy", str(place)], check=True)
    for path in tmp_path.rglob("*"):
        path.chmod(0o700)


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path]:
    """A disk of one megabyte."""
    place = tmp_path / "disk"
    place.mkdir()
    mount("-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place))
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def mount(*arguments: str) -> None:
    if shutil.which("mount") is None or os.geteuid() != 0:
        pytest.skip("only root can mount the disk that this test needs")
    done = subprocess.run(["mount", *arguments], capture_output=True, text=True)
    if done.returncode:
        pytest.skip(
            f"the disk that this test needs cannot be mounted: {done.stderr.splitlines()[0]}"
        )


def test_an_index_is_built_once_and_then_opened(tmp_path, encoder):
    assert opened(tmp_path, encoder) == ["Building the index of 3 passages: there is none yet."]
    assert opened(tmp_path, encoder) == []


def test_a_data_folder_is_made_with_the_folders_above_it(tmp_path, encoder):
    assert len(opened(tmp_path / "a" / "b" / "ü c", encoder)) == 1


def test_opening_changes_nothing_but_the_database(tmp_path, encoder):
    opened(tmp_path, encoder)
    before = state_of(tmp_path)
    opened(tmp_path, encoder)
    assert state_of(tmp_path) == before


def test_an_index_is_built_again_when_asked(tmp_path, encoder):
    opened(tmp_path, encoder)
    old = current_folder(tmp_path)
    assert opened(tmp_path, encoder, rebuild=True) == [
        "Building the index of 3 passages: as asked."
    ]
    assert current_folder(tmp_path) != old
    assert opened(tmp_path, encoder) == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"encoder": "c"}, "another encoder"),
        ({"revision": "c"}, "other weights of the encoder"),
        ({"text_sha256": "c" * 64}, "another text"),
        ({"annotations_sha256": "c"}, "other annotations"),
        ({"rules": "2"}, "older rules of cutting passages"),
        ({"rules": "2", "text_sha256": "c" * 64}, "another text and older rules"),
    ],
)
def test_a_mismatch_builds_again_and_says_why(tmp_path, encoder, change, reason):
    opened(tmp_path, encoder)
    changed = replace(fingerprint(encoder), **change)
    said = opened(tmp_path, encoder, changed)
    assert len(said) == 1 and f"it was built with {reason}" in said[0]
    assert opened(tmp_path, encoder, changed) == []


@pytest.mark.parametrize("change", ["encoder", "text_sha256", "passages", "dimension"])
def test_a_fingerprint_that_lacks_a_part_does_not_fit(encoder, change):
    mark = fingerprint(encoder)
    kept = {name: getattr(mark, name) for name in mark.__dataclass_fields__}
    assert mark.difference(kept) is None
    del kept[change]
    assert mark.difference(kept) is not None


def test_more_passages_build_again_and_say_so(tmp_path, encoder):
    opened(tmp_path, encoder)
    more = [*PASSAGES, Passage("art-4#text-0", "art-4", Kind.TEXT, 0, "fair trials")]
    said: list[str] = []
    mark = replace(fingerprint(encoder), passages=4)
    store, _ = open_store(tmp_path, more, encoder, mark, Nothing(), say=said.append)
    assert len(store) == 4 and "another number of passages" in said[0]


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        ("database empty", "damaged"),
        ("database gone", "gone"),
        ("companion changed", "damaged"),
        ("companion gone", "damaged"),
        ("seal gone", "damaged"),
        ("seal nonsense", "damaged"),
        ("file added", "damaged"),
        ("pointer gone", "there is none yet"),
        ("pointer empty", "gone"),
        ("pointer to nowhere", "gone"),
        ("pointer out of the folder", "gone"),
        ("pointer not UTF-8", "cannot be read"),
        ("pointer with a null", "gone"),
        ("pointer of a thousand letters", "damaged"),
        ("pointer a folder", "cannot be read"),
    ],
)
def test_a_damaged_index_is_built_again(tmp_path, encoder, damage, reason):
    opened(tmp_path, encoder)
    folder, current = current_folder(tmp_path), tmp_path / "index" / CURRENT
    actions: dict[str, Callable[[], object]] = {
        "database empty": lambda: (folder / DATABASE).write_bytes(b""),
        "database gone": (folder / DATABASE).unlink,
        "companion changed": lambda: (folder / "beside").write_text("there"),
        "companion gone": (folder / "beside").unlink,
        "seal gone": (folder / SEAL).unlink,
        "seal nonsense": lambda: (folder / SEAL).write_bytes(b"\xff"),
        "file added": lambda: (folder / "added").write_text("strange"),
        "pointer gone": current.unlink,
        "pointer empty": lambda: current.write_text(""),
        "pointer to nowhere": lambda: current.write_text("no-such-folder\n"),
        "pointer out of the folder": lambda: current.write_text("../..\n"),
        "pointer not UTF-8": lambda: current.write_bytes(b"\xff\xfe nonsense"),
        "pointer with a null": lambda: current.write_bytes(b"a\0b"),
        "pointer of a thousand letters": lambda: current.write_text("a" * 1000),
        "pointer a folder": lambda: (current.unlink(), current.mkdir()),
    }
    actions[damage]()
    said = opened(tmp_path, encoder)
    assert len(said) == 1 and reason in said[0]
    assert opened(tmp_path, encoder) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("pattern", "damage"),
    [
        ("data_level0.bin", "random"),  # Chroma's core would crash on these two
        ("header.bin", "halved"),
        ("index_metadata.pickle", "gone"),  # and find other passages without this one
        (DATABASE, "random"),
        (CURRENT, "random"),
    ],
)
def test_a_large_index_that_would_crash_or_mislead_chroma_is_built_again(
    large, tmp_path, pattern, damage
):
    copy = tmp_path / "data"
    shutil.copytree(large.data, copy)
    damaged(next(copy.rglob(pattern)), damage)
    (report,) = large.runs([{"data": str(copy), "rules": "1"}])
    assert report["status"] == 0 and len(report["said"]) == 1
    assert report["best"] == large.best


@pytest.mark.slow
@pytest.mark.parametrize("damage", ["random", "halved", "gone", "one bit"])
def test_damage_to_any_file_breaks_the_seal(large, tmp_path, damage):
    whole = current_folder(large.data)
    check_seal(whole)
    files = [path.relative_to(whole) for path in whole.rglob("*") if path.is_file()]
    assert len(files) == 8  # seal, companion, database and five of the graph
    for number, file in enumerate(files):
        folder = tmp_path / f"{number}"
        shutil.copytree(whole, folder)
        if file.name == DATABASE and damage == "one bit":
            continue  # not all of it is read by a search; see below
        damaged(folder / file, damage)
        if (folder / file).exists() and (folder / file).read_bytes() == (whole / file).read_bytes():
            continue  # half of an empty file is the same file
        with pytest.raises((ValueError, OSError, sqlite3.Error)):
            check_seal(folder)


@pytest.mark.slow
def test_random_bytes_anywhere_in_the_database_break_the_seal(large, tmp_path):
    chance = random.Random(2)
    for number in range(20):
        folder = tmp_path / f"{number}"
        shutil.copytree(current_folder(large.data), folder)
        with (folder / DATABASE).open("r+b") as database:
            for _ in range(20):
                database.seek(chance.randrange(os.fstat(database.fileno()).st_size - 64))
                database.write(chance.randbytes(64))
        with pytest.raises((ValueError, sqlite3.Error)):
            check_seal(folder)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE embeddings SET embedding_id = 'art-9#text-0' WHERE embedding_id = 'art-1#text-0'",
        "DELETE FROM embeddings_queue WHERE id = 'art-1#text-0'",
        "UPDATE collection_metadata SET str_value = replace(str_value, 'aaaa', 'aaab')",
        "UPDATE embeddings_queue SET vector = zeroblob(length(vector)) WHERE id = 'art-1#text-0'",
    ],
)
def test_a_row_that_has_changed_builds_the_index_again(tmp_path, encoder, change):
    opened(tmp_path, encoder)
    with closing(sqlite3.connect(current_folder(tmp_path) / DATABASE)) as connection, connection:
        assert connection.execute(change).rowcount == 1
    assert opened(tmp_path, encoder) == [
        "Building the index of 3 passages: the old one is damaged."
    ]


def test_damage_that_no_row_shows_breaks_the_seal(tmp_path, encoder):
    opened(tmp_path, encoder)
    folder = current_folder(tmp_path)
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        pages = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE type = 'index' AND tbl_name = 'embeddings'"
        ).fetchall()
    with (folder / DATABASE).open("r+b") as database:
        database.seek((pages[0][0] - 1) * size)
        database.write(random.Random(3).randbytes(size))
    with pytest.raises(ValueError, match="the database is damaged"):
        check_seal(folder)


def test_the_seal_holds_however_often_the_index_is_opened(tmp_path, encoder):
    opened(tmp_path, encoder)
    for _ in range(5):
        assert opened(tmp_path, encoder) == []
    check_seal(current_folder(tmp_path))


def test_a_half_built_folder_is_never_opened_and_is_swept_away(tmp_path, encoder):
    half = tmp_path / "index" / "half-built"
    half.mkdir(parents=True)
    (half / DATABASE).write_bytes(b"half")
    (tmp_path / "index" / f"{CURRENT}.left-over").write_text("half-built")
    assert len(opened(tmp_path, encoder)) == 1
    left = {path.name for path in (tmp_path / "index").iterdir()}
    assert left == {CURRENT, "lock", current_folder(tmp_path).name}


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), ValueError("a\nlong\nstory"), MemoryError()]
)
def test_a_build_that_fails_leaves_the_old_index_unharmed(tmp_path, encoder, error):
    opened(tmp_path, encoder)
    before = state_of(tmp_path)
    changed = replace(fingerprint(encoder), rules="2")
    with pytest.raises(IndexUnavailable, match="what was there is unharmed") as caught:
        open_store(tmp_path, PASSAGES, encoder, changed, Broken(error))
    assert_one_sentence(caught)
    assert state_of(tmp_path) == before
    assert opened(tmp_path, encoder) == []


def test_a_build_that_is_interrupted_leaves_the_old_index_unharmed(tmp_path, encoder):
    opened(tmp_path, encoder)
    before = state_of(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        open_store(
            tmp_path, PASSAGES, encoder, fingerprint(encoder), Broken(KeyboardInterrupt()),
            rebuild=True,
        )  # fmt: skip
    assert state_of(tmp_path) == before


def test_passages_that_share_an_id_are_refused_rather_than_built_at_every_start(tmp_path, encoder):
    with pytest.raises(IndexUnavailable) as caught:
        open_store(
            tmp_path, [*PASSAGES, PASSAGES[0]], encoder,
            replace(fingerprint(encoder), passages=4), Nothing(),
        )  # fmt: skip
    assert_one_sentence(caught)


@pytest.mark.slow
def test_a_process_killed_at_any_point_of_a_build_leaves_the_old_index_or_the_new(large, tmp_path):
    points = [
        "folder made", "collection made", "half of the passages in", "companion half written",
        "trial query", "sealed", "pointer written", "pointed",
    ]  # fmt: skip
    small = {"data": str(tmp_path / "small"), "rules": "1", "count": 250}
    best = large.runs([small])[0]["best"]
    killed, after, then = [], [], []
    for place, point in enumerate(points):
        data = tmp_path / f"{place}"
        shutil.copytree(tmp_path / "small", data)
        old, new = (small | {"data": str(data), "rules": rules} for rules in ("1", "2"))
        killed.append(new | {"die": point})
        after.append(new if point == "pointed" else old)
        then.append(new)
    reports = large.runs(killed, after, then)
    for place, point in enumerate(points):
        killed, after, then = reports[place :: len(points)]
        assert killed["status"] == -9, (point, killed)
        assert after["status"] == 0 and after["said"] == [], (point, after)
        assert after["best"] == then["best"] == best, (point, after, then)
        assert len(then["said"]) == (0 if point == "pointed" else 1), (point, then)
        left = [path for path in (tmp_path / f"{place}" / "index").iterdir() if path.is_dir()]
        assert len(left) == 2, (point, left)  # the one in use and the one before it


@pytest.mark.slow
def test_processes_that_start_at_once_build_once(large, tmp_path):
    order = {"data": str(tmp_path / "shared"), "rules": "1", "count": 250}
    reports = large.runs([order, order, order])
    assert [report["status"] for report in reports] == [0, 0, 0]
    assert sorted(len(report["said"]) for report in reports) == [0, 0, 1]
    assert [report["size"] for report in reports] == [250, 250, 250]


def test_threads_that_start_at_once_build_once(tmp_path, encoder):
    said: list[str] = []
    threads = [
        threading.Thread(target=lambda: said.extend(opened(tmp_path, encoder))) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(said) == 1


def test_a_build_of_another_process_that_does_not_end_is_told(tmp_path, encoder, monkeypatch):
    monkeypatch.setattr(index.store, "LOCK_SECONDS", 0.05)
    (tmp_path / "index").mkdir()
    with FileLock(tmp_path / "index" / "lock"):
        with pytest.raises(IndexUnavailable, match="Another process") as caught:
            opened(tmp_path, encoder)
    assert_one_sentence(caught)
    assert len(opened(tmp_path, encoder)) == 1


def test_an_index_that_fits_opens_while_another_process_builds(tmp_path, encoder):
    opened(tmp_path, encoder)
    with FileLock(tmp_path / "index" / "lock"):
        assert opened(tmp_path, encoder) == []


@pytest.mark.parametrize("place", ["file", "file/below", "taken"])
def test_a_data_folder_that_is_no_folder_is_told_in_one_sentence(tmp_path, encoder, place):
    (tmp_path / "file").write_text("not a folder")
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "index").write_text("not a folder")
    with pytest.raises(IndexUnavailable, match="set CONVENTION_DATA to a folder") as caught:
        opened(tmp_path / place, encoder)
    assert_one_sentence(caught)
    assert (tmp_path / "file").read_text() == "not a folder"


def test_a_folder_that_cannot_be_written_opens_where_the_index_fits(tmp_path, encoder, read_only):
    data = tmp_path / "data"
    opened(data, encoder)
    before = state_of(data)
    assert opened(read_only(data), encoder) == []
    assert state_of(data) == before


def test_a_folder_that_cannot_be_written_is_told_where_the_index_does_not_fit(
    tmp_path, encoder, read_only
):
    data = tmp_path / "data"
    opened(data, encoder)
    before = state_of(data)
    with pytest.raises(IndexUnavailable, match="set CONVENTION_DATA to a folder") as caught:
        opened(read_only(data), encoder, replace(fingerprint(encoder), rules="2"))
    assert_one_sentence(caught)
    assert state_of(data) == before


def test_a_folder_that_cannot_be_written_and_is_empty_is_told(tmp_path, encoder, read_only):
    data = tmp_path / "data"
    data.mkdir()
    with pytest.raises(IndexUnavailable, match="set CONVENTION_DATA to a folder") as caught:
        opened(read_only(data), encoder)
    assert_one_sentence(caught)


@pytest.mark.slow
def test_the_copy_of_an_index_that_cannot_be_written_goes_with_the_process(
    large, tmp_path, read_only
):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    shutil.copytree(current_folder(large.data), tmp_path / "index")
    script = textwrap.dedent(
        f"""
        from pathlib import Path
        from index.store import _copied
        copy = _copied(Path({str(read_only(tmp_path / "index"))!r}))
        assert (copy / "{DATABASE}").is_file() and copy.parent == Path({str(scratch)!r})
        """
    )
    subprocess.run(
        [sys.executable, "-c", script],
        check=True,
        env=os.environ | {"TMPDIR": str(scratch)},
        cwd=Path(__file__).parents[1],
    )
    assert list(scratch.iterdir()) == []


def test_a_full_disk_is_told_and_leaves_the_old_index_unharmed(small_disk, encoder):
    opened(small_disk, encoder)
    before = state_of(small_disk)
    many = [replace(PASSAGES[0], id=f"art-{n}#text-0", text="word " * 150) for n in range(400)]
    mark = replace(fingerprint(encoder), passages=len(many))
    with pytest.raises(IndexUnavailable, match="free the disk") as caught:
        open_store(small_disk, many, encoder, mark, Nothing())
    assert_one_sentence(caught)
    assert state_of(small_disk) == before
    assert opened(small_disk, encoder) == []


def test_hits_come_nearest_first_with_their_cosine(encoder):
    store = index_in_memory(PASSAGES, encoder)
    vectors = encoder.encode([passage.text for passage in PASSAGES])
    asked = encoder.encode(["leaving the treaty"])[0]
    hits = store.nearest(asked, 3)
    expected = sorted(zip(vectors @ asked, PASSAGES, strict=True), key=lambda pair: -pair[0])
    assert [hit.passage_id for hit in hits] == [passage.id for _, passage in expected]
    assert [hit.similarity for hit in hits] == pytest.approx([s for s, _ in expected], abs=1e-5)
    assert hits[0].similarity <= 1.0


def test_no_more_hits_come_than_there_are_passages_or_than_were_asked_for(encoder):
    store = index_in_memory(PASSAGES, encoder)
    vector = encoder.encode(["hacking"])[0]
    assert len(store.nearest(vector, 2)) == 2
    assert len(store.nearest(vector, 100)) == len(store) == 3


def test_an_index_of_no_passages_finds_nothing(tmp_path, encoder):
    vector = encoder.encode(["hacking"])[0]
    assert index_in_memory([], encoder).nearest(vector, 5) == []
    for _ in range(2):
        store, _ = open_store(
            tmp_path, [], encoder, replace(fingerprint(encoder), passages=0), Nothing()
        )
        assert len(store) == 0 and store.nearest(vector, 5) == []


def test_indexes_in_memory_do_not_mix(encoder):
    first = index_in_memory(PASSAGES[:1], encoder)
    second = index_in_memory(PASSAGES[1:], encoder)
    assert (len(first), len(second)) == (1, 2)


@pytest.mark.parametrize("n", [50, 240])
def test_the_shipped_index_finds_what_a_look_at_every_passage_finds(assistant, encoder, n):
    store = assistant.retriever.store
    kept = store._collection.get(include=["embeddings"])
    vectors = np.asarray(kept["embeddings"], dtype=np.float32)
    assert len(vectors) == len(assistant.knowledge.passages)
    found = 0
    for asked in encoder.encode(QUESTIONS):
        exact = dict(zip(kept["ids"], (vectors @ asked).tolist(), strict=True))
        least = sorted(exact.values(), reverse=True)[n - 1]
        hits = store.nearest(asked, n)
        assert [hit.similarity for hit in hits] == pytest.approx(
            [exact[hit.passage_id] for hit in hits], abs=1e-4
        )
        found += sum(exact[hit.passage_id] >= least - 1e-5 for hit in hits)
    assert len(QUESTIONS) == 30
    assert found / (n * len(QUESTIONS)) >= 0.99
