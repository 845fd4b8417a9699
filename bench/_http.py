"""Two web servers side by side, started as the shop is, and clients in a process of their own."""

import contextlib
import http.client
import multiprocessing
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
# Stands in a body where each request carries a key of its own.
FRESH_KEY = "-fresh-key-"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Ask:
    """One request; a body makes it a POST."""

    path: str
    cookie: str = ""
    body: str = ""
    expect: int = 200


@dataclass(frozen=True)
class Figures:
    """What a load came to."""

    rate: float
    median_ms: float
    p95_ms: float
    done: int


@dataclass
class Load:
    """What the clients do: each goes round its own requests, or through them once without `seconds`."""

    port: int
    clients: list[list[Ask]]
    seconds: float | None
    taken: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


@contextlib.contextmanager
def served(application: str, database: str) -> Iterator[int]:
    """The port of a gunicorn like that of the demonstration: two workers of eight threads, preloaded."""
    port = _free_port()
    environment = os.environ | {
        "DATABASE_URL": _url(database),
        "DJANGO_SETTINGS_MODULE": "onestop.settings",
        # Both servers read the same sessions.
        "BENCH_SECRET_KEY": settings.SECRET_KEY,
    }
    command = [
        *(sys.executable, "-m", "gunicorn", application, "--bind", f"{HOST}:{port}"),
        *("--workers", "2", "--worker-class", "gthread", "--threads", "8", "--preload"),
        *("--no-control-socket", "--log-level", "warning", "--keep-alive", "30"),
    ]
    server = subprocess.Popen(command, env=environment, cwd=ROOT)
    try:
        _await_answer(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def drive(port: int, clients: list[list[Ask]], seconds: float | None = None) -> Figures:
    """The load from a process of its own. Raises: AssertionError when an answer is not the expected one."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        load, elapsed = pool.apply(_run, (Load(port, clients, seconds),))
    assert not load.wrong, load.wrong[0]
    times = sorted(load.taken)
    return Figures(
        rate=len(times) / elapsed,
        median_ms=statistics.median(times) * 1000,
        p95_ms=times[int(len(times) * 0.95)] * 1000,
        done=len(times),
    )


def _run(load: Load) -> tuple[Load, float]:
    threads = [threading.Thread(target=_client, args=(load, asks)) for asks in load.clients]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return load, time.perf_counter() - begun


def _client(load: Load, asks: list[Ask]) -> None:
    line = http.client.HTTPConnection(HOST, load.port, timeout=60)
    line.connect()
    line.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    end = time.perf_counter() + (load.seconds or 0)
    while not load.wrong:
        for ask in asks:
            begun = time.perf_counter()
            if load.seconds is not None and begun >= end:
                return
            wrong = _asked(line, ask)
            load.taken.append(time.perf_counter() - begun)
            if wrong:
                load.wrong.append(wrong)
                return
        if load.seconds is None:
            return


def _asked(line: http.client.HTTPConnection, ask: Ask) -> str:
    """Empty, or what was answered instead of what was expected."""
    headers = {"Cookie": ask.cookie} if ask.cookie else {}
    if ask.body:
        body = ask.body.replace(FRESH_KEY, str(uuid4()))
        line.request("POST", ask.path, body, headers | {"Content-Type": FORM})
    else:
        line.request("GET", ask.path, headers=headers)
    answer = line.getresponse()
    page = answer.read()
    if answer.status == ask.expect:
        return ""
    return f"{ask.path}: {answer.status} instead of {ask.expect}\n{page.decode(errors='replace')[:20000]}"


def _url(database: str) -> str:
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}").geturl()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _await_answer(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if server.poll() is not None:
            raise ConnectionError("The web server ended before it answered; its reason stands above.")
        line = http.client.HTTPConnection(HOST, port, timeout=5)
        with contextlib.suppress(OSError):
            line.request("GET", "/healthz")
            if line.getresponse().status < 500:
                return
        time.sleep(0.1)
    raise ConnectionError(f"No answer from port {port}.")
