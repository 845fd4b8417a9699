"""The calendar is published whole, never changes once published, and is served without a query."""

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import Error, IntegrityError, connection, transaction

from onestop.agencies.models import Agency, AgencyKind
from onestop.calendars import published
from onestop.calendars.models import (
    CalendarException,
    CalendarVersion,
    CalendarYear,
    Effect,
    Purpose,
    WorkingHours,
)
from onestop.calendars.national import exceptions_of
from onestop.calendars.published import calendar_for, clear_cache
from onestop.calendars.publishing import ExceptionFact, NothingToPublish, YearNotPublished, publish
from onestop.clock import VIETNAM
from onestop.working_days import CalendarNotPublished, Duration, Session, Unit, WorkingCalendar, due

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=VIETNAM)
DAY = date(2026, 11, 23)
STORM = ExceptionFact(date(2026, 12, 1), Effect.OFF, "Nghỉ phòng chống bão", "Công điện thử nghiệm")


@pytest.fixture(autouse=True)
def _nothing_kept(db: None) -> Iterator[None]:
    """No calendar to begin with, though a shop loaded by an earlier run may stand in a reused database."""
    with connection.cursor() as cursor:
        # Published versions refuse DELETE; the transaction of the test brings all back.
        cursor.execute(
            "TRUNCATE calendars_calendarversion, calendars_calendaryear, calendars_calendarexception,"
            " calendars_workinghours"
        )
    clear_cache()
    yield
    clear_cache()


@pytest.fixture
def loaded() -> None:
    call_command("load_calendar")


def newest(**given) -> WorkingCalendar:
    return calendar_for(**({"agency_id": None, "on": DAY} | given))


def publish_storm() -> CalendarVersion:
    return publish(changes=[STORM], whole_years={}, decision="Thử nghiệm", source="", now=NOW)


def counter() -> Agency:
    return Agency.objects.create(
        key="quay-thu", code="H41.99.99", name="Quầy thử", short_name="Quầy", kind=AgencyKind.COMMUNE_CENTRE
    )


# The State's days off.


def test_2026_has_the_published_days_off_and_both_swaps() -> None:
    days = {fact.date: fact.effect for fact in exceptions_of(year=2026)}
    off = {day for day, effect in days.items() if effect == Effect.OFF}
    assert off == {
        *(date(2026, 1, day) for day in (1, 2)),
        *(date(2026, 2, day) for day in (16, 17, 18, 19, 20)),
        *(date(2026, 4, day) for day in (26, 27, 30)),
        date(2026, 5, 1),
        date(2026, 8, 31),
        *(date(2026, 9, day) for day in (1, 2)),
        date(2026, 11, 24),
    }
    assert set(days) - off == {date(2026, 1, 10), date(2026, 8, 22)}


def test_every_day_off_and_make_up_day_has_a_name_and_a_source() -> None:
    facts = [fact for year in range(2024, 2028) for fact in exceptions_of(year=year)]
    assert all(fact.name and fact.source for fact in facts)
    assert {f.date for f in facts if f.effect == Effect.WORK and f.date.year < 2026} == {
        date(2024, 5, 4),
        date(2025, 4, 26),
    }


# Loading.


def test_loading_publishes_three_years_and_again_changes_nothing() -> None:
    call_command("load_calendar")
    call_command("load_calendar")
    version = CalendarVersion.objects.get()
    assert version.published_at is not None
    assert dict(version.years.values_list("year", "is_provisional")) == dict.fromkeys(
        (2024, 2025, 2026), False
    )
    assert WorkingHours.objects.count() == 10


def test_a_provisional_year_is_marked_and_comes_in_a_version_of_its_own(loaded: None) -> None:
    with pytest.raises(CalendarNotPublished):
        newest().year(2027)
    call_command("load_calendar", publish_provisional=[2027])
    assert newest().version == 2
    assert newest().sessions_on(date(2027, 1, 1)) == ()
    assert list(CalendarYear.objects.filter(is_provisional=True).values_list("year", flat=True)) == [2027]


def test_loading_again_keeps_what_was_published_since(loaded: None) -> None:
    publish_storm()
    call_command("load_calendar", publish_provisional=[2027])
    assert newest().days_off[STORM.date] == STORM.name


# Publishing.


def test_a_new_version_adds_a_closure_and_the_old_one_stays(loaded: None) -> None:
    assert publish_storm().number == 2
    assert newest().version == 2
    assert newest().sessions_on(STORM.date) == ()
    assert STORM.date not in newest(version=1).days_off


def test_an_exception_can_be_taken_back(loaded: None) -> None:
    publish_storm()
    back = ExceptionFact(STORM.date, None, "")
    publish(changes=[back], whole_years={}, decision="Thử nghiệm", source="", now=NOW)
    assert STORM.date not in newest().days_off


def test_nothing_new_is_not_a_version(loaded: None) -> None:
    publish_storm()
    with pytest.raises(NothingToPublish):
        publish_storm()
    assert CalendarVersion.objects.count() == 2


def test_a_closure_in_an_unknown_year_is_refused_and_leaves_no_version(loaded: None) -> None:
    stray = ExceptionFact(date(2029, 1, 1), Effect.OFF, "Tết Dương lịch")
    with pytest.raises(YearNotPublished) as refusal:
        publish(changes=[stray], whole_years={}, decision="Thử nghiệm", source="", now=NOW)
    assert "2029" in refusal.value.sentence
    assert CalendarVersion.objects.count() == 1


@pytest.mark.parametrize("table", ["calendars_calendarversion", "calendars_calendaryear"])
@pytest.mark.parametrize("act", ["DELETE FROM {}", "UPDATE {} SET id = id"])
def test_the_database_refuses_to_change_a_published_version(loaded: None, table: str, act: str) -> None:
    with pytest.raises(Error, match="never changes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act.format(table))


def test_the_database_refuses_to_add_to_change_or_take_from_published_days(loaded: None) -> None:
    version = CalendarVersion.objects.get()
    acts = (
        lambda: CalendarException.objects.create(version=version, date=STORM.date, effect="off", name="x"),
        lambda: CalendarException.objects.update(name="x"),
        lambda: CalendarException.objects.all().delete(),
    )
    for act in acts:
        with pytest.raises(Error, match="never changes"), transaction.atomic():
            act()


def test_a_draft_is_not_served_and_may_be_thrown_away(loaded: None) -> None:
    draft = CalendarVersion.objects.create(number=2, decision="Dự thảo")
    CalendarException.objects.create(version=draft, date=STORM.date, effect="off", name="x")
    clear_cache()
    assert newest().version == 1
    draft.delete()
    assert CalendarVersion.objects.count() == 1


def test_a_day_cannot_be_off_and_worked(loaded: None) -> None:
    draft = CalendarVersion.objects.create(number=2, decision="Dự thảo")
    CalendarException.objects.create(version=draft, date=STORM.date, effect="off", name="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarException.objects.create(version=draft, date=STORM.date, effect="work", name="y")
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarException.objects.create(version=draft, date=DAY, effect="half", name="y")


# Hours.


def test_hours_that_overlap_or_end_before_they_begin_are_refused(loaded: None) -> None:
    for opens, closes in ((time(11), time(12)), (time(18), time(17))):
        with pytest.raises(IntegrityError), transaction.atomic():
            WorkingHours.objects.create(weekday=0, opens=opens, closes=closes)
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkingHours.objects.create(weekday=7, opens=time(8), closes=time(9))
    WorkingHours.objects.create(weekday=0, opens=time(11, 30), closes=time(13, 30))


def test_an_agency_has_its_own_hours_from_their_day_on(loaded: None) -> None:
    own = counter()
    WorkingHours.objects.create(
        agency=own, weekday=5, opens=time(8), closes=time(11), valid_from=date(2026, 12, 1)
    )
    saturday = date(2026, 12, 5)
    assert newest(agency_id=own.pk, on=DAY).sessions_on(DAY) != ()
    assert newest(agency_id=own.pk, on=saturday).sessions_on(saturday) == (Session(time(8), time(11)),)
    assert newest().sessions_on(saturday) == ()


def test_after_its_own_season_an_agency_keeps_the_hours_of_everybody(loaded: None) -> None:
    own = counter()
    for weekday in range(5):
        WorkingHours.objects.create(
            agency=own,
            weekday=weekday,
            opens=time(7),
            closes=time(15),
            valid_from=date(2026, 4, 15),
            valid_to=date(2026, 9, 30),
        )
    promised = due(
        start=datetime(2026, 9, 29, 9, tzinfo=VIETNAM),
        duration=Duration(Decimal(3), Unit.WORKING_DAY),
        calendar=newest(agency_id=own.pk, on=date(2026, 9, 29)),
    )
    assert promised.due_at == datetime(2026, 10, 2, 17, 30, tzinfo=VIETNAM)
    before = newest(agency_id=own.pk, on=DAY).sessions_on(date(2026, 4, 14))
    assert before == newest().sessions_on(date(2026, 4, 14)) != ()


def test_the_window_of_an_agency_keeps_its_working_hours_unless_windows_have_their_own(loaded: None) -> None:
    own = counter()
    WorkingHours.objects.create(agency=own, weekday=0, opens=time(7), closes=time(15))
    served = newest(agency_id=own.pk, purpose=Purpose.INTAKE)
    assert served.sessions_on(DAY) == (Session(time(7), time(15)),)
    WorkingHours.objects.create(purpose=Purpose.INTAKE, weekday=0, opens=time(8), closes=time(16))
    clear_cache()
    served = newest(agency_id=own.pk, purpose=Purpose.INTAKE)
    assert served.sessions_on(DAY) == (Session(time(8), time(16)),)


def test_the_window_may_keep_other_hours_than_the_work_behind_it(loaded: None) -> None:
    assert newest(purpose=Purpose.INTAKE) is newest()
    WorkingHours.objects.create(purpose=Purpose.INTAKE, weekday=0, opens=time(8), closes=time(16))
    clear_cache()
    assert newest(purpose=Purpose.INTAKE).sessions_on(DAY) == (Session(time(8), time(16)),)
    assert len(newest().sessions_on(DAY)) == 2


# Served.


def test_without_a_calendar_hours_or_that_version_it_says_so() -> None:
    with pytest.raises(CalendarNotPublished) as refusal:
        newest()
    assert refusal.value.year == 2026
    call_command("load_calendar")
    assert newest().version == 1
    with pytest.raises(CalendarNotPublished):
        newest(version=9)
    WorkingHours.objects.all().delete()
    clear_cache()
    with pytest.raises(CalendarNotPublished):
        newest()


def test_a_warm_calendar_costs_no_query(loaded: None, django_assert_num_queries) -> None:
    kept = newest()
    with django_assert_num_queries(0):
        assert newest() is kept


def test_days_with_the_same_hours_share_one_calendar(loaded: None) -> None:
    assert newest(on=date(2026, 3, 2)) is newest()


def test_what_another_process_changed_is_seen_at_the_next_check(
    loaded: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(newest().sessions_on(DAY)) == 2
    WorkingHours.objects.create(weekday=0, opens=time(18), closes=time(19))
    assert len(newest().sessions_on(DAY)) == 2
    monkeypatch.setattr(published, "CHECK_EVERY_SECONDS", 0.0)
    assert len(newest().sessions_on(DAY)) == 3


# The command.


def file_of(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "lich.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_of_exceptions_is_published(loaded: None, tmp_path: Path, capsys) -> None:
    path = file_of(
        tmp_path, "date,effect,name\n2026-12-01,off,Nghỉ bão\n2026-12-05,work,Làm bù\n2026-11-24,usual,\n"
    )
    call_command("publish_calendar", path, decision="Thử nghiệm")
    assert "phiên bản lịch 2" in capsys.readouterr().out
    calendar = newest()
    assert calendar.days_off[date(2026, 12, 1)] == "Nghỉ bão"
    assert calendar.make_up_days == newest(version=1).make_up_days | {date(2026, 12, 5): "Làm bù"}
    assert date(2026, 11, 24) not in calendar.days_off


def test_a_whole_year_replaces_the_provisional_one(loaded: None, tmp_path: Path) -> None:
    call_command("load_calendar", publish_provisional=[2027])
    path = file_of(tmp_path, "date,effect,name\n2027-01-01,off,Tết Dương lịch\n")
    call_command("publish_calendar", path, decision="Thử nghiệm", year=[2027])
    assert [day for day in newest().days_off if day.year == 2027] == [date(2027, 1, 1)]
    assert not CalendarYear.objects.get(version__number=3, year=2027).is_provisional


def test_each_broken_line_is_named_and_nothing_is_published(loaded: None, tmp_path: Path) -> None:
    path = file_of(
        tmp_path,
        "date,effect,name\n2026-13-01,off,A\n2026-12-01,half,B\n2026-12-02,off,\n2026-12-03,off,C\n2026-12-03,off,D\n",
    )
    with pytest.raises(CommandError) as refusal:
        call_command("publish_calendar", path, decision="Thử nghiệm")
    assert [line.split(":")[0] for line in str(refusal.value).splitlines()] == [
        "Dòng 2",
        "Dòng 3",
        "Dòng 4",
        "Dòng 6",
    ]
    assert CalendarVersion.objects.count() == 1


def test_a_file_that_cannot_be_read_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Không đọc được"):
        call_command("publish_calendar", tmp_path / "không-có.csv", decision="Thử nghiệm")
