"""Working time: when a promise falls due, and how much of it has passed. Pure: no database, no clock.

All moments are aware; the calendar's days are those of Asia/Ho_Chi_Minh. Nothing is rounded: moments keep
their minutes. Source: Bộ luật Dân sự Điều 147–148 (the first day is not counted), Bộ luật Lao động 2019
Điều 112 (days off), domain 4.4.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
HOURS_OF_WORKING_DAY = 8
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


class Unit(StrEnum):
    """Đơn vị thời hạn."""

    WORKING_DAY = "working_day"
    WORKING_HOUR = "working_hour"
    CALENDAR_DAY = "calendar_day"
    CLOCK_HOUR = "clock_hour"
    MONTH = "month"


UNIT_WORDS = {
    Unit.WORKING_DAY: "ngày làm việc",
    Unit.WORKING_HOUR: "giờ làm việc",
    Unit.CALENDAR_DAY: "ngày",
    Unit.CLOCK_HOUR: "giờ",
    Unit.MONTH: "tháng",
}


class Counting(StrEnum):
    """Cách tính: CIVIL ends with the closing of the last day, HOURLY at the same hour of it."""

    CIVIL = "civil"
    HOURLY = "hourly"


class CalendarNotPublished(Exception):
    """Chưa có lịch: nobody decided yet which days of that year are worked."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.sentence = f"Chưa công bố lịch làm việc năm {year} nên chưa tính được ngày hẹn trả."
        super().__init__(self.sentence)


class NeverOpen(Exception):
    """Không có giờ làm việc: a whole year without one working session."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.sentence = f"Lịch làm việc năm {year} không có buổi làm việc nào."
        super().__init__(self.sentence)


@dataclass(frozen=True)
class Duration:
    """Thời hạn: how long; 0 working days is the same day."""

    amount: Decimal
    unit: Unit

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise ValueError("a duration is not negative")


@dataclass(frozen=True)
class Session:
    """Buổi làm việc."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise ValueError("a session closes after it opens")


@dataclass(frozen=True)
class CutOff:
    """Giờ chốt: a file received after it counts from the opening of the next working day."""

    at: time


@dataclass(frozen=True)
class SkippedDay:
    """Ngày không tính, and why."""

    day: date
    name: str


@dataclass(frozen=True)
class _Year:
    """The working days of one year with the working time before each."""

    days: list[date]
    before: list[timedelta]
    total: timedelta


@dataclass(frozen=True, eq=False)
class WorkingCalendar:
    """Lịch làm việc: weekly sessions (Monday first), days off, make-up days, and the years published.

    A make-up day is worked by the sessions of a Monday unless its own weekday has some.
    """

    version: int
    label: str
    weekly: tuple[tuple[Session, ...], ...]
    days_off: Mapping[date, str] = field(default_factory=dict)
    make_up_days: Mapping[date, str] = field(default_factory=dict)
    published_years: frozenset[int] = frozenset()

    @cached_property
    def _years(self) -> dict[int, _Year]:
        return {}

    def sessions_on(self, day: date) -> tuple[Session, ...]:
        """The sessions of a day, none when it is not worked. Raises: CalendarNotPublished."""
        if day.year not in self.published_years:
            raise CalendarNotPublished(day.year)
        if day in self.make_up_days:
            return self.weekly[day.weekday()] or self.weekly[0]
        return () if day in self.days_off else self.weekly[day.weekday()]

    def is_worked(self, day: date) -> bool:
        """Whether any session is held. Raises: CalendarNotPublished."""
        return bool(self.sessions_on(day))

    def name_of(self, day: date) -> str:
        """Why a day is not worked: its holiday, else its weekday."""
        return self.days_off.get(day) or WEEKDAYS[day.weekday()]

    def year(self, year: int) -> _Year:
        """The working days of a year, prepared once. Raises: CalendarNotPublished, NeverOpen."""
        known = self._years.get(year)
        if known is None:
            known = self._years[year] = self._prepared(year)
        return known

    def _prepared(self, year: int) -> _Year:
        days: list[date] = []
        before: list[timedelta] = []
        total = timedelta()
        day = date(year, 1, 1)
        while day.year == year:
            if sessions := self.sessions_on(day):
                days.append(day)
                before.append(total)
                total += sum((_length(session) for session in sessions), timedelta())
            day += timedelta(days=1)
        if not days:
            raise NeverOpen(year)
        return _Year(days, before, total)


@dataclass(frozen=True)
class Due:
    """Hạn: the moment, the moment from which it was counted, and the calendar that says why."""

    due_at: datetime
    counted_from: datetime
    calendar: WorkingCalendar

    @property
    def skipped(self) -> tuple[SkippedDay, ...]:
        """Every day not worked between the two."""
        return tuple(_skipped(self.counted_from.date(), self.due_at.date(), self.calendar))


def _length(session: Session) -> timedelta:
    return datetime.combine(date.min, session.closes) - datetime.combine(date.min, session.opens)


def _skipped(first: date, last: date, calendar: WorkingCalendar) -> Iterator[SkippedDay]:
    day = first + timedelta(days=1)
    while day < last:
        if not calendar.is_worked(day):
            yield SkippedDay(day, calendar.name_of(day))
        day += timedelta(days=1)


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, tzinfo=VIETNAM)


def _opening(day: date, calendar: WorkingCalendar) -> datetime:
    return _at(day, calendar.sessions_on(day)[0].opens)


def _closing(day: date, calendar: WorkingCalendar) -> datetime:
    return _at(day, calendar.sessions_on(day)[-1].closes)


def _working_day(day: date, calendar: WorkingCalendar, offset: int = 0) -> date:
    """The first working day on or after `day`, and `offset` working days further on."""
    year = calendar.year(day.year)
    index = bisect_left(year.days, day) + offset
    while index >= len(year.days):
        index -= len(year.days)
        year = calendar.year(year.days[0].year + 1)
    return year.days[index]


def _next_day(day: date, calendar: WorkingCalendar) -> date:
    return _working_day(day + timedelta(days=1), calendar)


def normalise_start(start: datetime, calendar: WorkingCalendar) -> datetime:
    """The moment from which time runs: the start itself when worked, else the next opening.

    Before opening: the opening; in the lunch break: the afternoon's opening; later or on a day off: the
    opening of the next working day. Raises: CalendarNotPublished. Source: domain 4.4(2).
    """
    local = start.astimezone(VIETNAM)
    for session in calendar.sessions_on(local.date()):
        if local.time() < session.closes:
            return max(local, _at(local.date(), session.opens))
    return _opening(_next_day(local.date(), calendar), calendar)


def due(
    *,
    start: datetime,
    duration: Duration,
    calendar: WorkingCalendar,
    counting: Counting = Counting.CIVIL,
    cut_off: CutOff | None = None,
) -> Due:
    """When a file received at `start` falls due.

    Working days: CIVIL does not count the first day and ends at the closing of the last; HOURLY counts 8
    working hours a day; a part of a day is counted in hours either way. Working hours: working time. Calendar
    days and months: from the day after, a last day not worked moves to the next that is. Clock hours: on the
    clock, day and night. After the cut-off the count begins at the opening of the next working day.

    Raises: CalendarNotPublished for any year the count enters. Source: domain 4.4(2)–(5).
    """
    begun = _counted_from(start, duration.unit, calendar, cut_off)
    amount = duration.amount
    match duration.unit:
        case Unit.CLOCK_HOUR:
            end = begun + timedelta(seconds=float(amount * 3600))
        case Unit.WORKING_HOUR:
            end = add_working_time(begun, timedelta(seconds=float(amount * 3600)), calendar)
        case Unit.WORKING_DAY:
            end = _after_working_days(begun, amount, calendar, counting)
        case Unit.CALENDAR_DAY:
            end = _ending(begun, begun.date() + timedelta(days=int(amount)), calendar, counting)
        case Unit.MONTH:
            end = _ending(begun, _months_later(begun.date(), int(amount)), calendar, counting)
    return Due(due_at=end, counted_from=begun, calendar=calendar)


def _counted_from(start: datetime, unit: Unit, calendar: WorkingCalendar, cut_off: CutOff | None) -> datetime:
    local = start.astimezone(VIETNAM)
    if cut_off is not None and local.time() > cut_off.at:
        return _opening(_next_day(local.date(), calendar), calendar)
    return local if unit is Unit.CLOCK_HOUR else normalise_start(local, calendar)


def _after_working_days(
    begun: datetime, amount: Decimal, calendar: WorkingCalendar, counting: Counting
) -> datetime:
    whole = amount == amount.to_integral_value()
    if counting is Counting.CIVIL and whole:
        return _closing(_working_day(begun.date(), calendar, int(amount)), calendar)
    if amount == 0:
        return _closing(begun.date(), calendar)
    return add_working_time(begun, timedelta(seconds=float(amount * HOURS_OF_WORKING_DAY * 3600)), calendar)


def _ending(begun: datetime, last: date, calendar: WorkingCalendar, counting: Counting) -> datetime:
    if counting is Counting.CIVIL:
        return _closing(_working_day(last, calendar), calendar)
    same_hour = _at(last, begun.time())
    return normalise_start(same_hour, calendar)


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last day when it has no such day. Source: BLDS Điều 148."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = first_of_next - timedelta(days=1)
    return last if day.day > last.day else date(year, month + 1, day.day)


def _worked_until(moment: datetime, calendar: WorkingCalendar) -> tuple[int, timedelta]:
    """The year of a moment and the working time of that year before it."""
    local = moment.astimezone(VIETNAM)
    day = local.date()
    year = calendar.year(day.year)
    index = bisect_left(year.days, day)
    if index == len(year.days) or year.days[index] != day:
        return day.year, year.before[index] if index < len(year.days) else year.total
    worked = year.before[index]
    for session in calendar.sessions_on(day):
        if local.time() > session.opens:
            worked += min(local, _at(day, session.closes)) - _at(day, session.opens)
    return day.year, worked


def working_time_between(start: datetime, end: datetime, calendar: WorkingCalendar) -> timedelta:
    """The working time from one moment to another; negative when `end` is earlier.

    Raises: CalendarNotPublished for any year between.
    """
    if end < start:
        return -working_time_between(end, start, calendar)
    first, before = _worked_until(start, calendar)
    last, until = _worked_until(end, calendar)
    return until - before + sum((calendar.year(year).total for year in range(first, last)), timedelta())


def add_working_time(start: datetime, delta: timedelta, calendar: WorkingCalendar) -> datetime:
    """The first moment at which `delta` of working time has passed since `start`.

    No time at all gives the normalised start. Raises: CalendarNotPublished; ValueError when negative.
    """
    if delta < timedelta():
        raise ValueError("working time is added, not taken away")
    if not delta:
        return normalise_start(start, calendar)
    number, worked = _worked_until(start, calendar)
    target = worked + delta
    year = calendar.year(number)
    while target > year.total:
        target -= year.total
        number += 1
        year = calendar.year(number)
    # The day in whose sessions the target lies: the last that begins before it.
    index = max(bisect_right(year.before, target) - 1, 0)
    if year.before[index] == target:
        index -= 1
    return _within(year.days[index], target - year.before[index], calendar)


def _within(day: date, left: timedelta, calendar: WorkingCalendar) -> datetime:
    for session in calendar.sessions_on(day):
        length = _length(session)
        if left <= length:
            return _at(day, session.opens) + left
        left -= length
    raise AssertionError("the day is longer than its sessions")  # pragma: no cover


def explain(found: Due, *, start: datetime, duration: Duration) -> str:
    """Why a file is due when it is, in one Vietnamese sentence."""
    local = start.astimezone(VIETNAM)
    parts = [f"Nhận lúc {_moment(local)}"]
    if found.counted_from != local:
        parts.append(f"tính từ {_moment(found.counted_from)}")
    if duration.amount == 0:
        parts.append("giải quyết trong ngày làm việc")
    else:
        parts.append(f"thời hạn {_number(duration.amount)} {UNIT_WORDS[duration.unit]}")
    if named := _named(found, duration.unit):
        parts.append(f"không tính {named}")
    return f"{', '.join(parts)}: hẹn trả {_moment(found.due_at)}."


def _named(found: Due, unit: Unit) -> str:
    if unit not in (Unit.WORKING_DAY, Unit.WORKING_HOUR):
        return ""
    skipped = found.skipped
    holidays = [f"{d.name} ({d.day:%d/%m})" for d in skipped if d.day in found.calendar.days_off]
    weekends = sum(1 for d in skipped if d.day not in found.calendar.days_off)
    if weekends:
        holidays.append(f"{weekends} ngày nghỉ cuối tuần")
    return ", ".join(holidays)


def _number(amount: Decimal) -> str:
    return f"{amount.normalize():f}".replace(".", ",")


def _moment(moment: datetime) -> str:
    return f"{moment:%H:%M} {WEEKDAYS[moment.weekday()]} {moment:%d/%m/%Y}"
