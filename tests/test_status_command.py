"""``python app.py status``."""

from tests.command_line import run
from tests.loopback import without_network
from tests.test_treaty_status import status_file


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
    without_network(monkeypatch)
    status, out, err = run(capsys, "status")
    assert status == 0 and "ninetieth day" in out
    assert "treaties.un.org cannot be reached" in err and len(err.strip().splitlines()) == 1


def test_status_refuses_a_file_of_another_treaty(capsys, folder):
    (folder / "status.xml").write_bytes(status_file(title="Paris Agreement"))
    status, _, err = run(capsys, "status", "--from", str(folder / "status.xml"))
    assert status == 1 and "of another treaty" in err
