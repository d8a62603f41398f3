"""The whole way of the official text: fetched, read, checked, kept; or told why not."""

import hashlib
import json
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import (
    BadResponse,
    BadSource,
    FetchError,
    ForbiddenAddress,
    KeepingError,
    RejectedText,
    Unreachable,
)
from index.fetching import Limits, Rules
from index.keeping import open_official
from index.languages import LANGUAGES
from index.official import (
    ADDRESSES,
    Examined,
    fetch_official,
    fetch_once,
    sources_of,
)
from index.sources import Source, document_from
from tests.disks import read_only, small_disk
from tests.loopback import Site, document, endless, failing, first, half, redirect, site
from tests.treaty import (
    DIGEST,
    DIGEST_TEXT,
    as_plain_text,
    shifted,
    translated,
    without,
)

HERE = Rules(hosts=frozenset({"localhost"}))
FAST = Limits(connect=2.0, read=2.0, total=5.0, tries=3, pause=0.01, longest_pause=1.0)
PORTAL = b"<!DOCTYPE html><html><head><title>Welcome</title></head><body>Log in to the hotel's WLAN"


@pytest.fixture(scope="module")
def running() -> Iterator[Site]:
    with site() as made:
        yield made


@pytest.fixture
def secure(running) -> Site:
    running.pages.clear()
    running.asked.clear()
    return running


def fetched(data: Path, made: Site, *paths: str, **given):
    sources = [Source(made.url(path), HERE) for path in paths]
    return fetch_official(data, DIGEST, sources, **{"limits": FAST, "trust": made.trust} | given)


def from_file(data: Path, file: Path, content: bytes | str, **given):
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return fetch_official(data, DIGEST, sources_of("en", str(file)), **given)


def assert_one_sentence(error: pytest.ExceptionInfo) -> None:
    message = str(error.value)
    assert "\n" not in message and message.endswith(".")


def test_the_digest_as_a_page_goes_the_whole_way_to_the_letter(tmp_path, secure):
    secure.serve("/old", redirect("/text", 301))
    secure.serve("/text", DIGEST_TEXT.encode(), "text/plain; charset=utf-8")
    official = fetched(tmp_path, secure, "/old")
    assert official == open_official(tmp_path)
    assert official.convention.chapters == DIGEST.chapters
    assert official.convention.preamble == DIGEST.preamble
    assert official.convention.source == "official"
    record = official.record
    assert (record.address, record.final) == (secure.url("/old"), secure.url("/text"))
    assert record.sha256 == hashlib.sha256(DIGEST_TEXT.encode()).hexdigest()
    assert official.convention.sha256 == record.sha256
    assert record.told == record.doubtful == ()


def test_the_second_address_is_asked_where_the_first_fails(tmp_path, secure):
    said: list[str] = []
    secure.serve("/page", failing(404))
    secure.serve("/pdf", DIGEST_TEXT.encode())
    official = fetched(tmp_path, secure, "/page", "/pdf", say=said.append)
    assert official.record.address == secure.url("/pdf")
    assert len(said) == 1 and "404" in said[0]


def test_the_second_address_is_not_asked_where_the_first_does(tmp_path, secure):
    secure.serve("/page", DIGEST_TEXT.encode())
    secure.serve("/pdf", DIGEST_TEXT.encode())
    fetched(tmp_path, secure, "/page", "/pdf")
    assert secure.asked == ["/page"]


def test_a_captive_portal_is_kept_aside_and_the_next_address_asked(tmp_path, secure):
    secure.serve("/page", PORTAL, "text/html")
    secure.serve("/pdf", DIGEST_TEXT.encode())
    assert fetched(tmp_path, secure, "/page", "/pdf").record.address == secure.url("/pdf")
    (aside,) = (tmp_path / "official" / "rejected").iterdir()
    assert (aside / "document.html").read_bytes() == PORTAL


def test_a_captive_portal_everywhere_is_told_and_the_old_text_stays(tmp_path, secure):
    secure.serve("/text", DIGEST_TEXT.encode())
    before = fetched(tmp_path, secure, "/text")
    secure.serve("/page", redirect("/login"))
    secure.serve("/login", PORTAL, "text/html")
    with pytest.raises(RejectedText, match=r"localhost is not used.*rejected") as caught:
        fetched(tmp_path, secure, "/page")
    assert_one_sentence(caught)
    assert open_official(tmp_path) == before


def test_a_portal_that_redirects_to_another_host_is_told(tmp_path, secure):
    secure.serve("/page", redirect("https://login.hotel.example/"))
    with pytest.raises(ForbiddenAddress, match=r"login\.hotel\.example"):
        fetched(tmp_path, secure, "/page")
    assert not (tmp_path / "official").exists()


@pytest.mark.parametrize(
    ("page", "error"),
    [
        (failing(503), BadResponse),
        (half(b"Article 1", 100_000), Unreachable),
        (endless(), BadResponse),
        (document(b"\x89PNG", "image/png"), BadResponse),
        (redirect("/page"), BadResponse),
        (lambda request: None, Unreachable),
    ],
)
def test_whatever_the_server_does_the_old_text_stays(tmp_path, secure, page, error):
    secure.serve("/text", DIGEST_TEXT.encode())
    before = fetched(tmp_path, secure, "/text")
    secure.serve("/page", page)
    with pytest.raises(error) as caught:
        fetched(tmp_path, secure, "/page", limits=replace(FAST, size=1_000_000))
    assert_one_sentence(caught)
    assert open_official(tmp_path) == before


def test_a_server_that_recovers_brings_the_text(tmp_path, secure):
    whole = document(DIGEST_TEXT.encode())
    cut = half(DIGEST_TEXT.encode()[:50_000], len(DIGEST_TEXT.encode()))
    secure.serve("/text", first(failing(500), cut, whole))
    assert fetched(tmp_path, secure, "/text").convention.chapters == DIGEST.chapters


def test_a_text_cut_off_without_a_stated_length_is_rejected(tmp_path, secure):
    def page(request):
        request.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n")
        request.wfile.write(DIGEST_TEXT.encode()[:90_000])

    secure.serve("/text", page)
    with pytest.raises(RejectedText, match="is not used"):
        fetched(tmp_path, secure, "/text")
    assert open_official(tmp_path) is None


def test_all_that_failed_is_in_the_one_error(tmp_path, secure):
    secure.serve("/page", failing(404))
    secure.serve("/pdf", PORTAL, "text/html")
    with pytest.raises(RejectedText, match=r"status 404.*; .*is not used.*--from") as caught:
        fetched(tmp_path, secure, "/page", "/pdf")
    assert_one_sentence(caught)
    secure.serve("/pdf", failing(410))
    with pytest.raises(FetchError, match=r"status 404.*; .*status 410") as caught:
        fetched(tmp_path, secure, "/page", "/pdf")
    assert not isinstance(caught.value, RejectedText)


def test_no_network_at_all_is_told_once(tmp_path, secure, monkeypatch):
    def nowhere(*arguments, **given):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    sources = sources_of("en")
    with pytest.raises(Unreachable) as caught:
        fetch_official(tmp_path, DIGEST, sources, limits=FAST)
    assert "neither www.unodc.org nor documents.un.org can be reached" in str(caught.value)
    assert_one_sentence(caught)


def test_a_text_that_fails_the_check_is_kept_aside_with_every_reason(tmp_path):
    shown: list[Examined] = []
    cut = DIGEST_TEXT.split("Article 68\n")[0]
    with pytest.raises(RejectedText, match="It has 67 articles") as caught:
        from_file(tmp_path, tmp_path / "text.txt", cut, show=shown.append)
    assert_one_sentence(caught)
    (aside,) = (tmp_path / "official" / "rejected").iterdir()
    reasons = json.loads((aside / "record.json").read_text(encoding="utf-8"))["reasons"]
    assert reasons == [d.sentence for d in shown[0].fatal]
    assert open_official(tmp_path) is None


def test_differences_that_are_told_are_kept_with_the_text(tmp_path):
    last = DIGEST.article(37).paragraphs[-1]
    official = from_file(tmp_path, tmp_path / "text.txt", as_plain_text(without(last.id)))
    assert any("lacks 1 provisions" in sentence for sentence in official.record.told)
    assert official.quote(last.id) is None


def test_provisions_under_other_numbers_are_kept_but_not_quoted(tmp_path):
    official = from_file(tmp_path, tmp_path / "text.txt", as_plain_text(shifted(40, 3)))
    assert official.quote("art-40/para-2") is not None
    assert official.quote("art-40/para-7") is None
    assert "art-40/para-5" in official.record.doubtful


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_another_language_is_kept_beside_english(tmp_path, language):
    english = from_file(tmp_path, tmp_path / "en.txt", DIGEST_TEXT)
    theirs = translated(language)
    (tmp_path / "theirs.txt").write_bytes(as_plain_text(theirs))
    sources = sources_of(language, str(tmp_path / "theirs.txt"))
    official = fetch_official(tmp_path, DIGEST, sources, language=language)
    assert official.convention.language == language
    assert official.quote("art-7/para-1").text == theirs["art-7/para-1"].text
    assert open_official(tmp_path) == english


def test_english_words_are_not_kept_as_french(tmp_path):
    (tmp_path / "text.txt").write_text(DIGEST_TEXT, encoding="utf-8")
    sources = sources_of("fr", str(tmp_path / "text.txt"))
    with pytest.raises(RejectedText, match="in English, and not in French"):
        fetch_official(tmp_path, DIGEST, sources, language="fr")


def test_an_address_that_the_user_names_may_be_any(tmp_path):
    with site(https=False) as plain:
        address = plain.serve("/my copy.txt", DIGEST_TEXT.encode())
        plain.pages["/my%20copy.txt"] = plain.pages["/my copy.txt"]
        official = fetch_official(tmp_path, DIGEST, sources_of("en", address))
    assert official.record.address == address.replace(" ", "%20")


def test_a_file_may_be_named_as_a_path_or_an_address(tmp_path):
    file = tmp_path / "my text.txt"
    official = from_file(tmp_path, file, DIGEST_TEXT)
    assert official.record.address == str(file)
    sources = sources_of("en", file.as_uri())
    assert fetch_official(tmp_path, DIGEST, sources).record.address == str(file)


@pytest.mark.parametrize("content", [None, b"", b"  \n"])
def test_a_file_that_holds_nothing_is_told(tmp_path, content):
    file = tmp_path / "text.txt"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(BadSource) as caught:
        fetch_official(tmp_path, DIGEST, sources_of("en", str(file)))
    assert_one_sentence(caught)
    assert not (tmp_path / "official").exists()


@pytest.mark.parametrize("named", ["folder", "a\0b", "x" * 5000])
def test_a_file_that_cannot_be_read_is_told(tmp_path, named):
    (tmp_path / "folder").mkdir()
    with pytest.raises(BadSource, match="cannot be read"):
        fetch_official(tmp_path, DIGEST, sources_of("en", str(tmp_path / named)))


def test_a_file_that_is_too_large_is_not_read_whole(tmp_path):
    with pytest.raises(BadSource, match=r"larger than 0\.001 MB"):
        from_file(tmp_path, tmp_path / "text.txt", DIGEST_TEXT, limits=Limits(size=1000))
    with pytest.raises(BadSource, match="larger than"):
        document_from(Source("/dev/zero"), limits=Limits(size=1000))


@pytest.mark.parametrize("named", ["ftp://un.org/x", "javascript://x", "s3://bucket/text"])
def test_another_kind_of_address_is_told(named):
    with pytest.raises(BadSource, match="neither a file nor an address"):
        sources_of("en", named)


def test_each_language_has_addresses_that_the_rules_allow():
    assert set(ADDRESSES) == set(LANGUAGES)
    for language, addresses in ADDRESSES.items():
        assert addresses
        for source in sources_of(language):
            assert source.is_address and source.place.startswith("https://")
            assert source.label in ("www.unodc.org", "documents.un.org")
    with pytest.raises(BadSource, match="choose one of"):
        sources_of("de")


def test_a_full_disk_is_told_and_the_old_text_stays(tmp_path, secure):
    secure.serve("/text", DIGEST_TEXT.encode())
    with small_disk(tmp_path / "disk") as disk:
        before = fetched(disk, secure, "/text")
        (disk / "ballast").write_bytes(b"x" * 500_000)
        with pytest.raises(KeepingError, match="free the disk") as caught:
            fetched(disk, secure, "/text")
        assert_one_sentence(caught)
        assert open_official(disk) == before


def test_a_folder_that_cannot_be_written_is_told_even_for_what_is_rejected(tmp_path, secure):
    secure.serve("/page", PORTAL, "text/html")
    (tmp_path / "data").mkdir()
    with read_only(tmp_path / "data") as place:
        with pytest.raises(RejectedText, match="it could not be kept aside"):
            fetched(place, secure, "/page")


def once(data: Path, made: Site, **given):
    sources = [Source(made.url("/text"), HERE)]
    return fetch_once(data, DIGEST, sources=sources, limits=FAST, trust=made.trust, **given)


def test_the_first_start_tries_once_and_says_so(tmp_path, secure):
    said: list[str] = []
    secure.serve("/text", DIGEST_TEXT.encode())
    official = once(tmp_path, secure, say=said.append)
    assert official is not None and "official text of https://localhost" in said[-1]
    said.clear()
    assert once(tmp_path, secure, say=said.append) == official
    assert said == [] and secure.asked == ["/text"]


def test_the_first_start_goes_on_where_nothing_comes_and_does_not_try_again(tmp_path, secure):
    said: list[str] = []
    secure.serve("/text", failing(404))
    assert once(tmp_path, secure, say=said.append) is None
    assert len(said) == 2 and "plain-language digest" in said[-1] and "\n" not in said[-1]
    assert once(tmp_path, secure, say=said.append) is None
    assert len(said) == 2 and secure.asked == ["/text"]


def test_the_first_start_goes_on_in_a_folder_that_cannot_be_written(tmp_path, secure):
    (tmp_path / "data").mkdir()
    with read_only(tmp_path / "data") as place:
        assert once(place, secure) is None
    assert secure.asked == []
