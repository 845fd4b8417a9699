"""Time limits as the national database exports them, one row a channel.

A number without a unit is a placeholder of the portal, never one day: such a limit stays empty, reported.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from procedures.channels import Channel
from procedures.records import LimitRecord
from procedures.shape import Fields
from procedures.shortfalls import Reason, Shortfall

# Values of onestop.working_days.Unit.
UNITS = {
    "Ngày làm việc": "working_day",
    "Giờ làm việc": "working_hour",
    "Ngày": "calendar_day",
    "Giờ": "clock_hour",
    "Tháng": "month",
}
# Ten years in days: more is a slip of the keyboard.
LONGEST = 3650
# The export has one unit for both kinds of hours: where the words say working hours, "Giờ" proves nothing.
WORKING_HOURS = re.compile(r"\d\s*giờ làm việc", re.IGNORECASE)


def limits_of(
    methods: Sequence[tuple[Channel, Fields]],
) -> tuple[tuple[LimitRecord, ...], tuple[Shortfall, ...]]:
    """One limit a channel, and what of it could not be taken.

    Raises: WrongShape.
    """
    limits: dict[Channel, LimitRecord] = {}
    shortfalls: list[Shortfall] = []
    for channel, method in methods:
        limit, reasons = _limit(channel, method)
        shortfalls += reasons
        held = limits.get(channel)
        if held and (held.amount, held.unit) != (limit.amount, limit.unit):
            shortfalls.append(Shortfall("limits", Reason.LIMIT_SEVERAL, _words(method)))
            limit = LimitRecord(channel=channel, note=_joined(held.note, limit.note))
        limits[channel] = limit
    return tuple(limits.values()), tuple(shortfalls)


def _limit(channel: Channel, method: Fields) -> tuple[LimitRecord, list[Shortfall]]:
    note = method.text("note")
    reason = _doubt(method, note)
    if reason:
        return LimitRecord(channel=channel, note=note), [Shortfall("limits", reason, _words(method))]
    amount = Decimal(str(method.number("time_value")))
    return LimitRecord(channel=channel, amount=amount, unit=UNITS[method.text("time_unit")], note=note), []


def _doubt(method: Fields, note: str) -> Reason | None:
    value, unit = method.number("time_value"), method.text("time_unit")
    if value is None:
        return Reason.LIMIT_MISSING
    if not unit:
        return Reason.LIMIT_WITHOUT_UNIT
    if unit not in UNITS or (unit == "Giờ" and WORKING_HOURS.search(note)):
        return Reason.LIMIT_UNIT_UNKNOWN
    return None if 0 < value <= LONGEST else Reason.LIMIT_NOT_PLAUSIBLE


def _words(method: Fields) -> str:
    return f"{method.number('time_value')} {method.text('time_unit')}".replace("None", "").strip()


def _joined(first: str, second: str) -> str:
    return "\n".join(dict.fromkeys(text for text in (first, second) if text))
