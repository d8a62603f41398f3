"""A web site on the loopback interface that behaves as well or as badly as a test wants."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import trustme

Page = Callable[[BaseHTTPRequestHandler], None]


class Site:
    """What it was asked for, in order, and the pages that it answers with."""

    def __init__(self, address: str, trust: ssl.SSLContext) -> None:
        self.address = address
        self.trust = trust
        self.pages: dict[str, Page] = {}
        self.asked: list[str] = []
        self.agents: list[str] = []

    def url(self, path: str) -> str:
        return self.address + path

    def serve(self, path: str, page: Page | bytes, media_type: str = "text/plain") -> str:
        """Answer ``path`` with a page, or with bytes of that type; returns its address."""
        if isinstance(page, bytes):
            page = document(page, media_type)
        self.pages[path] = page
        return self.url(path)


def document(content: bytes, media_type: str = "text/plain", **headers: str) -> Page:
    """A page that sends a document as it should be sent."""

    def page(request: BaseHTTPRequestHandler) -> None:
        head(request, 200, content_type=media_type, content_length=str(len(content)), **headers)
        request.wfile.write(content)

    return page


def redirect(location: str, status: int = 302, **headers: str) -> Page:
    return lambda request: head(request, status, location=location, content_length="0", **headers)


def failing(status: int, **headers: str) -> Page:
    return lambda request: head(request, status, content_length="0", **headers)


def first(*pages: Page) -> Page:
    """Each page once, in order, and the last one from then on."""
    left = list(pages)
    return lambda request: (left.pop(0) if len(left) > 1 else left[0])(request)


def half(content: bytes, stated: int) -> Page:
    """A page that states a length and closes before it is reached."""

    def page(request: BaseHTTPRequestHandler) -> None:
        head(request, 200, content_type="text/plain", content_length=str(stated))
        request.wfile.write(content)

    return page


def drip(content: bytes, seconds: float, before_head: bool = False) -> Page:
    """A page that sends a byte at a time: of the body, or even of the headers."""

    def page(request: BaseHTTPRequestHandler) -> None:
        sent = content
        if before_head:
            sent = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nX-Long: " + content
        else:
            head(request, 200, content_type="text/plain", content_length=str(len(content)))
        for place in range(len(sent)):
            request.wfile.write(sent[place : place + 1])
            request.wfile.flush()
            time.sleep(seconds)

    return page


def endless(media_type: str = "text/plain") -> Page:
    def page(request: BaseHTTPRequestHandler) -> None:
        head(request, 200, content_type=media_type)
        while True:
            request.wfile.write(b"more and more " * 1000)

    return page


def head(request: BaseHTTPRequestHandler, status: int, **headers: str) -> None:
    request.send_response(status)
    for name, value in headers.items():
        request.send_header(name.replace("_", "-"), value)
    request.end_headers()


@contextmanager
def site(*, https: bool = True, names: tuple[str, ...] = ("localhost",)) -> Iterator[Site]:
    """A running site; over https, its certificate is for ``names`` and its authority is known."""
    authority = trustme.CA()
    trust = ssl.create_default_context()
    authority.configure_trust(trust)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    if https:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        authority.issue_cert(*names).configure_cert(context)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    made = Site(f"http{'s' * https}://localhost:{server.server_address[1]}", trust)
    made.authority = authority
    server.made = made
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def write_authority(made: Site, file: Path) -> Path:
    """The site's authority as a file that SSL_CERT_FILE can name."""
    made.authority.cert_pem.write_to_path(str(file))
    return file


def without_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """No name can be looked up from here on."""

    def nowhere(*arguments: object, **given: object) -> None:
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"

    def do_GET(self) -> None:
        made = self.server.made
        made.asked.append(self.path)
        made.agents.append(self.headers.get("user-agent", ""))
        with suppress(OSError):
            made.pages.get(self.path, failing(404))(self)

    def log_message(self, *arguments: object) -> None:
        pass
