"""Has one process at a time build an index on a Chroma server that many share.

The turn is a small collection: only one process can create it. Its holder gives signs of life; one
that has given none for a while is dead, and its turn goes to another. A holder that was only
stopped for so long then builds beside the other, which costs time and harms nothing, since each
build is a collection of its own.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from index.errors import IndexUnavailable

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

__all__ = ["server_time", "turn_to_build"]

TURN = "convention-turn"
SIGN_SECONDS = 5.0
DEAD_SECONDS = 30.0
WAIT_SECONDS = 600.0
"""How long a process waits for another that is building."""


def server_time(client: ClientAPI) -> float:
    """Seconds by the server's clock, which is the same for all that share it."""
    return client.heartbeat() / 1e9


@contextmanager
def turn_to_build(client: ClientAPI) -> Iterator[None]:
    """Inside, no other process builds on this server.

    Raises ``IndexUnavailable`` where another has been building for too long.
    """
    turn = _awaited(client)
    over = threading.Event()
    signs = threading.Thread(target=_give_signs, args=(client, turn, over), daemon=True)
    signs.start()
    try:
        yield
    finally:
        over.set()
        signs.join()
        with suppress(Exception):  # it would be taken for dead a little later
            _end(client, turn)


def _awaited(client: ClientAPI) -> Collection:
    end = time.monotonic() + WAIT_SECONDS
    while (turn := _taken(client)) is None:
        if time.monotonic() > end:
            raise IndexUnavailable(
                f"Another process has been building the index on the Chroma server for "
                f"{WAIT_SECONDS:.0f} s: wait for it or end it, then start again."
            )
        time.sleep(0.3)
    return turn


def _taken(client: ClientAPI) -> Collection | None:
    """The turn, now this process's; None while another has it."""
    from chromadb.errors import ChromaError, NotFoundError

    now = {"sign": server_time(client)}
    try:
        return client.create_collection(TURN, embedding_function=None, metadata=now)
    except ChromaError as error:
        try:
            held = client.get_collection(TURN, embedding_function=None)
            if now["sign"] - float((held.metadata or {})["sign"]) > DEAD_SECONDS:
                _end(client, held)
        except NotFoundError:
            if "exist" not in str(error):
                raise error from None
    return None


def _end(client: ClientAPI, turn: Collection) -> None:
    """Make room for the next; by the id of this turn, so that no later one can be hit."""
    name = f"{TURN}-{uuid.uuid4().hex}"
    turn.modify(name=name)
    client.delete_collection(name)


def _give_signs(client: ClientAPI, turn: Collection, over: threading.Event) -> None:
    while not over.wait(SIGN_SECONDS):
        with suppress(Exception):  # the next one may get through
            turn.modify(metadata={"sign": server_time(client)})
