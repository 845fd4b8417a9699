"""The product's own catalogue is loaded whole or not at all, and twice is the same as once."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from onestop.agencies.models import AgencyKind
from procedures.channels import Channel
from procedures.curated import BrokenCatalogue, curated_records
from procedures.fees import FeeKind, FeeMoment
from procedures.models import Need, Origin, Procedure, ProcedureVersion
from procedures.records import FIRST_DAY
from procedures.storing import Outcome, UnknownAgency
from tests.procedures.samples import BIRTH, BUILDING, NOW, counter, newest, publish, published, renamed

RECORD = {
    "code": "9.013225",
    "slug": "cap-giay-phep",
    "name": "Cấp giấy phép",
    "family": "xay_dung",
    "ministry": "Bộ Xây dựng",
    "field": "Xây dựng",
    "level": "commune",
    "competent": None,
    "applicants": ["Công dân Việt Nam"],
    "valid_from": "2026-07-01",
    "valid_from_is_known": True,
    "decision": "1/QĐ",
    "online_level": "full",
    "conditions": "",
    "legal_basis": [],
    "results": [{"name": "Giấy phép", "code": None}],
    "variants": [{"key": "nha-o", "name": "Nhà ở"}],
    "papers": [
        {"name": "Đơn", "originals": 1, "copies": 0, "required": True, "variants": ["nha-o"]},
        {
            "name": "Ủy quyền",
            "originals": None,
            "copies": None,
            "required": "conditional",
            "condition": "nếu có",
        },
        {"name": "Ảnh", "originals": 2, "copies": 0, "required": False},
    ],
    "limits": [
        {"variant": "nha-o", "channel": "online", "amount": "7", "unit": "working_day", "cut_off": "15:00"},
        {"variant": None, "channel": None, "amount": None, "unit": None, "note": "Chưa rõ"},
    ],
    "fees": [
        {"variant": None, "channel": "direct", "name": "Lệ phí", "kind": "free", "amount_vnd": 0},
        {
            "variant": None,
            "channel": "post",
            "name": "Lệ phí",
            "kind": "fixed",
            "amount_vnd": 5000,
            "moment": "return",
        },
    ],
    "steps_text": "",
    "source": "",
    "checks": [],
}


def folder(path: Path, *records: object) -> Path:
    (path / "thu.json").write_text(json.dumps(records), encoding="utf-8")
    return path


def test_a_curated_record_keeps_every_fact(tmp_path: Path) -> None:
    (record,) = curated_records(folder(tmp_path, RECORD))

    assert (record.code, record.valid_from, record.valid_from_is_known) == (
        "9.013225",
        date(2026, 7, 1),
        True,
    )
    assert [paper.need for paper in record.papers] == [Need.REQUIRED, Need.CONDITIONAL, Need.OPTIONAL]
    limit, open_limit = record.limits
    assert (limit.channel, limit.amount, limit.cut_off) == (Channel.ONLINE, Decimal(7), time(15))
    assert (open_limit.channel, open_limit.amount, open_limit.unit) == (None, None, "")
    free, paid = record.fees
    assert (free.kind, free.amount_vnd) == (FeeKind.FREE, None)
    assert (paid.amount_vnd, paid.moment) == (5000, FeeMoment.RETURN)


@pytest.mark.parametrize(
    "change, place",
    [
        ({"name": ""}, "name"),
        ({"name": "Tên\0"}, "name"),
        ({"name": 7}, "name"),
        ({"level": "huyen"}, "level"),
        ({"valid_from": "1/7/2026"}, "valid_from"),
        ({"valid_from_is_known": "yes"}, "valid_from_is_known"),
        ({"papers": [{"name": "Đơn", "required": True, "variants": ["khong-co"]}]}, "papers[0].variants"),
        ({"papers": [{"name": "Đơn", "required": True, "originals": "1"}]}, "papers[0].originals"),
        ({"papers": {"name": "Đơn"}}, "papers"),
        ({"limits": [{"amount": "bảy", "unit": "working_day"}]}, "limits[0]"),
        ({"limits": [{"channel": "fax"}]}, "limits[0].channel"),
        ({"limits": [{"variant": "khong-co"}]}, "limits[0].variant"),
        ({"fees": [{"name": "Phí", "kind": "cheap"}]}, "fees[0].kind"),
        ({"fees": [{"name": "Phí", "kind": "rule", "tier_ends": [2, "x"]}]}, "fees[0].tier_ends"),
        ({"legal_basis": [""]}, "legal_basis[0]"),
        ({"results": ["Giấy phép"]}, "results[0]"),
    ],
)
def test_a_broken_record_is_named_with_its_place(
    tmp_path: Path, change: dict[str, object], place: str
) -> None:
    with pytest.raises(BrokenCatalogue) as broken:
        curated_records(folder(tmp_path, {**RECORD, **change}))

    assert (broken.value.file, broken.value.procedure) == ("thu.json", "9.013225")
    assert broken.value.problem.startswith(place)


def test_a_broken_file_and_a_procedure_in_two_places_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenCatalogue, match=r"đã có trong thu\.json"):
        curated_records(folder(tmp_path, RECORD, {**RECORD, "slug": "khac"}))

    (tmp_path / "thu.json").write_text("[{", encoding="utf-8")
    with pytest.raises(BrokenCatalogue, match=r"thu\.json"):
        curated_records(tmp_path)


@pytest.mark.django_db
def test_the_same_record_makes_no_new_version() -> None:
    assert publish(BIRTH, BUILDING) == (Outcome.NEW, Outcome.NEW)
    assert publish(BUILDING, BIRTH) == (Outcome.UNCHANGED, Outcome.UNCHANGED)
    assert ProcedureVersion.objects.count() == 2


@pytest.mark.django_db
def test_a_changed_record_makes_a_new_version_from_the_day_of_the_load() -> None:
    first = published(BUILDING)

    assert publish(replace(BUILDING, papers=BUILDING.papers[:1])) == (Outcome.CHANGED,)

    second = newest(BUILDING)
    first.refresh_from_db()
    assert (second.number, second.valid_from, second.papers.count()) == (2, NOW.date(), 1)
    assert (first.valid_to, first.papers.count()) == (NOW.date() - timedelta(days=1), 3)


@pytest.mark.django_db
def test_a_second_change_on_the_same_day_annuls_the_first() -> None:
    publish(BIRTH)
    publish(renamed(BIRTH, "Hai"))
    publish(renamed(BIRTH, "Ba"))

    in_force = ProcedureVersion.objects.filter(annulled_at=None).order_by("number")
    assert [version.name for version in in_force] == ["Đăng ký khai sinh", "Ba"]
    assert Procedure.objects.get(code=BIRTH.code).name == "Ba"


@pytest.mark.django_db
def test_a_procedure_without_a_code_is_known_by_its_slug() -> None:
    complaint = replace(BIRTH, code=None, slug="khieu-nai", name="Giải quyết khiếu nại lần đầu")

    assert publish(complaint) == (Outcome.NEW,)
    assert publish(complaint) == (Outcome.UNCHANGED,)
    assert publish(renamed(complaint, "Khiếu nại")) == (Outcome.CHANGED,)
    assert Procedure.objects.get(slug="khieu-nai").code is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "standing, loaded, outcome",
    [
        (Origin.CURATED, Origin.IMPORTED, Outcome.KEPT),
        (Origin.EDITED, Origin.IMPORTED, Outcome.KEPT),
        (Origin.EDITED, Origin.CURATED, Outcome.KEPT),
        (Origin.IMPORTED, Origin.CURATED, Outcome.CHANGED),
    ],
)
def test_what_was_checked_stands_against_what_was_not(
    standing: Origin, loaded: Origin, outcome: Outcome
) -> None:
    publish(BIRTH, origin=standing)

    assert publish(BIRTH, origin=loaded) == (outcome,)


@pytest.mark.django_db
def test_the_agency_that_decides_is_kept() -> None:
    centre = counter(AgencyKind.PROVINCE_CENTRE)

    assert published(replace(BIRTH, competent_key=centre.key)).competent == centre


@pytest.mark.django_db
def test_an_unknown_agency_leaves_nothing_behind() -> None:
    with pytest.raises(UnknownAgency) as refused:
        publish(BUILDING, replace(BIRTH, competent_key="khong-co"))

    assert "load_agencies" in refused.value.sentence
    assert not Procedure.objects.exists()
    assert not ProcedureVersion.objects.exists()


@pytest.mark.django_db
def test_a_load_costs_the_same_queries_for_one_and_for_many(django_assert_max_num_queries) -> None:
    many = [replace(BUILDING, code=f"9.{n:06}", slug=f"s-{n}") for n in range(60)]

    with django_assert_max_num_queries(23):
        publish(*many)
    with django_assert_max_num_queries(5):
        publish(*many)


def load() -> str:
    out = StringIO()
    call_command("load_procedures", stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_the_whole_catalogue_is_loaded_once_and_stays() -> None:
    call_command("load_agencies", stdout=StringIO())
    count = len(curated_records())

    assert load().startswith(f"Thủ tục: thêm {count}, sửa 0, giữ nguyên 0")
    assert load().startswith(f"Thủ tục: thêm 0, sửa 0, giữ nguyên {count}")
    versions = ProcedureVersion.objects.all()
    assert versions.filter(published_at=None).count() == 0
    undated = Counter(versions.filter(valid_from_is_known=False).values_list("valid_from", flat=True))
    assert set(undated) == {FIRST_DAY}


@pytest.mark.django_db
def test_without_agencies_the_load_says_what_to_do_first() -> None:
    with pytest.raises(CommandError, match="load_agencies"):
        load()

    assert not ProcedureVersion.objects.exists()
