"""What people see: the chat page, and the Convention as readable pages that its links lead to."""

from assistant.web.app import build_app, check_port, serve

__all__ = ["build_app", "check_port", "serve"]
