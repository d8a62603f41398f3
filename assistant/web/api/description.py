"""The description of the API (``/openapi.json``): what FastAPI finds, and the published schema."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from assistant.exports.plain_json import schema
from assistant.web.api.caching import package_version
from assistant.web.api.openai_shapes import example_completion
from assistant.web.api.shapes import example_answer
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


def describe(app: FastAPI) -> None:
    """Have the application describe itself with title, texts and the schema of the register."""
    made: dict[str, Any] = {}

    def openapi() -> dict[str, Any]:
        if not made:
            made.update(_description(app))
        return made

    app.openapi = openapi  # type: ignore[method-assign]


def _description(app: FastAPI) -> dict[str, Any]:
    described = get_openapi(
        title=fixed_text("page/title"),
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
