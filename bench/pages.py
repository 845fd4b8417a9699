"""The tracking page and an officer's list over many cases, beside minimal Django pages in the same run.

The cases are copies of ones the engine accepted; 300 still wait for the officer, the others are done.
Limits: tracking a third of the minimal page's rate, 3 statements; list twice the minimal page's time, 6.
"""

import os
from collections.abc import Iterator
from datetime import timedelta

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench._http import Ask, Figures, drive, served  # noqa: E402
from bench._sessions import cookie_of  # noqa: E402
from bench._shop import loaded_shop  # noqa: E402
from onestop import clock  # noqa: E402
from onestop.accounts.models import User  # noqa: E402
from onestop.agencies.posts import actor_of  # noqa: E402
from tests.intake import new_case  # noqa: E402
from workflows.lookup import lookup_path  # noqa: E402
from workflows.models import Case, CaseTask  # noqa: E402

CASES = int(os.environ.get("BENCH_CASES", "100000"))
SEEDS = 50
WAITING = 300
CLIENTS = (1, 16)
ROUNDS = 3
SECONDS = 3.0
CLERK, OFFICER = "clerk.thanhvinh", "officer.vpub.thanhvinh"
# A copy's ids lie this far from those of the one before.
STRIDE = 100_000
# What differs in a copy of a case; `copy` counts from 1.
CASE_CHANGES = {
    "id": f"old.id + copy * {STRIDE}",
    "code": "old.code || '-' || copy",
    "code_key": "old.code_key || copy",
    "received_at": "old.received_at - copy * interval '3 minutes'",
    "due_at": "old.due_at - copy * interval '1 minute'",
    "state": "CASE WHEN copy < {open} THEN old.state ELSE 10 END",
    "done_at": "CASE WHEN copy < {open} THEN NULL ELSE old.received_at END",
    "returned_at": "CASE WHEN copy < {open} THEN NULL ELSE old.received_at END",
}
TASK_CHANGES = {
    "id": f"old.id + copy * {STRIDE}",
    "process_id": f"old.process_id + copy * {STRIDE}",
    "previous_id": f"old.previous_id + copy * {STRIDE}",
    "due_at": "old.due_at - copy * interval '1 minute'",
    "status": "CASE WHEN copy < {open} THEN old.status ELSE 'DONE' END",
    "outcome": "CASE WHEN copy < {open} THEN old.outcome ELSE 'done' END",
    "finished": "CASE WHEN copy < {open} THEN old.finished ELSE old.created END",
}


def run() -> Iterator[dict[str, object]]:
    """Statements of each page, then both rates and their ratio at 1 and 16 clients."""
    with loaded_shop() as name:
        case = _fill()
        tracking = lookup_path(case.code)
        pages = {
            "tracking": (Ask(tracking), Ask(f"/one/{case.code}/")),
            "worklist": (
                Ask("/xu-ly/", cookie_of(OFFICER)),
                Ask(f"/list/{case.receiving_id}/", cookie_of(CLERK)),
            ),
        }
        limits = {"tracking": (1 / 3, 3), "worklist": (1 / 2, 6)}
        for page, (ours, _least) in pages.items():
            statements = _statements(ours.path)
            yield {
                "what": f"{page}: statements",
                "cases": Case.objects.count(),
                "statements": statements,
                "limit": limits[page][1],
                "holds": statements <= limits[page][1],
            }
        with served("onestop.wsgi", name) as shop, served("bench._minimal", name) as minimal:
            for page, asks in pages.items():
                for clients in CLIENTS:
                    yield _compared(page, clients, (shop, minimal), asks, limits[page][0])


def _fill() -> Case:
    """Many cases; the answer is one that the engine accepted."""
    clerk = actor_of(user=User.objects.get(username=CLERK), on=clock.today())
    start = clock.now() - timedelta(days=1)
    cases = [new_case(clerk, at=start + timedelta(seconds=n)) for n in range(SEEDS)]
    copies = CASES // SEEDS - 1
    with connection.cursor() as cursor:
        for model, changes in ((Case, CASE_CHANGES), (CaseTask, TASK_CHANGES)):
            columns = [field.column for field in model._meta.concrete_fields]
            values = [
                changes.get(column, f"old.{column}").format(open=WAITING // SEEDS) for column in columns
            ]
            table = model._meta.db_table
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)}"
                f" FROM {table} old, generate_series(1, {copies}) copy"
            )
            cursor.execute(f"VACUUM ANALYZE {table}")
    return cases[0]


def _statements(path: str) -> int:
    """Of the page in a warm process, with the session and the person's posts."""
    client = Client(SERVER_NAME="127.0.0.1")
    if not path.startswith("/tra-cuu/"):
        client.force_login(
            User.objects.get(username=OFFICER), backend="django.contrib.auth.backends.ModelBackend"
        )
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(path)
        assert answer.status_code == 200, answer.content.decode()
    return len(queries)


def _compared(
    page: str, clients: int, ports: tuple[int, int], asks: tuple[Ask, Ask], limit: float
) -> dict[str, object]:
    rounds: tuple[list[Figures], list[Figures]] = ([], [])
    for _ in range(ROUNDS):
        for port, ask, taken in zip(ports, asks, rounds, strict=True):
            taken.append(drive(port, [[ask]] * clients, SECONDS))
    ours, least = (sorted(taken, key=lambda f: f.rate)[len(taken) // 2] for taken in rounds)
    ratio = ours.rate / least.rate
    return {
        "what": f"{page}, {clients} clients",
        "onestop a second": round(ours.rate, 1),
        "minimal a second": round(least.rate, 1),
        "of the minimal": round(ratio, 2),
        "onestop ms": round(ours.median_ms, 1),
        "onestop p95 ms": round(ours.p95_ms, 1),
        "minimal ms": round(least.median_ms, 1),
        "limit": round(limit, 2),
        "holds": ratio >= limit,
    }
