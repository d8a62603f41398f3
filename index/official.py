"""Brings the official text to the user's machine: fetch, read, check, keep.

Each step is a module of its own; here they follow each other, and whatever fails on the way is
told in one sentence while the text that was there stays in use.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.check import Difference, Severity, check, fatal
from index.convention import Convention
from index.errors import (
    ConventionError,
    FetchError,
    KeepingError,
    RejectedText,
    TextError,
    Unreachable,
)
from index.fetching import QUICK, Fetched, Limits
from index.keeping import FOLDER, Official, keep_official, open_official, set_aside_document
from index.languages import language_named
from index.official_reader import read_document
from index.side_by_side import SideBySide, side_by_side
from index.sources import Source, document_from, source_named

__all__ = ["ADDRESSES", "Examined", "fetch_official", "fetch_once", "sources_of"]

_PDF = "https://documents.un.org/api/symbol/access?s=A/RES/79/243&l={}&t=pdf"
_PAGE = "https://www.unodc.org/unodc/en/cybercrime/convention/text/convention-full-text.html"

ADDRESSES: Mapping[str, tuple[str, ...]] = {
    "en": (_PAGE, _PDF.format("en")),
    "fr": (_PDF.format("fr"),),
    "es": (_PDF.format("es"),),
    "ru": (_PDF.format("ru"),),
    "zh": (_PDF.format("zh"),),
    "ar": (_PDF.format("ar"),),
}
"""Where the official text is published, by language, in the order in which to try."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Examined:
    """A document that could be read, set beside the digest; ``fatal`` says why it is not used."""

    document: Fetched
    convention: Convention
    differences: tuple[Difference, ...]
    beside: SideBySide

    @property
    def fatal(self) -> tuple[Difference, ...]:
        """The differences for which the text must not be used."""
        return fatal(self.differences)


def sources_of(language: str, named: str | None = None) -> tuple[Source, ...]:
    """Where to get the text in that language: what the user named, or the known addresses.

    Raises ``BadSource`` for a language without an authentic text, and as ``source_named`` does.
    """
    language_named(language)
    if named is not None:
        return (source_named(named),)
    return tuple(Source(address) for address in ADDRESSES[language])


def fetch_official(
    data: Path,
    digest: Convention,
    sources: Sequence[Source],
    *,
    language: str = "en",
    limits: Limits | None = None,
    trust: ssl.SSLContext | None = None,
    say: Say = lambda message: None,
    show: Callable[[Examined], None] = lambda examined: None,
) -> Official:
    """The official text in that language, from the first source that has it whole; now kept.

    ``say`` is told of tries that failed; ``show`` gets every text that could be read, whether it
    is used or not. Raises ``BadSource`` for a file that cannot be read, ``RejectedText`` where
    what came is not the whole Convention, ``FetchError`` where nothing came, ``KeepingError``
    where it cannot be kept. The text that was kept before stays in use then.
    """
    failures: list[tuple[Source, ConventionError]] = []
    for source in sources:
        try:
            document = document_from(source, limits=limits, trust=trust, say=say)
            examined = _examined(data, document, source, digest, language)
            show(examined)
            return _kept(data, examined, source)
        except (FetchError, RejectedText) as error:
            failures.append((source, error))
            if len(sources) > 1:
                say(str(error))
    raise _failed(failures, language)


def _examined(
    data: Path,
    document: Fetched,
    source: Source,
    digest: Convention,
    language: str,
) -> Examined:
    title = digest.title if language == "en" else ""
    try:
        found = read_document(document.content, language=language, title=title)
    except TextError as error:
        reason = str(error).rstrip(".")
        raise _set_aside(data, document, source, language, [reason]) from error
    convention = replace(found, title=found.title or digest.title)
    return Examined(
        document, convention, check(convention, digest), side_by_side(convention, digest)
    )


def _kept(data: Path, examined: Examined, source: Source) -> Official:
    if examined.fatal:
        reasons = [difference.sentence for difference in examined.fatal]
        raise _set_aside(data, examined.document, source, examined.convention.language, reasons)
    return keep_official(
        data,
        examined.document,
        examined.convention,
        told=[d.sentence for d in examined.differences if d.severity is Severity.TOLD],
        doubtful=_doubtful(examined),
    )


def _doubtful(examined: Examined) -> list[str]:
    """The ids of shifted provisions and of all that stands below them."""
    shifted = {shift.ours.id for shift in examined.beside.shifted}
    return [
        provision.id
        for provision in examined.convention.provisions()
        if provision.id in shifted
        or any(above.id in shifted for above in examined.convention.ancestors(provision))
    ]


def _set_aside(
    data: Path, document: Fetched, source: Source, language: str, reasons: Sequence[str]
) -> RejectedText:
    """Keep a document aside, and say in one sentence why it is not used and where it is."""
    try:
        where = f"it is kept in {set_aside_document(data, document, language, reasons)}"
    except KeepingError:
        where = "it could not be kept aside"
    more = f" (and {len(reasons) - 1} more reasons)" if len(reasons) > 1 else ""
    why = reasons[0].rstrip(".")
    return RejectedText(f"The text from {source.label} is not used: {why}{more}; {where}.")


def _failed(failures: Sequence[tuple[Source, ConventionError]], language: str) -> ConventionError:
    """One error for all sources; a text that was rejected weighs more than one that never came."""
    errors = [error for _, error in failures]
    if len(errors) == 1:
        return errors[0]
    if all(isinstance(error, Unreachable) for error in errors):
        kind: type[ConventionError] = Unreachable
        reasons = f"neither {' nor '.join(s.label for s, _ in failures)} can be reached"
    else:
        kind = RejectedText if any(isinstance(e, RejectedText) for e in errors) else FetchError
        reasons = "; ".join(str(error).rstrip(".") for error in errors)
    return kind(
        f"The official text in {language_named(language).name} could not be had ({reasons}): what "
        "was in use before stays so, and --from names another copy."
    )


def fetch_once(
    data: Path,
    digest: Convention,
    *,
    language: str = "en",
    sources: Sequence[Source] | None = None,
    limits: Limits = QUICK,
    trust: ssl.SSLContext | None = None,
    say: Say = lambda message: None,
) -> Official | None:
    """The official text that is kept, or else what one quick try brings; never an error.

    The try is made once for a data folder: whether it succeeds or not, the next call makes none.
    ``say`` is told in one line how it ended.
    """
    kept = open_official(data, language, say=say)
    if kept is not None or not _is_first_try(data, language):
        return kept
    say("Fetching the official text, once; this takes a few seconds.")
    try:
        official = fetch_official(
            data, digest, sources or sources_of(language),
            language=language, limits=limits, trust=trust,
        )  # fmt: skip
    except ConventionError as error:
        say(f"Answers quote our plain-language digest. {error}")
        return None
    say(f"Answers quote the official text of {official.record.final}.")
    return official


def _is_first_try(data: Path, language: str) -> bool:
    """Whether no try was made before; from now on one was. No try where that cannot be noted."""
    mark = data / FOLDER / f"tried.{language}"
    try:
        mark.parent.mkdir(parents=True, exist_ok=True)
        with mark.open("x"):
            return True
    except OSError:
        return False
