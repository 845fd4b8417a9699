"""The calendar of one office, each year laid out once so that counting needs no walk over days."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import MAXYEAR, date, datetime, time, timedelta
from functools import cached_property
from itertools import pairwise
from zoneinfo import ZoneInfo

from onestop.working_days.facts import CalendarNotPublished, Hours, Session, SkippedDay

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
DAY_NAMES = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def clock_of(at: time) -> int:
    """Microseconds since midnight."""
    return ((at.hour * 60 + at.minute) * 60 + at.second) * 1_000_000 + at.microsecond


def moment_of(day: int, clock: int) -> datetime:
    """The moment at `clock` microseconds of the day with that ordinal."""
    midnight = datetime.combine(date.fromordinal(day), time(), tzinfo=VIETNAM)
    return midnight + timedelta(microseconds=clock)


def local(moment: datetime) -> datetime:
    """The moment in Vietnam. Raises: ValueError without a time zone."""
    if moment.tzinfo is None:
        raise ValueError("Thời điểm phải có múi giờ.")
    return moment.astimezone(VIETNAM)


@dataclass(frozen=True)
class Year:
    """Năm làm việc laid out: working days in order, the working time before each, and the days off."""

    days: tuple[int, ...]
    sessions: tuple[tuple[tuple[int, int], ...], ...]
    before: tuple[int, ...]
    off: tuple[SkippedDay, ...]
    off_days: tuple[int, ...]
    made_up: tuple[SkippedDay, ...]

    @property
    def total(self) -> int:
        """The working time of the whole year, in microseconds."""
        return self.before[-1]

    def position(self, day: int, clock: int) -> int:
        """Working microseconds of this year before that moment."""
        i = bisect_left(self.days, day)
        if i == len(self.days) or self.days[i] != day:
            return self.before[i]
        return self.before[i] + sum(min(clock, b) - a for a, b in self.sessions[i] if clock > a)

    def moment(self, position: int) -> datetime:
        """The first moment by which so much has been worked; `position` above 0, at most `total`."""
        i = bisect_left(self.before, position) - 1
        left = position - self.before[i]
        spans = self.sessions[i]
        for opens, closes in spans[:-1]:
            if left <= closes - opens:
                return moment_of(self.days[i], opens + left)
            left -= closes - opens
        return moment_of(self.days[i], spans[-1][0] + left)


@dataclass(frozen=True, eq=False)
class WorkingCalendar:
    """Lịch làm việc of one office: weekly sessions, days off, make-up working days and the published years.

    `years` None means every year (a calendar without holidays). A make-up day has Monday's sessions, since
    it replaces an ordinary day. Raises: ValueError without any session, or when two overlap.
    """

    version: int
    hours: tuple[Hours, ...]
    days_off: Mapping[date, str] = field(default_factory=dict)
    make_up_days: Mapping[date, str] = field(default_factory=dict)
    years: frozenset[int] | None = None

    def __post_init__(self) -> None:
        if not any(h.valid_from is None and h.valid_to is None for h in self.hours) and self.years is None:
            raise ValueError("Lịch cho mọi năm phải có buổi làm việc không giới hạn ngày.")
        if not self.hours:
            raise ValueError("Lịch làm việc phải có ít nhất một buổi.")

    @cached_property
    def _laid_out(self) -> dict[int, Year]:
        return {}

    def year(self, year: int) -> Year:
        """The year laid out, once per calendar. Raises: CalendarNotPublished."""
        found = self._laid_out.get(year)
        if found is None:
            if year > MAXYEAR or (self.years is not None and year not in self.years):
                raise CalendarNotPublished(year)
            found = self._laid_out[year] = self._lay_out(year)
        return found

    def sessions_on(self, day: date) -> tuple[Session, ...]:
        """The sessions of that day, in order; none on a day off."""
        if day in self.make_up_days:
            return self._weekly(0, day)
        return () if day in self.days_off else self._weekly(day.weekday(), day)

    def _weekly(self, weekday: int, day: date) -> tuple[Session, ...]:
        rows = [h.session for h in self.hours if h.weekday == weekday and h.hold_on(day)]
        rows.sort(key=lambda session: session.opens)
        if any(later.opens < earlier.closes for earlier, later in pairwise(rows)):
            raise ValueError(f"Các buổi làm việc {DAY_NAMES[weekday]} chồng lên nhau.")
        return tuple(rows)

    def _lay_out(self, year: int) -> Year:
        days: list[int] = []
        sessions: list[tuple[tuple[int, int], ...]] = []
        before = [0]
        off: list[SkippedDay] = []
        for number in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1):
            day = date.fromordinal(number)
            spans = tuple((clock_of(s.opens), clock_of(s.closes)) for s in self.sessions_on(day))
            if spans:
                days.append(number)
                sessions.append(spans)
                before.append(before[-1] + sum(closes - opens for opens, closes in spans))
            else:
                name = self.days_off.get(day)
                off.append(SkippedDay(day, name or DAY_NAMES[day.weekday()], name is None))
        made_up = (SkippedDay(d, n) for d, n in sorted(self.make_up_days.items()) if d.year == year)
        off_days = tuple(skipped.date.toordinal() for skipped in off)
        return Year(tuple(days), tuple(sessions), tuple(before), tuple(off), off_days, tuple(made_up))
