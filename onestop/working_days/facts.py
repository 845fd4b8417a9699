"""The words of working time: durations, sessions, and what a due date says of itself."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum

# A century of days: beyond it stands a slip of the pen, not a time limit.
LONGEST = 36_600


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
WHOLE_UNITS = frozenset({Unit.CALENDAR_DAY, Unit.MONTH})


class Counting(StrEnum):
    """Cách tính ngày làm việc: CIVIL leaves out the first day, HOURLY counts eight working hours a day."""

    CIVIL = "civil"
    HOURLY = "hourly"


class Timeliness(StrEnum):
    """Mức độ đúng hạn."""

    EARLY = "early"
    ON_TIME = "on_time"
    OVERDUE = "overdue"


class CalendarNotPublished(Exception):
    """Chưa công bố lịch: nobody can say which days of that year are worked."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.sentence = f"Lịch làm việc năm {year} chưa được công bố nên chưa tính được thời hạn."
        super().__init__(self.sentence)


@dataclass(frozen=True)
class Duration:
    """Thời hạn: an amount that is not negative; calendar days and months are whole. Raises: ValueError."""

    amount: Decimal
    unit: Unit

    def __post_init__(self) -> None:
        if not self.amount.is_finite() or self.amount < 0:
            raise ValueError(f"Thời hạn phải là một số không âm: {self.amount}.")
        if self.amount > LONGEST:
            raise ValueError(f"Thời hạn quá dài: {self.amount}.")
        if self.unit in WHOLE_UNITS and self.amount % 1:
            raise ValueError(f"Thời hạn theo {UNIT_WORDS[self.unit]} phải là số nguyên: {self.amount}.")


@dataclass(frozen=True)
class CutOff:
    """Giờ chốt: received after `at`, a file counts from the opening of the next working day."""

    at: time


@dataclass(frozen=True)
class Session:
    """Buổi làm việc. Raises: ValueError when it does not close after it opens."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.closes <= self.opens:
            raise ValueError(
                f"Buổi làm việc {self.opens:%H:%M}-{self.closes:%H:%M} kết thúc trước khi bắt đầu."
            )


@dataclass(frozen=True)
class Hours:
    """Giờ làm việc: a session of one weekday (0 = Monday), within a season when it has dates (inclusive)."""

    weekday: int
    session: Session
    valid_from: date | None = None
    valid_to: date | None = None

    def hold_on(self, day: date) -> bool:
        """Whether the day lies in the season."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)

    def outside(self, first: date | None, last: date | None) -> tuple["Hours", ...]:
        """What of the season lies before `first` and after `last`; None has no end on that side."""
        begins, ends = self.valid_from or date.min, self.valid_to or date.max
        parts: list[Hours] = []
        if first is not None and begins < first:
            parts.append(replace(self, valid_to=min(ends, first - timedelta(days=1))))
        if last is not None and ends > last:
            parts.append(replace(self, valid_from=max(begins, last + timedelta(days=1))))
        return tuple(parts)


@dataclass(frozen=True)
class SkippedDay:
    """Ngày không tính, and why; `is_weekend` when no holiday or closure falls on it."""

    date: date
    name: str
    is_weekend: bool = False


@dataclass(frozen=True)
class Due:
    """Hẹn trả: the moment, from when it counts, and what the counting passed over.

    `cut_off` only where it moved the start; `made_up` are weekend days that count as working days.
    """

    due_at: datetime
    counted_from: datetime
    skipped: tuple[SkippedDay, ...]
    made_up: tuple[SkippedDay, ...] = ()
    cut_off: time | None = None
    leaves_out_first_day: bool = False
