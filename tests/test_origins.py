"""Lists of sites in settings: what is read as an origin, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from assistant.origins import origins
from assistant.settings import read_settings
from index.errors import BadInput


def test_sites_are_separated_by_blanks_or_commas():
    assert origins("https://a.example, https://b.example\nhttps://c.example") == (
        "https://a.example https://b.example https://c.example"
    )


@pytest.mark.parametrize(
    ("site", "origin"),
    [
        ("https://Help.Example.org/", "https://help.example.org"),
        ("https://help.example.org:443", "https://help.example.org"),
        ("http://help.example.org:80", "http://help.example.org"),
        ("https://help.example.org:8443", "https://help.example.org:8443"),
        ("http://localhost:3000", "http://localhost:3000"),
        ("http://10.0.0.7", "http://10.0.0.7"),
        ("https://*.zendesk.com", "https://*.zendesk.com"),
        ("https://a.example https://a.example", "https://a.example"),
        ("", ""),
    ],
)
def test_an_origin_is_written_as_browsers_write_it(site, origin):
    assert origins(site) == origin


@pytest.mark.parametrize(
    "site",
    [
        "help.example.org",
        "https://help.example.org/page",
        "https://help.example.org?x",
        "https://user@help.example.org",
        "ftp://help.example.org",
        "https://*",
        "https://*.org.*",
        "https://*.com",
        "*",
        "null",
        "'self'",
        "https://a.example;script-src",
        "https://-a.example",
        "https://a..example",
    ],
)
def test_what_is_no_origin_is_refused(site):
    with pytest.raises(PydanticCustomError, match="is no origin"):
        origins(f"https://good.example {site}")


@given(st.text())
def test_whatever_passes_can_stand_in_a_header(sites):
    try:
        read = origins(sites)
    except PydanticCustomError:
        return
    assert read.isascii()
    assert not set(read) & set(";,'\"\r\n\t")


def test_a_wrong_site_in_the_settings_is_told_in_a_sentence(monkeypatch):
    monkeypatch.setenv("CONVENTION_EMBED_SITES", "https://good.example help.example.org")
    with pytest.raises(BadInput) as refusal:
        read_settings()
    assert str(refusal.value) == (
        "CONVENTION_EMBED_SITES is 'https://good.example help.example.org': help.example.org is no "
        "origin: write scheme and host alone, like https://help.example.org. Correct or unset it."
    )
