"""Agents: the official client of the protocol against the served application, and over streams."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator

import httpx
import pytest
from mcp import Client, StdioServerParameters
from mcp.shared.exceptions import MCPError
from mcp.types import CallToolResult

from assistant.assistant import Assistant
from assistant.settings import read_settings
from assistant.web import build_app
from assistant.web.agents import PATH, known_names
from assistant.web.api.bodies import MOST_BYTES
from index.errors import BadInput
from tests.browser import served

QUESTION = "How long must data be preserved?"
OUTSIDE = "https://assistant.example.org"
MODES = ("auto", "legacy")
"""The revision of the protocol without a handshake, and those before it."""


@pytest.fixture(scope="module")
def address(assistant: Assistant) -> Iterator[str]:
    with served(build_app(assistant)) as address:
        yield address


def agent(address: str, mode: str = "auto") -> Client:
    return Client(address + PATH, mode=mode)


def text_of(result: CallToolResult) -> str:
    return result.content[0].text


@pytest.mark.parametrize("mode", MODES)
async def test_an_agent_asks_and_gets_the_answer_that_everybody_gets(address, assistant, mode):
    async with agent(address, mode) as client:
        result = await client.call_tool("ask", {"question": QUESTION})
    expected = json.loads(json.dumps(assistant.ask(QUESTION).as_json()))
    for citation in expected["citations"]:
        citation["url"] = address + citation["url"]
    assert result.structured_content == expected
    assert json.loads(text_of(result)) == expected and not result.is_error


@pytest.mark.parametrize("mode", MODES)
async def test_four_tools_are_listed_that_only_read_and_say_that_they_give_no_advice(address, mode):
    async with agent(address, mode) as client:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert "not official" in client.instructions
    assert set(tools) == {"ask", "search", "provision", "obligations"}
    for tool in tools.values():
        assert tool.title and tool.annotations.read_only_hint
        assert not tool.annotations.destructive_hint and not tool.annotations.open_world_hint
        assert "not legal advice" in tool.description
        assert tool.input_schema["type"] == tool.output_schema["type"] == "object"
        assert all("description" in field for field in tool.input_schema["properties"].values())


async def test_a_follow_up_is_understood_with_the_history(address):
    asked = {"question": "And for companies?", "history": ["Is fraud a crime?"]}
    packed = asked | {"history": json.dumps(asked["history"])}  # as some clients send lists
    async with agent(address) as client:
        for arguments in (asked, packed):
            answer = (await client.call_tool("ask", arguments)).structured_content
            assert answer["citations"][0]["article"] == 18


async def test_provisions_are_found_best_first(address):
    async with agent(address) as client:
        result = await client.call_tool("search", {"query": "revenge porn", "k": 3})
    found = result.structured_content["provisions"]
    assert len(found) == 3 and found[0]["article"] == 16
    assert found[0]["url"].startswith(f"{address}/convention/article-16")


@pytest.mark.parametrize("name", ["art-25/para-2", "article 25(2)", "art. 25(2)", "25(2)"])
async def test_a_provision_is_read_by_its_id_or_as_it_is_cited(address, name):
    async with agent(address) as client:
        provision = (await client.call_tool("provision", {"id": name})).structured_content
    assert provision["id"] == "art-25/para-2" and "90 days" in provision["text"]
    assert provision["obligations"][0]["level"] == provision["level"] == "mandatory"


async def test_obligations_are_filtered_counted_and_given_in_parts(address, register):
    asked = {"level": "mandatory", "chapter": 2, "limit": 5}
    async with agent(address) as client:
        first = (await client.call_tool("obligations", asked)).structured_content
        rest = (await client.call_tool("obligations", asked | {"offset": 5})).structured_content
    rows = [row.id for row in register.rows if row.level == "mandatory" and row.chapter == 2]
    given = [row["id"] for row in first["obligations"] + rest["obligations"]]
    assert given == rows[:10] and first["total"] == len(rows)
    assert first["levels"] == {"mandatory": len(rows)}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("ask", {}, "The argument 'question' is missing."),
        ("ask", {"question": 5}, "The argument 'question' has to be text."),
        ("ask", {"question": "x", "language": "de"}, "de"),
        ("search", {"query": "?!"}, "There is nothing to search for: give some words."),
        ("search", {"query": "x", "k": 0}, "The argument 'k' has to be 1 or more."),
        ("provision", {"id": "art-71"}, "There is no article 71"),
        ("provision", {"id": "the moon"}, "the moon"),
        ("obligations", {"chapter": 12}, "There is no chapter '12'"),
        ("obligations", {"level": "recommended"}, "There is no level 'recommended'"),
    ],
)
async def test_what_cannot_be_done_is_told_in_a_sentence_as_the_error_of_the_tool(
    address, tool, arguments, told, mode
):
    async with agent(address, mode) as client:
        result = await client.call_tool(tool, arguments)
    assert result.is_error and result.structured_content is None
    assert told in text_of(result) and text_of(result).endswith(".")
    assert not text_of(result).startswith("Error executing")


async def test_a_tool_that_is_not_there_is_an_error_of_the_protocol(address):
    async with agent(address) as client:
        with pytest.raises(MCPError, match="there are ask, search, provision, obligations"):
            await client.call_tool("delete", {})


@pytest.mark.parametrize("mode", MODES)
async def test_every_article_can_be_read(address, mode):
    async with agent(address, mode) as client:
        resources = (await client.list_resources()).resources
        read = await client.read_resource("convention://article-25")
        with pytest.raises(MCPError, match="convention://article-68"):
            await client.read_resource("convention://article-71")
    assert len(resources) == 69
    assert any(one.title.startswith("Article 25: Expedited preservation") for one in resources)
    text = read.contents[0].text
    assert "[art. 25(2)] (mandatory)" in text and "not the official text" in text


def posted(address: str, path: str = PATH, **headers: str) -> httpx.Response:
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    accept = {"Accept": "application/json, text/event-stream"}
    return httpx.post(address + path, json=body, headers=accept | headers)


def test_any_process_can_answer_any_request_for_there_are_no_sessions(address):
    response = posted(address, **{"MCP-Protocol-Version": "2025-06-18"})
    assert response.status_code == 200 and "obligations" in response.text
    assert "mcp-session-id" not in response.headers


@pytest.mark.parametrize("host", ["evil.example", "evil.example:7860", "127.0.0.1.evil.example"])
def test_a_request_by_another_name_is_refused(address, host):
    assert posted(address, Host=host).status_code == 421


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://localhost.evil.example"]
)
def test_a_page_of_another_site_is_refused(address, origin):
    assert posted(address, Origin=origin).status_code == 403


def test_a_page_of_this_machine_may(address):
    assert posted(address, Origin="http://localhost:6274").status_code == 200


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT"])
def test_every_other_method_is_refused_at_once(address, method):
    response = httpx.request(method, address + PATH, headers={"Accept": "text/event-stream"})
    assert response.status_code == 405 and response.headers["allow"] == "POST"
    assert response.json()["error"]["code"] == "method_not_allowed"


def test_a_body_beyond_any_question_is_refused(address):
    assert httpx.post(address + PATH, content=b"x" * (MOST_BYTES + 1)).status_code == 413


def test_the_address_may_end_in_a_slash(address):
    assert posted(address, path=f"{PATH}/").status_code == 200


def test_a_name_of_the_settings_is_known(assistant):
    settings = read_settings(public_url="https://law.example.org/un", mcp_hosts="inside, ::1:2")
    assert {"law.example.org", "inside", "localhost"} <= set(known_names(settings))
    with served(build_app(assistant, settings)) as address:
        for host in ("law.example.org", "inside:8000"):
            assert posted(address, Host=host).status_code == 200
        assert posted(address, Host="evil.example").status_code == 421


@pytest.mark.parametrize("names", ["https://a.example", "a b", "a,,b", "a/b"])
def test_what_is_no_list_of_names_is_refused(names):
    with pytest.raises(BadInput, match="CONVENTION_MCP_HOSTS"):
        read_settings(mcp_hosts=names)


def test_a_star_lets_any_name_in(assistant):
    with served(build_app(assistant, read_settings(mcp_hosts="*"))) as address:
        assert posted(address, Host="evil.example").status_code == 200


async def test_an_agent_on_this_machine_asks_over_standard_streams(data, assistant):
    """The index of ``assistant`` is there, so that the command does not build one."""
    environment = os.environ | {"CONVENTION_DATA": str(data), "CONVENTION_PUBLIC_URL": OUTSIDE}
    command = StdioServerParameters(command=sys.executable, args=["app.py", "mcp"], env=environment)
    async with Client(command) as client:
        answer = (await client.call_tool("ask", {"question": QUESTION})).structured_content
    assert answer["text"] == assistant.ask(QUESTION).text
    assert answer["citations"][0]["url"] == f"{OUTSIDE}/convention/article-25#para-2"
