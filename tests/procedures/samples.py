"""Procedures made up for tests: their codes begin with 9, which no national code does."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from onestop.agencies.models import Agency, AgencyKind
from onestop.clock import VIETNAM
from procedures.channels import Channel
from procedures.fees import FeeKind
from procedures.models import Level, Need, Origin, ProcedureVersion
from procedures.records import (
    FeeRecord,
    LimitRecord,
    PaperRecord,
    ResultRecord,
    VariantRecord,
    VersionRecord,
)
from procedures.storing import Outcome, store

NOW = datetime(2026, 9, 1, 9, 0, tzinfo=VIETNAM)
BEGINS = date(2026, 1, 1)

BUILDING = VersionRecord(
    code="9.013225",
    slug="cap-giay-phep-xay-dung-9-013225",
    name="Cấp giấy phép xây dựng mới",
    family="xay_dung",
    ministry="Bộ Xây dựng",
    field="Hoạt động xây dựng",
    levels=(Level.PROVINCE, Level.COMMUNE),
    legal_basis=("217/2026/NĐ-CP",),
    variants=(
        VariantRecord("nha-o", "Nhà ở riêng lẻ"),
        VariantRecord("cong-trinh", "Công trình không theo tuyến"),
    ),
    papers=(
        PaperRecord("Đơn đề nghị cấp giấy phép xây dựng", 1, 0, template="Mẫu số 01"),
        PaperRecord("Bản vẽ thiết kế nhà ở", 2, 1, variants=("nha-o",)),
        PaperRecord("Văn bản ủy quyền", None, None, need=Need.CONDITIONAL, condition="nếu có"),
    ),
    limits=(
        LimitRecord(None, amount=Decimal(20), unit="working_day", note="Chung"),
        LimitRecord(Channel.ONLINE, amount=Decimal(15), unit="working_day"),
        LimitRecord(None, variant="nha-o", amount=Decimal(7), unit="working_day"),
        LimitRecord(Channel.POST, variant="nha-o", amount=Decimal(9), unit="working_day"),
    ),
    fees=(FeeRecord("Lệ phí cấp phép", FeeKind.COUNCIL, None, text="Do HĐND tỉnh quyết định"),),
    results=(ResultRecord("Giấy phép xây dựng", "KQ.G17.000012"),),
)
BIRTH = VersionRecord(
    code="9.001193",
    slug="dang-ky-khai-sinh-9-001193",
    name="Đăng ký khai sinh",
    ministry="Bộ Tư pháp",
    field="Hộ tịch",
    levels=(Level.COMMUNE,),
    fees=(FeeRecord("Lệ phí", FeeKind.FREE, None),),
)


def publish(
    *records: VersionRecord, begins: date = BEGINS, now: datetime = NOW, origin: Origin = Origin.CURATED
) -> tuple[Outcome, ...]:
    return store(records=records, origin=origin, begins=begins, now=now)


def published(record: VersionRecord, **given: date) -> ProcedureVersion:
    publish(record, **given)
    return newest(record)


def newest(record: VersionRecord) -> ProcedureVersion:
    return ProcedureVersion.objects.filter(procedure__slug=record.slug).latest("number")


def counter(kind: AgencyKind = AgencyKind.COMMUNE_CENTRE) -> Agency:
    return Agency.objects.create(
        key=f"thu-{kind.value}", code=f"H99.{kind.value}", name=str(kind.label), short_name="Thử", kind=kind
    )


def national(code: str = "9.000001", **given: object) -> dict[str, object]:
    """A record in the shape of the national export, complete and without doubt."""
    return {
        "code": code,
        "name": "Cấp giấy chứng nhận thử nghiệm",
        "ministry": "Bộ Thử nghiệm",
        "field": "Thử nghiệm",
        "levels": ["Cấp tỉnh", "Cấp xã"],
        "decision": "1/QĐ-BTN",
        "applicants": ["Công dân Việt Nam"],
        "executing_agencies": ["Ủy ban nhân dân cấp xã"],
        "competent_authority": "Chủ tịch UBND xã",
        "receiving_address": "",
        "coordinating": "",
        "methods": [method()],
        "methods_text": None,
        "document_groups": [papers({"text": "- Đơn đề nghị", "originals": 1, "copies": 0})],
        "results": [{"name": "Giấy chứng nhận", "code": "KQ.G15.000031"}],
        "legal_codes": ["1/2026/NĐ-CP"],
        "conditions": "",
        "steps_text": "Bước 1: nộp hồ sơ.",
        "source_url": "",
        **given,
    }


def method(**given: object) -> dict[str, object]:
    free = {"amount": 0, "currency": "VND", "text": "Miễn phí"}
    shape = {"channel": "direct", "time_value": 5, "time_unit": "Ngày làm việc", "fees": [free], "note": None}
    return {**shape, **given}


def paying(**fee: object) -> dict[str, object]:
    return method(fees=[{"currency": "VND", "text": "", **fee}])


def papers(*documents: dict[str, object], case: str | None = None) -> dict[str, object]:
    return {"case": case, "documents": list(documents)}


def renamed(record: VersionRecord, name: str) -> VersionRecord:
    return replace(record, name=name)
