"""A loaded shop in a database of its own, made for one run and dropped after it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection
from django.db.backends.postgresql.creation import DatabaseCreation

LOADERS = (
    ("load_agencies",),
    ("load_calendar", "--publish-provisional", "2027"),
    ("load_procedures",),
    ("load_routes",),
    ("load_demo_people", "--quiet"),
)


@contextmanager
def loaded_shop() -> Iterator[str]:
    """Yields the name of the database; every connection of this process goes there."""
    creation = connection.creation
    assert isinstance(creation, DatabaseCreation)
    outside = connection.settings_dict["NAME"]
    name = creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        with open(os.devnull, "w") as nowhere:
            for command, *options in LOADERS:
                call_command(command, *options, stdout=nowhere)
        yield name
    finally:
        connection.close()
        creation.destroy_test_db(outside, verbosity=0)
