"""``python app.py fetch``: what is kept, reported, refused."""

import hashlib

import pytest

from tests.command_line import run
from tests.loopback import site, without_network, write_authority
from tests.treaty import DIGEST, DIGEST_TEXT
from tests.un_layout import un_pdf


def test_fetch_keeps_a_text_and_settings_show_it(capsys, folder):
    (folder / "text.txt").write_text(DIGEST_TEXT, encoding="utf-8")
    status, out, _ = run(capsys, "fetch", "--from", str(folder / "text.txt"))
    sha256 = hashlib.sha256(DIGEST_TEXT.encode()).hexdigest()
    assert status == 0 and "Kept the official text (en, text)" in out and sha256 in out
    status, out, _ = run(capsys, "settings")
    assert status == 0 and sha256 in out and str(folder / "text.txt") in out


def test_a_published_pdf_goes_from_the_command_line_into_the_settings(capsys, folder, monkeypatch):
    with site() as made:
        monkeypatch.setenv("SSL_CERT_FILE", str(write_authority(made, folder / "authority.pem")))
        address = made.serve("/text.pdf", un_pdf(DIGEST), "application/pdf")
        status, out, _ = run(capsys, "fetch", "--report", "--from", address)
    assert status == 0 and "Kept the official text (en, pdf)" in out
    assert "What the check found: nothing" in out
    assert address in run(capsys, "settings")[1]


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
    without_network(monkeypatch)
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
