"""Cách ghi trên giấy: moments, days and amounts as official papers write them, always in Vietnamese."""

from datetime import datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
LETTERHEAD_WIDTH = 26  # capitals of 11.5 pt in the left column
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def day_in_words(moment: datetime) -> str:
    """ "ngày 05 tháng 02 năm 2026": days below ten and January and February take a nought.

    Source: NĐ 30/2020/NĐ-CP Phụ lục I, on place and date of documents.
    """
    local = moment.astimezone(VIETNAM)
    month = f"{local.month:02d}" if local.month < 3 else str(local.month)
    return f"ngày {local.day:02d} tháng {month} năm {local.year}"


def hour_in_words(moment: datetime) -> str:
    """ "09 giờ 40 phút"."""
    local = moment.astimezone(VIETNAM)
    return f"{local.hour:02d} giờ {local.minute:02d} phút"


def promise_in_words(moment: datetime) -> str:
    """ "17 giờ 30 phút, thứ Năm ngày 26 tháng 11 năm 2026"."""
    weekday = WEEKDAYS[moment.astimezone(VIETNAM).weekday()]
    return f"{hour_in_words(moment)}, {weekday} {day_in_words(moment)}"


def hour_and_date(moment: datetime) -> str:
    """ "14 giờ 05 phút, ngày 16/11/2026"."""
    return f"{hour_in_words(moment)}, ngày {date_in_figures(moment)}"


def date_in_figures(moment: datetime) -> str:
    """ "16/11/2026"."""
    return f"{moment.astimezone(VIETNAM):%d/%m/%Y}"


def moment_of_signing(moment: datetime) -> str:
    """ "16/11/2026 09:41:07 +07:00"."""
    return f"{moment.astimezone(VIETNAM):%d/%m/%Y %H:%M:%S} +07:00"


def amount_in_figures(amount_vnd: int) -> str:
    """ "75.000 đồng"."""
    return f"{amount_vnd:,} đồng".replace(",", ".")


def in_two_lines(text: str) -> tuple[str, ...]:
    """A long name broken at the space nearest its middle, as letterheads do."""
    spaces = [place for place, sign in enumerate(text) if sign == " "]
    if len(text) <= LETTERHEAD_WIDTH or not spaces:
        return (text,)
    middle = min(spaces, key=lambda place: abs(place - len(text) / 2))
    return (text[:middle], text[middle + 1 :])


def grouped(code: str) -> str:
    """A code to be typed, in groups of four."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
