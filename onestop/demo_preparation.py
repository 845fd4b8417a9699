"""Fills the database and the static files for ./run demo, in one process: loading the shop takes a second.

python -m onestop.demo_preparation
"""

import time

import django
from django.core.management import call_command

# Each is idempotent, and quick when its work is done already.
LOADERS = (
    ("load_agencies",),
    # The demonstration's files have due dates in 2027, whose days off are not decided yet.
    ("load_calendar", "--publish-provisional", "2027"),
    ("load_procedures",),
    ("load_routes",),
    ("load_demo_people", "--quiet"),
)
COMMANDS = (("migrate", "--verbosity=0"), *LOADERS, ("demo_data",))


def prepare() -> None:
    for name, *options in COMMANDS:
        _timed(name, *options)
    _timed("collectstatic", "--noinput", "--verbosity=0")


def _timed(name: str, *options: str) -> None:
    begun = time.monotonic()
    call_command(name, *options)
    print(f"{name}: {time.monotonic() - begun:.1f} s", flush=True)  # noqa: T201


if __name__ == "__main__":
    django.setup()
    prepare()
