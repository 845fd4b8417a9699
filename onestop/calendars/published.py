"""The published calendar as the rules read it, kept per process.

A version never changes once published and hours carry the moment of their change, so that one small query
every few seconds tells whether what is kept still holds.
"""

import time
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q, QuerySet

from onestop.calendars.models import CalendarVersion, Effect, Purpose, WorkingHours
from onestop.working_days import CalendarNotPublished, Hours, Session, WorkingCalendar

CHECK_EVERY_SECONDS = 5.0

Stamp = tuple[int | None, int, datetime | None]
Key = tuple[int | None, str, date, int | None]


@dataclass
class _Kept:
    stamp: Stamp | None
    checked: float
    calendars: dict[Key, WorkingCalendar]


_kept = _Kept(stamp=None, checked=float("-inf"), calendars={})


def calendar_for(
    *, agency_id: int | None, on: date, purpose: str = Purpose.PROCESSING, version: int | None = None
) -> WorkingCalendar:
    """The calendar of an agency: on each day its own hours when it has any then, else those of everybody.

    `version` is a number the clock ledger kept; None is the newest. Hours for intake are those for processing
    where none are set. No query when the same was asked before, but for one check in CHECK_EVERY_SECONDS.
    Raises: CalendarNotPublished(year of `on`) when there is no such version or are no hours.
    """
    _check()
    key = (agency_id, str(purpose), on, version)
    # A thread that began before a change fills the dictionary of before, which nobody reads any more.
    calendars = _kept.calendars
    found = calendars.get(key)
    if found is None:
        found = calendars[key] = _shared(agency_id, on, str(purpose), version)
    return found


def clear_cache() -> None:
    """Forget what is kept: after publishing, and in tests whose rows were rolled back."""
    _kept.stamp = None
    _kept.checked = float("-inf")
    _kept.calendars = {}
    _built.clear()


def _check() -> None:
    now = time.monotonic()
    if now - _kept.checked < CHECK_EVERY_SECONDS:
        return
    newest = _published().aggregate(newest=Max("pk"))["newest"]
    hours = WorkingHours.objects.aggregate(rows=Count("pk"), changed=Max("changed_at"))
    stamp = (newest, hours["rows"], hours["changed"])
    if stamp != _kept.stamp:
        clear_cache()
    _kept.stamp = stamp
    _kept.checked = now


# Days with the same hours share one calendar, and with it the years that are laid out already.
_built: dict[tuple[int, tuple[Hours, ...]], WorkingCalendar] = {}


def _shared(agency_id: int | None, on: date, purpose: str, number: int | None) -> WorkingCalendar:
    rows = _published() if number is None else _published().filter(number=number)
    version = rows.order_by("-number").first()
    hours = _hours(agency_id, purpose)
    if version is None or not any(h.hold_on(on) for h in hours):
        raise CalendarNotPublished(on.year)
    key = (version.pk, hours)
    if key not in _built:
        _built[key] = _build(version, hours)
    return _built[key]


def _hours(agency_id: int | None, purpose: str) -> tuple[Hours, ...]:
    """Each day has the hours of the first layer with any on that day, so that a season of one's own ends."""
    whose = Q(agency=None) if agency_id is None else Q(agency=None) | Q(agency_id=agency_id)
    rows = list(WorkingHours.objects.filter(whose).order_by("weekday", "opens", "pk"))
    found: list[Hours] = []
    for layer in dict.fromkeys(
        (agency, asked) for asked in (purpose, Purpose.PROCESSING.value) for agency in (agency_id, None)
    ):
        own = [_fact(row) for row in rows if (row.agency_id, row.purpose) == layer]
        seasons = {(h.valid_from, h.valid_to) for h in found}
        for first, last in sorted(seasons, key=str):
            own = [part for h in own for part in h.outside(first, last)]
        found += own
    return tuple(found)


def _fact(row: WorkingHours) -> Hours:
    return Hours(row.weekday, Session(row.opens, row.closes), row.valid_from, row.valid_to)


def _build(version: CalendarVersion, hours: tuple[Hours, ...]) -> WorkingCalendar:
    exceptions = list(version.exceptions.all())
    return WorkingCalendar(
        version=version.number,
        hours=hours,
        days_off={e.date: e.name for e in exceptions if e.effect == Effect.OFF},
        make_up_days={e.date: e.name for e in exceptions if e.effect == Effect.WORK},
        years=frozenset(version.years.values_list("year", flat=True)),
    )


def _published() -> QuerySet[CalendarVersion]:
    return CalendarVersion.objects.filter(published_at__isnull=False)
