"""Speaks the Model Context Protocol: lists and calls the tools, lists and reads the articles.

The protocol's own library does the talking. Its low-level server is used, for the other one sets
up logging for the whole process and puts words of its own before our sentences.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import mcp.types as types
from fastapi import Request
from fastapi.exceptions import RequestValidationError
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError
from pydantic import BaseModel, ValidationError

from assistant.agents.readings import MEDIA_TYPE, Reading, readings
from assistant.agents.tools import Tool, agent_tools
from assistant.assistant import Assistant
from assistant.obligations import Register
from assistant.web.api.caching import package_version
from assistant.web.problems import problem_of
from prompts import fixed_text

__all__ = ["AddressOf", "agent_server", "serve_streams"]

AddressOf = Callable[[Request | None], str]
"""The address of the application for an HTTP request (None where there is none), "" if unknown."""

_READS_ONLY = types.ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)

Context = ServerRequestContext[Any]


def agent_server(assistant: Assistant, register: Register, address_of: AddressOf) -> Server[Any]:
    """The server of the protocol; links in what it gives begin with the address of a request."""
    talks = _Talks(agent_tools(assistant, register), readings(assistant.knowledge), address_of)
    return Server(
        "cybercrime-convention",
        title=fixed_text("title"),
        version=package_version(),
        instructions=fixed_text("agents/instructions"),
        on_list_tools=talks.list_tools,
        on_call_tool=talks.call_tool,
        on_list_resources=talks.list_resources,
        on_read_resource=talks.read_resource,
    )


async def serve_streams(server: Server[Any]) -> None:
    """Speak the protocol over the standard streams of this process until they end."""
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())


class _Talks:
    """Answers the requests of the protocol."""

    def __init__(
        self, tools: tuple[Tool, ...], articles: Mapping[str, Reading], address_of: AddressOf
    ) -> None:
        self._tools = {tool.name: tool for tool in tools}
        self._listed = types.ListToolsResult(tools=[_listed(tool) for tool in tools])
        self._articles = articles
        self._address_of = address_of

    async def list_tools(
        self, context: Context, params: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        return self._listed

    async def call_tool(
        self, context: Context, params: types.CallToolRequestParams
    ) -> types.CallToolResult:
        """What a tool gives; where it cannot, a sentence that says why, as the tool's error."""
        tool = self._tools.get(params.name)
        if tool is None:
            told = fixed_text("agents/no_such_tool", tools=", ".join(self._tools))
            raise MCPError(types.INVALID_PARAMS, told)
        try:
            values = await tool.run(_read(tool.takes, params.arguments or {}))
        except Exception as error:
            return _result(problem_of(error).message, is_error=True)
        values = _with_addresses(values, self._address_of(context.request))
        return _result(json.dumps(values, ensure_ascii=False), values)

    async def list_resources(
        self, context: Context, params: types.PaginatedRequestParams | None
    ) -> types.ListResourcesResult:
        resources = [
            types.Resource(uri=uri, name=article.id, title=article.title, mime_type=MEDIA_TYPE)
            for uri, article in self._articles.items()
        ]
        return types.ListResourcesResult(resources=resources)

    async def read_resource(
        self, context: Context, params: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        article = self._articles.get(str(params.uri))
        if article is None:
            raise MCPError(types.INVALID_PARAMS, fixed_text("agents/no_such_resource"))
        contents = types.TextResourceContents(
            uri=params.uri, mime_type=MEDIA_TYPE, text=article.text
        )
        return types.ReadResourceResult(contents=[contents])


def _listed(tool: Tool) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.takes.model_json_schema(),
        output_schema=tool.gives.model_json_schema(),
        annotations=_READS_ONLY,
    )


def _result(
    text: str, values: dict[str, Any] | None = None, *, is_error: bool = False
) -> types.CallToolResult:
    content = types.TextContent(type="text", text=text)
    return types.CallToolResult(content=[content], structured_content=values, is_error=is_error)


def _read(shape: type[BaseModel], given: dict[str, Any]) -> BaseModel:
    """The arguments; raises an error that says in a sentence which one does not fit."""
    try:
        return shape.model_validate(_unpacked(given))
    except ValidationError as error:
        wrong = [{**one, "loc": ("argument", *one["loc"])} for one in error.errors()]
        raise RequestValidationError(wrong) from None


def _unpacked(given: dict[str, Any]) -> dict[str, Any]:
    """The arguments, with lists that a client has sent as JSON in a string."""
    return {name: _list_in(value) or value for name, value in given.items()}


def _list_in(value: object) -> list[Any] | None:
    if not isinstance(value, str) or not value.startswith("["):
        return None
    try:
        read = json.loads(value)
    except (ValueError, RecursionError):
        return None
    return read if isinstance(read, list) else None


def _with_addresses(values: Any, address: str) -> Any:
    """The values with ``address`` before each ``url`` that is a path."""
    if isinstance(values, list | tuple):
        return [_with_addresses(value, address) for value in values]
    if not isinstance(values, dict):
        return values
    return {
        name: f"{address}{value}"
        if name == "url" and str(value).startswith("/")
        else _with_addresses(value, address)
        for name, value in values.items()
    }
