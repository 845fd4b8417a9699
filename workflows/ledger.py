"""Sổ thời hạn: the lines of the clock, and the due date read back from them."""

from dataclasses import dataclass
from datetime import datetime

from onestop.calendars.published import calendar_for
from onestop.clock import local_day
from workflows.deadlines import ClockLine, Limit, Promise, derive
from workflows.models import Case, ClockEntry, ClockKind


@dataclass(frozen=True)
class Started:
    """Mốc bắt đầu: what the first line of a case's clock is made from."""

    limit: Limit
    calendar_version: int
    reason: str


def start_entry(case: Case, *, started: Started) -> ClockEntry:
    """The first line: the clock runs from the moment of acceptance."""
    limit = started.limit
    return ClockEntry(
        case=case,
        seq=1,
        kind=ClockKind.START,
        at=case.received_at,
        amount=limit.duration.amount,
        unit=limit.duration.unit.value,
        counting=limit.counting.value,
        cut_off=limit.cut_off.at if limit.cut_off else None,
        calendar_version=started.calendar_version,
        due_at=case.due_at,
        reason=started.reason,
    )


def end_entry(case: Case, *, now: datetime) -> ClockEntry:
    """The last line: the result lies at the counter (state 9), where timeliness is fixed."""
    calendar = calendar_for(agency_id=case.receiving_id, on=local_day(now))
    return ClockEntry(
        case=case,
        seq=2,
        kind=ClockKind.END,
        at=now,
        calendar_version=calendar.version,
        due_at=case.due_at,
    )


def derived_promise(case: Case) -> Promise:
    """The due date and its sentence, from the ledger alone. Raises: ValueError without a start."""
    rows = tuple(case.clock.all())
    lines = tuple(
        ClockLine(kind=r.kind, at=r.at, amount=r.amount, unit=r.unit, counting=r.counting, cut_off=r.cut_off)
        for r in rows
    )
    calendar = calendar_for(
        agency_id=case.receiving_id,
        on=local_day(case.received_at),
        version=rows[0].calendar_version if rows else None,
    )
    return derive(lines, calendar=calendar)
