"""The recipe for e-mail: its program, run as a mail server runs it, and the served application."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from assistant.assistant import Assistant
from assistant.web import build_app
from integrations.email import answer_mail as mail
from tests.browser import served

OWN = "convention@example.org"
OUTSIDE = "https://assistant.example.org"
LINKS = f"--links={OUTSIDE}"
QUESTION = "How long must data be preserved?"


@pytest.fixture(scope="module")
def site(assistant: Assistant) -> Iterator[str]:
    with served(build_app(assistant)) as address:
        yield address


def message(text: str = QUESTION, **headers: str) -> EmailMessage:
    """A mail as people send it; ``headers`` are put in its place, "" leaves one out."""
    written = EmailMessage()
    usual = {
        "From": "Ana Ferreira <ana@example.net>",
        "To": OWN,
        "Subject": "A question",
        "Message-ID": "<1.abc@example.net>",
    }
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in (usual | given).items():
        if value:
            written[name] = value
    written.set_content(text)
    return written


def run(raw: bytes, assistant_at: str) -> tuple[int, bytes, str]:
    """How the program ends, what it writes, and what it says."""
    ended = subprocess.run(
        [sys.executable, mail.__file__, "--from", OWN, f"--assistant={assistant_at}", LINKS],
        input=raw,
        capture_output=True,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
    )
    return ended.returncode, ended.stdout, ended.stderr.decode()


def replied(written: EmailMessage, site: str) -> EmailMessage:
    status, out, err = run(written.as_bytes(), site)
    assert status == 0 and err == ""
    return message_from_bytes(out, policy=default)


def test_a_mail_is_answered_in_its_thread_with_addresses_of_the_provisions(site):
    reply = replied(message(References="<0.abc@example.net>"), site)
    assert reply["To"] == "ana@example.net" and reply["From"] == OWN
    assert reply["Subject"] == "Re: A question"
    assert reply["In-Reply-To"] == "<1.abc@example.net>"
    assert reply["References"] == "<0.abc@example.net> <1.abc@example.net>"
    assert reply["Auto-Submitted"] == "auto-replied"
    assert reply["Message-ID"].endswith("@example.org>") and reply["Date"]
    text = reply.get_content()
    assert "[art. 25(2)]" in text and f"{OUTSIDE}/convention/article-25#para-2" in text
    assert "written by a program" in text and "not legal advice" in text


def test_the_reply_of_the_program_gets_no_reply(site):
    reply = replied(message(), site)
    del reply["From"]
    reply["From"] = "ana@example.net"
    assert run(reply.as_bytes(), site) == (0, b"", "")


def test_only_the_asker_s_own_words_are_read():
    written = message(
        f"{QUESTION}\n\nOn Monday, Bo wrote:\n> Is fraud a crime?\n-- \nAna\nIs this a signature?\n"
    )
    assert mail.question_in(message_from_bytes(written.as_bytes(), policy=default)) == QUESTION


def test_the_plain_part_is_read_and_html_and_attachments_are_not(site):
    written = message()
    written.add_alternative("<p>Is fraud a crime?</p>", subtype="html")
    written.add_attachment(b"Is extortion a crime?", maintype="text", subtype="csv", filename="a")
    assert "art. 25(2)" in replied(written, site).get_content()


def test_a_mail_without_text_is_told_so(site):
    written = message()
    written.set_content("<p>Is fraud a crime?</p>", subtype="html")
    assert mail.ONLY_TEXT.split(".")[0] in replied(written, site).get_content().replace("\n", " ")


def test_an_empty_mail_asks_by_its_subject(site):
    reply = replied(message("\n", Subject="Re: Is hacking a crime?"), site)
    assert reply["Subject"] == "Re: Is hacking a crime?" and "art. 7" in reply.get_content()


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-generated"},
        {"Auto_Submitted": "auto-replied; owner=x"},
        {"Return_Path": "<>"},
        {"Precedence": "bulk"},
        {"Precedence": "list"},
        {"List_Id": "<news.example.net>"},
        {"X_Auto_Response_Suppress": "All"},
        {"From": "MAILER-DAEMON@example.net"},
        {"From": "noreply@example.net"},
        {"From": "Convention <convention@example.org>"},
        {"From": ""},
        {"From": "a@example.net, b@example.net"},
        {"Reply_To": "bounce+7@example.net"},
    ],
)
def test_the_mail_of_machines_gets_no_reply(headers):
    written = message(**headers)
    assert mail.is_of_machine(message_from_bytes(written.as_bytes(), policy=default), OWN)


def test_a_bounce_gets_no_reply(site):
    written = message()
    written.replace_header("Content-Type", "multipart/report; report-type=delivery-status")
    assert run(written.as_bytes(), site) == (0, b"", "")


def test_a_mail_that_says_that_a_person_wrote_it_is_answered(site):
    assert replied(message(Auto_Submitted="no", Return_Path="<ana@example.net>"), site)["To"]


def test_the_reply_goes_where_the_asker_wants_it(site):
    assert replied(message(Reply_To="office@example.net"), site)["To"] == "office@example.net"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0\xff\xfe",
        b"From: ana@example.net\nSubject: =?x?q?=ff?=\n\nIs hacking a crime?",
        b"From: ana@example.net\nSubject: a\n b\r c\n\nIs hacking a crime?",
        b"From: =?utf-8?q?a=0d=0aBcc:_x@evil.example?= <ana@example.net>\n\nIs hacking a crime?",
        b"From: ana@example.net\nMessage-ID: <a\r\n b>\n\nIs hacking a crime?",
        b"From: ana@example.net\nContent-Type: text/plain; charset=nobody\n\nIs hacking a crime?",
    ],
)
def test_a_strange_mail_breaks_nothing_and_puts_no_header_in(raw, site):
    status, out, _ = run(raw, site)
    assert status == 0 and b"Bcc" not in out.split(b"\r\n\r\n")[0]


def test_without_the_assistant_the_mail_server_tries_again():
    status, out, err = run(message().as_bytes(), "http://127.0.0.1:9")
    assert status == mail.LATER and out == b""
    assert err == "The assistant gave no answer: ConnectError.\n"
