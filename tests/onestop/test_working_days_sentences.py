"""A due date says in one sentence why it is that date."""

from decimal import Decimal

import pytest

from onestop.working_days import Counting, CutOff, Duration, Unit, due, explain
from tests.onestop.test_working_days import AT_THREE, CALENDAR, at


def said(
    start: str, clock: str, amount: str, unit: Unit, counting: Counting, cut_off: CutOff | None = None
) -> str:
    duration = Duration(Decimal(amount), unit)
    moment = at(start, clock)
    found = due(start=moment, duration=duration, calendar=CALENDAR, counting=counting, cut_off=cut_off)
    return explain(found, start=moment, duration=duration)


@pytest.mark.parametrize(
    "asked, sentence",
    [
        (
            ("2026-11-23", "15:30", "0", Unit.WORKING_DAY, Counting.CIVIL, AT_THREE),
            "Nhận lúc 15:30 thứ Hai 23/11/2026, sau giờ chốt 15:00 nên tính từ 07:30 thứ Tư 25/11/2026, "
            "giải quyết trong ngày, không tính thứ Ba 24/11 (Ngày Văn hóa Việt Nam); "
            "hẹn trả lúc 17:30 thứ Tư 25/11/2026.",
        ),
        (
            ("2026-11-25", "09:00", "1.5", Unit.WORKING_DAY, Counting.HOURLY),
            "Nhận lúc 09:00 thứ Tư 25/11/2026, thời hạn 1,5 ngày làm việc; "
            "hẹn trả lúc 15:00 thứ Năm 26/11/2026.",
        ),
        (
            ("2026-11-28", "09:00", "1", Unit.WORKING_DAY, Counting.CIVIL),
            "Nhận lúc 09:00 thứ Bảy 28/11/2026, ngoài giờ làm việc nên tính từ 07:30 thứ Hai 30/11/2026, "
            "thời hạn 1 ngày làm việc không kể ngày đầu, không tính thứ Bảy 28/11 và Chủ nhật 29/11; "
            "hẹn trả lúc 17:30 thứ Ba 01/12/2026.",
        ),
        (
            ("2026-11-20", "09:00", "8", Unit.CALENDAR_DAY, Counting.CIVIL),
            "Nhận lúc 09:00 thứ Sáu 20/11/2026, thời hạn 8 ngày, ngày cuối rơi vào thứ Bảy 28/11 và "
            "Chủ nhật 29/11 nên chuyển sang ngày làm việc tiếp theo; hẹn trả lúc 17:30 thứ Hai 30/11/2026.",
        ),
        (
            ("2026-11-23", "09:00", "1", Unit.MONTH, Counting.CIVIL),
            "Nhận lúc 09:00 thứ Hai 23/11/2026, thời hạn 1 tháng; hẹn trả lúc 17:30 thứ Tư 23/12/2026.",
        ),
        (
            ("2026-11-27", "16:00", "100", Unit.CLOCK_HOUR, Counting.CIVIL),
            "Nhận lúc 16:00 thứ Sáu 27/11/2026, thời hạn 100 giờ; hẹn trả lúc 20:00 thứ Ba 01/12/2026.",
        ),
        (
            ("2026-08-21", "09:00", "2", Unit.WORKING_DAY, Counting.CIVIL),
            "Nhận lúc 09:00 thứ Sáu 21/08/2026, thời hạn 2 ngày làm việc không kể ngày đầu, "
            "không tính Chủ nhật 23/08, tính cả thứ Bảy 22/08 là ngày làm bù; "
            "hẹn trả lúc 17:30 thứ Hai 24/08/2026.",
        ),
        (
            ("2026-11-02", "09:00", "20", Unit.WORKING_DAY, Counting.CIVIL),
            "Nhận lúc 09:00 thứ Hai 02/11/2026, thời hạn 20 ngày làm việc không kể ngày đầu, "
            "không tính 8 ngày nghỉ cuối tuần và thứ Ba 24/11 (Ngày Văn hóa Việt Nam); "
            "hẹn trả lúc 17:30 thứ Ba 01/12/2026.",
        ),
    ],
)
def test_it_gives_the_start_the_limit_each_day_skipped_and_the_end(
    asked: tuple[str, str, str, Unit, Counting], sentence: str
) -> None:
    assert said(*asked) == sentence
