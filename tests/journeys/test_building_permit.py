"""Giấy phép xây dựng: a ward's permit, with the opinions of two provincial agencies side by side."""

import pytest

from tests.intake import BUILDING_PERMIT
from tests.journeys.desk import APPROVE, Shop, citizen_reads, is_over
from workflows.states import CaseState

CLERK, OFFICER = "clerk.thanhvinh", "officer.kt.thanhvinh"
UNIT_HEAD, HEAD = "head.kt.thanhvinh", "head.ubnd.thanhvinh"
FIRE, CULTURE = "officer.cong-an-tinh", "officer.so-van-hoa-the-thao-va-du-lich"
PROMISE = ("thời hạn 10 ngày làm việc", "Ngày Văn hóa Việt Nam", "hẹn trả lúc 17:30 thứ Ba 01/12/2026")


def received(people: Shop):
    return people.receive(CLERK, words=BUILDING_PERMIT, name="Cấp giấy phép xây dựng mới", promise=PROMISE)


def test_a_permit_waits_for_both_opinions_and_is_returned_in_time(people, watch):
    case = received(people)
    citizen_reads(case, "Cơ quan đang thẩm định hồ sơ của bạn", "thứ Ba 01/12/2026")
    people.has_no_work(case, FIRE, CULTURE, UNIT_HEAD, HEAD)
    people.cannot_see(case, "officer.kt.cualo", "officer.so-y-te")

    watch(18, 10, 0)
    people.finish(OFFICER, case, note="Đủ điều kiện, xin ý kiến")
    assert case.state == CaseState.PROCESSING
    citizen_reads(case, "Hồ sơ đang chờ ý kiến của cơ quan khác", "Công an tỉnh")
    people.person(FIRE).open(f"/xu-ly/{case.code}/").reads("Làm song song với")

    watch(19, 15, 0)
    people.finish(CULTURE, case, note="Không ảnh hưởng di tích")
    people.has_no_work(case, OFFICER)
    citizen_reads(case, "Hồ sơ đang chờ ý kiến của cơ quan khác").does_not_read("Không ảnh hưởng di tích")

    watch(20, 8, 30)
    people.finish(FIRE, case, note="Đồng ý")
    people.person(OFFICER).open(f"/xu-ly/{case.code}/").reads("Đồng ý", "Không ảnh hưởng di tích")
    citizen_reads(case, "Cơ quan đang soạn kết quả cho bạn")

    watch(23, 9, 0)
    people.finish(OFFICER, case, note="Đã dự thảo")
    people.has_no_work(case, HEAD)
    people.finish(UNIT_HEAD, case, press=APPROVE)
    watch(25, 9, 0)
    people.finish(HEAD, case, press=APPROVE)
    assert case.state == CaseState.FINISHED
    citizen_reads(case, "Đã có kết quả", "Xong đúng hẹn")

    watch(27, 14, 0)
    people.hand_over(CLERK, case, receiver="Trần Thị Lan")
    is_over(case, receiver="Trần Thị Lan")
    citizen_reads(case, "Kết quả đã được trả").does_not_read("Trần Thị Lan")


@pytest.mark.parametrize("order", [(FIRE, CULTURE), (CULTURE, FIRE)])
def test_the_draft_begins_after_the_second_opinion_whoever_gives_it(people, order):
    case = received(people)
    people.finish(OFFICER, case)
    for username in order:
        people.has_no_work(case, OFFICER)
        people.finish(username, case, note="Đồng ý")
    people.person(OFFICER).open("/xu-ly/").reads(case.code)


def test_opinions_that_do_not_come_make_the_case_late_the_day_after_its_date(people, watch):
    case = received(people)
    people.finish(OFFICER, case)
    watch(31, 17, 30)
    citizen_reads(case, "Còn trong hạn")
    watch(32, 8, 0)
    citizen_reads(case, "Đã quá ngày hẹn", "Hồ sơ đang chờ ý kiến của cơ quan khác")
