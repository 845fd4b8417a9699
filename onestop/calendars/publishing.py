"""A new version of the calendar: the newest one with its changes, published whole or not at all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from onestop.agencies.refusals import Refusal
from onestop.calendars.models import CalendarException, CalendarVersion, CalendarYear
from onestop.calendars.published import clear_cache

# "Published lịch" in ASCII: one publisher at a time, so that none builds on a version already replaced.
_LOCK = 0x6C696368


@dataclass(frozen=True)
class ExceptionFact:
    """Ngày ngoại lệ as published; effect None takes an earlier exception of that day back."""

    date: date
    effect: str | None
    name: str
    source: str = ""


class NothingToPublish(Refusal):
    """Không có gì thay đổi."""

    def __init__(self) -> None:
        super().__init__("Không có thay đổi nào nên không công bố phiên bản lịch mới.")


class YearNotPublished(Refusal):
    """Năm chưa có lịch: an exception alone does not make a year known."""

    def __init__(self, *, year: int) -> None:
        self.year = year
        super().__init__(f"Năm {year} chưa có lịch; hãy công bố cả năm bằng --year {year}.")


@dataclass(frozen=True)
class _Content:
    years: dict[int, bool]
    exceptions: dict[date, ExceptionFact]


def publish(
    *,
    changes: Iterable[ExceptionFact],
    whole_years: Mapping[int, bool],
    decision: str,
    source: str,
    now: datetime,
) -> CalendarVersion:
    """Publish the newest version with `changes`; `whole_years` (year: is provisional) are replaced entirely.

    Running deadlines keep the version they were promised under. Raises: NothingToPublish, YearNotPublished.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        newest = newest_version()
        before = _content(newest)
        after = _changed(before, changes, whole_years)
        if after == before:
            raise NothingToPublish
        version = CalendarVersion.objects.create(
            number=newest.number + 1 if newest else 1, decision=decision, source=source
        )
        _write(version, after)
        version.published_at = now
        version.save(update_fields=["published_at"])
        transaction.on_commit(clear_cache)
    clear_cache()
    return version


def newest_version() -> CalendarVersion | None:
    """The version in use, None before the first."""
    return CalendarVersion.objects.filter(published_at__isnull=False).order_by("-number").first()


def _content(version: CalendarVersion | None) -> _Content:
    if version is None:
        return _Content({}, {})
    return _Content(
        {row.year: row.is_provisional for row in version.years.all()},
        {
            row.date: ExceptionFact(row.date, row.effect, row.name, row.source)
            for row in version.exceptions.all()
        },
    )


def _changed(before: _Content, changes: Iterable[ExceptionFact], whole_years: Mapping[int, bool]) -> _Content:
    years = before.years | dict(whole_years)
    exceptions = {day: fact for day, fact in before.exceptions.items() if day.year not in whole_years}
    for fact in changes:
        if fact.date.year not in years:
            raise YearNotPublished(year=fact.date.year)
        if fact.effect is None:
            exceptions.pop(fact.date, None)
        else:
            exceptions[fact.date] = fact
    return _Content(years, exceptions)


def _write(version: CalendarVersion, content: _Content) -> None:
    CalendarYear.objects.bulk_create(
        CalendarYear(version=version, year=year, is_provisional=provisional)
        for year, provisional in sorted(content.years.items())
    )
    CalendarException.objects.bulk_create(
        CalendarException(
            version=version, date=fact.date, effect=fact.effect or "", name=fact.name, source=fact.source
        )
        for _day, fact in sorted(content.exceptions.items())
    )
