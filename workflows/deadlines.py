"""From the ledger of the clock to the day that was promised, and from a step to its own."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal

from onestop.working_days import (
    Counting,
    CutOff,
    Duration,
    Unit,
    WorkingCalendar,
    add_working_time,
    due,
    explain,
    working_time_between,
)


@dataclass(frozen=True)
class Limit:
    """Thời hạn of one file: a duration, how it is counted and the hour after which it begins next day."""

    duration: Duration
    counting: Counting
    cut_off: CutOff | None = None


@dataclass(frozen=True)
class Promise:
    """Hẹn trả: the moment and the sentence that explains it."""

    due_at: datetime
    sentence: str


def promise(*, start: datetime, limit: Limit, calendar: WorkingCalendar) -> Promise:
    """The due moment of a file received at `start`, with its explanation in one sentence.

    Raises: CalendarNotPublished. Source: domain 4.4; the rules are those of onestop.working_days.
    """
    found = due(
        start=start,
        duration=limit.duration,
        calendar=calendar,
        counting=limit.counting,
        cut_off=limit.cut_off,
    )
    return Promise(due_at=found.due_at, sentence=explain(found, start=start, duration=limit.duration))


@dataclass(frozen=True)
class ClockLine:
    """Một dòng của sổ thời hạn, as the rules need it."""

    kind: str
    at: datetime
    amount: Decimal | None
    unit: str
    counting: str
    cut_off: time | None


def derive(lines: tuple[ClockLine, ...], *, calendar: WorkingCalendar) -> Promise:
    """The promise as the ledger alone gives it; `calendar` is the version the first line names.

    Raises: ValueError when the ledger does not begin with a start.
    """
    if not lines or lines[0].kind != "start" or lines[0].amount is None:
        raise ValueError("the ledger has no start")
    first = lines[0]
    assert first.amount is not None
    limit = Limit(
        duration=Duration(first.amount, Unit(first.unit)),
        counting=Counting(first.counting),
        cut_off=CutOff(first.cut_off) if first.cut_off else None,
    )
    return promise(start=first.at, limit=limit, calendar=calendar)


@dataclass(frozen=True)
class StepTime:
    """Thời gian của bước: an amount with its unit, or a share of the case's whole working time."""

    amount: Decimal | None
    unit: str
    share: Decimal | None


def step_due(
    *,
    opened: datetime,
    step: StepTime,
    received_at: datetime,
    case_due_at: datetime,
    calendar: WorkingCalendar,
) -> datetime:
    """When a step opened now should be done: its own time, never later than what was promised.

    A step without a time of its own has that of the case; a late case leaves its steps their own time.
    Steps count working hours from the moment they open (HOURLY). Source: domain 4.4(4).
    """
    allowed = _allowed(step, received_at, case_due_at, calendar)
    if allowed is None:
        return case_due_at
    own = add_working_time(opened, allowed, calendar)
    return min(own, case_due_at) if opened < case_due_at else own


def _allowed(
    step: StepTime, received_at: datetime, due_at: datetime, calendar: WorkingCalendar
) -> timedelta | None:
    if step.share is not None:
        return working_time_between(received_at, due_at, calendar) * float(step.share)
    if step.amount is None:
        return None
    hours = step.amount * 8 if step.unit == Unit.WORKING_DAY else step.amount
    return timedelta(minutes=int(hours * 60))
