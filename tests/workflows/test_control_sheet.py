"""The control sheet: one row per hand-over, from the log of the work itself."""

from datetime import timedelta

import pytest

from receipts.models import IssuedPaper
from receipts.papers import HandOverResult, PaperKind
from receipts.register import is_intact
from tests.intake import BUILDING_PERMIT, MORNING, new_case
from workflows.access import NotYours
from workflows.cases import complete
from workflows.control_sheet import SAME_SHEET, control_sheet, issue_control_sheet
from workflows.models import Case
from workflows.states import Outcome

pytestmark = pytest.mark.usefixtures("shop")
NOON = MORNING + timedelta(hours=2)


@pytest.fixture
def clerk(actor):
    return actor("clerk.thanhvinh")


def finish(case, actor, *, agency, outcome=Outcome.DONE, at=NOON, note=""):
    case.refresh_from_db()
    task = case.task_set.get(finished=None, agency__key=agency)
    complete(task_id=task.pk, actor=actor, outcome=outcome, note=note, seen=case.event_seq, now=at)
    case.refresh_from_db()


def sheet_of(case, *, now=NOON):
    return control_sheet(case=Case.objects.get(pk=case.pk), now=now)


def pairs(sheet):
    return [(row.giving_unit.split()[0], row.taking_unit.split()[0]) for row in sheet.hand_overs if row.at]


def test_a_new_case_was_handed_over_once_and_waits_for_the_next(clerk):
    case = new_case(clerk)
    first, next_row = sheet_of(case, now=MORNING).hand_overs
    assert (first.at, first.giver, first.result) == (case.received_at, clerk.name, HandOverResult.ON_TIME)
    assert first.taking_unit == next_row.giving_unit
    assert (next_row.at, next_row.result) == (None, HandOverResult.RUNNING)


def test_a_finished_step_says_what_it_was_given_and_what_it_used(clerk, actor):
    case = new_case(clerk)
    officer = actor("officer.vpub.thanhvinh")
    finish(case, officer, agency="vpub-16681", at=MORNING + timedelta(minutes=30), note="Đủ")
    row = sheet_of(case).hand_overs[1]
    assert (row.giver, row.result, row.note) == (officer.name, HandOverResult.EARLY, "Đủ")
    assert row.result_note == "được giao 1 giờ, dùng 30 phút"


def test_a_late_step_is_late_on_the_sheet(clerk, actor):
    case = new_case(clerk)
    finish(case, actor("officer.vpub.thanhvinh"), agency="vpub-16681", at=MORNING + timedelta(hours=2))
    assert sheet_of(case).hand_overs[1].result is HandOverResult.LATE


def test_an_open_step_past_its_time_is_late(clerk):
    case = new_case(clerk)
    assert sheet_of(case, now=MORNING + timedelta(hours=3)).hand_overs[-1].result is HandOverResult.LATE


def test_steps_side_by_side_each_have_their_row_before_and_after_the_join(clerk, actor):
    case = new_case(clerk, BUILDING_PERMIT)
    finish(case, actor("officer.kt.thanhvinh"), agency="kt-16681")
    culture = "so-van-hoa-the-thao-va-du-lich"
    finish(case, actor("officer.cong-an-tinh"), agency="cong-an-tinh", at=NOON + timedelta(minutes=5))
    waiting = sheet_of(case)
    assert len(pairs(waiting)) == 4
    assert waiting.hand_overs[3].note == "Chờ các đơn vị cùng làm xong bước này"
    finish(case, actor(f"officer.{culture}"), agency=culture, at=NOON + timedelta(minutes=9))
    joined = sheet_of(case)
    assert len(pairs(joined)) == 5
    assert {row.taking_unit for row in joined.hand_overs[3:5]} == {joined.hand_overs[5].giving_unit}
    assert len(joined.cooperating_units) == 3


def test_a_case_sent_back_shows_the_way_back_with_its_reason(clerk, actor):
    case = new_case(clerk)
    finish(case, actor("officer.vpub.thanhvinh"), agency="vpub-16681")
    head = actor("head.ubnd.thanhvinh")
    finish(case, head, agency="ubnd-16681", outcome=Outcome.SENT_BACK, note="Sai ngày sinh")
    back = sheet_of(case).hand_overs[2]
    assert back.note == "Sai ngày sinh"
    assert back.taking_unit == sheet_of(case).hand_overs[0].taking_unit


def test_a_finished_case_ends_at_the_counter(clerk, actor):
    case = new_case(clerk)
    finish(case, actor("officer.vpub.thanhvinh"), agency="vpub-16681")
    finish(case, actor("head.ubnd.thanhvinh"), agency="ubnd-16681", outcome=Outcome.APPROVED)
    sheet = sheet_of(case, now=NOON + timedelta(days=30))
    assert all(row.at for row in sheet.hand_overs)
    assert sheet.hand_overs[-1].taking_unit == case.receiving.name
    assert sheet.summary.startswith("đã dùng 2 giờ làm việc trên")


def test_the_sheet_is_numbered_in_the_register_and_pressed_twice_issued_once(clerk, actor):
    case = new_case(clerk)
    officer = actor("officer.vpub.thanhvinh")
    first = issue_control_sheet(case_id=case.pk, actor=officer, now=NOON)
    again = issue_control_sheet(case_id=case.pk, actor=officer, now=NOON + timedelta(seconds=2))
    later = issue_control_sheet(case_id=case.pk, actor=officer, now=NOON + SAME_SHEET * 2)
    assert again == first
    assert later.number == first.number + 1
    assert (first.case_code, first.issued_by, first.kind) == (case.code, officer.name, "control_sheet")
    assert is_intact(first)


def test_work_done_between_gives_a_new_sheet(clerk, actor):
    case = new_case(clerk)
    officer = actor("officer.vpub.thanhvinh")
    first = issue_control_sheet(case_id=case.pk, actor=officer, now=NOON)
    finish(case, officer, agency="vpub-16681", at=NOON + timedelta(seconds=5))
    assert issue_control_sheet(case_id=case.pk, actor=officer, now=NOON + timedelta(seconds=9)) != first


def test_nobody_without_a_part_in_the_case_gets_a_sheet(clerk, actor):
    case = new_case(clerk)
    with pytest.raises(NotYours):
        issue_control_sheet(case_id=case.pk, actor=actor("officer.vpub.cualo"), now=NOON)
    assert not IssuedPaper.objects.filter(kind=PaperKind.CONTROL_SHEET).exists()
