"""The locks install the same everywhere: pinned, hashed, from whatever index the machine is set to use."""

import re
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent.parent / "requirements"
# Each contains the one before it.
SETS = ("runtime", "test", "dev")
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[a-z0-9,_-]+\])?==([^\s;\\]+)", re.IGNORECASE)
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")


@dataclass(frozen=True)
class Pin:
    name: str
    version: str
    hashes: int


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def entries(text: str) -> list[str]:
    """Requirements of a lock, each with its continued lines joined, without comments."""
    joined = text.replace("\\\n", " ")
    return [
        line.strip() for line in joined.splitlines() if line.strip() and not line.lstrip().startswith("#")
    ]


def pins(text: str) -> dict[str, Pin]:
    found = {}
    for entry in entries(text):
        match = PIN.match(entry)
        if match:
            name = normal(match[1])
            found[name] = Pin(name=name, version=match[2], hashes=len(HASH.findall(entry)))
    return found


def faults(text: str) -> list[str]:
    """What keeps a lock from installing the same on another machine."""
    wrong = [f"an address: {line.strip()}" for line in text.splitlines() if "://" in line or " @ " in line]
    for entry in entries(text):
        if entry.startswith("-"):
            wrong.append(f"an option: {entry}")
        elif not PIN.match(entry):
            wrong.append(f"not pinned: {entry}")
        elif not HASH.search(entry):
            wrong.append(f"without a hash: {entry}")
    return wrong


def lock(name: str) -> str:
    return (FOLDER / f"{name}.txt").read_text()


GOOD = "django==5.2.19 \\\n    --hash=sha256:" + "0" * 64 + "\n"


@pytest.mark.parametrize("name", SETS)
def test_a_lock_is_pinned_hashed_and_free_of_addresses(name: str) -> None:
    assert len(pins(lock(name))) > 20
    assert faults(lock(name)) == []


@pytest.mark.parametrize(
    "bad",
    [
        "--index-url https://else.where/simple\n" + GOOD,
        "--extra-index-url file:/x\n" + GOOD,
        "django @ https://else.where/django.whl\n",
        "# from https://else.where/simple\n" + GOOD,
        "django>=5\n",
        "django==5.2.19\n",
        "django==5.2.19 --hash=md5:00\n",
    ],
)
def test_a_bad_lock_is_caught(bad: str) -> None:
    assert faults(GOOD) == []
    assert faults(bad) != []


@pytest.mark.parametrize("name", SETS)
def test_everything_asked_for_is_locked_at_the_version_asked_for(name: str) -> None:
    locked = pins(lock(name))
    asked = pins((FOLDER / f"{name}.in").read_text())
    assert asked
    assert {pin.name: locked[pin.name].version for pin in asked.values()} == {
        pin.name: pin.version for pin in asked.values()
    }


@pytest.mark.parametrize(("smaller", "larger"), [("runtime", "test"), ("test", "dev")])
def test_a_larger_set_holds_the_smaller_one_unchanged(smaller: str, larger: str) -> None:
    inner, outer = pins(lock(smaller)), pins(lock(larger))
    assert {name: outer[name].version for name in inner if name in outer} == {
        name: pin.version for name, pin in inner.items()
    }


def test_the_environment_is_what_the_lock_says() -> None:
    assert {name: version(name) for name in pins(lock("test"))} == {
        name: pin.version for name, pin in pins(lock("test")).items()
    }


def test_the_notices_name_every_package_that_runs() -> None:
    notices = (FOLDER.parent / "THIRD_PARTY_NOTICES.md").read_text()
    absent = [p.name for p in pins(lock("runtime")).values() if f"| {p.name} | {p.version} |" not in notices]
    assert absent == []


def test_the_licence_is_the_whole_affero_licence() -> None:
    text = (FOLDER.parent / "LICENSE").read_text()
    assert text.lstrip().startswith("GNU AFFERO GENERAL PUBLIC LICENSE")
    assert "13. Remote Network Interaction" in text
    assert "END OF TERMS AND CONDITIONS" in text


@pytest.mark.parametrize("name", SETS)
def test_only_one_driver_of_postgresql_is_installed(name: str) -> None:
    """Django prefers psycopg 3 where it finds it; measured here, psycopg2 is the faster one."""
    assert "psycopg2-binary" in pins(lock(name))
    assert "psycopg" not in pins(lock(name))
