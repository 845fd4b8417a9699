"""Words as people type them."""

import unicodedata

import pytest

from procedures.channels import BY_NAME, Channel
from procedures.words import (
    MOST_READINGS,
    MOST_WORDS,
    everyday_words,
    one_spelling,
    plain,
    read_query,
    search_text,
)


@pytest.mark.parametrize(
    "text, bare",
    [
        ("Đăng ký KHAI SINH", "dang ky khai sinh"),
        ("  Sổ   đỏ, sổ hồng! ", "so do so hong"),
        ("NĐ 63/2010/NĐ-CP", "nd 63/2010/nd-cp"),
        ("…", ""),
    ],
)
def test_plain_text_has_no_accents_and_single_spaces(text: str, bare: str) -> None:
    assert plain(text) == bare
    assert plain(unicodedata.normalize("NFD", text)) == bare


def test_whole_words_are_found_at_both_ends() -> None:
    assert search_text("Khai sinh", "", "Hộ tịch") == " khai sinh ho tich "


@pytest.mark.parametrize(
    "typed, exact, prefix",
    [
        ("1.004222", "1.004222", "1.004222"),
        ("1.4222", "1.004222", "1.4222"),
        ("14222", "1.004222", "1.4222"),
        ("1004222", "1.004222", "1.004222"),
        (" 1.0042 ", "1.000042", "1.0042"),
        ("2.", None, None),
        ("12345678", None, None),
        ("khai sinh", None, None),
        ("1.0x", None, None),
    ],
)
def test_a_code_is_understood_without_dot_and_zeros(
    typed: str, exact: str | None, prefix: str | None
) -> None:
    query = read_query(typed)

    assert (query.exact_code, query.code_prefix) == (exact, prefix)


def test_what_was_typed_is_the_first_reading() -> None:
    readings = [reading.phrase for reading in read_query("Sang tên sổ đỏ").readings]

    assert readings[0] == "sang ten so do"
    assert "bien dong chuyen nhuong quyen su dung dat" in readings


def test_an_everyday_word_inside_another_word_is_not_one() -> None:
    assert [reading.phrase for reading in read_query("phòng số đông").readings] == ["phong so dong"]


def test_nothing_typed_is_an_empty_query() -> None:
    assert read_query(" ? ").is_empty
    assert not read_query("a").is_empty


def test_a_long_query_is_cut() -> None:
    query = read_query("sổ đỏ sổ hồng hộ khẩu cccd gplx gpxd công chứng bằng lái " * 9)

    assert len(query.readings) == MOST_READINGS
    assert len(query.readings[0].words) == MOST_WORDS


def test_everyday_words_are_plain_and_the_longer_come_first() -> None:
    lengths = [len(everyday) for everyday, _official in everyday_words()]

    assert lengths == sorted(lengths, reverse=True)
    assert all(one_spelling(text) == text != "" for pair in everyday_words() for text in pair)


@pytest.mark.parametrize(
    "one, other", [("đăng ký", "đăng kí"), ("quy định", "qui định"), ("ly hôn", "li hôn"), ("mỹ lý", "mĩ lí")]
)
def test_two_spellings_are_one_word(one: str, other: str) -> None:
    assert one_spelling(one) == one_spelling(other)
    assert read_query(one) == read_query(other)


def test_words_that_only_end_alike_stay_apart() -> None:
    assert one_spelling("máy ngày thủy") == "may ngay thuy"


def test_channels_have_their_national_numbers() -> None:
    assert {name: int(channel) for name, channel in BY_NAME.items()} == {"direct": 1, "online": 2, "post": 3}
    assert set(BY_NAME.values()) == set(Channel)
