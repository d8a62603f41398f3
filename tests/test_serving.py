"""The application as it is served: what programs see of the chat, its port, its address."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
import uvicorn
from starlette.routing import Mount

from assistant.settings import read_settings
from assistant.web import build_app, check_port, serve
from index.errors import ServingError
from tests.browser import served
from tests.test_web_conversation import apart

HACKING = "Is hacking a crime under this treaty?"


@pytest.fixture(scope="module")
def address(assistant) -> Iterator[str]:
    with served(build_app(assistant)) as found:
        yield found


def test_a_program_gets_the_text_of_the_answer(address, assistant):
    from gradio_client import Client

    client = Client(address, verbose=False)
    assert client.predict(HACKING, api_name="/ask") == assistant.ask(HACKING).text


def test_ask_is_the_only_endpoint_that_programs_see(address):
    from gradio_client import Client

    endpoints = Client(address, verbose=False).view_api(return_format="dict", print_info=False)
    assert list(endpoints["named_endpoints"]) == ["/ask"]
    assert endpoints["unnamed_endpoints"] == {}


def test_a_port_in_use_is_told_in_one_sentence(monkeypatch):
    monkeypatch.delenv("CONVENTION_HOST", raising=False)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ServingError) as caught:
            check_port(read_settings(port=port, host="127.0.0.1"))
    assert str(caught.value) == (
        f"Port {port} on 127.0.0.1 is in use: end the other program or set CONVENTION_PORT to "
        "another port."
    )


def test_an_address_of_another_machine_is_told_in_one_sentence():
    with pytest.raises(ServingError, match=r"cannot be used .*: set CONVENTION_HOST"):
        check_port(read_settings(host="192.0.2.1", port=7860))


def test_serving_says_the_address_once_when_it_is_ready(assistant, monkeypatch):
    async def end_at_once(server: uvicorn.Server) -> None:
        assert server.started

    monkeypatch.setattr(uvicorn.Server, "main_loop", end_at_once)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    said: list[str] = []
    settings = read_settings(host="127.0.0.1", port=port)
    apart(lambda: serve(assistant, settings, say=said.append))
    assert len(said) == 1
    assert f"http://127.0.0.1:{port}" in said[0]


def test_what_would_reach_another_host_is_off(assistant):
    mount = next(route for route in build_app(assistant).routes if isinstance(route, Mount))
    blocks = mount.app.get_blocks()
    assert blocks.analytics_enabled is False
    assert blocks.show_error is False
    assert blocks.run_history is False
    assert blocks.footer_links == []
