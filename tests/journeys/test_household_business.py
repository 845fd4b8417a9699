"""Đăng ký hộ kinh doanh: three working days in the economic unit of a ward, signed by its head."""

from datetime import datetime

from onestop.clock import VIETNAM
from tests.intake import HOUSEHOLD_BUSINESS
from tests.journeys.desk import APPROVE, RECEIVE, Shop, citizen_reads, is_over
from tests.journeys.visitor import Visitor
from workflows.models import Case
from workflows.states import CaseState

CLERK, OFFICER = "clerk.thanhvinh", "officer.kt.thanhvinh"
PROMISE = ("thời hạn 3 ngày làm việc", "hẹn trả lúc 17:30 thứ Năm 19/11/2026")


def received(people: Shop, clerk: str = CLERK) -> Case:
    name = "Đăng ký thành lập hộ kinh doanh"
    return people.receive(clerk, words="ho kinh doanh", name=name, promise=PROMISE)


def test_a_household_business_is_registered_within_three_working_days(people, watch):
    case = received(people)
    assert case.procedure.code == HOUSEHOLD_BUSINESS
    assert case.due_at == datetime(2026, 11, 19, 17, 30, tzinfo=VIETNAM)
    citizen_reads(case, "Cơ quan đang thẩm định hồ sơ của bạn", "thứ Năm 19/11/2026")
    people.cannot_see(case, "officer.kt.namdan", "head.ubnd.cualo")

    watch(17, 16, 0)
    desk = people.person(OFFICER).open(f"/xu-ly/{case.code}/").press("Nhận việc, làm sau")
    desk.reads("Bạn đang giữ hồ sơ")
    people.finish(OFFICER, case, note="Tên không trùng")
    citizen_reads(case, "Lãnh đạo đang xem xét, ký kết quả")

    watch(18, 10, 0)
    people.finish("head.ubnd.thanhvinh", case, press=APPROVE)
    assert case.state == CaseState.FINISHED
    citizen_reads(case, "Đã có kết quả", "Xong đúng hẹn")

    watch(19, 8, 0)
    people.hand_over("clerk2.thanhvinh", case, receiver="Nguyễn Văn Đức")
    is_over(case, receiver="Nguyễn Văn Đức")


def test_what_is_not_finished_in_time_is_said_to_be_late(people, watch):
    case = received(people)
    watch(19, 17, 29)
    citizen_reads(case, "Còn trong hạn")
    watch(20, 8, 0)
    citizen_reads(case, "Đã quá ngày hẹn")
    people.person(OFFICER).open("/xu-ly/?loc=qua-han").reads(case.code)


def test_two_counters_number_their_own_files(people):
    first, second = received(people), received(people)
    other = received(people, "clerk.cualo")
    assert first.code.endswith("-261116-0001")
    assert second.code == first.code.replace("-0001", "-0002")
    assert (other.code.endswith("-261116-0001"), other.code != first.code) == (True, True)
    people.cannot_see(first, "clerk.cualo")
    people.cannot_see(other, CLERK)


def test_an_incomplete_file_is_not_taken_in_and_nothing_typed_is_lost(people):
    desk = people.person(CLERK).open("/quay/")
    desk.press("Tìm thủ tục", tu="ho kinh doanh").press("Đăng ký thành lập hộ kinh doanh")
    desk.press(RECEIVE, expect=422, ten="Lê Thị Hoa").reads("Chưa lưu gì cả", "Hồ sơ còn thiếu")
    assert 'value="Lê Thị Hoa"' in desk.source
    assert not Case.objects.exists()


def test_a_forged_address_of_the_citizens_page_opens_nothing(people):
    case, other = received(people), received(people)
    signed = citizen_reads(case).address
    Visitor().open(signed.replace(case.code, other.code), expect=404).does_not_read("hộ kinh doanh")
