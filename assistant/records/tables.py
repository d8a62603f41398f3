"""The tables of the database, and their version. Another version of them takes another number."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, DateTime, Integer, MetaData, String, Table, Text

__all__ = ["VERSION", "feedback", "keys", "metadata", "questions", "version"]

VERSION = 1
"""Of these tables; a database with a higher one was written by a later program."""

metadata = MetaData()

version = Table("version", metadata, Column("number", Integer, primary_key=True))

keys = Table(
    "keys",
    metadata,
    Column("name", String(100), primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("publishable", Boolean, nullable=False),
    Column("sites", Text, nullable=False),
    Column("rate", String(30), nullable=False),
    Column("made", Date, nullable=False),
    Column("used", Date),
)

questions = Table(
    "questions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("at", DateTime(timezone=True), nullable=False, index=True),
    Column("answer", String(64), nullable=False, index=True),
    Column("question", Text, nullable=False),
    Column("outcome", String(30), nullable=False),
    Column("citations", Text, nullable=False),
    Column("key", String(100), nullable=False),
)

feedback = Table(
    "feedback",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("at", DateTime(timezone=True), nullable=False, index=True),
    Column("answer", String(64), nullable=False, index=True),
    Column("thumb", String(4), nullable=False),
    Column("comment", Text, nullable=False),
)
