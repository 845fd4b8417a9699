"""A clerk finds a procedure by any words: without accents, in everyday language, by a code badly typed."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from onestop.agencies.models import Agency, AgencyKind
from procedures.catalogue import search
from procedures.channels import Channel
from procedures.fees import FeeKind
from procedures.models import Level, Origin
from procedures.records import FeeRecord, LimitRecord
from tests.procedures.samples import BEGINS, BIRTH, BUILDING, counter, publish

pytestmark = pytest.mark.django_db
LAND = replace(
    BIRTH,
    code="9.012753",
    slug="dat-dai",
    name="Đăng ký, cấp Giấy chứng nhận quyền sử dụng đất lần đầu",
    field="Đất đai",
    ministry="Bộ Nông nghiệp và Môi trường",
)
LATE_BIRTH = replace(BIRTH, code="9.004884", slug="lai", name="Đăng ký lại khai sinh")
MINISTRY = replace(BIRTH, code="9.000111", slug="bo", name="Đăng ký tàu bay", levels=(Level.MINISTRY,))


@pytest.fixture(autouse=True)
def catalogue() -> None:
    publish(BIRTH, LATE_BIRTH, BUILDING, LAND, MINISTRY)


@pytest.fixture
def commune() -> Agency:
    return counter()


def names(words: str, agency: Agency | None = None, on: date = BEGINS, limit: int = 12) -> list[str]:
    return [hit.name for hit in search(words=words, agency=agency, on=on, limit=limit)]


@pytest.mark.parametrize(
    "words",
    [
        "đăng ký khai sinh",
        "dang ky khai sinh",
        "ĐĂNG KÝ KHAI SINH",
        "  dang   ky, khai sinh! ",
        "đăng kí khai sinh",
    ],
)
def test_accents_case_and_spaces_do_not_matter(words: str) -> None:
    assert names(words)[0] == "Đăng ký khai sinh"


def test_the_last_word_may_be_only_begun() -> None:
    assert names("khai si") == ["Đăng ký khai sinh", "Đăng ký lại khai sinh"]


def test_words_may_stand_in_any_order() -> None:
    assert names("sinh khai lại") == ["Đăng ký lại khai sinh"]


@pytest.mark.parametrize(
    "words, name",
    [
        ("sổ đỏ", LAND.name),
        ("so do", LAND.name),
        ("xin phép xây dựng", BUILDING.name),
        ("làm khai sinh", BIRTH.name),
    ],
)
def test_everyday_words_are_understood(words: str, name: str) -> None:
    assert name in names(words)


@pytest.mark.parametrize("words", ["9.001193", "9.1193", "91193", "9001193", " 9.001193 "])
def test_a_code_may_lack_its_dot_and_zeros(words: str) -> None:
    assert names(words)[0] == BIRTH.name


def test_the_beginning_of_a_code_finds_what_begins_so() -> None:
    assert set(names("9.01")) == {BUILDING.name, LAND.name}


def test_a_slip_in_spelling_still_finds_the_nearest() -> None:
    assert BIRTH.name in names("khai sihn")


def test_everyday_words_with_a_word_too_many_find_the_nearest() -> None:
    assert LAND.name in names("mất sổ đỏ")


@pytest.mark.parametrize("words", ["", "   ", "!!!", "…"])
def test_no_words_find_nothing(words: str, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert names(words) == []


def test_words_of_another_world_find_nothing() -> None:
    assert names("zzzz qqqq") == []


@pytest.mark.parametrize("words", ["%", "' OR 1=1 --", "khai_sinh%", "\\", "a" * 5000, "\0khai sinh"])
def test_signs_of_the_database_are_only_signs(words: str) -> None:
    search(words=words, agency=None, on=BEGINS)


def test_a_counter_finds_only_what_it_receives(commune: Agency) -> None:
    assert names("tàu bay") == ["Đăng ký tàu bay"]
    assert "Đăng ký tàu bay" not in names("tàu bay", commune)
    assert names("giấy phép xây dựng", counter(AgencyKind.PROVINCE_CENTRE)) == [BUILDING.name]


def test_what_is_not_in_force_is_not_found() -> None:
    assert names("khai sinh", on=BEGINS - timedelta(days=1)) == []


def test_curated_procedures_come_before_imported_ones() -> None:
    twin = replace(BIRTH, code="9.000222", slug="a", name="Khai sinh A")
    publish(twin, origin=Origin.IMPORTED)
    publish(replace(BIRTH, code="9.000333", slug="b", name="Khai sinh A và thêm nữa"))

    assert names("khai sinh a") == ["Khai sinh A và thêm nữa", "Khai sinh A"]


def test_no_more_are_given_than_asked_for() -> None:
    assert len(names("đăng ký", limit=2)) == 2


def test_a_hit_tells_days_and_fees_in_words() -> None:
    (hit,) = search(words="giấy phép xây dựng", agency=None, on=BEGINS)

    assert (hit.code, hit.field) == (BUILDING.code, "Hoạt động xây dựng")
    assert hit.days_text == "7–20 ngày làm việc"
    assert hit.fee_text == "HĐND tỉnh quy định, chưa công bố"


def test_what_is_unknown_is_said_to_be_unknown() -> None:
    record = replace(
        BIRTH,
        code="9.000444",
        slug="u",
        name="Thủ tục chưa rõ",
        limits=(LimitRecord(None, note="?"),),
        fees=(FeeRecord("Phí", FeeKind.UNKNOWN, None),),
    )
    publish(record)

    (hit,) = search(words="thủ tục chưa rõ", agency=None, on=BEGINS)

    assert (hit.days_text, hit.fee_text) == ("chưa rõ", "chưa rõ")


def test_a_search_costs_three_queries(commune: Agency, django_assert_num_queries) -> None:
    with django_assert_num_queries(3):
        assert len(search(words="khai sinh", agency=commune, on=BEGINS)) == 2


def test_limits_of_the_same_day_are_told_so() -> None:
    limit = LimitRecord(Channel.DIRECT, amount=Decimal(0), unit="working_day")
    publish(replace(BIRTH, code="9.000555", slug="n", name="Trích lục nhanh", limits=(limit,)))

    (hit,) = search(words="trich luc nhanh", agency=None, on=BEGINS)

    assert (hit.days_text, hit.fee_text) == ("trong ngày", "miễn phí")
