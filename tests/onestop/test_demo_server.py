"""What the demonstration promises on its screen and in the README is there."""

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from onestop.agencies.demo_people import PASSWORD, demo_people
from onestop.demo_server import ACCOUNTS, Child

ROOT = Path(__file__).resolve().parent.parent.parent
README = (ROOT / "README.md").read_text()


def test_every_account_on_the_screen_and_in_the_readme_exists() -> None:
    on_screen = re.findall(r"^  (\S+)  ", ACCOUNTS, re.MULTILINE)
    in_readme = re.findall(r"^\| `([a-z0-9.-]+)` \|", README, re.MULTILINE)
    assert sorted(on_screen) == sorted(in_readme)
    assert {person.username for person in demo_people()}.issuperset(on_screen)


def test_the_password_in_the_readme_is_the_right_one() -> None:
    assert f"`{PASSWORD}`" in README


def test_a_taken_port_is_told_before_anything_is_prepared() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        answer = subprocess.run(
            [sys.executable, "-m", "onestop.demo_server", "--port", str(port)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    assert answer.returncode == 1
    assert "./run demo --port N" in answer.stderr
    assert answer.stdout == ""


@pytest.fixture
def child() -> Iterator[Child]:
    child = Child([sys.executable, "-c", "import time; time.sleep(60)"], {})
    yield child
    child.end()


def test_a_killed_child_is_started_again(child: Child) -> None:
    killed = child.process.pid
    child.process.send_signal(signal.SIGKILL)
    child.process.wait()
    child.revive()
    assert child.process.pid != killed
    assert child.process.poll() is None


def test_a_living_child_is_left_alone(child: Child) -> None:
    living = child.process.pid
    child.revive()
    assert child.process.pid == living
