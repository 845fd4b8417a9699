"""How the shop writes days, money, numbers and identity numbers: pure functions of their arguments.

`language` is "vi" (the source) or "en". Moments are written as they are given: the caller brings them to
Vietnam's time.
"""

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

WEEKDAYS = {
    "vi": ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
# The values of `onestop.working_days.Unit`. English: singular, plural.
UNIT_NAMES = {
    "vi": {
        "working_day": ("ngày làm việc",) * 2,
        "working_hour": ("giờ làm việc",) * 2,
        "calendar_day": ("ngày",) * 2,
        "clock_hour": ("giờ",) * 2,
        "month": ("tháng",) * 2,
    },
    "en": {
        "working_day": ("working day", "working days"),
        "working_hour": ("working hour", "working hours"),
        "calendar_day": ("day", "days"),
        "clock_hour": ("hour", "hours"),
        "month": ("month", "months"),
    },
}
MASK = "•••"
_SHOWN_AT_END = 3


def day(value: date, *, language: str = "vi") -> str:
    """The weekday with the date, as every promise needs it: `thứ Hai 30/11/2026`."""
    return f"{WEEKDAYS[language][value.weekday()]} {value:%d/%m/%Y}"


def moment(value: datetime, *, language: str = "vi") -> str:
    """The hour before the day: `17:30, thứ Hai 30/11/2026`."""
    return f"{value:%H:%M}, {day(value, language=language)}"


def short_day(value: date) -> str:
    """`30/11/2026`, for columns."""
    return f"{value:%d/%m/%Y}"


def short_moment(value: datetime) -> str:
    """`30/11/2026 17:30`, for logs and columns."""
    return f"{value:%d/%m/%Y %H:%M}"


def number(value: Decimal | int | float, *, decimals: int = 1, language: str = "vi") -> str:
    """Thousands and decimals in the signs of the language, at most `decimals` places, half up: `1.234,5`."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{exact:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text if language == "en" else text.translate(str.maketrans(",.", ".,"))


def vnd(amount_vnd: int, *, language: str = "vi") -> str:
    """Whole đồng: `75.000 đ`."""
    return f"{number(amount_vnd, decimals=0, language=language)} đ"


def percent(share: Decimal | float, *, language: str = "vi") -> str:
    """A share from 0 to 1 with one decimal place: `98,4 %`."""
    return f"{number(Decimal(str(share)) * 100, language=language)} %"


def mask_id(value: str) -> str:
    """An identity number with the three characters before the last three hidden: `040186•••217`.

    Short numbers (fewer than nine characters) are hidden whole: what would stay open could be guessed around.
    """
    if len(value) < 9:
        return MASK if value else ""
    return f"{value[: -2 * _SHOWN_AT_END]}{MASK}{value[-_SHOWN_AT_END:]}"


def mask_phone(value: str) -> str:
    """A telephone number with its middle hidden: `0912 ••• 468`."""
    digits = "".join(sign for sign in value if sign.isdigit() or sign == "+")
    if len(digits) < 9:
        return MASK if digits else ""
    return f"{digits[:4]} {MASK} {digits[-_SHOWN_AT_END:]}"


def duration(amount: Decimal, unit: str, *, language: str = "vi") -> str:
    """A length of time in its unit: `7 ngày làm việc`, `unit` is a value of `working_days.Unit`."""
    names = UNIT_NAMES[language][unit]
    return f"{number(amount, decimals=2, language=language)} {names[amount != 1]}"


def working_time(length: timedelta, *, language: str = "vi") -> str:
    """A length in hours, in minutes below one hour, without its sign: `45 phút`, `3,6 giờ`, `37 giờ`.

    One decimal place, half up, below ten hours; whole hours from ten on.
    """
    minutes = abs(int(length.total_seconds())) // 60
    if minutes < 60:
        return f"{minutes} {'phút' if language == 'vi' else 'min'}"
    hours = Decimal(minutes) / 60
    text = number(hours, decimals=0 if hours >= 10 else 1, language=language)
    return f"{text} {'giờ' if language == 'vi' else 'h'}"


def initials(name: str) -> str:
    """Two letters for a person's sign, the middle of the name left out: Nguyễn Thị Mai -> `NM`."""
    words = name.split()
    return (words[0][0] + words[-1][0] if len(words) > 1 else name[:1]).upper()
