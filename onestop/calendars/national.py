"""The State's days off: from the holidays package, corrected by this product's own list."""

import csv
from datetime import date, time
from importlib.metadata import version
from pathlib import Path

import holidays

from onestop.calendars.models import Effect, WorkingHours
from onestop.calendars.publishing import ExceptionFact

DATA = Path(__file__).resolve().parent / "data"
PACKAGE_SOURCE = f"Gói holidays {version('holidays')}, Việt Nam (Bộ luật Lao động 2019 Điều 112)"


def exceptions_of(*, year: int) -> tuple[ExceptionFact, ...]:
    """Days off and make-up working days of one year, in order; the product's corrections prevail."""
    known = holidays.country_holidays("VN", years=year, language="vi")
    found = {day: ExceptionFact(day, Effect.OFF, name, PACKAGE_SOURCE) for day, name in known.items()}
    for day in known.weekend_workdays:
        if day.year == year:
            found[day] = ExceptionFact(day, Effect.WORK, "Ngày làm bù", PACKAGE_SOURCE)
    with (DATA / "corrections.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            day = date.fromisoformat(row["date"])
            if day.year == year:
                found[day] = ExceptionFact(day, row["effect"], row["name"], row["source"])
    return tuple(found[day] for day in sorted(found))


def default_hours() -> tuple[WorkingHours, ...]:
    """The hours of every agency without its own, not saved."""
    with (DATA / "hours.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            WorkingHours(
                weekday=int(row["weekday"]),
                opens=time.fromisoformat(row["opens"]),
                closes=time.fromisoformat(row["closes"]),
                source=row["source"],
            )
            for row in csv.DictReader(lines)
        )
