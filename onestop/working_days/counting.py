"""Due dates, the working time between two moments, and whether work was in time.

All moments are aware; results are in Asia/Ho_Chi_Minh, which has had no change of clock since 1975, so that
local wall time can be added to. One working day is eight working hours (QĐ 3857/QĐ-UBND Nghệ An, 2025).
"""

from bisect import bisect_left, bisect_right
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from onestop.working_days.calendar import VIETNAM, WorkingCalendar, Year, clock_of, local, moment_of
from onestop.working_days.facts import (
    WHOLE_UNITS,
    Counting,
    CutOff,
    Due,
    Duration,
    SkippedDay,
    Timeliness,
    Unit,
)

HOURS_PER_DAY = 8
_HOUR = 3_600_000_000  # microseconds


def _opening(calendar: WorkingCalendar, day: date) -> datetime:
    """The opening of the first working day that is not before `day`."""
    year, number = day.year, day.toordinal()
    while True:
        table = calendar.year(year)
        i = bisect_left(table.days, number)
        if i < len(table.days):
            return moment_of(table.days[i], table.sessions[i][0][0])
        year += 1


def _closing(calendar: WorkingCalendar, day: date) -> datetime:
    """The closing of the first working day that is not before `day`."""
    found = _opening(calendar, day)
    return moment_of(found.toordinal(), clock_of(calendar.sessions_on(found.date())[-1].closes))


def _later_day(calendar: WorkingCalendar, day: date, count: int) -> tuple[Year, int]:
    """The working day `count` working days after the working day `day`: its year and place there."""
    year = day.year
    table = calendar.year(year)
    i = bisect_left(table.days, day.toordinal()) + count
    while i >= len(table.days):
        i -= len(table.days)
        year += 1
        table = calendar.year(year)
    return table, i


def normalise_start(start: datetime, calendar: WorkingCalendar) -> datetime:
    """The first working moment not before `start`.

    Before opening: the opening; in the break: the afternoon's; after closing or on a day off: the opening of
    the next working day. Raises: CalendarNotPublished. Source: domain 4.4(2).
    """
    start = local(start)
    clock = clock_of(start.time())
    table = calendar.year(start.year)
    i = bisect_left(table.days, start.toordinal())
    if i < len(table.days) and table.days[i] == start.toordinal():
        for opens, closes in table.sessions[i]:
            if clock < closes:
                return moment_of(table.days[i], max(clock, opens))
    return _opening(calendar, start.date() + timedelta(days=1))


def add_working_time(start: datetime, delta: timedelta, calendar: WorkingCalendar) -> datetime:
    """The moment by which `delta` of working time has passed since `start`; a full day ends at its closing.

    Raises: CalendarNotPublished, ValueError for a negative time. Source: domain 4.4(1), (2).
    """
    if delta < timedelta():
        raise ValueError("Thời gian làm việc cộng thêm không được âm.")
    begun = normalise_start(start, calendar)
    if not delta:
        return begun
    year = begun.year
    table = calendar.year(year)
    position = table.position(begun.toordinal(), clock_of(begun.time())) + delta // timedelta(microseconds=1)
    while position > table.total:
        position -= table.total
        year += 1
        table = calendar.year(year)
    return table.moment(position)


def working_time_between(start: datetime, end: datetime, calendar: WorkingCalendar) -> timedelta:
    """Working time from `start` to `end`, negative when `end` is earlier. Raises: CalendarNotPublished."""
    start, end = local(start), local(end)
    if end < start:
        return -working_time_between(end, start, calendar)
    whole = sum(calendar.year(year).total for year in range(start.year, end.year))
    last = calendar.year(end.year).position(end.toordinal(), clock_of(end.time()))
    first = calendar.year(start.year).position(start.toordinal(), clock_of(start.time()))
    return timedelta(microseconds=whole + last - first)


def due(
    *,
    start: datetime,
    duration: Duration,
    calendar: WorkingCalendar,
    counting: Counting = Counting.CIVIL,
    cut_off: CutOff | None = None,
) -> Due:
    """When a file received at `start` is due.

    Working days: CIVIL does not count the first day and ends at a closing (a part of a day counts from the
    opening of the day after); HOURLY is eight working hours a day from the moment on. Zero working days is
    "in the same day", in both. Calendar days and months end at a closing and move on from a day off.
    Hours are counted from the moment itself; clock hours run day and night.
    Raises: CalendarNotPublished, ValueError for a moment without time zone.
    Source: domain 4.4; Bộ luật Dân sự 2015 Điều 147, 148.
    """
    start = local(start)
    begun, moved_by = _counted_from(start, duration.unit, calendar, cut_off)
    civil = counting is Counting.CIVIL or not duration.amount
    due_at = _due_at(begun, duration, calendar, civil)
    if duration.unit in WHOLE_UNITS:
        nominal = _nominal_day(begun.date(), duration)
        skipped = _off(calendar, start.date(), begun.date()) + _off(calendar, nominal, due_at.date())
    else:
        last = begun if duration.unit is Unit.CLOCK_HOUR else due_at
        skipped = _off(calendar, start.date(), last.date())
    counts_days = duration.unit is Unit.WORKING_DAY
    return Due(
        due_at=due_at,
        counted_from=begun,
        skipped=skipped,
        made_up=_made_up(calendar, begun.date(), due_at.date()) if counts_days else (),
        cut_off=moved_by,
        leaves_out_first_day=counts_days and civil and bool(duration.amount),
    )


def _counted_from(
    start: datetime, unit: Unit, calendar: WorkingCalendar, cut_off: CutOff | None
) -> tuple[datetime, time | None]:
    if unit is Unit.CLOCK_HOUR and cut_off is None:
        return start, None
    begun = normalise_start(start, calendar)
    if cut_off and begun.date() == start.date() and start.time() > cut_off.at:
        return _opening(calendar, start.date() + timedelta(days=1)), cut_off.at
    if unit is Unit.CLOCK_HOUR and begun.date() == start.date():
        return start, None
    return begun, None


def _due_at(begun: datetime, duration: Duration, calendar: WorkingCalendar, civil: bool) -> datetime:
    if duration.unit is Unit.CLOCK_HOUR:
        end = begun + _hours(duration.amount)
        calendar.year(end.year)
        return end
    if duration.unit in WHOLE_UNITS:
        return _closing(calendar, _nominal_day(begun.date(), duration))
    if duration.unit is Unit.WORKING_HOUR:
        return add_working_time(begun, _hours(duration.amount), calendar)
    if civil:
        return _civil_end(begun.date(), duration.amount, calendar)
    return add_working_time(begun, _hours(duration.amount * HOURS_PER_DAY), calendar)


def _civil_end(day: date, amount: Decimal, calendar: WorkingCalendar) -> datetime:
    whole = int(amount)
    part = int((amount - whole) * HOURS_PER_DAY * _HOUR)
    table, i = _later_day(calendar, day, whole + bool(part))
    length = table.before[i + 1] - table.before[i]
    return table.moment(table.before[i] + (min(part, length) or length))


def _nominal_day(day: date, duration: Duration) -> date:
    """The last day before it moves on; a month ends on the same day number, or on the month's last day."""
    count = int(duration.amount)
    if duration.unit is Unit.CALENDAR_DAY:
        return day + timedelta(days=count)
    years, month = divmod(day.month - 1 + count, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _hours(amount: Decimal) -> timedelta:
    return timedelta(microseconds=int(amount * _HOUR))


def _off(calendar: WorkingCalendar, first: date, last: date) -> tuple[SkippedDay, ...]:
    found: tuple[SkippedDay, ...] = ()
    for year in range(first.year, last.year + 1):
        table = calendar.year(year)
        begin = bisect_left(table.off_days, first.toordinal())
        found += table.off[begin : bisect_right(table.off_days, last.toordinal())]
    return found


def _made_up(calendar: WorkingCalendar, first: date, last: date) -> tuple[SkippedDay, ...]:
    years = range(first.year, last.year + 1)
    return tuple(day for y in years for day in calendar.year(y).made_up if first <= day.date <= last)


def timeliness(*, finished_at: datetime, due_at: datetime, calendar: WorkingCalendar) -> Timeliness:
    """Early is before the half-day that contains the due moment; in it, and up to the moment, is on time.

    A due moment outside working time has no half-day: everything before it is early. Source: domain 4.5.
    """
    if finished_at > due_at:
        return Timeliness.OVERDUE
    due_at, finished_at = local(due_at), local(finished_at)
    for session in calendar.sessions_on(due_at.date()):
        if session.opens <= due_at.time() <= session.closes:
            opens = datetime.combine(due_at.date(), session.opens, tzinfo=VIETNAM)
            return Timeliness.EARLY if finished_at < opens else Timeliness.ON_TIME
    return Timeliness.ON_TIME if finished_at == due_at else Timeliness.EARLY
