"""Case numbers: written by the rule, found again when people write them badly."""

from datetime import date

import pytest

from workflows.case_codes import case_code, code_key, possible_keys

DAY = date(2026, 11, 23)


def test_a_code_names_agency_day_and_serial():
    assert case_code(agency_code="H41.16", day=DAY, serial=7) == "H41.16-261123-0007"


def test_a_serial_above_9999_takes_the_digits_it_needs():
    assert case_code(agency_code="H41", day=DAY, serial=10000) == "H41-261123-10000"


def test_the_older_order_of_agency_codes_is_known():
    assert case_code(agency_code="000.00.01.H41", day=DAY, serial=1) == "000.00.01.H41-261123-0001"


@pytest.mark.parametrize("serial", [0, -1])
def test_a_serial_must_be_positive(serial):
    with pytest.raises(ValueError, match="not positive"):
        case_code(agency_code="H41", day=DAY, serial=serial)


def test_an_unknown_shape_of_agency_code_is_refused():
    with pytest.raises(ValueError, match="not an agency"):
        case_code(agency_code="nghệ an", day=DAY, serial=1)


@pytest.mark.parametrize(
    "typed",
    [
        "H41.16-261123-0007",
        " h41.16-261123-0007 ",
        "H41 16 261123 0007",
        "h41.16/261123/7",
        "H4116-261123-07",
        "H41162611230007",
        "H41.16–261123–0007",
    ],
)
def test_badly_written_codes_mean_the_same_case(typed):
    assert code_key("H41.16-261123-0007") in possible_keys(typed)


def test_zeros_may_be_missing_even_without_separators():
    assert code_key("H41.16-261123-0007") in possible_keys("H41162611237")


def test_nothing_typed_means_nothing():
    assert possible_keys(" -- ") == ()


def test_a_month_that_does_not_exist_is_no_day():
    assert possible_keys("H419913457") == ("H419913457",)
