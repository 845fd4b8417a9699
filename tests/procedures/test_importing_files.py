"""A file of the national export goes in as far as it can be read; twice is the same as once."""

import csv
import gzip
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from procedures.importing import BATCH, RecordReport, import_file
from procedures.models import Origin, Procedure, ProcedureVersion
from procedures.records import FIRST_DAY
from procedures.shortfalls import Reason
from procedures.storing import Outcome
from tests.procedures.samples import BIRTH, NOW, method, national, publish

pytestmark = pytest.mark.django_db
CODES = ["9.000001", "9.000002", "9.000003"]


def lines(*values: object) -> bytes:
    return b"".join(json.dumps(value).encode() + b"\n" for value in values)


THREE = lines(*(national(code) for code in CODES))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "tthc"


def imported(file: Path, data: bytes) -> list[RecordReport]:
    file.write_bytes(data)
    return list(import_file(path=file, begins=FIRST_DAY, now=NOW))


def codes() -> list[str]:
    return sorted(Procedure.objects.values_list("code", flat=True))


def problems(reports: list[RecordReport]) -> list[tuple[int, Reason]]:
    return [(report.line, shortfall.reason) for report in reports for shortfall in report.shortfalls]


@pytest.mark.parametrize(
    "data",
    [
        THREE,
        THREE.rstrip(b"\n"),
        THREE.replace(b"\n", b"\r\n\r\n"),
        b"\xef\xbb\xbf" + THREE,
        gzip.compress(THREE),
        gzip.compress(THREE[:700]) + gzip.compress(THREE[700:]),
        json.dumps([national(code) for code in CODES], indent=2).encode(),
        gzip.compress(json.dumps([national(code) for code in CODES]).encode()),
        "\n".join(json.dumps(national(code), indent=2) for code in CODES).encode(),
    ],
    ids=["lines", "no last newline", "windows", "bom", "gz", "two gz in a row", "list", "list gz", "spread"],
)
def test_every_form_of_the_file_is_read(file: Path, data: bytes) -> None:
    reports = imported(file, data)

    assert [report.outcome for report in reports] == [Outcome.NEW] * 3
    assert (problems(reports), codes()) == ([], CODES)


def test_an_import_publishes_with_an_unknown_first_day(file: Path) -> None:
    imported(file, THREE)

    version = ProcedureVersion.objects.filter(procedure__code=CODES[0]).get()
    assert (version.origin, version.published_at) == (Origin.IMPORTED, NOW)
    assert (version.valid_from, version.valid_from_is_known) == (FIRST_DAY, False)
    assert version.papers.count() == version.limits.count() == version.fees.count() == 1


def test_importing_twice_changes_nothing(file: Path) -> None:
    imported(file, THREE)

    assert [report.outcome for report in imported(file, THREE)] == [Outcome.UNCHANGED] * 3
    assert ProcedureVersion.objects.count() == 3


def test_only_the_record_that_changed_gets_a_new_version(file: Path) -> None:
    imported(file, THREE)
    reports = imported(
        file, lines(national(CODES[0]), national(CODES[1], name="Tên mới"), national(CODES[2]))
    )

    assert [report.outcome for report in reports] == [Outcome.UNCHANGED, Outcome.CHANGED, Outcome.UNCHANGED]
    assert list(
        ProcedureVersion.objects.filter(procedure__code=CODES[1]).values_list("number", "valid_from")
    ) == [
        (1, FIRST_DAY),
        (2, NOW.date()),
    ]


@pytest.mark.parametrize(
    "broken",
    [b"{broken", b'"text"', b"[1]", b"null", b"\xff\xfe", b'{"a": NaN}', b"[" * 100_000, b"7" * 5_000],
    ids=["json", "text", "list", "null", "bytes", "nan", "deep", "long number"],
)
def test_a_broken_line_is_reported_and_the_rest_goes_on(file: Path, broken: bytes) -> None:
    first, second, third = THREE.splitlines(keepends=True)
    reports = imported(file, first + broken + b"\n" + second + third)

    assert [line for line, _reason in problems(reports)] == [2]
    assert [report.outcome for report in reports] == [Outcome.NEW, None, Outcome.NEW, Outcome.NEW]
    assert codes() == CODES


def test_a_first_line_that_is_only_begun_does_not_hide_the_rest(file: Path) -> None:
    reports = imported(file, b"{\n" + THREE)

    assert problems(reports) == [(1, Reason.BROKEN_LINE)]
    assert codes() == CODES


def test_a_record_with_a_nul_is_reported_and_the_rest_goes_on(file: Path) -> None:
    reports = imported(file, lines(national(CODES[0]), national(CODES[1], name="x\0y"), national(CODES[2])))

    assert problems(reports) == [(2, Reason.WRONG_SHAPE)]
    assert (reports[1].code, reports[1].is_refused) == (CODES[1], True)
    assert codes() == [CODES[0], CODES[2]]


def test_a_raw_nul_in_a_line_is_reported(file: Path) -> None:
    reports = imported(file, b"\0\0\n" + THREE)

    assert problems(reports) == [(1, Reason.BROKEN_LINE)]
    assert codes() == CODES


def test_a_file_cut_off_inside_a_line_keeps_what_came_before(file: Path) -> None:
    reports = imported(file, THREE[:-50])

    assert problems(reports) == [(3, Reason.FILE_CUT_OFF)]
    assert codes() == CODES[:2]


@pytest.mark.parametrize("missing", [1, 8, 12])
def test_a_packed_file_cut_off_keeps_what_came_before(file: Path, missing: int) -> None:
    reports = imported(file, gzip.compress(THREE)[:-missing])

    assert problems(reports)[-1][1] is Reason.FILE_CUT_OFF
    assert codes()[:2] == CODES[:2]


def test_a_packed_file_with_spoilt_bytes_is_reported(file: Path) -> None:
    packed = gzip.compress(THREE)
    reports = imported(file, gzip.compress(THREE) + packed[:10] + b"\xff" * 40)

    assert problems(reports)[-1][1] is Reason.FILE_CUT_OFF
    assert codes() == CODES


def test_a_list_cut_off_keeps_what_came_before(file: Path) -> None:
    whole = json.dumps([national(code) for code in CODES]).encode()

    assert problems(imported(file, whole[:-100])) == [(3, Reason.FILE_CUT_OFF)]
    assert codes() == CODES[:2]
    assert problems(imported(file, whole[:-1])) == [(4, Reason.FILE_CUT_OFF)]
    assert codes() == CODES


@pytest.mark.parametrize("data", [b"", b"\n\n", b"[]", b" [ ] ", gzip.compress(b"", mtime=0)])
def test_an_empty_file_imports_nothing(file: Path, data: bytes) -> None:
    assert imported(file, data) == []


def test_a_code_that_comes_twice_is_taken_once(file: Path) -> None:
    reports = imported(file, lines(national(CODES[0]), national(CODES[0], name="Khác")))

    assert problems(reports) == [(2, Reason.CODE_REPEATED)]
    assert Procedure.objects.get().name == "Cấp giấy chứng nhận thử nghiệm"


def test_a_curated_procedure_stands_against_the_import(file: Path) -> None:
    publish(BIRTH)
    reports = imported(file, lines(national(BIRTH.code or "")))

    assert problems(reports) == [(1, Reason.KEPT_CURATED)]
    assert (reports[0].outcome, Procedure.objects.get().name) == (Outcome.KEPT, BIRTH.name)


def test_a_batch_costs_the_same_queries_for_few_and_for_many(file: Path) -> None:
    few = lines(*(national(f"9.{number:06}") for number in range(10)))
    many = lines(*(national(f"9.{number:06}") for number in range(20, 20 + BATCH)))
    with CaptureQueriesContext(connection) as of_few:
        imported(file, few)
    with CaptureQueriesContext(connection) as of_many:
        imported(file, many)

    assert len(of_many) == len(of_few) <= 23


def run(file: Path, *options: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("import_procedures", str(file), *options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_command_counts_and_writes_what_was_not_taken_whole(file: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.csv"
    note = method(time_value=1, time_unit=None)
    file.write_bytes(
        lines(
            national(CODES[0]),
            national(CODES[1], methods=[note], name="=HYPERLINK()"),
            national("1.014955-Xoa"),
        )
    )

    out, err = run(file, "--report", str(report), "--from", "2026-08-01")

    assert out.startswith("Bản ghi: 3; thêm 2, sửa 0, giữ nguyên 0, giữ bản biên tập 0, không nhận 1.")
    assert "Nhận đủ 1; chưa nhận đủ 2:" in out
    assert "limit_without_unit" in out
    assert err.startswith("dòng 3 1.014955-Xoa: Mã thủ tục sai dạng")
    with report.open(encoding="utf-8-sig", newline="") as written:
        rows = list(csv.DictReader(written))
    assert [(row["line"], row["outcome"], row["part"], row["reason"], row["value"]) for row in rows] == [
        ("2", "new", "limits", "limit_without_unit", "1"),
        ("3", "refused", "code", "code_shape", "1.014955-Xoa"),
    ]
    assert rows[0]["name"] == "'=HYPERLINK()"
    assert str(ProcedureVersion.objects.filter(procedure__code=CODES[0]).get().valid_from) == "2026-08-01"


def test_a_file_that_is_not_there_is_an_answer_not_a_trace(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="khong-co"):
        run(tmp_path / "khong-co.jsonl")


def test_a_report_that_cannot_be_written_stops_before_anything_is_loaded(file: Path, tmp_path: Path) -> None:
    file.write_bytes(THREE)

    with pytest.raises(CommandError):
        run(file, "--report", str(tmp_path / "khong-co" / "report.csv"))

    assert codes() == []
