"""The index: built once, opened often, never half."""

from dataclasses import replace
from pathlib import Path

import pytest

from index.encoder import Encoder, load_encoder
from index.errors import EncoderError, IndexUnavailable
from index.passages import Kind, Passage
from index.store import CURRENT, Fingerprint, open_store

PASSAGES = [
    Passage(f"art-{n}#text-0", f"art-{n}", Kind.TEXT, 0, text)
    for n, text in enumerate(["hacking a computer", "leaving the treaty", "data of victims"], 1)
]


class Nothing:
    def build(self, folder, passages, vectors) -> None:
        (folder / "beside").write_text("here")

    def open(self, folder) -> str:
        return (folder / "beside").read_text()


def fingerprint(encoder: Encoder) -> Fingerprint:
    return Fingerprint(encoder.name, encoder.revision, encoder.dimension, "a" * 64, "b", "1", 3)


def opened(data: Path, encoder: Encoder, mark: Fingerprint | None = None) -> list[str]:
    said: list[str] = []
    mark = mark or fingerprint(encoder)
    store, _ = open_store(data, PASSAGES, encoder, mark, Nothing(), say=said.append)
    assert len(store) == 3
    best = store.nearest(encoder.encode(["someone hacked my computer"])[0], 1)[0]
    assert best.passage_id == "art-1#text-0"
    return said


def test_an_index_is_built_once_and_then_opened(tmp_path, encoder):
    assert opened(tmp_path, encoder) == ["Building the index of 3 passages: there is none yet."]
    assert opened(tmp_path, encoder) == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"text_sha256": "c" * 64}, "another text"),
        ({"annotations_sha256": "c"}, "other annotations"),
        ({"revision": "c"}, "other weights of the encoder"),
        ({"rules": "2"}, "older rules of cutting passages"),
    ],
)
def test_a_mismatch_builds_again_and_says_why(tmp_path, encoder, change, reason):
    opened(tmp_path, encoder)
    said = opened(tmp_path, encoder, replace(fingerprint(encoder), **change))
    assert len(said) == 1 and reason in said[0]


@pytest.mark.parametrize("damage", ["sqlite", "current", "beside", "folder"])
def test_a_damaged_index_is_built_again(tmp_path, encoder, damage):
    opened(tmp_path, encoder)
    current = tmp_path / "index" / CURRENT
    folder = tmp_path / "index" / current.read_text().strip()
    if damage == "sqlite":
        (folder / "chroma.sqlite3").write_bytes(b"")
    elif damage == "current":
        current.write_bytes(b"\xff\xfe nonsense")
    elif damage == "beside":
        (folder / "beside").unlink()
    else:
        current.write_text("no-such-folder\n")
    assert len(opened(tmp_path, encoder)) == 1


def test_a_half_built_folder_is_never_opened_and_is_swept_away(tmp_path, encoder):
    half = tmp_path / "index" / "half-built"
    half.mkdir(parents=True)
    (half / "chroma.sqlite3").write_bytes(b"half")
    assert len(opened(tmp_path, encoder)) == 1
    assert not half.exists()


def test_a_build_that_fails_leaves_the_old_index_unharmed(tmp_path, encoder):
    opened(tmp_path, encoder)

    class Broken(Nothing):
        def build(self, folder, passages, vectors) -> None:
            raise OSError(28, "No space left on device")

    changed = replace(fingerprint(encoder), rules="2")
    with pytest.raises(IndexUnavailable, match="No space left on device"):
        open_store(tmp_path, PASSAGES, encoder, changed, Broken())
    assert opened(tmp_path, encoder) == []


def test_a_data_folder_that_is_a_file_is_told_in_one_sentence(tmp_path, encoder):
    file = tmp_path / "file"
    file.write_text("not a folder")
    with pytest.raises(IndexUnavailable, match="set CONVENTION_DATA to a folder"):
        open_store(file, PASSAGES, encoder, fingerprint(encoder), Nothing())


def test_an_unknown_encoder_is_told_in_one_sentence():
    with pytest.raises(EncoderError, match="CONVENTION_ENCODER"):
        load_encoder("no-such-encoder")


def test_a_folder_without_weights_is_no_encoder(tmp_path):
    with pytest.raises(EncoderError, match="no model weights"):
        load_encoder(str(tmp_path))
