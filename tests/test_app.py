"""The command line."""

import hashlib
import json
import socket

import pytest

import app
from tests.lanterns import TEXT, TITLE
from tests.loopback import site, write_authority
from tests.scripted_model import KEY, NAME, fails, scripted_model
from tests.test_treaty_status import status_file
from tests.treaty import DIGEST, DIGEST_TEXT
from tests.un_layout import un_pdf


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    try:
        status = app.main(list(arguments))
    except SystemExit as stop:
        status = int(stop.code or 0)
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_settings_are_shown(capsys):
    status, out, _ = run(capsys, "settings")
    assert status == 0 and "CONVENTION_PORT" in out and "7860" in out


@pytest.mark.parametrize("command", [(), ("ask",), ("build",), ("settings",)])
def test_the_help_of_each_command_has_an_example(capsys, command):
    status, out, _ = run(capsys, *command, "--help")
    assert status == 0 and "example:\n" in out


@pytest.mark.parametrize(
    "arguments",
    [("nonsense",), ("ask",), ("ask", "x", "--batch", "y"), ("--port", "many"), ("ask", "--nope")],
)
def test_wrong_use_ends_with_2_and_one_sentence(capsys, arguments):
    status, out, err = run(capsys, *arguments)
    assert status == 2 and out == "" and len(err.strip().splitlines()) == 1


def test_a_batch_file_that_is_not_there_ends_with_2(capsys, tmp_path):
    status, _, err = run(capsys, "ask", "--batch", str(tmp_path / "none.txt"))
    assert status == 2 and "cannot be read" in err


def test_a_batch_file_that_is_not_utf8_ends_with_2_and_names_the_line(capsys, tmp_path):
    file = tmp_path / "latin.txt"
    file.write_bytes("one\ntwo é\n".encode("latin-1"))
    status, _, err = run(capsys, "ask", "--batch", str(file))
    assert status == 2 and "not UTF-8 (line 2)" in err


def test_a_port_in_use_ends_with_1_and_one_sentence(capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        status, _, err = run(capsys, "--port", str(taken.getsockname()[1]))
    assert status == 1 and "in use" in err and len(err.strip().splitlines()) == 1


def test_a_batch_is_answered_line_by_line_in_order(capsys, tmp_path, assistant):
    file = tmp_path / "questions.txt"
    file.write_text("Is hacking a crime?\n\nHow can a country leave?\n", encoding="utf-8")
    status, out, _ = run(capsys, "ask", "--batch", str(file))
    answers = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [a["question"] for a in answers] == [
        "Is hacking a crime?",
        "",
        "How can a country leave?",
    ]


@pytest.fixture
def folder(monkeypatch, tmp_path):
    """A data folder of the test's own, below a folder for files."""
    monkeypatch.setenv("CONVENTION_DATA", str(tmp_path / "data"))
    return tmp_path


@pytest.mark.parametrize("command", ["fetch", "status"])
def test_the_help_of_the_fetching_commands_has_an_example(capsys, command):
    status, out, _ = run(capsys, command, "--help")
    assert status == 0 and "example:\n" in out


def test_fetch_keeps_a_text_and_settings_show_it(capsys, folder):
    (folder / "text.txt").write_text(DIGEST_TEXT, encoding="utf-8")
    status, out, _ = run(capsys, "fetch", "--from", str(folder / "text.txt"))
    sha256 = hashlib.sha256(DIGEST_TEXT.encode()).hexdigest()
    assert status == 0 and "Kept the official text (en, text)" in out and sha256 in out
    status, out, _ = run(capsys, "settings")
    assert status == 0 and sha256 in out and str(folder / "text.txt") in out


def test_fetch_goes_over_https_with_the_authority_of_the_environment(capsys, folder, monkeypatch):
    with site() as made:
        monkeypatch.setenv("SSL_CERT_FILE", str(write_authority(made, folder / "authority.pem")))
        address = made.serve("/text.txt", DIGEST_TEXT.encode())
        status, out, _ = run(capsys, "fetch", "--from", address)
    assert status == 0 and address in out


def test_fetch_shows_the_report_of_a_text_that_it_then_refuses(capsys, folder):
    (folder / "text.txt").write_text(DIGEST_TEXT.split("Article 68\n")[0], encoding="utf-8")
    status, out, err = run(capsys, "fetch", "--report", "--from", str(folder / "text.txt"))
    assert status == 1 and "* art. 68" in out and "fatal: It has 67 articles" in out
    assert "is not used" in err and len(err.strip().splitlines()) == 1


def test_fetch_without_a_network_ends_with_1_and_names_what_failed(capsys, folder, monkeypatch):
    def nowhere(*arguments, **given):
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    status, out, err = run(capsys, "fetch", "--language", "fr")
    assert status == 1 and out == ""
    assert "documents.un.org cannot be reached" in err.strip().splitlines()[-1]


def test_the_report_of_a_kept_text_is_shown_where_nothing_can_be_fetched(capsys, folder):
    (folder / "text.txt").write_text(DIGEST_TEXT, encoding="utf-8")
    run(capsys, "fetch", "--from", str(folder / "text.txt"))
    with site(https=False) as made:
        address = made.url("/none")
        status, out, err = run(capsys, "fetch", "--report", "--from", address)
    assert status == 1 and "  art. 68" in out and "In the digest only: nothing" in out
    assert "status 404" in err


def test_fetch_once_never_fails(capsys, folder):
    status, out, err = run(capsys, "fetch", "--once", "--from", str(folder / "none.txt"))
    assert (status, out) == (0, "") and "plain-language digest" in err
    status, out, err = run(capsys, "fetch", "--once", "--from", str(folder / "none.txt"))
    assert (status, out, err) == (0, "", "")


@pytest.mark.parametrize(
    "arguments",
    [("--language", "de"), ("--from", "ftp://un.org/x"), ("--from", "/no/such/file")],
)
def test_fetch_of_what_cannot_be_is_wrong_use(capsys, folder, arguments):
    status, out, err = run(capsys, "fetch", *arguments)
    assert status == 2 and out == "" and len(err.strip().splitlines()) == 1


def test_status_shows_the_rule_the_known_facts_and_a_kept_file(capsys, folder):
    (folder / "status.xml").write_bytes(status_file())
    status, out, _ = run(capsys, "status", "--offline")
    assert status == 0 and "ninetieth day" in out and "as of July 2026" in out
    assert "No status file" in out
    status, out, _ = run(capsys, "status", "--from", str(folder / "status.xml"))
    assert status == 0 and "6 signatories and 4 Parties" in out
    assert "Qatar (3 February 2026, ratification)" in out
    again, out_again, _ = run(capsys, "status", "--offline")
    assert (again, out_again) == (0, out)


def test_status_goes_on_without_a_network(capsys, folder, monkeypatch):
    def nowhere(*arguments, **given):
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    status, out, err = run(capsys, "status")
    assert status == 0 and "ninetieth day" in out
    assert "treaties.un.org cannot be reached" in err and len(err.strip().splitlines()) == 1


def test_status_refuses_a_file_of_another_treaty(capsys, folder):
    (folder / "status.xml").write_bytes(status_file(title="Paris Agreement"))
    status, _, err = run(capsys, "status", "--from", str(folder / "status.xml"))
    assert status == 1 and "of another treaty" in err


def test_a_language_that_the_convention_is_not_written_in_is_wrong_use(capsys):
    status, out, err = run(capsys, "ask", "Is hacking a crime?", "--language", "de")
    assert status == 2 and out == "" and "choose one of" in err
    assert len(err.strip().splitlines()) == 1


def test_a_published_pdf_goes_from_the_command_line_into_the_settings(capsys, folder, monkeypatch):
    with site() as made:
        monkeypatch.setenv("SSL_CERT_FILE", str(write_authority(made, folder / "authority.pem")))
        address = made.serve("/text.pdf", un_pdf(DIGEST), "application/pdf")
        status, out, _ = run(capsys, "fetch", "--report", "--from", address)
    assert status == 0 and "Kept the official text (en, pdf)" in out
    assert "What the check found: nothing" in out
    assert address in run(capsys, "settings")[1]


@pytest.fixture
def lantern_file(folder):
    file = folder / "lanterns.txt"
    file.write_text(TEXT, encoding="utf-8")
    return str(file)


def test_another_treaty_is_built_asked_and_listed(capsys, folder, lantern_file):
    status, out, _ = run(capsys, "build", "--text", lantern_file, "--title", TITLE)
    assert status == 0 and "Kept 'Lantern Treaty' (en, text, 5 articles)" in out
    assert "Built the index of" in out and "lantern-treaty" in out
    status, out, _ = run(capsys, "ask", "--treaty", TITLE, "What does article 4 say?", "--json")
    answer = json.loads(out)
    assert status == 0 and answer["citations"][0]["id"] == "art-4"
    (folder / "questions.txt").write_text("article 3\nHow do I bake bread?\n", encoding="utf-8")
    status, out, _ = run(
        capsys, "ask", "--treaty", "lantern-treaty", "--batch", str(folder / "questions.txt")
    )
    outcomes = [json.loads(line)["outcome"] for line in out.splitlines()]
    assert status == 0 and outcomes == ["answered", "off_topic"]
    assert "Kept 'Lantern Treaty'" in run(capsys, "settings")[1]


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "--text", "x.txt"),
        ("build", "--title", TITLE),
        ("build", "--text", "/no/such/file", "--title", TITLE),
        ("ask", "--treaty", "Sea Treaty", "Who pays?"),
        ("ask", "--treaty", TITLE, "--language", "fr", "Who pays?"),
    ],
)
def test_wrong_use_of_other_treaties_ends_with_2_and_one_sentence(capsys, folder, arguments):
    status, out, err = run(capsys, *arguments)
    assert status == 2 and out == "" and len(err.strip().splitlines()) == 1


def test_a_title_that_names_nothing_is_wrong_use(capsys, folder, lantern_file):
    status, _, err = run(capsys, "build", "--text", lantern_file, "--title", "...")
    assert status == 2 and "no Latin letters" in err and not (folder / "data").exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"Nothing of the kind.", "no articles of a treaty"),
        (TEXT.replace("Article 3\n", "Article 9\n").encode(), "article 9 follows article 2 bis"),
        (b"%PDF-1.7 half a file", "damaged or cut short"),
        (b"\x00\x01\x02\xff\xfe\x80" * 50, ""),
    ],
)
def test_what_is_no_treaty_ends_with_1_and_keeps_what_was_there(
    capsys, folder, lantern_file, content, told
):
    run(capsys, "build", "--text", lantern_file, "--title", TITLE)
    (folder / "bad").write_bytes(content)
    status, out, err = run(capsys, "build", "--text", str(folder / "bad"), "--title", TITLE)
    assert status == 1 and out == "" and told in err and len(err.strip().splitlines()) == 1
    assert run(capsys, "ask", "--treaty", TITLE, "article 4")[0] == 0


def test_evaluate_can_be_bounded_and_wrong_bounds_are_wrong_use(capsys, folder):
    status, out, err = run(capsys, "evaluate", "--sample", "0")
    assert status == 2 and out == "" and len(err.strip().splitlines()) == 1
    assert run(capsys, "evaluate", "--part", "nonsense")[0] == 2


def test_an_answer_on_the_command_line_has_its_notice_below_the_text(capsys, monkeypatch, data):
    with scripted_model() as model:
        model.configure(monkeypatch)
        monkeypatch.setenv("CONVENTION_MODEL", NAME)
        model.behaviour = fails(401, f"Incorrect API key provided: {KEY}")
        status, out, err = run(capsys, "ask", "Is hacking a crime?")
    assert status == 0 and "refused the key, so this answer is drawn from" in out
    assert KEY not in out + err and "Traceback" not in err


def test_a_model_without_its_package_is_told_in_one_line_and_the_answer_comes(
    capsys, monkeypatch, assistant
):
    monkeypatch.setenv("CONVENTION_MODEL", "groq:llama")
    status, out, err = run(capsys, "ask", "Is hacking a crime?", "--json")
    assert status == 0 and json.loads(out)["mode"] == "extractive"
    assert len(err.strip().splitlines()) == 1 and "python -m pip install langchain-groq" in err
