"""The index on a Chroma server: shared, built once, replaced under load, away and back."""

import json
import socket
import subprocess
import sys
import threading
from base64 import b64encode
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path

import chromadb
import httpx
import numpy as np
import pytest
from fastapi import FastAPI, Request, Response

import index.chroma_server
import index.shared_store
import index.turn
import tests.browser
from assistant.answer import Outcome
from assistant.assistant import Assistant, retriever_over
from assistant.chain import build_chain
from assistant.route import RouteCompanion
from assistant.settings import read_settings
from index.chroma_server import ChromaServer
from index.errors import IndexUnavailable
from index.passages import Kind
from index.shared_store import open_shared_store
from index.store import Fingerprint, chroma_settings, index_in_memory
from index.turn import TURN, turn_to_build
from prompts import fixed_text
from tests.chroma_process import ChromaProcess, chroma_served

pytestmark = pytest.mark.slow

QUESTION = "Is hacking a crime?"

ASKER = '''
"""Opens the shared store in a process of its own and asks it, four at a time, until stdin ends."""
import json, os, signal, sys, threading
from pathlib import Path

import numpy as np

import index.shared_store as shared
from index.passages import Kind, Passage
from index.store import Fingerprint

orders = json.loads(Path(sys.argv[1]).read_text())
known = np.load(orders["vectors"])


class Replayed:
    """Gives the vectors that the real encoder gave to these passages."""

    name, revision, dimension = orders["encoder"]

    def encode_in_steps(self, texts):
        if sys.argv[3:] == ["die"]:
            os.kill(os.getpid(), signal.SIGKILL)
        yield list(range(len(texts))), known


class Beside:
    def build(self, folder, passages, vectors):
        (folder / "beside").write_text("here")

    def open(self, folder):
        return {"here": True}[(folder / "beside").read_text()]


said, asked, failures, collections = [], [], [], set()
passages = [Passage(i, i.split("#")[0], Kind.QUESTION, 0, text) for i, text in orders["passages"]]
store, _ = shared.open_shared_store(
    orders["url"], Path(sys.argv[2]), passages, Replayed(), Fingerprint(**orders["fingerprint"]),
    Beside(), say=said.append,
)
over = threading.Event()


def ask(number):
    while not over.is_set():
        row = (number + len(asked)) % len(passages)
        try:
            best = store.nearest(known[row], 30)
            if best[0].passage_id != passages[row].id or len(best) != 30:
                failures.append(f"other hits: {best[:1]}")
        except Exception as error:
            failures.append(repr(error))
        asked.append(1)
        collections.add(store._collection.name)


threads = [threading.Thread(target=ask, args=(n,)) for n in range(4)]
for thread in threads:
    thread.start()
print("open", flush=True)
sys.stdin.read()
over.set()
for thread in threads:
    thread.join()
print(json.dumps({
    "said": said, "asked": len(asked), "failures": failures[:5], "collections": len(collections)
}))
'''


@pytest.fixture(scope="module")
def passages(knowledge):
    """A few dozen: the texts of the offences, and some of the questions that they answer."""
    offences = [f"art-{n}" for n in range(7, 12)]
    near = [p for p in knowledge.passages if p.provision.split("/")[0] in offences]
    texts = [p for p in near if p.kind is Kind.TEXT][:24]
    return [*texts, *[p for p in near if p.kind is Kind.QUESTION][:600:20]]


@pytest.fixture(scope="module")
def vectors(passages, encoder):
    return np.array(encoder.embed_documents([p.text for p in passages]), dtype=np.float32)


@pytest.fixture(scope="module")
def replayed(passages, vectors, encoder):
    """An encoder that gives the passages the vectors that it gave them before."""

    class Replayed:
        name, revision, dimension = encoder.name, encoder.revision, encoder.dimension

        def encode_in_steps(self, texts):
            known = {
                passage.text: vector for passage, vector in zip(passages, vectors, strict=True)
            }
            yield list(range(len(texts))), np.array([known[text] for text in texts])

    return Replayed()


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with chroma_served(tmp_path_factory.mktemp("chroma") / "kept") as server:
        yield server


@pytest.fixture
def server(served):
    """The running server, empty."""
    client = client_of(served)
    for collection in client.list_collections():
        client.delete_collection(collection.name)
    return served


@pytest.fixture
def mark(encoder, passages):
    return Fingerprint(
        encoder.name, encoder.revision, encoder.dimension, "a" * 64, "b", "1", len(passages)
    )


class Sums:
    """A companion that shows which vectors it was built from."""

    def build(self, folder, passages, vectors) -> None:
        np.save(folder / "vectors.npy", vectors)

    def open(self, folder):
        return np.load(folder / "vectors.npy")


class Full(Sums):
    def build(self, folder, passages, vectors) -> None:
        raise OSError(28, "No space left on device")


@pytest.fixture
def opened(server, tmp_path, passages, replayed, mark):
    """Opens the store and returns it, its companion and what it said."""

    def open_it(mark=mark, data=tmp_path / "data", companion=None, passages=passages, **given):
        said: list[str] = []
        store, beside = open_shared_store(
            server.url,
            data,
            passages,
            replayed,
            mark,
            companion or Sums(),
            say=said.append,
            **given,
        )
        return store, beside, said

    return open_it


def client_of(server: ChromaProcess):
    return chromadb.HttpClient(host=server.url, settings=chroma_settings())


def collections_on(server: ChromaProcess) -> set[str]:
    return {collection.name for collection in client_of(server).list_collections()}


def assert_one_sentence(error: pytest.ExceptionInfo) -> None:
    message = str(error.value)
    assert "\n" not in message and message.endswith(".") and ". " not in message


@pytest.fixture
def asker(server, tmp_path, passages, vectors, encoder, mark):
    """Starts processes that ask the shared store under load."""
    orders = tmp_path / "orders.json"
    np.save(tmp_path / "vectors.npy", vectors)
    orders.write_text(
        json.dumps(
            {
                "url": server.url,
                "vectors": str(tmp_path / "vectors.npy"),
                "encoder": [encoder.name, encoder.revision, encoder.dimension],
                "passages": [[p.id, p.text] for p in passages],
                "fingerprint": asdict(mark),
            }
        )
    )

    def start(name: str, *more: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", ASKER, str(orders), str(tmp_path / name), *more],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[1],
        )

    return start


def report_of(process: subprocess.Popen[str]) -> dict:
    out, _ = process.communicate("", timeout=60)
    return json.loads(out)


def test_a_search_on_the_server_finds_what_one_in_memory_finds(opened, passages, encoder):
    store, _, said = opened()
    assert said == [f"Building the index of {len(passages)} passages: there is none yet."]
    assert len(store) == len(passages)
    asked = encoder.encode([QUESTION])[0]
    found, expected = (
        store.nearest(asked, 20),
        index_in_memory(passages, encoder).nearest(asked, 20),
    )
    assert [hit.passage_id for hit in found] == [hit.passage_id for hit in expected]
    assert [h.similarity for h in found] == pytest.approx(
        [h.similarity for h in expected], abs=1e-5
    )


def test_an_index_that_is_there_is_opened_and_not_built(opened):
    opened()
    assert opened()[2] == []


def test_another_machine_has_the_same_companion_from_the_vectors_on_the_server(
    opened, tmp_path, vectors
):
    opened()
    _, beside, said = opened(data=tmp_path / "other")
    assert said == []
    assert beside == pytest.approx(vectors, abs=1e-6)


@pytest.mark.parametrize("damage", [b"", b"nonsense"])
def test_a_damaged_companion_is_built_again_alone(opened, tmp_path, vectors, damage):
    opened()
    (file,) = (tmp_path / "data").rglob("vectors.npy")
    file.write_bytes(damage)
    _, beside, said = opened()
    assert said == [] and beside == pytest.approx(vectors, abs=1e-6)
    assert np.load(file) == pytest.approx(vectors, abs=1e-6)


def test_two_processes_that_start_at_once_build_once_and_see_no_failure_while_it_is_replaced(
    opened, asker, server, monkeypatch
):
    monkeypatch.setattr(index.shared_store, "GRACE_SECONDS", -1.0)  # gone at the next look
    processes = [asker("one"), asker("two")]
    assert [process.stdout.readline() for process in processes] == ["open\n", "open\n"]
    for _ in range(4):
        before = collections_on(server)
        assert opened(rebuild=True)[2]
        opened()
        assert not before & collections_on(server)
    reports = [report_of(process) for process in processes]
    assert sorted(len(report["said"]) for report in reports) == [0, 1]
    assert [report["failures"] for report in reports] == [[], []]
    assert all(report["asked"] > 50 and report["collections"] > 2 for report in reports), reports


def test_what_was_replaced_stays_for_a_while(opened, server):
    opened()
    (before,) = collections_on(server)
    opened(rebuild=True)
    opened()
    assert before in collections_on(server) and len(collections_on(server)) == 2


def test_another_version_has_an_index_beside_until_nobody_has_asked_it_for_long(
    opened, mark, server, monkeypatch, encoder
):
    other = replace(mark, rules="2")
    first, _, _ = opened()
    _, _, said = opened(other)
    assert len(said) == 1 and "it was built with older rules" in said[0]
    assert opened()[2] == opened(other)[2] == []
    assert first.nearest(encoder.encode([QUESTION])[0], 3)
    monkeypatch.setattr(index.shared_store, "UNUSED_SECONDS", -1.0)
    opened(other)
    assert len(collections_on(server)) == 1


def test_collections_of_others_are_left_alone(opened, server):
    client_of(server).create_collection("somebody-elses", metadata={"fingerprint": "theirs"})
    opened()
    opened(rebuild=True)
    assert "somebody-elses" in collections_on(server)


def test_an_index_that_has_lost_passages_is_built_again(opened, server, passages):
    store, _, _ = opened()
    store._collection.delete(ids=[passages[0].id])
    assert opened()[2] == [
        f"Building the index of {len(passages)} passages: the old one is damaged."
    ]
    assert opened()[2] == []


def test_a_build_that_fails_leaves_nothing_and_the_old_index_unharmed(opened, server):
    opened()
    before = collections_on(server)
    with pytest.raises(IndexUnavailable, match="free the disk") as caught:
        opened(rebuild=True, companion=Full())
    assert_one_sentence(caught)
    assert collections_on(server) == before
    assert opened()[2] == []


def test_passages_that_share_an_id_are_refused_and_leave_nothing(opened, server, mark, passages):
    twice = [*passages, passages[0]]
    with pytest.raises(IndexUnavailable) as caught:
        opened(replace(mark, passages=len(twice)), passages=twice)
    assert_one_sentence(caught)
    assert collections_on(server) == set()


def test_a_process_killed_while_it_builds_gives_its_turn_to_the_next(
    opened, asker, server, monkeypatch
):
    process = asker("dying", "die")
    process.communicate("", timeout=60)
    assert process.returncode == -9
    left = collections_on(server)
    assert TURN in left and len(left) == 2
    monkeypatch.setattr(index.turn, "DEAD_SECONDS", 1.0)
    assert len(opened()[2]) == 1
    assert TURN not in collections_on(server)
    assert len(collections_on(server) - left) == 1
    monkeypatch.setattr(index.shared_store, "ABANDONED_SECONDS", 0.0)
    opened(rebuild=True)
    assert not left & collections_on(server)


def test_a_build_of_another_process_that_does_not_end_is_told(opened, server, monkeypatch):
    monkeypatch.setattr(index.turn, "WAIT_SECONDS", 0.05)
    with turn_to_build(client_of(server)):
        with pytest.raises(IndexUnavailable, match="Another process") as caught:
            opened()
    assert_one_sentence(caught)
    assert len(opened()[2]) == 1


def test_one_at_a_time_has_the_turn(server):
    inside, most = [], []

    def build() -> None:
        with turn_to_build(client_of(server)):
            inside.append(1)
            most.append(len(inside))
            threading.Event().wait(0.05)
            inside.pop()

    threads = [threading.Thread(target=build) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1, 1, 1, 1] and collections_on(server) == set()


def test_an_index_that_fits_opens_while_another_process_builds(opened, server):
    opened()
    with turn_to_build(client_of(server)):
        assert opened()[2] == []


@contextmanager
def deaf():
    """The address of something that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def test_a_server_that_is_away_at_the_start_is_told_in_one_sentence():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = read_settings(chroma_url=f"http://me:secret@127.0.0.1:{port}")
    with pytest.raises(IndexUnavailable, match="set CONVENTION_CHROMA_URL") as caught:
        Assistant.open(settings)
    assert_one_sentence(caught)
    assert f"http://127.0.0.1:{port} " in str(caught.value) and "secret" not in str(caught.value)


def test_a_server_that_says_nothing_is_told_in_time(monkeypatch, tmp_path, passages, encoder, mark):
    monkeypatch.setattr(index.chroma_server, "CONNECT_SECONDS", 0.2)
    with deaf() as url, pytest.raises(IndexUnavailable, match="not answer in time") as caught:
        open_shared_store(url, tmp_path, passages, encoder, mark, Sums())
    assert_one_sentence(caught)


def test_a_web_site_that_is_no_chroma_server_is_told(tmp_path, passages, encoder, mark):
    with (
        tests.browser.served(FastAPI()) as url,
        pytest.raises(IndexUnavailable, match="status 404") as caught,
    ):
        open_shared_store(url, tmp_path, passages, encoder, mark, Sums())
    assert_one_sentence(caught)


def test_user_and_password_of_a_proxy_go_along(served):
    """A proxy that lets in who knows the password, as one in front of a shared server does."""
    seen: list[str | None] = []
    proxy = FastAPI()

    @proxy.api_route("/chroma/{path:path}", methods=["GET", "POST"])
    async def passed_on(path: str, request: Request) -> Response:
        seen.append(request.headers.get("authorization"))
        async with httpx.AsyncClient() as client:
            said = await client.request(
                request.method, f"{served.url}/{path}", content=await request.body()
            )
        return Response(said.content, said.status_code, media_type="application/json")

    with tests.browser.served(proxy) as url:
        client = ChromaServer(f"{url}/chroma".replace("://", "://me:secret@")).client(5)
        assert client.list_collections() is not None
    assert len(seen) > 2 and set(seen) == {f"Basic {b64encode(b'me:secret').decode()}"}


@pytest.fixture
def small_assistant(opened, knowledge, encoder):
    """An assistant over the few passages on the server, with a route model learnt from them."""
    store, routes, _ = opened(companion=RouteCompanion())
    retriever = retriever_over(knowledge, encoder, store)
    return Assistant(knowledge, retriever, build_chain(knowledge, encoder, retriever, routes))


def test_while_the_server_is_away_answers_are_unavailable_and_come_back_by_themselves(
    small_assistant, server, caplog
):
    before = small_assistant.ask(QUESTION)
    assert before.outcome is Outcome.ANSWERED and before.citations
    server.kill()
    try:
        for _ in range(2):
            away = small_assistant.ask(QUESTION)
            assert away.outcome is Outcome.UNAVAILABLE and away.citations == ()
            assert away.text == fixed_text("unavailable_index")
        assert list(small_assistant.stream(QUESTION)) == [away]
        with pytest.raises(IndexUnavailable) as caught:
            small_assistant.retriever.invoke(QUESTION)
        assert_one_sentence(caught)
    finally:
        server.start()
    assert small_assistant.ask(QUESTION) == before
    told = [record.message for record in caplog.records if record.name == "index.shared_store"]
    assert len(told) == 2 and "cannot be used" in told[0] and "answers again" in told[1]


def test_a_server_that_hangs_costs_a_question_no_more_than_its_time(
    small_assistant, server, monkeypatch
):
    before = small_assistant.ask(QUESTION)
    small_assistant.retriever.store._client._server._session.timeout = 0.3
    with server.frozen():
        assert small_assistant.ask(QUESTION).outcome is Outcome.UNAVAILABLE
    assert small_assistant.ask(QUESTION) == before


def test_a_search_is_limited_in_time(opened):
    limits = opened()[0]._client._server._session.timeout
    assert limits.read == index.shared_store.ASKING_SECONDS
    assert limits.connect == index.chroma_server.CONNECT_SECONDS


def test_an_index_that_has_gone_from_the_server_is_told_until_it_is_built_again(
    opened, server, encoder
):
    store, _, _ = opened()
    asked = encoder.encode([QUESTION])[0]
    before = store.nearest(asked, 5)
    for name in collections_on(server):
        client_of(server).delete_collection(name)
    with pytest.raises(IndexUnavailable, match="no longer has the index") as caught:
        store.nearest(asked, 5)
    assert_one_sentence(caught)
    opened()
    assert store.nearest(asked, 5) == before
