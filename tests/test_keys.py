"""Keys: made, listed and revoked on the command line; hashed at rest."""

from __future__ import annotations

import stat
from datetime import date

import pytest
from sqlalchemy import insert

from assistant.records.database import open_database, working
from assistant.records.keys import KeyRing, KeyStore
from assistant.records.tables import VERSION, version
from assistant.settings import Settings, read_settings
from index.errors import BadInput, RecordsFailure
from tests.command_line import run


@pytest.fixture
def settings(folder) -> Settings:
    return read_settings()


@pytest.fixture
def store(settings) -> KeyStore:
    return KeyStore(open_database(settings))


def test_a_key_is_shown_once_and_only_its_hash_is_kept(folder, capsys, settings):
    status, out, err = run(capsys, "keys", "create", "helpdesk", "--limit", "60/minute")
    secret = out.strip()
    assert status == 0 and secret.startswith("sk_") and len(secret) > 40
    assert "not shown again" in err and secret not in err
    assert secret.encode() not in b"".join(f.read_bytes() for f in settings.data.iterdir())
    _, listed, _ = run(capsys, "keys", "list")
    assert listed == f"helpdesk: secret, 60/minute, made on {date.today()}, never used\n"


def test_a_publishable_key_tells_its_sites(folder, capsys):
    arguments = ("--publishable", "--site", "https://a.example", "--site", "https://*.b.example")
    assert run(capsys, "keys", "create", "widget", *arguments)[1].startswith("pk_")
    assert "publishable on https://a.example https://*.b.example" in run(capsys, "keys", "list")[1]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--publishable"], "needs --site"),
        (["--site", "https://a.example"], "give both or none"),
        (["--publishable", "--site", "a.example"], "is no origin"),
        (["--limit", "often"], "is no limit"),
    ],
)
def test_a_key_that_makes_no_sense_is_refused_in_a_sentence(folder, capsys, arguments, reason):
    status, out, err = run(capsys, "keys", "create", "widget", *arguments)
    assert status == 2 and not out and reason in err and err.count("\n") == 1


def test_a_name_is_given_once_and_revoked_once(folder, capsys):
    assert run(capsys, "keys", "create", "helpdesk")[0] == 0
    assert "already" in run(capsys, "keys", "create", "helpdesk")[2]
    assert run(capsys, "keys", "revoke", "helpdesk")[0] == 0
    status, _, err = run(capsys, "keys", "revoke", "helpdesk")
    assert status == 2 and "no key 'helpdesk'" in err


def test_a_secret_is_known_whole_or_not_at_all(store):
    secret = store.create("one")
    store.create("two")
    ring = KeyRing(store.all())
    assert ring.key_of(secret).name == "one"
    assert all(
        ring.key_of(guess) is None for guess in ("", secret[:-1], secret.upper(), f"{secret} ")
    )


@pytest.mark.parametrize(
    ("origin", "may"),
    [
        ("https://a.example", True),
        ("https://A.example", True),
        ("https://x.b.example", True),
        ("https://b.example", False),
        ("https://a.example.evil.example", False),
        ("http://a.example", False),
        ("https://evilb.example", False),
        ("null", False),
        ("", False),
    ],
)
def test_a_publishable_key_is_bound_to_its_sites(store, origin, may):
    store.create("widget", sites="https://a.example https://*.b.example")
    assert store.all()[0].is_from(origin) is may


def test_no_other_user_of_the_machine_may_read_the_file(store, settings):
    assert stat.S_IMODE((settings.data / "records.sqlite3").stat().st_mode) == 0o600


def test_a_database_of_a_later_program_is_refused(store, settings):
    with working(open_database(settings)) as connection:
        connection.execute(insert(version).values(number=VERSION + 1))
    with pytest.raises(RecordsFailure, match=f"version {VERSION + 1}"):
        open_database(settings)


def test_an_address_that_no_database_has_is_refused_without_telling_it(folder):
    settings = read_settings(database="nosuch://user:hunter2@host/name")
    with pytest.raises(BadInput, match="CONVENTION_DATABASE is no address") as caught:
        open_database(settings)
    assert "hunter2" not in str(caught.value)


def test_what_is_no_database_is_refused_in_a_sentence(settings):
    settings.data.mkdir(parents=True)
    (settings.data / "records.sqlite3").write_text("This is no database, but a letter.\n" * 50)
    with pytest.raises(RecordsFailure, match="not a database"):
        open_database(settings)
