"""Days, money, numbers and identity numbers are written one way on every page."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.clock import VIETNAM
from onestop.pages import formats

DUE = datetime(2026, 11, 30, 17, 30, tzinfo=VIETNAM)


def test_a_promise_names_the_weekday():
    assert formats.day(date(2026, 11, 30)) == "thứ Hai 30/11/2026"
    assert formats.day(date(2026, 11, 29)) == "Chủ nhật 29/11/2026"
    assert formats.day(DUE, language="en") == "Monday 30/11/2026"


def test_a_moment_has_its_hour_first():
    assert formats.moment(DUE) == "17:30, thứ Hai 30/11/2026"
    assert formats.short_moment(DUE) == "30/11/2026 17:30"
    assert formats.short_day(DUE) == "30/11/2026"


@pytest.mark.parametrize(
    "amount, text", [(0, "0 đ"), (75_000, "75.000 đ"), (2_840_700, "2.840.700 đ"), (-15_000, "-15.000 đ")]
)
def test_money_is_whole_dong_with_dots(amount, text):
    assert formats.vnd(amount) == text


@given(st.integers(min_value=0, max_value=10**13))
def test_money_keeps_every_digit(amount):
    assert int(formats.vnd(amount).removesuffix(" đ").replace(".", "")) == amount


@pytest.mark.parametrize(
    "share, text", [(0.984, "98,4 %"), (Decimal("0.98765"), "98,8 %"), (1, "100 %"), (0, "0 %")]
)
def test_a_share_has_one_decimal_and_a_comma(share, text):
    assert formats.percent(share) == text


def test_english_swaps_the_signs_of_numbers():
    assert formats.number(Decimal("1234.5"), language="en") == "1,234.5"
    assert formats.number(Decimal("1234.5")) == "1.234,5"


@pytest.mark.parametrize(
    "value, text",
    [("040186000217", "040186•••217"), ("186123456", "186•••456"), ("12345678", "•••"), ("", "")],
)
def test_an_identity_number_is_never_shown_whole(value, text):
    assert formats.mask_id(value) == text


@given(st.text(alphabet="0123456789", min_size=1, max_size=16))
def test_a_masked_number_always_hides_three_digits_or_all(value):
    shown = formats.mask_id(value).replace("•", "")
    assert len(shown) == (len(value) - 3 if len(value) >= 9 else 0)


@pytest.mark.parametrize(
    "value, text",
    [("0912345468", "0912 ••• 468"), ("+84 912 345 468", "+849 ••• 468"), ("113", "•••"), ("", "")],
)
def test_a_telephone_number_hides_its_middle(value, text):
    assert formats.mask_phone(value) == text


@pytest.mark.parametrize(
    "amount, unit, text",
    [
        ("7", "working_day", "7 ngày làm việc"),
        ("1.5", "working_day", "1,5 ngày làm việc"),
        ("24", "clock_hour", "24 giờ"),
        ("3", "month", "3 tháng"),
        ("30", "calendar_day", "30 ngày"),
        ("4", "working_hour", "4 giờ làm việc"),
    ],
)
def test_a_length_of_time_carries_its_unit(amount, unit, text):
    assert formats.duration(Decimal(amount), unit) == text


def test_english_knows_one_from_many():
    assert formats.duration(Decimal(1), "working_day", language="en") == "1 working day"
    assert formats.duration(Decimal(2), "working_day", language="en") == "2 working days"


@pytest.mark.parametrize(
    "length, text",
    [
        (timedelta(minutes=45), "45 phút"),
        (timedelta(hours=3, minutes=36), "3,6 giờ"),
        (timedelta(hours=37, minutes=10), "37 giờ"),
        (timedelta(hours=-2), "2 giờ"),
        (timedelta(), "0 phút"),
    ],
)
def test_time_left_is_told_in_hours_and_below_one_hour_in_minutes(length, text):
    assert formats.working_time(length) == text


def test_english_shortens_hours_and_minutes():
    assert formats.working_time(timedelta(hours=2), language="en") == "2 h"
    assert formats.working_time(timedelta(minutes=5), language="en") == "5 min"


@pytest.mark.parametrize("name, text", [("Nguyễn Thị Mai", "NM"), ("Mai", "M"), ("", "")])
def test_a_person_is_marked_by_first_and_last_letter(name, text):
    assert formats.initials(name) == text
