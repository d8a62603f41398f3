"""One application: the chat, the Convention, the register, the reading of bills, and the API."""

from __future__ import annotations

import errno
import os
import socket
import threading
import webbrowser
from collections.abc import Callable
from contextlib import nullcontext

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware

from assistant.assistant import Assistant
from assistant.heard import HeardAssistant
from assistant.obligations import read_register
from assistant.records.journal import Journal
from assistant.settings import Settings, read_settings
from assistant.switch import Switch
from assistant.web.api import add_api
from assistant.web.api.growing import Answering
from assistant.web.bill_desk import BillDesk
from assistant.web.bill_room import bill_room
from assistant.web.conversation_files import conversation_files
from assistant.web.embed import embed_routes
from assistant.web.frame import add_frames, frame_of
from assistant.web.guard import add_guard
from assistant.web.interface import Interface, interfaces
from assistant.web.logs import keep_quiet
from assistant.web.pages import static_files
from assistant.web.problems import add_problems
from assistant.web.reading.meaning import by_meaning
from assistant.web.reading_room import reading_room
from assistant.web.register_room import register_room
from assistant.web.running import GracefulServer, Traffic, add_running, add_watch, set_up_logs
from assistant.web.widget import widget_routes
from index.errors import ServingError

__all__ = ["build_app", "check_port", "serve"]

_SECONDS_TO_FINISH = 2
_AS_THEY_ARE = (*DEFAULT_EXCLUDED_CONTENT_TYPES, "application/x-ndjson")
"""Not compressed: pictures and archives, and what comes bit by bit."""

_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}


def build_app(assistant: Assistant, settings: Settings | None = None) -> FastAPI:
    """The application: pages (``/convention``, ``/register``, ``/bill``), the API, else the chat.

    Nothing in it reaches another host: analytics, share links and the like are off.
    """
    settings = settings or read_settings()
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    import gradio as gr

    from assistant.web.agents import agent_routes
    from assistant.web.colours import theme
    from assistant.web.page import build_page

    journal = Journal(settings)
    if journal.keeps_questions:
        assistant = HeardAssistant(assistant, lambda: nullcontext(journal.note_answer))
    app = FastAPI(docs_url=None, redoc_url=None)
    assistant = add_running(app, assistant, settings)
    knowledge, register = assistant.knowledge, read_register(assistant.knowledge)
    app.include_router(static_files())
    desk = BillDesk(knowledge, register, assistant.retriever.encoder, settings.data)
    languages, find = interfaces(settings.root), by_meaning(assistant)
    for interface in languages.values():
        under = _path_of(interface)
        app.include_router(reading_room(knowledge, interface, find), prefix=under)
        app.include_router(register_room(knowledge, register, interface), prefix=under)
        app.include_router(bill_room(knowledge, register, desk, interface), prefix=under)
        app.include_router(conversation_files(knowledge, interface, settings), prefix=under)
        if under:
            app.add_route(under, _to_the_slash)
    app.include_router(widget_routes())
    app.include_router(embed_routes(settings))
    add_api(app, assistant, register, settings, journal)
    app.include_router(agent_routes(assistant, register, settings))
    if settings.chatwoot_url:
        from assistant.web.chatwoot import chatwoot_routes

        app.include_router(chatwoot_routes(Answering(assistant), settings))
    why_off = Switch.of(settings).why_off
    for interface in reversed(list(languages.values())):  # the plain address would take all others
        gr.mount_gradio_app(
            app,
            build_page(assistant, interface, why_off, journal.note_feedback),
            path=_path_of(interface) or "/",
            footer_links=[],
            run_history=False,
            show_error=False,
            ssr_mode=False,
            mcp_server=False,
            max_file_size="1kb",
            theme=theme(),
        )
    add_frames(app, {_path_of(one): frame_of(one, knowledge) for one in languages.values()})
    app.add_middleware(
        GZipMiddleware, minimum_size=1024, compresslevel=6, exclude_content_types=_AS_THEY_ARE
    )
    add_guard(app, settings)
    add_watch(app)
    add_problems(app)  # last, so that every response has its id, those of other middleware too
    return app


def _to_the_slash(request: Request) -> Response:
    """Lead from ``/fr`` to the chat in that language, keeping a question in the address."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"{request.url.path}/{query}", status_code=308)


def _path_of(interface: Interface) -> str:
    """Where the pages of a language lie in the application, whatever a proxy puts before it."""
    return interface.prefix.removeprefix(interface.root)


def serve(
    assistant: Assistant,
    settings: Settings,
    *,
    open_browser: bool = False,
    say: Callable[[str], object] = print,
) -> None:
    """Serve the page until it is interrupted; ``say`` is told the address when it is ready.

    Raises ``ServingError`` where the address cannot be used or the server does not start.
    """
    with _listening(settings) as listener:
        app = build_app(assistant, settings)
        set_up_logs(settings.log)
        config = uvicorn.Config(
            app,
            root_path=settings.root,
            log_config=None,
            access_log=False,
            log_level="warning",
            server_header=False,
            proxy_headers=False,  # the guard knows which proxies to trust
            timeout_graceful_shutdown=_SECONDS_TO_FINISH,
        )
        keep_quiet(questions=settings.log_questions == "yes")
        server = _Server(config, app.state.traffic, settings, open_browser=open_browser, say=say)
        try:
            server.run(sockets=[listener])
        except KeyboardInterrupt:
            return
    if not server.was_ready:
        raise ServingError("The page could not be started: the messages above say why.")


def check_port(settings: Settings) -> None:
    """Nothing where the port is free; raises ``ServingError`` where it cannot be used."""
    _listening(settings).close()


def _address(settings: Settings) -> str:
    host = _EVERYWHERE.get(settings.host, settings.host)
    return f"http://[{host}]:{settings.port}" if ":" in host else f"http://{host}:{settings.port}"


class _Server(GracefulServer):
    """A server that says once where it can be reached."""

    def __init__(
        self,
        config: uvicorn.Config,
        traffic: Traffic,
        settings: Settings,
        *,
        open_browser: bool,
        say: Callable[[str], object],
    ) -> None:
        patience = settings.stop_seconds
        super().__init__(config, traffic, delay=settings.stop_delay, patience=patience)
        self._address = _address(settings)
        self._open_browser = open_browser
        self._say = say
        self.was_ready = False

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if not self.started:
            return
        self.was_ready = True
        self._say(f"The assistant is ready at {self._address} (stop it with Ctrl+C).")
        if self._open_browser:
            threading.Thread(target=webbrowser.open, args=(self._address,), daemon=True).start()


def _listening(settings: Settings) -> socket.socket:
    """A socket that listens where the settings say; raises ``ServingError``."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family)
    except OSError as error:
        raise ServingError(_why(error, settings)) from error


def _why(error: OSError, settings: Settings) -> str:
    place = f"Port {settings.port} on {settings.host}"
    if error.errno == errno.EADDRINUSE:
        return f"{place} is in use: end the other program or set CONVENTION_PORT to another port."
    return f"{place} cannot be used ({error.strerror}): set CONVENTION_HOST or CONVENTION_PORT."
