"""The HTTP API: questions, search, provisions and obligations, and the routes of the OpenAI API.

A module for each group of routes; every one of them only translates what the assistant gives.
"""

from assistant.web.api.routes import add_api

__all__ = ["add_api"]
