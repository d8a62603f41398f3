"""A conversation as a document to be kept: what was asked, what was answered, what it rests on."""

from assistant.transcripts.transcript import Exchange, Source, Transcript, Words

__all__ = ["Exchange", "Source", "Transcript", "Words"]
