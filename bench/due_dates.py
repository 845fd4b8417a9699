"""Due dates a second on one core, by unit, over a calendar of the State's real days off."""

import time as timer
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from decimal import Decimal

import django

django.setup()

from onestop.calendars.models import Effect  # noqa: E402
from onestop.calendars.national import exceptions_of  # noqa: E402
from onestop.clock import VIETNAM  # noqa: E402
from onestop.working_days import (  # noqa: E402
    Counting,
    CutOff,
    Duration,
    Hours,
    Session,
    Unit,
    WorkingCalendar,
    due,
    explain,
)

GOAL = 20_000
ROUNDS = 20_000


def run() -> Iterator[dict[str, object]]:
    """Each unit, first the moment alone, then with its sentence as a receipt needs it."""
    sessions = (Session(time(7, 30), time(11, 30)), Session(time(13, 30), time(17, 30)))
    years = range(2024, 2028)
    facts = [fact for year in years for fact in exceptions_of(year=year)]
    calendar = WorkingCalendar(
        version=1,
        hours=tuple(Hours(day, session) for day in range(5) for session in sessions),
        days_off={f.date: f.name for f in facts if f.effect == Effect.OFF},
        make_up_days={f.date: f.name for f in facts if f.effect == Effect.WORK},
        years=frozenset(years),
    )
    first = datetime(2024, 1, 2, 8, 7, tzinfo=VIETNAM)
    starts = [first + timedelta(minutes=61 * n) for n in range(ROUNDS)]
    kinds = [
        ("working days, civil", "15", Unit.WORKING_DAY, Counting.CIVIL),
        ("working days, hourly", "7.5", Unit.WORKING_DAY, Counting.HOURLY),
        ("working hours", "20", Unit.WORKING_HOUR, Counting.CIVIL),
        ("calendar days", "30", Unit.CALENDAR_DAY, Counting.CIVIL),
        ("clock hours", "24", Unit.CLOCK_HOUR, Counting.CIVIL),
        ("months", "1", Unit.MONTH, Counting.CIVIL),
    ]
    cut_off = CutOff(time(15))
    for name, amount, unit, counting in kinds:
        for explained in (False, True):
            duration = Duration(Decimal(amount), unit)
            begun = timer.perf_counter()
            for start in starts:
                found = due(
                    start=start, duration=duration, calendar=calendar, counting=counting, cut_off=cut_off
                )
                if explained:
                    explain(found, start=start, duration=duration)
            yield {
                "bench": f"due_dates: {name}{' with explanation' if explained else ''}",
                "value": round(ROUNDS / (timer.perf_counter() - begun)),
                "unit": "due dates/s",
                "n": ROUNDS,
                "against": f"goal {GOAL} on one core",
            }
