"""The description of the API (``/openapi.json``): what FastAPI finds, and the published schema."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from assistant.exports.plain_json import schema
from assistant.web.api.caching import package_version
from assistant.web.api.openai_shapes import example_completion
from assistant.web.api.shapes import example_answer
from assistant.web.problems import OPENAI
from prompts import fixed_text

__all__ = ["describe"]

_TAGS = {
    "questions": "api/tag_questions",
    "provisions": "api/tag_provisions",
    "obligations": "api/tag_obligations",
    "openai": "api/tag_openai",
}
_PLACE = "#/components/schemas/"
_WHOLE, _ROW = "Register", "RegisterObligation"


def describe(app: FastAPI, *, with_keys: bool = False) -> None:
    """Have the application describe itself with title, texts and the schema of the register.

    ``with_keys`` says whether programs have to show a key.
    """
    made: dict[str, Any] = {}

    def openapi() -> dict[str, Any]:
        if not made:
            made.update(_description(app))
            _add_guard(made, with_keys=with_keys)
        return made

    app.openapi = openapi  # type: ignore[method-assign]


def _description(app: FastAPI) -> dict[str, Any]:
    described = get_openapi(
        title=fixed_text("title"),
        version=package_version(),
        description=fixed_text("api/description"),
        routes=app.routes,
        tags=[{"name": name, "description": fixed_text(text)} for name, text in _TAGS.items()],
        servers=app.servers or None,
    )
    schemas = described["components"]["schemas"]
    schemas.update(_register_schemas())
    schemas["ProvisionBody"]["properties"]["obligations"]["items"] = {"$ref": _PLACE + _ROW}
    answer = example_answer()  # set here, for FastAPI leaves null out of examples
    schemas["AnswerBody"]["examples"] = [answer]
    schemas["CompletionBody"]["examples"] = [example_completion(answer)]
    paths = described["paths"]
    _answers(paths["/api/obligations"])["application/json"]["schema"] = {"$ref": _PLACE + _WHOLE}
    one = _answers(paths["/api/obligations/{row_id}"])
    one["application/json"]["schema"] = {"$ref": _PLACE + _ROW}
    return described


def _add_guard(described: dict[str, Any], *, with_keys: bool) -> None:
    """What any request may get from the guard, and the key that it needs."""
    statuses = [429, 503, *((401, 403) if with_keys else ())]
    for path, operations in described["paths"].items():
        name = "OpenAIErrorBody" if path.startswith(OPENAI) else "ErrorBody"
        content = {"application/json": {"schema": {"$ref": _PLACE + name}}}
        for operation in operations.values():
            for status in statuses:
                told = {"description": HTTPStatus(status).phrase, "content": content}
                operation["responses"].setdefault(str(status), told)
    if with_keys:
        described["components"]["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
        described["security"] = [{"key": []}]


def _answers(path: dict[str, Any]) -> dict[str, Any]:
    content: dict[str, Any] = path["get"]["responses"]["200"]["content"]
    return content


def _register_schemas() -> dict[str, Any]:
    """The published schema of the register, in parts, under names of their own."""
    whole = schema()
    parts = {_WHOLE + name.capitalize(): part for name, part in whole.pop("$defs").items()}
    for key in ("$schema", "$id"):
        del whole[key]
    moved: dict[str, Any] = _moved({_WHOLE: whole, **parts})
    return moved


def _moved(value: Any) -> Any:
    """The value with references to the schema's own parts leading to the components."""
    if isinstance(value, list):
        return [_moved(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    if isinstance(target := value.get("$ref"), str):
        return {"$ref": _PLACE + _WHOLE + target.rpartition("/")[2].capitalize()}
    return {key: _moved(entry) for key, entry in value.items()}
