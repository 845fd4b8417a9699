"""Giấy tờ một cửa: the facts of each official form, frozen and free of Django, database and clock."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, Self

from receipts.facts import Json, decode, encode


class PaperKind(StrEnum):
    """Loại giấy."""

    RECEIPT = "receipt"
    GUIDANCE = "guidance"
    REFUSAL = "refusal"
    CONTROL_SHEET = "control_sheet"
    REGISTER_PAGE = "register_page"


class Edition(StrEnum):
    """Bộ mẫu giấy: the set of forms in force."""

    TT01_2018 = "tt01_2018"
    TT03_2025 = "tt03_2025"


# TT 01/2018/TT-VPCP is in force from 06/01/2019. The first day of TT 03/2025/TT-VPCP is not known to us; its
# day of issue, 15/09/2025, stands in for it.
EDITIONS = ((date(2025, 9, 15), Edition.TT03_2025), (date(2019, 1, 6), Edition.TT01_2018))


class NoFormsInForce(Exception):
    """Asked for the forms of a day before the first set was in force."""

    def __init__(self, on: date) -> None:
        self.on = on
        self.sentence = f"Ngày {on:%d/%m/%Y} chưa có bộ mẫu giấy một cửa nào có hiệu lực."
        super().__init__(self.sentence)


def edition_on(on: date) -> Edition:
    """The set of forms in force on a day in Vietnam.

    Raises: NoFormsInForce. Source: TT 01/2018/TT-VPCP; TT 03/2025/TT-VPCP Phụ lục I.
    """
    for first_day, edition in EDITIONS:
        if on >= first_day:
            return edition
    raise NoFormsInForce(on)


# Source 2025: forms BM.01-06 of QĐ 3621/QĐ-BYT under NĐ 118. 2018: TNHS and HDHS as seen in use; the other
# suffixes of that set are not known and are left out.
SUFFIXES = {
    (Edition.TT03_2025, PaperKind.RECEIPT): "{unit}",
    (Edition.TT03_2025, PaperKind.GUIDANCE): "PBS-{unit}",
    (Edition.TT03_2025, PaperKind.REFUSAL): "PTC-{unit}",
    (Edition.TT03_2025, PaperKind.CONTROL_SHEET): "PKS-{unit}",
    (Edition.TT03_2025, PaperKind.REGISTER_PAGE): "STD-{unit}",
    (Edition.TT01_2018, PaperKind.RECEIPT): "TNHS",
    (Edition.TT01_2018, PaperKind.GUIDANCE): "HDHS",
}


def number_text(*, number: int, kind: PaperKind, edition: Edition, unit: str) -> str:
    """The number as printed after "Số:", such as "18/PBS-TTPVHCC"."""
    suffix = SUFFIXES.get((edition, kind), "").format(unit=unit)
    return f"{number:02d}/{suffix}" if suffix else f"{number:02d}"


@dataclass(frozen=True, kw_only=True)
class Office:
    """Nơi tiếp nhận: the one-stop unit named in the letterhead."""

    name: str
    parent_name: str
    place: str = "Nghệ An"
    phone: str = ""
    website: str = ""
    code: str = ""
    unit: str = "TTPVHCC"  # "BPTNTKQ" for a Bộ phận Tiếp nhận và Trả kết quả


@dataclass(frozen=True, kw_only=True)
class Person:
    """Cá nhân, tổ chức; `id_number` is the personal or tax number."""

    name: str
    id_number: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, kw_only=True)
class Authorisation:
    """Ủy quyền: whom the person at the counter acts for, and by which paper."""

    principal: Person
    paper: str


@dataclass(frozen=True, kw_only=True)
class PaperLine:
    """Thành phần hồ sơ; `looked_up_in` names the database that spares the applicant the paper."""

    name: str
    originals: int = 0
    certified_copies: int = 0
    copies: int = 0
    electronic: int = 0
    looked_up_in: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class FeeOnPaper:
    """Phí, lệ phí; `amount_vnd` None prints as not known; `state` such as "đã nộp, biên lai 0004127"."""

    amount_vnd: int | None
    state: str = ""


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Chữ ký số: who signed by key, and when."""

    name: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Nơi giải đáp."""

    name: str = ""
    phone: str = ""
    website: str = ""


class Paper:
    """Giấy: what every form can do; each form is a frozen dataclass below."""

    kind: ClassVar[PaperKind]
    office: Office

    def to_facts(self) -> dict[str, Json]:
        """The facts as JSON, whole: `from_facts` gives the equal paper back."""
        return {name: encode(value) for name, value in vars(self).items()}

    @classmethod
    def from_facts(cls, facts: dict[str, Json]) -> Self:
        """Raises: BadFacts."""
        return decode(cls, facts)


@dataclass(frozen=True, kw_only=True)
class Receipt(Paper):
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả. `due_at` None: the law's limit is not published."""

    kind: ClassVar[PaperKind] = PaperKind.RECEIPT
    office: Office
    case_code: str
    applicant: Person
    authorisation: Authorisation | None = None
    procedure_name: str
    procedure_code: str = ""
    papers: tuple[PaperLine, ...] = ()
    sets: int = 1
    allowed_time: str = ""  # "07 ngày làm việc"
    received_at: datetime
    due_at: datetime | None
    due_explanation: str = ""
    fee: FeeOnPaper | None = None
    collect_at: str
    book: str = ""
    book_number: str = ""
    receiver_name: str
    signature: Signature | None = None
    lookup_url: str = ""
    secret: str = ""
    copy_mark: str = ""  # "Liên 2: Giao khách hàng"


@dataclass(frozen=True, kw_only=True)
class Guidance(Paper):
    """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ: everything at once (NĐ 309/2026 Điều 8)."""

    kind: ClassVar[PaperKind] = PaperKind.GUIDANCE
    office: Office
    applicant: Person
    procedure_name: str
    procedure_code: str = ""
    case_code: str = ""
    papers: tuple[PaperLine, ...]
    reason: str
    contact: Contact = Contact()
    guide_name: str
    signature: Signature | None = None
    lookup_url: str = ""


@dataclass(frozen=True, kw_only=True)
class Refusal(Paper):
    """Phiếu từ chối tiếp nhận giải quyết hồ sơ."""

    kind: ClassVar[PaperKind] = PaperKind.REFUSAL
    office: Office
    applicant: Person
    procedure_name: str
    procedure_code: str = ""
    case_code: str = ""
    papers: tuple[PaperLine, ...] = ()
    reason: str
    contact: Contact = Contact()
    receiver_name: str
    signature: Signature | None = None
    lookup_url: str = ""


class HandOverResult(StrEnum):
    """Kết quả giải quyết hồ sơ của một lần giao nhận; the value is the word printed."""

    EARLY = "Trước hạn"
    ON_TIME = "Đúng hạn"
    LATE = "Quá hạn"
    RUNNING = "Trong hạn"
    PAUSED = "Tạm dừng"
    RESUMED = "Chạy tiếp"


@dataclass(frozen=True, kw_only=True)
class HandOver:
    """Một lần giao nhận hồ sơ; `at` None prints dots to fill in by hand."""

    giving_unit: str
    taking_unit: str
    at: datetime | None
    giver: str = ""
    taker: str = ""
    result: HandOverResult | None = None
    result_note: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ControlSheet(Paper):
    """Phiếu kiểm soát quá trình giải quyết hồ sơ, from the hand-over log, oldest first."""

    kind: ClassVar[PaperKind] = PaperKind.CONTROL_SHEET
    office: Office
    case_code: str
    applicant: Person
    procedure_name: str
    procedure_code: str = ""
    handling_unit: str
    cooperating_units: tuple[str, ...] = ()
    received_at: datetime
    due_at: datetime | None
    new_due_at: datetime | None = None
    hand_overs: tuple[HandOver, ...]
    summary: str = ""
    as_of: datetime | None = None
    lookup_url: str = ""


@dataclass(frozen=True, kw_only=True)
class RegisterRow:
    """Một dòng của sổ; the last four are columns of the 2018 form only."""

    ordinal: int
    case_code: str
    procedure_name: str
    applicant_name: str
    address_and_phone: str = ""
    handling_agency: str
    received_at: datetime
    due_at: datetime | None
    returned_at: datetime | None = None
    return_method: str = ""
    signed_by: str = ""
    sets: int = 1
    passed_at: datetime | None = None
    result_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class RegisterPage(Paper):
    """Sổ theo dõi hồ sơ: one book per field (2025) or per counter (2018) and year."""

    kind: ClassVar[PaperKind] = PaperKind.REGISTER_PAGE
    office: Office
    book: str
    field_name: str = ""
    period: str  # "năm 2026", "từ 01/11/2026 đến 25/11/2026"
    rows: tuple[RegisterRow, ...]
    lookup_url: str = ""


PAPERS: dict[PaperKind, type[Paper]] = {
    form.kind: form for form in (Receipt, Guidance, Refusal, ControlSheet, RegisterPage)
}


def paper_of(kind: PaperKind, facts: dict[str, Json]) -> Paper:
    """The paper a register row keeps. Raises: BadFacts."""
    return PAPERS[kind].from_facts(facts)
