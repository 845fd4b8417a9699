"""Giving the result back: the last act at the counter."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from onestop.agencies.models import Role
from onestop.agencies.posts import Actor
from onestop.agencies.refusals import Refusal
from onestop.notices.models import Outbox
from workflows.access import NotYours
from workflows.events import Happening, next_event, write
from workflows.flow import StepActivation
from workflows.models import Case, CaseTask, HandBack
from workflows.routes import route
from workflows.states import Act, CaseState, Outcome


class NotReady(Refusal):
    """Chưa có kết quả."""

    def __init__(self, *, code: str) -> None:
        super().__init__(_("Hồ sơ %(code)s chưa có kết quả để trả.") % {"code": code})


class AlreadyReturned(Refusal):
    """Đã trả: the result was handed over before."""

    def __init__(self, *, code: str, at: datetime, receiver: str) -> None:
        self.at = at
        self.receiver = receiver
        super().__init__(
            _("Kết quả hồ sơ %(code)s đã được trả cho %(receiver)s.") % {"code": code, "receiver": receiver}
        )


class ReceiverNeeded(Refusal):
    """Thiếu người nhận."""

    def __init__(self) -> None:
        super().__init__(_("Hãy ghi họ tên người nhận kết quả."))


@transaction.atomic
def return_result(
    *, case_id: int, actor: Actor, receiver_name: str, receiver_id_number: str, note: str, now: datetime
) -> HandBack:
    """Trả kết quả: who received it and when are fixed; the case is over. Happens once.

    Raises: Case.DoesNotExist, NotYours, NotReady, AlreadyReturned, ReceiverNeeded.
    Source: NĐ 118/2025/NĐ-CP, returning results; state 9 to 10 of domain 4.2.
    """
    locked = CaseTask.objects.select_related("process").select_for_update(of=("self", "process"))
    task = locked.filter(process_id=case_id, finished=None).first()
    case = task.process if task else Case.objects.get(pk=case_id)
    post = actor.holding(Role.CLERK, case.receiving_id)
    if post is None:
        raise NotYours
    _must_be_ready(case, task)
    assert task is not None
    if not receiver_name.strip():
        raise ReceiverNeeded
    _close(task, actor, note, now)
    case.hand_back()
    case.returned_at = now
    what = Happening(
        Act.RETURN,
        now,
        CaseState.FINISHED,
        step=route(case.route_id).by_id(task.step_id).title,
        reason=note.strip(),
    )
    event = next_event(case, actor=actor, post=post, what=what)
    case.save(update_fields=["state", "status", "finished", "returned_at", "event_seq", "event_hash"])
    write(event, Outbox(case_code=case.code, act=Act.RETURN.value, created_at=now))
    return HandBack.objects.create(
        case=case,
        at=now,
        clerk_id=actor.user_id,
        receiver_name=receiver_name.strip(),
        receiver_id_number=receiver_id_number.strip(),
        note=note.strip(),
    )


def _must_be_ready(case: Case, task: CaseTask | None) -> None:
    if case.state == CaseState.RETURNED:
        before = HandBack.objects.get(case=case)
        raise AlreadyReturned(code=case.code, at=before.at, receiver=before.receiver_name)
    if task is None or case.state != CaseState.FINISHED:
        raise NotReady(code=case.code)


def _close(task: CaseTask, actor: Actor, note: str, now: datetime) -> None:
    activation = StepActivation(task)
    activation.moment = now
    activation.finish(user_id=actor.user_id, outcome=Outcome.HANDED_BACK, note=note.strip())
    activation.activate_next()
