"""Fetches one document over the network, within limits and from named hosts only.

Redirects are followed here, hop by hop, so that no request leaves for an address that the rules
forbid. Whatever a server does (nothing, a drip, half a body, one without end), the call returns in
the total time with the document or with one clear sentence.
"""

from __future__ import annotations

import re
import ssl
import threading
import time
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from typing import TypeVar

import httpx
from tqdm import tqdm

from index.errors import BadResponse, BadSource, FetchError, ForbiddenAddress, Unreachable

__all__ = ["DOCUMENT_TYPES", "QUICK", "Fetched", "Limits", "Rules", "fetch", "host_of"]

PROJECT = "cybercrime-convention-assistant"

DOCUMENT_TYPES = frozenset(
    {"text/html", "application/xhtml+xml", "application/pdf", "text/plain", "text/markdown"}
)
"""Media types that a treaty text comes in; bytes of no stated type are judged by what they are."""

_UNSTATED = frozenset({"", "application/octet-stream", "binary/octet-stream"})
_BUSY = frozenset({429, 500, 502, 503, 504})
"""Statuses after which the same request may do better later."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a fetch may take: bytes, seconds, redirects and tries.

    ``pause`` is the pause after the first failed try, doubled after each further one; a server
    that asks for a longer pause than ``longest_pause`` is left alone. ``total`` holds for all
    tries together.
    """

    size: int = 30_000_000
    connect: float = 10.0
    read: float = 20.0
    total: float = 120.0
    redirects: int = 10
    tries: int = 3
    pause: float = 1.0
    longest_pause: float = 30.0


QUICK = Limits(connect=4.0, read=8.0, total=20.0, tries=1)
"""For a fetch that somebody waits for who did not ask for it."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Which addresses a request may go to.

    Attributes:
        hosts: names of hosts, each with its subdomains; None for any host.
        plain_http: whether an address without encryption is allowed.
    """

    hosts: frozenset[str] | None = frozenset({"unodc.org", "un.org"})
    plain_http: bool = False

    @classmethod
    def of_user(cls, address: str) -> Rules:
        """The rules for an address that the user named: any host; http only if it began so."""
        return cls(hosts=None, plain_http=address.lower().startswith("http:"))

    def check(self, url: httpx.URL) -> None:
        """Raise ``ForbiddenAddress`` where no request may go to ``url``."""
        if url.scheme != "https" and not (self.plain_http and url.scheme == "http"):
            raise ForbiddenAddress(
                f"{url} is not an https address, so nothing was asked of it: what comes from it "
                "could be changed on the way."
            )
        if not self._allows(url.host.lower().rstrip(".")):
            raise ForbiddenAddress(
                f"{url.host or url} is not one of the hosts that publish the official text, so "
                "nothing was asked of it: name an address that you trust with --from."
            )

    def _allows(self, host: str) -> bool:
        if self.hosts is None:
            return bool(host)
        return any(host == name or host.endswith(f".{name}") for name in self.hosts)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document as it came: its bytes, the address asked, the one it came from, its type."""

    content: bytes
    address: str
    final: str
    media_type: str


class _TryLater(Exception):
    """One try failed in a way that another may not; ``pause`` is what the server asked for."""

    def __init__(self, error: FetchError, pause: float | None = None) -> None:
        super().__init__(str(error))
        self.error = error
        self.pause = pause


@dataclass(frozen=True, slots=True)
class _Deadline:
    """The moment at which a fetch ends, and whether its caller still waits for it."""

    end: float
    seconds: float
    stopped: threading.Event

    @property
    def left(self) -> float:
        return self.end - time.monotonic()

    def check(self, host: str) -> None:
        if self.left <= 0 or self.stopped.is_set():
            raise self.passed(host)

    def passed(self, host: str) -> Unreachable:
        return Unreachable(
            f"{host} did not send the whole document within {self.seconds:.0f} s: try again later."
        )


def fetch(
    address: str,
    *,
    rules: Rules | None = None,
    limits: Limits | None = None,
    types: Collection[str] = DOCUMENT_TYPES,
    trust: ssl.SSLContext | None = None,
    say: Callable[[str], None] = lambda message: None,
) -> Fetched:
    """The document at ``address``.

    ``trust`` holds other certificate authorities than the usual; ``say`` is told of each try that
    failed and will be repeated. Raises ``BadSource`` for what is no address, and a leaf of
    ``FetchError`` otherwise.
    """
    rules, limits = rules or Rules(), limits or Limits()
    url = _parsed(address)
    rules.check(url)
    deadline = _Deadline(time.monotonic() + limits.total, limits.total, threading.Event())
    return _within(
        deadline,
        host_of(address),
        lambda: _with_retries(_Order(url, rules, limits, frozenset(types), deadline), trust, say),
    )


def host_of(address: str) -> str:
    """The host that an address names, for people; the address itself where it names none."""
    try:
        return httpx.URL(address).host or address
    except (httpx.InvalidURL, ValueError):
        return address


def _parsed(address: str) -> httpx.URL:
    try:
        url = httpx.URL(address)
    except (httpx.InvalidURL, ValueError) as error:
        raise BadSource(f"{address!r} is no address: {error}.") from error
    if not url.host:
        raise BadSource(f"{address!r} is no address: it names no host.")
    return url


def _within(deadline: _Deadline, host: str, work: Callable[[], T]) -> T:
    """What ``work`` returns, or ``Unreachable`` when the deadline passes.

    It works in a thread of its own, for looking a name up and reading headers have no time limit
    that can be set; a thread left behind ends at its next step, and never holds up the process.
    """
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)

    threading.Thread(target=run, daemon=True, name=f"fetch {host}").start()
    try:
        return future.result(timeout=deadline.left + 0.5)
    except FutureTimeout:
        raise deadline.passed(host) from None
    finally:
        deadline.stopped.set()


@dataclass(frozen=True, slots=True)
class _Order:
    """What to fetch, and within which bounds."""

    url: httpx.URL
    rules: Rules
    limits: Limits
    types: frozenset[str]
    deadline: _Deadline


def _with_retries(
    order: _Order, trust: ssl.SSLContext | None, say: Callable[[str], None]
) -> Fetched:
    failures = 0
    with _client(order.limits, trust) as client:
        while True:
            try:
                return _one_try(client, order)
            except _TryLater as failed:
                failures += 1
                _wait(order, failed, failures, say)


def _wait(order: _Order, failed: _TryLater, failures: int, say: Callable[[str], None]) -> None:
    """Pause before the next try; raise why the last one failed where none will follow."""
    limits, deadline = order.limits, order.deadline
    pause = max(limits.pause * 2 ** (failures - 1), failed.pause or 0.0)
    if failures >= limits.tries or pause > limits.longest_pause or pause >= deadline.left:
        raise failed.error
    say(f"{str(failed).rstrip('.')}; trying again in {pause:.0f} s.")
    deadline.stopped.wait(pause)
    deadline.check(order.url.host)


def _client(limits: Limits, trust: ssl.SSLContext | None) -> httpx.Client:
    """A client that names the project, keeps cookies between hops, and follows none by itself."""
    try:
        return httpx.Client(
            verify=trust or True,
            timeout=httpx.Timeout(limits.read, connect=limits.connect),
            headers={
                "User-Agent": f"{PROJECT}/{_version()} (brings the official text to its reader)",
                "Accept-Encoding": "identity",
            },
        )
    except (ImportError, ValueError, OSError) as error:  # a proxy or authority it cannot use
        raise Unreachable(
            f"The proxy or the certificates that the environment names cannot be used "
            f"({_brief(error)}): correct or unset ALL_PROXY, HTTPS_PROXY or SSL_CERT_FILE."
        ) from error


def _version() -> str:
    try:
        return version(PROJECT)
    except PackageNotFoundError:
        return "0"


def _one_try(client: httpx.Client, order: _Order) -> Fetched:
    """Follow the address to its document; raises ``_TryLater`` where another try may help."""
    url = order.url
    for _ in range(order.limits.redirects + 1):
        order.rules.check(url)
        order.deadline.check(url.host)
        with _told(url.host), client.stream("GET", url) as response:
            if response.next_request is None:
                return _received(response, order)
            url = response.next_request.url
    raise BadResponse(
        f"{order.url.host} redirects more than {order.limits.redirects} times: the address may "
        "have changed, so name a copy with --from."
    )


@contextmanager
def _told(host: str) -> Iterator[None]:
    """Turn what can go wrong on the network into one sentence."""
    try:
        yield
    except httpx.InvalidURL as error:
        raise BadResponse(f"{host} redirects to what is no address ({_brief(error)}).") from error
    except httpx.TimeoutException as error:
        raise _TryLater(Unreachable(f"{host} did not answer in time.")) from error
    except httpx.RemoteProtocolError as error:
        reason = f"{host} did not send a whole answer ({_brief(error)})."
        raise _TryLater(Unreachable(reason)) from error
    except httpx.RequestError as error:
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            raise Unreachable(
                f"{host} shows a certificate that is not trusted ({_brief(error)}): a proxy may "
                "stand in between, whose authority SSL_CERT_FILE can name."
            ) from error
        reason = f"{host} cannot be reached ({_brief(error)})."
        raise _TryLater(Unreachable(reason)) from error


def _brief(error: Exception) -> str:
    words = re.sub(r"^\[Errno -?\d+\] ", "", " ".join(str(error).split()))
    return words.rstrip(".") or type(error).__name__


def _received(response: httpx.Response, order: _Order) -> Fetched:
    host = response.url.host
    _check_status(response, host)
    media_type = response.headers.get("content-type", "").split(";")[0].strip().lower()
    if media_type not in order.types | _UNSTATED:
        raise BadResponse(f"{host} sent {media_type!r} where a document was asked for.")
    content = _body(response, order, host)
    if not content.strip():
        raise BadResponse(f"{host} sent an empty document.")
    return Fetched(content, str(order.url), str(response.url), media_type)


def _check_status(response: httpx.Response, host: str) -> None:
    status = response.status_code
    if status == 200:
        return
    error = BadResponse(f"{host} answered with status {status} ({response.reason_phrase}).")
    if status in _BUSY:
        raise _TryLater(error, _asked_pause(response.headers.get("retry-after", "")))
    raise error


def _asked_pause(value: str) -> float | None:
    """The seconds that a ``Retry-After`` asks for, whether it gives them or a date."""
    if value.strip().isdecimal():
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None


def _body(response: httpx.Response, order: _Order, host: str) -> bytes:
    """The whole body, read as it comes, with a bar that shows how far it is."""
    stated = response.headers.get("content-length", "")
    total = int(stated) if stated.isdecimal() else None
    _check_size(total or 0, order.limits, host)
    pieces = bytearray()
    with tqdm(
        total=total, desc=f"Fetching from {host}", unit="B", unit_scale=True, delay=0.3, leave=False
    ) as progress:
        for piece in response.iter_bytes():
            order.deadline.check(host)
            pieces += piece
            _check_size(len(pieces), order.limits, host)
            progress.update(len(piece))
    return bytes(pieces)


def _check_size(size: int, limits: Limits, host: str) -> None:
    if size > limits.size:
        raise BadResponse(
            f"{host} sends more than {limits.size / 1e6:g} MB, which no treaty text needs: "
            "nothing was kept of it."
        )
