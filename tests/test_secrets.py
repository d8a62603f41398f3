"""Keys and passwords are taken out of what people and logs see; names of models stay."""

from __future__ import annotations

import pytest

from assistant.secrets import MASK, masked
from assistant.settings import described, read_settings

SECRETS = [
    "sk-proj-abcdefGHIJKL0123456789",
    "sk-ant-api03-abcdef_GHIJKL-0123456789",
    "gsk_abcdefghijklmnop0123456789",
    "hf_abcdefghijklmnopqrstuvwxyz",
    "AIzaSyA0123456789abcdefghijklmnopqrstu",
    "0123456789abcdef0123456789abcdef",
]


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize(
    "text", ["{}", "openai:{}", "The key {} is wrong.", "http://a.example/v1?api_key={}&x=1"]
)
def test_a_key_is_masked_wherever_it_stands(secret, text):
    told = masked(text.format(secret))
    assert secret not in told and secret[8:] not in told and MASK in told


def test_the_user_and_password_of_an_address_are_masked():
    assert masked("http://me:word@a.example/v1") == f"http://{MASK}@a.example/v1"


@pytest.mark.parametrize(
    "name",
    [
        "openai:gpt-4o-mini-2024-07-18",
        "anthropic:claude-sonnet-4-5-20250929",
        "ollama:qwen2.5-coder:1.5b-instruct-q4_k_m",
        "together:meta-llama/Llama-3.3-70B-Instruct-Turbo",
        "fireworks:accounts/fireworks/models/deepseek-v3p1",
        "/var/lib/cybercrime-convention/data-2026",
        "",
    ],
)
def test_the_name_of_a_model_or_folder_is_not_taken_for_a_secret(name):
    assert masked(name) == name


def test_the_settings_show_no_key_that_was_written_into_them(monkeypatch):
    monkeypatch.setenv("CONVENTION_MODEL", f"openai:{SECRETS[0]}")
    settings = read_settings()
    assert SECRETS[0] not in described(settings) + repr(settings)
    assert "CONVENTION_MODEL" in described(settings)
