"""Finds or starts PostgreSQL for ./run.

    python -m onestop.database COMMAND ...      runs COMMAND with DATABASE_URL set and the server up

With DATABASE_URL set there is nothing to do; else an embedded server runs (embedded_postgresql.py), with its
data under var/pg. Any number of commands share it: each holds a shared lock on var/pg.users, which the kernel
drops however the command ends; the one that finds itself alone stops the server.
"""

import contextlib
import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from onestop.embedded_postgresql import DatabaseUnavailable, Server, find, url


def default_url(var: Path) -> str:
    """The address of the embedded server of `var`, whether it runs or not, for the settings."""
    return url((var / "pg").resolve())


@contextlib.contextmanager
def running(var: Path) -> Iterator[Server]:
    """The server of `var`, up for as long as the block runs; stopped after it unless another process uses it.

    Raises DatabaseUnavailable.
    """
    try:
        var.mkdir(parents=True, exist_ok=True)
        users = (var / "pg.users").open("a")
    except OSError as error:
        raise DatabaseUnavailable(f"Cannot write to {var}: {error}. Set ONESTOP_VAR.") from error
    with users:
        with _turn(var):
            fcntl.flock(users, fcntl.LOCK_SH)
            server = find(var)
            server.start()
        try:
            yield server
        finally:
            with _turn(var):
                if _alone(users):
                    server.stop()


def revive(var: Path, server: Server) -> bool:
    """Start the server again when its postmaster is gone; True when that was needed."""
    if server.postmaster is not None:
        return False
    with _turn(var):
        server.start()
    return True


@contextlib.contextmanager
def _turn(var: Path) -> Iterator[None]:
    """One process at a time starts or stops the server."""
    with (var / "pg.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _alone(users: IO[str]) -> bool:
    fcntl.flock(users, fcntl.LOCK_UN)
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _attend(command: Sequence[str], environment: dict[str, str]) -> int:
    """Run the command in our terminal; Ctrl-C reaches it directly, other requests to end are passed on."""
    process = subprocess.Popen(command, env=environment)
    signal.signal(signal.SIGINT, lambda *_: None)
    for request in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(request, lambda number, _: process.send_signal(number))
    return process.wait()


def main(command: Sequence[str]) -> int:
    if os.environ.get("DATABASE_URL"):
        os.execvp(command[0], list(command))
    var = Path(os.environ.get("ONESTOP_VAR") or Path(__file__).resolve().parent.parent / "var")
    try:
        with running(var) as server:
            code = _attend(command, {**os.environ, "DATABASE_URL": server.url})
    except DatabaseUnavailable as refusal:
        print(refusal, file=sys.stderr)  # noqa: T201
        return 1
    # As a shell says that a signal ended it.
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
