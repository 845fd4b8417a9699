"""Acceptances a second through the counter's own page, beside a minimal Django view in the same run.

All clients write to the register of one counter. The minimal view has a session, a CSRF check and one row
with the next number of a counter row. Limit: a quarter of its rate; goal: half.
"""

from collections.abc import Iterator
from urllib.parse import urlencode

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench._http import FRESH_KEY, Ask, Figures, drive, served  # noqa: E402
from bench._sessions import CSRF, cookie_of  # noqa: E402
from bench._shop import loaded_shop  # noqa: E402
from onestop import clock  # noqa: E402
from onestop.accounts.models import User  # noqa: E402
from tests.intake import form_of  # noqa: E402
from workflows.intake_rules import IntakeForm  # noqa: E402
from workflows.models import Case, NumberSeries  # noqa: E402

CLERKS = ("clerk.thanhvinh", "clerk2.thanhvinh")
CLIENTS = (1, 4, 16)
ROUNDS = 3
SECONDS = 3.0
LIMIT = 0.25
GOAL = 0.5
PAGE = "/quay/tiep-nhan/"


def run() -> Iterator[dict[str, object]]:
    """A line for each number of clients: both rates, their ratio, and the time of one acceptance."""
    with loaded_shop() as name:
        fields = fields_of(form_of(at=clock.now()))
        yield {"what": "acceptance over HTTP", "statements": _statements(fields)}
        with (
            served("onestop.wsgi", name) as shop,
            served("bench._minimal", name) as minimal,
        ):
            for clients in CLIENTS:
                yield _compared(clients, shop, minimal, fields)
        _check_numbers()


def fields_of(form: IntakeForm) -> dict[str, str]:
    """What the page of the counter sends for that form."""
    fields = {
        "csrfmiddlewaretoken": CSRF,
        "viec": "tiep-nhan",
        "khoa": FRESH_KEY,
        "quay": str(form.counter_id),
        "tt": str(form.version_id),
        "th": str(form.variant_id or ""),
        "kenh": str(form.channel.value),
        "ten": form.applicant.name,
        "so": form.applicant.id_number,
        "dia_chi": form.applicant.address,
        "dien_thoai": form.applicant.phone,
        "thu": form.applicant.email,
        "phi": "0",
    }
    for paper in form.papers:
        number = paper.requirement_id
        fields |= {f"giay_{number}": "1", f"du_{number}": "on"}
        fields |= {f"chinh_{number}": str(paper.originals), f"sao_{number}": str(paper.copies)}
    return fields


def _statements(fields: dict[str, str]) -> int:
    """Of one acceptance in a warm process, with session, posts, begin and commit."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(
        User.objects.get(username=CLERKS[0]), backend="django.contrib.auth.backends.ModelBackend"
    )
    keys = ("3f2c1b0a-0000-4000-8000-000000000001", "3f2c1b0a-0000-4000-8000-000000000002")
    for key in keys:
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(PAGE, fields | {"khoa": key})
        assert answer.status_code == 302, answer.content.decode()
    return len(queries)


def _compared(clients: int, shop: int, minimal: int, fields: dict[str, str]) -> dict[str, object]:
    ours, least = [], []
    for _ in range(ROUNDS):
        ours.append(_rate(shop, PAGE, clients, fields))
        least.append(_rate(minimal, "/accept/", clients, fields))
    best, floor = _middle(ours), _middle(least)
    ratio = best.rate / floor.rate
    return {
        "what": f"acceptance over HTTP, {clients} clients",
        "onestop a second": round(best.rate, 1),
        "minimal a second": round(floor.rate, 1),
        "of the minimal": round(ratio, 2),
        "onestop ms": round(best.median_ms, 1),
        "onestop p95 ms": round(best.p95_ms, 1),
        "minimal ms": round(floor.median_ms, 1),
        "limit": LIMIT,
        "goal": GOAL,
        "holds": ratio >= LIMIT,
    }


def _rate(port: int, path: str, clients: int, fields: dict[str, str]) -> Figures:
    body = urlencode(fields)
    asks = [[Ask(path, cookie_of(CLERKS[n % len(CLERKS)]), body, expect=302)] for n in range(clients)]
    return drive(port, asks, SECONDS)


def _middle(rounds: list[Figures]) -> Figures:
    return sorted(rounds, key=lambda figures: figures.rate)[len(rounds) // 2]


def _check_numbers() -> None:
    """Every number that was given has its case: speed was not bought with gaps."""
    given = sum(NumberSeries.objects.values_list("last", flat=True))
    assert given == Case.objects.count(), f"{given} numbers, {Case.objects.count()} cases"
