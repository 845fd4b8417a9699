"""Due dates a second on one core, by unit, over a calendar of the State's real days off.

The peer is the holidays package's own count of working days, which knows days off and made-up Saturdays but
no hours, cut-off or reason. Goal: 20,000 a second for each unit, the moment alone.
"""

import time as timer
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from decimal import Decimal

import django
import holidays

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


KINDS = (
    ("working days, civil", Duration(Decimal(15), Unit.WORKING_DAY), Counting.CIVIL),
    ("working days, hourly", Duration(Decimal("7.5"), Unit.WORKING_DAY), Counting.HOURLY),
    ("working hours", Duration(Decimal(20), Unit.WORKING_HOUR), Counting.CIVIL),
    ("calendar days", Duration(Decimal(30), Unit.CALENDAR_DAY), Counting.CIVIL),
    ("clock hours", Duration(Decimal(24), Unit.CLOCK_HOUR), Counting.CIVIL),
    ("months", Duration(Decimal(1), Unit.MONTH), Counting.CIVIL),
)
SESSIONS = (Session(time(7, 30), time(11, 30)), Session(time(13, 30), time(17, 30)))
YEARS = range(2024, 2028)
FIRST = datetime(2024, 1, 2, 8, 7, tzinfo=VIETNAM)
STARTS = tuple(FIRST + timedelta(minutes=61 * n) for n in range(ROUNDS))
CUT_OFF = CutOff(time(15))


def run() -> Iterator[dict[str, object]]:
    """Each unit, first the moment alone, then with its sentence as a receipt needs it.

    Timed in this process's own seconds, so that neighbours on the machine are not counted.
    """
    calendar = _calendar()
    for name, duration, counting in KINDS:
        for explained in (False, True):
            value = round(ROUNDS / _seconds(duration, counting, calendar, explained))
            line = _figure(f"{name}{' with explanation' if explained else ''}", value)
            yield line if explained else {**line, "goal": GOAL, "holds": value >= GOAL}
    yield _figure("peer: holidays.get_nth_working_day, the date alone", round(ROUNDS / _peer_seconds()))


def _figure(name: str, value: int) -> dict[str, object]:
    return {
        "bench": f"due_dates: {name}",
        "value": value,
        "unit": "due dates/s of processor time",
        "n": ROUNDS,
        "against": "the peer, working days civil",
    }


def _peer_seconds() -> float:
    known = holidays.country_holidays("VN", years=YEARS)
    days = [start.date() for start in STARTS]
    begun = timer.process_time()
    for day in days:
        known.get_nth_working_day(day, 15)
    return timer.process_time() - begun


def _calendar() -> WorkingCalendar:
    facts = [fact for year in YEARS for fact in exceptions_of(year=year)]
    return WorkingCalendar(
        version=1,
        hours=tuple(Hours(day, session) for day in range(5) for session in SESSIONS),
        days_off={f.date: f.name for f in facts if f.effect == Effect.OFF},
        make_up_days={f.date: f.name for f in facts if f.effect == Effect.WORK},
        years=frozenset(YEARS),
    )


def _seconds(duration: Duration, counting: Counting, calendar: WorkingCalendar, explained: bool) -> float:
    begun = timer.process_time()
    for start in STARTS:
        found = due(start=start, duration=duration, calendar=calendar, counting=counting, cut_off=CUT_OFF)
        if explained:
            explain(found, start=start, duration=duration)
    return timer.process_time() - begun
