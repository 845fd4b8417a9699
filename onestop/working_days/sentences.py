"""A due date explains itself in one Vietnamese sentence."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from onestop.working_days.calendar import DAY_NAMES, local
from onestop.working_days.facts import UNIT_WORDS, WHOLE_UNITS, Due, Duration, SkippedDay, Unit

# More weekend days than these are told as a number.
_NAMED_WEEKEND_DAYS = 4


def explain(found: Due, *, start: datetime, duration: Duration) -> str:
    """Why the file received at `start` is due when it is: one sentence, with each reason a day is skipped.

    Raises: ValueError for a moment without time zone.
    """
    begun = found.counted_from.date()
    parts = [f"Nhận lúc {_moment(local(start))}", *_later_start(found, local(start)), _limit(found, duration)]
    if duration.unit in WHOLE_UNITS:
        moved = [day for day in found.skipped if day.date > begun]
        if moved:
            parts.append(f"ngày cuối rơi vào {_days(moved)} nên chuyển sang ngày làm việc tiếp theo")
    elif duration.unit is not Unit.CLOCK_HOUR and found.skipped:
        parts.append(f"không tính {_days(found.skipped)}")
    if found.made_up:
        parts.append(f"tính cả {_listed([_name_and_day(day) for day in found.made_up])} là ngày làm bù")
    return f"{', '.join(parts)}; hẹn trả lúc {_moment(found.due_at)}."


def _later_start(found: Due, start: datetime) -> list[str]:
    if found.counted_from == start:
        return []
    why = f"sau giờ chốt {found.cut_off:%H:%M}" if found.cut_off else "ngoài giờ làm việc"
    return [f"{why} nên tính từ {_moment(found.counted_from)}"]


def _limit(found: Due, duration: Duration) -> str:
    if duration.unit is Unit.WORKING_DAY and not duration.amount:
        return "giải quyết trong ngày"
    words = f"thời hạn {_number(duration.amount)} {UNIT_WORDS[duration.unit]}"
    return f"{words} không kể ngày đầu" if found.leaves_out_first_day else words


def _days(days: Sequence[SkippedDay]) -> str:
    weekend = [day for day in days if day.is_weekend]
    named = [f"{_name_and_day(day)} ({day.name})" for day in days if not day.is_weekend]
    if len(weekend) > _NAMED_WEEKEND_DAYS:
        return _listed([f"{len(weekend)} ngày nghỉ cuối tuần", *named])
    return _listed([_name_and_day(day) for day in weekend] + named)


def _name_and_day(day: SkippedDay) -> str:
    return f"{DAY_NAMES[day.date.weekday()]} {day.date.day:02}/{day.date.month:02}"


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} và {words[-1]}"


def _moment(at: datetime) -> str:
    # Three times as fast as strftime, and each receipt and list row asks for it.
    day = f"{DAY_NAMES[at.weekday()]} {at.day:02}/{at.month:02}/{at.year}"
    return f"{at.hour:02}:{at.minute:02} {day}"


def _number(amount: Decimal) -> str:
    return f"{amount.normalize():f}".replace(".", ",")
