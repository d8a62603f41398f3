"""Lists of addresses and networks in the settings."""

from __future__ import annotations

import pytest

from assistant.settings import read_settings
from index.errors import BadInput


def test_addresses_and_networks_are_read_with_blanks_or_commas_between():
    settings = read_settings(trusted_proxies=" 10.0.0.5, 192.168.7.9/16 fd00::1,10.0.0.5 ")
    assert settings.trusted_proxies == "10.0.0.5/32 192.168.0.0/16 fd00::1/128"


@pytest.mark.parametrize("wrong", ["*", "proxy.example.org", "10.0.0.0/33", "10.0.0"])
def test_what_is_no_address_is_refused_by_name(wrong):
    with pytest.raises(BadInput, match=r"CONVENTION_TRUSTED_PROXIES .* is no address or network"):
        read_settings(trusted_proxies=f"10.0.0.5 {wrong}")
