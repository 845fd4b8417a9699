"""A loaded shop in a database of its own, made for one run and dropped after it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection
from django.db.backends.postgresql.creation import DatabaseCreation

from onestop.demo_preparation import LOADERS


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
