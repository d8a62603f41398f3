"""Fetching a document: from named hosts only, within limits, whatever the server does."""

import gzip
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from index.errors import BadResponse, BadSource, FetchError, ForbiddenAddress, Unreachable
from index.fetching import Limits, Rules, fetch, host_of
from tests.loopback import (
    Site,
    document,
    drip,
    endless,
    failing,
    first,
    half,
    redirect,
    site,
    without_network,
)

HERE = Rules(hosts=frozenset({"localhost"}))
FAST = Limits(connect=2.0, read=2.0, total=5.0, tries=4, pause=0.01, longest_pause=1.5)
TEXT = b"Article 1\nThe whole text."


@pytest.fixture(scope="module")
def running() -> Iterator[Site]:
    with site() as made:
        yield made


@pytest.fixture
def secure(running) -> Site:
    running.pages.clear()
    running.asked.clear()
    return running


def fetched(made: Site, path: str, *, rules: Rules = HERE, limits: Limits = FAST, **given) -> bytes:
    return fetch(made.url(path), rules=rules, limits=limits, trust=made.trust, **given).content


def assert_one_sentence(error: pytest.ExceptionInfo) -> None:
    message = str(error.value)
    assert "\n" not in message and message.endswith(".") and ". " not in message


def test_a_document_comes_whole_with_its_address_and_type(secure):
    address = secure.serve("/text", TEXT, "text/html; charset=utf-8")
    found = fetch(address, rules=HERE, limits=FAST, trust=secure.trust)
    assert (found.content, found.media_type) == (TEXT, "text/html")
    assert found.address == found.final == address


def test_the_request_names_the_project(secure):
    secure.serve("/text", TEXT)
    fetched(secure, "/text")
    assert secure.agents[-1].startswith("cybercrime-convention-assistant/")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(secure, status):
    secure.serve("/old", redirect("/new", status))
    secure.serve("/new", redirect(secure.url("/text"), status))
    secure.serve("/text", TEXT)
    found = fetch(secure.url("/old"), rules=HERE, limits=FAST, trust=secure.trust)
    assert found.content == TEXT and found.final == secure.url("/text")
    assert secure.asked == ["/old", "/new", "/text"]


def test_a_cookie_set_on_the_way_is_kept_to_the_end(secure):
    def guarded(request):
        seen = "let=me" in request.headers.get("cookie", "")
        (document(TEXT) if seen else redirect("/text", set_cookie="let=me"))(request)

    secure.serve("/text", guarded)
    assert fetched(secure, "/text") == TEXT


def test_a_redirect_to_a_foreign_host_is_not_followed(secure):
    with site(names=("127.0.0.1",)) as foreign:
        foreign.serve("/text", TEXT)
        elsewhere = foreign.url("/text").replace("localhost", "127.0.0.1")
        secure.serve("/text", redirect(elsewhere))
        with pytest.raises(ForbiddenAddress, match=r"127\.0\.0\.1 is not one") as caught:
            fetched(secure, "/text")
        assert foreign.asked == []
    assert_one_sentence(caught)


def test_a_redirect_to_plain_http_is_not_followed(secure):
    with site(https=False) as plain:
        plain.serve("/text", TEXT)
        secure.serve("/text", redirect(plain.url("/text")))
        with pytest.raises(ForbiddenAddress, match="not an https address") as caught:
            fetched(secure, "/text")
        with pytest.raises(ForbiddenAddress):
            fetched(secure, "/text", rules=Rules.of_user(secure.url("/text")))
        assert plain.asked == []
    assert_one_sentence(caught)


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://localhost/x", "data:,x"])
def test_a_redirect_to_another_scheme_is_not_followed(secure, location):
    secure.serve("/text", redirect(location))
    with pytest.raises(FetchError):
        fetched(secure, "/text", rules=Rules(hosts=None, plain_http=True))


@pytest.mark.parametrize("location", ["https://[broken", "http://\x7f", "//", ""])
def test_a_redirect_to_nowhere_is_told(secure, location):
    secure.serve("/text", redirect(location))
    with pytest.raises(FetchError) as caught:
        fetched(secure, "/text")
    assert "\n" not in str(caught.value)


def test_a_circle_of_redirects_is_told(secure):
    secure.serve("/a", redirect("/b"))
    secure.serve("/b", redirect("/a"))
    with pytest.raises(BadResponse, match="redirects more than 10 times") as caught:
        fetched(secure, "/a")
    assert len(secure.asked) == 11
    assert_one_sentence(caught)


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("https://www.unodc.org/text.html", True),
        ("https://unodc.org/", True),
        ("https://WWW.UNODC.ORG/", True),
        ("https://documents.un.org/api?s=A/RES/79/243", True),
        ("https://treaties.un.org.:443/x", True),
        ("http://www.unodc.org/text.html", False),
        ("https://evilunodc.org/", False),
        ("https://unodc.org.evil.com/", False),
        ("https://unodc.org@evil.com/", False),
        ("https://evil.com/#unodc.org", False),
        ("https://un.org%2eevil.com/", False),
        ("https://org/", False),
        ("https://1.2.3.4/un.org", False),
    ],
)
def test_only_named_hosts_over_https_are_allowed(address, allowed):
    try:
        Rules().check(httpx.URL(address))
    except (ForbiddenAddress, httpx.InvalidURL):
        assert not allowed
    else:
        assert allowed


@pytest.mark.parametrize(
    "address", ["", "text.html", "https://", "https:///x", "http://[::1", "\0"]
)
def test_what_is_no_address_is_told(address):
    with pytest.raises(BadSource, match="is no address"):
        fetch(address)


def test_a_user_may_name_an_address_without_encryption():
    with site(https=False) as plain:
        address = plain.serve("/text", TEXT)
        with pytest.raises(ForbiddenAddress):
            fetch(address, rules=HERE, limits=FAST)
        assert fetch(address, rules=Rules.of_user(address), limits=FAST).content == TEXT


def test_a_certificate_that_is_not_trusted_is_told_once(secure):
    secure.serve("/text", TEXT)
    said: list[str] = []
    with pytest.raises(Unreachable, match="SSL_CERT_FILE") as caught:
        trust = ssl.create_default_context()
        fetch(secure.url("/text"), rules=HERE, limits=FAST, trust=trust, say=said.append)
    assert secure.asked == [] and said == []
    assert_one_sentence(caught)


def test_a_certificate_of_another_name_is_not_trusted():
    with site(names=("other.example",)) as made:
        made.serve("/text", TEXT)
        with pytest.raises(Unreachable, match="not trusted"):
            fetched(made, "/text")


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_server_that_recovers_is_asked_again(secure, status):
    said: list[str] = []
    secure.serve("/text", first(failing(status), failing(status), document(TEXT)))
    assert fetched(secure, "/text", say=said.append) == TEXT
    assert len(secure.asked) == 3 and len(said) == 2 and str(status) in said[0]


def test_a_server_that_does_not_recover_is_told_after_the_last_try(secure):
    secure.serve("/text", failing(503))
    with pytest.raises(BadResponse, match="status 503") as caught:
        fetched(secure, "/text")
    assert len(secure.asked) == FAST.tries
    assert_one_sentence(caught)


def test_the_pause_grows(secure, monkeypatch):
    pauses: list[float] = []
    monkeypatch.setattr(
        threading.Event, "wait",
        lambda event, seconds=None, wait=threading.Event.wait: (
            pauses.append(seconds) if threading.current_thread().name.startswith("fetch ")
            else wait(event, seconds)
        ),
    )  # fmt: skip
    secure.serve("/text", failing(500))
    with pytest.raises(BadResponse):
        fetched(secure, "/text", limits=Limits(tries=4, pause=0.2, total=5))
    assert pauses == pytest.approx([0.2, 0.4, 0.8])


@pytest.mark.parametrize("status", [204, 206, 304, 400, 401, 403, 404, 410, 501])
def test_other_answers_are_not_asked_for_again(secure, status):
    secure.serve("/text", failing(status))
    with pytest.raises(BadResponse, match=f"status {status}") as caught:
        fetched(secure, "/text")
    assert len(secure.asked) == 1
    assert_one_sentence(caught)


def test_a_retry_after_is_honoured(secure):
    secure.serve("/text", first(failing(429, retry_after="1"), document(TEXT)))
    started = time.monotonic()
    assert fetched(secure, "/text") == TEXT
    assert 1.0 <= time.monotonic() - started < 3.0


def test_a_retry_after_may_be_a_date(secure):
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=1.4), usegmt=True)
    secure.serve("/text", first(failing(503, retry_after=soon), document(TEXT)))
    assert fetched(secure, "/text") == TEXT


@pytest.mark.parametrize("value", ["soon", "-5", "1e9", "²", "Mon, 99 Foo 2025"])
def test_a_retry_after_without_sense_means_the_usual_pause(secure, value):
    secure.serve(
        "/text", first(failing(503, retry_after=value.encode().decode("latin-1")), document(TEXT))
    )
    assert fetched(secure, "/text") == TEXT


@pytest.mark.parametrize("value", ["3600", "99999999999999999999", "Wed, 01 Jan 2098 00:00:00 GMT"])
def test_a_retry_after_beyond_reason_is_not_waited_for(secure, value):
    secure.serve("/text", failing(429, retry_after=value))
    started = time.monotonic()
    with pytest.raises(BadResponse, match="status 429"):
        fetched(secure, "/text")
    assert time.monotonic() - started < 1.0 and len(secure.asked) == 1


def test_half_a_download_is_never_taken_for_a_whole_one(secure):
    secure.serve("/text", half(TEXT[:10], len(TEXT)))
    with pytest.raises(Unreachable, match="did not send a whole answer") as caught:
        fetched(secure, "/text")
    assert len(secure.asked) == FAST.tries
    assert_one_sentence(caught)


def test_half_a_download_is_tried_again(secure):
    secure.serve("/text", first(half(TEXT[:10], len(TEXT)), document(TEXT)))
    assert fetched(secure, "/text") == TEXT


def test_a_server_that_hangs_up_is_told(secure):
    secure.serve("/text", lambda request: request.connection.close())
    with pytest.raises(Unreachable) as caught:
        fetched(secure, "/text")
    assert_one_sentence(caught)


@pytest.mark.parametrize("before_head", [False, True])
def test_a_slow_drip_ends_at_the_total_time(secure, before_head):
    secure.serve("/text", drip(b"x" * 1000, 0.05, before_head))
    limits = Limits(read=5.0, total=1.0, tries=1)
    started = time.monotonic()
    with pytest.raises(Unreachable, match="within 1 s") as caught:
        fetched(secure, "/text", limits=limits)
    assert time.monotonic() - started < 2.5
    assert_one_sentence(caught)


def test_a_slow_document_within_the_time_comes_whole_and_shows_how_far_it_is(secure, capsys):
    secure.serve("/text", drip(b"whole " * 8, 0.02))
    assert fetched(secure, "/text") == b"whole " * 8
    assert "Fetching from localhost" in capsys.readouterr().err


def test_a_server_that_never_answers_ends_in_time():
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"https://localhost:{silent.getsockname()[1]}/"
        started = time.monotonic()
        with pytest.raises(Unreachable) as caught:
            fetch(address, rules=HERE, limits=Limits(connect=0.3, read=0.3, total=1.0, tries=2))
        assert time.monotonic() - started < 3.0
    assert_one_sentence(caught)


def test_a_name_that_takes_for_ever_to_look_up_ends_in_time(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: time.sleep(4) or [])
    started = time.monotonic()
    with pytest.raises(Unreachable):
        fetch("https://www.unodc.org/", limits=Limits(total=0.5))
    assert time.monotonic() - started < 2.0


def test_no_network_is_told_in_one_sentence(monkeypatch):
    without_network(monkeypatch)
    said: list[str] = []
    with pytest.raises(Unreachable, match=r"www\.unodc\.org cannot be reached") as caught:
        fetch("https://www.unodc.org/", limits=FAST, say=said.append)
    assert_one_sentence(caught)
    assert len(said) == 3


def test_a_port_that_nobody_listens_on_is_told():
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"https://localhost:{closed.getsockname()[1]}/"
    with pytest.raises(Unreachable, match="cannot be reached"):
        fetch(address, rules=HERE, limits=FAST)


def test_an_endless_body_is_cut_off(secure):
    secure.serve("/text", endless())
    with pytest.raises(BadResponse, match="more than 1 MB") as caught:
        fetched(secure, "/text", limits=Limits(size=1_000_000, total=5))
    assert_one_sentence(caught)


def test_a_document_that_states_too_large_a_size_is_not_begun(secure):
    secure.serve("/text", half(b"", 10**12))
    with pytest.raises(BadResponse, match="more than 30 MB"):
        fetched(secure, "/text", limits=Limits())


def test_a_document_that_unpacks_to_more_than_the_limit_is_cut_off(secure):
    packed = gzip.compress(b" " * 50_000_000)
    secure.serve("/text", document(packed, content_encoding="gzip"))
    with pytest.raises(BadResponse, match="more than 30 MB"):
        fetched(secure, "/text", limits=Limits())


def test_a_packed_document_is_unpacked(secure):
    secure.serve("/text", document(gzip.compress(TEXT), content_encoding="gzip"))
    assert fetched(secure, "/text") == TEXT


def test_a_document_that_does_not_unpack_is_told(secure):
    secure.serve("/text", document(TEXT, content_encoding="gzip"))
    with pytest.raises(Unreachable):
        fetched(secure, "/text")


@pytest.mark.parametrize("size", ["", "many", "-1"])
def test_a_size_that_makes_no_sense_is_survived(secure, size):
    def page(request):
        request.wfile.write(
            b"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\nContent-Length: "
            + size.encode() + b"\r\n\r\n" + TEXT
        )  # fmt: skip

    secure.serve("/text", page)
    with pytest.raises(FetchError):
        fetched(secure, "/text")


@pytest.mark.parametrize("media_type", ["image/png", "application/json", "application/zip"])
def test_a_type_that_is_no_document_is_refused(secure, media_type):
    secure.serve("/text", TEXT, media_type)
    with pytest.raises(BadResponse, match=media_type) as caught:
        fetched(secure, "/text")
    assert_one_sentence(caught)


@pytest.mark.parametrize("media_type", ["", "application/octet-stream", "TEXT/HTML;charset=x"])
def test_a_type_that_says_nothing_is_taken(secure, media_type):
    secure.serve("/text", TEXT, media_type)
    assert fetched(secure, "/text") == TEXT


@pytest.mark.parametrize("content", [b"", b" \r\n "])
def test_an_empty_document_is_refused(secure, content):
    secure.serve("/text", content)
    with pytest.raises(BadResponse, match="empty"):
        fetched(secure, "/text")


def test_answers_that_are_not_http_are_told(secure):
    secure.serve("/text", lambda request: request.wfile.write(b"SSH-2.0-OpenSSH_9.9\r\n"))
    with pytest.raises(Unreachable) as caught:
        fetched(secure, "/text")
    assert_one_sentence(caught)


@pytest.mark.parametrize(
    ("name", "value"), [("ALL_PROXY", "nonsense://x"), ("SSL_CERT_FILE", "/no/such/file")]
)
def test_an_environment_that_cannot_be_used_is_told(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(Unreachable, match="the environment names") as caught:
        fetch("https://www.unodc.org/", limits=FAST)
    assert_one_sentence(caught)


def test_no_thread_outlives_a_fetch_for_long(secure):
    secure.serve("/text", drip(b"x" * 1000, 0.05))
    before = set(threading.enumerate())
    with pytest.raises(Unreachable):
        fetched(secure, "/text", limits=Limits(total=0.3, tries=1))
    end = time.monotonic() + 3
    while any(t.name.startswith("fetch ") for t in set(threading.enumerate()) - before):
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.parametrize(
    ("address", "host"), [("https://a.un.org/x", "a.un.org"), ("text.html", "text.html")]
)
def test_the_host_of_an_address_is_named_for_people(address, host):
    assert host_of(address) == host
