"""The papers the tests print: one of each form, with every field filled."""

from datetime import datetime, timedelta, timezone

from receipts.papers import (
    Authorisation,
    Contact,
    ControlSheet,
    FeeOnPaper,
    Guidance,
    HandOver,
    HandOverResult,
    Office,
    PaperLine,
    Person,
    Receipt,
    Refusal,
    RegisterPage,
    RegisterRow,
    Signature,
)

VN = timezone(timedelta(hours=7))
CODE = "H41.101-261116-0018"
LOOKUP = "https://motcua.example/tra-cuu/?c=H41.101-261116-0018&k=7F3K"


def at(day: int, hour: int, minute: int = 0, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=VN)


OFFICE = Office(
    name="Trung tâm Phục vụ hành chính công phường Thành Vinh",
    parent_name="UBND phường Thành Vinh",
    phone="0238 384 0000",
    website="dichvucong.gov.vn",
    code="H41.101",
)
HA = Person(
    name="Lê Thị Thanh Hà",
    id_number="040186001217",
    address="Số 27, ngõ 12 Hồ Tùng Mậu, phường Thành Vinh, tỉnh Nghệ An",
    phone="0912 345 468",
    email="thanhha@example.vn",
)
DUC = Person(
    name="Nguyễn Đức Ưởng",
    id_number="040075009876",
    address="Xóm 5, xã Quỳ Hợp, tỉnh Nghệ An",
    phone="0987 654 321",
    email="uong@example.vn",
)
SIGNED = Signature(name="Nguyễn Thị Mai", at=at(16, 9, 41))
LINES = (
    PaperLine(name="Đơn đề nghị cấp giấy phép xây dựng (Mẫu số 01)", originals=1),
    PaperLine(name="Bản vẽ thiết kế xây dựng", originals=1, electronic=2, note="12 trang, có chữ ký số"),
    PaperLine(name="Hợp đồng thuê tư vấn", certified_copies=1, copies=3),
    PaperLine(name="Giấy chứng nhận quyền sử dụng đất", looked_up_in="CSDL đất đai"),
)
RECEIPT = Receipt(
    office=OFFICE,
    case_code=CODE,
    applicant=HA,
    authorisation=Authorisation(principal=DUC, paper="Giấy ủy quyền số 15/2026 ngày 10/11/2026"),
    procedure_name="Cấp giấy phép xây dựng mới đối với nhà ở riêng lẻ",
    procedure_code="1.013225",
    papers=LINES,
    sets=1,
    allowed_time="07 ngày làm việc",
    received_at=at(16, 9, 40),
    due_at=at(26, 17, 30),
    due_explanation="Tính từ thứ Ba 17/11; không tính 21, 22/11 (nghỉ hằng tuần) và 24/11 (ngày lễ).",
    fee=FeeOnPaper(amount_vnd=75000, state="đã nộp trực tuyến, biên lai 0004127"),
    collect_at="Trung tâm Phục vụ hành chính công phường Thành Vinh",
    book="01/2026",
    book_number="1846",
    receiver_name="Nguyễn Thị Mai",
    signature=SIGNED,
    lookup_url=LOOKUP,
    secret="7F3K",
    copy_mark="Liên 2: Giao khách hàng",
)
GUIDANCE = Guidance(
    office=OFFICE,
    applicant=HA,
    procedure_name="Cấp giấy phép xây dựng mới đối với nhà ở riêng lẻ",
    procedure_code="1.013225",
    case_code=CODE,
    papers=(
        PaperLine(name="Bản vẽ thiết kế xây dựng", originals=2, note="thiếu chữ ký của chủ trì thiết kế"),
        PaperLine(name="Văn bản thẩm duyệt phòng cháy", certified_copies=1, copies=3),
    ),
    reason="Bản vẽ chưa có chữ ký của chủ trì thiết kế; chưa có văn bản thẩm duyệt.",
    contact=Contact(name="Trần Văn Hùng", phone="0238 384 1111", website="dichvucong.gov.vn"),
    guide_name="Nguyễn Thị Mai",
    signature=SIGNED,
    lookup_url=LOOKUP,
)
REFUSAL = Refusal(
    office=OFFICE,
    applicant=HA,
    procedure_name="Đăng ký thành lập hộ kinh doanh",
    procedure_code="1.001612",
    case_code=CODE,
    papers=LINES[:1],
    reason="Ngành, nghề đăng ký thuộc danh mục cấm đầu tư kinh doanh.",
    contact=Contact(name="Trần Văn Hùng", phone="0238 384 1111", website="dichvucong.gov.vn"),
    receiver_name="Nguyễn Thị Mai",
    signature=None,
    lookup_url=LOOKUP,
)
CENTRE, ROOM = "TTPVHCC phường Thành Vinh", "Phòng Kinh tế, Hạ tầng và Đô thị"
CONTROL_SHEET = ControlSheet(
    office=OFFICE,
    case_code=CODE,
    applicant=HA,
    procedure_name="Cấp giấy phép xây dựng mới đối với nhà ở riêng lẻ",
    procedure_code="1.013225",
    handling_unit="UBND phường Thành Vinh",
    cooperating_units=("Công an tỉnh (PCCC)", "Sở Văn hóa, Thể thao và Du lịch"),
    received_at=at(16, 9, 40),
    due_at=at(26, 17, 30),
    new_due_at=at(30, 17, 30),
    hand_overs=(
        HandOver(
            giving_unit=CENTRE,
            taking_unit=ROOM,
            at=at(16, 14, 5),
            giver="Nguyễn Thị Mai",
            taker="Trần Văn Hùng",
            result=HandOverResult.EARLY,
            result_note="được giao 4 giờ, dùng 2,4 giờ",
            note="Chuyển trước 15:00",
        ),
        HandOver(
            giving_unit=ROOM,
            taking_unit="Công an tỉnh (PCCC)",
            at=at(20, 11),
            giver="Trần Văn Hùng",
            taker="Phan Thế Vinh",
            result=HandOverResult.LATE,
            result_note="được giao 16 giờ, dùng 20 giờ",
        ),
        HandOver(
            giving_unit="Công an tỉnh (PCCC)",
            taking_unit=ROOM,
            at=at(23, 9, 5),
            giver="Phan Thế Vinh",
            taker="Trần Văn Hùng",
            result=HandOverResult.RUNNING,
        ),
        HandOver(giving_unit=ROOM, taking_unit="UBND phường Thành Vinh", at=None),
    ),
    summary="đã dùng 19 giờ làm việc trên 56 giờ; tạm dừng 16 giờ.",
    as_of=at(23, 10, 24),
    lookup_url=LOOKUP,
)


def register_row(ordinal: int) -> RegisterRow:
    return RegisterRow(
        ordinal=ordinal,
        case_code=f"H41.101-261116-{ordinal:04d}",
        procedure_name="Cấp bản sao trích lục hộ tịch, bản sao Giấy khai sinh",
        applicant_name="Lê Thị Thanh Hà",
        address_and_phone="Số 27, ngõ 12 Hồ Tùng Mậu; 0912 345 468",
        handling_agency="UBND phường Thành Vinh",
        received_at=at(16, 9, 40),
        due_at=at(17, 17, 30),
        returned_at=at(18, 8),
        return_method="Trực tiếp",
        signed_by="Hà",
        sets=1,
        passed_at=at(19, 14),
        result_at=at(20, 9),
        note="Miễn phí",
    )


REGISTER_PAGE = RegisterPage(
    office=OFFICE,
    book="01/2026",
    field_name="Hộ tịch",
    period="năm 2026",
    rows=tuple(register_row(ordinal) for ordinal in range(1, 26)),
)
ALL = (RECEIPT, GUIDANCE, REFUSAL, CONTROL_SHEET, REGISTER_PAGE)
