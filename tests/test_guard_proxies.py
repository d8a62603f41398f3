"""Who is asking, and whose word is taken for it; over a real socket."""

from __future__ import annotations

import logging

import pytest

from assistant.web.guard.proxies import visitor_of
from tests.guarded import guarded

FORGED = {
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "evil.example",
    "Forwarded": "for=203.0.113.9;proto=https",
}


def test_what_a_stranger_tells_of_others_does_not_come_in():
    with guarded() as client:
        told = client.get("/", headers=FORGED).json()
    assert told == {"client": "127.0.0.1", "scheme": "http", "forwarded": [], "bytes": 0}


def test_the_operator_of_a_proxy_that_is_not_named_is_told_once(caplog):
    with caplog.at_level(logging.WARNING), guarded() as client:
        for _ in range(3):
            client.get("/", headers=FORGED)
    assert caplog.text.count("CONVENTION_TRUSTED_PROXIES") == 1


def test_a_trusted_proxy_is_believed():
    with guarded(trusted_proxies="127.0.0.0/8") as client:
        told = client.get("/", headers=FORGED).json()
    assert told["client"] == "203.0.113.9" and told["scheme"] == "https"
    assert "x-forwarded-host" in told["forwarded"]


def test_what_a_visitor_put_before_the_proxys_own_word_is_not_believed():
    forged = {"X-Forwarded-For": "198.51.100.1, 203.0.113.9, 10.0.0.7"}
    with guarded(trusted_proxies="127.0.0.1 10.0.0.0/8") as client:
        assert client.get("/", headers=forged).json()["client"] == "203.0.113.9"


def test_forged_addresses_do_not_get_around_a_limit():
    with guarded(limit_read="2/day") as client:
        statuses = [
            client.get("/api/x", headers={"X-Forwarded-For": f"203.0.113.{n}"}).status_code
            for n in range(4)
        ]
    assert statuses == [200, 200, 429, 429]


def test_visitors_behind_a_trusted_proxy_have_a_limit_each():
    with guarded(limit_read="1/day", trusted_proxies="127.0.0.1") as client:
        statuses = [
            client.get("/api/x", headers={"X-Forwarded-For": address}).status_code
            for address in ("203.0.113.1", "203.0.113.1", "203.0.113.2")
        ]
    assert statuses == [200, 429, 200]


@pytest.mark.parametrize(
    ("address", "visitor"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("<script>", "unknown"),
    ],
)
def test_an_address_counts_alone_or_as_the_network_of_a_household(address, visitor):
    assert visitor_of({"client": (address, 1)}) == visitor


def test_a_visitor_without_an_address_counts_with_all_such():
    assert visitor_of({"client": None}) == visitor_of({}) == "unknown"
