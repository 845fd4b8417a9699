"""A due date asked for in words, as a person or a CSV gives them."""

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
        return Decimal(text.strip().replace(",", "."))
    except InvalidOperation as error:
        raise NotUnderstood(f"Thời hạn “{text}” không phải là số.") from error


def _unit(text: str) -> Unit:
    try:
        return Unit(text.strip())
    except ValueError as error:
        names = ", ".join(unit.value for unit in Unit)
        raise NotUnderstood(f"Đơn vị “{text}” không có; dùng một trong: {names}.") from error
