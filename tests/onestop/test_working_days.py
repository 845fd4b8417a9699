"""Every rule and test vector on when something is due."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from onestop.working_days import (
    CalendarNotPublished,
    Counting,
    CutOff,
    Due,
    Duration,
    Hours,
    Session,
    Timeliness,
    Unit,
    WorkingCalendar,
    add_working_time,
    due,
    normalise_start,
    timeliness,
    working_time_between,
)
from onestop.working_days.calendar import VIETNAM
from onestop.working_days.facts import LONGEST

MORNING = Session(time(7, 30), time(11, 30))
AFTERNOON = Session(time(13, 30), time(17, 30))
WEEK = tuple(Hours(day, session) for day in range(5) for session in (MORNING, AFTERNOON))
OFF = {
    date(2026, 1, 1): "Tết Dương lịch",
    date(2026, 4, 26): "Ngày Giỗ Tổ Hùng Vương",
    date(2026, 4, 27): "Ngày Giỗ Tổ Hùng Vương (nghỉ bù)",
    date(2026, 4, 30): "Ngày Chiến thắng",
    date(2026, 5, 1): "Ngày Quốc tế Lao động",
    date(2026, 8, 31): "Ngày nghỉ (thay cho ngày 22/08/2026)",
    date(2026, 9, 1): "Quốc khánh",
    date(2026, 9, 2): "Quốc khánh",
    date(2026, 11, 24): "Ngày Văn hóa Việt Nam",
    date(2027, 1, 1): "Tết Dương lịch",
}
CALENDAR = WorkingCalendar(
    version=7,
    hours=WEEK,
    days_off=OFF,
    make_up_days={date(2026, 8, 22): "Ngày làm bù"},
    years=frozenset({2026, 2027}),
)
AT_THREE = CutOff(time(15))


def at(day: str, clock: str = "09:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=VIETNAM)


def found(start: datetime, amount: str, unit: Unit = Unit.WORKING_DAY, **given) -> Due:
    given = {"calendar": CALENDAR, "counting": Counting.CIVIL} | given
    return due(start=start, duration=Duration(Decimal(amount), unit), **given)


# Test vectors of the domain reference.


def test_a_same_day_file_after_three_is_due_after_the_holiday() -> None:
    assert found(at("2026-11-23", "15:30"), "0", cut_off=AT_THREE).due_at == at("2026-11-25", "17:30")


def test_three_days_over_the_culture_day_in_both_countings() -> None:
    start = at("2026-11-23", "09:00")
    assert found(start, "3").due_at == at("2026-11-27", "17:30")
    assert found(start, "3", counting=Counting.HOURLY).due_at == at("2026-11-27", "09:00")


def test_one_day_over_a_weekend_and_its_compensation_in_both_countings() -> None:
    start = at("2026-04-24", "16:00")
    assert found(start, "1").due_at == at("2026-04-28", "17:30")
    assert found(start, "1", counting=Counting.HOURLY).due_at == at("2026-04-28", "16:00")


def test_a_wait_of_two_days_moves_the_due_moment_by_its_working_time() -> None:
    waited = working_time_between(at("2026-09-08", "10:00"), at("2026-09-10", "10:00"), CALENDAR)
    assert waited == timedelta(hours=16)
    assert add_working_time(at("2026-09-11", "10:00"), waited, CALENDAR) == at("2026-09-15", "10:00")


# The start.


@pytest.mark.parametrize(
    "start, begun",
    [
        (at("2026-11-23", "06:00"), at("2026-11-23", "07:30")),
        (at("2026-11-23", "07:30"), at("2026-11-23", "07:30")),
        (at("2026-11-23", "10:07"), at("2026-11-23", "10:07")),
        (at("2026-11-23", "11:30"), at("2026-11-23", "13:30")),
        (at("2026-11-23", "12:15"), at("2026-11-23", "13:30")),
        (at("2026-11-23", "17:30"), at("2026-11-25", "07:30")),
        (at("2026-11-24", "09:00"), at("2026-11-25", "07:30")),
        (at("2026-11-28", "09:00"), at("2026-11-30", "07:30")),
        (at("2026-12-31", "18:00"), at("2027-01-04", "07:30")),
    ],
)
def test_the_start_moves_to_the_next_working_moment(start: datetime, begun: datetime) -> None:
    assert normalise_start(start, CALENDAR) == begun


@pytest.mark.parametrize(
    "clock, day", [("14:59", "2026-11-25"), ("15:00", "2026-11-25"), ("15:01", "2026-11-26")]
)
def test_only_after_the_cut_off_the_next_working_day_counts(clock: str, day: str) -> None:
    assert found(at("2026-11-25", clock), "0", cut_off=AT_THREE).due_at == at(day, "17:30")


def test_a_file_after_closing_is_moved_once_and_not_for_the_cut_off() -> None:
    late = found(at("2026-11-25", "18:00"), "0", cut_off=AT_THREE)
    assert late.due_at == at("2026-11-26", "17:30")
    assert late.cut_off is None


def test_a_cut_off_in_the_break_moves_what_came_in_the_break() -> None:
    noon = CutOff(time(11, 45))
    assert found(at("2026-11-25", "11:40"), "0", cut_off=noon).due_at == at("2026-11-25", "17:30")
    assert found(at("2026-11-25", "12:00"), "0", cut_off=noon).due_at == at("2026-11-26", "17:30")


def test_the_first_day_after_the_cut_off_is_left_out_like_any_first_day() -> None:
    assert found(at("2026-11-25", "14:00"), "1", cut_off=AT_THREE).due_at == at("2026-11-26", "17:30")
    assert found(at("2026-11-25", "16:00"), "1", cut_off=AT_THREE).due_at == at("2026-11-27", "17:30")


def test_no_cut_off_holds_where_no_rule_sets_one() -> None:
    assert found(at("2026-11-25", "17:29"), "0").due_at == at("2026-11-25", "17:30")


# Working days and hours.


def test_without_a_word_on_counting_the_first_day_is_left_out() -> None:
    asked = Duration(Decimal(3), Unit.WORKING_DAY)
    assert due(start=at("2026-11-23"), duration=asked, calendar=CALENDAR).due_at == at("2026-11-27", "17:30")


def test_zero_days_is_the_same_day_in_both_countings() -> None:
    for counting in Counting:
        assert found(at("2026-11-25"), "0", counting=counting).due_at == at("2026-11-25", "17:30")


@pytest.mark.parametrize(
    "amount, civil, hourly",
    [
        ("0.25", at("2026-11-26", "09:30"), at("2026-11-25", "11:00")),
        ("0.5", at("2026-11-26", "11:30"), at("2026-11-25", "15:00")),
        ("1.5", at("2026-11-27", "11:30"), at("2026-11-26", "15:00")),
        ("2.5", at("2026-11-30", "11:30"), at("2026-11-27", "15:00")),
        ("2.75", at("2026-11-30", "15:30"), at("2026-11-27", "17:00")),
    ],
)
def test_parts_of_a_day_count_eight_hours_a_day(amount: str, civil: datetime, hourly: datetime) -> None:
    assert found(at("2026-11-25"), amount).due_at == civil
    assert found(at("2026-11-25"), amount, counting=Counting.HOURLY).due_at == hourly


def test_a_part_of_a_short_day_ends_with_the_day() -> None:
    short = WorkingCalendar(version=1, hours=tuple(Hours(day, MORNING) for day in range(5)))
    assert found(at("2026-11-25"), "0.75", calendar=short).due_at == at("2026-11-26", "11:30")


def test_working_hours_count_from_the_moment_in_both_countings() -> None:
    for counting in Counting:
        ending = found(at("2026-11-23", "16:00"), "2", Unit.WORKING_HOUR, counting=counting).due_at
        assert ending == at("2026-11-25", "08:00")


def test_a_full_day_of_work_ends_at_closing_not_at_the_next_opening() -> None:
    assert add_working_time(at("2026-11-25", "07:30"), timedelta(hours=8), CALENDAR) == at(
        "2026-11-25", "17:30"
    )
    assert add_working_time(at("2026-11-25", "07:30"), timedelta(hours=4), CALENDAR) == at(
        "2026-11-25", "11:30"
    )


def test_a_make_up_saturday_is_worked_with_the_hours_of_a_monday() -> None:
    over = found(at("2026-08-21", "16:00"), "1")
    assert over.due_at == at("2026-08-22", "17:30")
    assert [day.date for day in over.made_up] == [date(2026, 8, 22)]
    assert CALENDAR.sessions_on(date(2026, 8, 22)) == (MORNING, AFTERNOON)


def test_what_is_due_may_lie_in_the_next_year() -> None:
    assert found(at("2026-12-30"), "2").due_at == at("2027-01-04", "17:30")
    assert found(at("2026-12-31"), "1", counting=Counting.HOURLY).due_at == at("2027-01-04", "09:00")
    between = working_time_between(at("2026-12-31", "16:30"), at("2027-01-04", "08:30"), CALENDAR)
    assert between == timedelta(hours=2)


# Calendar days, clock hours, months.


@pytest.mark.parametrize(
    "amount, day",
    [("2", "2026-11-25"), ("1", "2026-11-25"), ("5", "2026-11-30"), ("4", "2026-11-27"), ("7", "2026-11-30")],
)
def test_calendar_days_end_at_closing_and_move_on_from_a_day_off(amount: str, day: str) -> None:
    for counting in Counting:
        ending = found(at("2026-11-23"), amount, Unit.CALENDAR_DAY, counting=counting).due_at
        assert ending == at(day, "17:30")


@pytest.mark.parametrize(
    "start, amount, day",
    [
        ("2026-11-23", "1", "2026-12-23"),
        ("2026-08-31", "1", "2026-10-05"),  # counted from Thursday 3 September; 3 October is a Saturday
        ("2026-03-31", "1", "2026-05-04"),  # 30 April is a holiday
        ("2026-01-30", "1", "2026-03-02"),  # February has no 30th; the 28th is a Saturday
        ("2026-11-30", "12", "2027-11-30"),
        ("2026-12-15", "1", "2027-01-15"),
    ],
)
def test_a_month_ends_on_its_day_number_or_its_last_day(start: str, amount: str, day: str) -> None:
    assert found(at(start), amount, Unit.MONTH).due_at == at(day, "17:30")


def test_clock_hours_run_through_nights_and_days_off() -> None:
    assert found(at("2026-11-28", "22:15"), "24", Unit.CLOCK_HOUR).due_at == at("2026-11-29", "22:15")
    lunch = found(at("2026-11-25", "12:00"), "24", Unit.CLOCK_HOUR, cut_off=AT_THREE)
    assert lunch.due_at == at("2026-11-26", "12:00")


def test_clock_hours_need_no_calendar_beyond_their_end() -> None:
    assert found(at("2027-12-31", "20:00"), "2", Unit.CLOCK_HOUR).due_at == at("2027-12-31", "22:00")


def test_clock_hours_after_the_cut_off_run_from_the_next_opening() -> None:
    for clock in ("16:00", "19:00"):
        late = found(at("2026-11-25", clock), "24", Unit.CLOCK_HOUR, cut_off=AT_THREE)
        assert late.due_at == at("2026-11-27", "07:30")


# What was skipped.


def test_it_names_each_day_off_between_start_and_due() -> None:
    skipped = found(at("2026-04-24", "16:00"), "1").skipped
    assert [(day.date.day, day.name, day.is_weekend) for day in skipped] == [
        (25, "thứ Bảy", True),
        (26, "Ngày Giỗ Tổ Hùng Vương", False),
        (27, "Ngày Giỗ Tổ Hùng Vương (nghỉ bù)", False),
    ]


def test_calendar_days_skip_only_the_days_off_at_their_end() -> None:
    skipped = found(at("2026-11-20"), "8", Unit.CALENDAR_DAY).skipped
    assert [day.date.day for day in skipped] == [28, 29]


# Calendars.


def test_a_year_without_a_calendar_is_refused_by_its_number() -> None:
    for ask in (
        lambda: found(at("2025-12-31", "18:00"), "1"),
        lambda: found(at("2027-12-31"), "1"),
        lambda: found(at("2027-12-31"), "1", Unit.CALENDAR_DAY),
        lambda: found(at("2027-12-31"), "24", Unit.CLOCK_HOUR),
        lambda: add_working_time(at("2027-12-31"), timedelta(hours=9), CALENDAR),
        lambda: working_time_between(at("2027-12-31"), at("2028-01-03"), CALENDAR),
    ):
        with pytest.raises(CalendarNotPublished) as refusal:
            ask()
        assert refusal.value.year in (2025, 2028)
        assert str(refusal.value.year) in refusal.value.sentence


def test_a_calendar_without_years_knows_weekends_alone_and_no_year_after_9999() -> None:
    plain = WorkingCalendar(version=0, hours=WEEK)
    assert found(at("2035-11-23"), "2", calendar=plain).due_at == at("2035-11-27", "17:30")
    # 31 December 2033 is a Saturday.
    assert normalise_start(at("2033-12-30", "18:00"), plain) == at("2034-01-02", "07:30")
    with pytest.raises(CalendarNotPublished):
        found(at("9999-12-30"), "9", calendar=plain)


def test_hours_of_a_season_hold_in_their_season_only() -> None:
    early = Session(time(7), time(11))
    seasonal = WorkingCalendar(
        version=1,
        hours=(
            *(Hours(day, MORNING, None, date(2026, 4, 15)) for day in range(5)),
            *(Hours(day, early, date(2026, 4, 16), date(2026, 10, 15)) for day in range(5)),
        ),
        years=frozenset({2026}),
    )
    assert seasonal.sessions_on(date(2026, 4, 15)) == (MORNING,)
    assert seasonal.sessions_on(date(2026, 4, 16)) == (early,)
    assert seasonal.sessions_on(date(2026, 10, 16)) == ()
    assert normalise_start(at("2026-04-15", "12:00"), seasonal) == at("2026-04-16", "07:00")


@pytest.mark.parametrize(
    "first, last, left",
    [
        (None, None, []),
        (date(2026, 5, 1), None, [(date(2026, 4, 1), date(2026, 4, 30))]),
        (None, date(2026, 5, 1), [(date(2026, 5, 2), date(2026, 6, 30))]),
        (date(2027, 1, 1), date(2027, 2, 1), [(date(2026, 4, 1), date(2026, 6, 30))]),
        (
            date(2026, 5, 1),
            date(2026, 5, 1),
            [(date(2026, 4, 1), date(2026, 4, 30)), (date(2026, 5, 2), date(2026, 6, 30))],
        ),
    ],
)
def test_a_season_gives_way_to_the_days_taken_from_it(
    first: date | None, last: date | None, left: list[tuple[date, date]]
) -> None:
    season = Hours(0, MORNING, date(2026, 4, 1), date(2026, 6, 30))
    assert [(part.valid_from, part.valid_to) for part in season.outside(first, last)] == left


def test_a_saturday_morning_at_the_window_is_a_working_day() -> None:
    with_saturday = WorkingCalendar(version=1, hours=(*WEEK, Hours(5, MORNING)))
    assert found(at("2026-11-27"), "1", calendar=with_saturday).due_at == at("2026-11-28", "11:30")


# Early, on time, overdue.


@pytest.mark.parametrize(
    "finished, due_at, expected",
    [
        ("13:29", "17:30", Timeliness.EARLY),
        ("13:30", "17:30", Timeliness.ON_TIME),
        ("17:30", "17:30", Timeliness.ON_TIME),
        ("17:31", "17:30", Timeliness.OVERDUE),
        ("07:29", "09:00", Timeliness.EARLY),
        ("07:30", "09:00", Timeliness.ON_TIME),
        ("09:01", "09:00", Timeliness.OVERDUE),
        ("12:15", "12:30", Timeliness.EARLY),
        ("12:30", "12:30", Timeliness.ON_TIME),
    ],
)
def test_early_is_before_the_half_day_of_the_due_moment(
    finished: str, due_at: str, expected: Timeliness
) -> None:
    day = "2026-11-25"
    given = timeliness(finished_at=at(day, finished), due_at=at(day, due_at), calendar=CALENDAR)
    assert given is expected


# What cannot be asked.


@pytest.mark.parametrize(
    "amount, unit",
    [
        ("-1", Unit.WORKING_DAY),
        ("NaN", Unit.WORKING_DAY),
        ("Infinity", Unit.MONTH),
        ("0.5", Unit.MONTH),
        ("1.5", Unit.CALENDAR_DAY),
        (str(LONGEST + 1), Unit.WORKING_HOUR),
    ],
)
def test_it_refuses_an_amount_nobody_can_count(amount: str, unit: Unit) -> None:
    with pytest.raises(ValueError, match="Thời hạn"):
        Duration(Decimal(amount), unit)


def test_it_refuses_a_moment_without_time_zone_and_a_negative_working_time() -> None:
    with pytest.raises(ValueError, match="múi giờ"):
        found(datetime(2026, 11, 23, 9), "1")  # noqa: DTZ001
    with pytest.raises(ValueError, match="âm"):
        add_working_time(at("2026-11-23"), timedelta(seconds=-1), CALENDAR)


def test_it_refuses_sessions_that_end_before_they_begin_or_overlap() -> None:
    with pytest.raises(ValueError, match="trước khi bắt đầu"):
        Session(time(11), time(11))
    double = WorkingCalendar(version=1, hours=(*WEEK, Hours(0, Session(time(11), time(14)))))
    with pytest.raises(ValueError, match="chồng lên nhau"):
        normalise_start(at("2026-11-23"), double)


def test_it_refuses_a_calendar_that_never_opens() -> None:
    with pytest.raises(ValueError, match="ít nhất một buổi"):
        WorkingCalendar(version=1, hours=(), years=frozenset({2026}))
    with pytest.raises(ValueError, match="không giới hạn"):
        WorkingCalendar(version=1, hours=(Hours(0, MORNING, date(2026, 1, 1), None),))


def test_moments_of_other_zones_are_answered_in_vietnam() -> None:
    utc = datetime.fromisoformat("2026-11-23T02:00:00+00:00")
    ending = found(utc, "3", counting=Counting.HOURLY).due_at
    assert ending == at("2026-11-27", "09:00")
    assert ending.tzinfo is VIETNAM
