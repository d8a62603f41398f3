"""Every error that the project raises on purpose, in one tree.

    ConventionError                 anything below; its message is one clear sentence for people
    ├── BadInput                    the caller has to change what was asked for
    │   ├── UnknownProvision        an id or label that the Convention does not have
    │   ├── UnknownObligation       an id that the register of obligations does not have
    │   ├── UnknownTreaty           another treaty that is not kept here
    │   ├── BadTitle                a title that gives a treaty no short name of its own
    │   ├── BadBatch                a batch file that cannot be read as lines of UTF-8
    │   ├── BadFilter               a filter of the register with a value that it does not know
    │   │   └── NothingFits         known filters that no row fits together
    │   ├── BadAssessment           a file of assessments that cannot be read back whole
    │   └── BadSource               a language, a file or an address that no text can come from
    ├── TextError                   a treaty text or the data beside it is not what it has to be
    │   ├── ReadingError            the reader met lines that it cannot place
    │   ├── DocumentError           a document cannot be turned into lines of text
    │   │   ├── EmptyDocument       it has no bytes but blanks
    │   │   ├── UnknownFormat       neither PDF nor HTML nor text in a known encoding
    │   │   ├── EncryptedDocument   a PDF that wants a password
    │   │   ├── ScannedDocument     a PDF of pictures of pages, without text
    │   │   ├── DamagedDocument     a PDF that is cut short or whose parts do not fit
    │   │   └── OversizedDocument   more bytes, pages or text than any treaty has (a bomb)
    │   ├── NoTreaty                a readable document without articles (a portal's login page)
    │   ├── NoSections              a readable document without numbered provisions (no bill)
    │   ├── AnnotationError         the data beside the provisions contradicts the text
    │   ├── RejectedText            a document is not the whole Convention, and is kept aside
    │   └── UnreadableStatus        a file of the Treaty Collection that cannot be understood
    ├── FetchError                  a document cannot be had from its address
    │   ├── Unreachable             no answer, or none whole and in time
    │   ├── ForbiddenAddress        an address that is not https on a named host
    │   └── BadResponse             an answer that is no document: its status, type or size
    ├── KeepingError                what was fetched cannot be kept, or what is kept be read
    ├── SavingError                 a file that was asked for cannot be written
    ├── EncoderError                the sentence encoder cannot be loaded or is not as expected
    ├── IndexUnavailable            the index can be neither opened nor built, or not be asked now
    ├── ModelFailure                a language model gave nothing that can be used
    ├── RecordsFailure              the database of keys, questions and feedback cannot be used
    ├── HelpdeskFailure             a helpdesk did not do what its bot asked of it
    └── ServingError                the page cannot be served (a port in use, for example)
        └── Busy                    too much is being done already; a later try may help

The command line maps BadInput to exit status 2 and the others to 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = [
    "AnnotationError",
    "BadAssessment",
    "BadBatch",
    "BadFilter",
    "BadInput",
    "BadResponse",
    "BadSource",
    "BadTitle",
    "Busy",
    "ConventionError",
    "DamagedDocument",
    "DocumentError",
    "EmptyDocument",
    "EncoderError",
    "EncryptedDocument",
    "FetchError",
    "ForbiddenAddress",
    "HelpdeskFailure",
    "IndexUnavailable",
    "KeepingError",
    "ModelFailure",
    "NoSections",
    "NoTreaty",
    "NothingFits",
    "OversizedDocument",
    "Problem",
    "ReadingError",
    "RecordsFailure",
    "RejectedText",
    "SavingError",
    "ScannedDocument",
    "ServingError",
    "TextError",
    "UnknownFormat",
    "UnknownObligation",
    "UnknownProvision",
    "UnknownTreaty",
    "Unreachable",
    "UnreadableStatus",
]


class ConventionError(Exception):
    """Root of the tree; ``str(error)`` says what happened and what to do."""


class BadInput(ConventionError):
    """What the caller asked for cannot be done as asked."""


class UnknownProvision(BadInput):
    """The Convention has no provision of that id or label."""


class UnknownObligation(BadInput):
    """The register of obligations has no row of that id."""


class UnknownTreaty(BadInput):
    """No treaty of that title is kept on this machine."""


class BadTitle(BadInput):
    """A title without letters, too long, or so like another's that both have one short name."""


class BadBatch(BadInput):
    """A batch file is missing, unreadable or not UTF-8."""


class BadFilter(BadInput):
    """A filter of the register has a value that the register does not know."""


class NothingFits(BadFilter):
    """Every filter of the register is known, but no row fits them all."""


class BadAssessment(BadInput):
    """A file of assessments is damaged or has rows that do not fit; ``problems`` has them all."""

    def __init__(self, name: str, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        shown, more = "; ".join(self.problems[:5]), len(self.problems) - 5
        rest = f"; and {more} more" if more > 0 else ""
        super().__init__(f"The assessment in {name} cannot be read: {shown}{rest}.")


class BadSource(BadInput):
    """A language that the Convention is not written in, or a place that holds no document."""


class TextError(ConventionError):
    """A text that the project stands on is damaged or inconsistent."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One line that the reader could not place: its number (from 1) and the reason."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


class ReadingError(TextError):
    """A treaty text could not be read; ``problems`` has every line and reason."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        shown = "; ".join(str(problem) for problem in self.problems[:5])
        more = len(self.problems) - 5
        super().__init__(
            f"The text cannot be read as a treaty: {shown}"
            + (f"; and {more} more." if more > 0 else ".")
        )


class DocumentError(TextError):
    """A document could not be turned into lines of text."""


class EmptyDocument(DocumentError):
    """The document holds nothing."""


class UnknownFormat(DocumentError):
    """The document is in no format that can be read."""


class EncryptedDocument(DocumentError):
    """The PDF cannot be opened without a password."""


class ScannedDocument(DocumentError):
    """The PDF shows pictures of pages and has no text."""


class DamagedDocument(DocumentError):
    """The PDF is cut short or its parts do not fit together."""


class OversizedDocument(DocumentError):
    """The document is larger than any treaty, at once or when it is expanded."""


class NoTreaty(TextError):
    """The document can be read but has no articles."""


class NoSections(TextError):
    """The document can be read but nothing in it is numbered as a provision."""


class AnnotationError(TextError):
    """The data beside the provisions does not fit the text or its own schema."""


class RejectedText(TextError):
    """A document that was read or fetched is not the whole Convention; it is not used."""


class UnreadableStatus(TextError):
    """A status file of the Treaty Collection is damaged, strange, or of another treaty."""


class FetchError(ConventionError):
    """A document cannot be had from its address."""


class Unreachable(FetchError):
    """The address gave no answer, or none that was whole and in time; a later try may help."""


class ForbiddenAddress(FetchError):
    """An address, or one that it redirects to, is not https on a named host; nothing was sent."""


class BadResponse(FetchError):
    """The address answered, but with a status, a type or a size that no document has."""


class KeepingError(ConventionError):
    """What was fetched cannot be kept, or what is kept cannot be read."""


class SavingError(ConventionError):
    """A file that was asked for cannot be written; what was there before is as it was."""


class EncoderError(ConventionError):
    """No usable sentence encoder of that name."""


class IndexUnavailable(ConventionError):
    """The index can be neither opened nor built where the settings point, or its server is away."""


class ModelFailure(ConventionError):
    """A language model gave nothing that can be used; the message is why, in a clause.

    ``cause`` names what went wrong, for those who have to tell one failure from another.
    """

    def __init__(self, reason: str, cause: str) -> None:
        super().__init__(reason)
        self.cause = cause


class RecordsFailure(ConventionError):
    """The database of keys, questions and feedback is away, full, locked or of a later version."""


class HelpdeskFailure(ConventionError):
    """A helpdesk took no reply, note or hand-over, though it was tried more than once."""


class ServingError(ConventionError):
    """The page could not be served."""


class Busy(ServingError):
    """What was asked for cannot be taken on at this moment."""
