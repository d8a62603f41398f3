"""A conversation as Markdown."""

from __future__ import annotations

from assistant.transcripts.transcript import Exchange, Source, Transcript

__all__ = ["write"]


def write(transcript: Transcript) -> bytes:
    """The conversation as a Markdown file; what was asked stands there as a quotation."""
    words = transcript.words
    parts = [f"# {words.title}", f"{transcript.day}. **{transcript.notice}**"]
    for number, exchange in enumerate(transcript.exchanges, start=1):
        parts += [f"## {words.question} {number}", *_exchange(exchange, words.sources)]
    parts += [f"## {words.about}", f"{transcript.notice} {transcript.edition}"]
    return ("\n\n".join(parts) + "\n").encode()


def _exchange(exchange: Exchange, heading: str) -> list[str]:
    kind = [f"*{exchange.kind}*"] if exchange.kind else []
    sources = "\n".join(_source(source) for source in exchange.sources)
    cited = [f"### {heading}", sources] if sources else []
    return [_quoted(exchange.question), *kind, _plain(exchange.text), *cited]


def _source(source: Source) -> str:
    return f"- {source.citation}, {source.level}: <{source.address}>"


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in _plain(text).splitlines())


def _plain(text: str) -> str:
    """The text without tags: what somebody wrote must not become part of the file's markup."""
    return text.strip().replace("<", "&lt;").replace("![", "!&#91;")
