"""A finished step: the product beside bare SQL with the same writes, viewflow's stock flow, SpiffWorkflow."""

import multiprocessing
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench import _rivals as rivals  # noqa: E402
from bench._shop import loaded_shop  # noqa: E402
from onestop.accounts.models import User  # noqa: E402
from onestop.agencies.posts import Actor, actor_of  # noqa: E402
from tests.intake import MORNING, new_case  # noqa: E402
from workflows.cases import complete  # noqa: E402
from workflows.models import Case  # noqa: E402
from workflows.states import Outcome  # noqa: E402

ROUNDS = 4
CASES = 60
WARM = 20
CLIENTS = 4


def run() -> Iterator[dict[str, object]]:
    """One figure a rival: median milliseconds at one client and steps a second at four, with ratios."""
    with loaded_shop() as name:
        yield from _one_client()
        yield from _four_clients(name)


def _one_client() -> Iterator[dict[str, object]]:
    taken: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for rival, work in _rivals(WARM + CASES).items():
            times = [_timed(work, index) for index in range(WARM + CASES)]
            taken.setdefault(rival, []).extend(times[WARM:])
    median = {rival: statistics.median(times) * 1000 for rival, times in taken.items()}
    for rival, milliseconds in median.items():
        ratio = milliseconds / median["bare SQL"]
        yield {
            "what": "finished step, 1 client",
            "who": rival,
            "ms": round(milliseconds, 2),
            "x bare SQL": round(ratio, 2),
        }
    yield {"what": "finished step", "who": "onestop", **_statements_and_wal()}


def _timed(work: Callable[[int], None], index: int) -> float:
    begun = time.perf_counter()
    work(index)
    return time.perf_counter() - begun


def _rivals(count: int) -> dict[str, Callable[[int], None]]:
    return {
        "bare SQL": _bare(count),
        "onestop": _product(count),
        "SpiffWorkflow": rivals.spiff(count),
        "viewflow's stock flow": rivals.stock_viewflow(count),
    }


def _bare(count: int) -> Callable[[int], None]:
    cases, actor = _waiting(count)
    return lambda index: rivals.bare_sql(cases[index], actor.user_id)


def _product(count: int) -> Callable[[int], None]:

    cases, actor = _waiting(count)
    tasks = [rivals.open_task_id(case) for case in cases]
    later = MORNING + timedelta(minutes=5)
    return lambda index: complete(
        task_id=tasks[index], actor=actor, outcome=Outcome.DONE, seen=cases[index].event_seq, now=later
    )


def _waiting(count: int) -> tuple[list[Case], Actor]:
    """Cases that wait for their first step, and the officer whose they are."""

    people = {
        name: actor_of(user=User.objects.get(username=name), on=MORNING.date())
        for name in ("clerk.thanhvinh", "officer.vpub.thanhvinh")
    }
    return [new_case(people["clerk.thanhvinh"]) for _ in range(count)], people["officer.vpub.thanhvinh"]


def _statements_and_wal() -> dict[str, object]:
    work = _product(WARM + CASES)
    for index in range(WARM):
        work(index)
    with CaptureQueriesContext(connection) as queries:
        work(WARM)
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        # The first write to a page after a checkpoint copies it whole: warm pages first.
        for index in range(WARM + 1, WARM + 20):
            work(index)
        before = _wal(cursor)
        for index in range(WARM + 20, WARM + CASES):
            work(index)
        used = _wal(cursor) - before
    return {"statements": len(queries), "WAL kB a step": round(used / (CASES - 20) / 1024, 2)}


def _wal(cursor) -> int:
    cursor.execute("SELECT pg_current_wal_insert_lsn() - '0/0'")
    return int(cursor.fetchone()[0])


def _four_clients(database: str) -> Iterator[dict[str, object]]:
    rates: dict[str, float] = {}
    for who in ("bare SQL", "onestop"):
        with multiprocessing.get_context("spawn").Pool(CLIENTS) as pool:
            spans = pool.starmap(_client, [(who, database)] * CLIENTS)
        rates[who] = CLIENTS * CASES / (max(end for _b, end in spans) - min(begun for begun, _e in spans))
    for who, rate in rates.items():
        yield {
            "what": "finished step, 4 clients",
            "who": who,
            "a second": round(rate),
            "of bare SQL": round(rate / rates["bare SQL"], 2),
        }


def _client(who: str, database: str) -> tuple[float, float]:
    connection.settings_dict["NAME"] = database
    work = _bare(WARM + CASES) if who == "bare SQL" else _product(WARM + CASES)
    for index in range(WARM):
        work(index)
    begun = time.time()
    for index in range(WARM, WARM + CASES):
        work(index)
    return begun, time.time()
