"""./run demo: prepares everything, serves it with demonstration data, and starts again whatever dies.

    python -m onestop.demo_server [--port N] [--host ADDRESS]

Three kinds of child: PostgreSQL (unless DATABASE_URL names another), gunicorn and the sender of notices. Each
may be killed at any moment; it is started again within a second, and what was committed is there. When this
process itself is killed, its children get SIGTERM from the kernel; the next ./run finds the data whole.
"""

import argparse
import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from onestop.database import revive, running
from onestop.embedded_postgresql import DatabaseUnavailable, Server

ROOT = Path(__file__).resolve().parent.parent
SENDER = ROOT / "onestop" / "notices" / "management" / "commands" / "send_notices.py"
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)
# A few of the demonstration's people (onestop/agencies/demo_people.py), one for each kind of work.
ACCOUNTS = """
Sign in at /dang-nhap/; the password of everybody is printed above, by load_demo_people.
  clerk.thanhvinh        reception at a commune's counter
  officer.kt.thanhvinh   works on files in a commune's department
  head.ubnd.thanhvinh    approves in a commune
  clerk.tinh             reception at the provincial centre
  officer.so-xay-dung    works on files in a provincial department
  head.so-xay-dung       approves in a provincial department
  supervisor             supervision
  editor                 catalogue
  administrator          people, posts and agencies
Ctrl-C ends it."""


class Stop(Exception):
    """Somebody asked the demonstration to end."""


@dataclass
class Child:
    """A process that is started again when it ends without being asked to."""

    command: Sequence[str]
    environment: dict[str, str]
    process: subprocess.Popen[bytes] = field(init=False)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        # Its own session: Ctrl-C comes to us alone, and we end the children in order.
        self.process = subprocess.Popen(
            self.command, env=self.environment, cwd=ROOT, start_new_session=True, preexec_fn=_die_with_parent
        )

    def revive(self) -> None:
        if self.process.poll() is not None:
            _say(f"{self.command[2]} ended ({self.process.returncode}); starting it again.")
            self.start()

    def end(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _die_with_parent() -> None:
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _say(words: str) -> None:
    print(words, flush=True)  # noqa: T201


def main(arguments: Sequence[str]) -> int:
    options = _options(arguments)
    for request in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(request, _stop)
    try:
        _refuse_taken_port(options.host, options.port)
        with _database() as (server, environment):
            environment.update(_shop_environment(options.host, options.port))
            _prepare(environment)
            _serve(options, server, environment)
    except Stop:
        _say("Stopped.")
    except (DatabaseUnavailable, ConnectionError) as refusal:
        print(refusal, file=sys.stderr)  # noqa: T201
        return 1
    except subprocess.CalledProcessError as failure:
        print(f"Preparing failed: {' '.join(failure.cmd[2:])}", file=sys.stderr)  # noqa: T201
        return 1
    return 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run demo")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    return parser.parse_args(arguments)


def _stop(number: int, _frame: object) -> None:
    # A second Ctrl-C must not break off the orderly end.
    for request in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(request, signal.SIG_IGN)
    raise Stop(number)


def _refuse_taken_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ConnectionError(f"Port {port} of {host} is taken ({error}): ./run demo --port N") from error


@contextlib.contextmanager
def _database() -> Iterator[tuple[Server | None, dict[str, str]]]:
    environment = dict(os.environ)
    if environment.get("DATABASE_URL"):
        yield None, environment
        return
    with running(_var()) as server:
        environment["DATABASE_URL"] = server.url
        yield server, environment


def _var() -> Path:
    return Path(os.environ.get("ONESTOP_VAR") or ROOT / "var")


def _shop_environment(host: str, port: int) -> dict[str, str]:
    """What the shop is told; a value that is set already stays."""
    hosts = ["localhost", "127.0.0.1", "[::1]", host]
    defaults = {
        "STATIC_HASHED": "1",
        "SITE_URL": f"http://{host}:{port}",
        "ALLOWED_HOSTS": ",".join(hosts),
        "DJANGO_SETTINGS_MODULE": "onestop.settings",
    }
    return {name: os.environ.get(name, value) for name, value in defaults.items()}


def _prepare(environment: dict[str, str]) -> None:
    _compile_messages()
    subprocess.run([sys.executable, "-m", "onestop.demo_preparation"], env=environment, cwd=ROOT, check=True)


def _compile_messages() -> None:
    """Texts of other languages; the source is Vietnamese, so that the shop works without them."""
    for source in sorted(ROOT.glob("locale/*/LC_MESSAGES/*.po")):
        with contextlib.suppress(FileNotFoundError):
            subprocess.run(["msgfmt", "-o", str(source.with_suffix(".mo")), str(source)], check=True)


def _serve(options: argparse.Namespace, server: Server | None, environment: dict[str, str]) -> None:
    children = [Child(_gunicorn(options.host, options.port), environment)]
    if SENDER.exists():
        children.append(Child([sys.executable, "manage.py", "send_notices", "--loop"], environment))
    try:
        address = f"http://{'127.0.0.1' if options.host == '0.0.0.0' else options.host}:{options.port}"
        _await_answer(f"{address}/healthz", children[0])
        _say(f"Ready: {address}\n{ACCOUNTS}")
        while True:
            time.sleep(0.5)
            if server is not None and revive(_var(), server):
                _say("PostgreSQL had ended; it is up again.")
            for child in children:
                child.revive()
    finally:
        for child in reversed(children):
            child.end()


def _gunicorn(host: str, port: int) -> list[str]:
    # --preload: both workers share the memory of the loaded shop. No control socket: it would lie in HOME.
    return [
        *(sys.executable, "-m", "gunicorn", "onestop.wsgi", "--bind", f"{host}:{port}"),
        *("--workers", "2", "--worker-class", "gthread", "--threads", "8", "--preload"),
        *("--no-control-socket", "--log-level", "warning", "--graceful-timeout", "10"),
    ]


def _await_answer(address: str, web: Child) -> None:
    for _ in range(600):
        if web.process.poll() is not None:
            raise ConnectionError("The web server ended before it answered; its reason stands above.")
        with contextlib.suppress(urllib.error.URLError, OSError):
            urllib.request.urlopen(address, timeout=5).close()
            return
        time.sleep(0.1)
    raise ConnectionError(f"No answer from {address}.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
