"""The one application: what holds for every route."""

import httpx
import pytest

from assistant.web.app import build_app
from tests.browser import served


@pytest.fixture(scope="module")
def address(assistant):
    with served(build_app(assistant)) as address:
        yield address


def test_long_pages_come_compressed_and_streams_as_they_are(address):
    with httpx.Client(base_url=address, timeout=60) as client:
        register = client.get("/register")
        assert register.headers["Content-Encoding"] == "gzip"
        assert int(register.headers["Content-Length"]) < len(register.content) / 5
        asked = {"question": "How long must data be preserved?"}
        stream = client.post("/api/ask", json=asked, headers={"Accept": "text/event-stream"})
        assert "Content-Encoding" not in stream.headers


def test_a_client_that_does_not_unpack_gets_it_plain(address):
    plain = httpx.get(f"{address}/register", headers={"Accept-Encoding": "identity"}, timeout=60)
    assert "Content-Encoding" not in plain.headers and "All 634 clauses" in plain.text
