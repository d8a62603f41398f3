"""The files to deploy it with: a real nginx, with the file that is shipped, before a server."""

from __future__ import annotations

import asyncio
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
import trustme
import yaml
from fastapi import FastAPI, Request
from fastapi.responses import StreamingResponse

from assistant.assessment_files import MAX_BYTES as LARGEST_ASSESSMENT
from assistant.gap.reading import MAX_BYTES as LARGEST_BILL
from assistant.web.api.bodies import MOST_BYTES
from tests.browser import served

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
ROOT = Path(__file__).parents[1]
FILE = ROOT / "deploy" / "nginx.conf"
TLS = ROOT / "deploy" / "server.d" / "tls.conf.example"
SOON = 10.0
WRITING = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


@pytest.fixture(scope="module")
def taken() -> threading.Semaphore:
    """Raised by a client for each piece of a stream that it has."""
    return threading.Semaphore(0)


@pytest.fixture(scope="module")
def come() -> threading.Event:
    """Set by the server when it has the first piece of a bill."""
    return threading.Event()


@pytest.fixture(scope="module")
def app(taken, come) -> FastAPI:
    app = FastAPI()

    @app.post("/bill")
    async def bill(request: Request):
        size = 0
        async for piece in request.stream():
            size += len(piece)
            come.set()
        return {"size": size}

    @app.api_route("/{path:path}", methods=["GET", "POST"])
    async def anything(path: str, request: Request):
        if path in ("api/ask", "v1/chat/completions", "bill/read", "mcp"):
            return StreamingResponse(_pieces(taken), media_type="text/event-stream")
        size = sum([len(piece) async for piece in request.stream()])
        return {"path": path, "size": size, **request.headers}

    return app


async def _pieces(taken: threading.Semaphore) -> AsyncIterator[bytes]:
    """Each piece comes when the one before has been read, so that no proxy may hold one back."""
    for number in range(5):
        yield f"{number} ".encode()
        if not await asyncio.to_thread(taken.acquire, timeout=SOON):
            return


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Where nginx keeps what it writes."""
    return tmp_path_factory.mktemp("nginx")


@pytest.fixture(scope="module")
def proxy(app, folder) -> Iterator[str]:
    """The address of an nginx before the application."""
    port = free_port()
    with served(app) as address, nginx(folder, address, port):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def nginx(folder: Path, address: str, port: int) -> Iterator[None]:
    """An nginx with the shipped file, where names, ports and folders are those of this machine."""
    if not NGINX:
        pytest.skip("there is no nginx")
    kept = "".join(f"{way}_temp_path {folder};\n" for way in WRITING)
    text = FILE.read_text("utf-8").replace("app:7860", urlsplit(address).netloc)
    text = text.replace("listen 8080;", f"listen 127.0.0.1:{port};")
    text = text.replace("/dev/stdout", f"{folder}/log").replace("http {", f"http {{\n{kept}", 1)
    (folder / "nginx.conf").write_text(text, "utf-8")
    extra = f"pid {folder}/pid; daemon off;"
    process = subprocess.Popen([NGINX, "-c", folder / "nginx.conf", "-p", folder, "-g", extra])
    try:
        wait_for(port, process)
        yield
    finally:
        process.terminate()
        process.wait(SOON)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def wait_for(port: int, process: subprocess.Popen) -> None:
    ends = time.monotonic() + SOON
    while time.monotonic() < ends:
        assert process.poll() is None, "nginx does not take the file"
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.02)


@pytest.mark.parametrize("path", ["api/ask", "v1/chat/completions", "bill/read", "mcp"])
def test_a_stream_is_not_held_back(proxy, taken, path):
    told = ""
    with httpx.stream("POST", f"{proxy}/{path}", timeout=SOON) as response:
        for piece in response.iter_text():
            told += piece
            taken.release()
    assert told == "0 1 2 3 4 "


def test_a_bill_is_passed_on_while_it_is_sent_so_that_none_of_it_is_kept(proxy, come):
    def pieces() -> Iterator[bytes]:
        yield b"x" * 1000
        assert come.wait(SOON), "nginx held back the first piece"
        yield b"x" * 1000

    come.clear()
    assert httpx.post(f"{proxy}/bill", content=pieces(), timeout=SOON).json() == {"size": 2000}


@pytest.mark.parametrize("path", ["metrics", "readyz"])
def test_the_routes_of_operators_are_closed(proxy, path):
    assert httpx.get(f"{proxy}/{path}").status_code == 404
    assert httpx.get(f"{proxy}/healthz").json()["path"] == "healthz"


def test_who_asks_is_told_by_the_proxy_and_not_by_the_client(proxy):
    names = ("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Prefix", "X-Real-IP", "Forwarded")
    claimed = {name: "192.0.2.7" for name in names} | {"X-Forwarded-Proto": "https"}
    told = httpx.get(f"{proxy}/convention", headers=claimed).json()
    assert told["x-forwarded-for"] == "127.0.0.1"
    assert told["x-forwarded-proto"] == "http"
    assert told["host"] == urlsplit(proxy).netloc
    assert "192.0.2.7" not in told.values()


def test_the_log_has_neither_questions_nor_keys_nor_addresses(proxy, folder):
    referrer = {"Referer": "https://www.example.org/?q=secret"}
    httpx.get(f"{proxy}/api/search?q=secret&key=secret", headers=referrer)
    line = (folder / "log").read_text("utf-8").splitlines()[-1]
    assert " 200 GET /api/search " in line
    assert "secret" not in line and "127.0.0.1" not in line


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [
        ("api/search", MOST_BYTES, 200),
        ("api/search", MOST_BYTES + 1, 413),
        ("v1/models", 1024 * 1024, 200),
        ("v1/models", 1024 * 1024 + 1, 413),
        ("bill", LARGEST_BILL + 100_000, 200),
        ("register/assessment", LARGEST_ASSESSMENT, 200),
        ("bill", 60_000_000, 413),
    ],
)
def test_bodies_are_bounded_by_what_the_route_takes(proxy, path, size, status):
    response = httpx.post(f"{proxy}/{path}", content=b"x" * size, timeout=SOON)
    assert response.status_code == status
    told = response.json()
    assert told["error"]["code"] == "too_large" if status == 413 else told["size"] == size


def test_with_the_file_for_tls_pages_come_encrypted_and_plain_ones_are_sent_there(app, tmp_path):
    authority, port, plain = trustme.CA(), free_port(), free_port()
    certificate, own = authority.issue_cert("localhost"), tmp_path / "server.d"
    own.mkdir()
    for pem in certificate.cert_chain_pems:
        pem.write_to_path(own / "fullchain.pem", append=True)
    certificate.private_key_pem.write_to_path(own / "privkey.pem")
    text = TLS.read_text("utf-8").replace("listen 8443", f"listen 127.0.0.1:{port}")
    (own / "tls.conf").write_text(text, "utf-8")
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    with served(app) as address, nginx(tmp_path, address, plain):
        told = httpx.get(f"https://localhost:{port}/convention", verify=trusting).json()
        sent = httpx.get(f"http://127.0.0.1:{plain}/convention?q=1")
    assert told["x-forwarded-proto"] == "https"
    assert sent.status_code == 308
    assert sent.headers["location"] == "https://127.0.0.1/convention?q=1"


def test_image_services_and_proxy_agree_on_names_ports_and_networks():
    image, proxy = (ROOT / "Dockerfile").read_text("utf-8"), FILE.read_text("utf-8")
    described = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    port = re.search(r"^EXPOSE (\d+)$", image, re.MULTILINE)[1]
    assert f"server app:{port};" in proxy and f"127.0.0.1:{port}/readyz" in image
    app, nginx = described["services"]["app"], described["services"]["nginx"]
    assert [f"listen {ports.split(':')[1]};" in proxy for ports in nginx["ports"]] == [True]
    subnet = described["networks"]["inside"]["ipam"]["config"][0]["subnet"]
    assert app["environment"]["CONVENTION_TRUSTED_PROXIES"] == subnet
    assert [volume.split(":")[1] for volume in app["volumes"]] == ["/data"]
    assert "CONVENTION_DATA=/data" in image
    for volume in nginx["volumes"]:
        assert (ROOT / volume.split(":")[0]).exists()


def test_the_index_server_runs_from_the_image_where_the_app_looks_for_it_and_nginx_does_not():
    image = (ROOT / "Dockerfile").read_text("utf-8")
    alone, added = (
        yaml.safe_load((ROOT / name).read_text("utf-8"))["services"]
        for name in ("compose.yaml", "compose.chroma.yaml")
    )
    chroma = added["chroma"]
    assert chroma["image"] == alone["app"]["image"]
    port = chroma["entrypoint"][chroma["entrypoint"].index("--port") + 1]
    assert added["app"]["environment"]["CONVENTION_CHROMA_URL"] == f"http://chroma:{port}"
    folder = chroma["entrypoint"][chroma["entrypoint"].index("--path") + 1]
    assert chroma["volumes"] == [f"index:{folder}"] and f" {folder}\n" in image
    assert set(chroma["networks"]) <= set(added["app"]["networks"])
    assert not set(chroma["networks"]) & set(alone["nginx"]["networks"])
