"""A file goes step by step: taken, finished, sent back, approved, side by side, returned."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onestop.notices.models import Outbox
from tests.intake import BUILDING_PERMIT, MORNING, new_case, username_for
from workflows.access import NotYours
from workflows.cases import (
    AlreadyDone,
    CaseChanged,
    OutcomeNotOffered,
    ReasonMissing,
    TakenByOther,
    complete,
    release,
    take,
)
from workflows.handback import AlreadyReturned, NotReady, ReceiverNeeded, return_result
from workflows.models import Case, CaseTask, ClockEntry, HandBack
from workflows.states import CaseState, Outcome

pytestmark = pytest.mark.usefixtures("shop")
LATER = MORNING + timedelta(minutes=30)


@pytest.fixture
def clerk(actor):
    return actor("clerk.thanhvinh")


@pytest.fixture
def officer(actor):
    return actor("officer.vpub.thanhvinh")


@pytest.fixture
def head(actor):
    return actor("head.ubnd.thanhvinh")


def open_task(case: Case) -> CaseTask:
    return CaseTask.objects.get(process=case, finished=None)


def seen(case: Case) -> int:
    return Case.objects.values_list("event_seq", flat=True).get(pk=case.pk)


def finish(case, actor, outcome=Outcome.DONE, note="", now=LATER):
    return complete(
        task_id=open_task(case).pk, actor=actor, outcome=outcome, note=note, seen=seen(case), now=now
    )


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_taking_a_task_begins_the_processing(clerk, officer):
    case = new_case(clerk)
    take(task_id=open_task(case).pk, actor=officer, seen=case.event_seq, now=LATER)
    assert fresh(case).state == CaseState.PROCESSING
    assert open_task(case).owner_id == officer.user_id


def test_taking_twice_changes_nothing(clerk, officer):
    case = new_case(clerk)
    first = take(task_id=open_task(case).pk, actor=officer, seen=case.event_seq, now=LATER)
    assert take(task_id=open_task(case).pk, actor=officer, seen=first, now=LATER) == first
    assert fresh(case).events.count() == 2


def test_a_released_task_is_anybodys_again(clerk, officer):
    case = new_case(clerk)
    number = take(task_id=open_task(case).pk, actor=officer, seen=case.event_seq, now=LATER)
    release(task_id=open_task(case).pk, actor=officer, seen=number, now=LATER)
    assert open_task(case).owner_id is None


def test_a_head_of_the_unit_takes_a_task_back_from_a_colleague_and_nobody_else_does(clerk, officer, actor):
    case = new_case(clerk)
    number = take(task_id=open_task(case).pk, actor=officer, seen=case.event_seq, now=LATER)
    for other in ("head.kt.thanhvinh", "clerk.thanhvinh"):
        with pytest.raises(NotYours):
            release(task_id=open_task(case).pk, actor=actor(other), seen=number, now=LATER)
    release(task_id=open_task(case).pk, actor=actor("head.vpub.thanhvinh"), seen=number, now=LATER)
    assert open_task(case).owner_id is None
    assert fresh(case).events.order_by("-seq").first().act == "release"


def test_the_whole_way_ends_with_the_result_in_the_hand(clerk, officer, head):
    case = new_case(clerk)
    finish(case, officer)
    finish(case, head, Outcome.APPROVED)
    done = fresh(case)
    assert (done.state, done.done_at) == (CaseState.FINISHED, LATER)
    assert ClockEntry.objects.filter(case=case, kind="end", at=LATER).count() == 1
    assert Outbox.objects.filter(case_code=case.code, to_email__gt="").count() == 2
    return_result(
        case_id=case.pk,
        actor=clerk,
        receiver_name="Nguyễn Văn Đức",
        receiver_id_number="",
        note="",
        now=LATER,
    )
    closed = fresh(case)
    assert (closed.state, closed.status, closed.finished) == (CaseState.RETURNED, "DONE", LATER)
    assert not CaseTask.objects.filter(process=case, finished=None).exists()
    assert [e.act for e in closed.events.order_by("seq")] == ["accept", "forward", "approve", "return"]


def test_a_step_sent_back_opens_the_earlier_one_again(clerk, officer, head):
    case = new_case(clerk)
    first = open_task(case).step_id
    finish(case, officer)
    with pytest.raises(ReasonMissing):
        finish(case, head, Outcome.SENT_BACK, note=" ")
    finish(case, head, Outcome.SENT_BACK, note="Sai ngày sinh")
    assert open_task(case).step_id == first
    assert fresh(case).events.order_by("-seq").first().reason == "Sai ngày sinh"


def test_a_step_without_a_way_back_cannot_send_back(clerk, officer):
    case = new_case(clerk)
    with pytest.raises(OutcomeNotOffered):
        finish(case, officer, Outcome.SENT_BACK, note="x")


def test_another_unit_may_not_act(clerk, actor):
    case = new_case(clerk)
    for other in ("officer.kt.thanhvinh", "head.vpub.thanhvinh", "officer.vpub.cualo", "clerk.thanhvinh"):
        with pytest.raises(NotYours):
            finish(case, actor(other))
    assert fresh(case).events.count() == 1


def test_the_second_of_two_savers_is_told_what_changed(clerk, officer):
    case = new_case(clerk)
    task = open_task(case)
    take(task_id=task.pk, actor=officer, seen=case.event_seq, now=LATER)
    with pytest.raises(CaseChanged) as refused:
        complete(task_id=task.pk, actor=officer, outcome=Outcome.DONE, seen=case.event_seq, now=LATER)
    (change,) = refused.value.changes
    assert (change.person, change.act) == (officer.name, "Nhận việc")
    assert open_task(case).pk == task.pk


def test_a_finished_step_is_not_finished_again(clerk, officer):
    case = new_case(clerk)
    task = open_task(case)
    finish(case, officer)
    with pytest.raises(AlreadyDone) as refused:
        complete(task_id=task.pk, actor=officer, outcome=Outcome.DONE, seen=seen(case), now=LATER)
    assert refused.value.person == officer.name


def test_a_task_that_a_colleague_holds_is_hers(clerk, officer, head, actor):
    case = new_case(clerk)
    finish(case, officer)
    deputy = actor("head.ubnd.thanhvinh")
    take(task_id=open_task(case).pk, actor=deputy, seen=seen(case), now=LATER)
    task = open_task(case)
    task.owner_id = officer.user_id
    task.save(update_fields=["owner"])
    with pytest.raises(TakenByOther):
        finish(case, head, Outcome.APPROVED)


@pytest.fixture
def permit(clerk, actor):
    """A building permit that waits for two opinions side by side."""
    case = new_case(clerk, code=BUILDING_PERMIT)
    work_on(case, open_task(case), actor)
    return case


def work_on(case, task, actor, at=None):
    outcome = Outcome.APPROVED if task.step.kind == "approve" else Outcome.DONE
    now_seen = seen(case) if at is None else at
    complete(task_id=task.pk, actor=actor(username_for(task)), outcome=outcome, seen=now_seen, now=LATER)


def open_tasks(case):
    return list(CaseTask.objects.filter(process=case, finished=None).order_by("pk"))


def test_steps_side_by_side_wait_for_one_another(permit, actor):
    first, second = open_tasks(permit)
    assert {first.agency.key, second.agency.key} == {"cong-an-tinh", "so-van-hoa-the-thao-va-du-lich"}
    work_on(permit, first, actor)
    assert open_tasks(permit) == [second]
    work_on(permit, second, actor)
    (draft,) = open_tasks(permit)
    assert draft.step.key == "draft"


def test_side_by_side_steps_do_not_refuse_one_another(permit, actor):
    both_saw = seen(permit)
    for task in open_tasks(permit):
        work_on(permit, task, actor, at=both_saw)
    assert [task.step.key for task in open_tasks(permit)] == ["draft"]


def test_a_finished_step_needs_few_statements(clerk, officer):
    case = new_case(clerk)
    finish(new_case(clerk), officer)
    task = open_task(case)
    with CaptureQueriesContext(connection) as queries:
        complete(task_id=task.pk, actor=officer, outcome=Outcome.DONE, seen=case.event_seq, now=LATER)
    # The limit is 14 with BEGIN and COMMIT; here savepoints of the test stand in their place.
    assert len(queries) <= 12, "\n".join(query["sql"][:100] for query in queries)


def test_a_result_is_handed_over_once(clerk, officer, head):
    case = new_case(clerk)
    who = {"actor": clerk, "receiver_id_number": "", "note": "", "now": LATER}
    with pytest.raises(NotReady):
        return_result(case_id=case.pk, receiver_name="A", **who)
    finish(case, officer)
    finish(case, head, Outcome.APPROVED)
    with pytest.raises(ReceiverNeeded):
        return_result(case_id=case.pk, receiver_name=" ", **who)
    with pytest.raises(NotYours):
        return_result(case_id=case.pk, receiver_name="A", **(who | {"actor": officer}))
    return_result(case_id=case.pk, receiver_name="A", **who)
    with pytest.raises(AlreadyReturned) as refused:
        return_result(case_id=case.pk, receiver_name="B", **who)
    assert refused.value.receiver == "A"
    assert HandBack.objects.get().receiver_name == "A"
