"""What holds for every start, length and calendar, against a slow counter that walks minute by minute."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from onestop.working_days import (
    Counting,
    CutOff,
    Duration,
    Hours,
    Session,
    Unit,
    WorkingCalendar,
    add_working_time,
    due,
    normalise_start,
    working_time_between,
)
from onestop.working_days.calendar import VIETNAM
from tests.onestop.test_working_days import AFTERNOON, MORNING

YEARS = frozenset({2025, 2026, 2027})
DAYS = st.dates(date(2025, 12, 1), date(2027, 2, 28))
MOMENTS = st.builds(
    lambda day, minute: datetime.combine(day, time(), tzinfo=VIETNAM) + timedelta(minutes=minute),
    DAYS,
    st.integers(0, 1439),
)
LENGTHS = st.integers(0, 20_000).map(lambda minutes: timedelta(minutes=minutes))
WEEKS = st.sampled_from(
    [
        tuple(Hours(day, s) for day in range(5) for s in (MORNING, AFTERNOON)),
        (*(Hours(day, s) for day in range(5) for s in (MORNING, AFTERNOON)), Hours(5, MORNING)),
        tuple(Hours(day, Session(time(7), time(11, 15))) for day in (0, 2, 3)),
    ]
)
CALENDARS = st.builds(
    lambda hours, off, worked: WorkingCalendar(
        version=1,
        hours=hours,
        days_off=dict.fromkeys(off, "nghỉ"),
        make_up_days=dict.fromkeys(worked - off, "bù"),
        years=YEARS,
    ),
    WEEKS,
    st.sets(DAYS, max_size=15),
    st.sets(DAYS, max_size=5),
)
DURATIONS = st.one_of(
    st.builds(
        lambda quarters, unit: Duration(Decimal(quarters) / 4, unit),
        st.integers(1, 120),
        st.sampled_from([Unit.WORKING_DAY, Unit.WORKING_HOUR, Unit.CLOCK_HOUR]),
    ),
    st.builds(
        lambda count, unit: Duration(Decimal(count), unit),
        st.integers(0, 6),
        st.sampled_from([Unit.CALENDAR_DAY, Unit.MONTH]),
    ),
)


@given(CALENDARS, MOMENTS, MOMENTS, LENGTHS)
def test_a_later_start_never_ends_earlier(
    calendar: WorkingCalendar, one: datetime, other: datetime, length: timedelta
) -> None:
    first, second = sorted((one, other))
    assert add_working_time(first, length, calendar) <= add_working_time(second, length, calendar)


@given(CALENDARS, MOMENTS, LENGTHS, LENGTHS)
def test_more_time_never_ends_earlier_and_parts_add_up(
    calendar: WorkingCalendar, start: datetime, one: timedelta, other: timedelta
) -> None:
    part = add_working_time(start, one, calendar)
    whole = add_working_time(start, one + other, calendar)
    assert part <= whole
    # A part may end at a closing, where no more time is the next opening.
    assert normalise_start(add_working_time(part, other, calendar), calendar) == normalise_start(
        whole, calendar
    )


@given(CALENDARS, MOMENTS, LENGTHS)
def test_the_time_between_is_the_time_added(
    calendar: WorkingCalendar, start: datetime, length: timedelta
) -> None:
    assert working_time_between(start, add_working_time(start, length, calendar), calendar) == length


@given(CALENDARS, MOMENTS, MOMENTS, MOMENTS)
def test_times_between_add_up_and_turn_round(
    calendar: WorkingCalendar, one: datetime, two: datetime, three: datetime
) -> None:
    there = working_time_between(one, two, calendar)
    assert there == -working_time_between(two, one, calendar)
    assert there + working_time_between(two, three, calendar) == working_time_between(one, three, calendar)


@given(CALENDARS, MOMENTS, MOMENTS)
def test_starting_later_by_rule_loses_no_working_time(
    calendar: WorkingCalendar, start: datetime, end: datetime
) -> None:
    begun = normalise_start(start, calendar)
    assert begun >= start
    assert working_time_between(start, begun, calendar) == timedelta()
    assert normalise_start(begun, calendar) == begun


@settings(deadline=None)
@given(CALENDARS, MOMENTS, st.integers(0, 5 * 1440))
def test_it_agrees_with_counting_minute_by_minute(
    calendar: WorkingCalendar, start: datetime, minutes: int
) -> None:
    end = start + timedelta(minutes=minutes)
    walked = sum(
        any(s.opens <= moment.time() < s.closes for s in calendar.sessions_on(moment.date()))
        for moment in (start + timedelta(minutes=n) for n in range(minutes))
    )
    assert working_time_between(start, end, calendar) == timedelta(minutes=walked)


@given(
    CALENDARS,
    MOMENTS,
    MOMENTS,
    DURATIONS,
    st.sampled_from(Counting),
    st.sampled_from([None, CutOff(time(9)), CutOff(time(15))]),
)
def test_a_later_file_is_never_due_earlier(
    calendar: WorkingCalendar,
    one: datetime,
    other: datetime,
    duration: Duration,
    counting: Counting,
    cut_off: CutOff | None,
) -> None:
    first, second = (
        due(start=start, duration=duration, calendar=calendar, counting=counting, cut_off=cut_off).due_at
        for start in sorted((one, other))
    )
    assert first <= second


@given(CALENDARS, MOMENTS, DURATIONS, DURATIONS, st.sampled_from(Counting))
def test_a_longer_limit_is_never_due_earlier(
    calendar: WorkingCalendar, start: datetime, one: Duration, other: Duration, counting: Counting
) -> None:
    assume(one.unit is other.unit)
    shorter, longer = sorted((one, other), key=lambda duration: duration.amount)
    assert (
        due(start=start, duration=shorter, calendar=calendar, counting=counting).due_at
        <= due(start=start, duration=longer, calendar=calendar, counting=counting).due_at
    )


@given(CALENDARS, MOMENTS, DURATIONS, st.sampled_from(Counting))
def test_skipped_days_are_days_off_between_start_and_end(
    calendar: WorkingCalendar, start: datetime, duration: Duration, counting: Counting
) -> None:
    found = due(start=start, duration=duration, calendar=calendar, counting=counting)
    days = [day.date for day in found.skipped]
    assert days == sorted(set(days))
    assert all(start.date() <= day <= found.due_at.date() for day in days)
    assert not any(calendar.sessions_on(day) for day in days)
