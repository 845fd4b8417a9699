"""The shop that most tests stand in: the province's tree, calendar, catalogue, routes and fictitious people.

`shop`        the loaded shop, in a transaction that is rolled back (threads and browsers do not see it);
`open_shop`   the loaded shop with real commits; what the test wrote is emptied afterwards;
`shop_server` the address of the running open shop;
`actor("clerk.thanhvinh")`, `person("clerk.thanhvinh")` the cast, by user name.

Tests of the shop run after all others, for those may empty the database.
"""

import os
from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, connections
from django.test.testcases import LiveServerThread
from django.test.utils import setup_databases, teardown_databases
from django.utils.translation import deactivate
from pytest_django.live_server_helper import LiveServer

from onestop.accounts.models import User
from onestop.agencies.posts import Actor, actor_of
from onestop.calendars.published import clear_cache
from onestop.demo_preparation import LOADERS
from tests.intake import MORNING

# What acts write; TRUNCATE passes by the row triggers that refuse every change.
WRITTEN = (
    "workflows_presence, workflows_handback, workflows_intake, workflows_clockentry, workflows_caseevent,"
    " workflows_casepaper, workflows_casetask, workflows_case, workflows_applicant, workflows_numberseries,"
    " receipts_issuedpdf, receipts_issuedpaper, receipts_paperseries, notices_outbox, django_session"
)

SHOP = {"_loaded_shop", "shop_of_module"}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not SHOP.isdisjoint(getattr(item, "fixturenames", ())))


@pytest.fixture(autouse=True)
def _language_of_the_source() -> None:
    """The reader of the test before may have chosen English."""
    deactivate()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment,
    django_db_modify_db_settings,
    django_db_blocker,
    django_db_keepdb,
    django_db_createdb,
) -> Iterator[None]:
    """The test database, always: pytest-django makes none when every chosen test stands in `open_shop` only,
    and what such a test wrote and emptied was then the shop that DATABASE_URL names."""
    with django_db_blocker.unblock():
        made = setup_databases(
            verbosity=0, interactive=False, keepdb=django_db_keepdb and not django_db_createdb
        )
    assert connection.settings_dict["NAME"].startswith("test_")
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            teardown_databases(made, verbosity=0)


@pytest.fixture
def _loaded_shop(django_db_setup, django_db_blocker) -> None:
    _load(django_db_blocker)


@pytest.fixture(scope="module")
def shop_of_module(django_db_setup, django_db_blocker) -> None:
    """The loaded shop, for a module that builds its scene once."""
    _load(django_db_blocker)


def _load(django_db_blocker) -> None:
    """Loaded once; again when a test that empties the database came in between."""
    with django_db_blocker.unblock(), open(os.devnull, "w") as nowhere:
        if not User.objects.filter(username="supervisor").exists():
            clear_cache()
            for name, *options in LOADERS:
                call_command(name, *options, stdout=nowhere)


@pytest.fixture
def shop(_loaded_shop, db) -> None:
    cache.clear()


@pytest.fixture
def open_shop(_loaded_shop, django_db_blocker) -> Iterator[None]:
    cache.clear()
    with django_db_blocker.unblock():
        yield
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {WRITTEN} CASCADE")
        connections.close_all()


@pytest.fixture(scope="session")
def _server(django_db_setup) -> Iterator[LiveServer]:
    server = LiveServer("127.0.0.1")
    assert isinstance(server.thread, LiveServerThread)
    yield server
    server.stop()


@pytest.fixture
def shop_server(open_shop, _server) -> str:
    return str(_server.url)


@pytest.fixture
def person() -> Callable[[str], User]:
    return lambda username: User.objects.get(username=username)


@pytest.fixture
def actor(person) -> Callable[[str], Actor]:
    return lambda username: actor_of(user=person(username), on=MORNING.date())
