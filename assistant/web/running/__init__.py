"""For those who run the assistant: health, metrics, logs, and a stop that loses nothing."""

from assistant.web.running.logs import set_up_logs
from assistant.web.running.routes import add_running, add_watch
from assistant.web.running.stopping import GracefulServer
from assistant.web.running.traffic import Traffic

__all__ = ["GracefulServer", "Traffic", "add_running", "add_watch", "set_up_logs"]
