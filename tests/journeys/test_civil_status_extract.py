"""Trích lục hộ tịch: over the counter of a ward, through its office, and back on the same day."""

from tests.intake import APPLICANT
from tests.journeys.desk import APPROVE, Shop, citizen_reads, is_over, receipt_of
from tests.journeys.visitor import Visitor
from workflows.states import CaseState

CLERK, OFFICER, HEAD = "clerk.thanhvinh", "officer.vpub.thanhvinh", "head.ubnd.thanhvinh"
NAME = "Cấp bản sao Trích lục hộ tịch"


def received(people: Shop, promise: str, clerk: str = CLERK):
    return people.receive(clerk, words="trich luc ho tich", name=NAME, promise=(promise, "8.000"))


def test_an_extract_is_received_worked_on_and_returned_the_same_day(people, watch):
    case = received(people, "giải quyết trong ngày; hẹn trả lúc 17:30 thứ Hai 16/11/2026")
    assert (case.code, receipt_of(case)) == ("H41.101.01-261116-0001", "01/TTPVHCC")
    assert (case.state, case.fee_vnd) == (CaseState.RECEIVED, 8000)
    citizen_reads(case, "Được tiếp nhận", "thứ Hai 16/11/2026", "trước 17:30")
    people.has_no_work(case, HEAD, "officer.kt.thanhvinh")
    people.cannot_see(case, "clerk.cualo", "officer.vpub.cualo", "officer.cong-an-tinh")

    watch(16, 9, 40)
    people.finish(OFFICER, case, note="Có trong sổ")
    assert case.state == CaseState.PROCESSING
    citizen_reads(case, "Đang xử lý", "Lãnh đạo đang xem xét, ký kết quả").does_not_read("Có trong sổ")
    people.has_no_work(case, OFFICER)

    watch(16, 10, 15)
    people.finish(HEAD, case, press=APPROVE)
    assert case.state == CaseState.FINISHED
    citizen_reads(case, "Đã có kết quả", "Xong đúng hẹn", "Mời bạn đến nhận kết quả")

    watch(16, 14, 5)
    people.hand_over(CLERK, case, receiver="Nguyễn Văn Đức")
    is_over(case, receiver="Nguyễn Văn Đức")
    citizen_reads(case, "Kết quả đã được trả", "14:05")
    people.person(CLERK).open("/quay/so-theo-doi/").reads(case.code, "Đã trả kết quả")
    people.person("clerk.cualo").open("/quay/so-theo-doi/").does_not_read(case.code)


def test_what_comes_after_the_cut_off_hour_is_promised_for_the_next_day(people, watch):
    watch(16, 15, 30)
    case = received(people, "hẹn trả lúc 17:30 thứ Ba 17/11/2026")
    citizen_reads(case, "sau giờ chốt 15:00", "thứ Ba 17/11/2026")


def test_the_head_sends_back_with_a_reason_that_the_citizen_does_not_read(people, watch):
    case = received(people, "giải quyết trong ngày")
    people.finish(OFFICER, case)
    people.finish(HEAD, case, press="Chuyển lại bước", note="Sai ngày sinh")
    people.person(OFFICER).open(f"/xu-ly/{case.code}/").reads("Sai ngày sinh")
    citizen_reads(case, "Chuyển lại bước trước để làm thêm").does_not_read("Sai ngày sinh")
    people.finish(OFFICER, case, note="Đã sửa")
    people.finish(HEAD, case, press=APPROVE)
    people.hand_over(CLERK, case, receiver="Nguyễn Văn Đức")
    is_over(case, receiver="Nguyễn Văn Đức")


def test_the_two_codes_of_the_receipt_open_the_case_and_a_wrong_one_tells_nothing(people):
    case = received(people, "giải quyết trong ngày")
    other = received(people, "giải quyết trong ngày")
    typed = case.code.lower().replace("-", " ")
    page = Visitor().open("/").press("Xem hồ sơ", expect=404, ma=typed, bi_mat=other.secret)
    page.does_not_read("giải quyết trong ngày")
    page.press("Xem hồ sơ", bi_mat=case.secret.lower()).reads(case.code, "giải quyết trong ngày")
    page.does_not_read(APPLICANT.name)


def test_the_receipt_is_printed_and_anybody_may_verify_it(people):
    case = received(people, "giải quyết trong ngày")
    desk = people.person(CLERK)
    token = case.intake.paper_token
    assert f'href="/quay/giay/{token}/"' in desk.source
    desk.open(f"/quay/giay/{token}/")
    assert desk.page.content.startswith(b"%PDF-")
    Visitor().open(f"/xac-thuc/{token}/").reads("còn giá trị").does_not_read(APPLICANT.name)
