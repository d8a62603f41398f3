"""Entry point: serves the page, asks on the command line, builds the index.

    python app.py                      serve the page
    python app.py ask "…" [--json]     answer one question
    python app.py ask --batch FILE     answer a file, a question a line
    python app.py build                build the index again, or one of another treaty
    python app.py fetch                bring the official text to this machine
    python app.py status               show who has signed, and when it enters into force
    python app.py evaluate             measure the answers on labelled questions
    python app.py obligations          the register of obligations, filtered, counted, exported
    python app.py gap FILE             read a bill for what the Convention asks
    python app.py settings             show the settings in force

Exit status: 0 done, 2 wrong use, 1 failed; both with one sentence on stderr.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from index.errors import BadBatch, BadInput, ConventionError, FetchError

if TYPE_CHECKING:
    from assistant.assessment import Assessments
    from assistant.gap import GapReading
    from assistant.knowledge import Knowledge
    from assistant.obligations import Register
    from index.convention import Convention
    from index.keeping import Official, Record

__all__ = ["main"]


class _Parser(argparse.ArgumentParser):
    """Reports wrong use in one sentence."""

    def error(self, message: str) -> NoReturn:
        """Print the sentence and end with status 2."""
        self.exit(2, f"{message[:1].upper()}{message[1:]}: see '{self.prog} --help'.\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], None] = options.command
    try:
        command(options)
        sys.stdout.flush()
    except BadInput as error:
        return _failed(error, 2)
    except ConventionError as error:
        return _failed(error, 1)
    except KeyboardInterrupt:
        return _failed("Stopped.", 1)
    except BrokenPipeError:  # the reader of our output has gone; nothing is left to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return 0


def _failed(message: object, status: int) -> int:
    print(message, file=sys.stderr)
    return status


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = _command(
        None,
        "Answers questions on the United Nations Convention against Cybercrime. Without a command "
        "it serves the page.",
        "python app.py --port 8000",
        _serve,
    )
    parser.add_argument("--host", help="address to serve on (CONVENTION_HOST)")
    parser.add_argument("--port", type=int, help="port to serve on (CONVENTION_PORT)")
    parser.add_argument("--open", action="store_true", help="open the page in a browser")
    commands: argparse._SubParsersAction[argparse.ArgumentParser] = parser.add_subparsers(
        title="commands", metavar="", parser_class=_Parser
    )
    _add_ask(commands)
    _add_build(commands)
    _add_fetch(commands)
    _add_status(commands)
    _add_evaluate(commands)
    _add_obligations(commands)
    _add_gap(commands)
    _command(
        commands.add_parser,
        "Shows the settings in force, and where each can be changed.",
        "CONVENTION_PORT=8000 python app.py settings",
        _settings,
        name="settings",
    )
    return parser


def _command(
    make: Callable[..., argparse.ArgumentParser] | None,
    description: str,
    example: str,
    command: Callable[[argparse.Namespace], None],
    name: str | None = None,
) -> argparse.ArgumentParser:
    given = {
        "description": description,
        "epilog": f"example:\n  {example}",
        "formatter_class": argparse.RawDescriptionHelpFormatter,
        "allow_abbrev": False,
    }
    if make is None:
        parser: argparse.ArgumentParser = _Parser(prog="python app.py", **given)  # type: ignore[arg-type]
    else:
        parser = make(name, help=description, **given)
    parser.set_defaults(command=command)
    return parser


def _add_ask(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    ask = _command(
        commands.add_parser,
        "Answers a question, or a file of questions.",
        'python app.py ask "How long must data be preserved?"\n'
        "  python app.py ask --batch questions.txt > answers.jsonl\n"
        '  python app.py ask --treaty "Budapest Convention" "What does article 29 say?"',
        _ask,
        name="ask",
    )
    ask.add_argument("question", nargs="?", help="the question, in quotation marks")
    ask.add_argument("--json", action="store_true", help="the whole answer as JSON")
    ask.add_argument(
        "--batch", metavar="FILE", help="a question a line; one JSON answer a line, same order"
    )
    ask.add_argument(
        "--language",
        metavar="CODE",
        help="quote in en, fr, es, ru, zh or ar, where that text was fetched (default: en)",
    )
    ask.add_argument(
        "--treaty", metavar="TITLE", help="answer from another treaty, as it was named with 'build'"
    )


def _add_build(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    build = _command(
        commands.add_parser,
        "Builds the index again, even where it is fresh; or that of another treaty, from its text.",
        "python app.py build\n"
        '  python app.py build --text budapest.md --title "Budapest Convention"',
        _build,
        name="build",
    )
    build.add_argument(
        "--text", metavar="FILE", help="another treaty: a page, PDF, plain text or Markdown"
    )
    build.add_argument("--title", help="the name to ask for it by, with 'ask --treaty'")


def _add_fetch(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    fetch = _command(
        commands.add_parser,
        "Fetches the official text, checks that it is whole, and keeps it to be quoted.",
        "python app.py fetch --language fr\n"
        "  python app.py fetch --from A_RES_79_243-EN.pdf --report",
        _fetch,
        name="fetch",
    )
    fetch.add_argument(
        "--language", default="en", metavar="CODE", help="en, fr, es, ru, zh or ar (default: en)"
    )
    fetch.add_argument(
        "--from", dest="source", metavar="FILE-OR-URL", help="a copy: page, PDF or plain text"
    )
    fetch.add_argument(
        "--report", action="store_true", help="set its structure beside that of the digest"
    )
    fetch.add_argument(
        "--once",
        action="store_true",
        help="one quick try where none was made before; never a failure",
    )


def _add_status(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    status = _command(
        commands.add_parser,
        "Shows when the Convention enters into force, and who has signed or is bound.",
        "python app.py status\n  python app.py status --from XVIII-16.en.xml",
        _status,
        name="status",
    )
    status.add_argument(
        "--from", dest="source", metavar="FILE-OR-URL", help="a copy of the status XML"
    )
    status.add_argument(
        "--offline", action="store_true", help="show what is kept, and fetch nothing"
    )


def _add_evaluate(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    evaluate = _command(
        commands.add_parser,
        "Measures the answers on labelled questions, the retriever on a public set, or the check "
        "of sentences.",
        "python app.py evaluate --chart quality.png\n"
        "  python app.py evaluate --check\n"
        "  python app.py evaluate --retrieval FOLDER   (corpus.jsonl, queries.jsonl, "
        "qrels/test.tsv)",
        _evaluate,
        name="evaluate",
    )
    evaluate.add_argument(
        "--questions",
        metavar="FOLDER",
        type=Path,
        help="labelled questions, in tuning/ and reporting/ (default: tests/questions)",
    )
    evaluate.add_argument(
        "--chart", metavar="FILE", type=Path, default=Path("quality.png"), help="image to save"
    )
    evaluate.add_argument(
        "--part", choices=("tuning", "reporting"), help="ask the questions of one part only"
    )
    evaluate.add_argument(
        "--sample", metavar="N", type=int, help="ask N questions of each part, always the same"
    )
    evaluate.add_argument(
        "--no-failures", action="store_true", help="do not list the failures one by one"
    )
    evaluate.add_argument(
        "--retrieval", metavar="FOLDER", type=Path, help="a public set in BEIR layout"
    )
    evaluate.add_argument(
        "--check",
        action="store_true",
        help="how well the check of a model's sentences tells true from wrong",
    )


def _add_obligations(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    obligations = _command(
        commands.add_parser,
        "Shows the register of obligations: what each clause asks of whom, and how firmly. Reads "
        "back an exported file that was filled in by hand.",
        "python app.py obligations --level mandatory --chapter 2 --format xlsx -o chapter-2.xlsx\n"
        "  python app.py obligations --offence art-7 --words attempt\n"
        "  python app.py obligations --counts\n"
        "  python app.py obligations --assessment chapter-2.xlsx",
        _obligations,
        name="obligations",
    )
    _add_filters(obligations)
    obligations.add_argument(
        "--format", default=None, metavar="NAME", help="table, json, csv, xlsx, docx, akn"
    )
    obligations.add_argument("-o", "--output", metavar="FILE", help="write it to a file")
    obligations.add_argument("--force", action="store_true", help="replace a file that is there")
    obligations.add_argument(
        "--counts", action="store_true", help="how many rows each level has, by chapter"
    )
    obligations.add_argument(
        "--assessment",
        metavar="FILE",
        help="an export (xlsx, csv, json) filled in by hand: show its progress, or with --format "
        "write it out again",
    )
    obligations.add_argument(
        "--compare",
        action="store_true",
        help="hold the levels against the modal words of the official text that is kept here",
    )


def _add_filters(obligations: argparse.ArgumentParser) -> None:
    for name, what in (
        ("level", "mandatory, 'obligation to consider', optional, reservation, ..."),
        ("chapter", "a chapter, 1 to 9 or I to IX"),
        ("actor", "State, requested, institution, 'Secretary-General', ..."),
        ("measure", "criminalise, power, 'designate or notify', ..."),
        ("offence", "what is about an offence, as in art-7"),
        ("words", "words that all have to occur"),
    ):
        obligations.add_argument(f"--{name}", metavar=name.upper(), help=what)


def _add_gap(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    gap = _command(
        commands.add_parser,
        "Reads a bill or law, and lists for each obligation the text that appears to address it.",
        "python app.py gap bill.pdf --chapter 2\n"
        "  python app.py gap bill.docx -o gaps.xlsx\n"
        "  python app.py gap --measure tests/bills   (model bills with known coverage)",
        _gap,
        name="gap",
    )
    gap.add_argument("file", nargs="?", help="the bill: PDF, .docx, web page, text or Markdown")
    gap.add_argument(
        "--chapter", type=int, metavar="NUMBER", help="look for one chapter alone (1 to 7)"
    )
    gap.add_argument(
        "--format",
        choices=["table", "csv", "json", "xlsx", "docx"],
        help="default: what the ending of the output file names, or table",
    )
    gap.add_argument("-o", "--output", metavar="FILE", type=Path, help="write there, not to screen")
    gap.add_argument("--force", action="store_true", help="replace a file that is there")
    gap.add_argument(
        "--measure", metavar="FOLDER", type=Path, help="precision and recall on model bills"
    )


def _serve(options: argparse.Namespace) -> None:
    from assistant.settings import read_settings

    settings = read_settings(host=options.host, port=options.port)
    from assistant.web import check_port, serve

    check_port(settings)
    from assistant import Assistant

    serve(Assistant.open(settings, say=_say), settings, open_browser=options.open, say=_say)


def _ask(options: argparse.Namespace) -> None:
    if (options.question is None) == (options.batch is None):
        raise BadInput("Give either a question or --batch FILE: see 'python app.py ask --help'.")
    if options.treaty is not None and options.language is not None:
        raise BadInput("--language goes with the Convention alone: leave it out with --treaty.")
    lines = list(_lines_of(options.batch)) if options.batch else []
    from index.languages import language_named

    language = language_named(options.language or "en").code
    from assistant import Assistant

    ask = partial(Assistant.open(treaty=options.treaty, say=_say).ask, language=language)
    if options.batch:
        for line in lines:
            print(json.dumps(ask(line).as_json(), ensure_ascii=False), flush=True)
    elif options.json:
        print(json.dumps(ask(options.question).as_json(), ensure_ascii=False, indent=2))
    else:
        from assistant.plain import as_plain_text

        print(as_plain_text(ask(options.question)))


def _lines_of(file: str) -> Iterator[str]:
    """The questions of a batch file ("-" for standard input); raises ``BadBatch``."""
    try:
        content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise BadBatch(f"The batch file {file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise BadBatch(
            f"The batch file {file} is not UTF-8 (line {line}): save it as UTF-8 and try again."
        ) from error
    if not text.strip():
        raise BadBatch(f"The batch file {file} holds no questions: write one on each line.")
    yield from text.splitlines()


def _build(options: argparse.Namespace) -> None:
    from assistant.settings import read_settings

    settings = read_settings()
    if (options.text is None) != (options.title is None):
        raise BadInput("--text and --title go together: see 'python app.py build --help'.")
    started = time.perf_counter()
    folder = settings.data
    if options.text is not None:
        folder = _bring(options.text, options.title, settings.data)
    from assistant import Assistant

    assistant = Assistant.open(settings, treaty=options.title, say=_say, rebuild=True)
    print(
        f"Built the index of {len(assistant.retriever.store)} passages in "
        f"{time.perf_counter() - started:.0f} s, in {folder / 'index'}."
    )


def _bring(text: str, title: str, data: Path) -> Path:
    """Keep another treaty, and say what it is; returns its folder."""
    from index.sources import document_from, source_named
    from index.treaties import check_title, folder_of, keep_treaty

    check_title(data, title)
    treaty = keep_treaty(data, document_from(source_named(text), say=_say), title)
    print(_kept_treaty(treaty), flush=True)
    if treaty.record.language != "en":
        _say(
            "The text is not in English, and questions are understood in English only: little "
            "but its articles by their numbers will be found."
        )
    return folder_of(data, title)


def _kept_treaty(treaty: Official) -> str:
    record, convention = treaty.record, treaty.convention
    return (
        f"Kept {record.title!r} ({record.language}, {record.format}, {len(convention.articles)} "
        f"articles) of {record.final}, read on {record.day}, sha256 {record.sha256}."
    )


def _fetch(options: argparse.Namespace) -> None:
    from assistant.settings import read_settings
    from index.digest import read_digest
    from index.keeping import open_official
    from index.official import fetch_official, fetch_once, sources_of

    data, language = read_settings().data, options.language
    sources = sources_of(language, options.source)
    digest = read_digest()
    if options.once:
        fetch_once(data, digest, language=language, sources=sources, say=_say)
        return

    def show(theirs: Convention) -> None:
        if options.report:
            _report(theirs, digest)

    try:
        official = fetch_official(
            data, digest, sources, language=language, say=_say,
            show=lambda examined: show(examined.convention),
        )  # fmt: skip
    except FetchError:
        kept = open_official(data, language, say=_say)
        if kept is not None:
            show(kept.convention)
        raise
    print(_kept(official.record))


def _report(theirs: Convention, digest: Convention) -> None:
    from index.check import check
    from index.side_by_side import as_lines, side_by_side

    for line in as_lines(side_by_side(theirs, digest), check(theirs, digest)):
        print(line)


def _kept(record: Record) -> str:
    told = "".join(f"\n  {sentence}" for sentence in record.told)
    return (
        f"Kept the official text ({record.language}, {record.format}) of {record.final}, "
        f"fetched on {record.day}, sha256 {record.sha256}.{told}"
    )


def _status(options: argparse.Namespace) -> None:
    from assistant.settings import read_settings
    from assistant.standing import standing
    from index.status import read_status
    from index.treaty_status import fetch_status, open_status, status_source

    data = read_settings().data
    kept = None
    if options.source:
        kept = fetch_status(data, status_source(options.source), say=_say)
    elif not options.offline:
        try:
            kept = fetch_status(data, say=_say)
        except ConventionError as error:
            _say(str(error))
    print(standing(read_status(), kept or open_status(data, say=_say)))


def _evaluate(options: argparse.Namespace) -> None:
    from assistant.settings import read_settings

    settings = read_settings()
    from assistant.evaluation import PARTS, evaluate, evaluate_retrieval

    folder = options.questions or Path(__file__).parent / "tests" / "questions"
    if options.check:
        _evaluate_check(settings.encoder, folder / "sentences")
        return
    if options.retrieval:
        from index.encoder import load_encoder

        evaluate_retrieval(load_encoder(settings.encoder), options.retrieval, print)
        return
    from assistant import Assistant

    if options.sample is not None and options.sample < 1:
        raise BadInput("--sample has to be 1 or more: see 'python app.py evaluate --help'.")
    evaluate(
        Assistant.open(settings, say=_say),
        folder,
        options.chart,
        print,
        failures=() if options.no_failures else PARTS,
        parts=(options.part,) if options.part else PARTS,
        sample=options.sample,
    )


def _evaluate_check(encoder: str, folder: Path) -> None:
    from assistant.evaluation import evaluate_check
    from assistant.generation.check import SentenceCheck
    from assistant.knowledge import read_knowledge
    from index.encoder import load_encoder

    knowledge = read_knowledge()
    check = SentenceCheck(knowledge, load_encoder(encoder))
    evaluate_check(check, folder, knowledge.convention, print)


def _obligations(options: argparse.Namespace) -> None:
    from assistant.knowledge import read_knowledge
    from assistant.obligations import Filters, read_register
    from assistant.settings import read_settings

    given = {name: getattr(options, name) for name in Filters.__slots__}
    _check_register_options(options, any(given.values()))
    knowledge = read_knowledge(read_settings().data, say=_say)
    register = read_register(knowledge)
    rows = register.filtered(Filters(**given))
    if options.compare:
        _compare(rows, knowledge)
    elif options.counts:
        from assistant.exports.table import counts_table

        print(counts_table(rows))
    else:
        _export(options, register, rows, knowledge.convention)


def _check_register_options(options: argparse.Namespace, filtered: bool) -> None:
    """Refuse what does not go together, before anything is read."""
    from assistant.exports import format_named

    options.format = _format_of(options)
    chosen = format_named(options.format or "table")
    if (options.counts or options.compare) and (
        options.format or options.output or options.assessment
    ):
        raise BadInput("--counts and --compare go with filters alone.")
    if chosen.whole and (filtered or options.assessment):
        raise BadInput("akn is the text of the whole Convention: leave filters out.")
    _check_binary(options)


def _check_binary(options: argparse.Namespace) -> None:
    """Raises ``BadInput`` where a terminal would be sent what is no text."""
    from assistant.exports import format_named

    chosen = format_named(options.format or "table")
    if chosen.binary and not options.output and sys.stdout.isatty():
        raise BadInput(f"{chosen.name} is no text for a terminal: give a file with -o FILE.")


def _format_of(options: argparse.Namespace) -> str | None:
    """The format that is asked for, or that the ending of the file names; None for neither."""
    from assistant.exports import FORMATS

    if options.format or not options.output:
        return str(options.format) if options.format else None
    ending = Path(options.output).suffix.lower().removeprefix(".")
    name = "table" if ending == "txt" else ending
    if name not in FORMATS:
        raise BadInput(f"The ending of {options.output} names no format: give one with --format.")
    return name


def _export(
    options: argparse.Namespace, register: Register, rows: Register, convention: Convention
) -> None:
    from datetime import date

    from assistant.assessment import Assessments
    from assistant.exports import Content, export
    from assistant.saving import save

    assessments = Assessments()
    if options.assessment:
        from assistant.assessment_files import open_assessments
        from assistant.exports.table import progress_table

        assessments = open_assessments(options.assessment, register, say=_say)
        if not options.format:
            print(progress_table(rows, assessments))
            return
    content = Content(rows, assessments, convention, date.today())
    written = export(options.format or "table", content)
    if options.output:
        save(Path(options.output), written, replace=options.force)
        print(f"Wrote {options.output}{_left_out(rows, assessments)}.")
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(written)


def _left_out(rows: Register, assessments: Assessments) -> str:
    left = len(assessments.by_id.keys() - rows.by_id.keys())
    return f", without {left} assessments of rows that the filters leave out" if left else ""


def _compare(rows: Register, knowledge: Knowledge) -> None:
    from assistant.modal_words import differences

    if not knowledge.official_words:
        raise BadInput(
            "No official text in English is kept here to compare with: 'python app.py fetch' "
            "brings it."
        )
    found = differences(rows.rows, knowledge.official_words)
    for difference in found:
        print(difference)
    print(f"{len(found)} of {len(rows.rows)} levels lack the words of the official text.")


def _gap(options: argparse.Namespace) -> None:
    if (options.file is None) == (options.measure is None):
        raise BadInput("Give either a file or --measure FOLDER: see 'python app.py gap --help'.")
    options.format = _format_of(options) or "table"
    _check_binary(options)
    from assistant.gap import (
        duties_of,
        find,
        format_named,
        kept_duty_vectors,
        measure,
        open_bill,
        read_cases,
    )
    from assistant.knowledge import read_knowledge
    from assistant.obligations import read_register
    from assistant.saving import check_place
    from assistant.settings import read_settings
    from index.encoder import load_encoder

    format_named(options.format)
    knowledge = read_knowledge()
    register = read_register(knowledge)
    duties = duties_of(register, knowledge, options.chapter)
    cases = read_cases(options.measure) if options.measure else ()
    bill = open_bill(options.file) if options.file else None
    if options.output is not None:
        check_place(options.output, replace=options.force)
    settings = read_settings()
    encoder = load_encoder(settings.encoder)
    if bill is None:
        measure(cases, duties, encoder, kept_duty_vectors(settings.data, duties, encoder), print)
        return
    among = duties_of(register, knowledge)
    vectors = kept_duty_vectors(settings.data, among, encoder)
    with _progress(f"Reading {bill.name}") as progress:
        reading = find(bill, duties, encoder, among=among, vectors=vectors, progress=progress)
    _put_out_reading(reading, register, options)


def _put_out_reading(reading: GapReading, register: Register, options: argparse.Namespace) -> None:
    from datetime import date

    from assistant.gap import Report, write
    from assistant.saving import save

    written = write(options.format, Report(reading, register.edition, date.today()))
    if options.output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(written)
        return
    save(options.output, written, replace=options.force)
    _say(f"Written to {options.output}.")


@contextmanager
def _progress(what: str) -> Iterator[Callable[[float], None]]:
    """A bar on stderr, where that is a terminal, for the part that is done."""
    from tqdm import tqdm

    with tqdm(total=100, desc=what, unit="%", file=sys.stderr, disable=None, leave=False) as bar:

        def progress(done: float) -> None:
            bar.update(int(100 * done) - bar.n)

        yield progress


def _settings(options: argparse.Namespace) -> None:
    from assistant.settings import described, read_settings
    from index.keeping import open_officials
    from index.treaties import open_treaties

    settings = read_settings()
    print(described(settings))
    for official in open_officials(settings.data, say=_say).values():
        print(_kept(official.record).splitlines()[0])
    for treaty in open_treaties(settings.data, say=_say).values():
        print(_kept_treaty(treaty))


if __name__ == "__main__":
    sys.exit(main())
