"""What stands between the public and the application.

From the outside in: who is asking (``proxies``), what every response says to browsers
(``headers``), how large and slow a body may be (``uploads``), and whether a request is let in
(``gate``, by what it asks for: ``edges``).
"""

from assistant.web.guard.guard import add_guard

__all__ = ["add_guard"]
