"""`due` answers one question or a CSV of them; a broken line is answered on its own line."""

import csv
import io
import sys
from collections.abc import Iterator
from datetime import time

import pytest
from django.core.management import CommandError, call_command

from onestop.agencies.models import Agency, AgencyKind
from onestop.calendars.models import WorkingHours
from onestop.calendars.published import clear_cache

pytestmark = pytest.mark.django_db
MONDAY = "2026-11-23T09:00"


@pytest.fixture(autouse=True)
def _loaded() -> Iterator[None]:
    clear_cache()
    call_command("load_calendar", stdout=io.StringIO())
    yield
    clear_cache()


def asked(*words: str, **options: object) -> list[str]:
    out = io.StringIO()
    call_command("due", *words, stdout=out, **options)
    return out.getvalue().splitlines()


def refused(*words: str, **options: object) -> str:
    with pytest.raises(CommandError) as refusal:
        asked(*words, **options)
    return str(refusal.value)


def test_one_question_gives_the_moment_and_its_sentence() -> None:
    moment, sentence = asked(MONDAY, "3", "working_day")
    assert moment == "2026-11-27T17:30+07:00"
    assert "thứ Ba 24/11 (Ngày Văn hóa Việt Nam)" in sentence


def test_counting_cut_off_and_zone_are_as_asked() -> None:
    assert asked(MONDAY, "3", "working_day", counting="hourly")[0] == "2026-11-27T09:00+07:00"
    assert asked("2026-11-23 15:30", "0", "working_day", cut_off="15:00")[0] == "2026-11-25T17:30+07:00"
    assert asked("2026-11-23T02:00+00:00", "1,5", "working_day")[0] == "2026-11-26T11:30+07:00"


def test_no_calendar_leaves_holidays_out_in_any_year() -> None:
    assert asked(MONDAY, "3", "working_day", calendar="none")[0] == "2026-11-26T17:30+07:00"
    assert asked("2040-11-23T09:00", "1", "working_day", calendar="none")[0] == "2040-11-26T17:30+07:00"


def test_an_agency_is_answered_by_its_own_hours() -> None:
    own = Agency.objects.create(
        key="quay-thu", code="H41.99.99", name="Quầy thử", short_name="Quầy", kind=AgencyKind.COMMUNE_CENTRE
    )
    WorkingHours.objects.bulk_create(
        WorkingHours(agency=own, weekday=day, opens=time(7), closes=time(11)) for day in range(5)
    )
    clear_cache()
    assert asked(MONDAY, "1", "working_day", agency="quay-thu")[0] == "2026-11-25T11:00+07:00"


@pytest.mark.parametrize(
    "words, options, said",
    [
        (("hôm qua", "3", "working_day"), {}, "hôm qua"),
        ((MONDAY, "ba", "working_day"), {}, "“ba”"),
        ((MONDAY, "3", "tuần"), {}, "“tuần”"),
        ((MONDAY, "0.5", "month"), {}, "số nguyên"),
        (("2031-01-02", "3", "working_day"), {}, "2031"),
        (("0001-01-01T00:00+14:00", "3", "working_day"), {}, "0001"),
        (("9999-12-31T20:00", "5", "clock_hour"), {"calendar": "none"}, "vượt"),
        ((MONDAY, "3"), {}, "ba giá trị"),
        ((MONDAY, "3", "working_day"), {"agency": "khong-co"}, "khong-co"),
        ((MONDAY, "3", "working_day"), {"cut_off": "ba giờ"}, "ba giờ"),
        ((MONDAY, "3", "working_day"), {"cut_off": "15:00+07:00"}, "múi giờ"),
    ],
)
def test_what_cannot_be_answered_is_said(words: tuple[str, ...], options: dict, said: str) -> None:
    assert said in refused(*words, **options)


def lines_of(data: bytes, monkeypatch: pytest.MonkeyPatch) -> tuple[list[dict[str, str]], str]:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
    out = io.StringIO()
    said = ""
    try:
        call_command("due", stdout=out)
    except CommandError as refusal:
        said = str(refusal)
    return list(csv.DictReader(io.StringIO(out.getvalue()))), said


def test_a_csv_is_answered_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    data = "\ufeffstart,duration,unit\n2026-11-23 09:00,3,working_day\n2026-11-23 09:00,1,month\n".encode()
    rows, said = lines_of(data, monkeypatch)
    assert [row["due"] for row in rows] == ["2026-11-27T17:30+07:00", "2026-12-23T17:30+07:00"]
    assert all(row["explanation"].startswith("Nhận lúc") and not row["error"] for row in rows)
    assert said == ""


def test_each_broken_line_is_told_on_its_line_and_the_rest_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    data = (
        b"start,duration,unit\nbad,3,working_day\n2026-11-23 09:00\n\xff\xfe,1,month\n"
        b"2031-01-02,1,working_day\n2026-11-23 09:00,3,working_day,more\n"
    )
    rows, said = lines_of(data, monkeypatch)
    assert [row["error"].split(":")[0] for row in rows] == ["Dòng 2", "Dòng 3", "Dòng 4", "Dòng 5", ""]
    assert [bool(row["due"]) for row in rows] == [False, False, False, False, True]
    assert said.startswith("4 dòng")


@pytest.mark.parametrize(
    "line, why",
    [
        ('"2026-11-23 09:00,3,working_day', "không đúng dạng CSV"),
        ("x" * 200_000 + ",3,working_day", "không đúng dạng CSV"),
        ("2026-11-23 09:00,1e-999999999,working_day", "hơn 6 chữ số thập phân"),
        ("2026-11-23 09:00,nan,working_day", "phải là một số không âm"),
    ],
)
def test_a_line_that_is_no_csv_or_no_number_leaves_the_next_ones_whole(
    line: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = "2026-11-23 09:00,3,working_day\n"
    rows, said = lines_of(f"start,duration,unit\n{line}\n\n{good}".encode(), monkeypatch)
    assert why in rows[0]["error"]
    assert rows[0]["error"].startswith("Dòng 2:")
    assert rows[1]["due"] == "2026-11-27T17:30+07:00"
    assert said.startswith("1 dòng")


def test_columns_may_come_in_any_order(monkeypatch: pytest.MonkeyPatch) -> None:
    rows, _said = lines_of(b"unit, note,duration,start\nmonth,x,1,2026-11-23 09:00\n", monkeypatch)
    assert rows[0]["due"] == "2026-12-23T17:30+07:00"


def test_a_csv_without_its_columns_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for data in (b"", b"begin,length\n1,2\n"):
        rows, said = lines_of(data, monkeypatch)
        assert rows == []
        assert "start, duration, unit" in said
