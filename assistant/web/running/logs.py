"""The log on standard error: for people, or a JSON object a line for programs."""

from __future__ import annotations

import logging

from asgi_correlation_id import CorrelationIdFilter
from pythonjsonlogger.json import JsonFormatter

from assistant.web.running.traffic import REQUESTS

__all__ = ["formatter_of", "set_up_logs"]

_PLAIN = "%(asctime)s %(levelname)s [%(correlation_id)s] %(name)s: %(message)s"
_JSON = "%(levelname)s %(name)s %(message)s %(correlation_id)s"
_NAMES = {"levelname": "level", "name": "logger", "correlation_id": "request_id"}


def set_up_logs(kind: str) -> None:
    """Log warnings and errors, and with "plain" or "json" every request, on standard error."""
    handler = logging.StreamHandler()
    handler.addFilter(CorrelationIdFilter(default_value="-"))
    handler.setFormatter(formatter_of(kind))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(REQUESTS).setLevel(logging.WARNING if kind == "quiet" else logging.INFO)


def formatter_of(kind: str) -> logging.Formatter:
    """How a record is written."""
    if kind == "json":
        return JsonFormatter(_JSON, rename_fields=_NAMES, timestamp="time")
    return logging.Formatter(_PLAIN)
