"""The command line as a whole: its help, wrong use, and how it ends."""

import os
import re
import socket
import subprocess
import sys

import pytest

from tests.command_line import run

COMMANDS = (
    *("ask", "build", "fetch", "status", "evaluate", "obligations", "gap", "mcp"),
    *("keys", "feedback", "off", "on", "settings"),
)


@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)])
def test_the_help_of_each_command_has_an_example(capsys, command):
    status, out, _ = run(capsys, *command, "--help")
    assert status == 0 and "example:\n" in out


def test_the_help_names_every_command(capsys):
    _, out, _ = run(capsys, "--help")
    listed = re.findall(r"^    (\w+)\b", out.partition("\ncommands:\n")[2], re.MULTILINE)
    assert tuple(listed) == COMMANDS


def test_the_help_comes_without_the_libraries_of_the_encoder_the_store_and_the_page():
    loaded = subprocess.run(
        [sys.executable, "-X", "importtime", "app.py", "--help"],
        capture_output=True, check=True, text=True,
    ).stderr  # fmt: skip
    modules = {line.rpartition("|")[2].strip() for line in loaded.splitlines()}
    heavy = {"torch", "numpy", "chromadb", "gradio", "langchain_core", "pydantic"}
    assert "assistant.commands" in modules and not modules & heavy


@pytest.mark.parametrize(
    "arguments",
    [("nonsense",), ("ask",), ("ask", "x", "--batch", "y"), ("--port", "many"), ("ask", "--nope")],
)
def test_wrong_use_ends_with_2_and_one_sentence(capsys, arguments):
    status, out, err = run(capsys, *arguments)
    assert status == 2 and out == "" and len(err.strip().splitlines()) == 1


def test_a_port_in_use_ends_with_1_and_one_sentence(capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        status, _, err = run(capsys, "--port", str(taken.getsockname()[1]))
    assert status == 1 and "in use" in err and len(err.strip().splitlines()) == 1


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full here")
def test_a_full_disk_under_the_output_ends_with_1_and_one_sentence():
    with open("/dev/full", "wb") as full:
        told = subprocess.run(
            [sys.executable, "app.py", "settings"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert told.returncode == 1 and b"no space left" in told.stderr
    assert len(told.stderr.splitlines()) == 1


def test_settings_are_shown(capsys):
    status, out, _ = run(capsys, "settings")
    assert status == 0 and "CONVENTION_PORT" in out and "7860" in out


def test_evaluate_can_be_bounded_and_wrong_bounds_are_wrong_use(capsys, folder):
    status, out, err = run(capsys, "evaluate", "--sample", "0")
    assert status == 2 and out == "" and len(err.strip().splitlines()) == 1
    assert run(capsys, "evaluate", "--part", "nonsense")[0] == 2
