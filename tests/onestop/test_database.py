"""The embedded server: what was committed survives any kill, and everybody shares one server."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.postgresql.psycopg_any import is_psycopg3
from environ import Env

from onestop import embedded_postgresql
from onestop.database import default_url, revive, running
from onestop.embedded_postgresql import (
    LONGEST_SOCKET_PATH,
    SOCKET_FILE,
    DatabaseUnavailable,
    Server,
    find,
    socket_dir,
)

ROOT = Path(__file__).resolve().parent.parent.parent


def connect(server: Server) -> psycopg2.extensions.connection:
    return psycopg2.connect(host=str(server.socket_dir), user="onestop", dbname="onestop")


def rows(server: Server) -> int:
    with contextlib.closing(connect(server)) as open_connection, open_connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM filed")
        return cursor.fetchone()[0]


def file_rows(server: Server, count: int) -> None:
    with contextlib.closing(connect(server)) as open_connection, open_connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS filed (number integer)")
        cursor.execute("INSERT INTO filed SELECT generate_series(1, %s)", [count])
        open_connection.commit()


def shown(var: Path, setting: str) -> str:
    with running(var) as server, contextlib.closing(connect(server)) as open_connection:
        cursor = open_connection.cursor()
        cursor.execute(f"SHOW {setting}")
        return cursor.fetchone()[0]


def kill_postmaster(server: Server) -> None:
    os.kill(server.postmaster or 0, signal.SIGKILL)
    wait_until(lambda: server.postmaster is None)


def wait_until(happened: Callable[[], bool]) -> None:
    for _ in range(200):
        if happened():
            return
        time.sleep(0.1)
    pytest.fail("It did not happen within 20 seconds.")


def new_place() -> Path:
    """Directly in /tmp, where the database's user may enter; pytest's own directories are closed to it."""
    place = Path(tempfile.mkdtemp(prefix="onestop-test-"))
    place.chmod(0o755)
    return place


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """Data made once, since initdb is the slow part."""
    place = new_place()
    with running(place):
        pass
    yield place
    shutil.rmtree(place)


@pytest.fixture
def empty_var() -> Iterator[Path]:
    place = new_place()
    yield place
    with contextlib.suppress(DatabaseUnavailable):
        find(place).stop()
    home = (place / "pg").resolve()
    shutil.rmtree(home, ignore_errors=True)
    shutil.rmtree(socket_dir(home), ignore_errors=True)
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def var(empty_var: Path, made: Path) -> Path:
    """A place of its own with data made, and no server left behind."""
    subprocess.run(["cp", "-a", made / "pg", empty_var], check=True)
    return empty_var


def command(var: Path, *arguments: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "ONESTOP_VAR": str(var)}
    environment.pop("DATABASE_URL", None)
    return subprocess.Popen(
        [sys.executable, "-m", "onestop.database", *arguments],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_the_driver_in_use_is_psycopg2() -> None:
    assert not is_psycopg3
    assert connection.Database.__name__ == "psycopg2"


def test_durability_is_postgresqls_default(var: Path) -> None:
    for setting in ("fsync", "synchronous_commit", "full_page_writes", "data_checksums"):
        assert shown(var, setting) == "on", setting


def test_it_listens_on_a_closed_socket_only(var: Path) -> None:
    assert shown(var, "listen_addresses") == ""
    with running(var) as server:
        assert server.socket_dir.stat().st_mode & 0o077 == 0


def test_it_does_not_run_as_root(var: Path) -> None:
    with running(var) as server:
        assert Path(f"/proc/{server.postmaster}").stat().st_uid != 0


def test_rows_survive_an_orderly_stop(var: Path) -> None:
    with running(var) as server:
        file_rows(server, 1000)
    assert server.postmaster is None
    with running(var) as server:
        assert rows(server) == 1000


def test_rows_survive_a_killed_postmaster(var: Path) -> None:
    with running(var) as server:
        file_rows(server, 1000)
        kill_postmaster(server)
        assert revive(var, server)
        assert rows(server) == 1000
        assert not revive(var, server)


def test_rows_survive_a_killed_postmaster_with_a_busy_backend(var: Path) -> None:
    with running(var) as server:
        file_rows(server, 1000)
        busy = connect(server)
        busy.cursor().execute("INSERT INTO filed SELECT generate_series(1, 200000)")
        kill_postmaster(server)
        revive(var, server)
        # What was not committed is gone as a whole.
        assert rows(server) == 1000
        busy.close()


def test_rows_survive_a_killed_backend(var: Path) -> None:
    with running(var) as server:
        file_rows(server, 1000)
        before = checkpointer(server)
        with contextlib.closing(connect(server)) as victim:
            os.kill(victim.info.backend_pid, signal.SIGKILL)
        # The postmaster answers until it notices; then it recovers with new processes.
        wait_until(lambda: checkpointer(server) not in (None, before))
        assert rows(server) == 1000


def checkpointer(server: Server) -> int | None:
    """Its pid, or None while the server takes no connections."""
    try:
        with contextlib.closing(connect(server)) as open_connection, open_connection.cursor() as cursor:
            cursor.execute("SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'")
            found = cursor.fetchone()
    except psycopg2.OperationalError:
        return None
    return found[0] if found else None


def test_it_starts_over_the_zombie_of_a_killed_postmaster(var: Path) -> None:
    """A first process that never reaps leaves the pid of postmaster.pid taken for ever."""
    with running(var) as server:
        file_rows(server, 1000)
    zombie = subprocess.Popen(["true"])
    wait_until(lambda: Path(f"/proc/{zombie.pid}/stat").read_text().split()[2] == "Z")
    _leave_lock_files(server, zombie.pid)
    with running(var) as server:
        assert rows(server) == 1000
    zombie.wait()


def test_it_starts_over_a_stranger_who_was_given_the_old_pid(var: Path) -> None:
    with running(var) as server:
        file_rows(server, 1000)
    identity = (server.account.uid, server.account.gid) if server.account else (os.geteuid(), os.getegid())
    stranger = subprocess.Popen(["sleep", "60"], user=identity[0], group=identity[1])
    _leave_lock_files(server, stranger.pid)
    with running(var) as server:
        assert rows(server) == 1000
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def _leave_lock_files(server: Server, pid: int) -> None:
    """As a server of that pid that was killed leaves them."""
    with running(server.home.parent):
        left = {
            name: (server.home / name).read_text() for name in ("data/postmaster.pid", f"{SOCKET_FILE}.lock")
        }
    owner = server.data.stat()
    for name, text in left.items():
        path = server.home / name
        path.write_text(text.replace(text.partition("\n")[0], str(pid), 1))
        path.chmod(0o600)
        os.chown(path, owner.st_uid, owner.st_gid)


def test_a_start_that_was_killed_while_making_the_data_is_made_good(empty_var: Path) -> None:
    place = empty_var / "pg"
    find(empty_var)
    (place / "data.unfinished").mkdir()
    (place / "data.unfinished" / "PG_VERSION").write_text("18\n")
    with running(empty_var) as server:
        file_rows(server, 1)
        assert rows(server) == 1


def test_two_commands_share_one_server_and_the_last_stops_it(var: Path) -> None:
    first, second = command(var, "cat"), command(var, "cat")
    server_is_up = lambda: (var / "pg").exists() and find(var).postmaster is not None  # noqa: E731
    wait_until(server_is_up)
    first.communicate()
    time.sleep(0.5)
    assert server_is_up()
    second.communicate()
    assert not server_is_up()


def test_a_killed_command_leaves_the_server_to_the_next(var: Path) -> None:
    killed = command(var, "sh", "-c", "echo up; cat")
    assert killed.stdout is not None
    assert killed.stdout.readline() == "up\n"
    killed.kill()
    killed.communicate()
    server = find(var)
    assert server.postmaster is not None
    command(var, "true").communicate()
    assert server.postmaster is None


def test_a_command_keeps_its_input_output_and_exit_code(var: Path) -> None:
    process = command(var, "sh", "-c", "cat; exit 7")
    output, _ = process.communicate("đã nhận\n")
    assert output == "đã nhận\n"
    assert process.returncode == 7


def test_database_url_prevails(empty_var: Path) -> None:
    environment = {**os.environ, "ONESTOP_VAR": str(empty_var), "DATABASE_URL": "postgres://elsewhere/shop"}
    answer = subprocess.run(
        [sys.executable, "-m", "onestop.database", "sh", "-c", "echo $DATABASE_URL"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout == "postgres://elsewhere/shop\n"
    assert not (empty_var / "pg").exists()


def test_a_path_too_long_for_a_socket_gets_a_short_closed_directory(empty_var: Path) -> None:
    deep = empty_var / ("d" * 60) / ("e" * 60)
    with running(deep) as server:
        file_rows(server, 10)
        assert rows(server) == 10
        assert len(str(server.socket_dir / SOCKET_FILE)) <= LONGEST_SOCKET_PATH
        assert server.socket_dir.stat().st_mode & 0o077 == 0
    shutil.rmtree(server.socket_dir)


def test_a_socket_directory_prepared_by_somebody_else_is_refused(empty_var: Path) -> None:
    deep = empty_var / ("d" * 60) / ("e" * 60)
    trap = socket_dir((deep / "pg").resolve())
    trap.mkdir(mode=0o777)
    trap.chmod(0o777)
    with pytest.raises(DatabaseUnavailable, match="not a closed directory"), running(deep):
        pass
    trap.rmdir()


@pytest.mark.parametrize("home", ["/srv/onestop/var/pg", "/srv/" + "d" * 120 + "/pg"])
def test_the_settings_find_the_socket_in_the_address(home: str) -> None:
    facts = Env.db_url_config(default_url(Path(home).parent))
    assert facts["HOST"] == str(socket_dir(Path(home)))
    assert (facts["USER"], facts["NAME"]) == ("onestop", "onestop")


if os.geteuid() == 0:

    def test_root_keeps_data_where_the_database_user_can_go(empty_var: Path) -> None:
        closed = empty_var / "closed"
        closed.mkdir(mode=0o700)
        with running(closed) as server:
            file_rows(server, 10)
        assert (closed / "pg").is_symlink()
        assert closed.stat().st_mode & 0o077 == 0
        with running(closed) as server:
            assert rows(server) == 10
        shutil.rmtree(server.home)

    def test_root_copies_programs_that_the_database_user_cannot_reach(
        empty_var: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        closed = empty_var / "site-packages"
        for part in (embedded_postgresql.PROGRAMS, embedded_postgresql.LIBRARIES):
            shutil.copytree(embedded_postgresql.SITE / part, closed / part, symlinks=True)
        closed.chmod(0o700)
        monkeypatch.setattr(embedded_postgresql, "SITE", closed)
        monkeypatch.setattr(embedded_postgresql, "SHARED", empty_var / "shared")
        with running(empty_var) as server:
            assert server.programs.is_relative_to(empty_var / "shared")
            file_rows(server, 10)
            assert rows(server) == 10

    def test_data_of_another_user_are_run_as_that_user(empty_var: Path) -> None:
        nobody = (65534, 65534)
        (empty_var / "pg").mkdir(mode=0o700)
        os.chown(empty_var / "pg", *nobody)
        with running(empty_var) as server:
            file_rows(server, 10)
            assert Path(f"/proc/{server.postmaster}").stat().st_uid == nobody[0]


def test_one_writer_does_not_wait_for_ever() -> None:
    assert "lock_timeout" in settings.DATABASES["default"]["OPTIONS"]["options"]
