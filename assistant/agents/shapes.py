"""What the tools take and give that the HTTP API has no shape for."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, Field

from assistant.question import MAX_CHARACTERS
from assistant.web.api.search import MOST_FOUND
from assistant.web.api.shapes import Words

__all__ = ["MOST_ROWS", "ObligationsAsked", "ObligationsBody", "ProvisionAsked", "SearchAsked"]

MOST_ROWS = 100
"""Rows of the register that one call may give."""

Name = Annotated[Words, Field(max_length=200)]


class SearchAsked(BaseModel):
    """What to look for."""

    query: Annotated[Words, Field(max_length=MAX_CHARACTERS)] = Field(
        description="what to look for, in everyday English", examples=["revenge porn"]
    )
    k: int = Field(default=10, ge=1, le=MOST_FOUND, description="how many provisions")


class ProvisionAsked(BaseModel):
    """Which provision."""

    id: Name = Field(
        description="its id or how it is cited", examples=["art-25/para-2", "article 25(2)"]
    )
    language: Name = Field(
        default="en",
        description="language of the official words, where they are kept: en, fr, es, ru, zh or ar",
    )


class ObligationsAsked(BaseModel):
    """Which rows of the register; without a filter, all of them."""

    level: Name | None = Field(
        default=None,
        description="mandatory, obligation to consider, optional, safeguard, prohibition …",
        examples=["mandatory"],
    )
    chapter: Name | int | None = Field(default=None, description="1 to 9, or I to IX")
    actor: Name | None = Field(default=None, description="an actor, or a side such as State")
    measure: Name | None = Field(
        default=None, description="kind of measure", examples=["criminalise"]
    )
    offence: Name | None = Field(
        default=None, description="an article that establishes an offence", examples=["art-7"]
    )
    words: Name | None = Field(default=None, description="words that all have to occur in a row")
    limit: int = Field(default=20, ge=1, le=MOST_ROWS, description="how many rows")
    offset: int = Field(default=0, ge=0, le=10_000, description="rows to leave out before them")


class ObligationsBody(BaseModel):
    """Rows of the register, in the order of the text."""

    total: int = Field(description="rows that fit, of which these are a part")
    offset: int
    levels: dict[str, int] = Field(description="how many of all that fit have which level")
    disclaimer: str
    obligations: list[dict[str, Any]] = Field(
        description="id, label, level (our reading), actor, measure, text, url and others"
    )
