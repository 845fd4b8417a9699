"""Limits and fees in the words of the counter."""

from datetime import time
from decimal import Decimal

import pytest

from procedures.channels import Channel
from procedures.fees import FeeKind, Tier
from procedures.wording import CHANNEL_WORDS, FEE_KIND_WORDS, FeeAmount, LimitAmount, fee_words, limit_words


def limit(amount: str | None, unit: str = "working_day") -> LimitAmount:
    return LimitAmount(None if amount is None else Decimal(amount), unit if amount else "", None)


def fee(kind: FeeKind, amount: int | None = None, tiers: tuple[Tier, ...] = (), unit: str = "") -> FeeAmount:
    return FeeAmount(kind, amount, tiers, unit)


@pytest.mark.parametrize(
    "limits, words",
    [
        ([], "chưa rõ"),
        ([limit(None)], "chưa rõ"),
        ([limit("7")], "7 ngày làm việc"),
        ([limit("1.50")], "1,5 ngày làm việc"),
        ([limit("10.00"), limit("7")], "7–10 ngày làm việc"),
        ([limit("7"), limit("30", "calendar_day")], "7 ngày làm việc; 30 ngày"),
        ([limit("7"), limit(None)], "7 ngày làm việc; có trường hợp chưa rõ"),
        ([LimitAmount(Decimal(0), "working_day", time(15))], "trong ngày"),
        ([limit("24", "clock_hour")], "24 giờ"),
        ([limit("2", "month")], "2 tháng"),
        ([limit("4", "working_hour")], "4 giờ làm việc"),
    ],
)
def test_limits_are_told_in_few_words(limits: list[LimitAmount], words: str) -> None:
    assert limit_words(limits) == words


@pytest.mark.parametrize(
    "fees, words",
    [
        ([], "chưa rõ"),
        ([fee(FeeKind.FREE), fee(FeeKind.FREE)], "miễn phí"),
        ([fee(FeeKind.FIXED, 20_000), fee(FeeKind.FIXED, 10_000)], "10.000 đ – 20.000 đ"),
        ([fee(FeeKind.FIXED, 1_500_000)], "1.500.000 đ"),
        ([fee(FeeKind.COUNCIL)], "HĐND tỉnh quy định, chưa công bố"),
        ([fee(FeeKind.RULE, tiers=(Tier(2, 2_000),), unit="trang")], "2.000 đ/trang"),
        ([fee(FeeKind.RULE, tiers=(Tier(2, 2_000),))], "2.000 đ/đơn vị"),
        ([fee(FeeKind.FIXED, 5_000), fee(FeeKind.UNKNOWN)], "5.000 đ; chưa rõ"),
        ([fee(FeeKind.RULE)], "theo biểu phí"),
    ],
)
def test_fees_are_told_in_few_words(fees: list[FeeAmount], words: str) -> None:
    assert fee_words(fees) == words


def test_every_channel_and_kind_of_fee_has_its_words() -> None:
    assert set(CHANNEL_WORDS) == set(Channel)
    assert set(FEE_KIND_WORDS) == set(FeeKind)
