"""One shape for every error of the HTTP routes, and an id for every request.

Bodies are ``{"error": {"code", "message", "request_id"}}``, below ``/v1/`` those of the OpenAI API.
No body quotes a stack trace or a question; what went wrong unexpectedly is logged with the id.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from asgi_correlation_id import CorrelationIdMiddleware, correlation_id
from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException as AnyHTTPException
from starlette.responses import Response

from assistant.web.addresses import path_of
from assistant.web.headers import make_safe
from index.errors import BadInput, ConventionError, UnknownObligation, UnknownProvision
from prompts import fixed_text

__all__ = [
    "OPENAI",
    "REQUEST_ID",
    "ErrorBody",
    "Problem",
    "Refused",
    "add_problems",
    "documented",
    "problem_of",
    "request_id",
    "response_to",
]

REQUEST_ID = "X-Request-ID"
"""Header of the id of a request; one that comes in is kept where it is short and plain."""

OPENAI = "/v1/"
"""Below this path, errors have the shape of the OpenAI API."""

_PLAIN_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")
_CAPITALS = re.compile(r"(?<=[a-z])(?=[A-Z])")

_log = logging.getLogger(__name__)


class ErrorDetail(BaseModel):
    """What went wrong."""

    code: str = Field(description="what kind of error it is, for programs")
    message: str = Field(description="what happened and what to do, in one sentence for people")
    request_id: str = Field(description="id of the request, also in the header X-Request-ID")


class ErrorBody(BaseModel):
    """The body of every error."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "error": {
                        "code": "bad_filter",
                        "message": "There is no chapter '12': the chapters are 1 to 9 (I to IX).",
                        "request_id": "3f2b8c1d9e6a4f70a1b2c3d4e5f60718",
                    }
                }
            ]
        }
    )

    error: ErrorDetail


class OpenAIErrorDetail(BaseModel):
    """What went wrong, as the OpenAI API tells it."""

    message: str = Field(description="what happened and what to do, in one sentence for people")
    type: str
    param: str | None = Field(description="the field that is wrong")
    code: str | None


class OpenAIErrorBody(BaseModel):
    """The body of every error below /v1/."""

    error: OpenAIErrorDetail


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a request was not answered: status of the response, code, and a sentence for people.

    ``part`` names the field or parameter that is wrong, None where none is.
    """

    status: int
    code: str
    message: str
    part: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def body(self) -> dict[str, Any]:
        """The body of the response, with the id of the request at hand."""
        detail = {"code": self.code, "message": self.message, "request_id": request_id()}
        return {"error": detail}

    def openai_body(self) -> dict[str, Any]:
        """The body as the OpenAI API has it."""
        kind = "invalid_request_error" if self.status < 500 else "server_error"
        return {
            "error": {
                "message": self.message,
                "type": kind,
                "param": self.part,
                "code": self.code,
            }
        }


class Refused(HTTPException):
    """Raised by a route to answer with a problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.status, problem.message)
        self.problem = problem


def documented(*statuses: int, openai: bool = False) -> dict[int | str, dict[str, Any]]:
    """These error responses, for the description of a route."""
    return {
        status: {
            "model": OpenAIErrorBody if openai else ErrorBody,
            "description": HTTPStatus(status).phrase,
        }
        for status in statuses
    }


def request_id() -> str:
    """The id of the request that is being answered."""
    return correlation_id.get() or ""


def add_problems(app: FastAPI) -> None:
    """Give every request an id, and every error of the application's own routes its shape."""
    app.add_middleware(
        CorrelationIdMiddleware,
        header_name=REQUEST_ID,
        validator=lambda given: _PLAIN_ID.fullmatch(given) is not None,
    )
    for kind in (ConventionError, RequestValidationError, AnyHTTPException):
        app.add_exception_handler(kind, _told)
    app.add_exception_handler(Exception, _unexpected)


async def _told(request: Request, error: Exception) -> Response:
    return response_to(request, problem_of(error))


async def _unexpected(request: Request, error: Exception) -> Response:
    """Outside of all middleware, so that the id and what browsers are told has to be set here."""
    response = response_to(request, problem_of(error))
    response.headers[REQUEST_ID] = request_id()
    make_safe(response.headers, request.url.scheme)
    return response


def response_to(request: Request, problem: Problem) -> Response:
    """The response that tells a problem, in the shape of the request's path."""
    is_openai = path_of(request.scope).startswith(OPENAI)
    body = problem.openai_body() if is_openai else problem.body()
    headers = {"Cache-Control": "no-store"} | dict(problem.headers)
    return JSONResponse(body, status_code=_status(problem, is_openai), headers=headers)


def _status(problem: Problem, is_openai: bool) -> int:
    """The OpenAI API answers a wrong body with 400."""
    return 400 if is_openai and problem.status == 422 else problem.status


def problem_of(error: Exception) -> Problem:
    """The problem to tell for an error; an unexpected one is logged, and told in a fixed text."""
    match error:
        case Refused():
            return error.problem
        case UnknownProvision() | UnknownObligation():
            return Problem(404, _code(error), str(error))
        case BadInput():
            return Problem(422, _code(error), str(error))
        case ConventionError():
            _log.error("request %s: %s", request_id(), error)
            return Problem(503, _code(error), str(error))
        case RequestValidationError():
            return _invalid(error.errors())
        case AnyHTTPException():
            return _of_http(error)
        case _:
            _log.error("request %s failed", request_id(), exc_info=error)
            return Problem(500, "internal_error", fixed_text("api/internal_error"))


def _code(error: ConventionError) -> str:
    return _CAPITALS.sub("_", type(error).__name__).lower()


_HTTP_CODES = {
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    408: "too_slow",
    413: "too_large",
    415: "wrong_type",
    429: "too_many_requests",
    503: "unavailable",
}


def _of_http(error: AnyHTTPException) -> Problem:
    """The problem of an error that the framework raises; its detail is a sentence or a phrase."""
    if error.status_code == 400:  # bytes that no JSON can be read from
        return Problem(422, "wrong_body", fixed_text("api/broken_json"))
    message = fixed_text("api/no_such_path") if error.status_code == 404 else _sentence(error)
    code = _HTTP_CODES.get(error.status_code, "error")
    return Problem(error.status_code, code, message, headers=error.headers or {})


def _sentence(error: AnyHTTPException) -> str:
    detail = str(error.detail)
    return detail if detail.endswith(".") else f"{detail}."


def _invalid(errors: Sequence[Mapping[str, Any]]) -> Problem:
    """The sentence for a request that does not fit: the first field that is wrong, and why."""
    first = errors[0]
    if first["type"] == "json_invalid":
        return Problem(422, "wrong_body", fixed_text("api/broken_json"))
    where, *path = first["loc"]
    name = _path(path)
    what = f"The {_PLACES.get(where, where)} {name!r}" if name else f"The {where}"
    more = f" (and {len(errors) - 1} more do not fit)" if len(errors) > 1 else ""
    code = "wrong_body" if where == "body" else "wrong_parameter"
    return Problem(422, code, f"{what} {_why(first)}{more}.", part=name or None)


_PLACES = {"body": "field", "query": "parameter", "path": "part of the path", "header": "header"}


def _path(parts: Sequence[str | int]) -> str:
    """``messages[2].content`` for the parts of a place."""
    return "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in parts).removeprefix(".")


_PHRASES = {
    "missing": "is missing",
    "string_type": "has to be text",
    "string_unicode": "has to be text in Unicode",
    "string_too_short": "has too few characters (at least {min_length})",
    "string_too_long": "has too many characters (at most {max_length})",
    "too_long": "has too many entries (at most {max_length})",
    "too_short": "has too few entries (at least {min_length})",
    "list_type": "has to be a list",
    "bool_type": "has to be true or false",
    "bool_parsing": "has to be true or false",
    "int_type": "has to be a whole number",
    "int_parsing": "has to be a whole number",
    "int_parsing_size": "has to be a smaller whole number",
    "int_from_float": "has to be a whole number",
    "greater_than_equal": "has to be {ge} or more",
    "less_than_equal": "has to be {le} or less",
    "model_attributes_type": "has to be an object",
    "model_type": "has to be an object",
    "dict_type": "has to be an object",
}


def _why(error: Mapping[str, Any]) -> str:
    if error["type"] == "value_error":  # raised by a rule of ours, in words that fit
        return str(error["ctx"]["error"])
    phrase = _PHRASES.get(error["type"])
    if phrase is None:
        return f"does not fit: {error['msg'][:1].lower()}{error['msg'][1:]}"
    return phrase.format(**error.get("ctx", {}))
