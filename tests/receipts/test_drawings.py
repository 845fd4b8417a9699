"""Bars and QR codes say what they should, and days and amounts are written as on official papers."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receipts import wording
from receipts.barcodes import (
    CODE_B,
    CODE_C,
    START_B,
    START_C,
    STOP,
    WIDTHS,
    NotPrintable,
    code128,
    code128_values,
    qr,
)
from tests.receipts.samples import CODE, at

PRINTABLE = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=40)


def read(values: list[int]) -> str:
    """What a scanner makes of the symbol values."""
    *body, check, stop = values
    assert stop == STOP
    assert check == (body[0] + sum(place * value for place, value in enumerate(body))) % 103
    packed = body[0] == START_C
    assert packed or body[0] == START_B
    text = ""
    for value in body[1:]:
        if value == (CODE_B if packed else CODE_C):
            packed = not packed
        else:
            text += f"{value:02d}" if packed else chr(value + 32)
    return text


@given(PRINTABLE)
def test_a_scanner_reads_back_any_code(text: str):
    assert read(code128_values(text)) == text


@given(st.text("0123456789H.-", min_size=1, max_size=30))
def test_a_scanner_reads_back_runs_of_digits(text: str):
    assert read(code128_values(text)) == text


def test_every_pattern_has_the_width_of_the_standard():
    assert len(WIDTHS) == 107
    assert len(set(WIDTHS)) == 107
    assert {sum(pattern) for pattern in WIDTHS[:-1]} == {11}
    assert sum(WIDTHS[-1]) == 13


def test_a_known_symbol():
    assert code128_values("PJJ123C") == [104, 48, 42, 42, 17, 18, 19, 35, 55, 106]


def test_digits_are_packed_so_that_the_code_fits_66_mm():
    # 0.3 mm a module is what hand scanners at counters read with ease.
    assert 66 / code128(CODE).width > 0.29


def test_the_bars_are_one_dashed_line_of_the_whole_width():
    bars = code128(CODE)
    *dashes, last = (int(part) for part in bars.dashes.split())
    assert sum(dashes) == bars.width == last
    assert bars.path == f"M0 15h{bars.width}"


@pytest.mark.parametrize("text", ["", "Hồ sơ", "a\n"])
def test_it_refuses_what_bars_cannot_hold(text: str):
    with pytest.raises(NotPrintable) as refusal:
        code128(text)
    assert refusal.value.text == text


def test_a_qr_code_keeps_its_quiet_zone():
    drawing = qr("https://motcua.example/xac-thuc/ABC/")
    assert drawing.width == drawing.height
    assert drawing.path.startswith("M4 4.5h7")


def test_days_are_written_as_on_official_papers():
    assert wording.day_in_words(at(5, 8, month=2)) == "ngày 05 tháng 02 năm 2026"
    assert wording.day_in_words(at(16, 8)) == "ngày 16 tháng 11 năm 2026"
    assert wording.day_in_words(at(9, 8, month=3)) == "ngày 09 tháng 3 năm 2026"


def test_moments_are_told_in_vietnam():
    utc = datetime(2026, 11, 26, 17, 30, tzinfo=UTC)
    assert wording.promise_in_words(utc) == "00 giờ 30 phút, thứ Sáu ngày 27 tháng 11 năm 2026"
    assert wording.hour_and_date(utc) == "00 giờ 30 phút, ngày 27/11/2026"
    assert wording.moment_of_signing(utc) == "27/11/2026 00:30:00 +07:00"


def test_amounts_and_codes_are_grouped():
    assert wording.amount_in_figures(1275000) == "1.275.000 đồng"
    assert wording.grouped("7F3KABCDEFGH2345") == "7F3K-ABCD-EFGH-2345"


def test_a_long_name_is_broken_near_its_middle():
    name = "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG"
    assert wording.in_two_lines(name) == ("TRUNG TÂM PHỤC VỤ", "HÀNH CHÍNH CÔNG")
    assert wording.in_two_lines("SỞ TƯ PHÁP") == ("SỞ TƯ PHÁP",)
