"""The acts at a desk: one function an act, one transaction under one lock on the case row."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from viewflow.workflow.status import STATUS

from onestop.agencies.models import Role
from onestop.agencies.posts import Actor, HeldPost
from onestop.agencies.refusals import Refusal
from onestop.notices.models import Outbox
from workflows.access import NotYours, post_for
from workflows.events import Happening, next_event, write
from workflows.flow import Opened, StepActivation, opening_state
from workflows.ledger import end_entry
from workflows.models import Case, CaseEvent, CaseTask
from workflows.names import act_name, agency_names
from workflows.routes import StepData, route
from workflows.states import ACT_OF_OUTCOME, Act, CaseState, Outcome, StepKind, outcomes_of


class AlreadyDone(Refusal):
    """Đã xong: somebody finished the step before."""

    def __init__(self, *, person: str) -> None:
        self.person = person
        super().__init__(_("Bước này đã được %(person)s hoàn thành trước đó.") % {"person": person})


class TakenByOther(Refusal):
    """Người khác đang giữ việc."""

    def __init__(self, *, person: str) -> None:
        self.person = person
        super().__init__(_("%(person)s đang giữ việc này.") % {"person": person})


class ReasonMissing(Refusal):
    """Thiếu lý do."""

    def __init__(self) -> None:
        super().__init__(_("Hãy ghi lý do chuyển lại để bước trước biết cần sửa gì."))


class OutcomeNotOffered(Refusal):
    """Kết quả không có ở bước này."""

    def __init__(self) -> None:
        super().__init__(_("Bước này không cho phép kết thúc theo cách đã chọn."))


@dataclass(frozen=True)
class Change:
    """Thay đổi of a case since a person saw it."""

    at: datetime
    person: str
    act: str
    step: str


class CaseChanged(Refusal):
    """Hồ sơ đã thay đổi: what somebody else did since the page was opened; nothing was saved."""

    def __init__(self, *, changes: tuple[Change, ...]) -> None:
        self.changes = changes
        told = "; ".join(f"{change.person}: {change.act}" for change in changes)
        super().__init__(
            _("Hồ sơ đã thay đổi sau khi bạn mở trang (%(told)s). Hãy xem lại rồi làm tiếp.") % {"told": told}
        )


@dataclass(frozen=True)
class _Held:
    case: Case
    task: CaseTask
    step: StepData
    post: HeldPost


def _hold(*, task_id: int, actor: Actor, seen: int, as_head: bool = False) -> _Held:
    """Lock the task and its case in one statement: what both are until commit.

    All acts lock in this order, so none waits for another in a circle.

    Raises: CaseTask.DoesNotExist, NotYours, AlreadyDone, CaseChanged.
    """
    locked = CaseTask.objects.select_related("process").select_for_update(of=("self", "process"))
    task = locked.get(pk=task_id)
    case = task.process
    step = route(case.route_id).by_id(task.step_id)
    head = actor.holding(Role.HEAD, task.agency_id) if as_head else None
    post = head or post_for(task, actor=actor)
    if task.finished:
        raise AlreadyDone(person=_last_person(case, step))
    if case.event_seq != seen:
        _must_be_unchanged(case, step, seen=seen)
    return _Held(case, task, step, post)


def _last_person(case: Case, step: StepData) -> str:
    lines = CaseEvent.objects.filter(case=case, step=step.title).order_by("-seq")
    return lines.values_list("person", flat=True).first() or ""


def _must_be_unchanged(case: Case, step: StepData, *, seen: int) -> None:
    """Steps side by side do not disturb one another; anything else does."""
    others = [s.title for s in route(case.route_id).at(step.stage, case.facts) if s.key != step.key]
    lines = CaseEvent.objects.filter(case=case, seq__gt=seen).exclude(step__in=others).order_by("seq")
    changes = tuple(
        Change(at=line.at, person=line.person, act=act_name(Act(line.act)), step=line.step) for line in lines
    )
    if changes:
        raise CaseChanged(changes=changes)


@transaction.atomic
def take(*, task_id: int, actor: Actor, seen: int, now: datetime) -> int:
    """Nhận việc: the person has the task from now on. Returns the number of the last event.

    Taking what one already has changes nothing. Raises: NotYours, AlreadyDone, TakenByOther, CaseChanged.
    """
    held = _hold(task_id=task_id, actor=actor, seen=seen)
    task = held.task
    if task.owner_id == actor.user_id:
        return held.case.event_seq
    if task.owner is not None:
        raise TakenByOther(person=str(task.owner))
    task.owner_id, task.status, task.assigned = actor.user_id, STATUS.ASSIGNED, now
    task.save(update_fields=["owner", "status", "assigned"])
    before = held.case.state
    opening_state(held.case)
    return _log(held, actor, Happening(Act.TAKE, now, before, step=held.step.title))


@transaction.atomic
def release(*, task_id: int, actor: Actor, seen: int, now: datetime) -> int:
    """Trả lại việc: the unit has it again. The holder may, and a head of the unit for somebody else.

    Raises: NotYours, AlreadyDone, CaseChanged.
    """
    held = _hold(task_id=task_id, actor=actor, seen=seen, as_head=True)
    task = held.task
    if task.owner_id is None:
        return held.case.event_seq
    if task.owner_id != actor.user_id and actor.holding(Role.HEAD, task.agency_id) is None:
        raise NotYours
    task.owner_id, task.status, task.assigned = None, STATUS.NEW, None
    task.save(update_fields=["owner", "status", "assigned"])
    return _log(held, actor, Happening(Act.RELEASE, now, held.case.state, step=held.step.title))


@transaction.atomic
def complete(
    *, task_id: int, actor: Actor, outcome: Outcome, note: str = "", seen: int, now: datetime
) -> int:
    """Xong bước: finish, approve or send back one task, open what follows; returns the last event's number.

    Raises: NotYours, AlreadyDone, TakenByOther, CaseChanged, OutcomeNotOffered, ReasonMissing.
    """
    held = _hold(task_id=task_id, actor=actor, seen=seen)
    case, task, step = held.case, held.task, held.step
    if task.owner_id not in (None, actor.user_id):
        raise TakenByOther(person=str(task.owner))
    if step.kind is StepKind.RETURN or outcome not in outcomes_of(
        step.kind, can_send_back=bool(step.return_to)
    ):
        raise OutcomeNotOffered
    if outcome is Outcome.SENT_BACK and not note.strip():
        raise ReasonMissing
    before = case.state
    opening_state(case)
    activation = StepActivation(task)
    activation.moment = now
    activation.finish(user_id=actor.user_id, outcome=outcome, note=note.strip())
    activation.activate_next()
    if activation.opened.is_ready_to_return:
        case.finish()
        case.done_at = now
        end_entry(case, now=now).save(force_insert=True)
    return _log(held, actor, _passed_on(step, activation.opened, outcome, note, before, now))


def _passed_on(
    step: StepData, opened: Opened, outcome: Outcome, note: str, before: int, now: datetime
) -> Happening:
    return Happening(
        ACT_OF_OUTCOME[outcome],
        now,
        before,
        step=step.title,
        to_agency=", ".join(agency_names(opened.agency_ids)),
        reason=note.strip(),
    )


def _log(held: _Held, actor: Actor, what: Happening) -> int:
    """Write the sealed line, the case with its new end of log, and what others are to be told."""
    case = held.case
    event = next_event(case, actor=actor, post=held.post, what=what)
    fields = ["stage", "state", "event_seq", "event_hash"]
    case.save(update_fields=[*fields, "done_at"] if what.from_state != case.state else fields)
    write(event, _notice(case, what))
    return event.seq


def _notice(case: Case, what: Happening) -> Outbox:
    """What the applicant is told; every act waits in the outbox for other systems, few have words for her."""
    notice = Outbox(case_code=case.code, act=what.act.value, created_at=what.at)
    if case.state == CaseState.FINISHED:
        notice.to_email = case.applicant_email
        notice.subject = f"Hồ sơ {case.code} đã có kết quả"
        notice.text = f"Hồ sơ {case.code} đã xử lý xong. Mời đến nơi nộp hồ sơ để nhận kết quả."
    return notice
