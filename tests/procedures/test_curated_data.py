"""The curated catalogue is whole, keeps its shape, and leaves the unknown empty."""

import csv
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "procedures" / "data"
Record = dict[str, object]

LEVELS = {"province", "commune", "ministry", "district", "other"}
UNITS = {"working_day", "working_hour", "calendar_day", "clock_hour", "month"}
CHANNELS = {"direct", "online", "post", None}
WITH_AMOUNT = {"fixed", "free"}
WITHOUT_AMOUNT = {"council", "rule", "unknown"}
KEYS = {
    *(
        "code",
        "slug",
        "name",
        "family",
        "ministry",
        "field",
        "level",
        "competent",
        "applicants",
        "valid_from",
    ),
    *("valid_from_is_known", "decision", "online_level", "conditions", "legal_basis", "results", "variants"),
    *("papers", "limits", "fees", "steps_text", "source", "checks"),
}


def _files() -> list[tuple[str, list[Record]]]:
    return [(path.stem, json.loads(path.read_text(encoding="utf-8"))) for path in sorted(DATA.glob("*.json"))]


RECORDS: list[tuple[str, Record]] = [(family, record) for family, found in _files() for record in found]
CASES = [pytest.param(record, id=str(record["code"] or record["slug"])) for _family, record in RECORDS]


def _lists() -> dict[str, tuple[int, list[str]]]:
    lists: dict[str, tuple[int, list[str]]] = {}
    for line in (DATA / "expected_codes.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            title, count = line.strip("[]").rsplit(": ", 1)
            lists[title] = (int(count), [])
        elif line and not line.startswith("#"):
            list(lists.values())[-1][1].append(line)
    return lists


def _rows(record: Record, part: str) -> list[Record]:
    rows = record[part]
    assert isinstance(rows, list)
    return rows


def _identities() -> list[str]:
    return [str(record["code"] or record["slug"]) for _family, record in RECORDS]


def test_every_procedure_that_is_asked_for_is_in_the_catalogue() -> None:
    lists = _lists()
    assert list(lists) == ["families of the reform plan", "supplements", "gap fill"]
    for count, codes in lists.values():
        assert len(codes) == count == len(set(codes))
        assert set(codes) <= set(_identities())


def test_the_catalogue_holds_nothing_that_no_list_asks_for_and_nothing_twice() -> None:
    asked = {code for _count, codes in _lists().values() for code in codes}
    assert sorted(asked) == sorted(_identities())


def test_files_are_sorted_by_code_and_named_for_their_family() -> None:
    for family, records in _files():
        codes = [str(record["code"] or "~" + str(record["slug"])) for record in records]
        assert codes == sorted(codes), family
        assert {record["family"] for record in records} == {family}


def test_slugs_name_one_procedure_each() -> None:
    slugs = [str(record["slug"]) for _family, record in RECORDS]
    assert len(set(slugs)) == len(slugs)


@pytest.mark.parametrize("record", CASES)
def test_a_record_has_the_agreed_shape(record: Record) -> None:
    assert set(record) == KEYS
    assert record["code"] is None or re.fullmatch(r"\d\.\d{6}", str(record["code"]))
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", str(record["slug"]))
    assert str(record["name"]).strip() == record["name"] != ""
    assert record["level"] in LEVELS
    assert record["online_level"] in {"full", "partial", "none", "unknown"}
    assert (record["valid_from"] is not None) == record["valid_from_is_known"]
    assert record["source"]
    assert _rows(record, "checks")


@pytest.mark.parametrize("record", CASES)
def test_the_competent_agency_exists(record: Record) -> None:
    with (ROOT / "onestop" / "agencies" / "data" / "provincial.csv").open(encoding="utf-8") as lines:
        keys = {row["key"] for row in csv.DictReader(lines)}
    assert record["competent"] is None or record["competent"] in keys
    assert record["level"] != "province" or record["competent"]


@pytest.mark.parametrize("record", CASES)
def test_a_limit_has_amount_and_unit_or_neither_and_a_word_why(record: Record) -> None:
    assert _rows(record, "limits")
    for limit in _rows(record, "limits"):
        assert limit["channel"] in CHANNELS
        if limit["amount"] is None:
            assert limit["unit"] is None
            assert limit["note"]
            continue
        assert limit["unit"] in UNITS
        amount = Decimal(str(limit["amount"]))
        assert amount > 0 or (amount == 0 and limit["unit"] == "working_day" and limit["cut_off"])


@pytest.mark.parametrize("record", CASES)
def test_an_unknown_fee_is_never_zero(record: Record) -> None:
    assert _rows(record, "fees")
    for fee in _rows(record, "fees"):
        assert fee["channel"] in CHANNELS
        assert fee["kind"] in WITH_AMOUNT | WITHOUT_AMOUNT
        if fee["kind"] in WITHOUT_AMOUNT:
            assert fee["amount_vnd"] is None
            assert fee["text"]
        elif fee["kind"] == "free":
            assert fee["amount_vnd"] == 0
        else:
            # Under 1,000 đồng a printed amount is a cut thousand, not a fee.
            assert isinstance(fee["amount_vnd"], int)
            assert fee["amount_vnd"] >= 1000


@pytest.mark.parametrize("record", CASES)
def test_every_variant_that_is_named_is_declared(record: Record) -> None:
    declared = [variant["key"] for variant in _rows(record, "variants")]
    assert len(set(map(str, declared))) == len(declared)
    named: set[object] = {row["variant"] for part in ("limits", "fees") for row in _rows(record, part)}
    for paper in _rows(record, "papers"):
        if paper["variants"] is not None:
            named |= set(_rows(paper, "variants"))
    assert named - {None} <= set(declared)


@pytest.mark.parametrize("record", CASES)
def test_papers_say_how_many_and_whether_they_are_required(record: Record) -> None:
    for paper in _rows(record, "papers"):
        assert str(paper["name"]).strip()
        assert paper["required"] in (True, False, "conditional")
        assert paper["required"] != "conditional" or paper["condition"] or paper["group"] or paper["variants"]
        for count in (paper["originals"], paper["copies"]):
            assert count is None or (isinstance(count, int) and count >= 0)


@pytest.mark.parametrize("record", CASES)
def test_a_result_code_has_the_national_form_or_is_left_empty(record: Record) -> None:
    for result in _rows(record, "results"):
        assert result["name"]
        assert result["code"] is None or re.fullmatch(r"KQ\.[A-Z]\d{2}\.\d{6}", str(result["code"]))


def _named(code: str) -> Record:
    return next(record for _family, record in RECORDS if record["code"] == code)


def _amounts(code: str) -> dict[object, set[tuple[object, object, object]]]:
    found: dict[object, set[tuple[object, object, object]]] = {}
    for limit in _rows(_named(code), "limits"):
        found.setdefault(limit["variant"], set()).add((limit["amount"], limit["unit"], limit["cut_off"]))
    return found


def test_an_extract_of_civil_status_is_promised_the_same_day_until_15_00() -> None:
    """Source: domain 10.10; 8,000 đồng a copy."""
    assert _amounts("2.000635") == {None: {("0", "working_day", "15:00")}}
    assert {fee["amount_vnd"] for fee in _rows(_named("2.000635"), "fees")} == {8000}


def test_a_building_permit_takes_7_days_for_a_house_and_10_otherwise_at_the_commune() -> None:
    """Source: Nghị định 217/2026, domain 10.6; its fee is the provincial council's."""
    amounts = _amounts("1.013225")
    assert amounts.pop("cong-trinh-nha-o-rieng-le") == {("7", "working_day", None)}
    assert set.union(*amounts.values()) == {("10", "working_day", None)}
    assert _named("1.013225")["level"] == "commune"
    assert {fee["kind"] for fee in _rows(_named("1.013225"), "fees")} == {"council"}


def test_a_household_business_is_registered_in_3_working_days_for_a_fee_the_council_sets() -> None:
    assert _amounts("1.001612") == {None: {("3", "working_day", None)}}
    assert {fee["kind"] for fee in _rows(_named("1.001612"), "fees")} == {"council"}


def test_a_one_without_unit_stays_empty_where_no_text_holds_the_limit() -> None:
    """Source: the national list prints “1” for a limit it does not hold, as for marriage (1.000894)."""
    assert _amounts("1.000894") == {None: {(None, None, None)}}


def test_complaints_and_denunciations_have_no_national_code() -> None:
    assert sorted(str(record["slug"]) for _family, record in RECORDS if record["code"] is None) == [
        "giai-quyet-khieu-nai-lan-dau-cap-tinh",
        "giai-quyet-khieu-nai-lan-dau-cap-xa",
        "giai-quyet-khieu-nai-lan-hai-cap-tinh",
        "giai-quyet-to-cao-cap-tinh",
        "giai-quyet-to-cao-cap-xa",
    ]


def test_the_sources_speak_of_every_family() -> None:
    told = (DATA / "SOURCES.md").read_text(encoding="utf-8")
    for family, records in _files():
        assert f"| {family} | {len(records)} |" in told
