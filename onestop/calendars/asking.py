"""A due date asked for in words, as a person or a CSV gives them."""

import csv
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal, InvalidOperation

from onestop.agencies.refusals import Refusal
from onestop.clock import VIETNAM
from onestop.working_days import (
    CalendarNotPublished,
    Counting,
    CutOff,
    Due,
    Duration,
    Unit,
    WorkingCalendar,
    due,
    explain,
)

# No law counts finer, and the sentence that repeats the amount stays short.
_MOST_DECIMALS = 6


class NotUnderstood(Refusal):
    """Không hiểu câu hỏi: a start, a duration or a unit that nothing can be made of."""


@dataclass(frozen=True)
class Rule:
    """Cách tính, the same for every question of one run."""

    calendar: WorkingCalendar
    counting: Counting
    cut_off: CutOff | None


@dataclass(frozen=True)
class Answer:
    """Hẹn trả and its sentence."""

    found: Due
    sentence: str


def answer(*, start: str, duration: str, unit: str, rule: Rule) -> Answer:
    """The due date; a start without a time zone is meant in Vietnam. Raises: NotUnderstood."""
    moment = _moment(start)
    try:
        asked = Duration(_amount(duration), _unit(unit))
        found = due(
            start=moment,
            duration=asked,
            calendar=rule.calendar,
            counting=rule.counting,
            cut_off=rule.cut_off,
        )
        return Answer(found, explain(found, start=moment, duration=asked))
    except CalendarNotPublished as error:
        raise NotUnderstood(error.sentence) from error
    except OverflowError as error:
        raise NotUnderstood("Thời hạn vượt ra ngoài các năm tính được.") from error
    except ValueError as error:
        raise NotUnderstood(str(error)) from error


def cells(line: str) -> list[str]:
    """The cells of one line of CSV; a quote left open spoils this line alone. Raises: NotUnderstood."""
    try:
        return next(csv.reader([line], strict=True), [])
    except csv.Error as error:
        raise NotUnderstood("Dòng không đúng dạng CSV.") from error


def cut_off_at(text: str) -> CutOff:
    """A cut-off like 15:00. Raises: NotUnderstood."""
    try:
        at = time.fromisoformat(text)
    except ValueError as error:
        raise NotUnderstood(f"Giờ chốt “{text}” không có dạng 15:00.") from error
    if at.tzinfo is not None:
        raise NotUnderstood(f"Giờ chốt “{text}” không được có múi giờ.")
    return CutOff(at)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.strip())
        local = moment.replace(tzinfo=VIETNAM) if moment.tzinfo is None else moment.astimezone(VIETNAM)
    except (ValueError, OverflowError) as error:
        raise NotUnderstood(f"Thời điểm “{text}” không có dạng 2026-11-23T09:00.") from error
    return local


def _amount(text: str) -> Decimal:
    try:
        amount = Decimal(text.strip().replace(",", "."))
    except InvalidOperation as error:
        raise NotUnderstood(f"Thời hạn “{text}” không phải là số.") from error
    exponent = amount.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -_MOST_DECIMALS:
        raise NotUnderstood(f"Thời hạn “{text}” có hơn {_MOST_DECIMALS} chữ số thập phân.")
    return amount


def _unit(text: str) -> Unit:
    try:
        return Unit(text.strip())
    except ValueError as error:
        names = ", ".join(unit.value for unit in Unit)
        raise NotUnderstood(f"Đơn vị “{text}” không có; dùng một trong: {names}.") from error
