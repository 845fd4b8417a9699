"""The page's facts: where a case is, what is left of its time, and what the reader may do."""

from datetime import timedelta

import pytest

from tests.intake import BUILDING_PERMIT, EXTRACT, HOUSEHOLD_BUSINESS, MORNING, new_case
from workflows.case_facts import FoundCase, case_facts, find_case
from workflows.cases import complete, take
from workflows.models import Case
from workflows.states import Outcome

pytestmark = pytest.mark.usefixtures("shop")
NOON = MORNING + timedelta(hours=2)
CULTURE = "so-van-hoa-the-thao-va-du-lich"


@pytest.fixture
def clerk(actor):
    return actor("clerk.thanhvinh")


@pytest.fixture
def officer(actor):
    return actor("officer.vpub.thanhvinh")


def facts_for(case, person, *, now=NOON):
    return case_facts(case_id=case.pk, actor=person, now=now)


def finish(case, person, *, outcome=Outcome.DONE, note="", now=NOON):
    case.refresh_from_db()
    (task,) = facts_for(case, person).tasks
    complete(task_id=task.id, actor=person, outcome=outcome, note=note, seen=case.event_seq, now=now)
    case.refresh_from_db()


@pytest.mark.parametrize(
    "name", ["clerk.thanhvinh", "head.vpub.thanhvinh", "head.ubnd.thanhvinh", "supervisor"]
)
def test_everybody_with_a_part_in_it_and_the_supervisor_find_the_case(clerk, actor, name):
    case = new_case(clerk)
    found = FoundCase(case.pk, case.code, case.event_seq)
    assert find_case(code=case.code, actor=actor(name)) == found
    assert find_case(code=case.code.lower(), actor=actor(name)) == found


@pytest.mark.parametrize("name", ["clerk.cualo", "officer.vhxh.thanhvinh", "editor", "officer.so-tu-phap"])
def test_nobody_else_finds_it(clerk, actor, name):
    assert find_case(code=new_case(clerk).code, actor=actor(name)) is None


def test_a_code_that_does_not_exist_is_not_found(clerk):
    assert find_case(code="H41.101.01-261116-9999", actor=clerk) is None


@pytest.mark.parametrize("code", [EXTRACT, BUILDING_PERMIT, HOUSEHOLD_BUSINESS])
def test_the_date_read_back_from_the_ledger_is_the_date_promised(clerk, code):
    case = new_case(clerk, code)
    clock = facts_for(case, clerk).clock
    assert clock.agrees
    assert clock.sentence == case.due_text


def test_a_date_that_the_ledger_does_not_give_is_told(clerk):
    case = new_case(clerk)
    Case.objects.filter(pk=case.pk).update(due_at=case.due_at + timedelta(days=1))
    assert not facts_for(case, clerk).clock.agrees


def test_working_time_used_and_left_make_up_what_is_allowed(clerk):
    case = new_case(clerk, HOUSEHOLD_BUSINESS)
    clock = facts_for(case, clerk, now=NOON).clock
    assert clock.used == timedelta(hours=2)
    assert clock.left + clock.used == clock.allowed
    assert (clock.is_running, clock.is_late) == (True, False)


def test_a_case_past_its_date_is_late_by_working_time(clerk):
    case = new_case(clerk)
    clock = facts_for(case, clerk, now=case.due_at + timedelta(days=1)).clock
    assert clock.is_late
    assert clock.left < timedelta()
    assert clock.share_used == 1


def test_the_clock_stops_when_the_result_lies_at_the_counter(clerk, officer, actor):
    case = new_case(clerk)
    finish(case, officer)
    finish(case, actor("head.ubnd.thanhvinh"), outcome=Outcome.APPROVED)
    clock = facts_for(case, clerk, now=NOON + timedelta(days=20)).clock
    assert (clock.used, clock.is_late, clock.is_running) == (timedelta(hours=2), False, False)


def test_the_route_says_what_is_done_where_it_is_and_what_comes(clerk, officer):
    case = new_case(clerk)
    receive, prepare, sign, give = facts_for(case, officer, now=MORNING).steps
    assert (receive.is_done, receive.person) == (True, clerk.name)
    assert (prepare.is_open, prepare.is_late, prepare.due_at) == (True, False, MORNING + timedelta(hours=1))
    assert (sign.is_open, sign.is_done, give.is_open) == (False, False, False)
    assert facts_for(case, officer, now=NOON).steps[1].is_late


def test_the_opinions_stand_side_by_side_until_the_last_of_them_joins(clerk, actor):
    case = new_case(clerk, BUILDING_PERMIT)
    finish(case, actor("officer.kt.thanhvinh"))
    fire, culture = (s for s in facts_for(case, clerk).steps if s.is_opinion)
    assert (fire.is_open, culture.is_open, fire.stage) == (True, True, culture.stage)
    (task,) = facts_for(case, actor("officer.cong-an-tinh")).tasks
    assert task.waits_for == (culture.agency_name,)
    finish(case, actor("officer.cong-an-tinh"), note="Đồng ý")
    steps = facts_for(case, clerk).steps
    assert [s.title for s in steps if s.is_open] == [culture.title]
    finish(case, actor(f"officer.{CULTURE}"))
    (draft,) = (s for s in facts_for(case, clerk).steps if s.is_open)
    assert draft.stage == culture.stage + 1


def test_after_a_send_back_the_later_step_is_ahead_again(clerk, officer, actor):
    case = new_case(clerk)
    finish(case, officer)
    finish(case, actor("head.ubnd.thanhvinh"), outcome=Outcome.SENT_BACK, note="Sai ngày sinh")
    facts = facts_for(case, officer)
    _receive, prepare, sign, _give = facts.steps
    assert prepare.is_open
    assert (sign.is_done, sign.is_open) == (False, False)
    assert (facts.log[0].reason, facts.log[0].is_send_back) == ("Sai ngày sinh", True)
    assert len(facts.tasks) == 1


def test_the_acts_offered_are_those_of_the_post_and_the_step(clerk, officer, actor):
    case = new_case(clerk)
    (mine,) = facts_for(case, officer).tasks
    assert (mine.may_work, mine.is_free, mine.may_send_back, mine.is_approval) == (True, True, False, False)
    assert facts_for(case, clerk).tasks == ()
    assert facts_for(case, actor("supervisor")).tasks == ()
    finish(case, officer)
    (sign,) = facts_for(case, actor("head.ubnd.thanhvinh")).tasks
    assert (sign.is_approval, sign.may_send_back) == (True, True)
    assert sign.back_to == mine.title


def test_the_holder_may_give_her_task_back(clerk, officer):
    case = new_case(clerk)
    (task,) = facts_for(case, officer).tasks
    assert not task.may_release
    take(task_id=task.id, actor=officer, seen=case.event_seq, now=NOON)
    (task,) = facts_for(case, officer).tasks
    assert (task.is_mine, task.may_release, task.owner_name) == (True, True, officer.name)


def test_the_clerk_is_led_to_the_hand_over_when_the_result_is_there(clerk, officer, actor):
    case = new_case(clerk)
    finish(case, officer)
    finish(case, actor("head.ubnd.thanhvinh"), outcome=Outcome.APPROVED)
    (task,) = facts_for(case, clerk, now=NOON + timedelta(days=9)).tasks
    assert task.is_return
    last = facts_for(case, clerk, now=NOON + timedelta(days=9)).steps[-1]
    assert (last.is_open, last.is_late, last.due_at) == (True, False, None)


def test_a_case_is_read_in_six_queries(clerk, officer, django_assert_num_queries):
    case = new_case(clerk)
    facts_for(case, officer)
    with django_assert_num_queries(6):
        facts_for(case, officer)
